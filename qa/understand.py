"""From the words that a person typed to the questions that are searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from index.store import SearchIndex
from qa.answer import Correction
from qa.followup import carried_questions
from qa.glossary import Glossary
from qa.parts import split_question
from qa.question import NO_GLOSSARY, Question, parse
from qa.spelling import correct
from qa.time_words import DateOf
from qa.weights import Weights


@dataclass(frozen=True, slots=True)
class Understood:
    """The question as a whole, those that it is made of (mostly itself), and the spelling corrected."""

    whole: Question
    parts: tuple[Question, ...]
    corrections: tuple[Correction, ...]

    @property
    def searched(self) -> str:
        """What is really searched, in words."""
        return self.whole.searched

    @property
    def also_searched(self) -> tuple[str, ...]:
        """Other words for what was asked, each once."""
        return tuple(dict.fromkeys(alternative.other.words for alternative in self.whole.also))


def _at_the_time_of(first: Question, part: Question) -> Question:
    """A part that names no time asks about the time of the first one."""
    if part.periods or part.open_periods:
        return part
    return replace(part, periods=first.periods, open_periods=first.open_periods)


class Understanding:
    """Reads questions with the words of one index and one glossary. Safe to use from several threads."""

    def __init__(self, index: SearchIndex, glossary: Glossary, weights: Weights) -> None:
        self._index = index
        self._glossary = glossary.with_abbreviations(index.abbreviations)
        self._weights = weights

    def read(
        self,
        asked: str,
        history: Sequence[str],
        *,
        as_written: bool = False,
        date_of: DateOf | None = None,
    ) -> Understood:
        """The question taken apart; later parts lean on the first, as follow-ups do.

        `as_written` corrects no spelling and adds no words; `date_of` looks up when an event was.
        Raises EmptyQuestion and QuestionTooLong.
        """
        text, corrections = (asked, ()) if as_written else correct(asked, self._index, self._is_known)
        glossary = NO_GLOSSARY if as_written else self._glossary
        carried = carried_questions(text, history) if self._weights.history else ()
        understand = partial(parse, glossary=glossary, weights=self._weights, date_of=date_of)
        whole = understand(text, carried)
        first, *others = split_question(text)
        if not others:
            return Understood(whole, (whole,), corrections)
        parts = [understand(first, carried)]
        leant_on = (first,) if self._weights.history else ()
        parts += [_at_the_time_of(parts[0], understand(other, leant_on)) for other in others]
        return Understood(whole, tuple(parts), corrections)

    def _is_known(self, term: str) -> bool:
        """Whether an analysed word stands in a document or in the glossary."""
        return self._index.document_frequency(term) > 0 or bool(self._glossary.alternatives([term]))
