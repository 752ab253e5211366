"""Finds the blocks that answer a question, best first, with the passage that answers best.

Dense and lexical likeness to the texts and to the written questions, weighed by a small learned
ranker. The calibrated score of the best hit also tells whether the guideline answers at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from assistant.contrast import CONTRAST_FILE, Contrast
from assistant.embedding import VectorModel
from assistant.entries import IndexEntry
from assistant.features import FEATURES, EditionFeatures, Query
from assistant.index import PassageIndex
from assistant.kinship import lenders
from assistant.leaning import STEERING_FILE, Leaning
from assistant.lexical import Analyzer
from assistant.lexicon import LEXICON_FILE, Lexicon
from assistant.query_map import MAP_FILE, apply_map, load_map
from assistant.ranker import (
    ANSWERABLE,
    RANKER_FILE,
    Ranker,
    answer_columns,
    default_ranker,
    share_columns,
    softmax,
)
from assistant.searched import Entries
from assistant.types import Block, Edition, Hit, Passage
from assistant.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Matrix = NDArray[np.float32]

# What asking for leave to share takes from the odds of an instruction; chosen on development questions,
# of whose honest sentences four instead of seven then have odds over 3.
_ASKS = 0.5
_LETTERS = re.compile(r"[^\W\d_]{3,}")

ABSTAIN_BELOW = "abstain_below"  # the hit feature that holds the threshold for it


# "enligt 2018 års vägledning", "i den gamla vägledningen från 2018": says which text to search,
# not what to look for, and would draw every question to the foreword.
_EDITION = re.compile(
    r"""[,;]?\s*\b(?:(?:enligt|i|från|ur)\s+)?(?:den\s+)?
    (?:(?:gamla|förra|tidigare|gällande|nya|nuvarande|20\d\d\s?(?:års)?|20\d\d-?års)\s+)+
    (?:vägled\w*|version\w*|utgåva\w*|dokument\w*|text\w*)(?:\s+(?:från|av)\s+(?:år\s+)?20\d\d)?
    |[,;]?\s*\b(?:enligt|i)\s+vägled\w*(?:\s+(?:från|av)\s+(?:år\s+)?20\d\d)?
    |[,;]?\s*\bvägled\w*\s+(?:från|av)\s+(?:år\s+)?20\d\d
    |[,;]?\s*\b(?:år\s+|från\s+|in\s+|the\s+)?20(?:18|24)\b(?:\s+guide\w*)?""",
    re.IGNORECASE | re.VERBOSE,
)


def without_edition(question: str) -> str:
    """Return the question without words that only say which edition is meant; itself if none is left."""
    rest = " ".join(_EDITION.sub(" ", question).split())
    return rest if len(_LETTERS.findall(rest)) >= 2 else question


class ReadOnce:
    """An index's editions and entries, each kind read once however many need it.

    ``read`` returns an edition's entries of a kind and their vectors: ``PassageIndex.written`` or ``stored``.
    """

    def __init__(
        self, editions: dict[str, Edition], read: Callable[[str, str], tuple[list[IndexEntry], Matrix]]
    ) -> None:
        self.editions = editions
        self.stored = cache(read)


def edition_features(index: Entries, lexicon: Lexicon) -> dict[str, EditionFeatures]:
    """Return every edition's features by its id. Raises IndexDamagedError for a lexicon of other texts."""
    editions = index.editions
    return {
        id_: EditionFeatures(edition, index, lexicon.editions[id_], lenders(edition, editions.values()))
        for id_, edition in editions.items()
    }


def make_query(
    question: str, vector: NDArray[np.float32], matrix: NDArray[np.float32], analyzer: Analyzer
) -> Query:
    """Return the question made ready for an edition's features."""
    words = tuple(analyzer.expand(word) for word in analyzer.content_words(question))
    return Query(vector, apply_map(matrix, vector), analyzer.terms(question), words)


