"""An answer on the plain page: quotations with numbered citations, and below them their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.document import Details
from qa.answer import Answer, Status
from ui.excerpts import Closest, Excerpt, Source
from ui.frame import escape, lines, origin
from ui.links import Span, citations_link, document_link, page_link, place_link
from ui.markup import NOT_FOUND_LABEL, TIPS, counted, how_sure, listed
from ui.narrowing import covered
from ui.statements import Statement, paragraphs, remarks, searched_instead


def answer_section(answer: Answer, sources: Sequence[Source]) -> str:
    """The answer with its citations, each of which leads to its source, and what rests on what."""
    notes = [f'<p class="note">{escape(said)}</p>\n' for said in remarks(answer)]
    searched = [f'<p class="soft">{escape(said)}</p>\n' for said in searched_instead(answer)]
    words = _statements(answer, sources)
    return "".join([*searched, *notes, *words, _left_out(answer, sources), _summary(answer, sources)])


def sources_section(sources: Sequence[Source]) -> str:
    """Each source: the excerpt with the quoted words marked, and the ways back and to the document."""
    if not sources:
        return ""
    cards = "".join(_card(source, sources) for source in sources)
    return f'<section aria-labelledby="sources"><h2 id="sources">Sources</h2>\n{cards}</section>\n'


def silence_section(
    answer: Answer, closest: Sequence[Closest], details: Iterable[tuple[str, Details]]
) -> str:
    """What is said and offered where the documents do not answer."""
    known = tuple(details)
    searched = "".join(f'<p class="soft">{escape(said)}</p>' for said in searched_instead(answer))
    tips = "".join(f"<li>{escape(tip)}</li>" for tip in TIPS)
    return (
        f'<section class="silence" aria-labelledby="silence"><h2 id="silence">{NOT_FOUND_LABEL}</h2>\n'
        f"<p>{lines(answer.text)}</p>{searched}<p>Searched: {escape(covered(known))}.</p>"
        f"<ul>{tips}</ul></section>\n{_closest(closest)}{documents_section(known)}"
    )


def documents_section(details: Iterable[tuple[str, Details]]) -> str:
    """The documents that answers are taken from."""
    listed_ones = "".join(_document(*known) for known in details)
    return f'<h2>Documents</h2>\n<ul class="links">{listed_ones}</ul>\n'


def _statements(answer: Answer, sources: Sequence[Source]) -> list[str]:
    """The paragraphs of the answer, without what rests on a citation that does not stand."""
    numbers = {source.citation.number for source in sources}
    linked: set[int] = set()
    shown = []
    for paragraph in paragraphs(answer):
        standing = [one for one in paragraph if numbers.issuperset(one.cited)]
        words = "".join(_statement(one, linked) for one in standing).strip()
        shown += [f"<p>{words}</p>\n"] if words else []
    return shown


def _statement(statement: Statement, linked: set[int]) -> str:
    links = "".join(f"&nbsp;{_cite(number, linked)}" for number in statement.cited)
    return lines(statement.words) + links


def _cite(number: int, linked: set[int]) -> str:
    """The [n] that leads to its source; the first of each number is where the source leads back to."""
    anchor = "" if number in linked else f' id="cite-{number}"'
    linked.add(number)
    return f'<a class="cite"{anchor} href="#source-{number}">[<span class="vh">source </span>{number}]</a>'


def _summary(answer: Answer, sources: Sequence[Source]) -> str:
    """How sure, from how many documents and years, and how many quotations were found again."""
    if answer.status is Status.ABOUT_THE_ASSISTANT:
        return ""
    documents = {source.citation.document_id for source in sources}
    years = sorted({source.citation.published.year for source in sources if source.citation.published})
    dated = f", {listed([str(year) for year in years])}" if years else ""
    return (
        f'<p class="soft">Certainty that the documents answer: {how_sure(answer.confidence)}. '
        f"From {counted(len(documents), 'document')}{dated}. "
        f"{len(sources)} of {counted(len(answer.citations), 'quotation')} checked.</p>\n"
    )


def _left_out(answer: Answer, sources: Sequence[Source]) -> str:
    missing = len(answer.citations) - len(sources)
    if not missing:
        return ""
    verb = "is" if missing == 1 else "are"
    return (
        f'<p class="note">{counted(missing, "quotation")} {verb} not shown, because the words were not '
        "found at their place in the document.</p>\n"
    )


def _card(source: Source, sources: Sequence[Source]) -> str:
    number = source.citation.number
    where = "on its page" if source.citation.pages else "in the document"
    opening = f'<a href="{escape(_opening(source, sources))}">Open source {number} {where}</a>'
    return (
        f'<article class="card" id="source-{number}" tabindex="-1" aria-labelledby="name-{number}">'
        f'<h3 id="name-{number}">{number}. {escape(source.details.title)}</h3>'
        f"{_place(origin(source.details), source.citation.locator)}{_quotation(source.excerpt)}"
        f'<p class="way actions"><a href="#cite-{number}">Back to citation {number}</a>'
        f"{opening}</p></article>\n"
    )


def _opening(source: Source, sources: Sequence[Source]) -> str:
    """The document, or its page, at this source, with all that the answer quotes from it marked."""
    document = source.citation.document_id
    cited = [one.citation for one in sources if one.citation.document_id == document]
    spans: list[Span] = [(citation.start, citation.end) for citation in cited]
    at = cited.index(source.citation) + 1
    if source.citation.pages:
        return page_link(document, source.citation.pages[0], spans, at=at)
    return citations_link(document, spans, at)


def _closest(closest: Sequence[Closest]) -> str:
    if not closest:
        return ""
    cards = "".join(_closest_card(number, passage) for number, passage in enumerate(closest, start=1))
    return (
        '<section aria-labelledby="closest"><h2 id="closest">Closest passages</h2>\n'
        f"<p>They do not answer the question.</p>\n{cards}</section>\n"
    )


def _closest_card(number: int, passage: Closest) -> str:
    end = passage.start + len(passage.excerpt.before)
    address = escape(place_link(passage.document_id, passage.start, end, passage.pages))
    where = "on its page" if passage.pages else "in the document"
    return (
        f'<article class="card apart" aria-labelledby="near-{number}">'
        f'<h3 id="near-{number}">{escape(passage.details.title)}</h3>'
        f"{_place(origin(passage.details), passage.place)}{_quotation(passage.excerpt)}"
        f'<p class="way"><a href="{address}">Open passage {number} {where}</a></p></article>\n'
    )


def _place(*facts: str) -> str:
    return "".join(f'<p class="place">{escape(fact)}</p>' for fact in facts if fact)


def _quotation(excerpt: Excerpt) -> str:
    """The excerpt with its marked words; three dots stand where the paragraph goes on."""
    lead = f'<p class="soft">{lines(excerpt.lead)}</p>' if excerpt.lead else ""
    marked = f"<mark>{lines(excerpt.marked)}</mark>" if excerpt.marked else ""
    before = ("... " if excerpt.cut_before else "") + lines(excerpt.before)
    after = lines(excerpt.after) + (" ..." if excerpt.cut_after else "")
    return f"<blockquote>{lead}<p>{before}{marked}{after}</p></blockquote>"


def _document(document_id: str, details: Details) -> str:
    said = origin(details)
    published = f'<br><span class="soft">{escape(said)}</span>' if said else ""
    title = escape(details.title or document_id)
    return f'<li><a href="{escape(document_link(document_id))}">{title}</a>{published}</li>'
