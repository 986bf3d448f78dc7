"""What was asked and is not in the answer: a part of the question, or a time that it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.document import Document
from corpus.period import Period, find_periods
from qa.answer import Citation
from qa.findings import Finding


def missing_parts(
    findings: Sequence[Finding],
    answered: Sequence[Finding],
    citations: Sequence[Citation],
    document_of: Callable[[str], Document],
) -> tuple[str, ...]:
    """In the words of the question: its parts without an answer, then the times that no quotation is from.

    Times are looked at where the question names several: "in 2014 and in 2018".
    """
    # by identity: two parts may ask the same, and what was found for them cannot be compared
    known = {id(finding) for finding in answered}
    parts = [finding.question.asked for finding in findings if id(finding) not in known]
    times = [words for finding in answered for words in _missing_times(finding, citations, document_of)]
    return tuple(dict.fromkeys([*parts, *times]))


def _missing_times(
    finding: Finding, citations: Sequence[Citation], document_of: Callable[[str], Document]
) -> list[str]:
    asked = finding.question.asked
    mentions = find_periods(asked)
    if len(mentions) < 2:
        return []
    covered = [period for citation in citations for period in _times_of(citation, document_of)]
    return [
        asked[mention.start : mention.end]
        for mention in mentions
        if not any(period.overlaps(mention.period) for period in covered)
    ]


def _times_of(citation: Citation, document_of: Callable[[str], Document]) -> list[Period]:
    """Every time that the quotation, its section or its document speaks of."""
    document = document_of(citation.document_id)
    sections = [
        one.when for one in document.sections if one.start < citation.end and citation.start < one.end
    ]
    published = document.details.published
    own = [mention.period for mention in find_periods(citation.quote)]
    days = [Period(published, published)] if published else []
    return own + [when for when in (*sections, document.details.period) if when] + days
