"""Learns which direction of the vector space asks for leave to share (``assistant.leaning``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.features import EditionFeatures
from assistant.leaning import Leaning
from ingest.faq import InstructionLine, SharingLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

PENALTY_C = 10.0
STEERING_C = 30.0
OTHERS_WEIGHT = 0.3  # of a question written for another purpose, against one written to look alike


def learn_leaning(
    texts: Sequence[EditionFeatures], sharing: Sequence[SharingLine], vectors: Matrix, others: Matrix
) -> Leaning | None:
    """Return the direction towards questions that ask for leave to share, None without examples.

    ``vectors`` are those of ``sharing``; ``others`` those of the unanswerable questions. A written
    question asks for leave where a row of Tabell 1 answers it.
    """
    known = np.concatenate([t.question_vectors[: t.own_questions] for t in texts])
    rows = [t.blocks[b].table_row is not None for t in texts for b in t.question_blocks[: t.own_questions]]
    asks = np.array([*rows, *(line.sharing for line in sharing), *(False for _ in others)])
    if asks.all() or not asks.any():
        return None
    everything = np.concatenate([known, vectors.reshape(-1, known.shape[1]), others])
    return _direction(everything, asks, None, PENALTY_C)


def learn_steering(lines: Sequence[InstructionLine], vectors: Matrix, others: Matrix) -> Leaning | None:
    """Return the direction towards instructions to behave otherwise, None without examples.

    ``vectors`` are those of ``lines``; ``others`` those of all questions known to be innocent.
    """
    steers = np.array([*(line.instruction for line in lines), *(False for _ in others)])
    if not lines or steers.all() or not steers.any():
        return None
    weights = np.append(np.ones(len(lines)), np.full(len(others), OTHERS_WEIGHT))
    return _direction(np.concatenate([vectors, others]), steers, weights, STEERING_C)


def _direction(
    vectors: Matrix, wanted: NDArray[np.bool_], weights: NDArray[np.float64] | None, c: float
) -> Leaning:
    # Imported here: it takes a second, and most runs of ingest learn nothing.
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, class_weight="balanced", max_iter=3000)
    model.fit(vectors, wanted, sample_weight=weights)
    return Leaning(model.coef_[0].astype(np.float32), float(model.intercept_[0]))
