"""Fills the report's templates with a run's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup

from assistant.plain import plain_text
from assistant.types import Edition
from evals.baseline import Baseline, comparable
from evals.compare import Comparison, compare_runs
from evals.coverage import NO_ROW, Cell, Line, coverage_lines, wording_names
from evals.model import Case, Scored
from evals.names import STATUSES, VERDICTS, between, percent
from evals.report.content import ReportInput
from evals.report.plots import Series, interval_plot, latency_plot, recall_plot
from evals.scorers import TITLES
from evals.store import Run
from evals.summary import Matrix, Summary, status_matrix, verdict_matrix

_FOLDER = Path(__file__).parent
_MAX_REWORDED = 60  # pairs of answers shown; the count is always told


def render_report(given: ReportInput) -> str:
    """Return the report as HTML."""
    run = given.run
    runs = [run, *([given.beside] if given.beside else [])]
    summaries = [one.summary() for one in runs]
    results = sorted(run.results, key=lambda result: (not result.dangerous, result.right))
    context = {
        "given": given,
        "run": run,
        "runs": list(zip(runs, summaries, strict=True)),
        "summary": summaries[0],
        "dangerous": [result for one in runs for result in one.results if result.dangerous],
        "failures": [result for result in results if not result.right],
        "tags": sorted({tag for result in results if not result.right for tag in result.case.tags}),
        "plots": _plots(runs, summaries),
        "verdicts": _table(verdict_matrix(run.results), VERDICTS),
        "statuses": _table(status_matrix(run.results), STATUSES),
        "coverage": _coverage_tables([r.case for r in run.results], run.results, given.editions),
        "comparison": compare_runs(given.against.results, run.results) if given.against else None,
        "baseline_changes": _baseline_changes(run.results, given.baseline),
        "judged": [result.judged.value for result in run.results if result.judged],
        "max_reworded": _MAX_REWORDED,
    }
    return _environment().get_template("report.html.j2").render(context)


def render_comparison(before: Run, after: Run, comparison: Comparison) -> str:
    """Return the comparison of two runs as HTML, both answers side by side."""
    context = {"before": before, "after": after, "comparison": comparison, "max_reworded": _MAX_REWORDED}
    return _environment().get_template("compare.html.j2").render(context)


def render_coverage(
    cases: Sequence[Case], results: Sequence[Scored], editions: Mapping[str, Edition], run_name: str
) -> str:
    """Return the coverage page as HTML: row × role × edition × wording group."""
    lines = coverage_lines(cases, results, editions)
    context = {
        "editions": {id_: [line for line in lines if line.edition == id_] for id_ in editions},
        "wordings": wording_names(),
        "run_name": run_name,
        "situations": sum(case.suite == "tabell1" and case.kind == "consent" for case in cases),
        "empty": [line for line in lines if line.row != NO_ROW and not _line_total(line)],
    }
    return _environment().get_template("coverage.html.j2").render(context)


def _plots(runs: Sequence[Run], summaries: Sequence[Summary]) -> dict[str, Any]:
    names = [f"motor {run.config.engine}" for run in runs]
    scores = [Series(name, summary.scores) for name, summary in zip(names, summaries, strict=True)]
    retrieval = [Series(name, summary.retrieval) for name, summary in zip(names, summaries, strict=True)]
    times = {
        name: [r.output.answer.latency_ms for r in run.results if r.output.answer]
        for name, run in zip(names, runs, strict=True)
    }
    return {
        "scores": interval_plot(scores, TITLES),
        "recall": recall_plot(retrieval),
        "latency": latency_plot(times),
    }


def _table(matrix: Matrix, names: Mapping[str, str]) -> dict[str, Any]:
    """A confusion matrix with the known names first, and those that occur besides."""
    keys = [key for key in names if any(key in pair for pair in matrix)]
    rows = [(names[e], [(names[g], matrix.get((e, g), 0), e == g) for g in keys]) for e in keys]
    return {"heads": [names[key] for key in keys], "rows": rows}


def _coverage_tables(
    cases: Sequence[Case], results: Sequence[Scored], editions: Mapping[str, Edition]
) -> dict[str, list[tuple[int, list[tuple[str, Cell]]]]]:
    """Edition → row → wording, the roles added up (the coverage page has them apart)."""
    lines = coverage_lines(cases, results, editions)
    tables: dict[str, list[tuple[int, list[tuple[str, Cell]]]]] = {}
    for id_ in editions:
        rows = dict.fromkeys(line.row for line in lines if line.edition == id_)
        tables[id_] = [(row, _row_cells(lines, id_, row)) for row in rows]
    return tables


def _row_cells(lines: Sequence[Line], edition: str, row: int) -> list[tuple[str, Cell]]:
    here = [line for line in lines if line.edition == edition and line.row == row]
    cells = []
    for name in wording_names():
        parts = [line.cells[name] for line in here]
        total, asked, right = (sum(getattr(p, key) for p in parts) for key in ("total", "asked", "right"))
        cells.append((name, Cell(total, asked, right, [id_ for part in parts for id_ in part.wrong])))
    return cells


def _line_total(line: Line) -> int:
    return sum(cell.total for cell in line.cells.values())


def _baseline_changes(results: Sequence[Scored], baseline: Baseline | None) -> dict[str, Any] | None:
    if baseline is None:
        return None
    pairs = comparable(results, baseline)
    return {
        "run": baseline.run,
        "compared": len(pairs),
        "fixed": [r.case.id for r, record in pairs if r.right and not record.right],
        "broken": [r.case.id for r, record in pairs if record.right and not r.right],
    }


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=select_autoescape(["html", "j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link"])
    environment.filters["percent"] = percent
    environment.filters["plain"] = plain_text
    environment.filters["markdown"] = lambda text: Markup(_lower_headings(markdown.render(text)))
    environment.globals.update(
        TITLES=TITLES, VERDICTS=VERDICTS, between=between, STATUSES=STATUSES, NO_ROW=NO_ROW
    )
    return environment


def _lower_headings(html: str) -> str:
    """Headings inside an answer must not break the report's own outline."""
    for level in range(1, 7):
        html = html.replace(f"<h{level}>", '<p class="heading">').replace(f"</h{level}>", "</p>")
    return html
