"""The batch command: one output line per input line, whatever the line holds."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from assistant.answer_json import answer_to_dict
from assistant.batch import answer_lines
from assistant.errors import InvalidInputError
from assistant.types import Answer, Citation, Profile, Status, Turn, Verdict, Warning_


class Echo:
    """Answers with what it was asked, so that a test sees what reached it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...], Profile | None, str | None]] = []

    def answer(self, question, history=(), profile=None, edition=None):
        if edition == "1999":
            raise InvalidInputError("Utgåvan '1999' finns inte.")
        self.asked.append((question, tuple(history), profile, edition))
        citation = Citation("2024", ("Sekretess",), "Vägledning 2024, Sekretess", "ord", 0, 3, None, 2)
        return Answer(
            question,
            Status.ANSWERED,
            Verdict.CONSENT_REQUIRED,
            "2024",
            "Svar",
            (citation,),
            warnings=(Warning_.PERSONAL_DATA,),
        )


def run(tmp_path: Path, raw: bytes) -> tuple[list[dict], Echo, tuple[int, int]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(raw)
    echo = Echo()
    counted = answer_lines(echo, source, target, Console(file=StringIO()))
    return [json.loads(line) for line in target.read_text("utf-8").splitlines()], echo, counted


def test_every_line_gives_one_line_in_the_same_order(tmp_path):
    raw = b'{"id": "b", "question": "Fr\xc3\xa5ga tv\xc3\xa5"}\n{"id": 7, "question": "ett"}\n'
    out, _, counted = run(tmp_path, raw)
    assert [line["id"] for line in out] == ["b", 7]
    assert out[0]["question"] == "Fråga två"
    assert counted == (2, 0)


def test_a_bad_line_is_an_error_and_the_run_goes_on(tmp_path):
    raw = b'inte json\n{"id": "x"}\n\xff\xfe\n{"id": "e", "question": "q", "edition": "1999"}\n'
    raw += b'{"id": "ok", "question": "q"}'
    out, _, counted = run(tmp_path, raw)
    assert ["error" in line for line in out] == [True, True, True, True, False]
    assert out[1]["id"] == "x" and "question" in out[1]["error"]
    assert out[3] == {"id": "e", "error": "Utgåvan '1999' finns inte."}
    assert counted == (5, 4)


def test_history_profile_and_edition_reach_the_assistant(tmp_path):
    line = {
        "id": "a",
        "question": "och hon?",
        "history": [{"role": "user", "content": "hej"}, {"role": "assistant", "content": "svar"}],
        "profile": {"role": "Barnmorska", "employer": None},
        "edition": "2018",
    }
    _, echo, _ = run(tmp_path, json.dumps(line).encode())
    assert echo.asked == [
        ("och hon?", (Turn("user", "hej"), Turn("assistant", "svar")), Profile("Barnmorska", None), "2018")
    ]


def test_a_missing_source_is_said_in_swedish(tmp_path):
    with pytest.raises(InvalidInputError, match="kan inte läsas"):
        answer_lines(Echo(), tmp_path / "nej.jsonl", tmp_path / "ut.jsonl", Console(file=StringIO()))


def test_the_answer_object_has_the_contracts_keys_in_plain_values():
    data = answer_to_dict(Echo().answer("q"))
    assert list(data) == [
        "question", "status", "verdict", "edition", "answer", "citations", "branches", "follow_up",
        "reasons", "warnings", "engine", "latency_ms",
    ]  # fmt: skip
    assert json.loads(json.dumps(data)) == data
    assert (data["status"], data["verdict"], data["warnings"]) == (
        "answered",
        "consent_required",
        ["personal_data"],
    )
    assert data["citations"][0]["section"] == ["Sekretess"]
    assert data["follow_up"] is None
