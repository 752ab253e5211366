"""Cases as a spreadsheet, there and back."""

import csv
from pathlib import Path

import pytest
from evals_support import real_cases, real_editions
from openpyxl import load_workbook

from evals.cases import load_cases
from evals.errors import CaseFaults, RunError
from evals.model import Case
from evals.tabular import export_cases, import_cases, write_yaml


def bare(cases: tuple[Case, ...]) -> list[dict[str, object]]:
    return [case.model_dump() for case in cases]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_case_survives_the_way_there_and_back(tmp_path: Path, ending: str) -> None:
    # Newlines, quotes, emoji and control characters get lost in spreadsheets.
    path = tmp_path / f"fall.{ending}"
    export_cases(real_cases(), path)
    assert bare(import_cases(path)) == bare(real_cases())


def test_what_is_written_as_yaml_reads_back_the_same(tmp_path: Path) -> None:
    # An import must not lose an expectation.
    safety = tuple(case for case in real_cases() if case.suite == "safety")
    write_yaml(safety, tmp_path / "fall.yaml")
    assert bare(load_cases(tmp_path, real_editions())) == bare(safety)


def test_a_question_that_looks_like_a_formula_is_no_formula(tmp_path: Path) -> None:
    # A spreadsheet runs a cell that begins with "=".
    case = real_cases()[0].model_copy(update={"question": "=1+1"})
    export_cases([case], tmp_path / "fall.xlsx")
    export_cases([case], tmp_path / "fall.csv")
    cells = [cell for row in load_workbook(tmp_path / "fall.xlsx").active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    with (tmp_path / "fall.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file, delimiter=";") for cell in row if cell.startswith("=")]
    assert import_cases(tmp_path / "fall.csv")[0].question == "=1+1"


def test_a_faulty_row_is_told_with_its_number(tmp_path: Path) -> None:
    # "Something is wrong in your 400 rows" helps nobody.
    path = tmp_path / "fall.csv"
    path.write_text(
        "id,suite,kind,question,split\na-1,tabell1,consent,Får jag?,dev\nb-1,tabell1,prat,Hej,dev\n"
    )
    with pytest.raises(CaseFaults, match=r"fall\.csv:3: .*kind"):
        import_cases(path)


def test_an_unknown_column_is_told(tmp_path: Path) -> None:
    # A misspelt "verdict" column would check nothing.
    path = tmp_path / "fall.csv"
    path.write_text("id;suite;kind;question;split;verdict\n")
    with pytest.raises(CaseFaults, match="verdict"):
        import_cases(path)


def test_another_file_type_is_refused(tmp_path: Path) -> None:
    # An .ods written as CSV opens as rubbish.
    with pytest.raises(RunError, match=r"\.csv eller \.xlsx"):
        export_cases(real_cases()[:1], tmp_path / "fall.ods")
