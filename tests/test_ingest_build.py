"""Ingest: what it writes, what it leaves alone, and what it says."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fakes import HashModel
from filelock import FileLock
from small_corpus import change

import ingest.build
from assistant.entries import SEARCHED
from assistant.errors import CorpusError, IndexDamagedError, IndexLockedError, InvalidInputError
from assistant.index import IndexHit, IndexWriter, PassageIndex
from assistant.manifest import MANIFEST, current_generation
from assistant.settings import PROJECT_ROOT, Settings
from ingest.__main__ import run
from ingest.build import BuildResult, build_index
from ingest.generation import seal
from ingest.progress import Progress
from ingest.proof import check_generation, check_kind, prove
from ingest.questions import load_questions

QUIET = Progress(quiet=True)


class Bench:
    """A small corpus, its index, and a model that counts."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.index_dir, self.model = folder, folder.parent / "index", HashModel()

    def build(self, **options) -> BuildResult:
        self.model.embedded.clear()
        return build_index(self.corpus, self.index_dir, self.model, QUIET, **options)

    def generations(self) -> list[str]:
        return sorted(path.name for path in self.index_dir.glob("gen-*"))

    def snapshot(self) -> dict[str, bytes]:
        files = (path for path in self.index_dir.rglob("*") if path.is_file() and path.name != "LOCK")
        return {str(path): path.read_bytes() for path in files}


@pytest.fixture
def bench(small_folder) -> Bench:
    return Bench(small_folder)


@pytest.fixture(autouse=True)
def proved_here(monkeypatch):
    """Prove in this process: a fresh Python is what the tests of the proof itself start."""
    monkeypatch.setattr(ingest.build, "prove", check_generation)


@pytest.fixture
def unproved(monkeypatch):
    """Skip the proof's child process where it isn't what is tested."""
    monkeypatch.setattr(ingest.build, "prove", lambda generation: None)


def test_a_second_run_embeds_nothing_and_builds_nothing(bench):
    # Prevents: minutes of embedding at every start.
    first = bench.build()
    assert first.changed and first.embedded > 10
    before = bench.snapshot()
    second = bench.build()
    assert (second.changed, second.embedded, bench.model.embedded) == (False, 0, [])
    assert second.generation == first.generation
    assert bench.snapshot() == before


@pytest.mark.usefixtures("unproved")
def test_one_changed_paragraph_embeds_only_its_own_texts(bench):
    # Prevents: an incremental run that isn't.
    bench.build()
    change(bench.corpus, "2030.md", "Ett stycke. Ett till", "Ett stycke. Ännu ett")
    result = bench.build()
    assert result.changed
    assert len(bench.model.embedded) == 2  # the block and its second sentence; the first is as before
    assert all("Ännu ett" in text for text in bench.model.embedded)


@pytest.mark.usefixtures("unproved")
def test_one_new_question_embeds_only_itself(bench):
    # Prevents: questions that embed the whole edition again, or that no run takes up.
    bench.build()
    change(bench.corpus, "faq/2030.jsonl", '"Vad är ett stycke?"', '"Vad är ett stycke?", "Vem tar tid?"')
    assert bench.build().embedded == 1
    index = PassageIndex.open(bench.index_dir, bench.model)
    assert ("2030:forord:1", "Vem tar tid?") in index.questions("2030")


@pytest.mark.usefixtures("unproved")
def test_new_code_builds_anew_without_embedding(bench, monkeypatch):
    # Prevents: an index of the old code under the new one.
    bench.build()
    monkeypatch.setattr(ingest.build, "code_fingerprint", lambda: "another")
    result = bench.build()
    assert (result.changed, result.embedded) == (True, 0)


@pytest.mark.usefixtures("unproved")
def test_a_rebuild_embeds_everything(bench):
    # Prevents: damaged vectors carried into the index that was to replace them.
    first = bench.build()
    assert bench.build(rebuild=True).embedded == first.embedded


@pytest.mark.usefixtures("unproved")
@pytest.mark.parametrize("model", [HashModel("another"), HashModel(salt="x"), HashModel(dimension=8)])
def test_another_model_embeds_everything(bench, model):
    # Prevents: vectors of two models in one index, also when only the weights were exchanged.
    first = bench.build()
    bench.model = model
    result = bench.build()
    assert result.changed and result.embedded == first.embedded
    PassageIndex.open(bench.index_dir, model).close()


@pytest.mark.usefixtures("unproved")
def test_the_previous_generation_stays_until_the_next_success(bench):
    # Prevents: a reader whose generation goes while it is being copied; a disk that fills up.
    names = [bench.build(rebuild=True).generation for _ in range(3)]
    assert bench.generations() == sorted(names[1:])


