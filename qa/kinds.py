"""What kind of answer a question wants, and whether words can be one: a number, a date, a name."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """The kind of answer that is wanted."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    OTHER = "other"


_ASKED = {
    Kind.NUMBER: re.compile(
        r"\bhow (?:many|much|often|old|long|big|high|large)\b|(?<!phone )\bnumber of\b|\bpercentage\b",
        re.IGNORECASE,
    ),
    Kind.DATE: re.compile(
        r"^(?:and )?(?:since )?when\b|\b(?:what|which) (?:date|day|month|year)\b|\bdates?\b", re.IGNORECASE
    ),
    Kind.PERSON: re.compile(r"\bwho(?:m|se)?\b|\bnames?\b", re.IGNORECASE),
}
_FITTING = {
    Kind.NUMBER: re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
        r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundreds?|thousands?|half|once"
        r"|twice)\b",
        re.IGNORECASE,
    ),
    Kind.DATE: re.compile(
        r"\b(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November"
        r"|December|yesterday|last (?:week|month|year))\b"
    ),
    # A first name and a surname, not at the start of a sentence, or at the start of the text.
    Kind.PERSON: re.compile(r"(?<=[a-z,:;(] )[A-Z][a-z]+(?: [A-Z][a-z]+)+|^(?:\w+ )?[A-Z][a-z]+ [A-Z][a-z]+"),
}

_LIST = re.compile(
    r"\b(?:list|all (?:of )?the|all its|every|each|both|full|names of|points"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|several) \w+"
    r"|(?:what|which) (?:\w+ )?\w+s (?:are|were|did|do|does|has|have|had|was|report\w*)"
    r"|who (?:are|were) the \w+s|(?:who|what) else)\b",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\bover (?:the years|time)\b|\byear by year\b|\bhistory of\b|\btrace\b|\bchang(?:e|ed|es|ing)\b"
    r"|\bcompar\w+|\bdiffer\w*\b|\bsince (?:19|20)\d\d\b|\bone after the other\b|\bin what order\b"
    r"|\bstill\b|\btimeline\b|\bthroughout\b|\bbefore and after\b"
    r"|\bhow (?:has|have) .{3,60} (?:developed|evolved|moved)\b",
    re.IGNORECASE,
)


def wants_list(asked: str) -> bool:
    """Whether a question asks for several things at once."""
    return _LIST.search(asked) is not None


def asks_over_time(asked: str) -> bool:
    """Whether a question asks what changed, or about a stretch of time."""
    return _OVER_TIME.search(asked) is not None


def kind_of(asked: str) -> Kind:
    """The kind of answer that a question wants, by its words."""
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(asked)), Kind.OTHER)


def fits_kind(kind: Kind, text: str) -> bool:
    """Whether `text` holds something of the kind; nothing is asked of it for OTHER, and it does not fit."""
    pattern = _FITTING.get(kind)
    return pattern is not None and pattern.search(text) is not None
