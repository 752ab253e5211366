"""Passage or block → citation: the verbatim quote, its span and where it stands."""

from __future__ import annotations

from assistant.types import Block, Citation, Edition, Passage


def label(edition: str, section: tuple[str, ...], page: int | None, table_row: int | None) -> str:
    """ "Vägledning 2024, Sekretess › Huvudman, Tabell 1 rad 2 (s. 19)"."""
    text = f"Vägledning {edition}, {' › '.join(section)}"
    if table_row is not None:
        text += f", Tabell 1 rad {table_row}"
    return f"{text} (s. {page})" if page is not None else text


def cite(unit: Passage | Block) -> Citation:
    """The citation of a passage or of a whole block."""
    return Citation(
        edition=unit.edition,
        section=unit.section,
        label=label(unit.edition, unit.section, unit.page, unit.table_row),
        quote=unit.text,
        start=unit.start,
        end=unit.end,
        page=unit.page,
        table_row=unit.table_row,
    )


def cite_span(edition: Edition, block: Block, start: int, end: int) -> Citation:
    """The citation of a part of a block, ``edition.text[start:end]``."""
    return Citation(
        edition=block.edition,
        section=block.section,
        label=label(block.edition, block.section, block.page, block.table_row),
        quote=edition.text[start:end],
        start=start,
        end=end,
        page=block.page,
        table_row=block.table_row,
    )


def cite_row(edition: Edition, number: int) -> Citation:
    """The citation of a row of Tabell 1."""
    block = next(b for b in edition.blocks if b.table_row == number)
    return cite(block)


def unique(citations: list[Citation]) -> tuple[Citation, ...]:
    """The citations in order, each place once."""
    return tuple({(c.edition, c.start, c.end): c for c in reversed(citations)}.values())[::-1]
