"""The table of contents of an edition as a tree, from its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.types import Edition, Section


@dataclass(slots=True)
class Entry:
    """A section and the sections under it."""

    section: Section
    children: list[Entry] = field(default_factory=list)


def contents_tree(edition: Edition) -> list[Entry]:
    """Return the chapters in text order, each with its subsections."""
    chapters: list[Entry] = []
    open_entries: list[Entry] = []
    for section in edition.sections:
        entry = Entry(section)
        while open_entries and open_entries[-1].section.level >= section.level:
            open_entries.pop()
        (open_entries[-1].children if open_entries else chapters).append(entry)
        open_entries.append(entry)
    return chapters
