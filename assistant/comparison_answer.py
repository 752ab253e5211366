"""What changed between two editions, for questions such as "vad har ändrats om …"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import cite, cite_span
from assistant.comparison import BlockPair, Change, Comparison, SectionDiff, locate
from assistant.comparison_search import find_places
from assistant.guideline_answer import Composed
from assistant.links import COMPARISON
from assistant.plain import plain_text
from assistant.types import Block, Citation, Edition, Hit
from assistant.vocabulary import stem, tokenize
from assistant.word_diff import PieceKind

_SHOWN_PIECES = 6
_MAX_CHANGES = 2

NO_COUNTERPART = "Inget motsvarande stycke."
SAME_WORDS = "Orden är desamma i båda utgåvorna."
MORE_CHANGES = "Ytterligare {count} stycken i avsnittet skiljer sig åt. Se [hela jämförelsen]({address})."


def compose_change(
    question: str,
    older: Edition,
    newer: Edition,
    comparison: Comparison | None,
    diffs: Sequence[SectionDiff],
    hits: dict[str, list[Hit]],
) -> Composed:
    """Both editions' words side by side with both citations, and what was added or dropped.

    A change in substance that the question names, or that lies where it is answered, is told first.
    """
    places = find_places(question, diffs, hits)
    shown = places.in_order()
    near = shown + [h.block for e in hits for h in hits[e][:2]]
    changes = matching_changes(question, comparison, older, newer, near)
    told = _from_changes(changes, older, newer)
    lines = [told.text] if changes else []
    for pair in places.pairs:
        lines += [_shown(pair, newer, "gällande"), _shown(pair, older, "ersatt"), _differences(pair, newer)]
    if places.more:
        lines.append(MORE_CHANGES.format(count=places.more, address=COMPARISON))
    in_order = [cite(b) for b in shown]
    citations = _told_first(told.citations, in_order) if changes else tuple(in_order)
    return Composed("\n\n".join(filter(None, lines)), citations)


def _told_first(told: tuple[Citation, ...], shown: list[Citation]) -> tuple[Citation, ...]:
    """Whole blocks stand for the quotes that they hold."""
    kept = [c for c in told if not any(_holds(s, c) for s in shown)]
    return (*shown[:1], *kept, *shown[1:]) if shown else told


def _holds(outer: Citation, inner: Citation) -> bool:
    return outer.edition == inner.edition and outer.start <= inner.start and inner.end <= outer.end


def matching_changes(
    question: str,
    comparison: Comparison | None,
    older: Edition,
    newer: Edition,
    near: Sequence[Block],
) -> list[Change]:
    """The changes in substance that the question's words name and that lie where it answers."""
    if comparison is None:
        return []
    words = {t.lower for t in tokenize(question)}
    stems = {stem(w) for w in words} | words
    scored = []
    for i, change in enumerate(comparison.changes):
        named = sum(len(k.split()) for k in change.keywords if _says(k, stems, words))
        lies = any(_lies_in(q, older, near) for q in change.older) or any(
            _lies_in(q, newer, near) for q in change.newer
        )
        if named and (lies or named > 1):
            scored.append((named + lies, -i, change))
    best = sorted(scored, key=lambda s: s[:2], reverse=True)
    return [c for score, _, c in best if score == best[0][0]][:_MAX_CHANGES]


def _lies_in(quote: str, edition: Edition, blocks: Sequence[Block]) -> bool:
    found = locate(edition, quote)
    return found is not None and any(
        b.edition == edition.id and b.start <= found.start < b.end for b in blocks
    )


def _says(keyword: str, stems: set[str], words: set[str]) -> bool:
    parts = [t.lower for t in tokenize(keyword)]
    return all(p in words or stem(p) in stems for p in parts)


def _from_changes(changes: list[Change], older: Edition, newer: Edition) -> Composed:
    lines: list[str] = []
    citations: list[Citation] = []
    for change in changes:
        lines.append(f"**{change.title}** {change.explanation}")
        for edition, quotes, word in ((newer, change.newer, "gällande"), (older, change.older, "ersatt")):
            for quote in quotes:
                found = locate(edition, quote)
                if found is None:
                    continue
                block = next(b for b in edition.blocks if b.start <= found.start < b.end)
                citations.append(cite_span(edition, block, found.start, found.end))
                lines.append(f"{edition.id} ({word}): ”{_flat(quote)}”")
    return Composed("\n\n".join(lines), tuple(citations))


def _shown(pair: BlockPair, edition: Edition, word: str) -> str:
    """One edition's side of a place, or that it has none."""
    blocks = [block for block in (*pair.newer, *pair.older) if block.edition == edition.id]
    if not blocks:
        return f"**{edition.id} ({word}):** {NO_COUNTERPART}"
    heading = f"**{edition.id} ({word}), {' › '.join(blocks[0].section)}:**"
    return "\n\n".join([heading, *(f"> {_flat(block.text)}" for block in blocks)])


def _differences(pair: BlockPair, newer: Edition) -> str:
    """What was added and dropped; "" where one edition has no counterpart."""
    if not (pair.older and pair.newer):
        return ""
    parts = []
    for kind, word in ((PieceKind.ADDED, "Tillagt"), (PieceKind.REMOVED, "Borttaget")):
        texts = [p.text.strip() for p in pair.pieces if p.kind is kind]
        texts = [t for t in texts if any(c.isalnum() for c in t)]
        if texts:
            longest = sorted(texts, key=len, reverse=True)[:_SHOWN_PIECES]
            parts.append(f"{word} i {newer.id}: " + "; ".join(f"”{_flat(t)}”" for t in longest) + ".")
    return "\n\n".join(parts) or SAME_WORDS


def _flat(markdown: str) -> str:
    return plain_text(markdown).replace("\n", " ").strip()
