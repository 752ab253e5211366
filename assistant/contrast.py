"""What a question has in common with questions that the guideline is known not to answer.

Pay, vaccines, opening hours: the unanswerable questions of ``corpus/faq`` are kept as vectors
beside the ranker, with one direction in the vector space that separates them from the written
questions. Neither is shown to anybody; both only feed the decision to abstain.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import IndexDamagedError
from assistant.features import FEATURES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Matrix = NDArray[np.float32]

CONTRAST_FILE = "contrast.npy"
NEAR_DUPLICATE = 0.97
_TOPS = (1, 3, 8)


class Contrast:
    """The vectors of the unanswerable questions, and the separating direction with its offset."""

    def __init__(self, vectors: Matrix, direction: Matrix, offset: float) -> None:
        self._vectors = vectors
        self._direction = direction
        self._offset = offset

    def columns(
        self, vector: Matrix, features: Floats, *, has_questions: bool, topic: float | None = None
    ) -> Floats:
        """Return the likeness to unanswerable questions, by itself and against that to the edition.

        In training ``topic`` is the separation found without the question, and the question
        itself and its near-duplicates aren't looked at.
        """
        likeness = np.asarray(self._vectors @ vector, dtype=np.float64)
        if topic is not None:
            likeness = np.where(likeness > NEAR_DUPLICATE, -1.0, likeness)
        ordered = -np.sort(-likeness)
        near = [float(ordered[:top].mean()) for top in _TOPS]
        tops = {name: float(features[:, FEATURES.index(name)].max()) for name in ("q1", "q3", "passage")}
        against = [tops["passage"] - near[0]]
        if has_questions:
            against += [tops["q1"] - near[0], tops["q3"] - near[1]]
        return np.array([*near, *against, self.topic(vector) if topic is None else topic])

    def topic(self, vector: Matrix) -> float:
        """Return how far on the answerable side of the separating plane the question lies."""
        return float(self._direction @ vector) + self._offset

    def save(self, folder: Path) -> None:
        """Write ``contrast.npy``: the direction, the offset (as a constant row), the vectors."""
        constant = np.full_like(self._direction, self._offset)
        rows = np.vstack([self._direction, constant, self._vectors])
        np.save(folder / CONTRAST_FILE, rows, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, dimension: int) -> Contrast:
        """Return what ``save`` wrote. Raises IndexDamagedError if it isn't that."""
        path = folder / CONTRAST_FILE
        try:
            rows = np.load(path, allow_pickle=False).astype(np.float32)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(f"{path}: {error}. Rebuild: python -m ingest --rebuild") from error
        if rows.ndim != 2 or rows.shape[1] != dimension or len(rows) < 3:
            raise IndexDamagedError(
                f"{path}: found shape {rows.shape}; expected three or more rows of {dimension}. "
                "Rebuild: python -m ingest --rebuild"
            )
        return cls(rows[2:], rows[0], float(rows[1, 0]))
