"""What users said of the answers, as eval cases to review."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

from assistant.feedback import Reason, StoredFeedback
from assistant.types import Status, Verdict

_HEADER = """\
# Omdömen från användare som utkast till testfall. Granska varje fall: rätta eller ta bort det som
# står under status, verdicts och rows (det är vad Vägledaren svarade, inte vad som är rätt), lägg
# till evidence, ta bort "granska" ur tags och flytta fallet till en fil i evals/cases.
"""


def cases_yaml(rows: Iterable[StoredFeedback]) -> str:
    """Return the judgements as a file of eval cases; what the user said stands in comments."""
    yaml = YAML()
    yaml.width = 100
    yaml.allow_unicode = True
    text = [_HEADER, "suite: guideline\ncases:"]
    rows = list(rows)
    for row in rows:
        buffer = io.StringIO()
        yaml.dump([case_of(row)], buffer)
        text += [*_said(row), *("  " + line for line in buffer.getvalue().splitlines())]
    return "\n".join(text if rows else [_HEADER, "suite: guideline\ncases: []"]) + "\n"


def case_of(row: StoredFeedback) -> dict[str, Any]:
    """Return one judgement as an eval case: the question with what was answered then."""
    case: dict[str, Any] = {"id": f"omdome-{row.id}", "kind": "consent" if row.verdict else _kind(row.status)}
    if row.history:
        case["turns"] = [{"role": turn.role, "content": turn.content} for turn in row.history]
    case["question"] = row.question
    if row.edition != "2024":
        case["edition"] = row.edition
    case["status"] = [row.status.value]
    case["verdicts"] = [row.verdict.value if row.verdict else "none"]
    if row.verdict and row.verdict is not Verdict.DEPENDS:
        case["rows"] = list(row.rows)
    reason = {Reason.WRONG_ANSWER: "fel-svar", Reason.WRONG_SOURCE: "fel-kalla", Reason.UNCLEAR: "otydligt"}
    case["tags"] = ["granska", *([reason[row.reason]] if row.reason else [])]
    case["split"] = "dev"
    return case


def _kind(status: Status) -> str:
    return "silence" if status is Status.NOT_IN_GUIDELINE else "guideline"


def _said(row: StoredFeedback) -> list[str]:
    helped = "hjälpte" if row.helpful else "hjälpte inte"
    reason = f", {row.reason.value}" if row.reason else ""
    lines = [f"  # {row.at:%Y-%m-%d}: svaret {helped}{reason}"]
    lines += [f"  # kommentar: {line}" for line in row.comment.splitlines()]
    lines += [f"  # källa då: {label}" for label in row.citations]
    return lines
