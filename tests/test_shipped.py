"""The vectors that are kept beside the corpus: they save time, and change nothing else."""

import zipfile
from itertools import chain

import numpy as np
import pytest
from fakes import HashModel
from small_corpus import change

import ingest.build
from assistant.errors import InvalidInputError
from assistant.manifest import RETRIEVAL, current_generation
from assistant.settings import PROJECT_ROOT
from assistant.vectors import vector_key
from ingest.build import build_index, read_sources, ship_vectors, texts_to_embed
from ingest.entries import entries_of
from ingest.progress import Progress
from ingest.shipped import read_shipped, save_shipped, shipped_path
from ingest.vectors import embed

QUIET = Progress(quiet=True)
CORPUS = PROJECT_ROOT / "corpus"


@pytest.fixture(autouse=True)
def unproved(monkeypatch):
    monkeypatch.setattr(ingest.build, "prove", lambda generation: None)


def build(folder, name: str, model: HashModel):
    return build_index(folder, folder.parent / name, model, QUIET)


@pytest.fixture
def shipped(small_folder):
    """A small corpus with the vectors of its own index beside it."""
    build(small_folder, "first", HashModel())
    assert ship_vectors(small_folder, small_folder.parent / "first")[0] == small_folder / "vectors/hash.npz"
    return small_folder


def test_a_fresh_index_takes_the_vectors_that_came_with_the_corpus(shipped):
    # Prevents: minutes of embedding on every fresh machine.
    result = build(shipped, "second", HashModel())
    assert (result.changed, result.embedded) == (True, 0)
    assert result.texts > 10


def test_only_what_the_file_lacks_is_embedded(shipped):
    # Prevents: one changed paragraph that makes the whole file worthless.
    with (shipped / "faq" / "2030.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"block": "2030:forord:1", "questions": ["Och vem tar tid?"]}\n')
    assert build(shipped, "second", HashModel()).embedded == 1


def test_the_vectors_of_other_weights_under_the_same_name_are_left_aside(shipped, capsys):
    # Prevents: two models' vectors in one index.
    model = HashModel(salt="other weights")
    result = build_index(shipped, shipped.parent / "second", model, Progress())
    assert result.embedded > 10
    said = capsys.readouterr().out
    assert "hash.npz: made by another model" in said and "--save-vectors" in said


@pytest.mark.parametrize(
    "harm", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"x" * 99]
)
def test_a_damaged_file_is_said_and_left_aside(shipped, capsys, harm):
    # Prevents: a broken download of the project that doesn't start.
    path = shipped / "vectors" / "hash.npz"
    path.write_bytes(harm(path.read_bytes()))
    result = build_index(shipped, shipped.parent / "second", HashModel(), Progress())
    assert result.embedded > 10
    assert "can't be read" in capsys.readouterr().out


def test_a_vector_keeps_its_direction_and_is_written_the_same_twice(tmp_path):
    # Prevents: rounding that changes what is found; a file that changes without need.
    rows = np.random.default_rng(0).normal(size=(50, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = {bytes([number]) * 32: row for number, row in enumerate(rows)}
    path = save_shipped(tmp_path, "model", vectors)
    before, kept = path.read_bytes(), read_shipped(path)
    assert min(float(kept[key] @ row) for key, row in vectors.items()) > 0.9998
    assert save_shipped(tmp_path, "model", kept).read_bytes() == before


def test_a_model_named_by_its_folder_ships_nothing(tmp_path):
    # Prevents: a path of somebody's machine in the corpus.
    assert shipped_path(tmp_path, "models/mine") is None
    with pytest.raises(InvalidInputError, match="models/mine"):
        save_shipped(tmp_path, "models/mine", {})


@pytest.fixture
def learned(small_folder, monkeypatch):
    """A small corpus with what its index learned beside it, and the list of the times it learned."""
    lessons = []

    def train(generation, *_):
        lessons.append(generation)
        (generation / RETRIEVAL).mkdir(exist_ok=True)
        (generation / RETRIEVAL / "weights.json").write_text(f"lesson {len(lessons)}")

    monkeypatch.setattr(ingest.build, "train_retrieval", train)
    build(small_folder, "first", HashModel())
    assert ship_vectors(small_folder, small_folder.parent / "first")[1].name == "hash-learned.zip"
    return small_folder, lessons


def what_serves(folder) -> str:
    return (current_generation(folder.parent / "second")[0] / RETRIEVAL / "weights.json").read_text()


def test_a_fresh_index_takes_what_was_learned_from_the_same_corpus(learned):
    # Prevents: a minute of learning on every fresh machine, and weights that differ between machines.
    folder, lessons = learned
    build(folder, "second", HashModel())
    assert len(lessons) == 1 and what_serves(folder) == "lesson 1"
    before = (folder / "vectors/hash-learned.zip").read_bytes()
    assert ship_vectors(folder, folder.parent / "second")[1].read_bytes() == before


@pytest.mark.parametrize("changed", ["question", "text", "code", "weights"])
def test_what_was_learned_from_something_else_is_left_aside(learned, monkeypatch, capsys, changed):
    # Prevents: weights of an older text, of other code or of another model in an index that looks new.
    folder, lessons = learned
    if changed == "question":
        (folder / "faq/2030.jsonl").write_text('{"block": "2030:forord:1", "questions": ["Och nu?"]}')
    elif changed == "text":
        change(folder, "2030.md", "Ett till stycke", "Ett annat stycke")
    elif changed == "code":
        monkeypatch.setattr(ingest.build, "code_fingerprint", lambda: "other code")
    model = HashModel(salt="other weights" if changed == "weights" else "")
    build_index(folder, folder.parent / "second", model, Progress())
    assert len(lessons) == 2 and what_serves(folder) == "lesson 2"
    assert "hash-learned.zip was learned from something else" in capsys.readouterr().out


@pytest.mark.parametrize("harm", ["cut", "text", "foreign"])
def test_a_damaged_file_of_learned_numbers_is_said_and_left_aside(learned, capsys, harm):
    # Prevents: a broken download that doesn't start, and an archive that writes where it likes.
    folder, lessons = learned
    path = folder / "vectors/hash-learned.zip"
    if harm == "foreign":
        with zipfile.ZipFile(path, "a") as kept:
            kept.writestr("../../escaped.json", "{}")
    else:
        path.write_bytes(path.read_bytes()[:300] if harm == "cut" else b"no archive")
    build_index(folder, folder.parent / "second", HashModel(), Progress())
    assert len(lessons) == 2 and what_serves(folder) == "lesson 2"
    assert "hash-learned.zip: can't be read" in capsys.readouterr().out
    assert not list(folder.parent.rglob("escaped.json"))


def test_the_real_file_is_the_bundled_models_and_holds_nearly_every_text(bundled_model):
    # Prevents: a file that nobody has written anew for a long time, and a slow first start again.
    entries = {source.edition.id: entries_of(source) for source in read_sources(CORPUS)}
    texts = texts_to_embed(CORPUS, entries)
    stored = read_shipped(shipped_path(CORPUS, bundled_model.name))
    wanted = {vector_key(bundled_model.name, text): text for text in texts}
    assert len(wanted.keys() & stored.keys()) > 0.95 * len(wanted), "run python -m ingest --save-vectors"
    documents = [key for key, text in wanted.items() if text.kind != "question" and key in stored][::60]
    questions = [key for key, text in wanted.items() if text.kind == "question" and key in stored][::600]
    sample = list(chain(documents, questions))
    anew = embed([wanted[key] for key in sample], bundled_model)
    assert (anew * np.stack([stored[key] for key in sample])).sum(axis=1).min() > 0.999
