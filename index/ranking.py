"""A ranking with a total order: best score first, equal scores by row, also where the list is cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Ranking = list[tuple[int, float]]  # (row, score), best first
Rows = NDArray[np.int64]
Scores = NDArray[np.float64]

_MORE = 8  # rows that are asked for beyond k, besides an eighth of k: mostly enough to prove the first k


def best(find: Callable[[int], Ranking], *, k: int, available: int) -> Ranking:
    """The first `k` of the order (-score, row), out of a search that leaves the order of ties open.

    `find(n)` returns the n best of `available` rows. Scores are rounded to six digits, because sums of
    the same numbers in another order differ in their last bits. Where the cut runs through a tie, more
    rows are asked for until the tie is complete.
    """
    k = _asked(k, available)
    asked = min(k + 1, available)
    while k:
        found = [(row, _rounded(score)) for row, score in find(asked)]
        if len(found) < asked or asked == available or found[-1][1] < found[k - 1][1]:
            return sorted(found, key=_order)[:k]
        asked = min(2 * asked, available)
    return []


def best_by(
    find: Callable[[int], Sequence[tuple[int, float]]],
    score: Callable[[Rows], Scores],
    *,
    k: int,
    available: int,
    highest: Callable[[float], float],
    wanted: NDArray[np.bool_] | None = None,
) -> Ranking:
    """The first `k` of the order (-score, row), where `find` only comes near the scores.

    `find(n)` returns (row, near score) of the n best of `available` rows, best first; of them those of
    `wanted` are ranked by `score`. A row that `find` leaves out after one with the near score s has at
    most the score `highest(s)`: more rows are asked for until no such row can be among the first k.
    The scores depend on nothing but the row, so that they are the same in whatever index it lies.
    """
    k = _asked(k, available)
    asked = min(k + k // 8 + _MORE, available)
    while k:
        found = find(asked)
        rows = np.array([row for row, _ in found], dtype=np.int64)
        ranking = ranked(rows if wanted is None else rows[wanted[rows]], score)
        if len(found) < asked or asked == available:
            return ranking[:k]
        if len(ranking) >= k and highest(found[-1][1]) < ranking[k - 1][1]:
            return ranking[:k]
        asked = min(2 * asked, available)
    return []


def ranked(rows: Rows, score: Callable[[Rows], Scores]) -> Ranking:
    """All of these rows in the order (-score, row), the scores rounded to six digits."""
    scores = [_rounded(one) for one in score(rows).tolist()]
    return sorted(zip(rows.tolist(), scores, strict=True), key=_order)


def merged(rankings: Sequence[Ranking], k: int) -> Ranking:
    """The first `k` of several rankings of different rows."""
    together = sorted((hit for ranking in rankings for hit in ranking), key=_order)
    return together[: _asked(k, len(together))]


def _asked(k: int, available: int) -> int:
    if k < 0:
        raise ValueError(f"{k} passages were asked for; ask for none or more.")
    return min(k, available)


def _order(hit: tuple[int, float]) -> tuple[float, int]:
    return -hit[1], hit[0]


def _rounded(score: float) -> float:
    return float(f"{score:.6g}")  # single precision has seven digits
