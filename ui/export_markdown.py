"""An export as Markdown, with footnotes; what stands in a document is never taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ui.excerpts import Excerpt
from ui.export import CheckedTurn, Export, Note, words_after, words_before
from ui.visible import visible

MARKS = re.compile(r"[\\`*_\[\]<>#~$&]")
# What many readers make a link of without any mark: addresses of pages and of people.
ADDRESSES = re.compile(r"(?<=\w)(:(?=//)|@(?=\w))|(?<=\bwww)\.", re.IGNORECASE)
# At the start of a line: an item of a list, a rule, the underline of a heading.
OPENS_A_BLOCK = re.compile(r"^(\d{0,9})([-+=.)])")


def markdown(export: Export) -> str:
    """The whole file."""
    return "\n\n".join(_blocks(export)) + "\n"


def escape(text: str) -> str:
    """The text in one line, every mark in it shown as it stands."""
    line = MARKS.sub(r"\\\g<0>", " ".join(visible(text).split()))
    return ADDRESSES.sub(r"\\\g<0>", line)


def _blocks(export: Export) -> Iterator[str]:
    yield f"# {escape(export.title)}"
    yield escape(export.origin)
    for turn in export.turns:
        yield f"## {escape(export.heading(turn))}"
        yield from _turn(turn)
    for turn in export.turns:
        yield from (_note(note) for note in turn.notes)


def _turn(turn: CheckedTurn) -> Iterator[str]:
    yield from (as_paragraph(escape(remark)) for remark in turn.remarks)
    for paragraph in turn.paragraphs:
        words = "".join(
            _spaced(one.words) + "".join(f"[^{number}]" for number in one.cited) for one in paragraph
        )
        yield as_paragraph(words.strip())


def _note(note: Note) -> str:
    quoted = f": {_excerpt(note.excerpt)}" if note.excerpt else ""
    return f"[^{note.number}]: {as_paragraph(escape(note.reference))}{quoted}"


def _excerpt(excerpt: Excerpt) -> str:
    """The paragraph with the quoted words in bold."""
    before, after = _spaced(words_before(excerpt)), _spaced(words_after(excerpt))
    return f"“{before}**{escape(excerpt.marked)}**{after}”"


def _spaced(text: str) -> str:
    """Escaped text that keeps a space at its ends, where it had one."""
    first = " " if text[:1].isspace() else ""
    last = " " if text.strip() and text[-1:].isspace() else ""
    return f"{first}{escape(text)}{last}"


def as_paragraph(line: str) -> str:
    """The line, without a beginning that would make a list or a rule of it."""
    return OPENS_A_BLOCK.sub(r"\1\\\2", line)
