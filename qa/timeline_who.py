"""Who is named in a statement: people by title or role, offices, organisations, as written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Iterator

_CAPITAL = r"[A-Z][\w’'-]*[a-z]\w*"
_NAME = rf"{_CAPITAL}(?: (?:[A-Z]\. )?{_CAPITAL}){{1,2}}"
_TITLES = (
    "Mr|Mrs|Ms|Miss|Dr|Doctor|Professor|Prof|Sir|Dame|Baroness|Lord|Lady|Cllr|Councillor|Commissioner"
    "|Judge|Mayor|Rt Hon"
)
_TITLED = re.compile(rf"\b(?:(?:{_TITLES})\.? )+{_CAPITAL}(?: {_CAPITAL})?")
_OFFICE = (
    r"(?:(?:[Ff]ormer|[Ii]nterim|[Aa]cting|[Dd]eputy|Assistant|Strategic|Executive|Corporate|Managing|National"
    r"|Regional|Senior|Shadow|Vice) )*"
    r"(?:Director|Chief Executive(?: Officer)?|Chief Inspector|Chief Constable|Leader|Lead Member"
    r"|Secretary of State|Commissioner|Chair(?:man|woman|person)?|Minister|Principal|Mayor|Governor)\b"
)
_FIELD = (
    rf"(?:,? (?:of|for)(?: the)? {_CAPITAL}"
    rf"(?:(?:,(?= {_CAPITAL},? and)| and| of| for| the)? {_CAPITAL}){{0,5}})?"
)
_OFFICES = re.compile(rf"\b{_OFFICE}{_FIELD}")
# A name without a title is one where an office stands beside it, or what a person does or has.
_BESIDE = re.compile(
    rf"\b(?P<name>{_NAME})(?=,? \(?(?:the |its |then |our |who )?{_OFFICE}"
    rf"|, (?:currently|formerly)\b|(?:’|')s (?:report|review|inquiry"
    r"|independent|letter|findings|recommendations)\b|,? (?:said|says|told|wrote|resigned|retired"
    r"|stepped down|(?:has been|was|is|were) (?:appointed|to leave|to take over))\b)"
)
_AFTER_OFFICE = re.compile(rf"\b{_OFFICE}{_FIELD}?,? (?P<name>{_NAME})\b")
_KINDS = (
    r"(?:Council|Authority|Board|Commission|Panel|Trust|Police|Constabulary|Force|Department|Ministry|Agency"
    r"|Inspectorate|Committee|College|School|Academy|Hospital|University|Cabinet|Partnership|Association"
    r"|Federation|Limited|Ltd|Parliament|Government|Service|Services)"
)
_JOINED = r"(?: (?:of|for|and|on|the)){0,2}"
_ORGANISATIONS = re.compile(
    rf"\b(?:{_CAPITAL}{_JOINED} ){{0,6}}{_KINDS}\b"
    rf"|\b(?:Department|Ministry|Office|Regulator|House|Local Government Association) (?:of|for) {_CAPITAL}"
    rf"(?:(?:,? and|,)? {_CAPITAL}){{0,4}}"
)
_NO_NAMES = frozenset([*calendar.month_name, *calendar.day_name]) - {""}
_OPENING = re.compile(
    r"^(?:(?:Report of|Inspection of|Letter to|The|This|That|These|Those"
    r"|In|On|At|By|For|From|Since|After|Before|When|While|Both|Our|Your"
    r"|Its|Their|His|Her|A|An|And|But|However|Previous|New|Current|Overall|As|All|Some|Following) )+"
)
_POSSESSIVE = re.compile(r"(?<![sS])['’]s$")
_BARE = frozenset("Service Services School College Hospital Force Association Department".split())
_SERVICES = re.compile(r"\bServices?$")
_ANY_ORGANISATION = re.compile(rf"\b{_KINDS}\b")


def named_in(words: str, organisations: Collection[str] = ()) -> tuple[str, ...]:
    """The people, offices and organisations that a statement names, in order, each once.

    `organisations` are names that are known to be of organisations, such as the publishers of the
    documents. A name that stands within a longer one is left out.
    """
    flat = re.sub(r"\s", " ", words)
    found = sorted((*_found(flat), *_known(flat, organisations)), key=lambda one: (one[0], -one[1]))
    once: dict[str, str] = {}
    end = 0
    for start, stop in found:
        name = _trimmed(flat[start:stop])
        if stop <= end or not name or name in _BARE:
            continue
        end = max(end, stop)
        once.setdefault(name.casefold(), name)
    return distinct(once.values())


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once, without those that stand within a longer one."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(name.casefold(), name)
    return tuple(name for key, name in once.items() if not any(_within(key, other) for other in once))


def _found(words: str) -> Iterator[tuple[int, int]]:
    for pattern in (_TITLED, _OFFICES, _ORGANISATIONS):
        for match in pattern.finditer(words):
            name = match.group()
            if _SERVICES.search(name) and not _is_service(name):
                continue
            yield match.span()
    for pattern in (_BESIDE, _AFTER_OFFICE):
        for match in pattern.finditer(words):
            if not (_NO_NAMES & set(match["name"].split()) or _ANY_ORGANISATION.search(match["name"])):
                yield match.span("name")


def _is_service(name: str) -> bool:
    """Whether a name that ends with "Services" is written like one: "Children's Services", not "Services"."""
    return len(_trimmed(name).split()) > 1


def _known(words: str, organisations: Collection[str]) -> Iterator[tuple[int, int]]:
    for name in sorted(organisations):
        for match in re.finditer(rf"\b{re.escape(name)}\b", words, re.IGNORECASE):
            if match.group()[0].isupper():
                yield match.span()


def _trimmed(name: str) -> str:
    """The name without the words that begin its sentence."""
    return _POSSESSIVE.sub("", _OPENING.sub("", name).strip(" ,"))


def _within(name: str, other: str) -> bool:
    return name != other and re.search(rf"\b{re.escape(name)}\b", other) is not None
