"""The addresses of training sessions: building them, presenting them, and their papers."""

from __future__ import annotations

from fastapi import APIRouter

from qa.session_content import Assistant
from ui import session_pages, session_papers, session_present
from ui.answering import Answering
from ui.session_store import Sessions


def routes(assistant: Assistant, answering: Answering, sessions: Sessions) -> APIRouter:
    """Everything below /sessions."""
    router = APIRouter(include_in_schema=False)
    router.include_router(session_pages.routes(assistant, sessions))
    router.include_router(session_papers.routes(assistant, sessions))
    router.include_router(session_present.routes(assistant, answering, sessions))
    return router
