"""The written questions of an edition, one by one, as they go into the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError
from assistant.types import BlockKind, Edition
from ingest.faq import load_faq


@dataclass(frozen=True, slots=True)
class Question:
    """A written question and what answers it; ``passage`` is the block's first where none is named."""

    text: str
    block: str
    passage: str


def load_questions(corpus_dir: Path, edition: Edition) -> tuple[Question, ...]:
    """Return the edition's written questions in the file's order, none if there is no file.

    Raises CorpusError as ``load_faq`` does, and for a question that its block already has.
    """
    first = {block.id: block.passages[0].id for block in edition.blocks}
    found: dict[tuple[str, str], Question] = {}
    for line in load_faq(corpus_dir, edition):
        for text in line.questions:
            if (line.block, text) in found:
                name = f"faq/{edition.id}.jsonl"
                raise CorpusError(
                    name, None, f'"{text}" twice for {line.block}', "each question once a block"
                )
            found[line.block, text] = Question(text, line.block, line.passage or first[line.block])
    return tuple(found.values())


def blocks_without_questions(edition: Edition, questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the ids of the indexed blocks that no written question leads to, in text order."""
    asked = {question.block for question in questions}
    return tuple(
        block.id
        for block in edition.blocks
        if block.kind is not BlockKind.HEADING_LIST and block.id not in asked
    )
