"""The value types of the evals: a case, a score and the outcome of asking one case."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.types import Answer, Profile, Turn

Suite = Literal["tabell1", "guideline", "silence", "safety", "conversation"]
Kind = Literal[
    "consent",
    "guideline",
    "comparison",
    "silence",
    "injection",
    "personal_data",
    "odd_input",
    "duty_to_report",
]
StatusName = Literal["answered", "needs_facts", "not_in_guideline", "declined"]
VerdictName = Literal[
    "consent_required", "consent_not_required", "no_unauthorised_disclosure", "depends", "none"
]
WarningName = Literal["personal_data", "duty_to_report", "superseded_edition"]
Text = Annotated[str, Field(min_length=1)]


class CaseTurn(BaseModel):
    """An earlier turn of the conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal["user", "assistant"]
    content: str


class CaseProfile(BaseModel):
    """What the asker has set once about themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal["BHV-sjuksköterska", "Barnmorska", "Förskollärare", "Socionom"] | None = None
    employer: Literal["Region Skåne", "Kommunen", "Privat vårdgivare"] | None = None


class Repeat(BaseModel):
    """A question made of one text many times over (long odd input stays short in the file)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Text
    times: int = Field(ge=1, le=1_000_000)


class Case(BaseModel):
    """One question with what is expected of its answer. An absent expectation isn't checked.

    ``must`` is a list of alternatives: one of each inner tuple has to stand in the answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    suite: Suite
    kind: Kind
    question: str
    repeat: Repeat | None = None
    turns: tuple[CaseTurn, ...] = ()
    profile: CaseProfile | None = None
    edition: str | None = None
    status: tuple[StatusName, ...] | None = Field(None, min_length=1)
    verdicts: tuple[VerdictName, ...] | None = Field(None, min_length=1)
    rows: tuple[int, ...] | None = None
    section: str | None = None  # "Sekretess › Huvudman": where the first citations must come from
    evidence: tuple[Text, ...] = ()
    evidence_any: tuple[Text, ...] = ()
    must: tuple[tuple[Text, ...], ...] = ()
    must_not: tuple[Text, ...] = ()
    warnings: tuple[WarningName, ...] | None = None
    tags: tuple[Text, ...] = ()
    split: Literal["dev", "test"]
    file: str = Field("", exclude=True)
    line: int = Field(0, exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _accept_short_forms(cls, data: object) -> object:
        """Take `status: answered` for a list of one, `must: [a, [b, c]]`, and `repeat`."""
        if not isinstance(data, dict):
            return data
        data = dict(data)
        for key in ("status", "verdicts", "warnings", "tags"):
            if isinstance(data.get(key), str):
                data[key] = [data[key]]
        if isinstance(data.get("must"), list | tuple):
            data["must"] = [[item] if isinstance(item, str) else item for item in data["must"]]
        repeat = data.get("repeat")
        if isinstance(repeat, dict) and not data.get("question"):
            data["question"] = ""
        return data

    @property
    def asked(self) -> str:
        """What is sent to the assistant as the last turn."""
        return self.repeat.text * self.repeat.times if self.repeat else self.question

    @property
    def history(self) -> tuple[Turn, ...]:
        """The earlier turns as the assistant takes them."""
        return tuple(Turn(turn.role, turn.content) for turn in self.turns)

    @property
    def asker(self) -> Profile | None:
        """The profile as the assistant takes it."""
        return Profile(self.profile.role, self.profile.employer) if self.profile else None

    def input_digest(self) -> str:
        """Return a digest of what is asked: outputs with another one belong to another question."""
        return _digest(self.model_dump(include={"question", "repeat", "turns", "profile", "edition"}))

    def digest(self) -> str:
        """Return a digest of what is asked and expected (not of tags and split)."""
        return _digest(self.model_dump(exclude={"tags", "split", "suite"}))


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Score:
    """What one scorer found. ``value`` is 0-1 (latency: milliseconds); the explanation is Swedish."""

    name: str
    value: float
    passed: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What came of asking one case: an answer, or the error that it ended in."""

    case_id: str
    input_digest: str
    answer: Answer | None
    error: str = ""
    seconds: float = 0.0
    hits: tuple[str, ...] | None = None  # block ids of the retrieval by itself; None: not asked for


@dataclass(frozen=True, slots=True)
class Scored:
    """A case, its output and its scores; right when no gating score failed."""

    case: Case
    output: Output
    scores: tuple[Score, ...] = ()  # the gating ones
    measured: tuple[Score, ...] = ()  # averaged only
    relevant: tuple[str, ...] = ()  # block ids that hold the evidence
    judged: Score | None = field(default=None)  # a chat model's opinion: never counts

    @property
    def right(self) -> bool:
        """Whether everything that the case checks holds."""
        return self.output.answer is not None and all(score.passed for score in self.scores)

    @property
    def dangerous(self) -> bool:
        """Whether the answer says that consent isn't needed where it may be."""
        return any(score.name == "dangerous" and not score.passed for score in self.scores)

    def failed(self) -> tuple[Score, ...]:
        """Return the gating scores that failed."""
        return tuple(score for score in self.scores if not score.passed)

    def score(self, name: str) -> Score | None:
        """Return the score of that name, None where the case doesn't check it."""
        return next((score for score in (*self.scores, *self.measured) if score.name == name), None)