@pytest.mark.usefixtures("unproved")
def test_leftovers_of_killed_runs_are_removed(bench):
    # Prevents: a disk that fills up with half-written generations.
    serving = bench.build().generation
    (bench.index_dir / "gen-20200101T000000Z-dead" / "chroma").mkdir(parents=True)
    bench.build()
    assert bench.generations() == [serving]


def test_only_one_edition_is_taken_when_only_one_is_named(bench):
    # Prevents: --edition that drops the others, or that takes up their changes unasked.
    toml = (bench.corpus / "editions.toml").read_text(encoding="utf-8")
    older = toml.replace("2030", "2020").replace('"in_force"', '"superseded"')
    (bench.corpus / "editions.toml").write_text(toml + "\n" + older, encoding="utf-8")
    shutil.copy(bench.corpus / "2030.txt", bench.corpus / "2020.txt")
    shutil.copy(bench.corpus / "2030.md", bench.corpus / "2020.md")
    bench.build()
    change(bench.corpus, "2030.md", "ha mål", "ha nya mål")
    change(bench.corpus, "2020.md", "ha mål", "ha gamla mål")
    bench.build(only="2030")
    index = PassageIndex.open(bench.index_dir, bench.model)
    assert "nya mål" in index.editions["2030"].text
    assert "ha mål" in index.editions["2020"].text
    assert len(index.questions("2030")) == 2
    assert bench.build().changed  # the whole run still sees that 2020 is behind
    with pytest.raises(InvalidInputError, match="2020"):
        bench.build(only="1999")


