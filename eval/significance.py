"""How far a mean can be trusted, and whether a difference is more than luck.

Both work on strata: a mean of means (abstention is the mean of right silence and right answering)
keeps its parts apart, and every other measure has one stratum. The intervals are percentile
bootstrap intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13); the
test is Fisher's paired randomisation test, which Smucker, Allan and Carterette (CIKM 2007)
recommend for comparing retrieval systems.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Stratum = NDArray[np.float64]

SEED = 20141119
RESAMPLES = 2_000
PERMUTATIONS = 10_000
_ROUNDING = 1e-12  # two sums of the same numbers in another order may differ by less


def mean_of_means(strata: Sequence[Stratum]) -> float:
    """The mean over the strata of their means; no stratum may be empty."""
    return float(np.mean([stratum.mean() for stratum in strata]))


def interval(
    strata: Sequence[Stratum], *, seed: int = SEED, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """The 95 % interval of `mean_of_means`: questions drawn again, with replacement, within each stratum."""
    random = np.random.default_rng(seed)
    drawn = [
        stratum[random.integers(0, len(stratum), (resamples, len(stratum)))].mean(axis=1)
        for stratum in strata
    ]
    low, high = np.percentile(np.mean(drawn, axis=0), [2.5, 97.5])
    return float(low), float(high)


def p_value(differences: Sequence[Stratum], *, seed: int = SEED, permutations: int = PERMUTATIONS) -> float:
    """The two-sided chance of a difference of means at least this large if it did not matter which
    system gave which answer: the signs of the paired differences are thrown again and again.

    The observed one counts as one of the throws, so the least value is 1 / (permutations + 1).
    """
    observed = abs(mean_of_means(differences))
    random = np.random.default_rng(seed)
    thrown = [
        (random.integers(0, 2, (permutations, len(stratum)), dtype=np.int8) * 2 - 1) @ stratum / len(stratum)
        for stratum in differences
    ]
    as_large = np.count_nonzero(np.abs(np.mean(thrown, axis=0)) >= observed - _ROUNDING)
    return float(as_large + 1) / (permutations + 1)
