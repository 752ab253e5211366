"""The vectors that are kept beside the corpus: they save time, and change nothing else."""

from itertools import chain

import numpy as np
import pytest
from fakes import HashModel

import ingest.build
from assistant.errors import InvalidInputError
from assistant.settings import PROJECT_ROOT
from ingest.build import build_index, read_sources, ship_vectors, texts_to_embed
from ingest.entries import entries_of
from ingest.progress import Progress
from ingest.shipped import read_shipped, save_shipped, shipped_path
from ingest.vectors import embed, vector_key

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
    assert ship_vectors(small_folder, small_folder.parent / "first") == small_folder / "vectors" / "hash.npz"
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
