"""The frame of every page that needs no JavaScript: head, skip link, banner, main part, footer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from fastapi.responses import HTMLResponse

from corpus.document import Details
from ui.excerpts import BLOCK_START
from ui.markup import SHORT_LINE, long_date
from ui.visible import visible

TITLE = "Inspection QA"
# Stricter than for the page with JavaScript: nothing runs, and nothing comes from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SCRIPT_POLICY = "; script-src 'self'; connect-src 'self'"
PLACES = (
    ("/", "Conversation"),
    ("/plain", "Ask without JavaScript"),
    ("/documents", "Documents"),
    ("/training", "Training on inspection history"),
    ("/api", "For programs"),
    ("/accessibility", "Accessibility"),
)


def page(
    title: str, main: str, *, status: int = 200, styles: Sequence[str] = (), script: str = ""
) -> HTMLResponse:
    """A whole page; `main` is HTML that begins with the page's only h1, `title` is plain text.

    `styles` are names of style sheets besides plain.css; `script` is that of a script of our own, for a
    page that works without it too.
    """
    html = framed(title, main, styles=styles, script=script)
    policy = POLICY + SCRIPT_POLICY if script else POLICY
    return HTMLResponse(html, status_code=status, headers={"content-security-policy": policy})


def framed(title: str, main: str, *, styles: Sequence[str] = (), script: str = "") -> str:
    """The page as HTML."""
    more = "".join(f'<link rel="stylesheet" href="/look/{name}">\n' for name in styles)
    more += f'<script src="/look/{script}" defer></script>\n' if script else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)} - {TITLE}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<link rel="stylesheet" href="/look/plain.css">\n'
        f'{more}<link rel="icon" href="data:,">\n</head>\n<body>\n'
        '<a class="skip" href="#main">Skip to the main part</a>\n'
        f'<header class="band"><p class="site"><a href="/plain">{TITLE}</a></p></header>\n'
        f'<main id="main" tabindex="-1">\n{main}\n</main>\n'
        f'<footer><nav aria-label="Pages"><ul>{"".join(_places())}</ul></nav></footer>\n</body>\n</html>\n'
    )


def problem(sentence: str, status: int) -> HTMLResponse:
    """The page in place of one that cannot be shown; `sentence` says why and what to do."""
    heading = "Page not found" if status == 404 else "There is a problem"
    return page(heading, f"<h1>{heading}</h1>\n<p>{escape(sentence)}</p>", status=status)


def escape(text: str) -> str:
    """The text as it stands, whatever a browser would make of it."""
    return html.escape(visible(text))


def origin(details: Details) -> str:
    """Who published a document and when, in plain text; empty where neither is known."""
    published = long_date(details.published) if details.published else None
    return ", ".join(fact for fact in (details.publisher, published) if fact)


def lines(text: str) -> str:
    """Escaped text in which a line break is kept where it means something."""
    kept = kept_breaks(text)
    return lines_between(text, 0, len(text), kept)


def lines_between(text: str, start: int, end: int, kept: frozenset[int]) -> str:
    """A stretch of `text`, escaped, with a line break at those of `kept` that lie in it."""
    shown: list[str] = []
    position = start
    for newline in sorted(one for one in kept if start <= one < end):
        shown += (escape(text[position:newline]), "<br>\n")
        position = newline + 1
    return "".join((*shown, escape(text[position:end])))


def kept_breaks(text: str) -> frozenset[int]:
    """Where the line breaks that mean something stand: after a short line, before an item or a row."""
    found = []
    begin = 0
    for newline in re.finditer("\n", text):
        line = text[begin : newline.start()].strip()
        begin = newline.end()
        if 0 < len(line) < SHORT_LINE or BLOCK_START.match(text, begin):
            found.append(newline.start())
    return frozenset(found)


def definitions(pairs: Iterable[tuple[str, str]], *, name: str = "terms") -> str:
    """A list of terms in plain text with what is said of them in HTML; `name` is its class."""
    listed = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in pairs)
    return f'<dl class="{name}">{listed}</dl>'


def _places() -> Iterable[str]:
    return (f'<li><a href="{address}">{name}</a></li>' for address, name in PLACES)
