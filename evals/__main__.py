"""The command line: ``python -m evals --help``."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import GuideError
from evals import console as shown
from evals.baseline import BASELINES_DIR, Baseline, make_baseline, write_baseline
from evals.cases import CASES_DIR, check_cases
from evals.compare import compare_runs
from evals.errors import CaseFaults, RunError
from evals.gate import COULD_NOT_RUN, RED, GateResult
from evals.judge import judge_results, open_judge
from evals.report.content import ReportInput
from evals.runner import ask_cases, score_outputs
from evals.selection import FAST, select_cases
from evals.session import GROUNDED, decide, engine_settings, open_cases, open_session
from evals.store import RUNS_DIR, Selection, find_run, make_config, new_run_folder, read_run, write_run
from evals.subject import DEFAULT_SUBJECT, open_editions
from evals.tabular import export_cases, import_cases, write_yaml

app = typer.Typer(
    help="Mäter hur rätt svaren är, före varje utgåva.", no_args_is_help=True, add_completion=False
)


class Engine(StrEnum):
    """The engine that answers."""

    GROUNDED = "grounded"
    LLM = "llm"


class Split(StrEnum):
    """The half of the cases."""

    DEV = "dev"
    TEST = "test"


SubjectOption = Annotated[str, typer.Option("--subject", help="modul:funktion som öppnar assistenten")]
CasesOption = Annotated[Path, typer.Option("--cases", help="mappen med fallen")]
BaselinesOption = Annotated[Path, typer.Option("--baselines", help="mappen med baslinjerna")]
RunsOption = Annotated[Path, typer.Option("--runs", help="mappen med körningarna")]
OptionalRun = Annotated[str | None, typer.Argument(help="körningens mapp eller namn; utan: den senaste")]


@app.command()
def run(  # noqa: PLR0913, PLR0917 (each parameter is an option)
    suites: Annotated[
        list[str] | None, typer.Argument(help="sviter, t.ex. tabell1 silence; utan: alla")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="bara ena halvan")] = None,
    filters: Annotated[
        list[str] | None, typer.Option("--filter", help="tag=…, kind=…, id=… eller file=…")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="frågor åt gången")] = 2,
    out: Annotated[Path | None, typer.Option(help="mapp för körningen")] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="jämför med baslinjen: 0 bra, 1 sämre, 2 gick inte")
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="bara en snabb delmängd")] = False,
    engine: Annotated[Engine, typer.Option(help="grounded, eller llm med språkmodell")] = Engine.GROUNDED,
    judge: Annotated[
        bool, typer.Option("--judge", help="låt språkmodellen bedöma trohet; räknas inte")
    ] = False,
    subject: SubjectOption = DEFAULT_SUBJECT,
    cases_dir: CasesOption = CASES_DIR,
    baselines_dir: BaselinesOption = BASELINES_DIR,
    runs_dir: RunsOption = RUNS_DIR,
) -> None:
    """Ställ fallens frågor, poängsätt svaren och visa resultatet."""
    with _errors():
        chosen = [*(suites or []), *([FAST] if fast and FAST not in (suites or []) else [])]
        opened = open_session(subject, cases_dir, engine)
        cases = select_cases(opened.cases, chosen, split, filters or [])
        config = make_config(
            opened.settings, Selection(engine, tuple(chosen), split, tuple(filters or [])), jobs
        )
        with shown.progress() as bar:
            task = bar.add_task("Frågar", total=len(cases))
            outputs = ask_cases(opened.subject, cases, jobs, partial(bar.advance, task))
        results = score_outputs(cases, outputs, opened.subject.editions)
        if judge:
            results = judge_results(open_judge(opened.settings), results)
        made = write_run(out or new_run_folder(config, runs_dir), config, results)
        shown.show_run(shown.output(), made)
        if gate:
            decided, known = decide(made, baselines_dir)
            _write(ReportInput(made, opened.subject.editions, decided, known))
            shown.show_gate(shown.output(), decided)
            raise typer.Exit(decided.exit_code)


@app.command()
def rescore(
    name: OptionalRun = None,
    subject: SubjectOption = DEFAULT_SUBJECT,
    cases_dir: CasesOption = CASES_DIR,
    runs_dir: RunsOption = RUNS_DIR,
) -> None:
    """Poängsätt gamla svar igen mot fallen som de ser ut nu, utan att fråga om."""
    with _errors():
        old = read_run(find_run(name, runs_dir))
        opened = open_cases(subject, cases_dir)
        results = score_outputs(opened.cases, [result.output for result in old.results], opened.editions)
        left_out = len(old.results) - len(results)
        shown.show_run(shown.output(), write_run(old.path, old.config, results))
        if left_out:
            shown.output().print(f"{left_out} svar hör till frågor som har ändrats eller tagits bort.")


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="den tidigare körningen")],
    after: Annotated[str, typer.Argument(help="den senare körningen")],
    html: Annotated[Path | None, typer.Option(help="skriv jämförelsen som en HTML-fil")] = None,
    runs_dir: RunsOption = RUNS_DIR,
) -> None:
    """Visa vad som blev rätt, vad som gick sönder och vad som svarar med andra ord."""
    with _errors():
        old, new = (read_run(find_run(name, runs_dir)) for name in (before, after))
        found = compare_runs(old.results, new.results)
        shown.show_comparison(shown.output(), found)
        if html:
            from evals.report.render import render_comparison

            html.write_text(render_comparison(old, new, found), encoding="utf-8")


@app.command()
def bless(
    name: OptionalRun = None,
    baselines_dir: BaselinesOption = BASELINES_DIR,
    runs_dir: RunsOption = RUNS_DIR,
) -> None:
    """Godkänn en körning som den baslinje senare körningar jämförs med."""
    with _errors():
        path = write_baseline(make_baseline(read_run(find_run(name, runs_dir))), baselines_dir)
        shown.output().print(f"Baslinjen är skriven: {path}")


@app.command()
def report(
    name: OptionalRun = None,
    out: Annotated[Path | None, typer.Option(help="filen; annars report.html i körningens mapp")] = None,
    beside: Annotated[str | None, typer.Option(help="samma fall med den andra motorn")] = None,
    against: Annotated[str | None, typer.Option(help="en tidigare körning att jämföra svaren med")] = None,
    subject: SubjectOption = DEFAULT_SUBJECT,
    baselines_dir: BaselinesOption = BASELINES_DIR,
    runs_dir: RunsOption = RUNS_DIR,
) -> None:
    """Skriv rapporten som en enda HTML-fil."""
    with _errors():
        made = read_run(find_run(name, runs_dir))
        editions = open_editions(engine_settings(GROUNDED), subject)
        gate_and_baseline: tuple[GateResult | None, Baseline | None] = (None, None)
        with suppress(RunError):  # nothing blessed yet: a report without a comparison
            gate_and_baseline = decide(made, baselines_dir)
        others = [read_run(find_run(one, runs_dir)) if one else None for one in (beside, against)]
        path = _write(ReportInput(made, editions, *gate_and_baseline, *others), out)
        shown.output().print(f"Rapporten är skriven: {path}")


@app.command()
def coverage(
    name: Annotated[str | None, typer.Option("--run", help="körningen vars resultat visas")] = None,
    out: Annotated[Path, typer.Option(help="filen")] = RUNS_DIR / "coverage.html",
    subject: SubjectOption = DEFAULT_SUBJECT,
    cases_dir: CasesOption = CASES_DIR,
    runs_dir: RunsOption = RUNS_DIR,
) -> None:
    """Skriv täckningen av Tabell 1: rad, frågeställare, utgåva och sätt att fråga."""
    from evals.report.render import render_coverage

    with _errors():
        opened = open_cases(subject, cases_dir)
        has_run = name is not None or any(runs_dir.glob("*/config.json"))
        made = read_run(find_run(name, runs_dir)) if has_run else None
        results = made.results if made else ()
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(
            render_coverage(opened.cases, results, opened.editions, made.name if made else ""),
            encoding="utf-8",
        )
        shown.output().print(f"Täckningen är skriven: {out}")


@app.command()
def check(subject: SubjectOption = DEFAULT_SUBJECT, cases_dir: CasesOption = CASES_DIR) -> None:
    """Kontrollera fallen utan att fråga: varje fel med fil och rad."""
    with _errors():
        try:
            opened = open_cases(subject, cases_dir)
        except CaseFaults as faults:
            typer.echo(str(faults), err=True)
            raise typer.Exit(RED) from faults
        shown.output().print(f"{len(opened.cases)} fall, inga fel")


@app.command("export")
def export_(
    path: Annotated[Path, typer.Argument(help="fil som slutar på .csv eller .xlsx")],
    suites: Annotated[list[str] | None, typer.Argument(help="sviter; utan: alla")] = None,
    subject: SubjectOption = DEFAULT_SUBJECT,
    cases_dir: CasesOption = CASES_DIR,
) -> None:
    """Skriv fallen som kalkylblad, för den som inte skriver YAML."""
    with _errors():
        cases = select_cases(open_cases(subject, cases_dir).cases, suites or [])
        export_cases(cases, path)
        shown.output().print(f"{len(cases)} fall skrivna: {path}")


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="fil som slutar på .csv eller .xlsx")],
    to: Annotated[str, typer.Argument(help="fallfilens namn, t.ex. mina-fall.yaml; skrivs över")],
    subject: SubjectOption = DEFAULT_SUBJECT,
    cases_dir: CasesOption = CASES_DIR,
) -> None:
    """Läs fall ur ett kalkylblad och skriv dem som fallfil, om de är felfria."""
    with _errors():
        opened = open_cases(subject, cases_dir)
        others = [case for case in opened.cases if case.file != to]
        cases = import_cases(path)
        faults = check_cases([*others, *cases], opened.editions)
        if faults:
            raise CaseFaults(faults)
        write_yaml(cases, cases_dir / to)
        shown.output().print(f"{len(cases)} fall skrivna: {cases_dir / to}")


def _write(given: ReportInput, out: Path | None = None) -> Path:
    from evals.report.render import render_report  # plotting takes a second to import

    path = out or given.run.path / "report.html"
    path.write_text(render_report(given), encoding="utf-8")
    return path


@contextmanager
def _errors() -> Iterator[None]:
    """Errors become a message and exit code 2, could not run; unexpected ones with their trace."""
    try:
        yield
    except GuideError as error:
        typer.echo(f"Gick inte att köra: {error}", err=True)
        raise typer.Exit(COULD_NOT_RUN) from error
    except typer.Exit:
        raise
    except Exception as error:  # Python's own exit code, 1, would be read as "a regression"
        typer.echo(f"Gick inte att köra, ett programfel:\n{traceback.format_exc()}", err=True)
        raise typer.Exit(COULD_NOT_RUN) from error


if __name__ == "__main__":
    sys.exit(app())
