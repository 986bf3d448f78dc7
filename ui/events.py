"""What each control of the page does: the events, who may act, and how a view becomes an update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from corpus.document import Details
from qa.errors import QuestionError
from qa.scope import documents_in
from ui.browser_cookie import browser_of
from ui.conversation import NOBODY, Asked, Assistant, Conversing, View
from ui.exchange_markup import exports_html
from ui.markup import documents_html, escape
from ui.narrowing import Narrowing, choices, covered, narrowed_to, scope_of
from ui.parts import Kept, Narrow, Parts

ANSWERING_AT_ONCE = 30  # events; those that wait for their turn to be computed wait here, and can be stopped
EMPTY_FIELDS: tuple[Any, ...] = ([], [], [], "", "")  # of the narrowing
OTHERS_AT_ONCE = 8  # opening, listing and naming conversations: milliseconds each

Update = dict[Any, Any]


def wire(page: gr.Blocks, conversing: Conversing, parts: Parts, assistant: Assistant) -> None:
    """Says what each control does."""
    _wire_asking(conversing, parts)
    _wire_kept(page, conversing, parts)
    _wire_narrowing(parts.narrow, assistant)
    _wire_documents(page, parts, assistant)


def _wire_asking(conversing: Conversing, parts: Parts) -> None:
    asking = parts.asking

    def answer(
        request: gr.Request, question: str | None, open_id: str | None, *fields: Any
    ) -> Iterator[Update]:
        asked = Asked(question or "", open_id or "", _narrowing(fields))
        for view in conversing.ask(_browser(request), asked):
            yield _update(parts, view)

    def answer_as_written(
        request: gr.Request, question: str | None, open_id: str | None, *fields: Any
    ) -> Iterator[Update]:
        asked = Asked(question or "", open_id or "", _narrowing(fields), as_written=True)
        for view in conversing.ask(_browser(request), asked):
            yield _update(parts, view)

    def stop(request: gr.Request, job: str | None) -> None:
        conversing.stop(_browser(request), job or "")

    rest = [parts.kept.open_id, *parts.narrow.fields]
    written = [asking.question, *rest]
    ways = [(trigger, answer, written) for trigger in (asking.question.submit, asking.ask.click)]
    ways += [(button.click, answer, [button, *rest]) for button in parts.suggestions]
    ways.append((asking.as_written.click, answer_as_written, written))
    for trigger, act, inputs in ways:
        answered = _listen(trigger, act, inputs, parts.changing, at_once=ANSWERING_AT_ONCE)
        _suggest_after(answered, conversing, parts)
    _listen(asking.stop.click, stop, [asking.job], [])


def _suggest_after(done: Any, conversing: Conversing, parts: Parts) -> None:
    """What could be asked next comes after the answer, so that nobody waits for it."""

    def suggest(request: gr.Request, open_id: str | None) -> str:
        return conversing.suggest(_browser(request), open_id or "")

    _listen(done.then, suggest, [parts.kept.open_id], [parts.suggested], mode="multiple")


def _wire_kept(page: gr.Blocks, conversing: Conversing, parts: Parts) -> None:
    kept = parts.kept

    def load(request: gr.Request) -> Update:
        return _update(parts, first_view(conversing, _browser(request), dict(request.query_params)))

    def new(request: gr.Request) -> Update:
        return _update(parts, conversing.close(_browser(request)))

    def search(request: gr.Request, words: str | None, open_id: str | None) -> str:
        return conversing.search(_browser(request), words or "", open_id or "")

    def rename(request: gr.Request, open_id: str | None, name: str | None) -> Update:
        return _update(parts, conversing.rename(_browser(request), open_id or "", name or ""))

    def delete(request: gr.Request, open_id: str | None) -> Update:
        return _update(parts, conversing.delete(_browser(request), open_id or ""))

    def restore(request: gr.Request, deleted_id: str | None) -> Update:
        return _update(parts, conversing.restore(_browser(request), deleted_id or ""))

    _suggest_after(_listen(page.load, load, [], parts.changing), conversing, parts)
    _listen(kept.new.click, new, [], parts.changing)
    _listen(kept.search.change, search, [kept.search, kept.open_id], [kept.listed], mode="always_last")
    for trigger in (kept.rename.click, kept.name.submit):
        _listen(trigger, rename, [kept.open_id, kept.name], parts.changing)
    _listen(kept.delete.click, delete, [kept.open_id], parts.changing)
    _listen(kept.undo.click, restore, [kept.deleted_id], parts.changing)


def _wire_narrowing(narrow: Narrow, assistant: Assistant) -> None:
    def say(*fields: Any) -> list[Any]:
        said, error = narrowing_words(_narrowing(fields), assistant)
        return [escape(said), gr.Button(visible=any(fields)), escape(error)]

    def clear() -> list[Any]:
        return [*EMPTY_FIELDS, *say(*EMPTY_FIELDS)]

    shown = [narrow.said, narrow.clear, narrow.error]
    # One event for all fields, so that no earlier reading of them has the last word; page.js presses the
    # button once Gradio has taken note of what is in them (at "blur" it may not have yet).
    _listen(narrow.check.click, say, narrow.fields, shown, mode="always_last")
    _listen(narrow.clear.click, clear, [], [*narrow.fields, *shown])


def _wire_documents(page: gr.Blocks, parts: Parts, assistant: Assistant) -> None:
    """The documents may have changed since the page was built: whoever loads it sees those of now."""
    built = assistant.details()
    changing = [parts.documents, *parts.narrow.fields[:3], *parts.suggestions]

    def renew() -> Any:
        now = assistant.details()
        if now == built:
            return gr.skip()
        offered = choices(now)
        chosen = (offered.documents, _named(offered.kinds), _named(offered.publishers))
        groups = [gr.CheckboxGroup(list(one), visible=bool(one)) for one in chosen]
        questions = [*assistant.examples(), *("" for _ in parts.suggestions)]
        buttons = [
            gr.Button(question, visible=bool(question))
            for question, _ in zip(questions, parts.suggestions, strict=False)
        ]
        return [documents_list(now), *groups, *buttons]

    _listen(page.load, renew, [], changing)


def documents_list(details: Sequence[tuple[str, Details]]) -> str:
    """What stands beside a conversation about the documents, as HTML."""
    way = '<p><a href="/documents">Add or change documents</a></p>'
    return f"<h2>Documents</h2><p>{covered(details)}</p>{way}{documents_html(details)}"


def _named(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def first_view(conversing: Conversing, browser: str, asked: dict[str, str]) -> View:
    """What the page's address asks for: a conversation, an answer, or a question to begin with."""
    if asked.get("conversation"):
        return conversing.open_conversation(browser, asked["conversation"])
    if asked.get("answer"):
        return conversing.open_answer(browser, asked["answer"])
    return conversing.close(browser, question=asked.get("q", ""))


