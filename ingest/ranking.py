"""Learns the ranker's weights from examples: questions whose block is known, or that have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from assistant.contrast import Contrast
from assistant.features import EditionFeatures, Query
from assistant.forest import Forest
from assistant.ranker import Linear, Weights, answer_columns, share_columns, softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_Item = TypeVar("_Item")

CANDIDATES = 25  # blocks per question that the first model learns from
SHARE_PENALTY = 1e-3
TREES, LEAF = 100, 20
TOPIC_C = 10.0
THRESHOLD = 0.3  # calibrated on the development questions, whose words are further from the text
FOLDS = 5
_BATCH = 64  # examples whose likeness to the written questions is computed at once
_SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A question on an edition; ``block`` is None if the edition doesn't answer it."""

    edition: EditionFeatures
    query: Query
    block: int | None
    hidden: NDArray[np.bool_] | None


def learn_weights(
    examples: Sequence[Example], contrast: Contrast, topics: Floats, *, with_questions: bool
) -> Weights:
    """Return the weights learned from the examples, the written questions' features used or not.

    ``topics`` has each example's held-out side (see ``separation``).
    """
    hidden = [e.hidden if with_questions else np.ones(len(e.edition.questions), dtype=bool) for e in examples]
    features = list(_features(examples, hidden))
    columns = [share_columns(matrix, with_questions) for matrix in features]
    share = _learn_share(
        [(matrix, e.block) for matrix, e in zip(columns, examples, strict=True) if e.block is not None]
    )
    rows = []
    for place, example in enumerate(examples):
        shares = softmax(share(columns[place]))
        known = example.edition.known_words(example.query, int(shares.argmax()), hidden[place])
        apart = contrast.columns(
            example.query.vector, features[place], has_questions=with_questions, topic=topics[place]
        )
        answer = answer_columns(features[place], shares, known, with_questions)
        rows.append(np.concatenate([answer, apart]))
    answerable = np.array([e.block is not None for e in examples])
    return Weights(share, _learn_answerable(np.array(rows), answerable), THRESHOLD)


def _batched(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """itertools.batched, which Python 3.11 lacks."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _features(examples: Sequence[Example], hidden: Sequence[NDArray[np.bool_] | None]) -> Iterator[Floats]:
    """Yield every example's features; likeness to the written questions is computed for many at once."""
    pairs = zip(examples, hidden, strict=True)
    for _, of_edition in groupby(pairs, key=lambda pair: id(pair[0].edition)):
        for batch in _batched(of_edition, _BATCH):
            edition = batch[0][0].edition
            asked = edition.asked_likeness([example.query for example, _ in batch])
            for (example, unseen), likeness in zip(batch, asked, strict=True):
                yield edition.compute(example.query, unseen, likeness)


@dataclass(frozen=True, slots=True)
class Separation:
    """The plane between answerable and unanswerable questions, and each example's held-out side."""

    direction: NDArray[np.float32]
    offset: float
    held_out: Floats


def separation(examples: Sequence[Example]) -> Separation:
    """Return the plane that separates the examples' vectors; a question is never in both halves."""
    # Imported where it is needed, as below: it takes a second, and most runs of ingest learn nothing.
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import PredefinedSplit, cross_val_predict

    vectors = np.array([e.query.vector for e in examples])
    answerable = np.array([e.block is not None for e in examples])
    numbers: dict[int, int] = {}  # in order of appearance: an id itself is another in every run
    groups = [numbers.setdefault(id(e.query), len(numbers)) for e in examples]
    parts = np.random.default_rng(_SEED).permutation(len(numbers)) % FOLDS
    folds = PredefinedSplit(parts[groups])
    model = LogisticRegression(C=TOPIC_C, class_weight="balanced", max_iter=1000)
    held_out = cross_val_predict(model, vectors, answerable, cv=folds, method="decision_function")
    model.fit(vectors, answerable)
    return Separation(model.coef_[0].astype(np.float32), float(model.intercept_[0]), held_out)


def _learn_share(examples: Sequence[tuple[Floats, int]]) -> Linear:
    """Return the linear model whose softmax over a question's blocks gives the right one most."""
    from scipy.optimize import minimize

    width = examples[0][0].shape[1]
    sample = np.concatenate([columns for columns, _ in examples[::7]])
    means, scales = sample.mean(axis=0), sample.std(axis=0) + 1e-6
    chosen = np.zeros((len(examples), CANDIDATES, width), dtype=np.float32)
    absent = np.zeros((len(examples), CANDIDATES), dtype=np.float32)
    for row, (columns, block) in enumerate(examples):
        standard = (columns - means) / scales
        rough = standard.sum(axis=1)
        rough[block] = np.inf  # the right block comes first
        order = np.argsort(-rough)[:CANDIDATES]
        chosen[row, : len(order)] = standard[order]
        absent[row, len(order) :] = -1e9

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = chosen @ weights.astype(np.float32) + absent
        logits -= logits.max(axis=1, keepdims=True)
        grown = np.exp(logits)
        shares = grown / grown.sum(axis=1, keepdims=True)
        error = shares.copy()
        error[:, 0] -= 1.0
        gradient = np.einsum("nc,ncw->w", error, chosen) / len(chosen)
        value = -float(np.log(shares[:, 0] + 1e-12).mean()) + SHARE_PENALTY * float(weights @ weights)
        return value, np.asarray(gradient + 2 * SHARE_PENALTY * weights, dtype=np.float64)

    found = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return Linear(tuple(means.tolist()), tuple(scales.tolist()), tuple(found.x.tolist()))


def _learn_answerable(rows: Floats, answerable: NDArray[np.bool_]) -> Forest:
    """Return the forest of the probability that the guideline answers."""
    from sklearn.ensemble import ExtraTreesClassifier

    model = ExtraTreesClassifier(TREES, min_samples_leaf=LEAF, class_weight="balanced", random_state=_SEED)
    model.fit(rows, answerable)
    return _forest([tree.tree_ for tree in model.estimators_])


def _forest(trees: Sequence[Any]) -> Forest:
    """Return scikit-learn's trees as plain arrays."""
    roots = np.cumsum([0, *(tree.node_count for tree in trees[:-1])])
    leaf = np.concatenate([tree.children_left for tree in trees]) < 0

    def joined(name: str) -> NDArray[np.int32]:
        parts = [getattr(tree, name) + root for tree, root in zip(trees, roots, strict=True)]
        return np.where(leaf, 0, np.concatenate(parts)).astype(np.int32)

    features = np.concatenate([tree.feature for tree in trees])
    counts = np.concatenate([tree.value[:, 0, :] for tree in trees])
    return Forest(
        roots=roots.astype(np.int32),
        features=np.where(leaf, -1, features).astype(np.int32),
        thresholds=np.concatenate([tree.threshold for tree in trees]).astype(np.float64),
        left=joined("children_left"),
        right=joined("children_right"),
        values=(counts[:, 1] / counts.sum(axis=1)).astype(np.float64),
    )
