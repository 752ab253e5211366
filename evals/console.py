"""What the command line shows: tables of a run, a comparison and the gate."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from evals.compare import Change, Comparison
from evals.gate import GateResult
from evals.model import Scored
from evals.names import between, percent
from evals.scorers import TITLES
from evals.statistics import Interval
from evals.store import Run

_SHOWN = 15


def output() -> Console:
    """Return the console for results (standard output)."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())


def progress() -> Progress:
    """Return a progress bar on standard error, so that results can be piped."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


def show_run(console: Console, run: Run) -> None:
    """Print the dangerous answers first, then the run's numbers."""
    summary = run.summary()
    if summary.dangerous:
        console.print(f"[bold red]✗ {len(summary.dangerous)} farliga svar: {', '.join(summary.dangerous)}[/]")
    else:
        console.print("[green]✓ Inga farliga svar[/]")
    table = Table(title=f"{run.name}: {summary.cases} fall", title_justify="left")
    for head, side in (("Kontroll", "left"), ("Andel", "right"), ("95 %", "right"), ("Antal", "right")):
        table.add_column(head, justify="right" if side == "right" else "left")
    table.add_row("Rätt i allt", *_cells(summary.right), style="bold")
    for suite, interval in summary.suites.items():
        table.add_row(f"  {suite}", *_cells(interval))
    for name, interval in summary.scores.items():
        table.add_row(TITLES[name], *_cells(interval))
    for name, interval in summary.retrieval.items():
        table.add_row(f"Sökning {name}", *_cells(interval))
    console.print(table)
    if summary.latency:
        times = summary.latency
        console.print(f"Svarstid: median {times['p50']:.0f} ms, 95 procent inom {times['p95']:.0f} ms")
    _show_failures(console, [result for result in run.results if not result.right])
    console.print(f"Körningen ligger i {run.path}")


def show_gate(console: Console, gate: GateResult) -> None:
    """Print the gate's decision and every reason."""
    if gate.new_failures:
        console.print(f"{len(gate.new_failures)} nya eller ändrade fall är fel: {_some(gate.new_failures)}")
    if not gate.findings:
        console.print(f"[bold green]✓ Grinden är grön[/] ({gate.compared} fall jämförda med baslinjen)")
        return
    console.print("[bold red]✗ Grinden är röd[/]")
    for finding in gate.findings:
        told = f" Fall: {_some(finding.case_ids)}" if finding.case_ids else ""
        console.print(escape(f"  {finding.title}: {finding.detail}.{told}"))


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Print what got fixed, what broke and what changed wording, both answers side by side."""
    for title, changes in (
        ("Har gått sönder", comparison.broken),
        ("Har blivit rätt", comparison.fixed),
        ("Svarar med andra ord", comparison.reworded),
    ):
        if changes:
            console.print(_pairs(f"{title} ({len(changes)})", changes[:_SHOWN]))
        if len(changes) > _SHOWN:
            console.print(f"… och {len(changes) - _SHOWN} till (--html FIL visar dem)")
    console.print(
        f"Sönder {len(comparison.broken)}, rätt nu {len(comparison.fixed)}, andra ord "
        f"{len(comparison.reworded)}, oförändrade {comparison.unchanged}, nya {len(comparison.added)}, "
        f"borta {len(comparison.gone)}, ändrade fall {len(comparison.altered)}"
    )


def _pairs(title: str, changes: Sequence[Change]) -> Table:
    table = Table(title=title, title_justify="left", show_lines=True)
    for head in ("Fall", "Före", "Efter"):
        table.add_column(head, ratio=1 if head == "Fall" else 2, overflow="fold")
    for change in changes:
        why = "\n".join(f"✗ {TITLES[s.name]}: {s.explanation}" for s in change.after.failed())
        after = _answer_text(change.after) + (f"\n\n{why}" if why else "")
        case = change.after.case
        table.add_row(
            escape(f"{case.id}\n{case.question[:200]}"), escape(_answer_text(change.before)), escape(after)
        )
    return table


def _answer_text(result: Scored) -> str:
    answer = result.output.answer
    text = answer.answer if answer else f"Inget svar: {result.output.error}"
    return text if len(text) <= 600 else f"{text[:597]}…"


def _show_failures(console: Console, failures: Sequence[Scored]) -> None:
    if not failures:
        return
    table = Table(title=f"{len(failures)} fall är fel", title_justify="left")
    for head in ("Fall", "Var", "Vad"):
        table.add_column(head, overflow="fold")
    for result in sorted(failures, key=lambda result: not result.dangerous)[:_SHOWN]:
        why = "; ".join(f"{TITLES[s.name]}: {s.explanation}" for s in result.failed()) or result.output.error
        table.add_row(result.case.id, f"{result.case.file}:{result.case.line}", escape(why[:300]))
    console.print(table)
    if len(failures) > _SHOWN:
        console.print(f"… och {len(failures) - _SHOWN} till: python -m evals report visar alla")


def _cells(interval: Interval) -> tuple[str, str, str]:
    return percent(interval.value), between(interval.low, interval.high), str(interval.n)


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:8]) + (f" och {len(ids) - 8} till" if len(ids) > 8 else "")
