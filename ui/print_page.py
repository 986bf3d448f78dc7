"""An export as a page to print: the answers, and their sources as numbered notes below them."""

from __future__ import annotations

from ui.excerpts import Excerpt
from ui.export import CheckedTurn, Export, Note, words_after, words_before
from ui.frame import escape, framed, lines
from ui.statements import Statement


def print_page(export: Export) -> str:
    """The whole page."""
    notes = [note for turn in export.turns for note in turn.notes]
    numbered = f'<h2>Sources</h2>\n<ol class="notes">{"".join(map(_note, notes))}</ol>' if notes else ""
    turns = "".join(f"<h2>{escape(export.heading(turn))}</h2>\n{_turn(turn)}" for turn in export.turns)
    main = (
        f"<h1>{escape(export.title)}</h1>\n<p>{escape(export.origin)}</p>\n"
        '<p class="way">Print it with the print command of your browser.</p>\n'
        f"{turns}{numbered}"
    )
    return framed(export.title, main)


def _turn(turn: CheckedTurn) -> str:
    remarks = "".join(f'<p class="note">{escape(remark)}</p>\n' for remark in turn.remarks)
    linked: set[int] = set()
    words = "".join(
        f"<p>{''.join(_statement(one, linked) for one in paragraph).strip()}</p>\n"
        for paragraph in turn.paragraphs
    )
    return f"{remarks}{words}"


def _statement(statement: Statement, linked: set[int]) -> str:
    return lines(statement.words) + "".join(f"&nbsp;{_mark(number, linked)}" for number in statement.cited)


def _mark(number: int, linked: set[int]) -> str:
    """The [n] that leads to its note; the first of each number is where the note leads back to."""
    anchor = "" if number in linked else f' id="cite-{number}"'
    linked.add(number)
    return f'<a class="cite"{anchor} href="#note-{number}">[<span class="vh">source </span>{number}]</a>'


def _note(note: Note) -> str:
    quoted = _excerpt(note.excerpt) if note.excerpt else ""
    return (
        f'<li id="note-{note.number}" value="{note.number}" tabindex="-1">{escape(note.reference)}{quoted}'
        f'<p class="way"><a href="#cite-{note.number}">Back to citation {note.number}</a></p></li>\n'
    )


def _excerpt(excerpt: Excerpt) -> str:
    before, after = lines(words_before(excerpt)), lines(words_after(excerpt))
    return f"<blockquote>{before}<mark>{lines(excerpt.marked)}</mark>{after}</blockquote>"
