"""The door for programs: a question as JSON in, the answer as JSON out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from qa.contract import answer_to_json
from ui import api_shapes
from ui.answering import Answering, Refused
from ui.request_body import read_body

EXPECTED = 'send an object such as {"question": "..."}'
REQUEST = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": api_shapes.Question.model_json_schema()}},
    }
}
ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"model": api_shapes.Answer, "description": "The answer, also where the documents have none."}
}
FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": api_shapes.Failure, "description": "The body is not JSON."},
    413: {"model": api_shapes.Failure, "description": "The body is too large."},
    422: {"model": api_shapes.Failure, "description": "The body is JSON but no question that can be asked."},
    500: {"model": api_shapes.Failure, "description": "A fault in the program."},
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a program asks."""

    text: str
    history: tuple[str, ...] = ()
    id: str | None = None


def routes(answering: Answering) -> APIRouter:
    """`POST /api/ask` and `GET /healthz`."""
    router = APIRouter()

    async def ask(request: Request) -> JSONResponse:
        """Asks one question; the answer consists of quotations with citations."""
        body = await read_body(request)
        question = body if isinstance(body, Refused) else read_question(body)
        if isinstance(question, Refused):
            return _failure(question)
        found = await answering.ask(question.text, question.history)
        if isinstance(found, Refused):
            return _failure(found)
        return JSONResponse(answer_to_json(found.answer, id=question.id, elapsed_ms=found.elapsed_ms))

    async def ask_otherwise() -> JSONResponse:
        return _failure(Refused(f"A question is sent with POST; {EXPECTED}.", 405))

    async def health() -> dict[str, str]:
        """Says that the server answers."""
        return {"status": "ok"}

    router.post("/api/ask", summary="Ask a question", responses=ANSWER | FAILURES, openapi_extra=REQUEST)(ask)
    router.api_route("/api/ask", methods=["GET", "PUT", "PATCH", "DELETE"], include_in_schema=False)(
        ask_otherwise
    )
    router.get("/healthz", summary="See whether the server is there", response_model=api_shapes.Health)(
        health
    )
    return router


def read_question(body: bytes) -> Question | Refused:
    """The question in a body; Refused with 400 where that is no JSON, with 422 where it does not fit."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as problem:
        return Refused(f"The body is not JSON{_place(problem)}; {EXPECTED}.", 400)
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        return Refused(f"The body has no text under 'question'; {EXPECTED}.", 422)
    history = content.get("history") or []
    if not (isinstance(history, list) and all(isinstance(earlier, str) for earlier in history)):
        return Refused("'history' should be a list of earlier questions, each a text.", 422)
    identity = content.get("id")
    if not (identity is None or (isinstance(identity, str | int) and not isinstance(identity, bool))):
        return Refused("'id' should be a text or a whole number, or be left out.", 422)
    question = Question(content["question"], tuple(history), None if identity is None else str(identity))
    return _whole(question)


def _whole(question: Question) -> Question | Refused:
    """The question, unless it holds half a character (a lone surrogate), which no answer could repeat."""
    try:
        "".join((question.text, *question.history, question.id or "")).encode()
    except UnicodeEncodeError:
        return Refused("The question holds half of a character; send it as valid Unicode.", 422)
    return question


def _failure(refused: Refused) -> JSONResponse:
    return JSONResponse({"error": refused.reason}, status_code=refused.status)


def _place(problem: ValueError | RecursionError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f" (line {problem.lineno}, column {problem.colno})"
    return " in UTF-8" if isinstance(problem, UnicodeDecodeError) else ""
