"""The name under which a file that somebody sent is kept: nothing in it can lead anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath

LONGEST = 120  # characters of a name; file systems allow 255 bytes, and a character may take four
UNNAMED = "document"
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # on Windows
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])$")  # devices, on Windows
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))  # they hide, or turn the direction of text


def safe_name(sent: str, taken: Container[str] = ()) -> str:
    """The last part of `sent` without what does harm, numbered where `taken` holds it in lower case.

    "../../etc/passwd" becomes "passwd", a name of dots alone "document".
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", sent))[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in _UNSEEN)
    name = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    path = PurePosixPath(name or UNNAMED)
    stem, suffix = path.stem, path.suffix[:12]
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"{stem}_"
    stem = stem[: LONGEST - len(suffix)].rstrip(". ") or UNNAMED
    return _numbered(stem, suffix, taken)


def _numbered(stem: str, suffix: str, taken: Container[str]) -> str:
    name, number = f"{stem}{suffix}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){suffix}"
    return name
