"""Case files: every fault is told with its file and line."""

from pathlib import Path

import pytest
from evals_support import CASE_FILE, real_cases, real_editions, write_case_file

from assistant.settings import PROJECT_ROOT
from evals.cases import check_cases, load_cases, read_case_file
from evals.errors import CaseFault, CaseFaults
from evals.scenarios import scenario_cases
from evals.selection import fast_subset, select_cases
from evals.yaml_file import line_of, load_yaml

UNSEEN = PROJECT_ROOT / "evals" / "unseen"


def faults_of(folder: Path, text: str) -> str:
    with pytest.raises(CaseFaults) as caught:
        load_cases(write_case_file(folder, text), real_editions())
    return str(caught.value)


def test_the_project_s_own_cases_are_valid_and_fill_every_suite() -> None:
    # A case that silently drops out measures nothing.
    cases = real_cases()
    assert {case.suite for case in cases} == {"tabell1", "guideline", "silence", "safety", "conversation"}
    assert {case.split for case in cases} == {"dev", "test"}


def test_the_unseen_cases_are_valid_and_no_case_of_ours() -> None:
    # A set that is kept to measure with must still load when it is needed.
    faults: list[CaseFault] = []
    unseen = [case for path in UNSEEN.glob("*.yaml") for case in read_case_file(path, faults)]
    faults += check_cases(unseen, real_editions())
    assert faults == []
    assert {case.split for case in unseen} == {"dev", "test"}
    assert not {case.id for case in unseen} & {case.id for case in real_cases()}


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("rows: [7]", "rows: [9]", 3, "row 9"),
        ("krävs eftersom socionom", "krävs alltid för socionom", 3, "evidence"),
        ("status: [answered]", "status: [svarar]", 6, "status"),
        ("split: dev", "splitt: dev", 11, "unknown key splitt"),
        ("split: dev", 'split: dev\n    section: "Sekretess › Finns inte"', 3, "section"),
        ("split: dev", 'split: dev\n    edition: "1999"', 3, "edition '1999'"),
        ("suite: tabell1", "suite: tabell9", 3, "suite"),
        ("kind: consent", "kind: [", 4, "valid YAML"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    # A maintainer who can't find the line can't mend it.
    text = faults_of(tmp_path, CASE_FILE.replace(old, new))
    assert told in text
    if "YAML" not in told:
        assert f"exempel.yaml:{line}:" in text


def test_an_id_used_twice_names_both_places(tmp_path: Path) -> None:
    # Of two cases with one id the baseline would remember only the last.
    write_case_file(tmp_path, CASE_FILE, "annan.yaml")
    text = faults_of(tmp_path, CASE_FILE)
    assert "exempel.yaml:3" in text
    assert "annan.yaml:3" in text


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    # One fault a run makes twenty runs of twenty faults.
    text = faults_of(
        tmp_path, CASE_FILE.replace("rows: [7]", "rows: [9]").replace("krävs efter", "krävs före")
    )
    assert "row 9" in text
    assert "evidence" in text


def test_a_folder_without_cases_is_a_fault(tmp_path: Path) -> None:
    # A wrong folder must not pass as "nothing is wrong".
    with pytest.raises(CaseFaults, match="no case"):
        load_cases(tmp_path, real_editions())


def test_the_fast_subset_is_the_same_every_time_and_holds_every_suite() -> None:
    # A subset that changes by itself makes the gate flicker.
    cases = real_cases()
    subset = fast_subset(cases)
    assert subset == fast_subset(tuple(reversed(cases)))[::-1]
    assert {case.suite for case in subset} == {case.suite for case in cases}
    assert {case.kind for case in subset} == {case.kind for case in cases}
    assert len(subset) < len(cases) / 4


def test_cases_are_chosen_by_suite_split_and_tag() -> None:
    # A filter that lets everything through looks like a good result.
    chosen = select_cases(real_cases(), ["tabell1"], "dev", ["tag=row-2", "kind=consent"])
    assert chosen
    assert all("row-2" in case.tags and case.split == "dev" for case in chosen)


def test_scenarios_with_a_consent_situation_become_cases(tmp_path: Path) -> None:
    # The quiz and the evals must not drift apart.
    path = tmp_path / "scenarios.yaml"
    path.write_text(
        "- id: s1\n  question: Får jag?\n  verdict: consent_required\n  rows: [7]\n  story: Anna\n"
        "- id: s2\n  text: bara för quizet\n",
        encoding="utf-8",
    )
    cases = scenario_cases(path, faults := [])
    assert not faults
    assert [(case.id, case.verdicts, case.suite) for case in cases] == [
        ("scenario-s1", ("consent_required",), "tabell1")
    ]


@pytest.mark.parametrize(
    ("text", "told"), [("bara text", "list of scenarios"), ("scenarios: 7", "list of scenarios"), ("", "")]
)
def test_a_scenario_file_without_a_list_is_told(tmp_path: Path, text: str, told: str) -> None:
    # Prevents a crash, or a file whose scenarios silently drop out.
    (tmp_path / "scenarios.yaml").write_text(text, encoding="utf-8")
    assert scenario_cases(tmp_path / "scenarios.yaml", faults := []) == []
    assert told in "".join(map(str, faults)) and bool(faults) == bool(told)


def test_words_that_older_yaml_takes_for_something_else_are_words(tmp_path: Path) -> None:
    # Prevents a question "no" that becomes False, and a date that becomes none of the text's words.
    path = tmp_path / "a.yaml"
    path.write_text("a: no\nb: [on, nej, 2024-05-01]\nc: true\nd: 7\ne:\n  - x: ja\n", encoding="utf-8")
    faults: list[CaseFault] = []
    found = load_yaml(path, faults)
    assert (found, faults) == (
        {"a": "no", "b": ["on", "nej", "2024-05-01"], "c": True, "d": 7, "e": [{"x": "ja"}]},
        [],
    )
    assert (found.lines["e"], found["e"].lines, found["e"][0].lines) == (5, [6], {"x": 6})
    assert [line_of(found, loc) for loc in (["c"], ["e", 0, "x"], ["e", 9], ["z"])] == [3, 6, 5, None]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (b"a: 1\nb: 2\na: 3\n", 3, "duplicate key 'a'"),
        (b"a: 1\n? [x]\n: 2\n", 2, "a key that is no word"),
        (b"a: 1\nb: {", 3, "expected"),
        (b"a: \xff", None, "utf-8"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(
    tmp_path: Path, text: bytes, line: int | None, told: str
) -> None:
    # Prevents a key that is written twice from hiding what stands under the first.
    path = tmp_path / "a.yaml"
    path.write_bytes(text)
    faults: list[CaseFault] = []
    assert load_yaml(path, faults) is None
    assert faults[0].line == line and told in str(faults[0])
