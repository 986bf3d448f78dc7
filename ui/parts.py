"""The parts of the page that change or that somebody acts upon, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr


@dataclass(frozen=True, slots=True)
class Asking:
    """The text box and what belongs to it."""

    question: gr.Textbox
    error: gr.Markdown
    ask: gr.Button
    stop: gr.Button
    as_written: gr.Button  # hidden: page.js presses it for "Search only for what you wrote"
    status: gr.Markdown
    job: gr.Textbox  # hidden: what stops the question in flight


@dataclass(frozen=True, slots=True)
class Narrow:
    """What the search is narrowed to."""

    said: gr.Markdown
    clear: gr.Button
    documents: gr.CheckboxGroup
    publishers: gr.CheckboxGroup
    kinds: gr.CheckboxGroup
    first: gr.Textbox
    last: gr.Textbox
    check: gr.Button  # hidden: page.js presses it when a field was changed
    error: gr.Markdown

    @property
    def fields(self) -> list[Any]:
        """The fields in the order in which `ui.narrowing.Narrowing` is made of them."""
        return [self.documents, self.kinds, self.publishers, self.first, self.last]


@dataclass(frozen=True, slots=True)
class Kept:
    """The conversations of this browser."""

    new: gr.Button
    search: gr.Textbox
    listed: gr.Markdown
    open_id: gr.Textbox  # hidden; the browser says which is open, the server whether it is its own
    current: gr.Column
    name: gr.Textbox
    rename: gr.Button
    delete: gr.Button
    exports: gr.Markdown
    undo: gr.Button
    deleted_id: gr.Textbox  # hidden


@dataclass(frozen=True, slots=True)
class Parts:
    """All of them."""

    documents: gr.Markdown  # the list of them
    arriving: gr.Markdown  # hidden: page.js unpacks what arrives here
    suggested: gr.Markdown  # hidden: page.js puts it below the answer that it follows on from
    asking: Asking
    examples: gr.Column
    suggestions: tuple[gr.Button, ...]
    narrow: Narrow
    kept: Kept

    @property
    def changing(self) -> list[Any]:
        """What a view may change."""
        asking, kept = self.asking, self.kept
        asked = [asking.question, asking.error, asking.status, asking.stop, asking.job]
        opened = [kept.open_id, kept.current, kept.name, kept.exports, kept.undo, kept.deleted_id]
        return [self.arriving, *asked, kept.listed, *opened]
