"""A slide as HTML: large type, quotations with their place, nothing of the key before it is revealed."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Details
from qa.answer import Citation
from qa.session_slides import Point, Slide, on_screen
from ui.excerpts import Library
from ui.frame import escape
from ui.links import place_link
from ui.markup import folded
from ui.session_paper import LETTERS, checked, in_one_line

RIGHT = "Right answer"


def slide_html(slide: Slide, library: Library, *, revealed: bool) -> str:
    """What stands below the title of a slide."""
    if revealed or len(slide.columns) == 1:
        points = f'<div class="points">{_points(on_screen(slide, revealed=revealed), library)}</div>'
        options = _options(slide, revealed=revealed)
        return f"{options}{points}" if revealed else f"{points}{options}"
    columns = "".join(
        f'<section class="points"><h2>{escape(column.label)}</h2>{_points(column.points, library)}</section>'
        for column in slide.columns
    )
    return f'<div class="columns">{columns}</div>'


def point_html(point: Point, library: Library) -> str:
    """One point; a quotation that does not stand any more is not shown, and a sentence says why."""
    heading = f'<p class="when">{escape(point.heading)}</p>' if point.heading else ""
    lead = f'<p class="lead">“{escape(in_one_line(point.lead))}”</p>' if point.lead else ""
    if point.citation is None:
        words = f"<p>{escape(point.words)}</p>" if point.words else ""
        return f'<div class="point own">{heading}{words}</div>'
    found = checked(point.citation, library)
    if isinstance(found, str):
        return f'<div class="point">{heading}<p>{escape(found)}</p></div>'
    details = library.document(point.citation.document_id).details
    return (
        f'<div class="point">{heading}<blockquote>{lead}<p>“{escape(found[0])}”</p></blockquote>'
        f"{_note(point)}"
        f'<p class="place">{_place(point, point.citation, details)}</p></div>'
    )


def _points(points: Sequence[Point], library: Library) -> str:
    return "".join(point_html(point, library) for point in points)


def _note(point: Point) -> str:
    reason = f" <span>({escape(point.short_reason)})</span>" if point.reason else ""
    return f'<p class="mark">{escape(point.note)}{reason}</p>' if point.note else ""


def _place(point: Point, citation: Citation, details: Details) -> str:
    """Publisher, day and place, as a link to the words in their document; the handout has it in full."""
    day = citation.published
    published = f"{day.day} {day:%B %Y}" if day else ""
    section, _, paragraph = point.place.rpartition(", ")
    place = paragraph if section == details.title else point.place
    facts = (details.publisher or details.title, published, place)
    where = ", ".join(folded(fact) for fact in facts if fact)
    address = place_link(citation.document_id, citation.start, citation.end, citation.pages)
    return f'<a href="{escape(address)}">{escape(where)}</a>'


def _options(slide: Slide, *, revealed: bool) -> str:
    """The options of a quiz question; the right one is said in words, not by colour alone."""
    if not slide.options or (revealed and not slide.is_choice):
        return ""
    items = []
    for number, option in enumerate(map(in_one_line, slide.options)):
        right = revealed and number in slide.right
        mark = f" <strong>{RIGHT}</strong>" if right else ""
        named = ' class="is-right"' if right else ""
        items.append(f"<li{named}><strong>{LETTERS[number]})</strong> {escape(option)}{mark}</li>")
    targets = (
        f'<p class="targets">Match with: {escape("; ".join(slide.targets))}</p>' if slide.targets else ""
    )
    return f'{targets}<ul class="options">{"".join(items)}</ul>'
