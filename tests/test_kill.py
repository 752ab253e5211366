"""An ingest killed at any moment leaves the previous generation answering."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import HashModel
from small_corpus import CORPUS

from assistant.index import PassageIndex
from assistant.settings import PROJECT_ROOT

KILLS = 40
SEED = 20240

QUESTIONS = (
    "Behöver jag samtycke för att dela uppgifter med BVC-sköterskan?",
    "Hur många timmar i veckan ska vi ha öppet gemensamt?",
    "Barnmorska anställd av Region Skåne och socionom anställd av kommunen",
)


class Runs:
    """Starts ingests that each build the whole index of both editions anew."""

    def __init__(self, folder: Path) -> None:
        self.index_dir = folder / "index"
        corpus = folder / "corpus"
        # Without the written questions a run takes a third of the time, and does the same.
        shutil.copytree(CORPUS, corpus, ignore=shutil.ignore_patterns("faq", "training"))
        paths = os.pathsep.join((str(PROJECT_ROOT), str(Path(__file__).parent)))
        self._server = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "ingest_server.py"), str(corpus), str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(folder)},
        )  # fmt: skip
        assert self._server.stdin and self._server.stdout
        self._orders, self._answers = self._server.stdin, self._server.stdout
        assert self._answers.readline() == "ready\n"

    def start(self) -> int:
        self._orders.write("go\n")
        self._orders.flush()
        return int(self._answers.readline())

    def wait(self) -> int:
        return int(self._answers.readline())

    def stop(self) -> None:
        self._orders.close()
        self._server.wait(timeout=60)


@pytest.fixture
def runs(tmp_path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    made.stop()


def answers(index_dir: Path) -> list[list[str]]:
    """Open the index as the server does and return what each question finds, best first."""
    model = HashModel()
    index = PassageIndex.open(index_dir, model)
    try:
        return [
            [hit.id for hit in index.search(model.embed_query(question), edition, kind, 5)]
            for question in QUESTIONS
            for edition in ("2024", "2018")
            for kind in ("block", "passage")
        ]
    finally:
        index.close()


def kill(process: int) -> None:
    """Kill the ingest as the kernel does, without a word; it may just have ended."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


@pytest.mark.slow
def test_after_each_of_forty_kills_the_index_answers_and_the_next_run_completes(runs):
    # Prevents: the damage that SIGKILL does to a Chroma folder while it flushes, reaching readers;
    # leftovers that pile up; a lock that outlives its process.
    started = time.monotonic()
    runs.start()
    assert runs.wait() == 0
    duration = time.monotonic() - started
    expected = answers(runs.index_dir)
    chance = random.Random(SEED)
    killed = unfinished = 0
    for number in range(KILLS):
        process = runs.start()
        time.sleep(duration * (number + chance.random()) / KILLS)
        kill(process)
        killed += os.WIFSIGNALED(runs.wait())
        assert answers(runs.index_dir) == expected, f"after kill {number}"
        generations = list(runs.index_dir.glob("gen-*"))
        unfinished += sum(not (generation / "manifest.json").exists() for generation in generations)
        assert len(generations) <= 3
    assert killed >= KILLS // 2 and unfinished > 0, "the kills came after the runs had ended"
    serving = (runs.index_dir / "CURRENT").read_bytes()
    runs.start()
    assert runs.wait() == 0
    assert (runs.index_dir / "CURRENT").read_bytes() != serving
    assert answers(runs.index_dir) == expected
    assert len(list(runs.index_dir.glob("gen-*"))) == 2
