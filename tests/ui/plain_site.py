"""The site without Gradio's page, which takes seconds to build, and a reader of its HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.conversations import Conversations
from ui.documents_desk import Desk
from ui.feedback import FeedbackStore
from ui.server import add_guards, add_routes

ADDRESS = "http://127.0.0.1"


def plain_site(
    assistant: Any,
    *,
    kept: Conversations | None = None,
    feedback: FeedbackStore | None = None,
    desk: Desk | None = None,
    from_anywhere: bool = True,
) -> TestClient:
    """A client of the plain pages and of the interface for programs."""
    server = FastAPI(title="Inspection QA", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    feedback = feedback or FeedbackStore()
    add_routes(server, assistant, kept or Conversations(), feedback, desk=desk, from_anywhere=from_anywhere)
    add_guards(server, only_here=True)
    return TestClient(server, base_url=ADDRESS)


class Seen(HTMLParser):
    """Reads HTML as a browser does: its elements, its ids and links, and the text that is seen."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def folded(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())

    @property
    def links(self) -> list[str]:
        """Where the links lead."""
        return [value for name, value in self.attributes if name == "href"]

    @property
    def ids(self) -> list[str]:
        """What a link within the page can lead to."""
        return [value for name, value in self.attributes if name == "id"]

    @property
    def headings(self) -> list[int]:
        """The levels of the headings, in their order."""
        return [int(one[1]) for one in self.elements if len(one) == 2 and one[0] == "h" and one[1].isdigit()]
