"""What the assistant's own reading says of a scenario's question: facts, then Tabell 1."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.consent import decide
from assistant.facts import read_text
from assistant.quiz_check import Ask
from assistant.types import Edition, Verdict
from assistant.vocabulary import Vocabulary


def engine(vocabulary_file: Path, editions: Mapping[str, Edition]) -> Ask:
    """Return the function that reads a question and gives its verdict and rows.

    Several recipients with one verdict have that verdict, with different ones DEPENDS. Loads the
    vocabulary at once, and no model.
    """
    vocabulary = Vocabulary.load(vocabulary_file)

    def ask(question: str, edition: str) -> tuple[Verdict | None, tuple[int, ...]]:
        findings = [decide(facts, editions[edition]) for facts in read_text(question, vocabulary).facts()]
        verdicts = {finding.verdict for finding in findings}
        rows = tuple(dict.fromkeys(row for finding in findings for row in finding.rows + finding.failed_rows))
        return (verdicts.pop() if len(verdicts) == 1 else Verdict.DEPENDS), rows

    return ask
