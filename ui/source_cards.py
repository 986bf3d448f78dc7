"""What stands beside an answer, as HTML: a card for each source, or for each passage that comes close."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Details
from qa.answer import Answer, Citation, Status
from ui.excerpts import Closest, Excerpt, Source
from ui.links import place_link
from ui.markup import button, copied_text, escape, folded, lines, long_date
from ui.references import quotation_with_reference


def beside_html(key: str, answer: Answer, sources: Sequence[Source], closest: Sequence[Closest]) -> str:
    """What stands beside one answer: its sources, or the passages that come closest."""
    head = f'<p class="about">For the question: <q>{escape(folded(answer.question))}</q></p>'
    if answer.status is Status.NOT_IN_DOCUMENTS:
        body = _closest_html(closest)
    else:
        body = "".join(_card(key, source) for source in sources) or '<p class="about">No quotation.</p>'
    return f'<section class="beside" id="beside-{key}" tabindex="-1">{head}{body}</section>'


def _card(key: str, source: Source) -> str:
    citation = source.citation
    name = f"{key}-{citation.number}"
    return (
        f'<article class="card" id="src-{name}" tabindex="-1">'
        f'<h3><span class="number">{citation.number}</span> {escape(source.details.title)}</h3>'
        f"{_origin(source.details)}{_locator(citation.locator)}{_quotation(source.excerpt)}"
        f'<div class="ways"><a class="back" href="#cite-{name}">Back to citation {citation.number}</a>'
        f"{_opening(_address(citation), citation.pages, f'at source {citation.number}')}"
        f'<div class="copying">{button("copy", "Copy quotation with reference", str(citation.number))}'
        f"{copied_text(quotation_with_reference(source))}</div></div></article>"
    )


def _closest_html(closest: Sequence[Closest]) -> str:
    if not closest:
        return '<p class="about">No passage comes close.</p>'
    note = '<p class="note">The closest passages. They do not answer the question.</p>'
    return note + "".join(_closest_card(passage) for passage in closest)


def _closest_card(passage: Closest) -> str:
    end = passage.start + len(passage.excerpt.before)
    address = place_link(passage.document_id, passage.start, end, passage.pages)
    opening = _opening(address, passage.pages, f"{passage.details.title}, {passage.place}")
    return (
        f'<article class="card apart"><h3>{escape(passage.details.title)}</h3>'
        f"{_origin(passage.details)}{_locator(passage.place)}{_quotation(passage.excerpt)}"
        f'<div class="ways">{opening}</div></article>'
    )


def _address(citation: Citation) -> str:
    return place_link(citation.document_id, citation.start, citation.end, citation.pages)


def _opening(address: str, pages: tuple[int, int] | None, place: str) -> str:
    """The link to where the words are marked: on the picture of their page, or in the document's text."""
    words = "Open the page" if pages else "Open in the document"
    hidden = f'<span class="vh"> {escape(place)}</span>'
    return f'<a class="opens" href="{escape(address)}">{words}{hidden}</a>'


def _origin(details: Details) -> str:
    facts = [details.publisher, long_date(details.published) if details.published else None]
    shown = " · ".join(escape(fact) for fact in facts if fact)
    return f'<p class="origin">{shown}</p>' if shown else ""


def _locator(locator: str) -> str:
    return f'<p class="locator">{escape(locator)}</p>' if locator else ""


def _quotation(excerpt: Excerpt) -> str:
    """The excerpt with its marked words; three dots stand where the paragraph goes on."""
    lead = f'<p class="lead">{lines(excerpt.lead)}</p>' if excerpt.lead else ""
    marked = f"<mark>{lines(excerpt.marked)}</mark>" if excerpt.marked else ""
    before = ("... " if excerpt.cut_before else "") + lines(excerpt.before)
    after = lines(excerpt.after) + (" ..." if excerpt.cut_after else "")
    earlier, later = _more("before", excerpt.earlier), _more("after", excerpt.later)
    return f"<blockquote>{lead}{earlier}<p>{before}{marked}{after}</p>{later}</blockquote>"


def _more(side: str, text: str) -> str:
    """The text around an excerpt, folded away until somebody wants it."""
    if not text.strip():
        return ""
    return f'<details class="more"><summary>Show more {side}</summary><p>{lines(text.strip())}</p></details>'
