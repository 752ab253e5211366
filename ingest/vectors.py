"""Vectors by content: a text that was embedded before isn't embedded again."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.embedding import VectorModel
from assistant.errors import IndexDamagedError
from assistant.manifest import REBUILD
from ingest.progress import Progress

Vector = NDArray[np.float32]

_BATCH = 32


class Embeddable(Protocol):
    """A text and whether it is embedded as a query (kind "question") or as a document."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question that retrieval learns from and that leads to no passage."""

    text: str
    kind: str = "question"


def vector_key(model: str, entry: Embeddable) -> bytes:
    """Return the 32 bytes that the entry's vector is kept under: of model, mode and text."""
    mode = "query" if entry.kind == "question" else "document"
    return hashlib.sha256("\0".join((model, mode, entry.text)).encode()).digest()


def missing(
    entries: Iterable[Embeddable], model: str, known: Mapping[bytes, Vector]
) -> dict[bytes, Embeddable]:
    """Return the entries whose vectors ``known`` lacks, each text once, by key."""
    wanted = {vector_key(model, entry): entry for entry in entries}
    return {key: entry for key, entry in wanted.items() if key not in known}


def embed_missing(
    entries: Sequence[Embeddable], model: VectorModel, known: dict[bytes, Vector], progress: Progress
) -> int:
    """Add the vectors that ``known`` lacks and return how many texts were embedded.

    Raises EmbeddingError.
    """
    # Alike lengths together: a batch is padded to its longest text.
    todo = sorted(
        missing(entries, model.name, known).items(),
        key=lambda item: (item[1].kind == "question", len(item[1].text), item[0]),
    )
    with progress.track("Embedding", len(todo)) as advance:
        for start in range(0, len(todo), _BATCH):
            batch = todo[start : start + _BATCH]
            vectors = embed([entry for _, entry in batch], model)
            known.update(zip((key for key, _ in batch), vectors, strict=True))
            advance(len(batch))
    return len(todo)


def embed(batch: Sequence[Embeddable], model: VectorModel) -> Vector:
    """Return the (texts × dimension) unit vectors; documents must stand before questions.

    Raises EmbeddingError.
    """
    documents = [entry.text for entry in batch if entry.kind != "question"]
    questions = [entry.text for entry in batch if entry.kind == "question"]
    vectors = model.embed_documents(documents) if documents else []
    return np.array([*vectors, *(model.embed_questions(questions) if questions else [])], dtype=np.float32)


def matrix(entries: Iterable[Embeddable], model: str, known: Mapping[bytes, Vector]) -> Vector:
    """Return the entries' vectors as one (entries × dimension) matrix."""
    return np.stack([known[vector_key(model, entry)] for entry in entries])


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
