"""An edition and its written questions → the texts that are embedded and can be found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from assistant.entries import IndexEntry
from assistant.plain import plain_text
from assistant.serialise import editions_to_json
from assistant.types import BlockKind, Edition
from ingest.questions import Question

_PATH = " › "


@dataclass(frozen=True, slots=True)
class EditionSource:
    """One edition as it goes into the index."""

    edition: Edition
    questions: tuple[Question, ...]


def entries_of(source: EditionSource) -> list[IndexEntry]:
    """Return the edition's blocks, passages and questions in text order; no table of contents."""
    return [*_texts(source.edition), *_questions(source)]


def content_digest(sources: Sequence[EditionSource]) -> str:
    """Return the SHA-256 over everything that the sources bring into the index."""
    total = hashlib.sha256(editions_to_json(tuple(source.edition for source in sources)).encode())
    total.update(
        json.dumps([asdict(question) for source in sources for question in source.questions]).encode()
    )
    return total.hexdigest()


def _texts(edition: Edition) -> Iterator[IndexEntry]:
    for block in edition.blocks:
        if block.kind is BlockKind.HEADING_LIST:
            continue
        path = _PATH.join(block.section)
        first = block.passages[0].id
        yield IndexEntry(f"block:{block.id}", "block", block.id, first, f"{path}: {plain_text(block.text)}")
        for passage in block.passages:
            text = f"{path}: {plain_text(passage.text)}"
            yield IndexEntry(f"passage:{passage.id}", "passage", block.id, passage.id, text)


def _questions(source: EditionSource) -> Iterator[IndexEntry]:
    numbers: dict[str, int] = {}
    for asked in source.questions:
        numbers[asked.block] = number = numbers.get(asked.block, 0) + 1
        id_ = f"question:{asked.block}:{number}"
        yield IndexEntry(id_, "question", asked.block, asked.passage, asked.text)
