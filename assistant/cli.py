"""The commands of ``python -m assistant``: ask, batch, doctor, quiz, feedback."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from assistant.answer_json import answer_to_dict
from assistant.errors import GuideError
from assistant.feedback_cli import feedback
from assistant.quiz_cli import app as quiz
from assistant.ready import ensure_index
from assistant.settings import Settings
from assistant.types import Answer

if TYPE_CHECKING:
    from assistant.answering import Assistant

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Svar ur vägledningen, på kommandoraden.")
app.add_typer(quiz, name="quiz")
app.add_typer(feedback, name="feedback")

_FAILED = 1


@app.callback()
def main() -> None:
    """Frågor, satser, hälsokontroll, quiz och återkoppling."""


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="Frågan, inom citattecken.")],
    as_json: Annotated[bool, typer.Option("--json", help="Hela svaret som ett JSON-objekt.")] = False,
    edition: Annotated[str | None, typer.Option(help="Utgåva: 2024 eller 2018.")] = None,
) -> None:
    """Ställ en fråga och få vägledningens svar."""
    try:
        answer = _assistant().answer(question, edition=edition)
    except GuideError as error:
        _fail(error)
    if as_json:
        sys.stdout.write(json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=2) + "\n")
    else:
        _show(answer)


@app.command()
def batch(
    source: Annotated[Path, typer.Argument(help="JSON-rader: id, question, history, edition, profile.")],
    target: Annotated[Path, typer.Argument(help="Hit skrivs svaren, en rad för varje fråga.")],
) -> None:
    """Besvara många frågor; en trasig rad får ett fel och resten går vidare."""
    from assistant.batch import answer_lines

    try:
        assistant = _assistant()
        count, failed = answer_lines(assistant, source, target, Console(stderr=True))
    except GuideError as error:
        _fail(error)
    Console(stderr=True).print(f"{count} rader besvarade, {failed} med fel: {target}")


@app.command()
def doctor() -> None:
    """Kontrollera index, modell, utgåvor, databas och chattmodell."""
    from assistant.doctor import examine

    healthy = True
    console = Console()
    for check in examine(Settings()):
        healthy &= check.healthy
        console.print(f"{'OK ' if check.healthy else 'FEL'} {check.name}: {check.message}", markup=False)
    raise typer.Exit(0 if healthy else _FAILED)


def _assistant() -> Assistant:
    from assistant.answering import Assistant  # two seconds, which no quiz command needs to wait

    settings = Settings()
    ensure_index(settings, Console(stderr=True).print)
    return Assistant.open(settings)


def _show(answer: Answer) -> None:
    console = Console()
    console.print(Markdown(answer.answer))
    if answer.follow_up:
        console.print(f"\n{answer.follow_up.question} ({' / '.join(answer.follow_up.options)})", markup=False)
    if answer.citations:
        console.print("\nKällor:")
        for citation in answer.citations:
            console.print(f"– {citation.label}", markup=False)
    console.print(f"\nUtgåva {answer.edition}. Ingen juridisk rådgivning i det enskilda fallet.")


def _fail(error: GuideError) -> None:
    Console(stderr=True).print(str(error), markup=False)
    raise typer.Exit(_FAILED)
