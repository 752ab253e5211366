"""What differs between two editions: sections side by side, words added and removed. Pure.

Which sections correspond and what changed in substance is data (``corpus/comparison.toml``,
read by ``comparison_file``); sections that it doesn't name are paired by equal headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.plain import plain_text
from assistant.types import Block, Edition, Section
from assistant.word_diff import Piece, PieceKind, word_diff

SectionPath = tuple[str, ...]

SIMILAR_ENOUGH = 0.35  # share of common words from which two blocks are versions of one another
_SPLIT_SHARE = 0.7  # share of a lone block's words from which it is part of a split or joined one


@dataclass(frozen=True, slots=True)
class BlockPair:
    """Blocks of both editions that correspond, or one that stands in one edition only.

    Mostly one of each; more where a paragraph was split or several were joined.
    """

    older: tuple[Block, ...]
    newer: tuple[Block, ...]
    pieces: tuple[Piece, ...]  # of the blocks' plain text, both editions interleaved

    @property
    def is_unchanged(self) -> bool:
        """Tell whether both editions say the same in the same words."""
        return all(piece.kind is PieceKind.KEPT for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """Sections that correspond, as block pairs in the newer edition's order."""

    older: tuple[Section, ...]
    newer: tuple[Section, ...]
    pairs: tuple[BlockPair, ...]


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A verbatim quote of an edition, found in its text."""

    section: Section
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change in substance. Quotes stand word for word in their edition's text.

    ``only_words`` are words of the quoting edition that the other one has nowhere: they prove
    "står inte längre" and "är nytt".
    """

    id: str
    title: str  # Swedish
    explanation: str  # Swedish
    keywords: tuple[str, ...]  # lower-case words of a question that this change answers
    older: tuple[str, ...]
    newer: tuple[str, ...]
    only_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What corpus/comparison.toml says about two editions."""

    older: str
    newer: str
    groups: tuple[tuple[tuple[SectionPath, ...], tuple[SectionPath, ...]], ...]
    changes: tuple[Change, ...]


def compare_editions(
    older: Edition, newer: Edition, comparison: Comparison | None = None
) -> tuple[SectionDiff, ...]:
    """Return every section of both editions exactly once, in the newer edition's order.

    Sections without text of their own are left out. Groups of the older edition only come
    after the group that precedes them there.
    """
    groups = _groups(older, newer, comparison)
    diffs = [SectionDiff(o, n, _pair_blocks(_blocks(older, o), _blocks(newer, n))) for o, n in groups]
    return tuple(diff for diff in diffs if diff.pairs)


def locate(edition: Edition, quote: str) -> QuotedSpan | None:
    """Return where a quote stands, None if the edition doesn't say it word for word."""
    start = edition.text.find(quote)
    if start < 0:
        return None
    section = next((s for s in edition.sections if s.start <= start < s.end), None)
    return QuotedSpan(section, quote, start, start + len(quote)) if section else None


def _groups(
    older: Edition, newer: Edition, comparison: Comparison | None
) -> list[tuple[tuple[Section, ...], tuple[Section, ...]]]:
    """Return the groups of corresponding sections, those that nobody named paired by heading."""
    older_by_path = {section.path: section for section in older.sections}
    newer_by_path = {section.path: section for section in newer.sections}
    groups: list[tuple[tuple[Section, ...], tuple[Section, ...]]] = []
    for older_paths, newer_paths in comparison.groups if comparison else ():
        groups.append(
            (
                tuple(older_by_path.pop(path) for path in older_paths),
                tuple(newer_by_path.pop(path) for path in newer_paths),
            )
        )
    by_heading = {_heading(section): section for section in older_by_path.values()}
    for section in newer_by_path.values():
        match = by_heading.pop(_heading(section), None)
        groups.append(((match,) if match else (), (section,)))
    groups += [((section,), ()) for section in by_heading.values()]
    return sorted(groups, key=lambda group: _place(group, older, newer))


def _place(
    group: tuple[tuple[Section, ...], tuple[Section, ...]], older: Edition, newer: Edition
) -> tuple[float, float]:
    """Return a sort key: the newer edition's order; what only the older has by its share of the text."""
    if group[1]:
        return group[1][0].start / len(newer.text), 0.0
    return group[0][0].start / len(older.text), 1.0


