"""The browser page: what stands where, and what happens when somebody acts on it."""

from __future__ import annotations

import os

# Gradio looks two hosts up while it is imported, unless this is said before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# After each event it would make a table of the last 10,000, for a page that is not served here.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)

from collections.abc import Sequence
from typing import Any

import gradio as gr
from fastapi import FastAPI

from ui.conversation import Assistant, Conversing
from ui.conversations import Conversations
from ui.events import documents_list, narrowing_words, wire
from ui.frame import PLACES
from ui.narrowing import NOT_NARROWED, choices
from ui.parts import Asking, Kept, Narrow, Parts
from ui.theme import FONT, MONO, TOKENS

PURPOSE = "Answers are quotations from the documents listed below. Check them against the source."
WAITING_AT_MOST = 200
FOLD = '<button type="button" class="plain" id="{part}">{words}</button>'  # page.js folds the part


def mount_page(server: FastAPI, assistant: Assistant, kept: Conversations, *, title: str) -> None:
    """Puts the page at the server's root; `kept` is where the conversations are."""
    page = build_page(assistant, kept, title=title).queue(max_size=WAITING_AT_MOST, api_open=False)
    gr.mount_gradio_app(
        server,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1b",  # nothing is uploaded here
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=_theme(),
    )


def build_page(assistant: Assistant, kept: Conversations, *, title: str) -> gr.Blocks:
    """The page for one assistant. It holds nothing of a person: see browser_cookie.py."""
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        with gr.Row(elem_id="masthead"):
            _html(f"<h1>{title}</h1><p>{PURPOSE}</p>", "purpose")
            _html(FOLD.format(part="show-rail", words="Conversations"), "masthead-ways")
        with gr.Row(elem_id="workspace"):
            parts = _parts(assistant)
        wire(page, Conversing(assistant, kept), parts, assistant)
    return page


def _parts(assistant: Assistant) -> Parts:
    """The conversations, the open one with the text box below it, and what stands beside it."""
    with gr.Column(elem_id="rail", scale=1):
        rail = _rail()
    with gr.Column(elem_id="conversation", scale=3):
        _html("<h2>Conversation</h2>", "conversation-heading")
        # page.js unpacks into it what arrives, so that an answer does not bring all others again.
        _html('<div id="log" role="log" tabindex="0"></div>', "log-frame")
        asking = _asking()
        examples, suggestions = _examples(assistant.examples())
        narrow = _narrow(assistant)
    with gr.Column(elem_id="beside", scale=2):
        _html("<h2>Sources</h2>", "sources-heading")
        _html('<div id="sources"></div>', "sources-frame")
        documents = assistant.details()
        listed = _html(documents_list(documents), "documents")
        places = "".join(f'<li><a href="{address}">{name}</a></li>' for address, name in PLACES[1:])
        _html(f'<ul class="places">{places}</ul>', "places")
    arriving, suggested = _html("", "arriving"), _html("", "suggested")
    return Parts(listed, arriving, suggested, asking, examples, suggestions, narrow, rail)


def _asking() -> Asking:
    """The text box, its error, the buttons below it, and what is said while somebody waits."""
    with gr.Column(elem_id="asking"):
        question = gr.Textbox(elem_id="question", label="Your question", lines=1, max_lines=6)
        error = _html("", "question-error")
        with gr.Row(elem_id="buttons"):
            ask = _button("Ask", "ask", variant="primary")
            stop = _button("Stop", "stop", visible=False)
            as_written = _button("Ask as written", "ask-as-written", visible="hidden")
            status = _html("", "status")
    job = gr.Textbox(elem_id="job", visible="hidden")
    return Asking(question, error, ask, stop, as_written, status, job)


def _examples(questions: Sequence[str]) -> tuple[gr.Column, tuple[gr.Button, ...]]:
    """Buttons that ask; they are shown while no question has been asked."""
    with gr.Column(elem_id="examples", visible=bool(questions)) as column:
        _html("<h3>Example questions</h3>", "examples-heading")
        buttons = tuple(gr.Button(question, elem_classes="example") for question in questions)
    return column, buttons


def _narrow(assistant: Assistant) -> Narrow:
    """What the search is narrowed to, always in sight, and the fields behind a button."""
    offered = choices(assistant.details())
    with gr.Column(elem_id="narrow"):
        with gr.Row(elem_id="narrow-line"):
            said = _html(narrowing_words(NOT_NARROWED, assistant)[0], "narrowed")
            _html(FOLD.format(part="show-narrowing", words="Narrow the search"), "narrow-way")
            clear = _button("Search all documents", "clear-narrowing", visible=False)
        with gr.Column(elem_id="narrowing"):
            documents = _choice("Documents", offered.documents, "narrow-documents")
            publishers = _choice(
                "Publishers", [(one, one) for one in offered.publishers], "narrow-publishers"
            )
            kinds = _choice("Kinds of document", [(one, one) for one in offered.kinds], "narrow-kinds")
            with gr.Row(elem_id="narrow-dates"):
                first = gr.Textbox(elem_id="narrow-first", label="Published from", info="A year or a date")
                last = gr.Textbox(elem_id="narrow-last", label="Published until", info="A year or a date")
            check = _button("Check the narrowing", "check-narrowing", visible="hidden")
            error = _html("", "narrowing-error")
    return Narrow(said, clear, documents, publishers, kinds, first, last, check, error)


def _choice(label: str, offered: Sequence[tuple[str, str]], name: str) -> gr.CheckboxGroup:
    return gr.CheckboxGroup(list(offered), label=label, elem_id=name, visible=bool(offered))


def _named(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _rail() -> Kept:
    """The conversations of this browser, and what can be done with the open one."""
    _html("<h2>Conversations</h2>", "rail-heading")
    new = _button("New conversation", "new")
    search = gr.Textbox(elem_id="search", label="Search conversations", lines=1, max_lines=1)
    listed = _html("", "listed")
    open_id = gr.Textbox(elem_id="open-id", visible="hidden")
    with gr.Column(elem_id="this-conversation", visible=False) as current:
        _html("<h3>This conversation</h3>", "this-heading")
        name = gr.Textbox(elem_id="name", label="Name", lines=1, max_lines=1)
        with gr.Row(elem_id="this-ways"):
            rename = _button("Rename", "rename")
            delete = _button("Delete", "delete")
        exports = _html("", "exports")
    undo = _button("Undo the deletion", "undo", visible=False)
    deleted_id = gr.Textbox(elem_id="deleted-id", visible="hidden")
    return Kept(new, search, listed, open_id, current, name, rename, delete, exports, undo, deleted_id)


def _button(words: str, name: str, *, variant: Any = "secondary", visible: Any = True) -> gr.Button:
    return gr.Button(words, variant=variant, elem_id=name, min_width=96, scale=0, visible=visible)


def _html(html: str, name: str) -> gr.Markdown:
    """A piece of the page. Not gr.HTML: that evaluates "${...}" found in what it shows."""
    return gr.Markdown(html, elem_id=name, latex_delimiters=[])


def _theme() -> gr.themes.Base:
    sizes = gr.themes.sizes
    return gr.themes.Base(text_size=sizes.text_lg, font=list(FONT), font_mono=list(MONO)).set(**TOKENS)
