"""What can be found of an edition: its passages, its blocks, and the questions written for them.

Chroma holds the first two, which are searched (``assistant.index``). Written questions, eight times as
many, are compared one and all, so they lie in a file of their own, their vectors in ``vectors.npz``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import IndexDamagedError
from assistant.manifest import REBUILD

KINDS = PASSAGE, BLOCK, QUESTION = ("passage", "block", "question")
SEARCHED = (PASSAGE, BLOCK)  # in Chroma
QUESTIONS_FILE = "questions.json"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One text that can be found: a passage, a block, or a written question to a block."""

    id: str
    kind: str  # one of KINDS
    target: str  # id of the block that it leads to
    passage: str  # id of the passage; the block's first one for blocks and questions
    text: str  # what was embedded


def save_questions(path: Path, entries: Mapping[str, Sequence[IndexEntry]]) -> None:
    """Write the questions among every edition's entries, in their order."""
    rows = {
        edition: [[e.id, e.target, e.passage, e.text] for e in found if e.kind == QUESTION]
        for edition, found in entries.items()
    }
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def load_questions(path: Path) -> dict[str, tuple[IndexEntry, ...]]:
    """Return every edition's questions. Raises IndexDamagedError if the file isn't what ``save`` writes."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {str(edition): tuple(_entry(*row) for row in questions) for edition, questions in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IndexDamagedError(f"{path}: can't be read ({error}). {REBUILD}") from error


def _entry(id_: str, target: str, passage: str, text: str) -> IndexEntry:
    return IndexEntry(id_, QUESTION, target, passage, text)
