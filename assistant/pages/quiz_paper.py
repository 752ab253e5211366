"""A quiz as one HTML file for paper: the questions, then the answers on a sheet of their own."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.pages.layout import templates
from assistant.quiz import DIFFICULTY_NAMES, THEME_NAMES, Item, Quiz
from assistant.quiz_export import LETTERS, source_label


@dataclass(frozen=True, slots=True)
class _PaperSource:
    label: str
    quote: str


def paper_file(quiz: Quiz) -> str:
    """Return the file. It needs no other file, runs no script, and all its text is escaped."""
    return (
        templates()
        .get_template("quiz_paper_file.html")
        .render(
            quiz=quiz,
            sources=[paper_source(item) for item in quiz.items],
            themes=THEME_NAMES,
            difficulties=DIFFICULTY_NAMES,
            letters=LETTERS,
        )
    )


def paper_source(item: Item) -> _PaperSource:
    """Return what the sheet of answers says of an item's source."""
    return _PaperSource(source_label(item), item.source.quote)
