"""``python -m assistant quiz``: check scenarios, make a template, export a quiz."""

from __future__ import annotations

import secrets
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assistant.errors import GuideError, IndexMissingError
from assistant.fingerprint import corpus_fingerprint
from assistant.manifest import EDITIONS, current_generation
from assistant.quiz import (
    DIFFICULTY_NAMES,
    MIXED,
    NUMBERS,
    SEEDS,
    THEME_NAMES,
    Plan,
    Quiz,
    Theme,
    draw,
    encode,
)
from assistant.quiz_check import check_entries, item_pool
from assistant.quiz_engine import engine
from assistant.quiz_export import to_csv, to_gift
from assistant.quiz_scenarios import FOLDER, Complaint, Entry, read_file, read_folder
from assistant.quiz_template import TEMPLATE
from assistant.ready import ensure_index
from assistant.serialise import editions_from_json
from assistant.settings import Settings
from assistant.types import Edition, EditionStatus

app = typer.Typer(help="Öva: kontrollera scenarier, gör en mall, exportera en övning.", no_args_is_help=True)


class Format(StrEnum):
    """What ``quiz export`` writes."""

    GIFT = "gift"
    CSV = "csv"
    HTML = "html"


_File = Annotated[Path, typer.Argument(help="Scenariofilen, till exempel corpus/scenarios/eget.yaml")]
_New = Annotated[Path | None, typer.Argument(help="Filen som ska skapas; utan den skrivs mallen ut")]
_Out = Annotated[Path, typer.Argument(help="Filen som ska skrivas")]
_Format = Annotated[Format, typer.Option("--format", help="gift (Moodle), csv (kalkylblad), html (papper)")]
_Code = Annotated[str, typer.Option("--code", help="Övningens kod, till exempel FC-7K3Q")]
_Theme = Annotated[Theme, typer.Option("--theme", help="Tema, om ingen kod anges")]
_Number = Annotated[int, typer.Option("--number", help=f"Antal frågor: {', '.join(map(str, NUMBERS))}")]
_Difficulty = Annotated[int, typer.Option("--difficulty", help="1, 2, 3 eller 0 (blandat)")]
_Own = Annotated[Path | None, typer.Option("--file", help="Ta bara frågor ur denna scenariofil")]


@app.command()
def check(file: _File) -> None:
    """Säg vilka nycklar som inte stämmer med Tabell 1, och vilka avsnitt och citat som inte finns."""
    settings = Settings()
    entries, unread = read_file(file)
    editions = _editions(settings)
    ask = engine(settings.corpus_dir / "vocabulary.toml", editions)
    complaints = [*unread, *_repeated(file, entries, settings), *check_entries(entries, editions, ask)]
    for complaint in sorted(complaints, key=lambda each: each.line or 0):
        typer.echo(str(complaint))
    if complaints:
        typer.echo(f"{len(complaints)} fel. Rätta dem och kör kommandot igen.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{file}: {len(entries)} scenarier, inga fel.")


@app.command()
def new(file: _New = None) -> None:
    """Skapa en mall för egna scenarier, med förklaringar på varje rad."""
    if file is None:
        typer.echo(TEMPLATE, nl=False)
        return
    if file.exists():
        _stop(f"{file} finns redan. Välj ett annat filnamn, så skrivs inget över.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TEMPLATE, encoding="utf-8")
    typer.echo(f"Skrev {file}. Fyll i den och kör: python -m assistant quiz check {file}")


@app.command()
def export(
    out: _Out,
    format: _Format,
    code: _Code = "",
    theme: _Theme = Theme.WHOLE,
    number: _Number = 10,
    difficulty: _Difficulty = MIXED,
    file: _Own = None,
) -> None:
    """Skriv en övning till fil: för en lärplattform, ett kalkylblad eller papper med facit för sig."""
    settings = Settings()
    try:
        code = code or encode(Plan(theme, number, difficulty, secrets.randbelow(SEEDS)))
        quiz = _drawn(code, file, settings)
    except GuideError as error:
        _stop(str(error))
    if not quiz.items:
        _stop("Det finns inga frågor på det temat. Välj ett annat tema, eller rätta filen med quiz check.")
    text = {Format.GIFT: to_gift, Format.CSV: to_csv, Format.HTML: _to_html}[format](quiz)
    out.write_text(text, encoding="utf-8", newline="")
    plan = f"{THEME_NAMES[quiz.plan.theme]}, {DIFFICULTY_NAMES[quiz.plan.difficulty].lower()}"
    typer.echo(f"Skrev {len(quiz.items)} frågor till {out}. Kod: {quiz.code} ({plan}).")


def _drawn(code: str, file: Path | None, settings: Settings) -> Quiz:
    editions = _editions(settings)
    entries, complaints = read_file(file) if file else read_folder(settings.corpus_dir)
    for complaint in complaints:
        typer.echo(str(complaint), err=True)
    in_force = next(each.id for each in editions.values() if each.status is EditionStatus.IN_FORCE)
    pool = item_pool(entries, editions, in_force)
    if file:
        own = {entry.scenario.id for entry in entries}
        pool = tuple(item for item in pool if item.id in own)
    return draw(pool, code)


def _to_html(quiz: Quiz) -> str:
    from assistant.pages.quiz_paper import paper_file  # FastAPI takes a second to import

    return paper_file(quiz)


def _repeated(file: Path, entries: tuple[Entry, ...], settings: Settings) -> tuple[Complaint, ...]:
    """Return complaints of ids that another file of the corpus, or this one, has already."""
    taken = {
        entry.scenario.id: path.name
        for path in sorted((settings.corpus_dir / FOLDER).glob("*.yaml"))
        if path.resolve() != file.resolve()
        for entry in read_file(path)[0]
    }
    complaints = []
    for entry in entries:
        where = taken.setdefault(entry.scenario.id, f"{file.name}, rad {entry.line}")
        if where != f"{file.name}, rad {entry.line}":
            complaints.append(entry.complaint("id", f"detta id finns redan i {where}"))
    return tuple(complaints)


def _editions(settings: Settings) -> dict[str, Edition]:
    """Return the editions of the serving index; only a missing index is built first.

    An index that is merely out of date isn't rebuilt (that takes minutes), but said to be so.
    """
    try:
        try:
            generation, manifest = current_generation(settings.index_dir)
        except IndexMissingError:
            ensure_index(settings, lambda line: typer.echo(line, err=True))
            generation, manifest = current_generation(settings.index_dir)
        editions = editions_from_json((generation / EDITIONS).read_bytes())
    except (GuideError, OSError) as error:
        _stop(str(error))
    if manifest.corpus != corpus_fingerprint(settings.corpus_dir):
        typer.echo("Filerna i corpus är nyare än indexet. Kör: python -m ingest", err=True)
    return {edition.id: edition for edition in editions}


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(1)
