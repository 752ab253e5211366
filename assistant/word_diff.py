"""The words that were added to a text and removed from it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TINY_ISLAND = 2  # so few unchanged words between two changes are drawn into them
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class PieceKind(StrEnum):
    """What happened to a piece of text from the older to the newer edition."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that was kept, added or removed."""

    kind: PieceKind
    text: str


def word_diff(older: str, newer: str) -> tuple[Piece, ...]:
    """Return the pieces that turn the older text into the newer, word by word.

    Kept and removed pieces joined are the older text, kept and added ones the newer, white
    space apart (its changes aren't shown). A word or two between changes counts as changed.
    """
    a, b = _TOKEN.findall(older), _TOKEN.findall(newer)
    matcher = SequenceMatcher(None, _spaces_alike(a), _spaces_alike(b), autojunk=False)
    opcodes = [(tag != "equal", a[i1:i2], b[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]
    pieces: list[Piece] = []
    for changed, before, after in _without_islands(opcodes):
        if not changed:
            pieces.append(Piece(PieceKind.KEPT, "".join(after)))
            continue
        if before:
            pieces.append(Piece(PieceKind.REMOVED, "".join(before)))
        if after:
            pieces.append(Piece(PieceKind.ADDED, "".join(after)))
    return tuple(pieces)


def _spaces_alike(tokens: Iterable[str]) -> list[str]:
    return [" " if token.isspace() else token for token in tokens]


_Run = tuple[bool, list[str], list[str]]


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Merge runs of changes that only a space or a few words separate."""
    merged: list[_Run] = []
    for place, (changed, before, after) in enumerate(runs):
        is_inner = 0 < place < len(runs) - 1
        words = sum(token[0].isalnum() for token in after)
        joins = not changed and is_inner and words <= _TINY_ISLAND and not _ends_sentence(after)
        now_changed = changed or joins
        if merged and merged[-1][0] and now_changed:
            merged[-1] = (True, merged[-1][1] + before, merged[-1][2] + after)
        else:
            merged.append((now_changed, list(before), list(after)))
    return merged


def _ends_sentence(tokens: Iterable[str]) -> bool:
    return any(token in ".?!" or "\n" in token for token in tokens)
