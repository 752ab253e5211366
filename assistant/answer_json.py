"""Answer → the JSON object of the contract, the same for chat, command line, API and evals."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.types import Answer


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """The answer as plain data: enums as their values, tuples as lists, key order as declared."""
    data: dict[str, Any] = _plain(asdict(answer))
    return data


def _plain(value: Any) -> Any:  # noqa: ANN401  (walks any nesting of plain data)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.value if hasattr(value, "value") else value
