"""What is wrong with this installation, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.answering import Assistant
from assistant.embedding import load_embedding
from assistant.errors import GuideError
from assistant.ready import index_fault
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined."""

    name: str
    healthy: bool
    message: str  # Swedish; what is wrong says what to do


def examine(settings: Settings) -> Iterator[Check]:
    """Examine model, index, editions, answers, database and chat model, one after the other."""
    yield _model(settings)
    yield _index(settings)
    yield from _answers(settings)
    yield _database(settings)
    yield _chat_model(settings)


def _model(settings: Settings) -> Check:
    try:
        model = load_embedding(settings.embedding_model, settings.embedding_threads)
    except GuideError as error:
        return Check("Sökmodell", False, str(error))
    return Check("Sökmodell", True, f"{model.name}, {model.dimension} dimensioner")


def _index(settings: Settings) -> Check:
    fault = index_fault(settings)
    if fault is not None:
        return Check("Index", False, f"{fault} Kör: python -m ingest")
    return Check("Index", True, f"helt och i takt med {settings.corpus_dir}")


def _answers(settings: Settings) -> Iterator[Check]:
    try:
        assistant = Assistant.open(settings)
        answer = assistant.answer("Vad är samlokalisering?")
    except GuideError as error:
        yield Check("Svar", False, str(error))
        return
    for edition in assistant.editions.values():
        rows = len(edition.consent_table)
        yield Check(f"Utgåva {edition.id}", True, f"{len(edition.blocks)} stycken, Tabell 1 med {rows} rader")
    quoted = bool(answer.citations)
    yield Check(
        "Svar", quoted, "svarar med källa" if quoted else "svarar utan källa: python -m ingest --rebuild"
    )


def _database(settings: Settings) -> Check:
    try:
        if settings.feedback_url.startswith("sqlite"):
            settings.var_dir.mkdir(parents=True, exist_ok=True)
        engine = create_engine(settings.feedback_url)
        with engine.connect() as connection:
            connection.execute(text("select 1"))
        engine.dispose()
    except (SQLAlchemyError, OSError, ImportError) as error:
        first = str(error).splitlines()[0]
        return Check("Databas", False, f"{first}. Rätta VAGLEDAREN_DATABASE_URL.")
    return Check("Databas", True, "svarar")


def _chat_model(settings: Settings) -> Check:
    if not settings.chat_model:
        return Check("Chattmodell", True, "ingen vald (svaren sätts samman ur vägledningen)")
    try:
        httpx.get(settings.chat_model_url, timeout=5).close()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Check(
            "Chattmodell",
            False,
            f"{settings.chat_model_url or 'adress saknas'}: {error}. Starta servern, eller töm "
            "VAGLEDAREN_CHAT_MODEL.",
        )
    return Check("Chattmodell", True, f"{settings.chat_model} svarar på {settings.chat_model_url}")
