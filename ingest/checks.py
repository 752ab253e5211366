"""What must hold before anything is written: of the files, and of what was read from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.errors import CorpusError
from assistant.types import Block, Edition
from ingest.elements import Span, without_marks

_BYTE_ORDER_MARK = "\ufeff"


def read_text(path: Path, name: str) -> str:
    """Return a UTF-8 file's text, every line end as "\\n"; ``name`` is how errors call the file.

    Raises CorpusError for a file that is missing, empty or not UTF-8 text.
    """
    data = read_bytes(path, name)
    if not data.strip():
        raise CorpusError(name, None, "an empty file", "the text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} at offset {error.start}, which is not UTF-8"
        raise CorpusError(name, line, found, "UTF-8 text", "Save the file as UTF-8.") from error
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CorpusError(name, line, "a NUL byte", "text", "Save the file as UTF-8.")
    return text


def read_bytes(path: Path, name: str) -> bytes:
    """Return a file's bytes. Raises CorpusError if it isn't there or can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CorpusError(name, None, "no such file", "the file in the corpus folder") from error
    except OSError as error:
        raise CorpusError(name, None, f"an unreadable file ({error.strerror})", "a readable file") from error


def check_digest(path: Path, name: str, expected: str) -> None:
    """Raise CorpusError unless the file's SHA-256 is the expected one (64 hexadecimal digits)."""
    found = hashlib.sha256(read_bytes(path, name)).hexdigest()
    if found != expected.lower():
        raise CorpusError(
            name,
            None,
            f"SHA-256 {found}",
            f"{expected}, as in editions.toml",
            "Restore the file, or correct the digest if the source was replaced on purpose.",
        )


def check_edition(edition: Edition, furniture: Sequence[Span], file: str) -> None:
    """Check what was read against the text: every span, every id, and that no word was left out.

    ``furniture`` is what may be in no block (headings, captions, table headers). Raises
    CorpusError: these are faults of the parser that a strange file brought to light.
    """
    _check_spans(edition, file)
    _check_ids(edition, file)
    _check_nothing_lost(edition, furniture, file)


def _check_spans(edition: Edition, file: str) -> None:
    end = 0
    for section in edition.sections:
        if not end <= section.start < section.body_start <= section.end:
            raise _fault(edition, file, section.start, f"a broken span of section {section.anchor}")
        end = section.end
    end = 0
    for block in edition.blocks:
        if block.start < end or edition.text[block.start : block.end] != block.text or not block.passages:
            raise _fault(edition, file, block.start, f"a broken span of block {block.id}")
        end = block.end
        _check_passages(edition, block, file)


def _check_passages(edition: Edition, block: Block, file: str) -> None:
    end = block.start
    for passage in block.passages:
        inside = end <= passage.start < passage.end <= block.end
        if not inside or edition.text[passage.start : passage.end] != passage.text:
            raise _fault(edition, file, passage.start, f"a broken span of passage {passage.id}")
        end = passage.end


def _check_ids(edition: Edition, file: str) -> None:
    ids = [block.id for block in edition.blocks]
    ids += [passage.id for block in edition.blocks for passage in block.passages]
    if len(set(ids)) != len(ids):
        raise CorpusError(file, None, "an id given twice", "unique ids of blocks and passages")


def _check_nothing_lost(edition: Edition, furniture: Sequence[Span], file: str) -> None:
    covered = [(block.start, block.end) for block in edition.blocks] + list(furniture)
    for start, end in gaps(covered, len(edition.text)):
        gap = edition.text[start:end]
        if any(character.isalnum() for character in without_marks(gap)):
            raise _fault(edition, file, start, f'text in no block: "{gap.strip()[:60]}"')


def gaps(spans: Iterable[Span], length: int) -> list[Span]:
    """Return what the spans leave out of 0–length, in order."""
    left: list[Span] = []
    position = 0
    for start, end in sorted(spans):
        if start > position:
            left.append((position, start))
        position = max(position, end)
    if position < length:
        left.append((position, length))
    return left


def _fault(edition: Edition, file: str, offset: int, found: str) -> CorpusError:
    line = edition.text.count("\n", 0, offset) + 1
    return CorpusError(file, line, found, "every word in exactly one block")
