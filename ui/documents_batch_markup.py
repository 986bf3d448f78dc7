"""The page of files that were sent and not added yet: what was read in each, and its details to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.documents_desk import Listed
from ui.documents_form import Typed, fields_html, typed_of, wrong_links
from ui.documents_markup import title_of
from ui.file_facts import facts_of, left_out_html, proposed_from
from ui.frame import escape
from ui.incoming import Batch, SentFile, Stage
from ui.links import document_link
from ui.markup import counted, listed

FOLDED_FROM = 6  # files, from which the details of each are folded up at first


def batch_title(batch: Batch) -> str:
    """What the page is called."""
    return "Replace a document" if batch.replaces else "Files that were sent"


def batch_main(
    batch: Batch,
    documents: Mapping[str, Listed],
    typed: Mapping[int, Typed] | None = None,
    problem: str = "",
) -> str:
    """The main part of the page; `typed` is what was filled in where something of it is wrong."""
    files = sorted(batch.files.values(), key=lambda one: one.number)
    said = escape(batch_said(batch))
    head = f'<h1>{batch_title(batch)}</h1>\n<p id="read-so-far">{said}</p>'
    told = '<p class="vh" role="status" id="told"></p>'
    if batch.is_reading:
        return f"{head}{_reading(batch, files)}{told}"
    ready = [one for one in files if one.stage is Stage.READY]
    others = "".join(_other(one, documents) for one in files if one.stage is not Stage.READY)
    errors = _errors(files, typed or {}, problem)
    left = f"<h2>Not added</h2>\n{others}" if others else ""
    form = _form(batch, ready, typed or {}) if ready else ""
    return f"{head}{errors}{form}{left}{_discard(batch, anything=bool(ready))}{told}"


def batch_said(batch: Batch) -> str:
    """How far reading is, or what it came to, in one line."""
    files = batch.files.values()
    count = {stage: sum(one.stage is stage for one in files) for stage in Stage}
    if batch.is_reading:
        return f"Reading: {len(files) - count[Stage.READING]} of {counted(len(files), 'file')} read so far."
    parts = [f"{count[Stage.READY]} can be {'used' if batch.replaces else 'added'}"]
    parts += [f"{count[Stage.KNOWN]} there already"] if count[Stage.KNOWN] else []
    parts += [f"{count[Stage.REFUSED]} cannot be read"] if count[Stage.REFUSED] else []
    return f"{counted(len(files), 'file')} read: {listed(parts)}."


def _reading(batch: Batch, files: Sequence[SentFile]) -> str:
    items = "".join(
        f"<li>{escape(one.name)}: {'being read' if one.stage is Stage.READING else 'read'}</li>"
        for one in files
    )
    done = sum(one.stage is not Stage.READING for one in files)
    way = f'<a href="/documents/batch/{escape(batch.id)}" id="look-again">Look again</a>'
    return (
        f'<div id="reading" data-batch="{escape(batch.id)}"><progress id="bar" aria-label="Files read" '
        f'value="{done}" max="{len(files)}"></progress><ul>{items}</ul>'
        f'<p class="way">{way}</p></div>'
    )


def _form(batch: Batch, ready: Sequence[SentFile], typed: Mapping[int, Typed]) -> str:
    cards = "".join(_card(batch, one, typed.get(one.number), len(ready)) for one in ready)
    deed = (
        "Replace the document"
        if batch.replaces
        else "Add " + ("this document" if len(ready) == 1 else "these documents")
    )
    return (
        f'<form method="post" action="/documents/batch/{escape(batch.id)}/add" id="adding">{cards}'
        f"<button>{deed}</button></form>"
    )


def _card(batch: Batch, one: SentFile, typed: Typed | None, count: int) -> str:
    prefix = f"f{one.number}-"
    filled = typed or (typed_of(one.details, prefix) if one.details else Typed({}, prefix=prefix))
    sources = {
        name: source
        for name, source in (proposed_from(one.report) if one.report else {}).items()
        if one.details and filled.values.get(name) == typed_of(one.details).values.get(name)
    }
    fields = f'<div class="fields">{fields_html(filled, sources)}</div>'
    if batch.replaces:
        fields = ""
    elif count >= FOLDED_FROM and not filled.wrong:
        fields = f"<details><summary>Details</summary>{fields}</details>"
    left_out = left_out_html(one.report) if one.report else ""
    choice = "" if batch.replaces or count == 1 else _choice(one)
    return (
        f'<fieldset class="sent"><legend>{escape(one.name)}</legend><p>{_facts(one)}</p>{left_out}'
        f"{choice}{_hidden_choice(one) if not choice else ''}{fields}</fieldset>"
    )


def _choice(one: SentFile) -> str:
    return (
        f'<label class="choice"><input type="checkbox" name="chosen" value="{one.number}" checked>'
        f'Add this file<span class="vh"> {escape(one.name)}</span></label>'
    )


def _hidden_choice(one: SentFile) -> str:
    return f'<input type="hidden" name="chosen" value="{one.number}">'


def _facts(one: SentFile) -> str:
    read = f"{facts_of(one.report)}, " if one.report else ""
    return f"{escape(read)}{one.characters:,} characters of text; {_size(one.size)}."


def _other(one: SentFile, documents: Mapping[str, Listed]) -> str:
    """A file that is not added, and why."""
    if one.stage is Stage.REFUSED:
        said = f"Not read: {escape(one.reason)}."
    else:
        same = documents.get(one.same_as)
        named = escape(title_of(same)) if same else escape(one.same_as)
        link = f'<a href="{escape(document_link(one.same_as))}">{named}</a>' if same else named
        said = f"The same content is there already: {link}."
    return f'<div class="refused" id="file-{one.number}"><h3>{escape(one.name)}</h3><p>{said}</p></div>'


def _errors(files: Sequence[SentFile], typed: Mapping[int, Typed], problem: str) -> str:
    """What is wrong, each linked to its file or its field."""
    items = f"<li>{escape(problem)}</li>" if problem else ""
    items += "".join(wrong_links(typed[one.number], one.name) for one in files if one.number in typed)
    items += "".join(
        f'<li><a href="#file-{one.number}">{escape(one.name)}: {escape(one.reason)}</a></li>'
        for one in files
        if one.stage is Stage.REFUSED
    )
    if not items:
        return ""
    return f'<div class="error" role="alert"><h2>There is a problem</h2><ul class="links">{items}</ul></div>'


def _discard(batch: Batch, *, anything: bool) -> str:
    deed = "Discard these files" if anything else "Back to the documents"
    return (
        f'<form method="post" action="/documents/batch/{escape(batch.id)}/discard" class="discard">'
        f'<button class="quiet">{deed}</button></form>'
    )


def _size(size: int) -> str:
    if size < 100_000:
        return f"{max(1, round(size / 1000)):,} kB"
    return f"{size / 1_000_000:,.1f} MB"
