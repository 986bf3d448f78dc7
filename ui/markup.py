"""Answers and sources as HTML in which nothing that comes from a document or a person is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.document import Details
from qa.answer import Answer, Citation, Status
from ui.excerpts import BLOCK_START, Closest, Excerpt, Source

# Everything but letters, digits, spaces and the marks below becomes a character reference: the
# page is drawn by a Markdown renderer, and what it never sees as a mark it cannot act upon.
NOT_PLAIN = re.compile("[^\\w ,;?%'\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a3]|_")
MARKER = re.compile(r"\[(\d{1,4})\]")
JUST_MARKERS = re.compile(r"[\s.,;]*")
NEW_LINE = re.compile(r"\s*\n\s*")
SHORT_LINE = 50  # characters; a longer line was wrapped to fit its page, and its break says nothing

NOT_FOUND_LABEL = "Not in the documents"
PARTIAL_LABEL = "Answers a part of the question"


def escape(text: str) -> str:
    """The text, shown as it stands whatever a browser or a Markdown renderer would make of it."""
    return NOT_PLAIN.sub(lambda found: f"&#{ord(found.group())};", text.replace("\0", "\ufffd"))


def folded(text: str) -> str:
    """The text in one line: every run of white space is one space."""
    return " ".join(text.split())


def long_date(day: date) -> str:
    """As it is written in a letter: "30 September 2014"."""
    return f"{day.day} {day:%B %Y}"


def question_html(question: str) -> str:
    """A question as it stands in the conversation."""
    return f'<div class="asked">{_lines(question)}</div>'


def answer_html(turn: int, answer: Answer, sources: Sequence[Source]) -> str:
    """An answer as it stands in the conversation; `turn` is its 1-based place there."""
    parts = [_label(answer.status), *_statements(turn, answer, sources)]
    if answer.status is not Status.ABOUT_THE_ASSISTANT:
        parts.append(_status_line(turn, answer, sources))
    return f'<div class="answer {answer.status.value}">{"".join(parts)}</div>'


def beside_html(turn: int, answer: Answer, sources: Sequence[Source], closest: Sequence[Closest]) -> str:
    """What stands beside one answer: its sources, or the passages that come closest."""
    head = f'<p class="about">For the question: <q>{escape(folded(answer.question))}</q></p>'
    if answer.status is Status.NOT_IN_DOCUMENTS:
        body = _closest_html(closest)
    else:
        body = "".join(_card(turn, source) for source in sources) or '<p class="about">No quotation.</p>'
    return f'<section class="beside" id="beside-{turn}" tabindex="-1">{head}{body}</section>'


def documents_html(details: Iterable[tuple[str, Details]]) -> str:
    """The documents that answers are taken from."""
    return f'<ul class="documents">{"".join(_document(*known) for known in details)}</ul>'


def _label(status: Status) -> str:
    labels = {Status.NOT_IN_DOCUMENTS: NOT_FOUND_LABEL, Status.PARTIAL: PARTIAL_LABEL}
    return f'<p class="label">{labels[status]}</p>' if status in labels else ""


def _statements(turn: int, answer: Answer, sources: Sequence[Source]) -> list[str]:
    """The paragraphs of the answer, without what rests on a citation that did not stand."""
    numbers = {source.citation.number for source in sources}
    linked: set[int] = set()
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", _with_quotations_folded(answer)):
        shown = "".join(
            _statement(turn, words, cited, linked)
            for words, cited in _cited_stretches(paragraph, answer.citations)
            if numbers.issuperset(cited)
        )
        if shown.strip():
            paragraphs.append(f"<p>{shown.strip()}</p>")
    return paragraphs


def _statement(turn: int, words: str, cited: Sequence[int], linked: set[int]) -> str:
    """Some words of the answer with the citations that they rest on."""
    links = "".join(f"&nbsp;{_citation_link(turn, number, linked)}" for number in cited)
    return _lines(words) + links


def _citation_link(turn: int, number: int, linked: set[int]) -> str:
    """The [n] that leads to its source; the first of each number is where the source leads back to."""
    anchor = "" if number in linked else f' id="cite-{turn}-{number}"'
    linked.add(number)
    return (
        f'<a class="cite"{anchor} href="#src-{turn}-{number}">'
        f'&#91;<span class="vh">source </span>{number}&#93;</a>'
    )


def _cited_stretches(text: str, citations: Sequence[Citation]) -> list[tuple[str, tuple[int, ...]]]:
    """The text in stretches, each with the numbers of the citations that follow it.

    A "[2]" inside a quotation is a word of the document and no citation.
    """
    quoted = _quoted_spans(text, citations)
    known = {citation.number for citation in citations}
    stretches: list[tuple[str, tuple[int, ...]]] = []
    begin = 0
    for marker in MARKER.finditer(text):
        number = int(marker[1])
        if number not in known or any(start < marker.end() and marker.start() < end for start, end in quoted):
            continue
        words = text[begin : marker.start()]
        if stretches and JUST_MARKERS.fullmatch(words):
            before, cited = stretches[-1]
            stretches[-1] = (before + words.rstrip(), (*cited, number))
        else:
            stretches.append((words.rstrip(), (number,)))
        begin = marker.end()
    return [*stretches, (text[begin:], ())]


def _with_quotations_folded(answer: Answer) -> str:
    """The answer's text with each quotation in one line, also one that a page break cuts in two."""
    text = answer.text
    for citation in answer.citations:
        text = _words_of(citation).sub(lambda found: folded(found.group()), text)
    return text


