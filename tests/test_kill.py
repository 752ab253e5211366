"""An ingest killed at any moment leaves the previous generation answering."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from small_corpus import CORPUS, change, copy_corpus
from table_rows import CASES, ROWS, in_own_words

from assistant.manifest import CURRENT, current_generation
from assistant.settings import PROJECT_ROOT, Settings

SEED = 20263
WHOLE = 8  # kills while the whole real index serves; the next one comes after the switch
CARD = (
    "Behöver jag samtycke för att dela uppgifter med BVC-sköterskan hos en privat vårdgivare? Jag är "
    "BHV-sjuksköterska anställd av Region Skåne och vi sitter på samma familjecentral."
)
HOURS = "Hur många timmar i veckan ska vi ha öppet gemensamt?"
QUESTIONS = [CARD, HOURS, *(in_own_words(edition, number) for edition, number in CASES)]

# What begins each phase, as the ingest says it, and how many of the 40 kills come in it.
PHASES = {"started": 5, "Embedding: 0": 6, "Writing: 0": 12, "Learning": 4, "Proving": 3}
# How many come at a file operation of the steps that take no time.
STEPS = {"remove_leftovers 1": 2, "seal 1": 2, "switch_to 1": 4, "remove_leftovers 2": 2}
AFTER = "remove_leftovers 2"
KILLS = sum(PHASES.values()) + sum(STEPS.values())

Moment = tuple[str, float]  # phase and how much of it has gone by, or step and operation


class Runs:
    """Gives orders to ingest_server.py and reads what is said."""

    def __init__(self, folder: Path) -> None:
        self.corpus = copy_corpus(folder / "corpus")
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        paths = os.pathsep.join((str(PROJECT_ROOT), str(Path(__file__).parent)))
        self._server = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "ingest_server.py"), str(self.corpus)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(self.temporary),
                 "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        assert self._server.stdin and self._server.stdout
        self._orders, self._answers = self._server.stdin, self._server.stdout
        self.wait_for("ready")

    def order(self, var: Path, **more) -> int:
        """Start what is ordered and return its process id."""
        self._orders.write(json.dumps({"var": str(var), **more}) + "\n")
        self._orders.flush()
        return int(self.wait_for("started").split()[1])

    def wait_for(self, beginning: str) -> str:
        """Return the first line that begins so. Fails if the server has gone."""
        for line in self._answers:
            if line.startswith(beginning):
                return line
        pytest.fail(f"ingest_server.py ended before it said {beginning!r}")

    def status(self) -> int:
        return int(self.wait_for("ended").split()[1])

    def stop(self) -> None:
        self._orders.close()
        self._server.wait(timeout=60)


@pytest.fixture
def runs(tmp_path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def var(real_settings: Settings, tmp_path: Path) -> Path:
    """A var folder with a copy of the whole real index."""
    return copy_index(real_settings.var_dir, tmp_path / "var")


def copy_index(var: Path, target: Path) -> Path:
    generation = current_generation(var / "index")[0]
    shutil.copytree(generation, target / "index" / generation.name)
    shutil.copy(var / "index" / CURRENT, target / "index")
    return target


def edit(corpus: Path, number: int) -> None:
    """Give a paragraph two new sentences, so that the next run has something to embed and to write."""
    shutil.copy(CORPUS / "2024.md", corpus)
    added = " ".join(f"Det här är rad {row} av prövning {number}." for row in range(2))
    change(corpus, "2024.md", "har under år 2024 reviderats.", f"har under år 2024 reviderats. {added}")


def check_answers(runs: Runs, var: Path) -> None:
    """Every question is answered, in a fresh process, with the row or section that answers it."""
    runs.order(var, questions=QUESTIONS)
    card, hours, *rows = json.loads(runs.wait_for("answers").removeprefix("answers "))
    assert runs.status() == 0
    assert (card["verdict"], card["citations"][0]["table_row"]) == ("consent_required", 2)
    assert "olika huvudmän" in card["citations"][0]["quote"]
    assert hours["citations"][0]["section"][-1] == "Verksamhetens gemensamma ansvar"
    assert "minst ha gemensamt öppet 15h/vecka" in hours["citations"][0]["quote"]
    for (edition, number), answer in zip(CASES, rows, strict=True):
        best = answer["citations"][0]
        assert (answer["status"], answer["verdict"]) == ("answered", ROWS[edition][number][3])
        assert (best["edition"], best["table_row"]) == (edition, number)


def measure(runs: Runs, var: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Let a run with something to clear away end, and return how long each phase took and each
    step's file operations."""
    shutil.copytree(current_generation(var / "index")[0], var / "index" / "gen-left")
    edit(runs.corpus, -1)
    runs.order(var)
    times = [time.monotonic()]
    for beginning in (*PHASES, "operations")[1:]:
        said = runs.wait_for(beginning)
        times.append(time.monotonic())
    assert runs.status() == 0
    durations = [end - start for start, end in pairwise(times)]
    operations = json.loads(said.removeprefix("operations "))
    operations["remove_leftovers 2"] = operations["remove_leftovers 1"]  # what later runs have to clear
    return dict(zip(PHASES, durations, strict=True)), operations


