"""Evidence made into an answer: quotations in an order that reads well, each with its citation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.document import Document
from corpus.locate import locator
from corpus.passages import pages_of
from qa.answer import Citation
from qa.evidence import LONGEST_ANSWER, Evidence

_Span = tuple[Document, int, int]


def cite(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Numbered citations for the evidence, best document first, in text order within a document.

    A list item or table row brings what introduces it, where both fit.
    """
    spans = _with_leads(_in_reading_order(evidence))
    return tuple(_citation(number, *span) for number, span in enumerate(spans, start=1))


def answer_text(citations: Sequence[Citation]) -> str:
    """The answer: each quotation with its line breaks folded, in quotation marks, and its [n]."""
    return " ".join(f"“{' '.join(citation.quote.split())}” [{citation.number}]" for citation in citations)


def is_verbatim(citation: Citation, document_of: Callable[[str], Document]) -> bool:
    """Whether the quotation is, character for character, what stands in its document."""
    text = document_of(citation.document_id).text
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def _in_reading_order(evidence: Sequence[Evidence]) -> list[_Span]:
    documents = list(dict.fromkeys(one.document.id for one in evidence))
    ordered = sorted(evidence, key=lambda one: (documents.index(one.document.id), one.sentence.start))
    return [(one.document, one.sentence.start, one.sentence.end) for one in ordered]


def _with_leads(spans: Sequence[_Span]) -> list[_Span]:
    """The spans with each lead before the first item that needs it, as long as the answer stays short."""
    length = sum(end - start for _, start, end in spans)
    out: list[_Span] = []
    for document, start, end in spans:
        lead = next((s.lead for s in document.sentences if s.start == start), None)
        if lead is not None and (document, *lead) not in out and (document, *lead) not in spans:
            length += lead[1] - lead[0]
            if length <= LONGEST_ANSWER:
                out.append((document, *lead))
        out.append((document, start, end))
    return out


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
