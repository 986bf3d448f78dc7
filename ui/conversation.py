"""One conversation as the page shows it: what each step of asking changes on the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.document import Details
from qa.answer import Answer, Status, Turn
from qa.errors import QuestionError
from ui.excerpts import Library, checked_sources, closest_passages
from ui.markup import answer_html, beside_html, escape, question_html

LOOKING = "Looking in the documents ..."
NOTHING_BESIDE = (
    '<p class="about">When a question has been answered, its quotations stand here in their paragraphs.</p>'
)
FAULT = (
    "The question could not be answered because of a fault in this program: "
    "try again, and tell the person who runs this page if it happens again."
)

log = logging.getLogger(__name__)


class Assistant(Library, Protocol):
    """What the page needs of the one who answers."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer; `history` holds the earlier questions, oldest first."""
        ...

    def details(self) -> tuple[tuple[str, Details], ...]:
        """Every document by its id."""
        ...

    def examples(self) -> tuple[str, ...]:
        """Questions that fit the documents."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of the log, as HTML."""

    role: str  # "user" or "assistant"
    html: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn with its answer and its sources as HTML, drawn once, when its citations were checked."""

    turn: Turn
    answer: str
    beside: str
    sources: int  # how many citations stood


@dataclass(frozen=True, slots=True)
class View:
    """All that changes on the page; `exchanges` is the conversation so far, oldest first."""

    exchanges: tuple[Exchange, ...] = ()
    pending: str = ""  # a question that is being looked for
    question: str | None = ""  # what to put into the text box; None leaves it as it is
    status: str = ""  # announced by a screen reader
    error: str = ""  # shown at the text box, as HTML

    @property
    def messages(self) -> tuple[Message, ...]:
        """The log, oldest first."""
        shown: list[Message] = []
        for exchange in self.exchanges:
            shown.append(Message("user", question_html(exchange.turn.question)))
            shown.append(Message("assistant", exchange.answer))
        if self.pending.strip():
            shown.append(Message("user", question_html(self.pending)))
        return tuple(shown)

    @property
    def beside(self) -> str:
        """The sources of every answer; page.js shows those of one, at first the latest."""
        return "".join(exchange.beside for exchange in self.exchanges) or NOTHING_BESIDE


def ask(assistant: Assistant, question: str, exchanges: tuple[Exchange, ...]) -> Iterator[View]:
    """The views while a question is asked: first that it is being looked for, then what was found."""
    before = View(exchanges, question=None)
    yield replace(before, pending=question, question="", status=LOOKING)
    try:
        answer = assistant.ask(question, tuple(exchange.turn.question for exchange in exchanges))
        found = draw(assistant, len(exchanges) + 1, Turn(question, answer))
    except QuestionError as problem:
        yield replace(before, question=question, error=escape(str(problem)))
    except Exception:  # the last border before the person: nothing may end in silence
        log.exception("A question could not be answered.")
        yield replace(before, question=question, error=FAULT)
    else:
        said = announcement(answer.status, found.sources)
        yield replace(before, exchanges=(*exchanges, found), status=said)


def draw(assistant: Assistant, place: int, turn: Turn) -> Exchange:
    """The turn with what is shown of it; each citation is checked again. `place` counts from 1."""
    answer = turn.answer
    sources = checked_sources(answer, assistant)
    closest = closest_passages(answer, assistant) if answer.status is Status.NOT_IN_DOCUMENTS else ()
    return Exchange(
        turn=turn,
        answer=answer_html(place, answer, sources),
        beside=beside_html(place, answer, sources, closest),
        sources=len(sources),
    )


def announcement(status: Status, sources: int) -> str:
    """What a screen reader says when an answer has come."""
    if status is Status.NOT_IN_DOCUMENTS:
        return "The documents do not answer this question."
    part = "Partial answer" if status is Status.PARTIAL else "Answer"
    counted = "1 source" if sources == 1 else f"{sources} sources"
    return f"{part} ready, {counted}." if sources else f"{part} ready."
