"""Quotations with their full references as plain text, to be put into a report."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Details
from qa.answer import Answer, Citation
from ui.excerpts import Source
from ui.statements import paragraphs


def reference(citation: Citation, details: Details) -> str:
    """Where a quotation stands: "Ofsted, Focused visit to Rotherham, 4 December 2020, page 3"."""
    day = citation.published
    published = f"{day.day} {day:%B %Y}" if day else None
    facts = (details.publisher, details.title or citation.document_id, published, citation.locator)
    return ", ".join(" ".join(fact.split()) for fact in facts if fact)


def quotation_with_reference(source: Source) -> str:
    """One quotation in one line, with its reference: "“All workers ...” (Ofsted, ..., page 3)"."""
    words = " ".join(source.citation.quote.split())
    return f"“{words}” ({reference(source.citation, source.details)})"


def answer_with_references(answer: Answer, sources: Sequence[Source]) -> str:
    """The answer as it is shown, and below it a numbered line for each source."""
    numbers = {source.citation.number for source in sources}
    said = []
    for paragraph in paragraphs(answer):
        standing = [one for one in paragraph if numbers.issuperset(one.cited)]
        said.append("".join(_with_numbers(one.words, one.cited) for one in standing).strip())
    noted = [f"[{one.citation.number}] {reference(one.citation, one.details)}" for one in sources]
    return "\n".join([*filter(None, said), *noted])


def _with_numbers(words: str, cited: Sequence[int]) -> str:
    return words + "".join(f" [{number}]" for number in cited)
