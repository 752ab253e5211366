"""``python -m assistant feedback``: what users said of the answers, written to a file or the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings

feedback = typer.Typer(no_args_is_help=True, help="Omdömen om svaren.")


@feedback.callback()
def main() -> None:
    """Omdömen om svaren."""


@feedback.command()
def export(
    target: Annotated[Path | None, typer.Argument(help="Fil att skriva; utan den skrivs på skärmen.")] = None,
    everything: Annotated[bool, typer.Option("--alla", help="Även svar som hjälpte.")] = False,
) -> None:
    """Skriv omdömena som utkast till testfall (YAML)."""
    # Imported here: the database takes a second to load, and no other command needs it.
    from sqlalchemy.exc import SQLAlchemyError

    from assistant.feedback import FeedbackStore
    from assistant.feedback_cases import cases_yaml

    try:
        rows = [row for row in FeedbackStore(Settings().feedback_url).all() if everything or not row.helpful]
    except (SQLAlchemyError, OSError) as error:
        sys.stderr.write(f"Databasen med omdömen går inte att läsa ({type(error).__name__}). ")
        sys.stderr.write("Kontrollera VAGLEDAREN_DATABASE_URL.\n")
        raise typer.Exit(1) from error
    text = cases_yaml(rows)
    if target is None:
        sys.stdout.write(text)
        return
    target.write_text(text, encoding="utf-8")
    sys.stderr.write(f"{len(rows)} omdömen skrevs till {target}.\n")
