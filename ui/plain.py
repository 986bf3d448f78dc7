"""The page that asks and answers without JavaScript: one form, and the answer with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus.document import Details
from qa.answer import Answer, Status
from qa.scope import Scope
from ui.answering import Answering, Refused
from ui.conversation import Assistant
from ui.excerpts import checked_sources, closest_passages
from ui.frame import escape, lines, page
from ui.markup import NOT_FOUND_LABEL, folded
from ui.narrowing import choices, narrowed_to, scope_of
from ui.plain_answer import answer_section, documents_section, silence_section, sources_section
from ui.question_form import Form, ask_form, problem_with, read_form

PURPOSE = "Answers are quotations from the documents listed below. Check them against the source."
LONGEST_TITLE = 80  # characters of a question that stand in the title of the page


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the id of the field that it is wrong in."""

    said: str
    field: str


def routes(assistant: Assistant, answering: Answering) -> APIRouter:
    """`GET /plain`: without `q` the empty form, with it the answer."""
    router = APIRouter(include_in_schema=False)

    async def show(request: Request) -> HTMLResponse:
        form = read_form(request.query_params)
        if form.question is None:
            return page("Ask", _empty(assistant, form))
        wrong = problem_with(form.narrowing, assistant.details())
        if wrong:
            return _refusal(assistant, form, Problem(wrong, "narrowing"), 422)
        found = await ask_form(answering, form, assistant.details())
        if isinstance(found, Refused):
            return _refusal(assistant, form, Problem(found.reason, "q"), found.status)
        return page(_title(found.answer), answered(assistant, form, found.answer))

    router.get("/plain")(show)
    return router


def answered(assistant: Assistant, form: Form, answer: Answer) -> str:
    """The main part of the page with an answer, and the form for the next question below it."""
    details = assistant.details()
    if answer.status is Status.NOT_IN_DOCUMENTS:
        scope = scope_of(form.narrowing, details)
        searched = [(document_id, one) for document_id, one in details if scope.holds(document_id, one)]
        body = silence_section(answer, closest_passages(answer, assistant), searched)
    else:
        sources = checked_sources(answer, assistant)
        body = answer_section(answer, sources) + _ways(form, answer) + sources_section(sources)
    return (
        f'<h1 class="vh">Answer</h1>\n<p class="question"><span class="vh">Your question: </span>'
        f"{lines(answer.question)}</p>\n{_narrowed(form, details)}{body}"
        f"{_form('Ask another question', form.afterwards(), details)}"
    )


def _empty(assistant: Assistant, form: Form) -> str:
    details = assistant.details()
    asked = [
        f'<li><a href="{escape(Form(one).link("/plain"))}">{escape(one)}</a></li>'
        for one in assistant.examples()
    ]
    examples = f'<h2>Example questions</h2>\n<ul class="links">{"".join(asked)}</ul>\n' if asked else ""
    return (
        f"<h1>Ask the documents</h1>\n<p>{PURPOSE}</p>\n{_narrowed(form, details)}"
        f"{_form('Your question', form, details)}{examples}{documents_section(details)}"
    )


def _refusal(assistant: Assistant, form: Form, problem: Problem, status: int) -> HTMLResponse:
    details = assistant.details()
    main = (
        '<h1>Ask the documents</h1>\n<div class="error" role="alert"><h2>There is a problem</h2>'
        f'<p><a href="#{problem.field}">{escape(problem.said)}</a></p></div>\n'
        f"{_narrowed(form, details)}{_form('Your question', form, details, problem)}"
    )
    return page("Error: the question was not asked", main, status=status)


def _title(answer: Answer) -> str:
    question = folded(answer.question)
    short = question if len(question) <= LONGEST_TITLE else f"{question[: LONGEST_TITLE - 3]}..."
    return f"{NOT_FOUND_LABEL if answer.status is Status.NOT_IN_DOCUMENTS else 'Answer'}: {short}"


def _form(
    heading: str, form: Form, details: Sequence[tuple[str, Details]], problem: Problem | None = None
) -> str:
    """The form; what was asked before is sent along, so that a question may lean on it."""
    at_question = problem if problem and problem.field == "q" else None
    earlier = "".join(f'<input type="hidden" name="earlier" value="{escape(one)}">' for one in form.earlier)
    return (
        f'<h2>{heading}</h2>\n<form action="/plain">{earlier}{_earlier(form)}'
        f'<label for="q">Question</label>{_error("q", at_question)}'
        f'<textarea id="q" name="q" rows="3"{_tied("q", at_question)}>'
        f"{escape(form.question or '')}</textarea>{_narrowing(form, details, problem)}"
        "<button>Ask</button></form>\n"
    )


