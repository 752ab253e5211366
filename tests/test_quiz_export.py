"""Exports: GIFT read back by a GIFT parser, CSV without formulas, HTML without script."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.pages.quiz_paper import paper_file
from assistant.quiz import MIXED, Choice, Item, Plan, Quiz, Source, Theme, draw, grade
from assistant.quiz_check import item_pool
from assistant.quiz_export import LETTERS, results_csv, to_csv, to_gift
from assistant.quiz_scenarios import read_folder
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
NASTY = [
    "{=rätt ~fel}",
    "~50% # {x} = y: z\\",
    "%50%halva",
    "a -> b",
    "// kommentar",
    "::namn::",
    "$CATEGORY: annat",
    "TRUE",
    "rad\n\nrad",
    "<script>alert(1)</script>",
    "\\n och \\=",
    "[html]<b>",
]


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    editions = {edition.id: edition for edition in load_corpus(CORPUS)}
    pool = item_pool(read_folder(CORPUS)[0], editions, "2024")
    whole = draw(pool, Plan(Theme.WHOLE, 20, MIXED, 4).code)
    return replace(
        whole, items=tuple(draw((item,), Plan(Theme.WHOLE, 5, MIXED, 1).code).items[0] for item in pool)
    )


def parsed(text):
    """The questions as pygiftparser, which is not ours, reads them."""
    parser = pytest.importorskip("pygiftparser.parser")
    return parser.parse(text).questions


def unescaped(text: str) -> str:
    text = text.strip().lstrip("=~").replace("\u2060", "")
    for sign in "~=#{}:\\":
        text = text.replace(f"\\{sign}", sign)
    return text


def test_a_gift_parser_reads_every_item_as_one_choice_question_with_the_same_key(quiz):
    # Prevents a file that Moodle rejects, or takes with another right answer.
    questions = parsed(to_gift(quiz))
    assert len(questions) == len(quiz.items)
    for question, item in zip(questions, quiz.items, strict=True):
        assert type(question.answer).__name__ == "MultipleChoiceRadio"
        options = [(unescaped(each.raw_text), each.prefix == "=") for each in question.answer.options]
        assert options == [(choice.text, choice.right) for choice in item.choices]
        assert unescaped(question.text) == item.story
        assert all(each.feedback for each in question.answer.options)


def nasty_item(text: str) -> Item:
    choices = (Choice(f"{text} 1", True, text), Choice(f"{text} 2", False, text), Choice(text, False, text))
    return Item("x-1", Theme.WHOLE, 1, "2024", text, choices, Source(("A",), text), text, "x-1")


@pytest.mark.parametrize("text", NASTY)
def test_gift_signs_in_a_scenario_stay_text(text):
    # Prevents a story with braces or an equals sign from turning into another question or answer.
    plan = Plan(Theme.WHOLE, 5, MIXED, 1)
    questions = parsed(to_gift(Quiz(plan.code, plan, (nasty_item(text), nasty_item("vanlig")))))
    assert len(questions) == 2
    assert [each.prefix for each in questions[0].answer.options] == ["=", "~", "~"]
    assert [each.percentage for each in questions[0].answer.options] == [1.0, 0.0, 0.0]


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_csv_holds_every_question_with_its_key(quiz):
    # Prevents a shifted column.
    rows = rows_of(to_csv(quiz))
    key = rows[0].index("Rätt svar")
    first = rows[0].index("A")
    assert len(rows) == len(quiz.items) + 1
    for row, item in zip(rows[1:], quiz.items, strict=True):
        assert len(row) == len(rows[0])
        assert row[first + LETTERS.index(row[key])] == item.choices[item.right].text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "＝1"]
)
def test_no_cell_is_run_as_a_formula(text):
    # Prevents CSV injection through a scenario's text.
    plan = Plan(Theme.WHOLE, 5, MIXED, 1)
    quiz = Quiz(plan.code, plan, (nasty_item(text),))
    for export in (to_csv(quiz), results_csv(quiz, grade(quiz, [1]))):
        for cell in (cell for row in rows_of(export) for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), cell


def test_paper_escapes_everything_and_keeps_the_answers_apart(quiz):
    # Prevents script in the printed file, and answers on the sheet of questions.
    plan = Plan(Theme.WHOLE, 5, MIXED, 1)
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    html = paper_file(Quiz(plan.code, plan, (nasty_item(hostile),)))
    assert "<script" not in html
    assert "<img" not in html
    html = paper_file(quiz)
    questions, answers = html.split('class="paper-answers"')
    assert "Facit" in answers
    assert all(item.decisive.split(":")[0] not in questions for item in quiz.items[:1])
    assert questions.count('class="paper-item"') == answers.count('class="paper-item"') == len(quiz.items)
    assert "http" not in html
