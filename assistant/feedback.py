"""Judgements of answers, kept in a local database; personal data is masked before it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Boolean, DateTime, Integer, String, Text, create_engine, make_url, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.privacy import mask
from assistant.types import Status, Turn, Verdict

MAX_COMMENT = 1000


class Reason(StrEnum):
    """What was wrong with an answer that didn't help."""

    WRONG_ANSWER = "fel svar"
    WRONG_SOURCE = "fel källa"
    UNCLEAR = "otydligt"


class Judgement(BaseModel):
    """What the page sends: which answer, whether it helped, and if not, why."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int = Field(ge=1)
    helpful: bool
    reason: Reason | None = None
    comment: str = Field(default="", max_length=MAX_COMMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAnswer:
    """The answer that is judged: what was asked, after what, and what was answered."""

    question: str
    history: tuple[Turn, ...] = ()
    status: Status
    verdict: Verdict | None
    edition: str
    rows: tuple[int, ...] = ()
    citations: tuple[str, ...] = ()  # labels


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFeedback(JudgedAnswer):
    """One stored judgement; every text is masked."""

    id: int
    at: datetime  # UTC
    helpful: bool
    reason: Reason | None
    comment: str


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    helpful: Mapped[bool] = mapped_column(Boolean, nullable=False)
    reason: Mapped[str | None] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, nullable=False)
    question: Mapped[str] = mapped_column(Text, nullable=False)
    history: Mapped[str] = mapped_column(Text, nullable=False)  # JSON
    status: Mapped[str] = mapped_column(String(30), nullable=False)
    verdict: Mapped[str | None] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20), nullable=False)
    rows: Mapped[str] = mapped_column(Text, nullable=False)  # JSON
    citations: Mapped[str] = mapped_column(Text, nullable=False)  # JSON


class FeedbackStore:
    """The judgements at a SQLAlchemy address; the table is made at the first use."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None

    def add(self, judgement: Judgement, answer: JudgedAnswer) -> None:
        """Store one judgement; all texts are masked here, whoever sent them.

        Raises sqlalchemy.exc.SQLAlchemyError or OSError when the database can't be written.
        """
        row = _Row(
            at=datetime.now(UTC).replace(tzinfo=None),
            helpful=judgement.helpful,
            reason=judgement.reason.value if judgement.reason and not judgement.helpful else None,
            comment=mask(judgement.comment).text,
            question=mask(answer.question).text,
            history=json.dumps([[t.role, mask(t.content).text] for t in answer.history], ensure_ascii=False),
            status=answer.status.value,
            verdict=answer.verdict.value if answer.verdict else None,
            edition=mask(answer.edition).text,
            rows=json.dumps(list(answer.rows)),
            citations=json.dumps([mask(label).text for label in answer.citations], ensure_ascii=False),
        )
        with Session(self._open()) as session, session.begin():
            session.add(row)

    def all(self) -> Iterator[StoredFeedback]:
        """Yield every judgement, oldest first."""
        with Session(self._open()) as session:
            for row in session.scalars(select(_Row).order_by(_Row.id)):
                yield _stored(row)

    def close(self) -> None:
        """Close the database; the next use opens it again."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _open(self) -> Engine:
        if self._engine is None:
            url = make_url(self._url)
            if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
                Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(url)
            _Base.metadata.create_all(engine)
            self._engine = engine
        return self._engine


def _stored(row: _Row) -> StoredFeedback:
    return StoredFeedback(
        id=row.id,
        at=row.at.replace(tzinfo=UTC),
        helpful=row.helpful,
        reason=Reason(row.reason) if row.reason else None,
        comment=row.comment,
        question=row.question,
        history=tuple(Turn(role, content) for role, content in json.loads(row.history)),
        status=Status(row.status),
        verdict=Verdict(row.verdict) if row.verdict else None,
        edition=row.edition,
        rows=tuple(json.loads(row.rows)),
        citations=tuple(json.loads(row.citations)),
    )