def _earlier(form: Form) -> str:
    if not form.earlier:
        return ""
    asked = "".join(f"<li>{escape(folded(one))}</li>" for one in form.earlier)
    return (
        '<div class="soft"><p>A question may lean on what was asked before:</p>'
        f'<ol>{asked}</ol><p class="way"><a href="/plain">Start again without these</a></p></div>'
    )


def _narrowing(form: Form, details: Sequence[tuple[str, Details]], problem: Problem | None) -> str:
    """The fields that narrow the search, folded up while nothing is narrowed."""
    wrong = problem if problem and problem.field == "narrowing" else None
    to, there = form.narrowing, choices(details)
    kinds = [(kind, kind) for kind in there.kinds]
    publishers = [(publisher, publisher) for publisher in there.publishers]
    return (
        f"<details{' open' if form.narrowed else ''}>"
        '<summary id="narrowing">Narrow the search</summary>'
        f"{_error('narrowing', wrong)}"
        f"{_choice('Documents', 'document', there.documents, to.documents)}"
        f"{_choice('Kinds', 'kind', kinds, to.kinds)}"
        f"{_choice('Publishers', 'publisher', publishers, to.publishers)}"
        f"<fieldset{_tied('narrowing', wrong)}><legend>Published</legend>"
        '<p class="hint" id="dates">A year, a month or a day, such as 2014 or 30 September 2014.</p>'
        f"{_date('first', 'From', to.first)}{_date('last', 'Until', to.last)}</fieldset></details>"
    )


def _choice(legend: str, name: str, offered: Iterable[tuple[str, str]], chosen: Sequence[str]) -> str:
    """Checkboxes; `offered` are pairs of what is shown and what is sent."""
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="{name}" value="{escape(value)}"'
        f"{' checked' if value in chosen else ''}>{escape(shown)}</label>"
        for shown, value in offered
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>" if boxes else ""


def _date(name: str, label: str, value: str) -> str:
    return (
        f'<label for="{name}">{label}</label><input type="text" class="short" id="{name}" name="{name}" '
        f'value="{escape(value)}" aria-describedby="dates">'
    )


def _narrowed(form: Form, details: Sequence[tuple[str, Details]]) -> str:
    """What the search is narrowed to, with the way out of it."""
    if not form.narrowed:
        return ""
    words = _in_words(form, details)
    way_out = escape(form.to_everything().link("/plain"))
    return (
        f'<p class="note">The search is narrowed{f": {escape(words)}" if words else ""}. '
        f'<a href="{way_out}">Search all documents</a></p>\n'
    )


def _in_words(form: Form, details: Sequence[tuple[str, Details]]) -> str:
    """The narrowing in words; empty where it makes no sense, which is said beside it."""
    if problem_with(form.narrowing, details):
        return ""
    scope: Scope = scope_of(form.narrowing, details)
    return narrowed_to(scope, details)


def _ways(form: Form, answer: Answer) -> str:
    """What can be done with an answer: take it away, say what it was worth, search as it was written."""
    written = Form(form.question, form.earlier, form.narrowing, as_written=True).link("/plain")
    changed = bool(answer.corrections or answer.also_searched)
    links = [(written, "Search only for what you wrote")] if changed else []
    links += [(form.link("/feedback"), "Say whether this answer is right")]
    links += [
        (form.link(f"/export/{kind}"), words)
        for kind, words in (
            ("docx", "Save as a Word document"),
            ("md", "Save as Markdown"),
            ("print", "Print"),
        )
    ]
    listed = "".join(f'<li><a href="{escape(address)}">{words}</a></li>' for address, words in links)
    return f'<nav aria-label="What to do with this answer"><ul class="links">{listed}</ul></nav>\n'


def _error(field: str, problem: Problem | None) -> str:
    return f'<p class="error" id="{field}-error">{escape(problem.said)}</p>' if problem else ""


def _tied(field: str, problem: Problem | None) -> str:
    """What ties a field to its error."""
    return f' aria-invalid="true" aria-describedby="{field}-error"' if problem else ""
