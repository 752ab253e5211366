"""The trainers' own scenarios: ``corpus/scenarios/*.yaml`` → items, and what is wrong with them.

A file holds a list under ``scenarios:``. Each entry is read by itself: a broken one is named with
file and line in a Complaint, and the others stay usable.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from assistant.quiz import Choice, Item, Source, Theme
from assistant.quiz_items import choices, reason_of
from assistant.quiz_reasons import Reason
from assistant.types import Edition, Verdict

FOLDER = "scenarios"
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
_ASKED = {"same_unit": Reason.ASK_UNIT, "same_board": Reason.ASK_BOARD}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault in a scenario file, in Swedish."""

    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class ScenarioChoice(BaseModel):
    """A choice as a trainer writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: _Text
    right: bool
    why: _Text


class ScenarioSource(BaseModel):
    """Where the answer stands: headings from the chapter down, and a verbatim quote."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: tuple[_Text, ...] = Field(min_length=1)
    quote: _Text


class Scenario(BaseModel):
    """One scenario as a trainer writes it. ``question`` makes it an eval case as well."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
    theme: Theme
    difficulty: int = Field(ge=1, le=3)
    story: _Text
    question: _Text | None = None
    verdicts: tuple[Verdict, ...] = ()
    rows: tuple[int, ...] = ()
    edition: str = "2024"
    choices: tuple[ScenarioChoice, ...] = ()
    source: ScenarioSource
    decisive: _Text

    @model_validator(mode="after")
    def _has_one_key(self) -> Scenario:
        if not self.choices:
            if not self.verdicts or not self.rows:
                raise ValueError("choices saknas; bara den som har både verdicts och rows kan vara utan")
            return self
        if len(self.choices) not in (3, 4):
            raise ValueError(f"{len(self.choices)} choices; det ska vara tre eller fyra")
        right = sum(choice.right for choice in self.choices)
        if right != 1:
            raise ValueError(f"{right} choices har right: true; det ska vara precis ett")
        if len({choice.text.casefold() for choice in self.choices}) < len(self.choices):
            raise ValueError("två choices har samma text")
        return self


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario with the place it was read from."""

    scenario: Scenario
    file: str
    line: int
    lines: Mapping[str, int]  # where each of its keys stands

    def complaint(self, key: str, text: str) -> Complaint:
        """Return a complaint that points at the line of a key, or of the scenario."""
        return Complaint(self.file, self.lines.get(key, self.line), f"{self.scenario.id}: {text}")


def read_folder(corpus_dir: Path) -> tuple[tuple[Entry, ...], tuple[Complaint, ...]]:
    """Return the scenarios of ``corpus_dir/scenarios/*.yaml`` and the faults found in reading them."""
    entries: list[Entry] = []
    complaints: list[Complaint] = []
    for path in sorted((corpus_dir / FOLDER).glob("*.yaml")):
        found, wrong = read_file(path)
        entries += found
        complaints += wrong
    unique: dict[str, Entry] = {}
    for entry in entries:
        if entry.scenario.id in unique:
            complaints.append(entry.complaint("id", "detta id finns redan; varje scenario ska ha sitt eget"))
        else:
            unique[entry.scenario.id] = entry
    return tuple(unique.values()), tuple(complaints)


