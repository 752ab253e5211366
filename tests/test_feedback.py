"""Judgements are stored masked and come out as eval cases that load."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from assistant.feedback import FeedbackStore, JudgedAnswer, Judgement, Reason
from assistant.feedback_cases import cases_yaml
from assistant.feedback_cli import feedback
from assistant.types import Status, Turn, Verdict
from evals.model import Case

SECRETS = ("191212121212", "070-174 06 05", "test.person@example.se")


def judged(question: str = "Behöver jag samtycke?", **changes: object) -> JudgedAnswer:
    given: dict[str, object] = {
        "question": question,
        "status": Status.ANSWERED,
        "verdict": Verdict.CONSENT_REQUIRED,
        "edition": "2024",
        "rows": (2,),
        "citations": ("Vägledning 2024, Sekretess › Huvudman, Tabell 1 rad 2 (s. 19)",),
    }
    return JudgedAnswer(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/ny/mapp/feedback.sqlite3"


def test_no_unmasked_text_reaches_the_file(url: str, tmp_path: Path) -> None:
    # Prevents personal data in the database through any of the texts, in any encoding of a column.
    store = FeedbackStore(url)
    text = " ".join(SECRETS)
    store.add(
        Judgement(number=1, helpful=False, reason=Reason.UNCLEAR, comment=text),
        judged(text, history=(Turn("user", text), Turn("assistant", text)), citations=(text,)),
    )
    store.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in SECRETS:
        assert secret.encode() not in raw
    (row,) = store.all()
    assert "[personnummer]" in row.comment and "[personnummer]" in row.question


def test_what_is_stored_comes_back_in_order(url: str) -> None:
    # Prevents a column that is dropped or mixed up on the way.
    store = FeedbackStore(url)
    store.add(Judgement(number=1, helpful=True), judged())
    store.add(
        Judgement(number=2, helpful=False, reason=Reason.WRONG_SOURCE, comment="rad 3"),
        judged("Och 2018?", edition="2018", verdict=None, status=Status.NOT_IN_GUIDELINE, rows=()),
    )
    first, second = FeedbackStore(url).all()
    assert first.helpful and first.reason is None and first.rows == (2,)
    assert second.reason is Reason.WRONG_SOURCE and second.comment == "rad 3"
    assert (second.edition, second.verdict, second.status) == ("2018", None, Status.NOT_IN_GUIDELINE)


def test_a_reason_with_a_helpful_answer_is_not_kept(url: str) -> None:
    # Prevents contradictory judgements in the export.
    store = FeedbackStore(url)
    store.add(Judgement(number=1, helpful=True, reason=Reason.WRONG_ANSWER), judged())
    assert next(store.all()).reason is None


def test_every_exported_case_is_a_case_of_the_evals(url: str) -> None:
    # Prevents an export that the evals can't load.
    store = FeedbackStore(url)
    nasty = 'Får "vi": dela # detta?\n- ja\n{{ x }} <script>'
    store.add(Judgement(number=1, helpful=False, comment="rad ett\n- id: hopp"), judged(nasty))
    store.add(
        Judgement(number=2, helpful=False, reason=Reason.WRONG_ANSWER),
        judged(
            "Kommunen", history=(Turn("user", "Får vi?"), Turn("assistant", "Det beror på.")), edition="2018"
        ),
    )
    data = YAML(typ="safe").load(cases_yaml(store.all()))
    cases = [Case(**case, suite=data["suite"]) for case in data["cases"]]
    assert cases[0].question == nasty and "granska" in cases[0].tags
    assert cases[1].edition == "2018" and len(cases[1].turns) == 2 and cases[1].rows == (2,)
    assert len({case.id for case in cases}) == 2


def test_an_empty_export_loads() -> None:
    # Prevents a broken file on the first day.
    assert YAML(typ="safe").load(cases_yaml([])) == {"suite": "guideline", "cases": []}


def test_the_command_exports_what_did_not_help(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Prevents the export from drowning in answers that were fine.
    monkeypatch.setenv("VAGLEDAREN_DATABASE_URL", url)
    store = FeedbackStore(url)
    store.add(Judgement(number=1, helpful=True), judged("Bra fråga"))
    store.add(Judgement(number=2, helpful=False), judged("Dålig fråga"))
    target = tmp_path / "fall.yaml"
    result = CliRunner().invoke(feedback, ["export", str(target)])
    assert result.exit_code == 0, result.output
    assert "Dålig fråga" in target.read_text() and "Bra fråga" not in target.read_text()
    assert "Bra fråga" in CliRunner().invoke(feedback, ["export", "--alla"]).stdout


def test_a_database_that_cannot_be_read_is_said_without_a_stack_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Prevents a stack trace on the terminal.
    broken = tmp_path / "trasig.sqlite3"
    broken.write_bytes(b"inte en databas" * 100)
    monkeypatch.setenv("VAGLEDAREN_DATABASE_URL", f"sqlite:///{broken}")
    result = CliRunner().invoke(feedback, ["export"])
    assert result.exit_code == 1 and "går inte att läsa" in result.stderr
    assert "Traceback" not in result.output
