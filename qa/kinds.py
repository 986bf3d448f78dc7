"""What kind of answer a question wants, and whether words can be one: a number, a date, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


class Kind(StrEnum):
    """The kind of answer that is wanted."""

    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    NAME = "name"  # of anything
    REASON = "reason"
    OTHER = "other"


_AUXILIARY = r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|shall|may|might)"
_ASKING = rf"(?:who|whose|whom|what|which|where|why|how|when {_AUXILIARY}|{_AUXILIARY})"
_STARTS_ASKING = re.compile(rf"(?:and |but |so |then )?(?:\w+ )?{_ASKING}\b", re.IGNORECASE)
_ASKS_LATER = re.compile(rf"[,:;.?!] (?=(?:and |but |so |then )?(?:\w+ )?{_ASKING}\b)", re.IGNORECASE)
_ASKED = {
    Kind.PHONE: re.compile(
        r"\b(?:tele|text)?phone numbers?\b|\bfax number\b|\bnumber (?:to|do i|should i) (?:ring|call)\b",
        re.IGNORECASE,
    ),
    Kind.EMAIL: re.compile(r"\be-?mail address\b|['’]s? e-?mail\b|\b(?:what|which) e-?mail\b", re.IGNORECASE),
    Kind.REASON: re.compile(
        r"\bwhy\b|\bwhat (?:made|prompted|caused|led)\b|\bon what grounds\b|\bfor what reasons?\b"
        r"|\bwhat (?:was|were|is|are) the reasons?\b",
        re.IGNORECASE,
    ),
    Kind.NUMBER: re.compile(
        r"\bhow (?:many|much|often|old|long|big|high|large)\b|(?<!phone )\bnumber of\b|\bpercentage\b",
        re.IGNORECASE,
    ),
    Kind.DATE: re.compile(
        rf"^(?:and )?(?:since )?when(?: exactly)?(?: {_AUXILIARY}\b|[\s?]*$|\W+(?:and|or)\b)"
        r"|\b(?:what|which) (?:date|day|month|year)\b|(?<!up to )(?<!out of )\bdates?\b",
        re.IGNORECASE,
    ),
    # "Who" asks at the start, after a preposition and at the end; elsewhere it begins a relative clause.
    Kind.PERSON: re.compile(
        r"^(?:\w+ )?who(?:m|se)?\b|\b(?:by|to|from|of|with|for|and|or|tell me|know|say|see|find out)"
        r" who(?:m|se)?\b|\bwho(?:m|se)?\W*$",
        re.IGNORECASE,
    ),
    Kind.NAME: re.compile(r"\bnames?\b", re.IGNORECASE),
}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|hundreds?|thousands?|half|once"
    r"|twice)\b",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:(?:19|20)\d\d|{_MONTH}|yesterday|last (?:week|month|year))\b")
# Digits that count nothing: "24th September 2014", "2014/15".
_DATE_DIGITS = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)? )?\b(?:{_MONTH})\b|\b(?:19|20)\d\d(?:[/-]\d\d)?\b"
)
_PHONE = re.compile(r"(?<![\d£])\+?\(?\d(?:[\s()-]{0,2}\d){8,13}(?!\d)")  # nine digits or more
_EMAIL = re.compile(r"\S@\S")
_REASON = re.compile(
    r"\b(?:because|since|therefore|thus|hence|thereby|prompted|reasons?|grounds|meant that|means that"
    r"|due to|owing to|(?:as a|in) (?:result|response|consequence)|result(?:ed|ing|s) (?:in|from)"
    r"|l(?:ed|eads?) to|caus(?:e|ed|es|ing)|so that|in order to|given (?:the|that)|reflect(?:s|ed|ing)?"
    r"|consequen\w+|attribut\w+|driven by|contribut(?:e|ed|es|ing) to"
    r"|to (?:ensure|enable|allow|address|reduce|improve|prevent))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,:;(‘“'\"] )[‘“'\"]?[A-Z]\w")
_CAPITALISED = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)+")
# Words with a capital that stand in the names of bodies and offices, not in those of people.
_OF_BODIES_AND_OFFICES = frozenset(
    "council board service authority report inquiry inquirie inspection borough department committee "
    "children children's chief executive director officer secretary state government local safeguarding "
    "police commissioner leader member cabinet serious case review child young people team plan strategy "
    "act her his majesty's january february march july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday the duty assessment public care social work worker "
    "head interim independent task finish group overview scrutiny management north south east west "
    "central national metropolitan county city district union party community communitie lead inspector "
    "senior house street road school college hospital university trust foundation centre office unit "
    "agency ministry minister court".split()
)


_LIST = re.compile(
    r"\b(?:list|all (?:of )?the|all its|every|each|both|full|names of|points"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|several) \w+"
    r"|who (?:are|were) the \w+s|(?:who|what) else)\b",
    re.IGNORECASE,
)
# "Which yearly reports", "what people": up to two words and a plural, none of them a verb that asks.
_NO_VERB = rf"(?!(?:{_AUXILIARY}|its|his|this)\b)"
_PLURAL = re.compile(
    rf"\b(?:what|which|name)(?: {_NO_VERB}[\w'’-]+){{0,2}}"
    rf" {_NO_VERB}(?:people|children|[\w-]+(?<![su'’i])s)\b(?!['’])",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\bover (?:the years|time)\b|\byear by year\b|\bhistory of\b|\btrace\b|\bchang(?:e|ed|es|ing)\b"
    r"|\bcompar\w+|\bdiffer(?:s|ed|ence)?\b|\bsince (?:19|20)\d\d\b|\bone after the other\b|\bin what order\b"
    r"|\bstill\b|\btimeline\b|\bthroughout\b|\bbefore and after\b"
    r"|\bhow (?:has|have) .{3,60} (?:developed|evolved|moved)\b",
    re.IGNORECASE,
)


def wants_list(asked: str) -> bool:
    """Whether a question asks for several things at once."""
    return any(pattern.search(asked) for pattern in (_LIST, _PLURAL))


def asks_over_time(asked: str) -> bool:
    """Whether a question asks what changed, or about a stretch of time."""
    return _OVER_TIME.search(asked) is not None


def kind_of(asked: str) -> Kind:
    """The kind of answer that a question wants, by its words."""
    main = main_clause(asked)
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(main)), Kind.OTHER)


def main_clause(asked: str) -> str:
    """What asks in a question, without what leads up to it: "who came?" of "When he left, who came?"."""
    if _STARTS_ASKING.match(asked):
        return asked
    later = _ASKS_LATER.search(asked)
    return asked[later.end() :] if later else asked


@lru_cache(maxsize=16_384)  # the same sentences are candidates again and again
def fits_kind(kind: Kind, text: str) -> bool:
    """Whether `text` holds something of the kind; nothing is asked of it for OTHER, and it does not fit."""
    match kind:
        case Kind.PHONE:
            return _PHONE.search(text) is not None
        case Kind.EMAIL:
            return _EMAIL.search(text) is not None
        case Kind.NUMBER:
            return _NUMBER.search(_DATE_DIGITS.sub(" ", text)) is not None
        case Kind.DATE:
            return _DATE.search(text) is not None
        case Kind.PERSON:
            return any(_holds_a_name(found.group().split(" ")) for found in _CAPITALISED.finditer(text))
        case Kind.NAME:
            return _NAME.search(text) is not None
        case Kind.REASON:
            return _REASON.search(text) is not None
        case Kind.OTHER:
            return False


def _holds_a_name(words: Sequence[str]) -> bool:
    """Whether two neighbouring words with a capital may be a first name and a surname."""
    may_be = [not {word.lower(), word.lower().removesuffix("s")} & _OF_BODIES_AND_OFFICES for word in words]
    return any(first and second for first, second in pairwise(may_be))
