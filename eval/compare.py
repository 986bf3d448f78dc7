"""Two runs over the same questions: what got better, what got worse, and whether it may be luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.errors import DifferentQuestions
from eval.measure import MEASURES, Measure, Scored
from eval.run import Kept
from eval.significance import Stratum, interval, mean_of_means, p_value
from eval.summary import strata

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A in one measure, over the questions that both have a value for."""

    measure: str
    a: float
    b: float
    low: float  # 95 % interval of b - a
    high: float
    p: float
    won: tuple[str, ...]  # the ids of the questions where B is better
    lost: tuple[str, ...]
    verdict: str  # "better", "worse", "no difference" or "may be luck"


def compare(a: Kept, b: Kept) -> tuple[Difference, ...]:
    """Every measure that both runs speak to; raises DifferentQuestions."""
    _same_questions(a, b)
    found = (compare_measure(measure, a.scored, b.scored) for measure in MEASURES)
    return tuple(difference for difference in found if difference is not None)


def compare_measure(measure: Measure, a: Sequence[Scored], b: Sequence[Scored]) -> Difference | None:
    """B minus A over the same questions in the same order; None where no question has a value in both.

    A measure of several parts needs such a question for each part.
    """
    pairs = [pair for pair in zip(a, b, strict=True) if _both_have(measure, *pair)]
    values_a = strata([one for one, _ in pairs], measure)
    values_b = strata([one for _, one in pairs], measure)
    if any(len(values) == 0 for values in values_a):
        return None
    differences = [of_b - of_a for of_a, of_b in zip(values_a, values_b, strict=True)]
    won, lost = _won_and_lost(measure, pairs)
    p = p_value(differences)
    return Difference(
        measure.name,
        mean_of_means(values_a),
        mean_of_means(values_b),
        *interval(differences),
        p=p,
        won=won,
        lost=lost,
        verdict=_verdict(measure, differences, p),
    )


def _same_questions(a: Kept, b: Kept) -> None:
    if a.questions == b.questions:
        return
    of_a, of_b = ({question["id"]: question for question in kept.questions} for kept in (a, b))
    differ = sorted(name for name in of_a.keys() | of_b.keys() if of_a.get(name) != of_b.get(name))
    first = f", first '{differ[0]}'" if differ else ", in their order"
    raise DifferentQuestions(
        f"the runs '{a.label}' and '{b.label}' differ in {len(differ) or 'no'} of their questions{first}; "
        "compare runs over the same question files"
    )


def _both_have(measure: Measure, a: Scored, b: Scored) -> bool:
    return any(a.values.get(part) is not None and b.values.get(part) is not None for part in measure.parts)


def _won_and_lost(
    measure: Measure, pairs: Sequence[tuple[Scored, Scored]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sign = -1 if measure.lower_is_better else 1
    gains = [(one.id, sign * _gain(measure, one, other)) for one, other in pairs]
    return tuple(name for name, gain in gains if gain > 0), tuple(name for name, gain in gains if gain < 0)


def _gain(measure: Measure, a: Scored, b: Scored) -> float:
    return sum((b.values.get(part) or 0.0) - (a.values.get(part) or 0.0) for part in measure.parts)


def _verdict(measure: Measure, differences: Sequence[Stratum], p: float) -> str:
    if all((part == 0).all() for part in differences):
        return "no difference"
    if p >= LEVEL:
        return "may be luck"
    rose = mean_of_means(differences) > 0
    return "better" if rose != measure.lower_is_better else "worse"
