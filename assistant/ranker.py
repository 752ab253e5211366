"""Weighs the features of a question's blocks: which block answers, and does any?

A linear model, kept as plain numbers in ``ranker.json``, gives each block its share (a softmax over
the edition's blocks); a forest beside it says how likely it is that the guideline answers at all. A
hit's score is the product. Editions without written questions have weights of their own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import IndexDamagedError
from assistant.features import FEATURES, KIND_FEATURES, KNOWN_COLUMNS, QUESTION_FEATURES
from assistant.forest import Forest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ANSWERABLE = "answerable"  # the hit feature that holds the probability that the edition answers
RANKER_FILE = "ranker.json"
FOREST_FILE = "answerable-{}.npz"
WITH_QUESTIONS, TEXT_ONLY = "with_questions", "text_only"
_DEFAULT_Z = {
    "passage": 0.5,
    "block": 0.3,
    "q1": 0.2,
    "q3": 0.2,
    "bm_block": 0.4,
    "bm_passage": 0.4,
    "bm_q3": 0.2,
}


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over standardised columns."""

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float = 0.0

    def __call__(self, columns: Floats) -> Floats:
        """Return one value per row of ``columns``."""
        standard = (columns - np.array(self.means)) / np.array(self.scales)
        return np.asarray(standard @ np.array(self.weights) + self.bias)


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned for editions with written questions, or for those without."""

    share: Linear
    answerable: Forest | Linear  # a linear one gives logarithmic odds
    threshold: float  # of the probability that the guideline answers

    def probability(self, columns: Floats) -> float:
        """Return how likely the guideline answers the question that gave these ``answer_columns``."""
        value = float(self.answerable(columns))
        return value if isinstance(self.answerable, Forest) else float(1.0 / (1.0 + np.exp(-value)))


class Ranker:
    """The learned weights, by whether the edition has written questions."""

    def __init__(self, weights: dict[str, Weights]) -> None:
        self._weights = weights

    def weights(self, has_questions: bool) -> Weights:
        """Return the weights for an edition with or without written questions."""
        return self._weights[WITH_QUESTIONS if has_questions else TEXT_ONLY]

    def save(self, folder: Path) -> None:
        """Write ``ranker.json`` and a forest for each of its weights, which have to have one."""
        data = {}
        for name, weights in self._weights.items():
            if not isinstance(weights.answerable, Forest):
                raise TypeError(f"{name}: only learned weights are kept")
            data[name] = {"share": asdict(weights.share), "threshold": weights.threshold}
            weights.answerable.save(folder / FOREST_FILE.format(name))
        (folder / RANKER_FILE).write_text(json.dumps(data, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Ranker:
        """Return what ``save`` wrote. Raises IndexDamagedError if it isn't that."""
        path = folder / RANKER_FILE
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls({name: _weights(data[name], folder, name) for name in (WITH_QUESTIONS, TEXT_ONLY)})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                f"{path}: found {error!r}; expected the ranker's weights. Rebuild: python -m ingest --rebuild"
            ) from error


def _weights(data: dict[str, Any], folder: Path, name: str) -> Weights:
    forest = Forest.load(folder / FOREST_FILE.format(name))
    return Weights(_linear(data["share"]), forest, float(data["threshold"]))


def _linear(data: dict[str, Any]) -> Linear:
    means, scales, weights = (tuple(map(float, data[name])) for name in ("means", "scales", "weights"))
    if not len(means) == len(scales) == len(weights):
        raise ValueError("means, scales and weights of different lengths")
    return Linear(means, scales, weights, float(data["bias"]))


def share_columns(features: Floats, has_questions: bool) -> Floats:
    """Return the (blocks × columns) matrix of the first model: z-scores, places, kinds."""
    names = likeness_names(has_questions)
    likeness = features[:, [FEATURES.index(name) for name in names]]
    kinds = features[:, [FEATURES.index(name) for name in KIND_FEATURES]]
    z = (likeness - likeness.mean(axis=0)) / (likeness.std(axis=0) + 1e-6)
    places = np.argsort(np.argsort(-likeness, axis=0, kind="stable"), axis=0, kind="stable")
    return np.hstack([z, 1.0 / (1.0 + places), kinds])


def softmax(values: Floats) -> Floats:
    """Return shares that sum to one."""
    grown = np.exp(values - values.max())
    return np.asarray(grown / grown.sum())


def likeness_names(has_questions: bool) -> list[str]:
    """Return the features that say how alike question and block are, in order."""
    return [n for n in FEATURES if n not in KIND_FEATURES and (has_questions or n not in QUESTION_FEATURES)]


def answer_columns(features: Floats, shares: Floats, known: Floats, has_questions: bool) -> Floats:
    """Return the second model's row: the best block's features, the highest, how clear it leads, words."""
    order = np.argsort(-shares)[:3]
    columns = [FEATURES.index(name) for name in likeness_names(has_questions)]
    best, tops = features[order[0], columns], features[:, columns].max(axis=0)
    gap = shares[order[0]] - (shares[order[1]] if len(order) > 1 else 0.0)
    lead = [shares[order[0]], gap, float(shares[order].sum())]
    return np.concatenate([best, tops, lead, known])


def default_ranker() -> Ranker:
    """Return weights for an index that nothing was learned for: the plain sum of likenesses.

    Nothing is known then of what the guideline doesn't answer: the threshold lets most through.
    """
    return Ranker({name: _default_weights(name == WITH_QUESTIONS) for name in (WITH_QUESTIONS, TEXT_ONLY)})


def _default_weights(has_questions: bool) -> Weights:
    names = likeness_names(has_questions)
    size = len(names)
    shares = [_DEFAULT_Z.get(name, 0.0) for name in names] + [0.0] * (size + len(KIND_FEATURES))
    answers = [0.0] * (2 * size + 3 + KNOWN_COLUMNS)
    answers[2 * size + 3 + 1] = 6.0  # the share of the question's words that the edition knows
    return Weights(_plain(shares), _plain(answers, bias=-3.0), 0.2)


def _plain(weights: list[float], bias: float = 0.0) -> Linear:
    return Linear((0.0,) * len(weights), (1.0,) * len(weights), tuple(weights), bias)
