"""The page of documents as HTML: what there is, how far indexing is, and the ways to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from corpus.collection_changes import SetAside
from corpus.file_kind import SUFFIXES
from ui.documents_desk import Listed, State
from ui.documents_form import Typed, fields_html, wrong_links
from ui.file_facts import facts_of, left_out_html
from ui.frame import escape, origin
from ui.indexing import STEPS, IndexingState, Phase
from ui.links import document_link
from ui.markup import counted, folded

TITLE = "Documents"
ON_A_PAGE = 50
KINDS = f"{', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]}"
READ_ONLY = (
    "Documents can be added and changed only at the computer that runs this page, or where whoever runs it "
    "lets everybody change them."
)
STATES = {
    State.READY: "can be asked about",
    State.HIDDEN: "hidden: left out of every answer",
    State.WAITING: "not indexed yet",
    State.UNREAD: "not read",
}
AGAIN = "Every change is indexed at once. Until that is done, answers come from the documents as they were."


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the list is shown: documents in whose title or name the words stand; 1-based page."""

    find: str = ""
    page: int = 1
    done: str = ""  # what was just done, to be said at the top


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page shows."""

    documents: tuple[Listed, ...]
    indexing: IndexingState
    undo: tuple[SetAside, ...]
    asked: Asked
    may_change: bool
    most_megabytes: int


DONE = {
    "added": "The documents were added. They can be asked about once they are indexed.",
    "corrected": "The details were saved.",
    "hidden": "The document is hidden.",
    "shown": "The document is shown again.",
    "removed": "The document was removed. For ten minutes that can be undone.",
    "replaced": "The document was replaced. For ten minutes that can be undone.",
    "undone": "The document is back.",
    "stopped": "Indexing is being stopped.",
    "discarded": "The files were discarded; nothing was added.",
    "indexing": "Indexing has begun.",
}


def documents_main(shown: Shown) -> str:
    """The main part of the page."""
    done = DONE.get(shown.asked.done, "")
    notice = f'<p class="done" role="status">{done}</p>\n' if done else ""
    add = _add(shown.most_megabytes) if shown.may_change else f'<p class="note">{READ_ONLY}</p>\n'
    return (
        f'<h1>{TITLE}</h1>\n{notice}<p id="summary">{_summary(shown.documents)}</p>\n'
        f'<div id="indexing" data-runs="{shown.indexing.runs}" data-phase="{shown.indexing.phase}">'
        f"{indexing_html(shown)}</div>\n{add}"
        f'<div id="held">{held_html(shown)}</div>\n'
        '<p class="vh" role="status" id="told"></p>'
    )


def indexing_html(shown: Shown) -> str:
    """How far indexing is, or how it ended, and what can be done about it."""
    state = shown.indexing
    waiting = [one for one in shown.documents if one.state is State.WAITING]
    if state.phase is Phase.RUNNING:
        return _running(state, may_change=shown.may_change)
    if state.phase is Phase.FAILED:
        return _ended("error", "Indexing failed", state.said, may_change=shown.may_change)
    if state.phase is Phase.STOPPED:
        said = "Answers come from the documents as they were before."
        return _ended("note", "Indexing was stopped", said, may_change=shown.may_change)
    if waiting and shown.may_change:
        said = f"{counted(len(waiting), 'document')} cannot be asked about yet."
        return _ended("note", "Not everything is indexed", said, may_change=True)
    return f'<p class="note">{escape(state.said)}</p>' if state.said else ""


def progress_words(state: IndexingState) -> str:
    """How far indexing is, in one line: "Step 3 of 6: ..., 120 of 400. About 20 seconds left ..."."""
    step = f"Step {state.number} of {len(STEPS)}: {state.step}" if state.number else state.step
    so_far = f", {state.done:,} of {state.total:,}" if state.total > 1 else ""
    left = f" About {_duration(state.seconds_left)} left in this step." if state.seconds_left else ""
    return f"{step}{so_far}.{left}"


def held_html(shown: Shown) -> str:
    """The list of documents, its search, and what can be undone."""
    asked = shown.asked
    found = [one for one in shown.documents if _matches(one, asked.find)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(1, asked.page), pages)
    part = found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    running = shown.indexing.phase is Phase.RUNNING
    cards = "".join(_card(one, may_change=shown.may_change, running=running) for one in part)
    undo = _undo(shown.undo) if shown.may_change else ""
    nothing = '<p id="nothing">No document has these words in its title or name.</p>' if not part else ""
    return (
        f'{undo}<h2 id="all-documents" tabindex="-1">All documents</h2>\n'
        f"{_search(asked, len(found), len(shown.documents))}"
        f'<ul class="documents">{cards}</ul>{nothing}{_pages(asked, number, pages)}'
    )


def correct_main(one: Listed, typed: Typed) -> str:
    """The form that corrects what is known of a document."""
    wrong = wrong_links(typed)
    errors = _errors(wrong) if wrong else ""
    return (
        f"<h1>Correct the details</h1>\n{errors}<p>{_named(one)} ({escape(one.id)})</p>"
        '<form method="post" action="/documents/correct">'
        f'<input type="hidden" name="id" value="{escape(one.id)}">{fields_html(typed, {})}'
        f'<p class="hint">{AGAIN}</p><div class="deeds"><button>Save</button>'
        '<a href="/documents">Leave it as it is</a></div></form>'
    )


def remove_main(one: Listed) -> str:
    """The question whether a document is really to be removed."""
    return (
        f"<h1>Remove this document?</h1>\n<p>{_named(one)} ({escape(one.id)})</p>"
        "<p>It will no longer be asked about, and its details are removed too. For ten minutes that can be "
        "undone; after that the file is deleted.</p>"
        '<form method="post" action="/documents/remove">'
        f'<input type="hidden" name="id" value="{escape(one.id)}">'
        '<div class="deeds"><button>Remove</button><a href="/documents">Keep it</a></div></form>'
    )


def replace_main(one: Listed, most_megabytes: int) -> str:
    """The form that sends a file in the place of another."""
    return (
        f"<h1>Replace this document</h1>\n<p>{_named(one)} ({escape(one.id)})</p>"
        "<p>The details stay as they are. Before anything is replaced you see what was read in the new "
        "file.</p>"
        f'<form method="post" action="/documents/send?replaces={quote(one.id, safe="")}" '
        'enctype="multipart/form-data"><label for="files">The new file</label>'
        f'<p class="hint" id="files-hint">{KINDS}, up to {most_megabytes} MB.</p>'
        '<input type="file" id="files" name="files" required aria-describedby="files-hint">'
        '<div class="deeds"><button>Send</button><a href="/documents">Leave it as it is</a></div></form>'
    )


def title_of(one: Listed) -> str:
    """What a document is called; by its name where it has no title."""
    return folded(one.details.title) or one.id


def _named(one: Listed) -> str:
    return f"<strong>{escape(title_of(one))}</strong>"


def _errors(items: str) -> str:
    return (
        f'<div class="error" role="alert"><h2>There is a problem</h2><ul class="links">{items}</ul></div>\n'
    )


def _summary(documents: Sequence[Listed]) -> str:
    counts = [(state, sum(one.state is state for one in documents)) for state in STATES]
    said = [f"{counted(count, 'document')} {STATES[state].split(':')[0]}" for state, count in counts if count]
    return f"{'; '.join(said)}." if said else "There is no document yet."


def _running(state: IndexingState, *, may_change: bool) -> str:
    stop = _button("/documents/stop", "Stop indexing", {}, quiet=True) if may_change else ""
    bar = f'value="{state.done}" max="{max(1, state.total)}"' if state.number else ""
    return (
        '<section class="indexing" aria-labelledby="indexing-heading">'
        '<h2 id="indexing-heading">Indexing</h2>'
        f'<p id="step">{escape(progress_words(state))}</p>'
        f'<progress id="bar" aria-label="Progress of this step" {bar}></progress>'
        f'<p class="soft">Questions are answered meanwhile from the documents as they were.</p>'
        f'<div class="deeds">{stop}<a href="/documents" id="look-again">Look again</a></div></section>'
    )


def _ended(kind: str, heading: str, said: str, *, may_change: bool) -> str:
    again = _button("/documents/index", "Index now", {}) if may_change else ""
    return (
        f'<section class="{kind}" aria-labelledby="indexing-heading"><h2 id="indexing-heading">{heading}</h2>'
        f"<p>{escape(said)}</p>{again}</section>"
    )


def _add(most_megabytes: int) -> str:
    return (
        '<section class="adding" id="add" aria-labelledby="add-heading">'
        '<h2 id="add-heading">Add documents</h2>'
        '<form method="post" action="/documents/send" enctype="multipart/form-data" id="send">'
        '<label for="files">Files</label>'
        f'<p class="hint" id="files-hint">{KINDS}, up to {most_megabytes} MB each; you can choose several. '
        "Before anything is added you see what was read in them.</p>"
        '<input type="file" id="files" name="files" multiple required aria-describedby="files-hint">'
        "<button>Send</button></form>"
        '<div id="sending"></div></section>\n'
    )


def _search(asked: Asked, found: int, total: int) -> str:
    if total <= 5 and not asked.find:
        return ""
    said = f"{found:,} of {counted(total, 'document')}" if asked.find else counted(total, "document")
    return (
        '<form role="search" action="/documents" class="find"><label for="find">Find by title or name</label>'
        f'<input type="search" id="find" name="find" value="{escape(asked.find)}" aria-describedby="found">'
        f'<button class="quiet">Find</button></form><p id="found">{said}</p>'
    )


def _pages(asked: Asked, number: int, pages: int) -> str:
    if pages == 1:
        return ""
    find = {"find": asked.find} if asked.find else {}
    ways = [("Previous page", number - 1), ("Next page", number + 1)]
    links = "".join(
        f'<a href="/documents?{escape(urlencode({**find, "page": to}))}">{words}</a>'
        for words, to in ways
        if 0 < to <= pages
    )
    return f'<nav class="steps" aria-label="Pages of the list"><p>Page {number} of {pages}. {links}</p></nav>'


def _matches(one: Listed, words: str) -> bool:
    text = f"{one.details.title} {one.id}".casefold()
    return all(word in text for word in words.casefold().split())


def _card(one: Listed, *, may_change: bool, running: bool) -> str:
    title = escape(title_of(one))
    named = (
        title if one.state is not State.READY else f'<a href="{escape(document_link(one.id))}">{title}</a>'
    )
    facts = [origin(one.details), one.details.kind or "", _size(one)]
    known = "; ".join(escape(fact) for fact in facts if fact)
    wrong = " wrong" if one.state in (State.UNREAD, State.WAITING) else ""
    left_out = left_out_html(one.report) if one.report else ""
    return (
        f'<li id="{_anchor(one.id)}"><h3>{named}</h3><p>{known}</p>'
        f'<p class="state{wrong}">{_state(one, running=running)}</p>{left_out}'
        f"{_deeds(one) if may_change else ''}</li>"
    )


def _size(one: Listed) -> str:
    if not one.passages:
        return ""
    facts = f"{facts_of(one.report)}, " if one.report else ""
    return f"{facts}{counted(one.passages, 'passage')}"


def _state(one: Listed, *, running: bool) -> str:
    words = [STATES[one.state][0].upper() + STATES[one.state][1:]]
    if running and one.state is State.WAITING:
        words = ["Being indexed"]
    if one.reason:
        words = [f"Not read: {one.reason}"]
    words.append("added here" if one.was_added else "comes with the folder")
    if one.is_corrected:
        words.append("details corrected")
    return f'{escape("; ".join(words))}. <span class="name">{escape(one.id)}</span>'


def _deeds(one: Listed) -> str:
    """The ways to change one document; each names it, since there are many of a kind on the page."""
    asked = escape(f"?{urlencode({'id': one.id})}")
    named = f'<span class="vh"> {escape(title_of(one))}</span>'
    ways = [f'<a href="/documents/correct{asked}">Correct<span class="vh"> the details of</span>{named}</a>']
    if one.was_added:
        ways += [
            f'<a href="/documents/replace{asked}">Replace{named}</a>',
            f'<a href="/documents/remove{asked}">Remove{named}</a>',
        ]
    elif one.state is State.HIDDEN:
        ways.append(_button("/documents/show", f"Show{named}", {"id": one.id}, quiet=True))
    elif one.state is State.READY:
        ways.append(_button("/documents/hide", f"Hide{named}", {"id": one.id}, quiet=True))
    return f'<div class="deeds">{"".join(ways)}</div>'


def _undo(undo: Sequence[SetAside]) -> str:
    if not undo:
        return ""
    items = "".join(
        f"<li>{escape(folded(one.title))}: {'replaced' if one.replaced_by else 'removed'} "
        + _button(
            "/documents/undo",
            f'Undo<span class="vh">: bring back {escape(folded(one.title))}</span>',
            {"token": one.token},
            quiet=True,
        )
        + "</li>"
        for one in undo
    )
    return f'<section id="undo"><h2>Removed or replaced just now</h2><ul>{items}</ul></section>'


def _button(action: str, words: str, fields: dict[str, str], *, quiet: bool = False) -> str:
    """A form of one button; `words` is HTML."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items()
    )
    kind = ' class="quiet"' if quiet else ""
    return f'<form method="post" action="{action}">{hidden}<button{kind}>{words}</button></form>'


def _anchor(id: str) -> str:
    return f"document-{quote(id, safe='')}".replace("%", "-")


def _duration(seconds: int) -> str:
    if seconds < 90:
        return counted(seconds, "second")
    return counted(round(seconds / 60), "minute")
