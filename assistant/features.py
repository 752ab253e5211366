"""What is known of each block in view of a question: the numbers that the ranker weighs.

Every question is compared with every block of the edition (about 130), exactly: with so few
vectors, brute force takes less than a millisecond and misses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.entries import BLOCK, PASSAGE
from assistant.lexicon import EditionLexicon
from assistant.searched import Entries, Lenders, WrittenQuestions, searched_blocks, written_questions
from assistant.types import Block, BlockKind, Edition

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Floats = NDArray[np.float64]

# Written questions' features first to last; they are absent where an edition has none.
QUESTION_FEATURES = ("q1", "q3", "mq1", "mq3", "bm_q1", "bm_q3")
ORPHAN = "orphan"  # 1 for a block without written questions in an edition that has some
TEXT_FEATURES = ("passage", "block", "m_passage", "m_block", "bm_block", "bm_passage", "cover")
KIND_FEATURES = ("reference", "footnote", "list", "row", "asking", "length", ORPHAN)
FEATURES = (*TEXT_FEATURES, *QUESTION_FEATURES, *KIND_FEATURES)
# For choosing a passage within a block (docs/retrieval.md).
ASKED_WEIGHT = 0.5
LEXICAL_WEIGHT = 0.1
KNOWN_COLUMNS = 6  # of known_words()
_TOP = 3
_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: its vector, the mapped vector and its weighted terms."""

    vector: Matrix
    mapped: Matrix
    terms: dict[str, float]
    words: tuple[dict[str, float], ...]  # the terms of each content word


class Groups:
    """Rows of a matrix that belong to blocks: their best, or the mean of their best three."""

    def __init__(self, owners: Sequence[int], blocks: int) -> None:
        counts = np.bincount(np.asarray(owners, dtype=np.int64), minlength=blocks)
        self.width = max(int(counts.max(initial=0)), _TOP)
        self._order = np.argsort(owners, kind="stable")
        self._filled = np.flatnonzero(counts)
        self._starts = (np.cumsum(counts) - counts)[self._filled]
        self._table = np.full((blocks, self.width), len(owners), dtype=np.int64)
        filled = np.zeros(blocks, dtype=np.int64)
        for row, owner in enumerate(owners):
            self._table[owner, filled[owner]] = row
            filled[owner] += 1

    def highest(self, values: Floats, floor: float) -> Floats:
        """Return each block's highest value, ``floor`` for a block without rows."""
        found = np.full(len(self._table), floor)
        if len(self._filled):
            found[self._filled] = np.maximum.reduceat(values[self._order], self._starts)
        return found

    def best(self, values: Floats, floor: float) -> tuple[Floats, Floats]:
        """Return each block's highest value and the mean of its highest three.

        Rows whose value is NaN are left out; a missing one counts as ``floor``.
        """
        padded = np.append(np.where(np.isnan(values), floor, values), floor)
        top = -np.partition(-padded[self._table], _TOP - 1, axis=1)[:, :_TOP]
        return top.max(axis=1), top.mean(axis=1)


