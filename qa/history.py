"""What the documents of one index say over time: events, grades, themes, each read when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from corpus.document import Details, Document
from qa.grades import Judgement, judgements_in
from qa.themes import Theme, ThemeFinder
from qa.themes_suggest import Recurrence, Suggestion, recurrences, suggested_themes
from qa.timeline import events
from qa.timeline_event import Event

_KEPT = 64  # themes that were looked up last
SUGGESTED = 12


class InspectionHistory:
    """The material of a training session on inspection history. Safe to use from several threads.

    `load` gives the documents of the index that `finder` searches.
    """

    def __init__(self, load: Callable[[], Sequence[Document]], finder: ThemeFinder) -> None:
        self._load = load
        self.finder = finder
        self._find: Callable[[str], Theme] = lru_cache(maxsize=_KEPT)(finder.find)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order of their ids."""
        return tuple(self._load())

    @property
    def details(self) -> dict[str, Details]:
        """What is known of each document, by its id."""
        return {one.id: one.details for one in self.documents}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The timeline."""
        return events(self.documents)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """The grades that the documents give."""
        return judgements_in(self.finder.documents)

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The themes that recur most."""
        return suggested_themes(self.finder.documents, SUGGESTED)

    @cached_property
    def recurrences(self) -> tuple[Recurrence, ...]:
        """The weaknesses that the documents list themselves with the times they were found."""
        return recurrences(self.finder.documents)

    @cached_property
    def matrix(self) -> tuple[Theme, ...]:
        """The suggested themes, each with what every inspection said of it."""
        return tuple(self.theme(one.words) for one in self.suggestions)

    def theme(self, words: str) -> Theme:
        """What each inspection said of a theme. Raises EmptyQuestion and QuestionTooLong."""
        return self._find(words)
