"""What the comparison page shows: titles, links and pieces, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparison import (
    BlockPair,
    Change,
    Comparison,
    SectionDiff,
    compare_editions,
    locate,
)
from assistant.links import address
from assistant.types import Block, Citation, Edition, Section
from assistant.word_diff import Piece, PieceKind

_FIRST_WORDS = 70  # characters of an unchanged paragraph that its fold-out shows


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote of a change with where it stands."""

    text: str
    where: str
    address: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change in substance with its quotes."""

    change: Change
    older: tuple[QuoteView, ...]
    newer: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two corresponding places: the pieces of each side, and links to them."""

    older: tuple[Piece, ...]
    newer: tuple[Piece, ...]
    older_address: str  # "" where the edition has no such text
    newer_address: str
    is_unchanged: bool
    first_words: str


@dataclass(frozen=True, slots=True)
class DiffView:
    """Corresponding sections under one heading."""

    anchor: str
    title: str
    older: tuple[tuple[str, str], ...]  # title and address of each section
    newer: tuple[tuple[str, str], ...]
    pairs: tuple[PairView, ...]
    changed: int


def change_views(comparison: Comparison, older: Edition, newer: Edition) -> list[ChangeView]:
    """Return the changes in substance, each quote with its place."""
    return [
        ChangeView(change, _quotes(older, change.older), _quotes(newer, change.newer))
        for change in comparison.changes
    ]


def diff_views(older: Edition, newer: Edition, comparison: Comparison | None) -> list[DiffView]:
    """Return all sections of both editions, paired."""
    diffs = compare_editions(older, newer, comparison)
    return [_diff_view(number, diff) for number, diff in enumerate(diffs, start=1)]


def _quotes(edition: Edition, quotes: Sequence[str]) -> tuple[QuoteView, ...]:
    views = []
    for quote in quotes:
        span = locate(edition, quote)
        if span is not None:  # load_comparisons has checked that it is there
            row = next((b.table_row for b in edition.blocks if b.start <= span.start < b.end), None)
            path = span.section.path
            where = " › ".join(path) + (f", Tabell 1 rad {row}" if row else "")
            citation = Citation(edition.id, path, "", quote, span.start, span.end, table_row=row)
            views.append(QuoteView(quote, where, address(citation)))
    return tuple(views)


def _diff_view(number: int, diff: SectionDiff) -> DiffView:
    title = (diff.newer or diff.older)[0].path[-1]
    return DiffView(
        anchor=f"avsnitt-{number}",
        title=title,
        older=_titles(diff.older),
        newer=_titles(diff.newer),
        pairs=tuple(_pair_view(pair) for pair in diff.pairs),
        changed=sum(not pair.is_unchanged for pair in diff.pairs),
    )


def _titles(sections: Sequence[Section]) -> tuple[tuple[str, str], ...]:
    return tuple((section.path[-1], address(section)) for section in sections)


def _pair_view(pair: BlockPair) -> PairView:
    text = "".join(piece.text for piece in pair.pieces)
    cut = text[:_FIRST_WORDS].rsplit(" ", 1)[0] + " …" if len(text) > _FIRST_WORDS else text
    return PairView(
        older=tuple(piece for piece in pair.pieces if piece.kind is not PieceKind.ADDED),
        newer=tuple(piece for piece in pair.pieces if piece.kind is not PieceKind.REMOVED),
        older_address=_first_address(pair.older),
        newer_address=_first_address(pair.newer),
        is_unchanged=pair.is_unchanged,
        first_words=cut.replace("\n", " "),
    )


def _first_address(blocks: Sequence[Block]) -> str:
    return address(blocks[0]) if blocks else ""
