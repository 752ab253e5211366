"""``quiz check``, ``quiz new`` and ``quiz export``: a new trainer's way to a printed quiz."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from assistant import quiz_cli
from assistant.errors import IndexMissingError
from assistant.serialise import editions_to_json
from assistant.settings import Settings
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
run = CliRunner()


READ_EDITIONS = quiz_cli._editions


@pytest.fixture(autouse=True)
def editions_without_an_index(monkeypatch):
    """The editions straight from the corpus: building an index is tested elsewhere."""
    editions = {edition.id: edition for edition in load_corpus(CORPUS)}
    monkeypatch.setattr(quiz_cli, "_editions", lambda settings: editions)
    monkeypatch.setenv("VAGLEDAREN_CORPUS_DIR", str(CORPUS))


def test_template_check_and_a_printed_quiz_of_ones_own(tmp_path):
    # Prevents a step in the trainer's way that doesn't lead to the next.
    own, paper = tmp_path / "egna.yaml", tmp_path / "ovning.html"
    made = run.invoke(quiz_cli.app, ["new", str(own)])
    assert made.exit_code == 0, made.output
    # The template's ids aren't in the corpus, so the file can be checked as it is.
    checked = run.invoke(quiz_cli.app, ["check", str(own)])
    assert checked.exit_code == 0, checked.output
    assert "2 scenarier, inga fel" in checked.output
    exported = run.invoke(quiz_cli.app, ["export", "--format", "html", "--file", str(own), str(paper)])
    assert exported.exit_code == 0, exported.output
    assert "Skrev 2 frågor" in exported.output
    assert "Facit" in paper.read_text(encoding="utf-8")


def test_new_writes_over_nothing(tmp_path):
    # Prevents the loss of an evening's scenarios.
    own = tmp_path / "egna.yaml"
    own.write_text("mitt", encoding="utf-8")
    result = run.invoke(quiz_cli.app, ["new", str(own)])
    assert result.exit_code == 1
    assert "finns redan" in result.output
    assert own.read_text(encoding="utf-8") == "mitt"


def test_new_without_a_file_prints_the_template():
    # Prevents a template that can't be looked at first.
    assert "scenarios:" in run.invoke(quiz_cli.app, ["new"]).output


def test_check_of_every_shipped_file_is_clean():
    # Prevents shipped scenarios that fail the trainer's own tool, repeated ids included.
    for path in sorted((CORPUS / "scenarios").glob("*.yaml")):
        result = run.invoke(quiz_cli.app, ["check", str(path)])
        assert result.exit_code == 0, result.output


def test_check_fails_with_file_and_line(tmp_path):
    # Prevents exit code 0 for a file with faults.
    own = tmp_path / "egna.yaml"
    run.invoke(quiz_cli.app, ["new", str(own)])
    own.write_text(own.read_text(encoding="utf-8").replace("rows: [2]", "rows: [1]"), encoding="utf-8")
    result = run.invoke(quiz_cli.app, ["check", str(own)])
    assert result.exit_code == 1
    assert f"{own}:" in result.output
    assert "Tabell 1 rad" in result.output or "rows är [1]" in result.output


def test_an_id_of_another_file_is_named(tmp_path):
    # Prevents two scenarios of which one is never asked.
    own = tmp_path / "egna.yaml"
    run.invoke(quiz_cli.app, ["new", str(own)])
    text = own.read_text(encoding="utf-8").replace("mall-nytt-samtycke", "samtycke-fran-i-hostas")
    own.write_text(text, encoding="utf-8")
    result = run.invoke(quiz_cli.app, ["check", str(own)])
    assert "detta id finns redan i samtycke.yaml" in result.output


@pytest.mark.parametrize("kind", ["gift", "csv", "html"])
def test_the_same_code_exports_the_same_file(tmp_path, kind):
    # Prevents a printed sheet that differs from what the group sees.
    one, two = tmp_path / "a", tmp_path / "b"
    for out in (one, two):
        result = run.invoke(quiz_cli.app, ["export", "--format", kind, "--code", "fc-7k3q", str(out)])
        assert result.exit_code == 0, result.output
        assert "Kod: FC-7K3Q" in result.output
    assert one.read_bytes() == two.read_bytes()


def test_a_bad_code_is_one_line_in_swedish(tmp_path):
    # Prevents a stack trace at the trainer.
    result = run.invoke(quiz_cli.app, ["export", "--format", "csv", "--code", "hej", str(tmp_path / "x")])
    assert result.exit_code == 1
    assert result.output.strip().startswith("Koden känns inte igen")


def test_a_missing_file_is_one_line_in_swedish(tmp_path):
    # Prevents "inga fel" for a mistyped file name.
    result = run.invoke(quiz_cli.app, ["check", str(tmp_path / "saknas.yaml")])
    assert result.exit_code == 1
    assert "går inte att läsa" in result.output


def test_an_outdated_index_is_read_and_named_but_not_rebuilt(tmp_path, monkeypatch, capsys):
    # Prevents minutes of indexing before a trainer's file is checked.
    (tmp_path / "editions.json").write_text(editions_to_json(load_corpus(CORPUS)), encoding="utf-8")
    monkeypatch.setattr(
        quiz_cli, "current_generation", lambda folder: (tmp_path, SimpleNamespace(corpus="äldre"))
    )
    monkeypatch.setattr(quiz_cli, "ensure_index", lambda *arguments: pytest.fail("the index was rebuilt"))
    assert list(READ_EDITIONS(Settings())) == ["2024", "2018"]
    assert "python -m ingest" in capsys.readouterr().err


def test_a_missing_index_is_built_first(monkeypatch):
    # Prevents a dead end on a fresh machine, where nothing has been started yet.
    asked = []

    def missing(folder):
        raise IndexMissingError("inget index")

    monkeypatch.setattr(quiz_cli, "current_generation", missing)
    monkeypatch.setattr(quiz_cli, "ensure_index", lambda *arguments: asked.append("built"))
    with pytest.raises(SystemExit):
        READ_EDITIONS(Settings())
    assert asked == ["built"]
