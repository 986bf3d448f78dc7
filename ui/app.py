"""The browser page: what stands where, and what happens when somebody asks."""

from __future__ import annotations

import os

# Gradio looks two hosts up while it is imported, unless this is said before.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# After each event it would make a table of the last 10,000, for a page that is not served here.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from fastapi import FastAPI

from ui.conversation import Assistant, Exchange, View, ask
from ui.markup import documents_html
from ui.theme import FONT, MONO, TOKENS

PURPOSE = "Answers are quotations from the documents listed below. Check them against the source."
ASKING_AT_ONCE = 2  # answers are computed on the CPU: more at once only make each one later
WAITING_AT_MOST = 200

Exchanges = tuple[Exchange, ...]
Update = tuple[Exchanges, list[dict[str, str]], str, Any, str, str, Any]


@dataclass(frozen=True, slots=True)
class Controls:
    """The parts of the page that change or that somebody acts upon."""

    held: gr.State  # the conversation in one browser window
    log: gr.Chatbot
    question: gr.Textbox
    error: gr.Markdown
    ask: gr.Button
    again: gr.Button
    examples: gr.Column
    suggestions: tuple[gr.Button, ...]
    status: gr.Markdown
    sources: gr.Markdown

    @property
    def changing(self) -> list[Any]:
        """What a view changes, in the order of `_update`."""
        shown = [self.held, self.log, self.sources, self.question]
        return [*shown, self.status, self.error, self.examples]


def mount_page(server: FastAPI, assistant: Assistant, *, title: str) -> None:
    """Puts the page at the server's root."""
    page = build_page(assistant, title=title).queue(max_size=WAITING_AT_MOST, api_open=False)
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


def build_page(assistant: Assistant, *, title: str) -> gr.Blocks:
    """The page for one assistant; a conversation is held per session and nowhere else."""
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        _html(f"<h1>{title}</h1><p>{PURPOSE}</p>", "masthead")
        with gr.Row(elem_id="workspace"):
            controls = _controls(assistant)
        _wire(assistant, controls)
    return page


def _controls(assistant: Assistant) -> Controls:
    """The conversation with the text box below it, and what stands beside them."""
    held = gr.State(())
    with gr.Column(elem_id="conversation", scale=3):
        log = _log()
        question, error, ask_button, again = _asking()
        examples, suggestions = _examples(assistant.examples())
        status = _html("", "status")
    with gr.Column(elem_id="beside", scale=2):
        _html("<h2>Sources</h2>", "sources-heading")
        sources = _html(View().beside, "sources")
        _html("<h2>Documents</h2>" + documents_html(assistant.details()), "documents")
    return Controls(held, log, question, error, ask_button, again, examples, suggestions, status, sources)


def _log() -> gr.Chatbot:
    _html("<h2>Conversation</h2>", "conversation-heading")
    return gr.Chatbot(
        elem_id="log",
        show_label=False,
        label="Conversation",
        container=False,
        height=None,
        buttons=[],
        layout="panel",
        feedback_options=None,
        latex_delimiters=[],
        line_breaks=False,
        group_consecutive_messages=False,
        placeholder="No question asked yet.",
        autoscroll=False,
    )


def _asking() -> tuple[gr.Textbox, gr.Markdown, gr.Button, gr.Button]:
    """The text box, its error, and the buttons "Ask" and "Start again"."""
    with gr.Column(elem_id="asking"):
        question = gr.Textbox(elem_id="question", label="Your question", lines=1, max_lines=6)
        error = _html("", "question-error")
        with gr.Row(elem_id="buttons"):
            asked = gr.Button("Ask", variant="primary", elem_id="ask", min_width=96, scale=0)
            again = gr.Button("Start again", elem_id="start-again", min_width=96, scale=0)
    return question, error, asked, again


def _examples(questions: Sequence[str]) -> tuple[gr.Column, tuple[gr.Button, ...]]:
    """Buttons that ask; they are shown until the first question is asked."""
    with gr.Column(elem_id="examples", visible=bool(questions)) as column:
        _html("<h3>Example questions</h3>", "examples-heading")
        buttons = tuple(gr.Button(question, elem_classes="example") for question in questions)
    return column, buttons


def _wire(assistant: Assistant, controls: Controls) -> None:
    """Says what each control does."""

    def answer(question: str | None, exchanges: Exchanges) -> Iterator[Update]:
        for view in ask(assistant, question or "", exchanges):
            yield _update(view, suggest=bool(controls.suggestions))

    def clear() -> Update:
        return _update(View(), suggest=bool(controls.suggestions))

    for trigger in (controls.question.submit, controls.ask.click):
        _listen(trigger, answer, inputs=[controls.question, controls.held], outputs=controls.changing)
    for button in controls.suggestions:
        _listen(button.click, answer, inputs=[button, controls.held], outputs=controls.changing)
    _listen(controls.again.click, clear, inputs=[], outputs=controls.changing)


def _listen(trigger: Any, act: Any, *, inputs: list[Any], outputs: list[Any]) -> None:
    trigger(
        act,
        inputs=inputs,
        outputs=outputs,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="once",
        concurrency_limit=ASKING_AT_ONCE,
        concurrency_id="asking",
    )


def _update(view: View, *, suggest: bool) -> Update:
    """What each of `Controls.changing` becomes; examples are offered until something is asked."""
    log = [{"role": message.role, "content": message.html} for message in view.messages]
    examples = gr.Column(visible=suggest and not view.messages)
    question = gr.skip() if view.question is None else view.question
    return view.exchanges, log, view.beside, question, view.status, view.error, examples


def _html(html: str, name: str) -> gr.Markdown:
    """A piece of the page. Not gr.HTML: that evaluates "${...}" found in what it shows."""
    return gr.Markdown(html, elem_id=name, latex_delimiters=[])


def _theme() -> gr.themes.Base:
    sizes = gr.themes.sizes
    return gr.themes.Base(text_size=sizes.text_lg, font=list(FONT), font_mono=list(MONO)).set(**TOKENS)