def test_a_broken_corpus_leaves_the_index_untouched(bench):
    # Prevents: a write before the last check.
    bench.build()
    before = bench.snapshot()
    change(bench.corpus, "2030.md", "| Barnmorska anställd av Region Skåne |", "|")
    with pytest.raises(CorpusError):
        bench.build()
    assert bench.snapshot() == before


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("not json", "Invalid JSON"),
        ('{"block": "2030:forord:9", "questions": ["Vad?"]}', "2030:forord:9"),
        ('{"block": "2030:forord:1", "passage": "2030:sekretess:1:1", "questions": ["V"]}', "sekretess"),
        ('{"block": "2030:forord:1", "questions": []}', "questions"),
        ('{"block": "2030:forord:1", "questions": [" "]}', "questions.0"),
        ('{"block": "2030:forord:1", "questions": ["Vad är ett stycke?"]}', "twice"),
    ],
)  # fmt: skip
def test_a_broken_line_of_questions_is_named(bench, line, named):
    # Prevents: questions that lead nowhere, found out by a user.
    with (bench.corpus / "faq" / "2030.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(CorpusError) as caught:
        bench.build()
    assert "faq/2030.jsonl" in str(caught.value) and named in str(caught.value)
    assert not bench.index_dir.exists()


def test_a_broken_unanswerable_question_stops_before_writing(bench):
    # Prevents: training that fails after minutes of embedding.
    (bench.corpus / "faq" / "unanswerable.jsonl").write_text('{"question": "Vad?"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"unanswerable.jsonl:1"):
        bench.build()
    assert not bench.index_dir.exists()


def test_a_question_may_name_the_passage_that_answers_it(bench):
    # Prevents: every question quoting its block's first sentence.
    line = {"block": "2030:forord:1", "passage": "2030:forord:1:2", "questions": ["Och sedan?"]}
    (bench.corpus / "faq" / "2030.jsonl").write_text(json.dumps(line), encoding="utf-8")
    edition = ingest.build.read_sources(bench.corpus)[0].edition
    assert load_questions(bench.corpus, edition)[0].passage == "2030:forord:1:2"


def test_a_second_writer_is_kept_out_at_once(bench):
    # Prevents: two processes in one Chroma folder, and a run that waits for ever.
    bench.index_dir.mkdir()
    with FileLock(bench.index_dir / "LOCK"), pytest.raises(IndexLockedError, match="another ingest"):
        bench.build()
    assert bench.generations() == []


def test_a_failed_proof_leaves_the_serving_generation(bench, monkeypatch):
    # Prevents: an index in use that nobody has proved.
    serving = bench.build().generation

    def fail(generation: Path) -> None:
        raise IndexDamagedError("proof failed")

    monkeypatch.setattr(ingest.build, "prove", fail)
    with pytest.raises(IndexDamagedError):
        bench.build(rebuild=True)
    assert bench.generations() == [serving]
    assert current_generation(bench.index_dir)[0].name == serving


def wrong_vector(generation: Path, index: PassageIndex) -> None:
    entries = [entry for kind in ("block", "passage", "question") for entry in index.entries("2030", kind)]
    matrix = np.concatenate([index.vectors("2030", kind)[2] for kind in ("block", "passage", "question")])
    matrix[0] = -matrix[0]
    writer = IndexWriter(generation)
    writer.replace_edition("2030", entries, matrix)
    writer.close()


def lost_graph(generation: Path, index: PassageIndex) -> None:
    shutil.rmtree(next(path for path in (generation / "chroma").iterdir() if path.is_dir()))


def lost_entry(generation: Path, index: PassageIndex) -> None:
    writer = IndexWriter(generation)
    writer._client.get_collection("edition-2030-block").delete(ids=[index.vectors("2030", "block")[0][0]])
    writer.close()


@pytest.mark.parametrize("harm", [wrong_vector, lost_graph, lost_entry])
def test_the_proof_finds_what_a_count_does_not(bench, harm):
    # Prevents: a proof that passes anything. Deleting the graph's folder keeps Chroma's count right.
    bench.build()
    generation, manifest = current_generation(bench.index_dir)
    check_generation(generation)
    harm(generation, PassageIndex.open(bench.index_dir, bench.model))
    (generation / MANIFEST).unlink()
    seal(generation, manifest)  # digests fit again, so that only the proof itself can tell
    with pytest.raises(IndexDamagedError, match="failed its proof"):
        prove(generation)


class Forgetful:
    """Finds by brute force among vectors, but never one of them: what a graph does that lost a node."""

    def __init__(self, vectors: np.ndarray, lost: int | None) -> None:
        self.vectors, self.lost = vectors, lost

    def search_many(self, vectors, edition, kind, limit) -> list[list[IndexHit]]:
        likeness = vectors @ self.vectors.T
        orders = [[row for row in np.argsort(-one) if row != self.lost] for one in likeness]
        return [
            [IndexHit(str(row), "", "", float(one[row])) for row in order[:limit]]
            for one, order in zip(likeness, orders, strict=True)
        ]


@pytest.mark.parametrize("kind", SEARCHED)
def test_the_proof_misses_no_entry_that_the_graph_has_lost(kind):
    # Prevents: a proof that passes a graph where a passage or a block is never found.
    vectors = np.random.default_rng(7).normal(size=(700, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [str(row) for row in range(len(vectors))]
    check_kind(Forgetful(vectors, None), "2030", kind, ids, vectors)
    for lost in range(0, len(vectors), 200):
        with pytest.raises(IndexDamagedError, match=f"other {kind} entries"):
            check_kind(Forgetful(vectors, lost), "2030", kind, ids, vectors)


def test_a_child_that_dies_is_a_failed_proof(bench, monkeypatch, tmp_path):
    # Prevents: a segmentation fault in Chroma that counts as a proof.
    bench.build()
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nkill -SEGV $$\n")
    python.chmod(0o755)
    monkeypatch.setattr("ingest.proof.sys.executable", str(python))
    with pytest.raises(IndexDamagedError, match="-11"):
        prove(current_generation(bench.index_dir)[0])


def settings_for(bench: Bench) -> Settings:
    return Settings(corpus_dir=bench.corpus, var_dir=bench.corpus.parent, embedding_model="hash")


def test_the_command_says_what_it_did(bench, capsys):
    # Prevents: a maintainer who can't tell an idle run from a full one.
    assert run(settings_for(bench), HashModel) == 0
    said = capsys.readouterr().out
    assert "2030: " in said and "2 written questions" in said
    assert "2030: no written questions for 2030:" in said
    assert "now serving" in said
    assert run(settings_for(bench), HashModel) == 0
    assert "0 embedded" in capsys.readouterr().out


def test_check_writes_nothing(bench):
    # Prevents: a check in an editor's hook that starts to embed.
    assert run(settings_for(bench), HashModel, check=True) == 0
    assert not bench.index_dir.exists()


def test_each_failure_is_one_line_and_its_own_exit_code(bench, capsys):
    # Prevents: tracebacks for operators; callers that can't tell "busy" from "broken".
    assert run(settings_for(bench), HashModel, edition="1999") == 2
    bench.index_dir.mkdir(exist_ok=True)
    with FileLock(bench.index_dir / "LOCK"):
        assert run(settings_for(bench), HashModel) == 3
    (bench.corpus / "editions.toml").write_bytes(b"\xff\xfe")
    assert run(settings_for(bench), HashModel) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "1999" in lines[0] and "another ingest" in lines[1] and "editions.toml" in lines[2]


def test_the_command_line_refuses_an_unknown_option():
    # Prevents: a mistyped --rebuild that runs something else.
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "--rebiuld"], cwd=PROJECT_ROOT, capture_output=True, check=False
    )
    assert done.returncode == 2


def test_plain_progress_is_a_few_lines(capsys):
    # Prevents: a log with one line per text, or a bar's control codes in it.
    progress = Progress()
    with progress.track("Embedding", 1000) as advance:
        for _ in range(1000):
            advance(1)
    with progress.track("Nothing", 0) as advance:
        advance(0)
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "Embedding: 1000 of 1000"
    assert len(out.splitlines()) == 6 and "\x1b" not in out
