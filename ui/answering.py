"""Answering from a web route: in a worker thread, and only a few at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from anyio import CapacityLimiter, to_thread

from qa.answer import Answer
from qa.errors import QuestionError
from qa.scope import EVERYTHING, Scope
from ui.conversation import FAULT, Assistant
from ui.pending import AT_ONCE

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and how long it took."""

    answer: Answer
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer, in one plain sentence; `status` is the HTTP status that says so."""

    reason: str
    status: int


class Answering:
    """Puts questions to the assistant without holding up the other requests of the server."""

    def __init__(self, assistant: Assistant, *, at_once: int = AT_ONCE) -> None:
        """Asks `assistant`, with at most `at_once` questions in work."""
        self._assistant = assistant
        self._limiter = CapacityLimiter(at_once)

    async def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_written: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Answered | Refused:
        """The answer; Refused with 422 for a question that cannot be asked, with 500 after a fault."""
        started = time.perf_counter()
        answering = partial(self._assistant.ask, question, tuple(history), as_written=as_written, scope=scope)
        try:
            answer = await to_thread.run_sync(answering, limiter=self._limiter)
        except QuestionError as problem:
            return Refused(str(problem), 422)
        except Exception:  # the last border before the person: nothing may end in silence
            log.exception("A question could not be answered.")
            return Refused(FAULT, 500)
        return Answered(answer, 1000 * (time.perf_counter() - started))
