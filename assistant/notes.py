"""The guideline's sentences that stand beside a consent answer, found by their first words.

``corpus/notes.toml`` names them per edition; a later edition without entries simply shows fewer.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from assistant.errors import CorpusError
from assistant.types import Edition, Passage


class Notes:
    """Topic → passage, per edition."""

    def __init__(self, passages: dict[tuple[str, str], Passage]) -> None:
        self._passages = passages

    @classmethod
    def load(cls, path: Path, editions: dict[str, Edition]) -> Notes:
        """The notes of a file; CorpusError when an entry doesn't begin exactly one passage."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
            raise CorpusError(str(path), None, str(exc), "a readable TOML file in UTF-8") from exc
        found: dict[tuple[str, str], Passage] = {}
        for topic, beginnings in data.items():
            for edition_id, beginning in beginnings.items():
                if edition_id in editions:
                    found[topic, edition_id] = _only(editions[edition_id], beginning, topic, path)
        return cls(found)

    def get(self, topic: str, edition: str) -> Passage | None:
        """The passage of a topic in an edition, or None where the edition has none."""
        return self._passages.get((topic, edition))


def _only(edition: Edition, beginning: str, topic: str, path: Path) -> Passage:
    hits = [p for b in edition.blocks for p in b.passages if p.text.startswith(beginning)]
    if len(hits) != 1:
        raise CorpusError(
            str(path),
            None,
            f"[{topic}] {edition.id}: {len(hits)} passages beginning {beginning!r}",
            "exactly one",
            "Copy the first words of the sentence from the edition.",
        )
    return hits[0]
