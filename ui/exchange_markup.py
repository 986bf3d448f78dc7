"""One question with its answer as it stands in the log, and the parcel in which it reaches the page."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer import Turn
from ui.conversations import new_id
from ui.excerpts import Source
from ui.markup import answer_copy, answer_html, button, escape, question_html

EXPORTS = (("docx", "Word file"), ("md", "Markdown"), ("print", "Print page"))


def exchange_html(
    key: str,
    turn: Turn,
    sources: Sequence[Source],
    *,
    kept: bool,
    narrowed: str = "",
) -> str:
    """A question, its answer and what can be done with it; `key` tells its anchors apart.

    `kept` says whether the server knows it by this key, so that it can be linked to.
    """
    within = f'<p class="narrowed">Searched only: {escape(narrowed)}</p>' if narrowed else ""
    links = f"{exports_html('answer', key)}{_links(key)}" if kept else ""
    edit = button("edit", "Edit the question and ask again")
    ways = f'<div class="ways">{answer_copy(turn.answer, sources)}{edit}{links}</div>'
    answer = answer_html(key, turn.answer, sources)
    return (
        f'<section class="exchange" id="exchange-{key}" tabindex="-1">{question_html(turn.question)}{within}'
        f"{answer}{ways}</section>"
    )


def follow_ups_html(key: str, questions: Sequence[str]) -> str:
    """What could be asked after the answer `key`, to which page.js puts it; empty where nothing could."""
    if not questions:
        return ""
    offered = "".join(f"<li>{button('ask-this', question)}</li>" for question in questions)
    heading = '<p class="label">You could ask next</p>'
    return f'<div class="follow-ups" id="follow-ups-{key}">{heading}<ul>{offered}</ul></div>'


def exports_html(what: str, id: str) -> str:
    """Links to the forms in which an answer or a conversation (`what`) can be had."""
    links = " ".join(
        f'<a class="link" href="/export/{kind}?{what}={id}">{words}'
        f'<span class="vh"> of this {what}</span></a>'
        for kind, words in EXPORTS
    )
    return f'<span class="exports">{links}</span>'


def pending_html(question: str) -> str:
    """The parcel with a question that is being looked for; whatever comes next takes its place."""
    shown = question_html(question) if question.strip() else ""
    return arrival(f'<section class="exchange pending">{shown}</section>')


def notice_html(sentence: str) -> str:
    """A sentence of the assistant's own in the log."""
    return f'<p class="notice">{escape(sentence)}</p>'


def arrival(
    exchanges: str = "", beside: str = "", *, here: str = "", shown: str = "", fresh: bool = False
) -> str:
    """A parcel of HTML that page.js unpacks once: `exchanges` into the log, `beside` among the sources.

    `here` is the page's address from now on, `shown` the exchange to go to; `fresh` empties the
    page first. An empty parcel takes away what was pending. No two parcels are alike, so that
    the page notices each.
    """
    place = f'<a class="here" href="{escape(here)}">here</a>' if here else ""
    target = f'<a class="target" href="#exchange-{shown}">shown</a>' if shown else ""
    kind = "arrival fresh" if fresh else "arrival"
    return f'<div class="{kind}" id="arrival-{new_id()}">{place}{target}{exchanges}{beside}</div>'


def _links(key: str) -> str:
    return (
        f'<a class="link" href="/?answer={key}">Link to this answer</a>'
        f'<a class="link" href="/feedback?answer={key}">Is this answer right?</a>'
    )
