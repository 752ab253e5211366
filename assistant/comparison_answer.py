"""What changed between two editions, for questions such as "vad har ändrats om …"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing import cite, cite_span
from assistant.comparison import Change, Comparison, SectionDiff, locate
from assistant.guideline_answer import Composed
from assistant.plain import plain_text
from assistant.types import Block, Citation, Edition, Hit
from assistant.vocabulary import stem, tokenize
from assistant.word_diff import PieceKind

_SHOWN_PIECES = 6
_MAX_CHANGES = 2
_CLEARLY = 0.25  # so much surer of the older edition's place than of the newer one's


def compose_change(
    question: str,
    older: Edition,
    newer: Edition,
    comparison: Comparison | None,
    diffs: Sequence[SectionDiff],
    hits: dict[str, list[Hit]],
) -> Composed:
    """Both editions' words side by side with both citations, and what was added or dropped.

    The blocks that answer the question in each edition are set against each other; a change in
    substance that the question names, or that lies in those blocks, is told first.
    """
    pairs = _pairs(older, newer, diffs, hits)
    shown = [block for pair in pairs for block in pair]
    near = shown + [h.block for e in hits for h in hits[e][:2]]
    changes = matching_changes(question, comparison, older, newer, near)
    told = _from_changes(changes, older, newer)
    lines = [told.text] if changes else []
    for new, old in pairs:
        lines += [_shown(new, "gällande"), _shown(old, "ersatt"), _differences(new, old, diffs)]
    in_order = [cite(b) for b in shown]
    citations = _told_first(told.citations, in_order) if changes else tuple(in_order)
    return Composed("\n\n".join(filter(None, lines)), citations)


def _told_first(told: tuple[Citation, ...], shown: list[Citation]) -> tuple[Citation, ...]:
    """Whole blocks stand for the quotes that they hold."""
    kept = [c for c in told if not any(_holds(s, c) for s in shown)]
    return (*shown[:1], *kept, *shown[1:]) if shown else told


def _holds(outer: Citation, inner: Citation) -> bool:
    return outer.edition == inner.edition and outer.start <= inner.start and inner.end <= outer.end


def _pairs(
    older: Edition, newer: Edition, diffs: Sequence[SectionDiff], hits: dict[str, list[Hit]]
) -> list[tuple[Block, Block]]:
    """(newer, older) blocks to set side by side: the best hit of the edition that answers best
    with its counterpart, and the other edition's best hit where that is another place."""
    new, old = hits[newer.id][0], hits[older.id][0]
    pairs = [(new.block, _counterpart(new.block, diffs) or old.block)]
    if pairs[0][1] != old.block:
        pairs.append((_counterpart(old.block, diffs) or new.block, old.block))
    if len(pairs) > 1 and _answerable(old) > _answerable(new) + _CLEARLY:
        pairs.reverse()
    return pairs


def _answerable(hit: Hit) -> float:
    return hit.features.get("answerable", hit.score)


def _counterpart(block: Block, diffs: Sequence[SectionDiff]) -> Block | None:
    for diff in diffs:
        for pair in diff.pairs:
            for mine, others in ((pair.newer, pair.older), (pair.older, pair.newer)):
                if block in mine:
                    return others[0] if others else None
    return None


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


def _shown(block: Block, word: str) -> str:
    return f"**{block.edition} ({word}), {' › '.join(block.section)}:**\n\n> {_flat(block.text)}"


def _differences(new: Block, old: Block, diffs: Sequence[SectionDiff]) -> str:
    """What was added and dropped between two blocks that correspond; "" if they don't."""
    pair = next((p for d in diffs for p in d.pairs if new in p.newer and old in p.older), None)
    if pair is None:
        return ""
    parts = []
    for kind, word in ((PieceKind.ADDED, "Tillagt"), (PieceKind.REMOVED, "Borttaget")):
        texts = [p.text.strip() for p in pair.pieces if p.kind is kind]
        texts = [t for t in texts if any(c.isalnum() for c in t)]
        if texts:
            longest = sorted(texts, key=len, reverse=True)[:_SHOWN_PIECES]
            parts.append(f"{word} i {new.edition}: " + "; ".join(f"”{_flat(t)}”" for t in longest) + ".")
    return "\n\n".join(parts) or "Orden är desamma i båda utgåvorna."


def _flat(markdown: str) -> str:
    return plain_text(markdown).replace("\n", " ").strip()
