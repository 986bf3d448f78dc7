"""What kind of document it is: a letter, a report, minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Role, Sentence

_WORDS = (  # in the title or the first lines; the more particular ones first
    (re.compile(r"\bminutes of\b|\bminutes$", re.IGNORECASE), "minutes"),
    (re.compile(r"\b(?:press|news|media) release\b", re.IGNORECASE), "press release"),
    (re.compile(r"\breport (?:to|of|on|no)\b|\breport$|^report\b|\breport:", re.IGNORECASE), "report"),
)
_FIRST_LINES = 300  # characters
_LONGEST_LINE = 100  # a longer one is a sentence


def proposed_kind(title: str, text: str, sentences: Sequence[Sentence]) -> tuple[str, str] | None:
    """The kind and what shows it; None where nothing does."""
    roles = {one.role for one in sentences}
    if Role.SALUTATION in roles and roles & {Role.DATE, Role.SIGNATURE, Role.ADDRESSEE}:
        return "letter", "greeting and signature"
    lines = [line.strip(" #*_") for line in text[:_FIRST_LINES].splitlines()]
    for place, source in ((title, "title"), *((line, "first lines") for line in lines)):
        for pattern, kind in _WORDS:
            if len(place) <= _LONGEST_LINE and place[-1:] != "." and pattern.search(place):
                return kind, source
    return None
