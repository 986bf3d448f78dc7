"""A request is answered from the same documents from its beginning to its end, whatever changes meanwhile."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.browser_cookie import GRADIO  # its connections stay open for hours, and would hold the index as long


@runtime_checkable
class Changing(Protocol):
    """An assistant whose documents can change."""

    def kept(self) -> AbstractContextManager[None]:
        """Keeps the documents of now for what runs within."""
        ...


class SameDocuments:
    """Keeps the documents as they are for each request, such as one that asks and then draws the answer."""

    def __init__(self, app: ASGIApp, *, changing: Changing) -> None:
        """Stands in front of `app`."""
        self.app = app
        self._changing = changing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or GRADIO in scope["path"]:
            await self.app(scope, receive, send)
            return
        with self._changing.kept():
            await self.app(scope, receive, send)
