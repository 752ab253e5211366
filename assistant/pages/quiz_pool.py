"""The items that the quiz's pages draw from, and where each one's answer stands in the reader."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from assistant.links import edition_address, row_anchor
from assistant.quiz import Item
from assistant.quiz_check import item_pool
from assistant.quiz_export import source_label
from assistant.quiz_scenarios import FOLDER, read_folder
from assistant.types import Edition

_log = logging.getLogger(__name__)
_State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a page shows of an item's source."""

    label: str
    quote: str
    cells: tuple[str, ...]  # the row's three cells; empty if it isn't a row
    address: str


class QuizPool:
    """The pool, read again when a scenario file has changed, so that a trainer sees it at once."""

    def __init__(self, editions: Mapping[str, Edition], in_force: str, corpus_dir: Path) -> None:
        self._editions = editions
        self._in_force = in_force
        self._corpus_dir = corpus_dir
        self._lock = Lock()
        self._read: tuple[_State, tuple[Item, ...]] | None = None

    def items(self) -> tuple[Item, ...]:
        """Return all items. Faulty scenarios are left out, and logged once."""
        state = self._state()
        with self._lock:
            if self._read is None or self._read[0] != state:
                entries, complaints = read_folder(self._corpus_dir)
                for complaint in complaints:
                    _log.warning("%s", complaint)
                self._read = (state, item_pool(entries, self._editions, self._in_force))
            return self._read[1]

    def source(self, item: Item) -> SourceView:
        """Return an item's source with its address in the reader, the quote marked there."""
        edition = self._editions[item.edition]
        row = item.source.table_row
        cells = next((each.cells for each in edition.consent_table if each.number == row), ())
        return SourceView(source_label(item), item.source.quote, cells, _address(item, edition))

    def _state(self) -> _State:
        files = sorted((self._corpus_dir / FOLDER).glob("*.yaml"))
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)


def _address(item: Item, edition: Edition) -> str:
    if item.source.table_row is not None:
        return edition_address(edition.id, row_anchor(item.source.table_row))
    section = next((each for each in edition.sections if each.path == item.source.section), None)
    if section is None:
        return edition_address(edition.id)
    start = edition.text.find(item.source.quote, section.body_start, section.end)
    if start < 0:
        return edition_address(edition.id, section.anchor)
    end = start + len(item.source.quote)
    return f"{edition_address(edition.id)}?citat={start}-{end}#citat"
