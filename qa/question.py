"""What a question asks for: its kind, its words and their weights, the years it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Role
from corpus.period import Period, find_periods
from index.words import analyse
from qa.errors import EmptyQuestion, QuestionTooLong

LONGEST = 2_000  # characters; the longest real question here has 250


class Kind(StrEnum):
    """The kind of answer that is wanted."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched.

    `text` is what is encoded; `terms` are analysed words with their weights: 1 for those of the
    question itself, less for those carried over from earlier questions. `own_terms` are the former.
    """

    asked: str
    text: str
    kind: Kind
    terms: Mapping[str, float]
    own_terms: frozenset[str]
    periods: tuple[Period, ...]
    parts: frozenset[Role]  # of a letter, that are asked for: an address, a signature, a list of copies


_NUMBER = re.compile(
    r"\bhow (?:many|much|often|old|long|big|high|large)\b|\bnumber of\b|\bpercentage\b", re.IGNORECASE
)
_DATE = re.compile(
    r"^(?:and )?(?:since )?when\b|\b(?:what|which) (?:date|day|month|year)\b|\bdates?\b", re.IGNORECASE
)
_PERSON = re.compile(r"\bwho(?:m|se)?\b|\bnames?\b", re.IGNORECASE)
# Parts of a letter that are an answer only when they are asked for.
_PARTS = {
    Role.LETTERHEAD: r"phone|telephone|textphone|e-?mail|website|address|postcode|contact details",
    Role.ADDRESSEE: r"address(?:ed|ee)?|postcode|recipient|(?:sent|written|wrote|write) to|to wh(?:om|ich)",
    Role.SIGNATURE: r"sign(?:ed|s|atory|atories|ature)?|wrote|written by|author|writer",
    Role.COPIES: r"cop(?:y|ied|ies)|cc(?:['’]?e?d)?",
    Role.DATE: r"(?:date|day|when)\b.*\b(?:letters?|sen[dt]|wr[io]te|written)|letters?\b.*\bdated",
    Role.FOOTNOTE: r"footnotes?|section \d+|legal basis|under which act",
}
# What surrounds a text and is no answer unless it is asked for.
FURNITURE = frozenset(_PARTS) | {Role.SALUTATION, Role.CAPTION, Role.ADVERTISEMENT}
_PART_PATTERNS = {role: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for role, words in _PARTS.items()}

# Words that say how a question is put and not what it is about.
_FUNCTION_WORDS = (
    "a an the of to in on at by for from with and or but if is are was were be been being am has have had "
    "having do does did doing will would can could should shall may might must i you he she it we they me "
    "him her us them my your his hers its our ours their theirs this that these those there here what which "
    "who whom whose when where why how not no nor so than too very just about into over under again then "
    "once all any both each few more most other some such only own same please tell give say said says "
    "know i'm i've we're it's that's there's what's who's let me hello hi thanks thank also as up out"
)
FUNCTION_TERMS = frozenset(analyse(_FUNCTION_WORDS))


def parse(asked: str, carried: tuple[str, ...] = ()) -> Question:
    """Understands one question; `carried` are earlier questions that it leans on, oldest first.

    Raises EmptyQuestion and QuestionTooLong.
    """
    check(asked)
    own = content_terms(asked)
    periods = tuple(mention.period for mention in find_periods(asked))
    if periods:  # "And in 2016?": the year of the earlier question is no longer asked for
        carried = tuple(_without_periods(earlier) for earlier in carried)
    terms = {term: _CARRIED_WEIGHT for earlier in carried for term in content_terms(earlier)}
    terms |= dict.fromkeys(own, 1.0)
    return Question(
        asked=asked,
        text=" ".join((*carried, asked)),
        kind=_kind(asked),
        terms=terms,
        own_terms=frozenset(own),
        periods=periods,
        parts=frozenset(role for role, pattern in _PART_PATTERNS.items() if pattern.search(asked)),
    )


_CARRIED_WEIGHT = 0.5


def check(asked: str) -> None:
    """Raises EmptyQuestion or QuestionTooLong for what cannot be a question."""
    if not any(character.isalnum() for character in asked):
        raise EmptyQuestion("The question is empty; type a question, for example one of those suggested.")
    if len(asked) > LONGEST:
        raise QuestionTooLong(
            f"The question has {len(asked):,} characters and at most {LONGEST:,} are read; shorten it."
        )


def _without_periods(text: str) -> str:
    for mention in reversed(find_periods(text)):
        text = text[: mention.start].rstrip() + text[mention.end :]
    return text


def content_terms(text: str) -> list[str]:
    """The analysed words of a text that carry meaning, each once, in order."""
    return [term for term in dict.fromkeys(analyse(text)) if term not in FUNCTION_TERMS]


def _kind(asked: str) -> Kind:
    for kind, pattern in ((Kind.NUMBER, _NUMBER), (Kind.DATE, _DATE), (Kind.PERSON, _PERSON)):
        if pattern.search(asked):
            return kind
    return Kind.OTHER
