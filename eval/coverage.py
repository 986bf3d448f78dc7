"""How much of the evidence a reader gets to see, whatever the size of the passages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from eval.question import Group, Question
from eval.span import Span, covered

# A passage cut in mid-sentence still shows the fact when it has most of the quote; with half of
# it, as often as not, the figure asked for stands in the other half.
NEEDED = Fraction(60, 100)


def shows(spans: Sequence[Span], group: Group) -> bool:
    """Whether `spans` together hold at least 60 % of the characters of some quote of the group.

    A quote that stands in several places counts where it is covered best; two places are
    never added up.
    """
    return any(covered(place, spans) >= NEEDED * place.length for quote in group for place in quote.places)


def coverage(question: Question, spans: Sequence[Span]) -> float:
    """The share of the question's evidence groups that `spans` show."""
    return sum(shows(spans, group) for group in question.evidence) / len(question.evidence)


def within_budget(passages: Sequence[Span], characters: int) -> tuple[Span, ...]:
    """The passages, best first, as far as so many characters go; the last is cut.

    A stretch that is shown twice is read twice, and so is counted twice.
    """
    shown: list[Span] = []
    left = characters
    for passage in passages:
        if left <= 0:
            break
        shown.append(Span(passage.document, passage.start, min(passage.end, passage.start + left)))
        left -= passage.length
    return tuple(shown)
