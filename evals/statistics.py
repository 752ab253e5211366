"""Confidence intervals: Wilson for shares, bootstrap for means."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % confidence interval and how many observations it rests on."""

    value: float
    low: float
    high: float
    n: int


def wilson(successes: int, n: int) -> Interval:
    """Return the share with Wilson's 95 % interval; (0, 1) when there is no observation."""
    if n == 0:
        return Interval(0.0, 0.0, 1.0, 0)
    share, z2 = successes / n, _Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half), n)


def bootstrap(values: Sequence[float], seed: int = 0, rounds: int = 1000) -> Interval:
    """Return the mean with a percentile bootstrap's 95 % interval; the seed makes it repeatable."""
    if not values:
        return Interval(0.0, 0.0, 1.0, 0)
    data = np.asarray(values, dtype=float)
    picks = np.random.default_rng(seed).integers(0, len(data), size=(rounds, len(data)))
    low, high = np.percentile(data[picks].mean(axis=1), [2.5, 97.5])
    return Interval(float(data.mean()), float(low), float(high), len(data))
