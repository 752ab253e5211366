"""Which parts of two editions a question about changes is about. Pure.

A question that names a section, or Tabell 1, is about all of it; any other about the places where
both editions together answer it best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.comparison import BlockPair, SectionDiff
from assistant.types import Block, BlockKind, Hit, Section
from assistant.vocabulary import stem, tokenize

_PLACES = 4  # shown of a question that names no section
_PLACES_OF_SECTION = 6
_NEARLY = 0.05  # of the best place's score, from which another place is shown too
_LISTS = (BlockKind.REFERENCE, BlockKind.HEADING_LIST)  # what points elsewhere is no change
# Words of a question that don't say what it is about; stems.
_ABOUT_NOTHING = frozenset(
    stem(word)
    for word in """vad hur vilka vilken vilket är det som i om för på av och den de har nu att finns står
    avsnittet avsnitt kapitlet kapitel stycket delen texten innehållet beskrivs beskrivningen regler reglerna
    kring gäller när en ett till mellan utgåvorna något nåt någonting vägledningen med va e
    nytt ny nya nyheter sedan sen jämfört""".split()
)
_TABLE_WORDS = frozenset(stem(word) for word in "tabell tabellen tabellraden rad raden rader".split())


@dataclass(frozen=True, slots=True)
class Places:
    """Block pairs to set side by side, best first, and how many more of the section differ.

    ``score`` is how well a block (by its id) answers, 0 for those that it doesn't hold.
    """

    pairs: tuple[BlockPair, ...]
    score: Mapping[str, float]
    more: int = 0

    def in_order(self) -> list[Block]:
        """Return the blocks as they are to be cited: pair by pair, the newer edition's best first."""
        return [
            block
            for pair in self.pairs
            for side in (pair.newer, pair.older)
            for block in sorted(side, key=lambda b: -self.score.get(b.id, 0.0))
        ]


def find_places(question: str, diffs: Sequence[SectionDiff], hits: Mapping[str, Sequence[Hit]]) -> Places:
    """Return the places that a question about changes is about.

    ``hits`` are each edition's, best first; a place's score is what both editions' blocks have.
    """
    score = {hit.block.id: hit.score for found in hits.values() for hit in found}
    stems = {stem(token.lower) for token in tokenize(question) if token.lower[:1].isalpha()} - _ABOUT_NOTHING
    pairs = [pair for diff in diffs for pair in diff.pairs if not _only(pair, _LISTS)]
    of_section = _named(stems, diffs, [pair for pair in pairs if not _only(pair, (BlockKind.FOOTNOTE,))])
    if of_section:
        changed = [p for p in of_section if not p.is_unchanged]
        ordered = _ordered(changed or of_section, score)
        if stems & _TABLE_WORDS:  # a row that only one edition has is what is new
            ordered.sort(key=lambda pair: bool(pair.older and pair.newer))
        return Places(tuple(ordered[:_PLACES_OF_SECTION]), score, max(len(changed) - _PLACES_OF_SECTION, 0))
    ordered = _ordered(pairs, score)
    enough = _NEARLY * _score(ordered[0], score)
    return Places(tuple(p for p in ordered[:_PLACES] if _score(p, score) >= enough), score)


def _named(stems: set[str], diffs: Sequence[SectionDiff], pairs: Sequence[BlockPair]) -> list[BlockPair]:
    """The pairs of the section, or of Tabell 1's rows, that the question names; none otherwise."""
    if stems & _TABLE_WORDS:
        rows = [p for p in pairs if any(b.table_row is not None for b in _blocks(p))]
        rest = stems - _TABLE_WORDS
        lone = [p for p in rows if not (p.older and p.newer)]
        return [*lone, *(p for p in rows if p not in lone)] if not rest else []
    named = [s for diff in diffs for s in (*diff.newer, *diff.older) if _is_about(stems, s)]
    return [p for p in pairs if any(_stands_in(b, s) for b in _blocks(p) for s in named)]


def _is_about(stems: set[str], section: Section) -> bool:
    """Whether the question's words are those of the section's heading; one word less of a chapter's."""
    heading = {stem(t.lower) for t in tokenize(section.path[-1]) if t.lower[:1].isalpha()} - _ABOUT_NOTHING
    spare = 1 if len(section.path) == 1 else 0  # "kvalitetsarbetet": "Systematiskt kvalitetsarbete"
    return bool(stems) and stems <= heading and len(heading) - len(stems) <= spare


def _stands_in(block: Block, section: Section) -> bool:
    """Whether the block stands in the section, or in one below it."""
    return block.edition == section.edition and block.section[: len(section.path)] == section.path


def _ordered(pairs: Sequence[BlockPair], score: Mapping[str, float]) -> list[BlockPair]:
    return sorted(pairs, key=lambda pair: -_score(pair, score))


def _score(pair: BlockPair, score: Mapping[str, float]) -> float:
    return sum(max((score.get(b.id, 0.0) for b in side), default=0.0) for side in (pair.older, pair.newer))


def _blocks(pair: BlockPair) -> Iterable[Block]:
    return (*pair.newer, *pair.older)


def _only(pair: BlockPair, kinds: Sequence[BlockKind]) -> bool:
    return all(block.kind in kinds for block in _blocks(pair))
