"""The lexical side of the index: made at ingest, only read at start.

To cut all texts and written questions into words, stem and weigh them takes as long as all else that
a start does; to read the result takes a tenth of that.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.entries import QUESTION
from assistant.errors import IndexDamagedError
from assistant.kinship import lenders
from assistant.lexical import BM25, Analyzer, dictionary, pack, unpack
from assistant.plain import plain_text
from assistant.searched import Entries, searched_blocks, written_questions
from assistant.types import Edition
from assistant.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEXICON_FILE = "lexicon.npz"
_PARTS = BLOCKS, PASSAGES, QUESTIONS = ("blocks", "passages", "questions")
_PATH_IN_BLOCK, _PATH_IN_PASSAGE = 0.5, 0.25  # what a word of the headings above counts


@dataclass(frozen=True, slots=True)
class EditionLexicon:
    """BM25 over an edition's searched blocks, their passages and its written questions, in order."""

    blocks: BM25
    passages: BM25
    questions: BM25

    def check(self, blocks: int, passages: int, questions: int) -> None:
        """Raise IndexDamagedError unless it was made of as many."""
        found, expected = (
            (self.blocks.size, self.passages.size, self.questions.size),
            (blocks, passages, questions),
        )
        if found != expected:
            raise IndexDamagedError(
                f"{LEXICON_FILE}: found {found} blocks, passages and questions; expected {expected}. "
                "Rebuild: python -m ingest --rebuild"
            )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How words are analysed, and every edition's BM25 by its id."""

    analyzer: Analyzer
    editions: dict[str, EditionLexicon]

    @classmethod
    def build(cls, index: Entries, vocabulary: Vocabulary) -> Lexicon:
        """Return the lexicon of everything that the index holds."""
        texts = [plain_text(edition.text) for edition in index.editions.values()]
        texts += [entry.text for edition in index.editions for entry in index.stored(edition, QUESTION)[0]]
        analyzer = Analyzer(dictionary(texts), vocabulary)
        return cls(analyzer, {id_: _edition(e, index, analyzer) for id_, e in index.editions.items()})

    def save(self, folder: Path) -> None:
        """Write ``lexicon.npz`` (1 MB)."""
        arrays = {"words": pack(self.analyzer.stems), "stems": pack(self.analyzer.stems.values())}
        for id_, edition in self.editions.items():
            for part in _PARTS:
                bm25: BM25 = getattr(edition, part)
                arrays |= {f"{id_}/{part}/{name}": array for name, array in bm25.arrays().items()}
        np.savez_compressed(folder / LEXICON_FILE, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, folder: Path, editions: Sequence[str], vocabulary: Vocabulary) -> Lexicon:
        """Return what ``save`` wrote. Raises IndexDamagedError if it isn't that."""
        path = folder / LEXICON_FILE
        try:
            with np.load(path, allow_pickle=False) as stored:
                arrays = dict(stored.items())
            stems = dict(zip(unpack(arrays["words"]), unpack(arrays["stems"]), strict=True))
            found = {id_: EditionLexicon(*(_bm25(arrays, id_, part) for part in _PARTS)) for id_ in editions}
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise IndexDamagedError(
                f"{path}: found {error!r}; expected the index's words. Rebuild: python -m ingest --rebuild"
            ) from error
        return cls(Analyzer(stems, vocabulary), found)


def _bm25(arrays: Mapping[str, NDArray[Any]], edition: str, part: str) -> BM25:
    names = ("size", "terms", "counts", "rows", "weights")
    return BM25.from_arrays({name: arrays[f"{edition}/{part}/{name}"] for name in names})


def _edition(edition: Edition, index: Entries, analyzer: Analyzer) -> EditionLexicon:
    blocks = searched_blocks(edition)
    paths = {block.id: analyzer.terms(" ".join(block.section)) for block in blocks}
    asked = written_questions(edition, index, lenders(edition, index.editions.values()))
    passages = [(passage, block) for block in blocks for passage in block.passages]
    return EditionLexicon(
        BM25.of([_joined(_terms(b.text, analyzer), paths[b.id], _PATH_IN_BLOCK) for b in blocks]),
        BM25.of([_joined(_terms(p.text, analyzer), paths[b.id], _PATH_IN_PASSAGE) for p, b in passages]),
        BM25.of([analyzer.terms(text) for text in asked.texts]),
    )


def _terms(text: str, analyzer: Analyzer) -> dict[str, float]:
    return analyzer.terms(plain_text(text))


def _joined(text: dict[str, float], path: dict[str, float], weight: float) -> dict[str, float]:
    return {term: text.get(term, 0.0) + weight * path.get(term, 0.0) for term in {**text, **path}}
