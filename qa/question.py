"""What a question asks for: its kind, its words and their weights, the years it names."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Role
from corpus.period import Period, find_periods
from index.words import analyse
from qa.errors import EmptyQuestion, QuestionTooLong
from qa.glossary import Alternative, Glossary
from qa.kinds import Kind, asks_over_time, kind_of, wants_list
from qa.time_words import DateOf, times_asked
from qa.weights import SHIPPED, Weights

NO_GLOSSARY = Glossary(())
LONGEST = 2_000  # characters; the longest real question here has 250


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched.

    `text` is what is encoded; `terms` are analysed words with their weights: 1 for those of the
    question itself (`own_terms`), less for those carried over from earlier questions.
    `alternatives` are the words of `also`, phrases that stand for what was said, with their weights.
    """

    asked: str
    text: str
    own_from: int  # where in `text` the question itself starts, after those that it leans on
    kind: Kind
    terms: Mapping[str, float]
    own_terms: frozenset[str]
    alternatives: Mapping[str, float]
    also: tuple[Alternative, ...]
    periods: tuple[Period, ...]  # that it names
    open_periods: tuple[Period, ...]  # before or after one that it names, if it asks for that
    wants_latest: bool
    parts: frozenset[Role]  # of a letter, that are asked for: an address, a signature, a list of copies
    wants_list: bool  # asks for several things at once
    over_time: bool  # asks about several times, or what changed

    @property
    def searched(self) -> str:
        """What is really searched, in words."""
        others = dict.fromkeys(alternative.other.words for alternative in self.also)
        return f"{self.text} (also searched: {', '.join(others)})" if others else self.text


# Parts of a letter that are an answer only when they are asked for.
_PARTS = {
    Role.LETTERHEAD: r"phone|telephone|textphone|e-?mail|website|address|postcode|contact details",
    Role.ADDRESSEE: r"address(?:ed|ee)?|postcode|recipient|to wh(?:om|ich)|letters?\b.*\b(?:go|goes|went) to"
    r"|(?:sent|written|(?<!who )wrote|write) to",  # "who wrote to" asks for the signature
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


def parse(
    asked: str,
    carried: tuple[str, ...] = (),
    *,
    glossary: Glossary = NO_GLOSSARY,
    weights: Weights = SHIPPED,
    date_of: DateOf | None = None,
) -> Question:
    """Understands one question; `carried` are earlier questions that it leans on, oldest first.

    `date_of` looks up in the documents when an event was that the question names ("the Jay report").

    Raises EmptyQuestion and QuestionTooLong.
    """
    check(asked)
    own = content_terms(asked)
    times = times_asked(asked, date_of)
    if times.named:  # "And in 2016?": the year of the earlier question is no longer asked for
        carried = tuple(_without_periods(earlier) for earlier in carried)
    terms = {term: weights.history for earlier in carried for term in content_terms(earlier)}
    terms |= dict.fromkeys(own, 1.0)
    text = " ".join((*carried, asked))
    also = glossary.alternatives(analyse(text))
    parts = frozenset(role for role, pattern in _PART_PATTERNS.items() if pattern.search(asked))
    return Question(
        asked=asked,
        text=text,
        own_from=len(text) - len(asked),
        kind=kind_of(asked),
        terms=terms,
        own_terms=frozenset(own),
        alternatives=_alternative_weights(also, terms, weights.glossary),
        also=also,
        periods=times.named,
        open_periods=times.open,
        wants_latest=times.latest,
        parts=parts,
        wants_list=wants_list(asked) or Role.COPIES in parts,
        over_time=len(times.named) > 1 or asks_over_time(asked),
    )


def _alternative_weights(
    also: Sequence[Alternative], terms: Mapping[str, float], weight: float
) -> dict[str, float]:
    """The words of the alternatives that the question does not use itself.

    A phrase's weight is shared among its n words, each getting weight / sqrt(n): all of them
    together count for more than one, and none of them for as much as a word that was said.
    """
    shared: dict[str, float] = {}
    for alternative in also:
        words = [term for term in alternative.other.terms if term not in FUNCTION_TERMS]
        for term in words:
            if term not in terms:
                shared[term] = max(shared.get(term, 0.0), weight / math.sqrt(len(words)))
    return shared


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
