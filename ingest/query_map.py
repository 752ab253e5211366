"""Learns the query map from the written questions (InfoNCE, plain numpy Adam)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.features import EditionFeatures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

# Chosen on the development questions (docs/retrieval.md).
STEPS = 250
BATCH = 128
TEMPERATURE = 1 / 60
RATE = 1e-3
DECAY = 1e-2  # towards the identity
NEAR_DUPLICATE = 0.97
_SEED = 0
_ROWS = 256  # questions whose likeness to all is computed at once


@dataclass(frozen=True, slots=True)
class Pool:
    """One edition's entries (texts first, then written questions), and the questions to learn from."""

    entries: Matrix
    owners: NDArray[np.int64]  # the block of each entry
    texts: int  # how many entries are texts
    questions: Matrix
    blocks: NDArray[np.int64]  # the block of each question
    use: NDArray[np.int64]  # rows of ``questions`` to learn from
    alike: tuple[NDArray[np.int64], ...]  # each question's near-duplicates, itself among them

    @classmethod
    def of(cls, edition: EditionFeatures, use: NDArray[np.int64]) -> Pool:
        """Return the pool of an edition; ``use`` are the rows of its questions to learn from."""
        vectors = edition.question_vectors
        alike = [
            np.flatnonzero(row > NEAR_DUPLICATE)
            for start in range(0, edition.own_questions, _ROWS)
            for row in vectors[start : min(start + _ROWS, edition.own_questions)] @ vectors.T
        ]
        texts = np.concatenate([edition.passage_vectors, edition.block_vectors])
        owners = [edition.place[p.block] for p in edition.passages] + list(range(len(edition.blocks)))
        return cls(
            np.concatenate([texts, edition.question_vectors]),
            np.concatenate([np.array(owners, dtype=np.int64), edition.question_blocks]),
            len(texts),
            edition.question_vectors,
            edition.question_blocks,
            use,
            tuple(alike),
        )


def learn_map(pools: Sequence[Pool], dimension: int) -> Matrix:
    """Return the (dimension × dimension) matrix, the identity if there is nothing to learn from.

    Each question is drawn towards the texts of its block and, in every second batch, towards the
    block's other written questions; itself and its near-duplicates are never looked at.
    """
    rng = np.random.default_rng(_SEED)
    change = np.zeros((dimension, dimension), dtype=np.float32)
    first, second = np.zeros_like(change), np.zeros_like(change)
    pools = [pool for pool in pools if len(pool.use)]
    for step in range(1, STEPS + 1) if pools else ():
        gradient = DECAY * change
        for pool in pools:
            rows = rng.choice(pool.use, min(len(pool.use), BATCH), replace=False)
            gradient += _gradient(change, pool, rows, with_questions=bool(rng.random() < 0.5))
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        change -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return np.asarray(np.eye(dimension, dtype=np.float32) + change)


def _gradient(change: Matrix, pool: Pool, rows: NDArray[np.int64], *, with_questions: bool) -> Matrix:
    questions = pool.questions[rows]
    moved = questions + questions @ change.T
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    unit = moved / norms
    entries = pool.entries if with_questions else pool.entries[: pool.texts]
    owners = pool.owners[: len(entries)]
    logits = unit @ entries.T / TEMPERATURE
    if with_questions:
        for place, row in enumerate(rows.tolist()):
            logits[place, pool.texts + pool.alike[row]] = -np.inf
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    right = share * (owners[None, :] == pool.blocks[rows][:, None])
    mass = right.sum(axis=1, keepdims=True)
    error = np.where(mass > 1e-25, share - right / np.maximum(mass, 1e-30), 0.0)
    pull = (error @ entries) / (TEMPERATURE * len(rows))
    pull = (pull - (pull * unit).sum(axis=1, keepdims=True) * unit) / norms
    return np.asarray(pull.T @ questions, dtype=np.float32)
