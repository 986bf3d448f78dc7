"""Whether the confidence means what it says: of ten answers at 0.8, eight should be answerable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies in `[low, high)`; the last bin includes 1."""

    low: float
    high: float
    questions: int
    confidence: float | None  # the mean; None without questions
    answerable: float | None  # the share of them


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibration over all questions that came with a confidence."""

    bins: tuple[Bin, ...]
    expected_error: float | None  # ECE: mean distance of confidence and share, weighted by questions
    auc: float | None  # of answerable against unanswerable questions
    auc_near_misses: float | None  # of answerable questions against near misses only


@dataclass(frozen=True, slots=True)
class Confidence:
    """What was claimed for one question and what is so."""

    confidence: float
    answerable: bool
    near_miss: bool


def calibrate(claims: Sequence[Confidence]) -> Calibration:
    """The calibration table with its summaries (ECE after Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    bins = tuple(_bin(claims, number) for number in range(BINS))
    right = [claim.confidence for claim in claims if claim.answerable]
    wrong = [claim.confidence for claim in claims if not claim.answerable]
    near = [claim.confidence for claim in claims if claim.near_miss and not claim.answerable]
    return Calibration(
        bins, _expected_error(bins), area_under_curve(right, wrong), area_under_curve(right, near)
    )


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a positive scores above a negative, a tie counting half (Mann and Whitney 1947)."""
    if not positives or not negatives:
        return None
    wins = sum((p > n) + (p == n) / 2 for p in positives for n in negatives)
    return wins / (len(positives) * len(negatives))


def _bin(claims: Sequence[Confidence], number: int) -> Bin:
    inside = [claim for claim in claims if min(int(claim.confidence * BINS), BINS - 1) == number]
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        questions=len(inside),
        confidence=sum(claim.confidence for claim in inside) / len(inside) if inside else None,
        answerable=sum(claim.answerable for claim in inside) / len(inside) if inside else None,
    )


def _expected_error(bins: Sequence[Bin]) -> float | None:
    total = sum(one.questions for one in bins)
    if total == 0:
        return None
    return (
        sum(
            one.questions * abs(one.confidence - one.answerable)
            for one in bins
            if one.confidence is not None and one.answerable is not None
        )
        / total
    )
