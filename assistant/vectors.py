"""Vectors on disk, by what was embedded: ingest writes them beside the index, a start reads them."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.errors import IndexDamagedError
from assistant.manifest import REBUILD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]


class Embeddable(Protocol):
    """A text and whether it is embedded as a query (kind "question") or as a document."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


def vector_key(model: str, entry: Embeddable) -> bytes:
    """Return the 32 bytes that the entry's vector is kept under: of model, mode and text."""
    mode = "query" if entry.kind == "question" else "document"
    return hashlib.sha256("\0".join((model, mode, entry.text)).encode()).digest()


def matrix(
    entries: Sequence[Embeddable], model: str, dimension: int, known: Mapping[bytes, Vector]
) -> Vector:
    """Return the entries' vectors as one (entries × dimension) matrix; KeyError for one that isn't known."""
    rows = [known[vector_key(model, entry)] for entry in entries]
    return np.array(rows, dtype=np.float32).reshape(len(rows), dimension)


def save_vectors(path: Path, known: Mapping[bytes, Vector]) -> None:
    """Write the vectors and their keys; no pickles."""
    np.savez(path, keys=key_rows(known), vectors=np.stack(list(known.values())))


def load_vectors(path: Path) -> dict[bytes, Vector]:
    """Return the vectors by key. Raises IndexDamagedError."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise IndexDamagedError(f"{path}: can't be read ({error}). {REBUILD}") from error
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def key_rows(keys: Iterable[bytes]) -> NDArray[np.uint8]:
    """Return the keys as a (keys × 32) matrix of bytes."""
    return np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, 32)