def _quoted_spans(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Where the quotations stand in an answer, whose line breaks may have been folded."""
    return [found.span() for citation in citations for found in _words_of(citation).finditer(text)]


def _words_of(citation: Citation) -> re.Pattern[str]:
    """Finds the quotation however its lines are broken; a quotation without words is found nowhere."""
    words = r"\s+".join(re.escape(word) for word in citation.quote.split())
    return re.compile(words or r"(?!)")


def _status_line(turn: int, answer: Answer, sources: Sequence[Source]) -> str:
    """How many sources an answer rests on, from which years, and how many quotations were found again."""
    if answer.status is Status.NOT_IN_DOCUMENTS:
        link = f'<a class="leads" href="#beside-{turn}">Closest passages</a>'
        return f'<p class="status">{link}</p>' if answer.hits else ""
    facts = [_counted(len(sources), "source"), _from_documents(sources)]
    facts.append(f"{len(sources)} of {_counted(len(answer.citations), 'quotation')} checked")
    line = f'<p class="status">{" · ".join(fact for fact in facts if fact)}</p>'
    return _left_out(answer, sources) + line


def _from_documents(sources: Sequence[Source]) -> str:
    documents = {source.citation.document_id for source in sources}
    years = sorted({source.citation.published.year for source in sources if source.citation.published})
    if not documents:
        return ""
    dated = f", {_listed([str(year) for year in years])}" if years else ""
    return f"from {_counted(len(documents), 'document')}{dated}"


def _left_out(answer: Answer, sources: Sequence[Source]) -> str:
    """Says so when a quotation is not shown because it does not stand in its document."""
    missing = len(answer.citations) - len(sources)
    if not missing:
        return ""
    verb = "is" if missing == 1 else "are"
    return (
        f'<p class="warning">{_counted(missing, "quotation")} {verb} not shown, '
        "because the words were not found at their place in the document.</p>"
    )


def _card(turn: int, source: Source) -> str:
    citation = source.citation
    name = f"{turn}-{citation.number}"
    return (
        f'<article class="card" id="src-{name}" tabindex="-1">'
        f'<h3><span class="number">{citation.number}</span> {escape(source.details.title)}</h3>'
        f"{_origin(source.details)}{_locator(citation.locator)}{_quotation(source.excerpt)}"
        f'<p class="way"><a class="back" href="#cite-{name}">Back to citation {citation.number}</a></p>'
        "</article>"
    )


def _closest_html(closest: Sequence[Closest]) -> str:
    if not closest:
        return '<p class="about">No passage comes close.</p>'
    note = '<p class="note">The closest passages. They do not answer the question.</p>'
    return note + "".join(_closest_card(passage) for passage in closest)


def _closest_card(passage: Closest) -> str:
    return (
        f'<article class="card apart"><h3>{escape(passage.details.title)}</h3>'
        f"{_origin(passage.details)}{_locator(passage.place)}{_quotation(passage.excerpt)}</article>"
    )


def _origin(details: Details) -> str:
    facts = [details.publisher, long_date(details.published) if details.published else None]
    shown = " · ".join(escape(fact) for fact in facts if fact)
    return f'<p class="origin">{shown}</p>' if shown else ""


def _locator(locator: str) -> str:
    return f'<p class="locator">{escape(locator)}</p>' if locator else ""


def _quotation(excerpt: Excerpt) -> str:
    """The excerpt with its marked words; three dots stand where the paragraph goes on."""
    lead = f'<p class="lead">{_lines(excerpt.lead)}</p>' if excerpt.lead else ""
    marked = f"<mark>{_lines(excerpt.marked)}</mark>" if excerpt.marked else ""
    before = ("... " if excerpt.cut_before else "") + _lines(excerpt.before)
    after = _lines(excerpt.after) + (" ..." if excerpt.cut_after else "")
    return f"<blockquote>{lead}<p>{before}{marked}{after}</p></blockquote>"


def _lines(text: str) -> str:
    """Escaped text in which a line break is kept where it means something."""
    shown = ""
    lines = NEW_LINE.split(text)
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        shown += escape(line)
        if following is not None:
            kept = 0 < len(line.strip()) < SHORT_LINE or BLOCK_START.match(following)
            shown += "<br>" if kept else " "
    return shown


def _document(document_id: str, details: Details) -> str:
    facts = [details.publisher, long_date(details.published) if details.published else None]
    origin = [f"Source: {details.source}" if details.source else None, details.licence]
    lines = [" · ".join(fact for fact in line if fact) for line in (facts, origin)]
    shown = "".join(f"<br><span>{escape(line)}</span>" for line in lines if line)
    return f"<li><strong>{escape(details.title or document_id)}</strong>{shown}</li>"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listed(words: Sequence[str]) -> str:
    """As in a sentence: "2014, 2016 and 2020"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
