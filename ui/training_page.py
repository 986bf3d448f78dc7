"""The way into the second use: training on inspection history. Its parts are listed here."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ui import grades_page, themes_page, timeline_page
from ui.conversation import Assistant
from ui.frame import escape, page
from ui.narrowing import covered
from ui.training_markup import STYLES, Historian

TITLE = "Training on inspection history"


@dataclass(frozen=True, slots=True)
class Part:
    """One page that a facilitator uses: where it is, its name, what can be done there."""

    address: str
    name: str
    purpose: str


# A further part is one more line here; its routes are added in ui.server.
PARTS = (
    Part(
        "/timeline",
        "Timeline",
        "See what the documents date: inspections, reports, judgements, appointments, plans. Narrow it to a "
        "period, a document, a kind or a theme, and take it away as a table or a calendar.",
    ),
    Part(
        "/grades",
        "Grades",
        "See which grade each area was given and when, the earlier beside the later, with the frameworks "
        "kept apart and explained.",
    ),
    Part(
        "/themes",
        "Themes",
        "Take a theme and read what each inspection said of it, in the order of the dates, and which "
        "weaknesses came back.",
    ),
    Part(
        "/quiz",
        "Quiz",
        "Make questions from statements in the documents, read each with its source, keep or change it, and "
        "take the quiz away on paper or for a learning platform.",
    ),
    Part(
        "/sessions",
        "Sessions",
        "Build a session from timeline, themes, comparisons, questions and a quiz, show it on a screen, and "
        "take away its handout, its key and its record.",
    ),
)


def routes(assistant: Assistant) -> APIRouter:
    """`GET /training`, and the pages that it leads to."""
    router = APIRouter(include_in_schema=False)

    def show() -> HTMLResponse:
        return page(TITLE, _main(assistant), styles=STYLES)

    router.get("/training")(show)
    if isinstance(assistant, Historian):
        router.include_router(timeline_page.routes(assistant))
        router.include_router(grades_page.routes(assistant))
        router.include_router(themes_page.routes(assistant))
    return router


def _main(assistant: Assistant) -> str:
    parts = "".join(
        f'<h2><a href="{part.address}">{escape(part.name)}</a></h2>\n<p>{escape(part.purpose)}</p>\n'
        for part in PARTS
    )
    return (
        f"<h1>{TITLE}</h1>\n<p>For a person who leads a training session. Everything shown is a "
        "word-for-word quotation from the documents with a link to its place; where the documents are "
        f"silent, the pages say so. They cover {escape(covered(assistant.details()))}.</p>\n{parts}"
    )
