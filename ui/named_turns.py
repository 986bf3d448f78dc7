"""Which turns an address means: kept ones of this browser, or a question that is asked again."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from qa.answer import Turn
from ui.answering import Answering, Refused
from ui.browser_cookie import browser_of
from ui.conversation import Assistant
from ui.conversations import Conversation, Conversations
from ui.question_form import Fields, ask_form, read_form

NOTHING_NAMED = "The address names no answer; go back to the answer and follow its link again."
NOT_KEPT = "This browser keeps no such answer. It may have been deleted, or asked in another browser."


@dataclass(frozen=True, slots=True)
class Named:
    """The turns that an address means, oldest first, and the questions that were asked before them."""

    title: str
    turns: tuple[Turn, ...]
    earlier: tuple[str, ...] = ()


class NamedTurns:
    """Finds what `?answer=ID`, `?conversation=ID` or the fields of the plain page's form mean."""

    def __init__(self, assistant: Assistant, answering: Answering, kept: Conversations) -> None:
        """Looks in `kept`, and asks again by `answering` what was never kept."""
        self._assistant = assistant
        self._answering = answering
        self._kept = kept

    async def find(self, request: Request, fields: Fields) -> Named | Refused:
        """What the fields of a request mean; nothing of another browser is ever found."""
        browser = browser_of(request.headers.get("cookie", "")) or ""
        answer_id, conversation_id = fields.get("answer"), fields.get("conversation")
        if isinstance(answer_id, str) and answer_id:
            return _one(self._kept.holding(browser, answer_id), answer_id)
        if isinstance(conversation_id, str) and conversation_id:
            return _whole(self._kept.conversation(browser, conversation_id))
        if "q" in fields:
            return await self._asked_again(fields)
        return Refused(NOTHING_NAMED, 404)

    async def _asked_again(self, fields: Fields) -> Named | Refused:
        form = read_form(fields)
        question = form.question or ""
        found = await ask_form(self._answering, form, self._assistant.details())
        if isinstance(found, Refused):
            return found
        return Named(question, (Turn(question, found.answer),), form.earlier)


def _one(conversation: Conversation | None, answer_id: str) -> Named | Refused:
    exchanges = conversation.exchanges if conversation else ()
    for place, exchange in enumerate(exchanges):
        if exchange.id == answer_id:
            earlier = tuple(one.turn.question for one in exchanges[:place])
            return Named(exchange.turn.question, (exchange.turn,), earlier)
    return Refused(NOT_KEPT, 404)


def _whole(conversation: Conversation | None) -> Named | Refused:
    if conversation is None or not conversation.exchanges:
        return Refused(NOT_KEPT, 404)
    return Named(conversation.name, conversation.turns)
