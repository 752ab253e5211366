"""Vectors by content: a text that was embedded before isn't embedded again."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embedding import VectorModel
from assistant.errors import IndexDamagedError
from assistant.index import IndexEntry
from assistant.manifest import REBUILD
from ingest.progress import Progress

Vector = NDArray[np.float32]

_BATCH = 32


def vector_key(model: str, entry: IndexEntry) -> bytes:
    """Return the 32 bytes that the entry's vector is kept under: of model, mode and text."""
    mode = "query" if entry.kind == "question" else "document"
    return hashlib.sha256("\0".join((model, mode, entry.text)).encode()).digest()


def embed_missing(
    entries: Sequence[IndexEntry], model: VectorModel, known: dict[bytes, Vector], progress: Progress
) -> int:
    """Add the vectors that ``known`` lacks and return how many texts were embedded.

    Raises EmbeddingError.
    """
    wanted = {vector_key(model.name, entry): entry for entry in entries}
    # Alike lengths together: a batch is padded to its longest text.
    missing = sorted(
        ((key, entry) for key, entry in wanted.items() if key not in known),
        key=lambda item: (item[1].kind == "question", len(item[1].text), item[0]),
    )
    with progress.track("Embedding", len(missing)) as advance:
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            for key, vector in zip((key for key, _ in batch), _embed(batch, model), strict=True):
                known[key] = np.asarray(vector, dtype=np.float32)
            advance(len(batch))
    return len(missing)


def matrix(entries: Iterable[IndexEntry], model: str, known: dict[bytes, Vector]) -> Vector:
    """Return the entries' vectors as one (entries × dimension) matrix."""
    return np.stack([known[vector_key(model, entry)] for entry in entries])


def save_vectors(path: Path, known: dict[bytes, Vector]) -> None:
    """Write the vectors and their keys; no pickles."""
    keys = np.frombuffer(b"".join(known), dtype=np.uint8).reshape(len(known), 32)
    np.savez(path, keys=keys, vectors=np.stack(list(known.values())))


def load_vectors(path: Path) -> dict[bytes, Vector]:
    """Return the vectors by key. Raises IndexDamagedError."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise IndexDamagedError(f"{path}: can't be read ({error}). {REBUILD}") from error
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def _embed(batch: Sequence[tuple[bytes, IndexEntry]], model: VectorModel) -> Iterable[Sequence[float]]:
    """Embed one batch; it may hold the last documents and the first questions."""
    documents = [entry.text for _, entry in batch if entry.kind != "question"]
    questions = [entry.text for _, entry in batch if entry.kind == "question"]
    vectors = model.embed_documents(documents) if documents else []
    return [*vectors, *(model.embed_questions(questions) if questions else [])]
