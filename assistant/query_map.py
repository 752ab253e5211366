"""The learned query map: a square matrix that moves a question's vector towards its answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import IndexDamagedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAP_FILE = "query_map.npy"


def apply_map(matrix: NDArray[np.float32], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mapped unit vectors of one vector or of the rows of many."""
    mapped = vectors @ matrix.T
    norms = np.linalg.norm(mapped, axis=-1, keepdims=True)
    return np.asarray(mapped / np.maximum(norms, 1e-9), dtype=np.float32)


def save_map(folder: Path, matrix: NDArray[np.float32]) -> None:
    """Write ``query_map.npy`` in half precision (288 KB at 384 dimensions)."""
    np.save(folder / MAP_FILE, matrix.astype(np.float16), allow_pickle=False)


def load_map(folder: Path, dimension: int) -> NDArray[np.float32]:
    """Return what ``save_map`` wrote. Raises IndexDamagedError if it isn't that."""
    path = folder / MAP_FILE
    try:
        matrix = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(f"{path}: {error}. Rebuild: python -m ingest --rebuild") from error
    if matrix.shape != (dimension, dimension):
        raise IndexDamagedError(
            f"{path}: found shape {matrix.shape}; expected {(dimension, dimension)}. "
            "Rebuild: python -m ingest --rebuild"
        )
    return np.asarray(matrix)
