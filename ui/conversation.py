"""Conversations as the page shows them: what each step changes on the screen, and nothing else."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from corpus.document import Details
from qa.answer import Answer, Status, Turn
from qa.errors import QuestionError
from qa.scope import EVERYTHING, Scope
from ui.conversation_list import conversations_html
from ui.conversations import Conversation, Conversations, Exchange, new_id
from ui.excerpts import Library, Source, checked_sources, closest_passages
from ui.exchange_markup import arrival, exchange_html, follow_ups_html, notice_html, pending_html
from ui.markup import counted, escape, folded
from ui.narrowing import NOT_NARROWED, Narrowing, narrowed_to, scope_of
from ui.pending import Job, Pending, Stopped
from ui.source_cards import beside_html

LOOKING = "Looking in the documents ..."
STOPPED = "Stopped. The question is in the text box again."
FAULT = (
    "The question could not be answered because of a fault in this program: "
    "try again, and tell the person who runs this page if it happens again."
)
NOT_KEPT_HERE = (
    "This browser keeps no such conversation. It may have been deleted, or asked in another browser."
)
NO_COOKIE = "This browser takes no cookies: the conversation is not kept, and follow-ups are not understood."
NOT_WRITTEN = "It could not be kept: a reload will not show it. Tell the person who runs this page."
NOBODY = ""  # in place of a browser's secret, where it takes no cookies

log = logging.getLogger(__name__)


class Assistant(Library, Protocol):
    """What the page needs of the one who answers."""

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_written: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Answer:
        """The answer; `history` holds the earlier questions, oldest first."""
        ...

    def details(self) -> tuple[tuple[str, Details], ...]:
        """Every document by its id."""
        ...

    def examples(self) -> tuple[str, ...]:
        """Questions that fit the documents."""
        ...


@runtime_checkable
class Suggesting(Protocol):
    """An assistant that knows what could be asked next."""

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        """Questions that follow on from an answer, each of which has an answer itself."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put, in which conversation, and what the search was narrowed to."""

    question: str
    conversation_id: str = ""
    narrowing: Narrowing = NOT_NARROWED
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What one step changes on the page; None leaves a thing as it is.

    Its size does not depend on how long the conversation is, unless one is opened.
    """

    arrived: str | None = None  # put into the page by page.js, see `ui.exchange_markup.arrival`
    conversation: Conversation | None = None  # the one that is open
    closed: bool = False  # no conversation is open any more
    question: str | None = None  # what to put into the text box
    status: str = ""  # announced by a screen reader
    read_out: str = ""  # what it says after that: the answer, which everybody else sees
    error: str = ""  # shown at the text box, as HTML
    job: str = ""  # what stops the question in flight
    deleted: str = ""  # the conversation whose deletion can be taken back
    listed: str | None = None  # the list of conversations, as HTML


class Conversing:
    """What can be done on the page: each method returns the views that it leads to, in order.

    `browser` is the secret of the browser that acts; nothing of another's is ever in its views.
    """

    def __init__(self, assistant: Assistant, kept: Conversations, pending: Pending | None = None) -> None:
        """Asks `assistant` and keeps what was asked in `kept`."""
        self._assistant = assistant
        self._kept = kept
        self._pending = pending or Pending()

    def ask(self, browser: str, asked: Asked) -> Iterator[View]:
        """First that the question is being looked for, then what was found."""
        try:
            scope = scope_of(asked.narrowing, self._assistant.details())
        except QuestionError as problem:
            yield View(error=escape(str(problem)))
            return
        job = self._pending.begin(browser, partial(self._answer, browser, asked, scope))
        try:
            yield View(arrived=pending_html(asked.question), question="", status=LOOKING, job=job.id)
            yield self._answered(browser, asked, scope, job)
        finally:  # also where the browser has gone away
            self._pending.end(job)

    def stop(self, browser: str, job_id: str) -> None:
        """Stops a question of this browser; the views of `ask` say so."""
        self._pending.stop(browser, job_id)

    def open_conversation(self, browser: str, conversation_id: str) -> View:
        """A conversation as it was kept, each of its citations checked again."""
        return self._opened(browser, self._kept.conversation(browser, conversation_id), "")

    def open_answer(self, browser: str, exchange_id: str) -> View:
        """The conversation that an answer stands in, shown at that answer."""
        return self._opened(browser, self._kept.holding(browser, exchange_id), exchange_id)

    def close(self, browser: str, *, question: str | None = "") -> View:
        """An empty page; `question` is put into the text box, and not asked."""
        return View(arrival(fresh=True), closed=True, question=question, listed=self._list(browser))

    def rename(self, browser: str, conversation_id: str, name: str) -> View:
        """Gives the open conversation another name."""
        renamed = self._kept.rename(browser, conversation_id, name)
        said = "Renamed." if renamed else "A conversation needs a name: type one and rename again."
        return View(status=said, listed=self._list(browser, conversation_id))

    def delete(self, browser: str, conversation_id: str) -> View:
        """Takes the open conversation away; for ten minutes that can be undone."""
        if not self._kept.delete(browser, conversation_id):
            return View(status=NOT_KEPT_HERE)
        said = "The conversation is deleted. For ten minutes the deletion can be undone."
        return View(
            arrival(fresh=True),
            closed=True,
            status=said,
            deleted=conversation_id,
            listed=self._list(browser),
        )

    def restore(self, browser: str, conversation_id: str) -> View:
        """Takes a deletion back, and opens the conversation again."""
        self._kept.restore(browser, conversation_id)
        return self.open_conversation(browser, conversation_id)

    def suggest(self, browser: str, conversation_id: str) -> str:
        """What could be asked after the last answer of a conversation, as HTML; it takes its time."""
        conversation = self._kept.conversation(browser, conversation_id)
        if not (conversation and conversation.exchanges and isinstance(self._assistant, Suggesting)):
            return ""
        last = conversation.exchanges[-1]
        return follow_ups_html(last.id, self._assistant.suggestions(last.turn.answer))

    def search(self, browser: str, words: str, open_id: str) -> str:
        """The list of the conversations in which the words stand."""
        return self._list(browser, open_id, words)

    def _answer(self, browser: str, asked: Asked, scope: Scope) -> Answer:
        history = self._kept.questions(browser, asked.conversation_id)
        return self._assistant.ask(asked.question, history, as_written=asked.as_written, scope=scope)

    def _answered(self, browser: str, asked: Asked, scope: Scope, job: Job) -> View:
        """The last view of asking. The question is never lost: where it failed, it is in the box again."""
        try:
            turn = Turn(asked.question, self._pending.wait(job))
            return self._keep(browser, asked, turn, narrowed_to(scope, self._assistant.details()))
        except Stopped:
            return View(arrival(), question=asked.question, status=STOPPED)
        except QuestionError as problem:
            return View(arrival(), question=asked.question, error=escape(str(problem)))
        except Exception:  # the last border before the person: nothing may end in silence
            log.exception("A question could not be answered.")
            return View(arrival(), question=asked.question, error=FAULT)

    def _keep(self, browser: str, asked: Asked, turn: Turn, narrowed: str) -> View:
        """The view of a new answer, which is drawn before it is kept: what cannot be shown is not kept."""
        id = new_id()
        kept = browser != NOBODY
        exchange, beside, said = self._drawn(id, turn, narrowed, kept=kept)
        read_out = folded(turn.answer.text)
        if not kept:
            return View(arrival(exchange, beside), status=f"{said} {NO_COOKIE}", read_out=read_out)
        try:
            conversation = self._kept.keep(browser, asked.conversation_id, turn, id=id, narrowed=narrowed)
        except sqlite3.Error:  # a full disk, say: the answer is there all the same
            log.exception("An answer could not be kept.")
            exchange, *_ = self._drawn(id, turn, narrowed, kept=False)
            return View(arrival(exchange, beside), status=f"{said} {NOT_WRITTEN}", read_out=read_out)
        return View(
            arrival(exchange, beside, here=f"/?conversation={conversation.id}"),
            conversation=conversation,
            status=said,
            read_out=read_out,
            listed=self._list(browser, conversation.id),
        )

    def _opened(self, browser: str, conversation: Conversation | None, exchange_id: str) -> View:
        if conversation is None:
            notice = arrival(notice_html(NOT_KEPT_HERE), fresh=True)
            return View(notice, closed=True, read_out=NOT_KEPT_HERE, listed=self._list(browser))
        drawn = [self._drawn_again(one) for one in conversation.exchanges]
        exchanges, beside = "".join(one for one, _ in drawn), "".join(one for _, one in drawn)
        place = f"/?answer={exchange_id}" if exchange_id else f"/?conversation={conversation.id}"
        return View(
            arrival(_unreadable(conversation) + exchanges, beside, here=place, shown=exchange_id, fresh=True),
            conversation=conversation,
            status=f"Conversation opened: {conversation.name}",
            listed=self._list(browser, conversation.id),
        )

    def _drawn_again(self, exchange: Exchange) -> tuple[str, str]:
        shown, beside, _ = self._drawn(exchange.id, exchange.turn, exchange.narrowed)
        return shown, beside

    def _drawn(self, id: str, turn: Turn, narrowed: str, *, kept: bool = True) -> tuple[str, str, str]:
        """A turn as HTML, what stands beside it, and what a screen reader says; citations are checked."""
        answer = turn.answer
        sources = checked_sources(answer, self._assistant)
        silent = answer.status is Status.NOT_IN_DOCUMENTS
        closest = closest_passages(answer, self._assistant) if silent else ()
        shown = exchange_html(id, turn, sources, kept=kept, narrowed=narrowed)
        return shown, beside_html(id, answer, sources, closest), announcement(answer, sources)

    def _list(self, browser: str, open_id: str = "", words: str = "") -> str:
        found = self._kept.listed(browser, words) if browser else ()
        return conversations_html(found, open_id, searched=bool(words.strip()))


def announcement(answer: Answer, sources: Sequence[Source]) -> str:
    """What a screen reader says when an answer has come."""
    if answer.status is Status.NOT_IN_DOCUMENTS:
        return "The documents do not answer this question."
    part = "Partial answer" if answer.status is Status.PARTIAL else "Answer"
    return f"{part} ready, {counted(len(sources), 'source')}." if sources else f"{part} ready."


def _unreadable(conversation: Conversation) -> str:
    if not conversation.unreadable:
        return ""
    turns = counted(conversation.unreadable, "question")
    return notice_html(f"Left out here, because an older version kept them differently: {turns}.")
