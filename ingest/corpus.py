"""The corpus folder → the editions, read and checked. Nothing is written here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import CorpusError
from assistant.types import Edition, EditionStatus
from ingest.checks import check_digest, check_edition, read_text
from ingest.consent_table import TableWords, read_consent_table
from ingest.parsing import Document, parse_document
from ingest.passages import StructureWords
from ingest.sections import PATH_SEPARATOR

Model = TypeVar("Model", bound=BaseModel)

EDITIONS_FILE = "editions.toml"
WORDS_FILE = "table_words.toml"

_FileName = Annotated[str, Field(pattern=r"^\w[\w.-]*(/\w[\w.-]*)*$")]
_EDITION_HEADER = re.compile(r"^\s*\[\[\s*edition\s*\]\]", re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")


class EditionEntry(BaseModel):
    """One ``[[edition]]`` of editions.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z-]*$")
    title: str = Field(min_length=1)
    year: int = Field(ge=1900, le=2999)
    publishers: tuple[str, ...] = Field(min_length=1)
    status: EditionStatus
    markdown: _FileName
    source: _FileName
    source_sha256: str = Field(pattern=r"^[0-9A-Fa-f]{64}$")
    pages: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)


class _EditionsFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    edition: tuple[EditionEntry, ...] = Field(min_length=1)


class _Structure(BaseModel):
    model_config = ConfigDict(extra="forbid")

    contents: tuple[str, ...]
    references: tuple[str, ...]
    consent_table: str = Field(min_length=1)


def load_corpus(corpus_dir: Path) -> tuple[Edition, ...]:
    """Return all editions of the folder, the one in force first, then the others, newest first.

    Reads editions.toml, table_words.toml, each edition's Markdown, and its raw source's digest.
    Raises CorpusError for the first fault, with file, line, what was found and expected.
    """
    entries = read_entries(corpus_dir)
    structure, words = read_words(corpus_dir)
    ordered = sorted(entries, key=lambda entry: (entry.status is not EditionStatus.IN_FORCE, -entry.year))
    return tuple(load_edition(corpus_dir, entry, structure, words) for entry in ordered)


def read_entries(corpus_dir: Path) -> tuple[EditionEntry, ...]:
    """Return the entries of editions.toml in the file's order.

    Raises CorpusError for missing, unknown or wrong keys, an id used twice, not exactly one
    edition in force, and a Markdown edition in the folder that no entry names.
    """
    text = read_text(corpus_dir / EDITIONS_FILE, EDITIONS_FILE)
    starts = [text.count("\n", 0, match.end()) + 1 for match in _EDITION_HEADER.finditer(text)]

    def line_of(location: Sequence[int | str]) -> int | None:
        number = next((part for part in location if isinstance(part, int)), None)
        return starts[number] if number is not None and number < len(starts) else None

    entries = _validated(_EditionsFile, _toml(text, EDITIONS_FILE), EDITIONS_FILE, line_of).edition
    _check_entries(entries, starts)
    _check_all_listed(corpus_dir, entries)
    return entries


def read_words(corpus_dir: Path) -> tuple[StructureWords, TableWords]:
    """Return the words of table_words.toml. Raises CorpusError if the file is broken."""
    data = _toml(read_text(corpus_dir / WORDS_FILE, WORDS_FILE), WORDS_FILE)
    structure = _validated(_Structure, data.pop("structure", {}), WORDS_FILE)
    words = _validated(TableWords, data, WORDS_FILE)
    return StructureWords(structure.contents, structure.references, structure.consent_table), words


def load_edition(
    corpus_dir: Path, entry: EditionEntry, structure: StructureWords, words: TableWords
) -> Edition:
    """Return one edition, read and checked. Raises CorpusError."""
    check_digest(corpus_dir / entry.source, entry.source, entry.source_sha256)
    text = read_text(corpus_dir / entry.markdown, entry.markdown)
    document = parse_document(text, edition=entry.id, file=entry.markdown, pages=entry.pages, words=structure)
    _check_pages(corpus_dir, entry, document)
    edition = Edition(
        id=entry.id,
        title=entry.title,
        year=entry.year,
        publishers=entry.publishers,
        status=entry.status,
        text=text,
        sections=document.sections,
        blocks=document.blocks,
        consent_table=read_consent_table(document.consent_rows, words, edition=entry.id, file=entry.markdown),
        footnotes=document.footnotes,
    )
    check_edition(edition, document.furniture, entry.markdown)
    return edition


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        raise CorpusError(name, int(line[1]) if line else None, str(error), "valid TOML") from error


def _validated(
    model: type[Model],
    data: object,
    name: str,
    line_of: Callable[[Sequence[int | str]], int | None] = lambda _: None,
) -> Model:
    """Return the data as the model. Raises CorpusError for the first key that doesn't fit."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        found = f"{key} = {first['input']!r}"
        if first["type"] == "missing":
            found = f"no key {key}"
        elif first["type"] == "extra_forbidden":
            found = f"the unknown key {key}"
        raise CorpusError(name, line_of(first["loc"]), found, first["msg"]) from error


def _check_entries(entries: Sequence[EditionEntry], starts: Sequence[int]) -> None:
    seen: set[str] = set()
    for entry, line in zip(entries, starts, strict=False):
        if entry.id in seen:
            raise CorpusError(EDITIONS_FILE, line, f'a second edition "{entry.id}"', "each id once")
        seen.add(entry.id)
    in_force = [
        (entry.id, line)
        for entry, line in zip(entries, starts, strict=False)
        if entry.status is EditionStatus.IN_FORCE
    ]
    expected = 'exactly one with status = "in_force"'
    if not in_force:
        raise CorpusError(EDITIONS_FILE, None, "no edition in force", expected)
    if len(in_force) > 1:
        ids = " and ".join(edition for edition, _ in in_force)
        raise CorpusError(EDITIONS_FILE, in_force[1][1], f"two editions in force ({ids})", expected)


def _check_pages(corpus_dir: Path, entry: EditionEntry, document: Document) -> None:
    """Refuse a page for a section that the edition doesn't have, such as one whose heading is gone."""
    known = {PATH_SEPARATOR.join(section.path) for section in document.sections}
    for path in entry.pages:
        if path not in known:
            lines = (corpus_dir / EDITIONS_FILE).read_text(encoding="utf-8").splitlines()
            line = next((n for n, text in enumerate(lines, start=1) if f'"{path}"' in text), None)
            found = f'a page for "{path}", which is no section of edition {entry.id}'
            expected = f'headings as in {entry.markdown}, joined with "{PATH_SEPARATOR}"'
            raise CorpusError(EDITIONS_FILE, line, found, expected)


def _check_all_listed(corpus_dir: Path, entries: Sequence[EditionEntry]) -> None:
    """Refuse an edition's file that was put into the folder but not into editions.toml."""
    listed = {entry.markdown for entry in entries}
    for path in sorted(corpus_dir.glob("[0-9][0-9][0-9][0-9]*.md")):
        if path.name not in listed:
            expected = f'an [[edition]] with markdown = "{path.name}" in {EDITIONS_FILE}'
            raise CorpusError(path.name, None, "a file that is no known edition", expected)
