"""Which blocks of two editions say the same: their written questions serve both."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from assistant.plain import plain_text
from assistant.types import Block, BlockKind, Edition

# Below this, paragraphs of 2018 and 2024 that share a sentence but not the matter begin.
SAME = 80.0
MIN_LETTERS = 60  # shorter ones ("25 and 26 kap. OSL") are alike by chance


def lenders(edition: Edition, others: Iterable[Edition]) -> dict[tuple[str, str], str]:
    """Return (other edition's id, its block's id) -> the block of ``edition`` that says the same."""
    mine = _texts(edition)
    found: dict[tuple[str, str], str] = {}
    for other in others:
        if other.id == edition.id:
            continue
        for block, text in _texts(other).items():
            best = process.extractOne(text, mine, scorer=fuzz.ratio, score_cutoff=SAME)
            if best is not None:
                found[other.id, block] = best[2]
    return found


def _texts(edition: Edition) -> dict[str, str]:
    return {
        block.id: plain_text(block.text).lower()
        for block in edition.blocks
        if _compared(block) and len(block.text) >= MIN_LETTERS
    }


def _compared(block: Block) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.FOOTNOTE, BlockKind.TABLE_ROW)
