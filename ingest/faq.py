"""``corpus/faq``: the written questions, which block each leads to, and those without an answer.

``<edition>.jsonl``, and any ``<edition>-….jsonl`` beside it, has lines ``{"block": id, "passage":
id, "questions": [...]}``; "passage" may be left out or null, and a block may have several lines.
``unanswerable.jsonl`` has lines ``{"question": ..., "kind": "near" | "foreign"}``: questions that
no edition answers. ``sharing.jsonl`` has lines ``{"question": ..., "sharing": true | false}``: whether
a question asks for leave to share something about a family, or only sounds like it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.errors import CorpusError
from assistant.types import BlockKind, Edition
from ingest.checks import read_text

UNANSWERABLE = "faq/unanswerable.jsonl"
SHARING = "faq/sharing.jsonl"
INSTRUCTIONS = "faq/instructions.jsonl"
_Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Model = TypeVar("_Model", bound=BaseModel)


class FaqLine(BaseModel):
    """One line: the questions that a block answers, and the passage in it if one passage does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    block: str
    passage: str | None = None
    questions: tuple[_Question, ...] = Field(min_length=1)


class _Unanswerable(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: _Question
    kind: Literal["near", "foreign"]


class SharingLine(BaseModel):
    """One line: a question, and whether it asks for leave to share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: _Question
    sharing: bool


class InstructionLine(BaseModel):
    """One line: a sentence, and whether it instructs the assistant to behave otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: _Question
    instruction: bool


def load_faq(corpus_dir: Path, edition: Edition) -> tuple[FaqLine, ...]:
    """Return the lines of the edition's files, () if it has none: ``2024.jsonl``, then ``2024-….jsonl``.

    Raises CorpusError with file and line for anything that isn't such a line, an unknown block,
    the table of contents, and a passage that isn't the block's.
    """
    passages = {
        block.id: {passage.id for passage in block.passages}
        for block in edition.blocks
        if block.kind is not BlockKind.HEADING_LIST
    }
    lines = []
    for name in _files(corpus_dir, edition.id):
        for number, line in _read(corpus_dir, name, FaqLine):
            if line.block not in passages:
                raise CorpusError(name, number, f'block "{line.block}"', f"a block of edition {edition.id}")
            if line.passage is not None and line.passage not in passages[line.block]:
                raise CorpusError(name, number, f'passage "{line.passage}"', f'a passage of "{line.block}"')
            lines.append(line)
    return tuple(lines)


def _files(corpus_dir: Path, edition: str) -> list[str]:
    more = sorted((corpus_dir / "faq").glob(f"{edition}-*.jsonl"))
    return [f"faq/{edition}.jsonl", *(f"faq/{path.name}" for path in more)]


def load_unanswerable(corpus_dir: Path) -> tuple[str, ...]:
    """Return the questions of unanswerable.jsonl, () if there is none. Raises CorpusError."""
    return tuple(line.question for _, line in _read(corpus_dir, UNANSWERABLE, _Unanswerable))


def load_sharing(corpus_dir: Path) -> tuple[SharingLine, ...]:
    """Return the lines of sharing.jsonl, () if there is none. Raises CorpusError."""
    return tuple(line for _, line in _read(corpus_dir, SHARING, SharingLine))


def load_instructions(corpus_dir: Path) -> tuple[InstructionLine, ...]:
    """Return the lines of instructions.jsonl, () if there is none. Raises CorpusError."""
    return tuple(line for _, line in _read(corpus_dir, INSTRUCTIONS, InstructionLine))


def _read(corpus_dir: Path, name: str, model: type[_Model]) -> list[tuple[int, _Model]]:
    """Return the file's lines with their numbers, [] if there is no such file."""
    path = corpus_dir / name
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(read_text(path, name).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append((number, model.model_validate_json(line)))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            keys = ", ".join(model.model_fields)
            raise CorpusError(
                name, number, f"{place} {first['msg']}".strip(), f"an object with {keys}"
            ) from error
    return found