class EditionFeatures:
    """One edition's texts and written questions, ready to be compared with a question."""

    def __init__(self, edition: Edition, index: Entries, lexicon: EditionLexicon, lenders: Lenders) -> None:
        """``lenders`` (see ``assistant.kinship``) are blocks of other editions that say the same.

        Raises IndexDamagedError for a lexicon of other texts.
        """
        self.blocks = searched_blocks(edition)
        self.place = {block.id: row for row, block in enumerate(self.blocks)}
        self.passages = tuple(p for b in self.blocks for p in b.passages)
        self._passage_rows = {p.id: row for row, p in enumerate(self.passages)}
        self._load_vectors(edition, index)
        self._take_questions(written_questions(edition, index, lenders))
        lexicon.check(len(self.blocks), len(self.passages), len(self.questions))
        self._lexicon = lexicon
        self._kinds = np.array([_kind_features(block) for block in self.blocks])

    def _load_vectors(self, edition: Edition, index: Entries) -> None:
        entries, vectors = index.stored(edition.id, PASSAGE)
        order = np.argsort([self._passage_rows[entry.id.removeprefix("passage:")] for entry in entries])
        self.passage_vectors = vectors[order]
        self._by_passage = Groups([self.place[p.block] for p in self.passages], len(self.blocks))
        entries, vectors = index.stored(edition.id, BLOCK)
        self.block_vectors = vectors[np.argsort([self.place[entry.target] for entry in entries])]

    def _take_questions(self, asked: WrittenQuestions) -> None:
        self.questions = list(zip(asked.blocks, asked.texts, strict=True))
        self.own_questions = len(asked.passages)
        self.question_vectors = asked.vectors
        blocks = [self.place[block] for block in asked.blocks]
        self.question_blocks = np.array(blocks, dtype=np.int64)
        self._by_question = Groups(blocks, len(self.blocks))
        self._question_passages = self._answering([self._passage_rows[p] for p in asked.passages])

    def _answering(self, named: Sequence[int]) -> NDArray[np.int64]:
        """Return the passage that each written question leads to, as a row of ``self.passages``.

        Where none is named (the index then names the block's first), it is the one most alike.
        """
        rows = np.zeros(len(self.questions), dtype=np.int64)
        for block in np.unique(self.question_blocks).tolist():
            places = np.flatnonzero(self.question_blocks == block)
            own = np.array([self._passage_rows[p.id] for p in self.blocks[block].passages])
            likeness = self.passage_vectors[own] @ self.question_vectors[places].T
            rows[places] = own[likeness.argmax(axis=0)]
        for place, passage in enumerate(named):
            first = self.blocks[int(self.question_blocks[place])].passages[0]
            if passage != self._passage_rows[first.id]:
                rows[place] = passage
        return rows

    def compute(
        self, query: Query, hidden: NDArray[np.bool_] | None = None, asked: Matrix | None = None
    ) -> Floats:
        """Return the (blocks × FEATURES) matrix; ``hidden`` written questions are not looked at.

        ``asked`` is the query's row of ``asked_likeness``, where that was computed for many at once.
        """
        orphans = self._orphans(hidden)
        asked = self.asked_likeness([query])[0] if asked is None else asked
        columns = [
            *self._text_columns(query), *self._question_columns(query, hidden, asked), *self._kinds.T, orphans
        ]  # fmt: skip
        return np.stack(columns, axis=1)

    def asked_likeness(self, queries: Sequence[Query]) -> Matrix:
        """Return (queries × 2 × written questions) cosines: of the vector as it is, and mapped."""
        vectors = np.stack([v for query in queries for v in (query.vector, query.mapped)])
        return (vectors @ self.question_vectors.T).reshape(len(queries), 2, len(self.questions))

    def known_words(self, query: Query, best: int, hidden: NDArray[np.bool_] | None = None) -> Floats:
        """Return how much of the question the edition knows: five shares and a length.

        The rarity-weighted share of its words that occur in the edition's texts, in its texts
        or written questions, in the block ``best`` or its written questions; the share of wholly
        unknown words; the highest rarity among them; the logarithm of the number of words.
        """
        texts = self._lexicon.blocks
        totals = np.zeros(4)
        unknown, rarest = 0, 0.0
        for terms in query.words:
            rarity = max((texts.idf(term) for term in terms), default=0.0)
            in_text = max((w for term, w in terms.items() if texts.knows(term)), default=0.0)
            asked = self._asked(terms, hidden)
            here = max((w for term, w in terms.items() if best in texts.rows(term)), default=0.0)
            either = max(in_text, float(bool(len(asked))))
            totals += rarity * np.array([1.0, in_text, either, max(here, float(best in asked))])
            unknown += either == 0.0
            rarest = max(rarest, rarity * (1.0 - either))
        shares = totals[1:] / (totals[0] or 1.0)
        count = max(len(query.words), 1)
        return np.array([*shares, unknown / count, rarest, np.log1p(len(query.words))])

    def _asked(self, terms: dict[str, float], hidden: NDArray[np.bool_] | None) -> set[int]:
        """Return the blocks whose written questions (not the hidden ones) hold one of the terms."""
        rows = [self._lexicon.questions.rows(term) for term, weight in terms.items() if weight >= 1.0]
        found = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
        if hidden is not None:
            found = found[~hidden[found]]
        return set(self.question_blocks[found].tolist())

    def passage_scores(self, query: Query) -> Floats:
        """Return one score per passage (of ``self.passages``), comparable within a block."""
        text = _likeness(self.passage_vectors, query)
        asked = np.full(len(self.passages), text.min(initial=1.0))
        if self.questions:
            np.maximum.at(asked, self._question_passages, _likeness(self.question_vectors, query))
        lexical = _normal(self._lexicon.passages.scores(query.terms))
        return np.asarray(text + ASKED_WEIGHT * asked + LEXICAL_WEIGHT * lexical)

    def passage_row(self, passage: str) -> int:
        """Return the place of a passage in ``self.passages``."""
        return self._passage_rows[passage]

    def _text_columns(self, query: Query) -> list[Floats]:
        raw = (self.passage_vectors @ query.vector).astype(np.float64)
        mapped = (self.passage_vectors @ query.mapped).astype(np.float64)
        bm_passage = self._lexicon.passages.scores(query.terms)
        return [
            self._by_passage.highest(raw, -1.0),
            (self.block_vectors @ query.vector).astype(np.float64),
            self._by_passage.highest(mapped, -1.0),
            (self.block_vectors @ query.mapped).astype(np.float64),
            _normal(self._lexicon.blocks.scores(query.terms)),
            _normal(self._by_passage.highest(bm_passage, 0.0)),
            self._coverage(query),
        ]

    def _coverage(self, query: Query) -> Floats:
        """Return the share of the question's terms, weighted by rarity, that each block holds."""
        weights = {term: weight * self._lexicon.blocks.idf(term) for term, weight in query.terms.items()}
        total = sum(weights.values()) or 1.0
        held = np.zeros(len(self.blocks))
        for term, weight in weights.items():
            held[self._lexicon.blocks.rows(term)] += weight
        return held / total

    def _orphans(self, hidden: NDArray[np.bool_] | None) -> Floats:
        seen = self.question_blocks if hidden is None else self.question_blocks[~hidden]
        if not len(seen):
            return np.zeros(len(self.blocks))
        return np.asarray(np.bincount(seen, minlength=len(self.blocks)) == 0, dtype=np.float64)

    def _question_columns(
        self, query: Query, hidden: NDArray[np.bool_] | None, asked: Matrix
    ) -> list[Floats]:
        if not self.questions or (hidden is not None and hidden.all()):
            return [np.zeros(len(self.blocks)) for _ in QUESTION_FEATURES]
        columns: list[Floats] = []
        for values, floor in zip(asked.astype(np.float64), (0.6, 0.0), strict=True):
            columns.extend(self._by_question.best(_masked(values, hidden), floor))
        lexical = _masked(self._lexicon.questions.scores(query.terms), hidden)
        top = float(np.nanmax(lexical, initial=0.0)) or 1.0
        columns.extend(self._by_question.best(lexical / top, 0.0))
        return columns


def _likeness(vectors: Matrix, query: Query) -> Floats:
    return np.asarray(0.5 * (vectors @ query.vector + vectors @ query.mapped), dtype=np.float64)


def _masked(values: Floats, hidden: NDArray[np.bool_] | None) -> Floats:
    return values if hidden is None else np.where(hidden, np.nan, values)


def _normal(scores: Floats) -> Floats:
    return scores / (float(scores.max(initial=0.0)) or 1.0)


def _kind_features(block: Block) -> list[float]:
    ends = _SENTENCE_END.findall(block.text)
    asking = ends.count("?") / len(ends) if ends else 0.0
    kinds = (BlockKind.REFERENCE, BlockKind.FOOTNOTE, BlockKind.LIST, BlockKind.TABLE_ROW)
    return [*(float(block.kind is kind) for kind in kinds), asking, float(np.log(len(block.text)) - 5.5)]