def narrowing_words(narrowing: Narrowing, assistant: Assistant) -> tuple[str, str]:
    """What is searched in one line, and what is wrong with the narrowing, if anything is."""
    details = assistant.details()
    try:
        scope = scope_of(narrowing, details)
    except QuestionError as problem:
        return "This narrowing cannot be searched.", str(problem)
    if scope.is_everything:
        return f"Searching all documents: {covered(details)}.", ""
    left = documents_in(scope, details)
    return f"Searching only: {narrowed_to(scope, details)} ({len(left)} of {len(details)} documents).", ""


def _narrowing(fields: Sequence[Any]) -> Narrowing:
    documents, kinds, publishers, first, last = fields
    return Narrowing(documents or (), kinds or (), publishers or (), first or "", last or "")


def _browser(request: gr.Request) -> str:
    return browser_of(request.headers.get("cookie", "")) or NOBODY


def _update(parts: Parts, view: View) -> Update:
    """What of the page becomes what; a part that is not named stays as it is."""
    asking, kept = parts.asking, parts.kept
    update: Update = {
        asking.status: _status(view),
        asking.error: view.error,
        asking.job: view.job,
        asking.stop: gr.Button(visible=bool(view.job)),
    }
    for part, value in (
        (parts.arriving, view.arrived),
        (asking.question, view.question),
        (kept.listed, view.listed),
    ):
        if value is not None:
            update[part] = value
    return update | _open(kept, view)


def _status(view: View) -> str:
    more = f'<span class="vh"> {escape(view.read_out)}</span>' if view.read_out else ""
    return escape(view.status) + more


def _open(kept: Kept, view: View) -> Update:
    """What changes where a conversation is opened or closed."""
    if view.conversation is None and not view.closed:
        return {}
    opened = view.conversation
    return {
        kept.open_id: opened.id if opened else "",
        kept.name: opened.name if opened else "",
        kept.current: gr.Column(visible=opened is not None),
        kept.exports: exports_html("conversation", opened.id) if opened else "",
        kept.undo: gr.Button(visible=bool(view.deleted)),
        kept.deleted_id: view.deleted,
    }


def _listen(
    trigger: Any,
    act: Any,
    inputs: list[Any],
    outputs: list[Any],
    *,
    at_once: int = OTHERS_AT_ONCE,
    mode: str = "once",
) -> Any:
    """One event, for what comes after it. Nothing is offered to programs, which have their own interface."""
    return trigger(
        act,
        inputs=inputs,
        outputs=outputs,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode=mode,
        concurrency_limit=at_once,
    )
