"""The README's commands are run as they stand, and the trainer's way ends in a printed quiz."""

import os
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.settings import PROJECT_ROOT, Settings

README = PROJECT_ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
RUN_ELSEWHERE = ("python -m evals run",)  # minutes; test_evals_readme.py runs them on a few cases
PROMISED = re.compile(r"^\$ (.+)\n((?:(?!\$ |```).+\n)+)", re.MULTILINE)


def commands(heading: str) -> list[str]:
    """The ``python -m …`` lines in the shell blocks under a heading, without prompt and comment."""
    section = re.split(r"^## ", TEXT.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line.removeprefix("$ ") for block in section.split("```")[1::2] for line in block.splitlines()]
    found = [line.split("  #")[0].strip() for line in lines if line.startswith("python -m ")]
    return [line for line in found if not line.startswith(RUN_ELSEWHERE)]


@pytest.fixture
def run(real_settings: Settings, tmp_path: Path):
    """Run one line of the README in an empty folder, with the test's index; return what it says."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("VAGLEDAREN_")},
        "VAGLEDAREN_CORPUS_DIR": str(real_settings.corpus_dir),
        "VAGLEDAREN_VAR_DIR": str(real_settings.var_dir),
        "PYTHONPATH": str(PROJECT_ROOT),
        "COLUMNS": "200",
    }

    def run(line: str) -> str:
        words = [sys.executable if word == "python" else word for word in shlex.split(line)]
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    return run


def assert_promised(said: dict[str, str], at_least: int) -> None:
    """Fail unless each command said the lines that the README shows under it."""
    promised = [(line, output) for line, output in PROMISED.findall(TEXT) if line in said]
    assert len(promised) >= at_least
    for line, output in promised:
        for each in output.splitlines():
            assert each.strip(" …") in said[line], f"{line}: {each}\n{said[line]}"


class _Sheets(HTMLParser):
    """Text before and after the heading "Facit"."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.questions, self.answers, self.foreign = "", "", 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.foreign += tag in ("script", "link", "img", "form")

    def handle_data(self, data):
        if self.answers or data.startswith("Facit"):
            self.answers += data
        else:
            self.questions += data


def test_a_new_trainer_gets_from_the_readme_to_a_printed_quiz(run, tmp_path):
    # Prevents a step on the trainer's way that doesn't lead to the next one.
    way = commands("For trainers")
    assert [line.split()[3:5] for line in way[:2]] == [["quiz", "new"], ["quiz", "check"]]
    assert {re.search(r"--format (\w+)", line)[1] for line in way[2:]} == {"html", "gift", "csv"}
    assert_promised({line: run(line) for line in way}, at_least=3)
    sheets = _Sheets((tmp_path / "prov.html").read_text(encoding="utf-8"))
    assert "I våras sade föräldrarna ja" in sheets.questions
    assert "Ett nytt samtycke behövs för den nya situationen." in sheets.questions
    assert "Samtycket gäller bara" not in sheets.questions  # why it's right
    assert "Situationen är ny" in sheets.answers
    assert "En ny situation innebär ett nytt samtycke." in sheets.answers
    assert sheets.foreign == 0
    page = (tmp_path / "prov.html").read_text(encoding="utf-8")
    assert re.search(r"\.paper-answers \{[^}]*break-before: page", page)  # a sheet of its own
    assert page.count('class="paper-answers"') == 1
    assert "::mall-nytt-samtycke::" in (tmp_path / "prov.gift").read_text(encoding="utf-8")
    assert len((tmp_path / "prov.csv").read_text(encoding="utf-8-sig").splitlines()) >= 3


@pytest.mark.slow
def test_every_command_for_maintainers_runs(run, tmp_path):
    # Prevents a command in the README that has been renamed or never worked.
    (tmp_path / "in.jsonl").write_text('{"id": "1", "question": "Vad är en familjecentral?"}\n')
    lines = commands("For maintainers")
    assert len(lines) >= 6
    said = {line: run(line) for line in lines}
    assert '"status": "answered"' in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert_promised(said, at_least=2)


def test_what_the_readme_shows_is_there():
    # Prevents a broken image or link on the front page.
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", TEXT):
        assert (PROJECT_ROOT / target).exists(), target
    for folder in re.findall(r"^\| `([^`]+/)` \|", TEXT, re.MULTILINE):
        assert (PROJECT_ROOT / folder).is_dir(), folder


def test_the_answer_that_the_readme_quotes_is_the_answer(real_assistant):
    # Prevents a front page that promises other words than the program says.
    from assistant.pages.chat_render import render_exchange
    from assistant.plain import plain_text

    question = re.sub(r"\n> ", " ", re.search(r"^> (Behöver jag samtycke.+?)\n\n", TEXT, re.M | re.S)[1])
    shown = " ".join(TEXT.split("\n\n**Samtycke", 1)[1].split("\n\n")[0].split())
    verdict, quoted = f"Samtycke {shown}".replace("**", "").split(". ", 1)
    with_source = real_assistant.answer(question)
    assert with_source.citations[0].table_row == 2
    said = plain_text(with_source.answer)
    assert verdict in said and quoted in " ".join(said.split())
    page = render_exchange(1, with_source, real_assistant.editions)
    assert '<details class="beside">' in page  # the page knows the line that consent answers begin it with
