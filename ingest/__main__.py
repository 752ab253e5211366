"""``python -m ingest``: brings the index up to the corpus."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from assistant.embedding import VectorModel, load_embedding
from assistant.errors import GuideError, IndexLockedError, InvalidInputError
from assistant.settings import Settings
from ingest.build import build_index, read_sources, ship_vectors
from ingest.entries import EditionSource
from ingest.progress import Progress
from ingest.questions import blocks_without_questions

_NAMED = 5  # blocks without questions that are named; the others are counted


def main(
    edition: Annotated[
        str | None, typer.Option(help="Take only this edition from the corpus; keep the others as indexed.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Use nothing of an earlier run.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Check the corpus and write nothing.")] = False,
    save_vectors: Annotated[
        bool,
        typer.Option(
            "--save-vectors", help="Then write vectors and learned files to corpus/vectors/, to spare others."
        ),
    ] = False,
) -> None:
    """Bring the index in var/ up to the editions in corpus/. A run that changes nothing is quick."""
    raise typer.Exit(run(Settings(), _load_with_all_cores, edition, rebuild, check, save_vectors))


def run(
    settings: Settings,
    load_model: Callable[[str], VectorModel],
    edition: str | None = None,
    rebuild: bool = False,
    check: bool = False,
    ship: bool = False,
) -> int:
    """Do the run and return its exit code: 0, 1 for an error, 2 for wrong usage, 3 if locked."""
    progress = Progress()
    try:
        sources = read_sources(settings.corpus_dir)
        for source in sources:
            _describe(source, progress)
        if check:
            return 0
        model = load_model(settings.embedding_model)
        result = build_index(
            settings.corpus_dir, settings.index_dir, model, progress, only=edition, rebuild=rebuild
        )
        if ship:
            for path in ship_vectors(settings.corpus_dir, settings.index_dir):
                progress.say(f"Wrote {path}")
    except (GuideError, OSError) as error:
        sys.stderr.write(f"{' '.join(str(error).split())}\n")
        return 3 if isinstance(error, IndexLockedError) else 2 if isinstance(error, InvalidInputError) else 1
    state = "now serving" if result.changed else "unchanged"
    progress.say(f"{result.texts} texts, {result.embedded} embedded; {result.generation} {state}")
    return 0


def _describe(source: EditionSource, progress: Progress) -> None:
    edition = source.edition
    passages = sum(len(block.passages) for block in edition.blocks)
    progress.say(
        f"{edition.id}: {len(edition.sections)} sections, {len(edition.blocks)} blocks, {passages} passages, "
        f"{len(edition.consent_table)} table rows, {len(source.questions)} written questions"
    )
    lacking = blocks_without_questions(edition, source.questions)
    if lacking:
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        progress.say(f"{edition.id}: no written questions for {', '.join(lacking[:_NAMED])}{more}")


def _load_with_all_cores(name: str) -> VectorModel:
    return load_embedding(name, threads=os.cpu_count() or 1)


if __name__ == "__main__":
    typer.run(main)
