"""Evidence made into an answer: quotations in an order that reads well, each with its citation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date

from corpus.document import Document, Role, Sentence
from corpus.locate import locator
from corpus.passages import pages_of
from qa.answer import Citation
from qa.choose import LONGEST_ANSWER, Quotation

_LINES = frozenset({Role.ITEM, Role.COPIES, Role.ROW})  # what documents set in lines
_Span = tuple[Document, int, int]


def cite(quotations: Sequence[Quotation], *, by_date: bool) -> tuple[Citation, ...]:
    """Numbered citations: in text order within a document, the documents best first or by their dates.

    A list item or table row brings what introduces it, where both fit.
    """
    spans = _with_leads(_in_reading_order(quotations, by_date=by_date))
    return tuple(_citation(number, *span) for number, span in enumerate(spans, start=1))


def answer_text(citations: Sequence[Citation], document_of: Callable[[str], Document]) -> str:
    """The answer: each quotation with its line breaks folded, in quotation marks, and its [n].

    What is an item of a list, or a line of its own in any other way, is a paragraph of its own.
    """
    text, apart_before = "", False
    for citation in citations:
        apart = _stands_apart(citation, document_of(citation.document_id))
        between = "" if not text else "\n\n" if apart or apart_before else " "
        text += f"{between}“{' '.join(citation.quote.split())}” [{citation.number}]"
        apart_before = apart
    return text


def _stands_apart(citation: Citation, document: Document) -> bool:
    at = bisect_left(document.sentences, citation.start, key=lambda one: one.start)
    quoted = document.sentences[at : at + 1]
    return bool(quoted) and quoted[0].start == citation.start and quoted[0].role in _LINES


def is_verbatim(citation: Citation, document_of: Callable[[str], Document]) -> bool:
    """Whether the quotation is, character for character, what stands in its document."""
    text = document_of(citation.document_id).text
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def _in_reading_order(quotations: Sequence[Quotation], *, by_date: bool) -> list[Quotation]:
    best_first = {name: place for place, name in enumerate(dict.fromkeys(d.id for d, _ in quotations))}

    def order(quotation: Quotation) -> tuple[date, int, int]:
        document, sentence = quotation
        published = document.details.published if by_date else None
        return published or date.min, best_first[document.id], sentence.start

    return sorted(quotations, key=order)


def _with_leads(quotations: Sequence[Quotation]) -> list[_Span]:
    """The spans with each lead before the first item that needs it, as long as the answer stays short."""
    length = sum(sentence.end - sentence.start for _, sentence in quotations)
    spans: list[_Span] = []
    for document, sentence in quotations:
        lead = _missing_lead(document, sentence, quotations, spans)
        if lead is not None and (length := length + lead[1] - lead[0]) <= LONGEST_ANSWER:
            spans.append((document, *lead))
        spans.append((document, sentence.start, sentence.end))
    return spans


def _missing_lead(
    document: Document, sentence: Sentence, quotations: Sequence[Quotation], spans: Sequence[_Span]
) -> tuple[int, int] | None:
    lead = sentence.lead
    if lead is None or (document, *lead) in spans:
        return None
    return None if any((d.id, s.start) == (document.id, lead[0]) for d, s in quotations) else lead


def _citation(number: int, document: Document, start: int, end: int) -> Citation:
    return Citation(
        number=number,
        document_id=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        locator=locator(document, start),
        pages=pages_of(document, start, end),
        published=document.details.published,
    )