def read_file(path: Path) -> tuple[tuple[Entry, ...], tuple[Complaint, ...]]:
    """Return a file's scenarios and the faults found in reading it. Raises nothing for a bad file."""
    try:
        data = YAML(typ="rt").load(io.StringIO(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        return (), (Complaint(str(path), None, f"filen går inte att läsa som UTF-8-text ({error})"),)
    except YAMLError as error:
        return (), (_bad_yaml(path, error),)
    listed = data.get("scenarios") if isinstance(data, CommentedMap) else None
    if not isinstance(listed, CommentedSeq):
        return (), (Complaint(str(path), 1, "filen ska börja med ”scenarios:” och under det en lista"),)
    lines = [int(listed.lc.item(number)[0]) + 1 for number in range(len(listed))]
    read = [_entry(path, raw, line) for raw, line in zip(listed, lines, strict=True)]
    entries = [each for each in read if isinstance(each, Entry)]
    complaints = [each for each in read if isinstance(each, Complaint)]
    return tuple(entries), tuple(complaints)


def scenario_item(entry: Entry, edition: Edition) -> Item:
    """Return the scenario as an item; missing choices come from its row and verdict.

    Raises ValueError, in Swedish, if that isn't possible.
    """
    scenario = entry.scenario
    written = tuple(Choice(choice.text, choice.right, choice.why) for choice in scenario.choices)
    return Item(
        id=scenario.id,
        theme=scenario.theme,
        difficulty=scenario.difficulty,
        edition=scenario.edition,
        story=" ".join(scenario.story.split()),
        choices=written or _choices_of(scenario, edition),
        source=_source(scenario, edition),
        decisive=scenario.decisive,
        case=scenario.id,
        verdicts=scenario.verdicts,
        rows=scenario.rows,
    )


def _choices_of(scenario: Scenario, edition: Edition) -> tuple[Choice, ...]:
    row = next((row for row in edition.consent_table if row.number == scenario.rows[0]), None)
    if row is None:
        raise ValueError(f"Tabell 1 i utgåva {edition.id} har ingen rad {scenario.rows[0]}")
    verdict = scenario.verdicts[0]
    if verdict is row.outcome:
        key = reason_of(row)
    elif verdict is Verdict.DEPENDS and len(scenario.rows) == 1 and row.outcome_requires:
        key = _ASKED[next(iter(row.outcome_requires))]
    elif verdict is Verdict.CONSENT_NOT_REQUIRED and row.care_relation_exception:
        key = Reason.INNER
    else:
        raise ValueError("alternativen kan inte tas ur raden; skriv egna choices")
    drawn = choices(scenario.id, key, scenario.difficulty, None)
    why = scenario.decisive
    return tuple(Choice(choice.text, choice.right, why if choice.right else choice.why) for choice in drawn)


def _source(scenario: Scenario, edition: Edition) -> Source:
    section, quote = scenario.source.section, " ".join(scenario.source.quote.split())
    for row in edition.consent_table:
        if row.number in scenario.rows and any(quote in cell for cell in row.cells):
            return Source(section, quote, row.number)
    return Source(section, quote)


def _entry(path: Path, raw: object, line: int) -> Entry | Complaint:
    if not isinstance(raw, CommentedMap):
        return Complaint(str(path), line, "ett scenario ska börja med ”- id: …”")
    lines = {str(key): int(raw.lc.key(key)[0]) + 1 for key in raw}
    try:
        return Entry(Scenario.model_validate(_plain(raw)), str(path), line, lines)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = [str(part) for part in first["loc"]]
        where = lines.get(place[0], line) if place else line
        name = raw.get("id") or "scenario utan id"
        return Complaint(str(path), where, f"{name}: {_in_swedish(first, '.'.join(place))}")


def _plain(value: object) -> object:
    """Return ruamel's containers and strings as plain ones, which pydantic takes."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _bad_yaml(path: Path, error: YAMLError) -> Complaint:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    problem = error.problem if isinstance(error, MarkedYAMLError) else str(error).splitlines()[0]
    return Complaint(
        str(path),
        mark.line + 1 if mark else None,
        f"filen är inte giltig YAML ({problem}). Kontrollera indrag, och sätt citattecken om text med kolon.",
    )


def _in_swedish(error: Mapping[str, Any], key: str) -> str:
    given = "av fel slag" if isinstance(error["input"], dict | list) else repr(error["input"])
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    said = {
        "missing": f"nyckeln {key} saknas",
        "extra_forbidden": f"nyckeln {key} känns inte igen; nycklarna är {', '.join(Scenario.model_fields)}",
        "enum": f"{key} är {given}; möjliga värden är "
        + str(context.get("expected", "")).replace(" or ", " eller "),
        "string_pattern_mismatch": f"{key} är {given}; använd små bokstäver a–z, siffror och bindestreck",
        "greater_than_equal": f"{key} är {given}; det ska vara 1, 2 eller 3",
        "less_than_equal": f"{key} är {given}; det ska vara 1, 2 eller 3",
        "string_too_short": f"{key} är tom",
        "too_short": f"{key} är tom",
        "string_type": f"{key} är {given}; det ska vara text, kanske behövs citattecken",
        "bool_parsing": f"{key} är {given}; det ska vara true eller false",
    }
    return said.get(error["type"], f"{key} är {given} ({error['msg']})")
