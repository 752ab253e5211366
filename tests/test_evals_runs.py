"""The commands: run, rescore, compare, bless, report, export, import, coverage, check."""

import json
from pathlib import Path

import pytest
from evals_support import (
    CASE_FILE,
    CutCitations,
    Fault,
    FlippedVerdict,
    Oracle,
    real_editions,
    write_case_file,
)
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from typer.testing import CliRunner

from assistant.errors import IndexMissingError, InvalidInputError
from assistant.settings import PROJECT_ROOT
from evals.__main__ import app
from evals.cases import load_cases
from evals.judge import judge_faithfulness
from evals.model import Case
from evals.runner import ask_case, ask_cases, score_outputs
from evals.store import read_run

ODD = """  - id: exempel-2
    kind: odd_input
    question: "?"
    status: [declined]
    verdicts: [none]
    tags: [short]
    split: test
"""


class Workshop:
    """The command line on a case folder of its own, with a stand-in for the assistant."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cases = write_case_file(folder / "cases", CASE_FILE + ODD)

    def __call__(self, *arguments: str, subject: str = "honest", options: tuple[str, ...] = ()) -> object:
        known = {
            "--subject": f"test_evals_runs:open_{subject}",
            "--cases": str(self.cases),
            "--baselines": str(self.folder / "baselines"),
            "--runs": str(self.folder / "runs"),
        }
        wanted = [part for name in options for part in (name, known[name])]
        return CliRunner().invoke(app, [*arguments, *wanted])

    def run(self, *arguments: str, subject: str = "honest") -> object:
        options = ("--subject", "--cases", "--baselines", "--runs")
        return self("run", *arguments, subject=subject, options=options)


def _oracle() -> Oracle:
    return Oracle(load_cases(Path(_oracle.folder), real_editions()), real_editions())


def open_honest(settings: object) -> Oracle:
    return _oracle()


def open_flipped(settings: object) -> Fault:
    return FlippedVerdict(_oracle())


def open_cut(settings: object) -> Fault:
    return CutCitations(_oracle())


def open_without_index(settings: object) -> Oracle:
    raise IndexMissingError("found no index. Build it: python -m ingest")


def open_broken(settings: object) -> Oracle:
    raise ZeroDivisionError("oj")


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    _oracle.folder = made.cases
    return made


def test_a_run_folder_holds_everything_needed_to_judge_it_again(shop: Workshop) -> None:
    # Without corpus, code and model a number can't be explained a month later.
    out = shop.folder / "ut"
    result = shop.run("--out", str(out))
    assert result.exit_code == 0, result.output
    config = json.loads((out / "config.json").read_text())
    assert config["corpus"]
    assert config["code"]
    assert config["embedding_model"]
    run = read_run(out)
    assert [r.case.id for r in run.results] == ["exempel-1", "exempel-2"]
    assert all(r.right for r in run.results)


def test_the_gate_answers_0_good_1_worse_2_could_not_run(shop: Workshop) -> None:
    # CI reads nothing but the exit code.
    assert shop.run("--gate").exit_code == 2  # nothing blessed yet
    assert shop("bless", options=("--baselines", "--runs")).exit_code == 0
    assert shop.run("--gate").exit_code == 0
    red = shop.run("--gate", subject="flipped")
    assert red.exit_code == 1
    assert "Farliga svar" in red.output
    missing = shop.run("--gate", subject="without_index")
    assert missing.exit_code == 2
    assert "python -m ingest" in missing.output
    assert shop.run("--gate", subject="broken").exit_code == 2


def test_dangerous_and_partial_runs_can_t_be_blessed(shop: Workshop) -> None:
    # A blessed fault is invisible from then on.
    shop.run(subject="flipped")
    refused = shop("bless", options=("--baselines", "--runs"))
    assert refused.exit_code == 2
    assert "farliga svar" in refused.output
    shop.run("--split", "dev")
    assert "bara en del" in shop("bless", options=("--baselines", "--runs")).output


def test_faulty_cases_stop_the_run_with_file_and_line(shop: Workshop) -> None:
    # A run over half the cases looks like a run.
    _oracle.folder = write_case_file(shop.folder / "andra")
    write_case_file(shop.cases, CASE_FILE.replace("rows: [7]", "rows: [9]"))
    result = shop("check", options=("--subject", "--cases"))
    assert result.exit_code == 1
    assert "exempel.yaml:3" in result.output
    assert shop.run().exit_code == 2


def test_compare_shows_what_broke_and_what_got_fixed(shop: Workshop) -> None:
    # Two averages don't say which answers changed.
    first, second = str(shop.folder / "a"), str(shop.folder / "b")
    shop.run("--out", first)
    shop.run("--out", second, subject="cut")
    page = shop.folder / "skillnad.html"
    broken = shop("compare", first, second, "--html", str(page))
    assert broken.exit_code == 0
    assert "Har gått sönder (1)" in broken.output
    assert "exempel-1" in broken.output
    assert "Har gått sönder (1)" in page.read_text(encoding="utf-8")
    assert "Har blivit rätt (1)" in shop("compare", second, first).output


def test_rescore_judges_old_answers_by_new_expectations(shop: Workshop) -> None:
    # Asking a thousand questions again to mend one expectation is waste.
    out = shop.folder / "ut"
    shop.run("--out", str(out))
    write_case_file(shop.cases, CASE_FILE.replace("consent_required", "depends") + ODD)
    result = shop("rescore", str(out), options=("--subject", "--cases"))
    assert result.exit_code == 0, result.output
    assert [r.right for r in read_run(out).results] == [False, True]


def test_rescore_leaves_out_answers_to_another_question(shop: Workshop) -> None:
    # An old answer to another question would be judged by the new one.
    out = shop.folder / "ut"
    shop.run("--out", str(out))
    write_case_file(shop.cases, CASE_FILE.replace("Jag är socionom.", "Jag är kurator.") + ODD)
    result = shop("rescore", str(out), options=("--subject", "--cases"))
    assert "1 svar hör till frågor som har ändrats" in result.output
    assert [r.case.id for r in read_run(out).results] == ["exempel-2"]


def test_export_and_import_go_through_the_same_checks(shop: Workshop) -> None:
    # A spreadsheet must not smuggle a faulty case in.
    path = shop.folder / "fall.csv"
    assert shop("export", str(path), options=("--subject", "--cases")).exit_code == 0
    before = load_cases(shop.cases, real_editions())
    assert shop("import", str(path), "exempel.yaml", options=("--subject", "--cases")).exit_code == 0
    assert [c.digest() for c in load_cases(shop.cases, real_editions())] == [c.digest() for c in before]
    path.write_text(path.read_text(encoding="utf-8-sig").replace(";7;", ";9;"), encoding="utf-8")
    refused = shop("import", str(path), "exempel.yaml", options=("--subject", "--cases"))
    assert refused.exit_code == 2
    assert "row 9" in refused.output


def test_a_crash_is_one_wrong_case_and_the_run_goes_on(shop: Workshop) -> None:
    # One bug must not hide all other results.
    class Broken(Oracle):
        def answer(self, *args: object) -> object:
            raise ZeroDivisionError("oj")

    cases = load_cases(shop.cases, real_editions())
    outputs = ask_cases(Broken(cases, real_editions()), cases, jobs=2)
    assert [output.error for output in outputs] == ["ZeroDivisionError: oj"] * len(cases)
    assert not any(r.right for r in score_outputs(cases, outputs, real_editions()))


def test_refusing_impossible_input_in_words_is_declining_it() -> None:
    # An empty question has no other answer than the message.
    class Strict(Oracle):
        def answer(self, *args: object) -> object:
            raise InvalidInputError("Skriv en fråga.")

    odd = Case(id="u", suite="safety", kind="odd_input", question="", status=("declined",), split="dev")
    strict = Strict((), real_editions())
    assert ask_case(strict, odd).answer.answer == "Skriv en fråga."
    assert ask_case(strict, odd.model_copy(update={"kind": "consent"})).answer is None


def test_a_chat_model_s_opinion_never_changes_what_is_right(shop: Workshop) -> None:
    # A model that likes every answer must not turn the gate green.
    case = load_cases(shop.cases, real_editions())[0]
    result = score_outputs([case], ask_cases(open_cut(None).subject, [case]), real_editions())[0]
    model = FakeListChatModel(responses=['{"faithfulness": 0.25, "why": "saknar stöd"}', "kan inte säga"])
    assert judge_faithfulness(model, result).value == 0.25
    assert judge_faithfulness(model, result) is None
    assert result.right


def test_the_llm_engine_without_a_model_could_not_run(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It would silently measure the other engine.
    monkeypatch.delenv("VAGLEDAREN_CHAT_MODEL", raising=False)
    result = shop.run("--engine", "llm")
    assert result.exit_code == 2
    assert "VAGLEDAREN_CHAT_MODEL" in result.output


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    # A command that nobody can find isn't there.
    readme = (PROJECT_ROOT / "evals" / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert command.callback.__doc__
        assert f"python -m evals {name}" in readme
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0