def moments(operations: dict[str, int]) -> list[Moment]:
    """The 40 moments in random order, but one that comes after the switch stands at ``WHOLE``."""
    chance = random.Random(SEED)
    drawn = [(phase, (place + chance.random()) / n) for phase, n in PHASES.items() for place in range(n)]
    for step, count in STEPS.items():
        drawn += [(step, number) for number in chance.sample(range(1, operations[step] + 1), count)]
    chance.shuffle(drawn)
    drawn.sort(key=lambda moment: moment[0] == AFTER)  # the others keep their order
    drawn.insert(WHOLE, drawn.pop())
    return drawn


def run_and_kill(runs: Runs, var: Path, moment: Moment, durations: dict[str, float]) -> bool:
    """Kill an ingest at the moment; tell whether it was still alive."""
    phase, share = moment
    if phase in STEPS:
        runs.order(var, die=moment)
    else:
        process = runs.order(var)
        if phase != "started":
            runs.wait_for(phase)
        time.sleep(durations[phase] * share)
        with suppress(ProcessLookupError):  # it may just have ended
            os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(runs.status())


def clear(folder: Path) -> None:
    """Remove the private copies that killed runs leave, which would fill the disk."""
    for path in folder.iterdir():
        shutil.rmtree(path, ignore_errors=True)


@pytest.mark.slow
def test_after_each_of_forty_kills_every_question_is_answered_and_the_next_run_completes(runs, var, tmp_path):
    # Prevents: the damage that SIGKILL does to a Chroma folder while it flushes, reaching readers;
    # leftovers that pile up; a lock that outlives its process.
    durations, operations = measure(runs, copy_index(var, tmp_path / "spare"))
    check_answers(runs, var)
    killed, served, unfinished = Counter(), set(), 0
    drawn = moments(operations)
    assert len(drawn) == KILLS == 40
    for number, moment in enumerate(drawn):
        edit(runs.corpus, number)
        killed[moment[0]] += run_and_kill(runs, var, moment, durations)
        check_answers(runs, var)
        generations = list((var / "index").glob("gen-*"))
        assert len(generations) <= 3, f"after kill {number} at {moment}"
        unfinished += sum(not (generation / "manifest.json").exists() for generation in generations)
        served.add((var / "index" / CURRENT).read_bytes())
        clear(runs.temporary)
    assert set(killed) == {*PHASES, *STEPS} and all(killed.values()) and killed.total() >= 0.8 * KILLS, killed
    assert unfinished > 0 and 1 < len(served) < KILLS / 2, "the kills didn't come before and after the switch"
    edit(runs.corpus, KILLS)
    runs.order(var)
    assert runs.status() == 0
    assert (var / "index" / CURRENT).read_bytes() not in served
    check_answers(runs, var)
    assert len(list((var / "index").glob("gen-*"))) == 2