class Retriever:
    """Searches one edition at a time. Safe from several threads."""

    def __init__(
        self,
        model: VectorModel,
        analyzer: Analyzer,
        editions: dict[str, EditionFeatures],
        ranker: Ranker,
        matrix: NDArray[np.float32],
        contrast: Contrast | None,
        leaning: Leaning | None = None,
        *,
        steering: Leaning | None = None,
    ) -> None:
        self._model = model
        self._analyzer = analyzer
        self._editions = editions
        self._ranker = ranker
        self._map = matrix
        self._contrast = contrast
        self._leaning = leaning
        self._steering = steering

    @classmethod
    def open(cls, index: PassageIndex, model: VectorModel, vocabulary: Vocabulary) -> Retriever:
        """Return a retriever over all editions of the index, with what ingest learned for it.

        An index without learned files gets the built-in weights, one without a lexicon makes it.
        Raises IndexDamagedError for files that aren't what ingest wrote.
        """
        read = ReadOnce(index.editions, index.written)
        folder = index.retrieval_dir
        if (folder.parent / LEXICON_FILE).exists():
            lexicon = Lexicon.load(folder.parent, list(index.editions), vocabulary)
        else:
            lexicon = Lexicon.build(read, vocabulary)
        analyzer, editions = lexicon.analyzer, edition_features(read, lexicon)
        if not any((folder / name).exists() for name in (RANKER_FILE, MAP_FILE, CONTRAST_FILE)):
            matrix = np.eye(model.dimension, dtype=np.float32)
            return cls(model, analyzer, editions, default_ranker(), matrix, None)
        contrast = Contrast.load(folder, model.dimension)
        matrix = load_map(folder, model.dimension)
        leaning = Leaning.load(folder, model.dimension)
        steering = Leaning.load(folder, model.dimension, STEERING_FILE)
        return cls(
            model, analyzer, editions, Ranker.load(folder), matrix, contrast, leaning, steering=steering
        )

    def search(self, question: str, edition: str, limit: int = 5) -> list[Hit]:
        """Return the blocks that most likely answer, best first, at most ``limit``.

        A hit's score is the probability that its block answers; its features also hold
        "answerable", the probability that the edition answers at all (the same for every hit).
        Raises KeyError for an edition that isn't indexed.
        """
        question = without_edition(question)
        vector = np.asarray(self._model.embed_query(question), dtype=np.float32)
        query = make_query(question, vector, self._map, self._analyzer)
        return self.rank(query, self._editions[edition], limit)

    def leaning(self, question: str) -> float | None:
        """Return the odds (logarithm) that a question asks for leave to share, None if unlearned."""
        if self._leaning is None:
            return None
        return self._leaning(np.asarray(self._model.embed_query(question), dtype=np.float32))

    def steering(self, sentences: Sequence[str]) -> Sequence[float]:
        """Return the odds (logarithm) that each sentence instructs the assistant to behave otherwise,
        0 where nothing was learned of it (``assistant.guard.Sounds``).

        What sounds like asking for leave to share ("berätta för bm, tillåtet?") sounds less like it.
        """
        if self._steering is None:
            return [0.0] * len(sentences)
        # One by one: they are remembered, and a whole question is embedded again to find its answer.
        rows = np.asarray([self._model.embed_query(one) for one in sentences], dtype=np.float32)
        asks = [self._leaning(row) if self._leaning is not None else 0.0 for row in rows]
        return [self._steering(row) - _ASKS * max(0.0, a) for row, a in zip(rows, asks, strict=True)]

    def rank(self, query: Query, texts: EditionFeatures, limit: int) -> list[Hit]:
        """Return the hits of a question that has been made ready."""
        has_questions = bool(texts.questions)
        weights = self._ranker.weights(has_questions)
        features = texts.compute(query)
        shares = softmax(weights.share(share_columns(features, has_questions)))
        order = np.argsort(-shares, kind="stable")[:limit]
        known = texts.known_words(query, int(order[0]) if len(order) else 0)
        columns = answer_columns(features, shares, known, has_questions)
        if self._contrast is not None:
            apart = self._contrast.columns(query.vector, features, has_questions=has_questions)
            columns = np.concatenate([columns, apart])
        answerable = weights.probability(columns)
        passages = texts.passage_scores(query)
        extra = {ANSWERABLE: answerable, ABSTAIN_BELOW: weights.threshold}
        return [
            Hit(
                texts.blocks[row],
                _best_passage(texts, texts.blocks[row], passages),
                answerable * float(shares[row]),
                dict(zip(FEATURES, features[row].tolist(), strict=True)) | extra,
            )
            for row in order
        ]

    def answerable(self, hits: list[Hit]) -> bool:
        """Tell whether the guideline answers the question that gave these hits."""
        return bool(hits) and hits[0].features[ANSWERABLE] >= hits[0].features[ABSTAIN_BELOW]


def _best_passage(texts: EditionFeatures, block: Block, scores: Floats) -> Passage:
    return max(block.passages, key=lambda passage: float(scores[texts.passage_row(passage.id)]))
