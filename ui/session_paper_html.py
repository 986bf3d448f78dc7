"""A paper of a session as a page to print, in the site or as a file that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from ui.frame import TITLE, escape
from ui.session_paper import Options, Paper, Part, Quoted, Room, Section, Words


def paper_main(paper: Paper) -> str:
    """The main part of the page."""
    said = "".join(f"<p>{_words(one)}</p>\n" for one in paper.said)
    return f"<h1>{escape(paper.title)}</h1>\n{said}{''.join(map(_section, paper.sections))}"


def standing_alone(paper: Paper) -> str:
    """A whole page that needs no other file."""
    look = "".join(
        files("ui").joinpath(name).read_text(encoding="utf-8") for name in ("plain.css", "session.css")
    )
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(paper.title)} - {TITLE}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<style>\n{look}</style>\n</head>\n<body>\n<main>\n{paper_main(paper)}\n</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    parts = "".join(_shown(section))
    return f'<section class="paper">\n<h2>{escape(section.heading)}</h2>\n{parts}</section>\n'


def _shown(section: Section) -> Iterator[str]:
    return (_part(part) for part in section.parts)


def _part(part: Part) -> str:
    match part:
        case Words(text, strong):
            return f"<p><strong>{_words(text)}</strong></p>\n" if strong else f"<p>{_words(text)}</p>\n"
        case Quoted():
            return _quoted(part)
        case Options(said, numbered):
            kind = "1" if numbered else "a"
            return f'<ol type="{kind}">{"".join(f"<li>{escape(one)}</li>" for one in said)}</ol>\n'
        case Room(lines):
            return f'<div class="room" role="presentation">{"<p></p>" * lines}</div>\n'


def _quoted(quoted: Quoted) -> str:
    heading = f'<p class="when">{escape(quoted.heading)}</p>' if quoted.heading else ""
    lead = f"<p>“{escape(quoted.lead)}”</p>" if quoted.lead else ""
    note = f'<p class="soft">{escape(quoted.note)}</p>' if quoted.note else ""
    return (
        f'<div class="quoted">{heading}<blockquote>{lead}<p>“{escape(quoted.quote)}”</p></blockquote>'
        f'<p class="place">{escape(quoted.reference)}</p>{note}</div>\n'
    )


def _words(text: str) -> str:
    return "<br>\n".join(escape(line) for line in text.splitlines())
