"""Embeds what has no vector yet: a text that was embedded before isn't embedded again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.embedding import VectorModel
from assistant.vectors import Embeddable, vector_key
from ingest.progress import Progress

Vector = NDArray[np.float32]

_BATCH = 32


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question that retrieval learns from and that leads to no passage."""

    text: str
    kind: str = "question"


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
