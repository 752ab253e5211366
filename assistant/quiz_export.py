"""A drawn quiz as Moodle's GIFT or as CSV, and results as CSV. Text is escaped for its format."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from assistant.quiz import DIFFICULTY_NAMES, THEME_NAMES, Item, Mark, Quiz

_GIFT_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})
# GIFT parsers disagree on escapes inside feedback, so there these are replaced by full-width forms.
_FEEDBACK_SAFE = str.maketrans("~=#{}\\", "～＝＃｛｝＼")
_WORD_JOINER = "\u2060"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LETTERS = "ABCD"


def to_gift(quiz: Quiz) -> str:
    """Return the quiz as GIFT: one multiple-choice question per item, with feedback per choice.

    The special signs are escaped as https://docs.moodle.org/en/GIFT_format says.
    """
    theme = THEME_NAMES[quiz.plan.theme]
    head = f"// {quiz.code}: {theme}, {DIFFICULTY_NAMES[quiz.plan.difficulty].lower()}"
    category = f"$CATEGORY: Vägledaren/{theme.replace('/', '-')} {quiz.code}"
    return "\n\n".join([head, category, *(_gift_item(item) for item in quiz.items)]) + "\n"


def to_csv(quiz: Quiz) -> str:
    """Return the quiz as CSV (semicolons, as a Swedish Excel reads it), one question a line."""
    rows: list[Sequence[object]] = [
        (
            "Kod",
            "Fråga",
            "Tema",
            "Svårighet",
            "Situation",
            *LETTERS,
            "Rätt svar",
            "Avgörande",
            "Källa",
            "Citat",
        )
    ]
    for number, item in enumerate(quiz.items, 1):
        texts = [choice.text for choice in item.choices]
        texts += [""] * (len(LETTERS) - len(texts))
        rows.append(
            (
                quiz.code,
                number,
                THEME_NAMES[item.theme],
                item.difficulty,
                item.story,
                *texts,
                LETTERS[item.right],
                item.decisive,
                source_label(item),
                item.source.quote,
            )
        )
    return _csv(rows)


def results_csv(quiz: Quiz, marks: Iterable[Mark]) -> str:
    """Return somebody's answers as CSV, one answered question a line. Holds no names."""
    head = ("Kod", "Fråga", "Tema", "Situation", "Ditt svar", "Resultat", "Rätt svar", "Avgörande", "Källa")
    rows: list[Sequence[object]] = [head]
    for mark in marks:
        item = mark.item
        rows.append(
            (
                quiz.code,
                mark.number,
                THEME_NAMES[item.theme],
                item.story,
                item.choices[mark.chosen].text,
                "rätt" if mark.right else "fel",
                item.choices[item.right].text,
                item.decisive,
                source_label(item),
            )
        )
    return _csv(rows)


def source_label(item: Item) -> str:
    """Return where an item's answer stands, as "Vägledning 2024, Sekretess › Huvudman, Tabell 1 rad 2"."""
    row = f", Tabell 1 rad {item.source.table_row}" if item.source.table_row else ""
    return f"Vägledning {item.edition}, {' › '.join(item.source.section)}{row}"


def safe_cell(value: object) -> str:
    """Return a cell's text that no spreadsheet runs as a formula (CSV injection)."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()  # the mark makes Excel read UTF-8


def _gift_item(item: Item) -> str:
    lines = [f"::{_gift(item.id)}::{_gift(item.story)} {{"]
    for choice in item.choices:
        sign = "=" if choice.right else "~"
        feedback = item.decisive if choice.right else choice.why
        lines.append(f"{sign}{_gift(choice.text)}#{_feedback(f'{feedback} ({source_label(item)})')}")
    return "\n".join([*lines, "}"])


def _gift(text: str) -> str:
    """Return a text on one line with GIFT's special signs escaped, and no weight ("%50%") or "->"."""
    line = " ".join(text.split())
    if line.startswith(("%", "//", "$", "[")):
        line = _WORD_JOINER + line
    return line.replace("->", f"-{_WORD_JOINER}>").translate(_GIFT_SPECIAL)


def _feedback(text: str) -> str:
    return " ".join(text.split()).translate(_FEEDBACK_SAFE)
