"""One edition's Markdown text → its sections, blocks and passages, and the lines of Tabell 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import CorpusError
from assistant.plain import table_cells
from assistant.types import Block, Section
from ingest.elements import Element, ElementKind, FootnoteMark, Span, read_elements
from ingest.passages import StructureWords, is_caption, is_consent_table, section_blocks
from ingest.sections import Source, read_sections


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of Tabell 1 as printed: its cells are verbatim and trimmed."""

    number: int  # from 1
    line: int
    cells: tuple[str, ...]
    passage: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is read from one edition's Markdown."""

    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    footnotes: dict[str, str]  # printed mark → block id
    consent_rows: tuple[TableRow, ...]
    caption: Span  # of Tabell 1
    furniture: tuple[Span, ...]  # text that is in no block: headings, captions, table headers, marks


def parse_document(
    text: str, *, edition: str, file: str, pages: Mapping[str, int], words: StructureWords
) -> Document:
    """Read an edition's Markdown; ``file`` names it in errors.

    Raises CorpusError (file, line, found, expected) for broken headings, tables or footnotes, for
    unsupported Markdown, and when Tabell 1 is missing or stands there twice.
    """
    source = Source(edition, file, text)
    elements, marks = read_elements(text, file)
    sections = read_sections(source, elements, pages)
    _check_tables(source, elements)
    table = _consent_table(source, elements, words)
    blocks: list[Block] = []
    footnotes: dict[str, str] = {}
    for section in sections:
        own = [e for e in elements if section.body_start <= e.start < section.end]
        section_own, notes = section_blocks(source, section, own, words)
        _check_footnotes_unique(source, own, footnotes)
        blocks += section_own
        footnotes |= notes
    _check_marks(source, marks, footnotes)
    return Document(
        sections=tuple(sections),
        blocks=tuple(blocks),
        footnotes=footnotes,
        consent_rows=_consent_rows(source, elements[table], blocks),
        caption=(elements[table - 1].start, elements[table - 1].end),
        furniture=_furniture(text, elements, words),
    )


def _furniture(text: str, elements: Sequence[Element], words: StructureWords) -> tuple[Span, ...]:
    """Return the spans of headings, captions, table headers with their rule, and footnotes' marks."""
    spans: list[Span] = []
    for index, element in enumerate(elements):
        if element.kind is ElementKind.HEADING or is_caption(text, elements, index, words):
            spans.append((element.start, element.end))
        elif element.kind is ElementKind.TABLE:
            rows = element.parts[1:]
            spans.append((element.start, rows[0][0] if rows else element.end))
        elif element.kind is ElementKind.FOOTNOTE:
            spans.append((text.rindex("[^", 0, element.start), element.start))
    return tuple(spans)


def _consent_table(source: Source, elements: Sequence[Element], words: StructureWords) -> int:
    """Return the index of Tabell 1 among the elements."""
    found = [i for i in range(len(elements)) if is_consent_table(source.text, elements, i, words)]
    if len(found) == 1:
        return found[0]
    if found:
        line = elements[found[1]].line
        raise CorpusError(source.file, line, f"a second {words.consent_table}", "one")
    for element in elements:
        if element.kind is ElementKind.PARAGRAPH and source.text.startswith(
            f"{words.consent_table}:", element.start
        ):
            raise CorpusError(
                source.file,
                element.line,
                f'the caption "{source.text[element.start : element.end]}" without a table under it',
                "a table with a header line, a rule (| --- | --- | --- |) and its rows",
            )
    raise CorpusError(
        source.file,
        None,
        f"no {words.consent_table}",
        f'the caption "{words.consent_table}: …" and its table',
    )


def _check_tables(source: Source, elements: Sequence[Element]) -> None:
    """Refuse a row that has another number of cells than its header, or that stands outside a table."""
    for element in elements:
        if element.kind is ElementKind.PARAGRAPH and source.text.startswith("|", element.start):
            raise CorpusError(
                source.file,
                element.line,
                "a line with table bars that belongs to no table",
                "header, rule and rows directly under each other, with equally many cells",
            )
        if element.kind is not ElementKind.TABLE:
            continue
        expected = len(_cells(source.text, element.parts[0]))
        for number, span in enumerate(element.parts[1:], start=1):
            cells = len(_cells(source.text, span))
            if cells != expected:
                line = source.text.count("\n", 0, span[0]) + 1
                found = f"{cells} {'cell' if cells == 1 else 'cells'} in table row {number}"
                raise CorpusError(source.file, line, found, f"{expected} cells")


def _cells(text: str, span: Span) -> tuple[str, ...]:
    return table_cells(text[span[0] : span[1]])


def _consent_rows(source: Source, table: Element, blocks: Sequence[Block]) -> tuple[TableRow, ...]:
    passages = {block.start: block.passages[0].id for block in blocks if block.table_row is not None}
    rows = [
        TableRow(
            number, source.text.count("\n", 0, start) + 1, _cells(source.text, (start, end)), passages[start]
        )
        for number, (start, end) in enumerate(table.parts[1:], start=1)
    ]
    if not rows:
        raise CorpusError(source.file, table.line, "a table without rows", "the rows of Tabell 1")
    return tuple(rows)


def _check_footnotes_unique(source: Source, elements: Sequence[Element], known: Mapping[str, str]) -> None:
    seen = set(known)
    for element in elements:
        if element.kind is ElementKind.FOOTNOTE:
            if element.label in seen:
                found = f"a second footnote [^{element.label}]"
                raise CorpusError(source.file, element.line, found, "each footnote mark defined once")
            seen.add(element.label)


def _check_marks(source: Source, marks: Sequence[FootnoteMark], footnotes: Mapping[str, str]) -> None:
    for mark in marks:
        if mark.label not in footnotes:
            raise CorpusError(
                source.file,
                mark.line,
                f"the footnote mark [^{mark.label}] without a footnote",
                f'a line "[^{mark.label}]: …" in the same file',
            )
