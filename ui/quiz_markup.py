"""A quiz as HTML: the questions with their actions, the sheet for participants, the facilitator's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.document import Details
from qa.answer import Citation
from qa.quiz_edit import can_edit_options
from qa.quiz_files import key_words, letter
from qa.quiz_question import ALL_KINDS, QuizQuestion
from qa.timeline_files import reference
from ui.frame import escape
from ui.links import place_link
from ui.quiz_desk import Shown
from ui.quiz_form import MOST_QUESTIONS, QuizForm

INTRODUCTION = (
    "Each question is made from statements in the documents, word for word. Read them before you use them: "
    "pin what is good, discard what is not, and put questions into your own words where that helps. "
    "What is quoted stays as it stands in the document."
)
STYLES = ("quiz.css",)
EXPORTS = (
    (
        "participants",
        "For participants, without the key",
        (("print", "Print"), ("docx", "Word"), ("csv", "CSV")),
    ),
    (
        "facilitator",
        "For the facilitator, with the key",
        (("print", "Print"), ("docx", "Word"), ("gift", "Moodle (GIFT)"), ("csv", "CSV")),
    ),
)


def quiz_main(
    form: QuizForm, shown: Shown | None, details: Mapping[str, Details], *, wrong: str = "", undo: str = ""
) -> str:
    """The main part of the page; without questions where `wrong` says why there are none."""
    parts = ["<h1>Quiz</h1>\n", f"<p>{INTRODUCTION}</p>\n", _settings(form, details, wrong)]
    if shown is not None:
        parts += [_undo(form, undo), _summary(form, shown), _questions(form, shown, details)]
        parts += [_exports(form) if shown.questions else "", _discarded(form, shown)]
    return "".join(parts)


def edit_main(form: QuizForm, made: QuizQuestion, now: QuizQuestion, wrong: str = "") -> str:
    """The main part of the page on which a question is put into other words."""
    error = f'<p class="error" id="error" role="alert">{escape(wrong)}</p>' if wrong else ""
    invalid = ' aria-invalid="true" aria-describedby="error"' if wrong else ""
    statement = _statement(made)
    options = (
        "".join(_option_field(place, one, now) for place, one in enumerate(now.options))
        if can_edit_options(made)
        else f"<p>The options are quotations and stay as they are.</p>{_options(made)}"
    )
    back = escape(form.link("/quiz"))
    return (
        f"<h1>Word a question anew</h1>\n{error}"
        f'<form method="post" action="/quiz/edit">{_hidden(form)}'
        f'<input type="hidden" name="id" value="{escape(made.id)}">'
        f'<label for="prompt">Question</label><textarea id="prompt" name="prompt" rows="5"{invalid}>'
        f"{escape(now.prompt)}</textarea>{statement}{options}"
        '<p class="buttons"><button name="do" value="save">Save</button> '
        '<button name="do" value="reset" class="quiet">Back to the first wording</button></p></form>\n'
        f'<p class="way"><a href="{back}">Back to the quiz without a change</a></p>\n'
    )


def sheet_main(
    title: str, questions: Sequence[QuizQuestion], details: Mapping[str, Details], *, with_key: bool
) -> str:
    """The page to print: the questions, and the key with its sources where it is wanted."""
    listed = "".join(
        f'<section class="asked"><h2>Question {number}</h2>{_asked(one)}</section>\n'
        for number, one in enumerate(questions, start=1)
    )
    key = f"<h2>Key</h2>\n{_key_list(questions, details)}" if with_key else ""
    return (
        f"<h1>{escape(title)}</h1>\n"
        '<p class="way">Print it with the print command of your browser.</p>\n'
        f"{listed}{key}"
    )


def _settings(form: QuizForm, details: Mapping[str, Details], wrong: str) -> str:
    error = f'<p class="error" id="error" role="alert">{escape(wrong)}</p>' if wrong else ""
    kinds = "".join(
        _check("kind", kind.value, kind.label.capitalize(), kind.value in form.kinds) for kind in ALL_KINDS
    )
    documents = "".join(
        _check("document", name, one.title, name in form.documents) for name, one in details.items()
    )
    is_open = " open" if form.is_narrowed else ""
    return (
        f'<form method="get" action="/quiz">{error}'
        f"{_text('count', f'How many questions (1 to {MOST_QUESTIONS})', form.count, short=True)}"
        f'<input type="hidden" name="seed" value="{escape(form.seed)}">'
        f"<details{is_open}><summary>Narrow it</summary>"
        f"<fieldset><legend>Kinds (none for all)</legend>{kinds}</fieldset>"
        f"<fieldset><legend>Documents (none for all)</legend>{documents}</fieldset>"
        f"{_text('first', 'From (day, month or year)', form.first, short=True)}"
        f"{_text('last', 'To (day, month or year)', form.last, short=True)}"
        f"{_text('about', 'Theme (words that each statement or its heading holds)', form.about)}"
        "</details><button>Make the quiz</button></form>\n"
    )


def _summary(form: QuizForm, shown: Shown) -> str:
    count = len(shown.questions)
    said = f"{count} question{'' if count == 1 else 's'}, selection {escape(form.seed)}."
    if not count:
        said = "No question can be made with these settings: choose fewer filters."
    elif count < int(form.count):
        said += " With these settings no more can be made."
    if shown.lost:
        said += f" {shown.lost} that you decided on cannot be made any more, since the documents changed."
    another = escape(form.next_selection().link("/quiz"))
    return (
        f'<h2 id="questions">Questions</h2>\n<p>{said}</p>\n'
        f'<p class="way"><a href="{another}#questions">Another selection</a></p>\n'
    )


def _questions(form: QuizForm, shown: Shown, details: Mapping[str, Details]) -> str:
    return "".join(
        _card(form, number, one, pinned=one.id in shown.pinned, details=details)
        for number, one in enumerate(shown.questions, start=1)
    )


def _card(
    form: QuizForm, number: int, question: QuizQuestion, *, pinned: bool, details: Mapping[str, Details]
) -> str:
    marks = [mark for mark, holds in (("pinned", pinned), ("edited", question.edited)) if holds]
    marked = f" ({', '.join(marks)})" if marks else ""
    edit = escape(form.link("/quiz/edit", ("id", question.id)))
    which = f'<span class="vh"> question {number}</span>'
    pin = ("unpin", "Unpin") if pinned else ("pin", "Pin")
    return (
        f'<section class="asked" id="{escape(question.id)}" tabindex="-1">'
        f"<h3>Question {number}: {question.kind.label}{marked}</h3>{_asked(question)}"
        f"<details><summary>Key and source{which}</summary>{_key(question, details)}</details>"
        f'<div class="deeds">{_deed(form, question.id, pin[0], pin[1] + which)}'
        f"{_deed(form, question.id, 'discard', 'Discard' + which)}"
        f'<a href="{edit}">Edit{which}</a></div></section>\n'
    )


def _asked(question: QuizQuestion) -> str:
    years = f"<p>Years: {escape(', '.join(question.targets))}</p>" if question.targets else ""
    return f"<p>{escape(question.prompt)}</p>{_statement(question)}{_options(question)}{years}"


def _statement(question: QuizQuestion) -> str:
    return f"<blockquote>“{escape(question.statement)}”</blockquote>" if question.statement else ""


def _options(question: QuizQuestion) -> str:
    listed = "".join(f"<li>{escape(one)}</li>" for one in question.options)
    return f'<ol type="A" class="options">{listed}</ol>'


def _key_list(questions: Sequence[QuizQuestion], details: Mapping[str, Details]) -> str:
    return "".join(
        f'<section class="asked"><h3>Question {number}</h3>{_key(one, details)}</section>\n'
        for number, one in enumerate(questions, start=1)
    )


def _key(question: QuizQuestion, details: Mapping[str, Details]) -> str:
    note = (
        "<p>The question was worded by a person; the quotation is the document's.</p>"
        if question.edited
        else ""
    )
    sources = "".join(f"<li>{_source(one, details)}</li>" for one in question.citations)
    return f'<p><strong>{escape(key_words(question))}</strong></p>{note}<ul class="links">{sources}</ul>'


def _source(citation: Citation, details: Mapping[str, Details]) -> str:
    link = escape(place_link(citation.document_id, citation.start, citation.end, citation.pages))
    quoted = escape(" ".join(citation.quote.split()))
    return f'“{quoted}” <a href="{link}">{escape(reference(citation, details))}</a>'


def _exports(form: QuizForm) -> str:
    groups = ""
    for reader, heading, kinds in EXPORTS:
        links = "".join(
            f'<li><a href="{escape(form.link(f"/quiz/export/{kind}", ("for", reader)))}">'
            f'{name}<span class="vh">: {heading}</span></a></li>'
            for kind, name in kinds
        )
        groups += f'<h3>{heading}</h3><ul class="links">{links}</ul>'
    return f"<h2>Print and save</h2>{groups}\n"


def _discarded(form: QuizForm, shown: Shown) -> str:
    if not shown.discarded:
        return ""
    listed = "".join(
        f"<li><p>{escape(one.statement or one.prompt)}</p>"
        f"{_deed(form, one.id, 'restore', _TAKE_BACK.format(place))}</li>"
        for place, one in enumerate(shown.discarded, start=1)
    )
    return f"<details><summary>Discarded ({len(shown.discarded)})</summary><ul>{listed}</ul></details>\n"


_TAKE_BACK = 'Take back<span class="vh"> discarded question {}</span>'


def _undo(form: QuizForm, question: str) -> str:
    if not question:
        return ""
    return (
        '<div class="note" id="undo" role="status" tabindex="-1"><p>One question was discarded.</p>'
        f"{_deed(form, question, 'restore', 'Undo')}</div>\n"
    )


def _deed(form: QuizForm, question: str, action: str, name: str) -> str:
    """A button that sends one decision; `name` is HTML."""
    return (
        f'<form method="post" action="/quiz/decide">{_hidden(form)}'
        f'<input type="hidden" name="id" value="{escape(question)}">'
        f'<button name="do" value="{action}" class="quiet">{name}</button></form>'
    )


def _hidden(form: QuizForm) -> str:
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in form.pairs()
    )


def _option_field(place: int, option: str, question: QuizQuestion) -> str:
    right = " (the right one)" if place in question.key else ""
    return (
        f'<label for="option-{place}">Option {letter(place)}{right}</label>'
        f'<input type="text" id="option-{place}" name="option" value="{escape(option)}" autocomplete="off">'
    )


def _text(name: str, label: str, value: str, *, short: bool = False) -> str:
    kind = ' class="short"' if short else ""
    return (
        f'<label for="{name}">{label}</label><input type="text" id="{name}" name="{name}"{kind} '
        f'value="{escape(value)}" autocomplete="off">'
    )


def _check(name: str, value: str, label: str, checked: bool) -> str:
    ticked = " checked" if checked else ""
    return (
        f'<label class="choice"><input type="checkbox" name="{name}" value="{escape(value)}"{ticked}>'
        f"{escape(label)}</label>"
    )