def _heading(section: Section) -> str:
    return " › ".join(re.sub(r"^[\d.\s]+|[.:\s]+$", "", heading).casefold() for heading in section.path)


def _blocks(edition: Edition, sections: Sequence[Section]) -> list[Block]:
    spans = [(section.start, section.end) for section in sections]
    return [block for block in edition.blocks if any(s <= block.start < e for s, e in spans)]


_Indices = tuple[list[int], list[int]]  # of the older and the newer blocks of one pair


def _pair_blocks(older: Sequence[Block], newer: Sequence[Block]) -> tuple[BlockPair, ...]:
    """Pair the blocks that are versions of one another, the most alike first; the rest stay alone.

    In the newer edition's order; a block of the older one alone follows its predecessor there.
    """
    pairs: list[_Indices] = [([old], [new]) for new, old in _partners(older, newer).items()]
    _join_split_blocks(pairs, older, newer)
    in_pairs_old = {index for pair in pairs for index in pair[0]}
    in_pairs_new = {index for pair in pairs for index in pair[1]}
    pairs += [([], [index]) for index in range(len(newer)) if index not in in_pairs_new]
    ordered = sorted(pairs, key=lambda pair: pair[1][0])
    for index in range(len(older)):
        if index not in in_pairs_old:
            before = [at for at, pair in enumerate(ordered) if index - 1 in pair[0]]
            ordered.insert(before[0] + 1 if before else 0, ([index], []))
    return tuple(_pair([older[i] for i in sorted(o)], [newer[i] for i in sorted(n)]) for o, n in ordered)


def _join_split_blocks(pairs: list[_Indices], older: Sequence[Block], newer: Sequence[Block]) -> None:
    """Add each block left alone to the pair whose other side says what it says (split or joined)."""
    for side, own, other in ((1, newer, older), (0, older, newer)):
        paired = {index for pair in pairs for index in pair[side]}
        for index in (i for i in range(len(own)) if i not in paired and own[i].table_row is None):
            words = _words(own[index])
            best = max(pairs, key=lambda pair: _unmatched_share(words, pair, side, own, other), default=None)
            if best is not None and _unmatched_share(words, best, side, own, other) >= _SPLIT_SHARE:
                best[side].append(index)


def _unmatched_share(
    words: Counter[str], pair: _Indices, side: int, own: Sequence[Block], other: Sequence[Block]
) -> float:
    """Return the share of the words that the pair's other side has and its own side hasn't yet."""
    there = sum((_words(other[index]) for index in pair[1 - side]), Counter[str]())
    here = sum((_words(own[index]) for index in pair[side]), Counter[str]())
    return (words & (there - here)).total() / words.total() if words else 0.0


def _partners(older: Sequence[Block], newer: Sequence[Block]) -> dict[int, int]:
    """Return which older block (index) belongs to which newer one: {newer: older}."""
    words_of_older = [_words(block) for block in older]
    scores = []
    for new, block in enumerate(newer):
        words = _words(block)
        for old, other in enumerate(words_of_older):
            score = _similarity(other, words)
            if _may_pair(older[old], block) and (score >= SIMILAR_ENOUGH or block.table_row is not None):
                scores.append((-score, abs(new - old), new, old))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, new, old in sorted(scores):
        if new not in partner and old not in taken:
            partner[new] = old
            taken.add(old)
    return partner


def _may_pair(older: Block, newer: Block) -> bool:
    """Rows of Tabell 1 pair by their number, everything else with its own kind of text."""
    return older.table_row == newer.table_row


@lru_cache(maxsize=1024)
def _words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", plain_text(text).casefold()))


def _words(block: Block) -> Counter[str]:
    return _words_of(block.text)


def _similarity(a: Counter[str], b: Counter[str]) -> float:
    """Return the share of words that two texts have in common (Dice, 0-1)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _pair(older: Sequence[Block], newer: Sequence[Block]) -> BlockPair:
    before, after = (_joined_text(blocks) for blocks in (older, newer))
    if older and newer:
        pieces = word_diff(before, after)
    else:
        pieces = (Piece(PieceKind.REMOVED, before) if older else Piece(PieceKind.ADDED, after),)
    return BlockPair(tuple(older), tuple(newer), pieces)


def _joined_text(blocks: Sequence[Block]) -> str:
    return "\n".join(plain_text(block.text) for block in blocks)
