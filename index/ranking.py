"""A ranking with a total order: best score first, equal scores by row, also where the list is cut."""

from __future__ import annotations

from collections.abc import Callable

Ranking = list[tuple[int, float]]  # (row, score), best first


def best(find: Callable[[int], Ranking], *, k: int, available: int) -> Ranking:
    """The first `k` of the order (-score, row), out of a search that leaves the order of ties open.

    `find(n)` returns the n best of `available` rows. Scores are rounded to six digits, because sums of
    the same numbers in another order differ in their last bits. Where the cut runs through a tie, more
    rows are asked for until the tie is complete.
    """
    if k < 0:
        raise ValueError(f"{k} passages were asked for; ask for none or more.")
    k = min(k, available)
    asked = min(k + 1, available)
    while k:
        found = [(row, _rounded(score)) for row, score in find(asked)]
        if len(found) < asked or asked == available or found[-1][1] < found[k - 1][1]:
            return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]
        asked = min(2 * asked, available)
    return []


def _rounded(score: float) -> float:
    return float(f"{score:.6g}")  # single precision has seven digits
