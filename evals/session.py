"""What a command works with: the settings, the assistant under test and the cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from assistant.types import Edition
from evals.baseline import Baseline, read_baseline
from evals.cases import CASES_DIR, load_cases
from evals.errors import CaseFault, RunError
from evals.gate import GateResult, judge_run, read_thresholds
from evals.model import Case
from evals.scenarios import scenario_cases, scenario_files
from evals.store import Run
from evals.subject import Subject, open_editions, open_subject

GROUNDED, LLM = "grounded", "llm"


@dataclass(frozen=True, slots=True)
class Session:
    """An opened assistant with the cases that it is asked."""

    settings: Settings
    subject: Subject
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class CheckedCases:
    """The cases, and the editions that they are about."""

    editions: Mapping[str, Edition]
    cases: tuple[Case, ...]


def open_session(spec: str, cases_dir: Path, engine: str = GROUNDED) -> Session:
    """Return the assistant that ``spec`` opens and the folder's cases, checked.

    Raises GuideError when the assistant can't be opened, CaseFaults for faulty cases, RunError for
    llm without a model.
    """
    settings = engine_settings(engine)
    subject = open_subject(settings, spec)
    return Session(settings, subject, _cases(cases_dir, settings, subject.editions))


def open_cases(spec: str, cases_dir: Path) -> CheckedCases:
    """Return the folder's cases, checked against the editions of the assistant that ``spec`` opens.

    Raises GuideError when these can't be read, CaseFaults for faulty cases.
    """
    settings = engine_settings(GROUNDED)
    editions = open_editions(settings, spec)
    return CheckedCases(editions, _cases(cases_dir, settings, editions))


def _cases(cases_dir: Path, settings: Settings, editions: Mapping[str, Edition]) -> tuple[Case, ...]:
    """The folder's cases; the project's own folder also takes the quiz's consent scenarios in."""

    def scenarios(faults: list[CaseFault]) -> list[Case]:
        return [case for path in scenario_files(settings.corpus_dir) for case in scenario_cases(path, faults)]

    own = cases_dir.resolve() == CASES_DIR.resolve()
    return load_cases(cases_dir, editions, scenarios if own else None)


def engine_settings(engine: str) -> Settings:
    """Return the settings that make the assistant answer with the engine."""
    settings = Settings()
    if engine == GROUNDED:
        return settings.model_copy(update={"chat_model": ""})
    if not settings.chat_model:
        raise RunError("Motorn llm behöver en språkmodell: sätt VAGLEDAREN_CHAT_MODEL.")
    return settings


def decide(run: Run, baselines_dir: Path) -> tuple[GateResult, Baseline]:
    """Return the gate's decision on the run, and the baseline it was held against."""
    known = read_baseline(run.config.label, run.config.engine, baselines_dir)
    return judge_run(run.results, known, read_thresholds()), known
