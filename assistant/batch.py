"""Many questions: JSON lines in, JSON lines out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import track

from assistant.answer_json import answer_to_dict
from assistant.answerer import Answerer
from assistant.errors import GuideError, InvalidInputError
from assistant.types import Profile, Turn


class _Turn(BaseModel):
    role: Literal["user", "assistant"]
    content: str


class _Profile(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: str | None = None
    employer: str | None = None


class _Line(BaseModel):
    """One input line of the contract."""

    model_config = ConfigDict(extra="ignore")
    id: str | int
    question: str
    history: list[_Turn] | None = None
    edition: str | None = None
    profile: _Profile | None = None


def answer_lines(assistant: Answerer, source: Path, target: Path, console: Console) -> tuple[int, int]:
    """Answer every line of ``source`` into ``target``; return how many lines, and how many failed.

    A bad line gives ``{"id"?, "error": …}`` and the run goes on. The target is written beside
    itself and renamed at the end of the run only, so that a killed run leaves no half file.
    Raises InvalidInputError when the source can't be read or the target can't be written.
    """
    lines = _read(source)
    failed = 0
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8") as out:
            shown = track(lines, "Besvarar", console=console, disable=not console.is_terminal)
            for line in shown:
                result = _one(assistant, line)
                failed += "error" in result
                out.write(json.dumps(result, ensure_ascii=False) + "\n")
        partial.replace(target)
    except OSError as exc:
        raise InvalidInputError(f"{target} kan inte skrivas: {exc.strerror}.") from exc
    return len(lines), failed


def _read(source: Path) -> list[bytes]:
    try:
        raw = source.read_bytes()
    except OSError as exc:
        raise InvalidInputError(f"{source} kan inte läsas: {exc.strerror}.") from exc
    return [line for line in raw.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]


def _one(assistant: Answerer, raw: bytes) -> dict[str, object]:
    data: object = None
    try:
        data = json.loads(raw.decode("utf-8"))
        line = _Line.model_validate(data)
        answer = assistant.answer(
            line.question,
            tuple(Turn(t.role, t.content) for t in line.history or ()),
            Profile(line.profile.role, line.profile.employer) if line.profile else None,
            line.edition,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as exc:
        return {"error": f"Raden är inte JSON i UTF-8: {exc}"}
    except ValidationError as exc:
        return {**_id_of(data), "error": "; ".join(_faults(exc))}
    except GuideError as exc:
        return {**_id_of(data), "error": str(exc)}
    return {"id": line.id, **answer_to_dict(answer)}


def _id_of(data: object) -> dict[str, object]:
    return {"id": data["id"]} if isinstance(data, dict) and "id" in data else {}


def _faults(exc: ValidationError) -> Iterator[str]:
    for fault in exc.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in fault["loc"]) or "raden"
        yield f"{where}: {fault['msg']}"
