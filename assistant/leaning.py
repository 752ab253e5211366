"""Whether a question sounds like "may I share this?": one learned direction in the vector space.

Long stories end in "Kan jag förklara?" and say what they ask for in no word of a list. The direction
separates the written questions on Tabell 1's rows, and ``corpus/faq/sharing.jsonl``, from all other
questions. It only tips the balance where the words of the vocabulary leave it open
(``assistant.intent``); it never decides a verdict.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import IndexDamagedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

LEANING_FILE = "leaning.npy"
STEERING_FILE = "steering.npy"  # the same sort of direction, towards instructions (assistant.guard)


class Leaning:
    """The direction and its offset."""

    def __init__(self, direction: Vector, offset: float) -> None:
        self._direction = direction
        self._offset = offset

    def __call__(self, vector: Vector) -> float:
        """Return the logarithmic odds that a question with this vector asks for leave to share."""
        return float(self._direction @ vector) + self._offset

    def save(self, folder: Path, name: str = LEANING_FILE) -> None:
        """Write the file ``name``: the direction, then the offset."""
        np.save(folder / name, np.append(self._direction, self._offset), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, dimension: int, name: str = LEANING_FILE) -> Leaning | None:
        """Return what ``save`` wrote, None where nothing was learned.

        Raises IndexDamagedError if the file isn't what ``save`` writes.
        """
        path = folder / name
        if not path.exists():
            return None
        try:
            row = np.load(path, allow_pickle=False).astype(np.float32)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(f"{path}: {error}. Rebuild: python -m ingest --rebuild") from error
        if row.shape != (dimension + 1,):
            raise IndexDamagedError(
                f"{path}: found shape {row.shape}; expected {dimension + 1} numbers. "
                "Rebuild: python -m ingest --rebuild"
            )
        return cls(row[:-1], float(row[-1]))
