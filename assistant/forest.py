"""A forest of decision trees kept as plain arrays: evaluated without the library that grew it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import IndexDamagedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]

_LEAF = -1  # as a node's feature
_ARRAYS = ("roots", "features", "thresholds", "left", "right", "values")


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """All trees' nodes one after another; a leaf's feature is -1 and its value a probability."""

    roots: Ints
    features: Ints
    thresholds: Floats
    left: Ints
    right: Ints
    values: Floats

    def __call__(self, row: Floats) -> float:
        """Return the mean of the leaves' probabilities that the row falls into, one of each tree."""
        at = self.roots
        while (inner := self.features[at] != _LEAF).any():
            goes_left = row[self.features[at]] <= self.thresholds[at]
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)
        return float(self.values[at].mean())

    def save(self, path: Path) -> None:
        """Write the arrays (``.npz``)."""
        np.savez_compressed(path, allow_pickle=False, **{name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def load(cls, path: Path) -> Forest:
        """Return what ``save`` wrote. Raises IndexDamagedError if it isn't that."""
        try:
            with np.load(path, allow_pickle=False) as data:
                found = {name: data[name] for name in _ARRAYS}
            forest = cls(**found)
            forest._check()
        except (OSError, ValueError, EOFError, KeyError) as error:
            raise IndexDamagedError(
                f"{path}: found {error!r}; expected a forest. Rebuild: python -m ingest --rebuild"
            ) from error
        return forest

    def _check(self) -> None:
        """Raise ValueError unless every way down ends in a leaf of the arrays."""
        size = len(self.features)
        if {len(self.thresholds), len(self.left), len(self.right), len(self.values)} != {size}:
            raise ValueError("arrays of different lengths")
        inner = np.flatnonzero(self.features != _LEAF)
        below = np.minimum(self.left[inner], self.right[inner])
        highest = max(self.left.max(initial=0), self.right.max(initial=0), self.roots.max(initial=0))
        if not len(self.roots) or highest >= size or self.roots.min() < 0 or (below <= inner).any():
            raise ValueError("a node that leads nowhere")
