"""Whether the citations of an answer are the evidence, all of it and nothing else, word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.answers import Cited
from eval.coverage import NEEDED, coverage, shows
from eval.question import Question
from eval.span import Span, covered


def citation_recall(question: Question, citations: Sequence[Cited]) -> float:
    """The share of evidence groups that the citations together show."""
    return coverage(question, [citation.span for citation in citations])


def citation_precision(question: Question, citations: Sequence[Cited]) -> float:
    """The share of citations that are evidence; none where nothing is cited."""
    if not citations:
        return 0.0
    return sum(_is_evidence(citation.span, question) for citation in citations) / len(citations)


def verbatim(citations: Sequence[Cited], texts: Mapping[str, str]) -> float | None:
    """The share of citations whose words stand exactly where they are said to; None without any."""
    if not citations:
        return None
    return sum(_is_verbatim(citation, texts) for citation in citations) / len(citations)


def _is_evidence(span: Span, question: Question) -> bool:
    """It shows a group by itself, or at least 60 % of it lies in quotes (a part of a long one)."""
    if any(shows([span], group) for group in question.evidence):
        return True
    places = [place for group in question.evidence for quote in group for place in quote.places]
    return span.length > 0 and covered(span, places) >= NEEDED * span.length


def _is_verbatim(citation: Cited, texts: Mapping[str, str]) -> bool:
    text = texts.get(citation.span.document, "")
    return citation.quote != "" and text[citation.span.start : citation.span.end] == citation.quote
