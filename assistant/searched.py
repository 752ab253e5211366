"""What of an edition is searched: its blocks, their passages, and written questions, its own and lent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.entries import QUESTION, IndexEntry
from assistant.types import Block, BlockKind, Edition

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

Lenders = Mapping[tuple[str, str], str]  # see assistant.kinship


class Entries(Protocol):
    """What search needs of ``assistant.index.PassageIndex``."""

    editions: dict[str, Edition]

    def stored(self, edition: str, kind: str, /) -> tuple[list[IndexEntry], Matrix]: ...


@dataclass(frozen=True, slots=True)
class WrittenQuestions:
    """An edition's written questions: its own first, then those that other editions lend it."""

    blocks: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Matrix
    passages: tuple[str, ...]  # the passage that each of its own leads to


def searched_blocks(edition: Edition) -> tuple[Block, ...]:
    """Return the edition's blocks but lists of headings, in order."""
    return tuple(block for block in edition.blocks if block.kind is not BlockKind.HEADING_LIST)


def written_questions(edition: Edition, index: Entries, lenders: Lenders) -> WrittenQuestions:
    """Return the questions that lead to the edition's blocks."""
    own, vectors = index.stored(edition.id, QUESTION)
    found = [(entry.target, entry.text) for entry in own]
    parts = [vectors]
    known = {block.id for block in searched_blocks(edition)}
    for other in sorted({lender for lender, _ in lenders}):
        theirs, foreign = index.stored(other, QUESTION)
        lent = [(row, lenders.get((other, entry.target))) for row, entry in enumerate(theirs)]
        rows = [row for row, target in lent if target in known]
        found += [(str(lent[row][1]), theirs[row].text) for row in rows]
        parts.append(foreign[rows])
    return WrittenQuestions(
        tuple(block for block, _ in found),
        tuple(text for _, text in found),
        np.concatenate(parts),
        tuple(entry.passage for entry in own),
    )
