"""A paper of a session as Markdown; what stands in a document is never taken for markup."""

from __future__ import annotations

from collections.abc import Iterator

from ui.export_markdown import as_paragraph, escape
from ui.session_paper import LETTERS, Options, Paper, Part, Quoted, Room, Words


def paper_markdown(paper: Paper) -> str:
    """The whole file."""
    return "\n\n".join(_blocks(paper)) + "\n"


def _blocks(paper: Paper) -> Iterator[str]:
    yield f"# {escape(paper.title)}"
    yield from (as_paragraph(escape(one)) for one in paper.said)
    for section in paper.sections:
        yield f"## {escape(section.heading)}"
        for part in section.parts:
            yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    match part:
        case Words(text, strong):
            lines = [escape(line) for line in text.splitlines() if line.strip()]
            yield from (f"**{line}**" if strong else as_paragraph(line) for line in lines)
        case Quoted():
            if part.heading:
                yield f"**{escape(part.heading)}**"
            if part.lead:
                yield f"> “{escape(part.lead)}”"
            yield f"> “{escape(part.quote)}”\n>\n> {as_paragraph(escape(part.reference))}"
            if part.note:
                yield as_paragraph(escape(part.note))
        case Options(said, numbered):
            marks = [f"{n}." if numbered else f"- {LETTERS[n - 1]})" for n in range(1, len(said) + 1)]
            yield "\n".join(f"{mark} {escape(one)}" for mark, one in zip(marks, said, strict=True))
        case Room():
            return
