"""The index as the assistant reads it: what it finds, and what it refuses to read."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fakes import HashModel
from small_corpus import CORPUS, copy_corpus

from assistant.embedding import BundledE5
from assistant.entries import QUESTION, QUESTIONS_FILE, SEARCHED, load_questions, save_questions
from assistant.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from assistant.index import PassageIndex, served_editions
from assistant.manifest import current_generation
from assistant.serialise import editions_from_json, editions_to_json
from assistant.settings import PROJECT_ROOT
from ingest.build import build_index
from ingest.corpus import load_corpus
from ingest.progress import Progress

QUIET = Progress(quiet=True)


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory) -> Path:
    """Both real editions with some of their questions, embedded by the fake model; nothing is learned."""
    folder = tmp_path_factory.mktemp("index")
    corpus = copy_corpus(tmp_path_factory.mktemp("corpus") / "corpus", without="unanswerable.jsonl")
    build_index(corpus, folder, HashModel(), QUIET)
    return folder


@pytest.fixture
def index(index_dir) -> Iterator[PassageIndex]:
    opened = PassageIndex.open(index_dir, HashModel())
    yield opened
    opened.close()


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_editions_survive_the_way_through_json():
    # Prevents: a field of Edition that JSON loses or turns into another type.
    editions = load_corpus(CORPUS)
    assert editions_from_json(editions_to_json(editions)) == editions


def test_equal_editions_give_equal_json_in_every_process():
    # Prevents: a set's order in the JSON, which would make every run look like a changed corpus.
    code = (
        "from pathlib import Path; from ingest.corpus import load_corpus;"
        "from assistant.serialise import editions_to_json; from hashlib import sha256;"
        f"print(sha256(editions_to_json(load_corpus(Path({str(CORPUS)!r}))).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(digests) == 1


def test_json_that_is_no_edition_is_damage():
    # Prevents: a KeyError or a pydantic traceback for the operator.
    for text in ("", "{}", "[{}]", '[{"id": 1}]', "[1]"):
        with pytest.raises(IndexDamagedError, match="python -m ingest"):
            editions_from_json(text)


def test_every_block_and_passage_but_the_table_of_contents_is_found(index):
    # Prevents: a text that no search can ever return.
    for edition in index.editions.values():
        blocks = [block for block in edition.blocks if block.kind != "heading_list"]
        ids, targets, _ = index.vectors(edition.id, "block")
        assert targets == [block.id for block in blocks]
        assert len(ids) == len(set(ids))
        passages = [passage.id for block in blocks for passage in block.passages]
        assert [entry.passage for entry in index.entries(edition.id, "passage")] == passages


def test_search_returns_the_nearest_as_brute_force_does(index):
    # Prevents: an approximate graph that misses the best hit.
    model = HashModel()
    for text in ("Vem dokumenterar samtycket?", "Hur ofta träffas styrgruppen?", "öppen förskola"):
        vector = np.asarray(model.embed_query(text), dtype=np.float32)
        for kind in SEARCHED:
            _, _, matrix = index.vectors("2024", kind)
            hits = index.search(vector.tolist(), "2024", kind, 10)
            best = np.sort(matrix @ vector)[::-1][:10]
            assert np.allclose([hit.similarity for hit in hits], best, atol=1e-5)


def test_thousands_of_searches_at_once_find_what_one_finds(index):
    # Prevents: Chroma's "too many SQL variables" from about 33,000 results in one call.
    _, _, matrix = index.vectors("2024", "passage")
    many = np.resize(matrix, (4000, matrix.shape[1]))
    found = index.search_many(many, "2024", "passage", 10)
    assert len(found) == 4000
    for row in (0, 1999, 3999):
        alone = index.search(many[row].tolist(), "2024", "passage", 10)
        assert [hit.similarity for hit in found[row]] == pytest.approx([hit.similarity for hit in alone])


def test_reading_in_pages_loses_and_doubles_nothing(index, monkeypatch):
    # Prevents: an index that outgrows one page and then lacks questions, or can't be read.
    whole = index.entries("2024", "passage")
    monkeypatch.setattr("assistant.index.MAX_RESULTS", 50)
    assert index.entries("2024", "passage") == whole
    assert len(whole) == index.manifest.counts["2024"]["passage"] > 50


def test_search_keeps_to_its_kind_and_edition(index):
    # Prevents: an answer from 2018 quoted as 2024's, a question returned as a passage.
    vector = HashModel().embed_query("samtycke")
    for edition in ("2024", "2018"):
        for kind in SEARCHED:
            hits = index.search(vector, edition, kind, 30)
            assert len(hits) == 30
            assert {hit.id.split(":")[0] for hit in hits} == {kind}
            assert {hit.target.split(":")[0] for hit in hits} == {edition}


def test_a_limit_above_the_number_of_entries_returns_all(index):
    # Prevents: Chroma's error for too large a k.
    hits = index.search(HashModel().embed_query("råd"), "2018", "block", 10_000)
    assert len(hits) == index.manifest.counts["2018"]["block"]


def test_an_edition_that_is_not_indexed_is_a_key_error(index):
    # Prevents: an empty result that reads as "the guideline doesn't say".
    with pytest.raises(KeyError):
        index.search(HashModel().embed_query("råd"), "1999", "block", 5)


def test_questions_come_in_the_order_of_writing_with_their_blocks(index):
    # Prevents: labels of the learned ranker that belong to another question.
    for edition in index.editions:
        questions = index.questions(edition)
        _, targets, matrix = index.vectors(edition, "question")
        assert [block for block, _ in questions] == targets
        assert matrix.shape == (len(questions), 16)
        sample = [matrix[row] - HashModel().embed_query(text) for row, (_, text) in enumerate(questions[:20])]
        assert np.abs(sample).max(initial=0) < 1e-5


def test_eight_threads_find_what_one_finds(index):
    # Prevents: a client that isn't safe under the page's threads.
    vectors = [HashModel().embed_query(text) for text in ("samtycke", "styrgrupp", "barnets rätt")]
    alone = [index.search(vector, "2024", "passage", 5) for vector in vectors]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: index.search(vectors[n % 3], "2024", "passage", 5), range(60)))
    assert all(hits == alone[number % 3] for number, hits in enumerate(found))


def test_opening_and_searching_changes_no_byte_of_the_index(index_dir):
    # Prevents: Chroma's rewriting of chroma.sqlite3 at every open, which would look like damage.
    before = snapshot(index_dir)
    with_two = [PassageIndex.open(index_dir, HashModel()) for _ in range(2)]
    for index in with_two:
        index.search(HashModel().embed_query("samtycke"), "2024", "block", 5)
        index.close()
    assert snapshot(index_dir) == before


def test_closing_removes_the_private_copy(index_dir):
    # Prevents: a temporary folder of 20 MB left by every command.
    index = PassageIndex.open(index_dir, HashModel())
    copy = index.retrieval_dir.parent
    assert copy.is_dir() and index_dir not in copy.parents
    index.close()
    assert not copy.exists()


def test_the_editions_are_read_without_opening_the_index(index_dir, index, tmp_path):
    # Prevents: commands that only need the text waiting for Chroma, or reading a damaged text.
    assert served_editions(index_dir) == index.editions
    shutil.copytree(index_dir, tmp_path / "index")
    path = current_generation(tmp_path / "index")[0] / "editions.json"
    path.write_bytes(path.read_bytes().replace(b"samtycke", b"samtyckt", 1))
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        served_editions(tmp_path / "index")
    path.unlink()
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        served_editions(tmp_path / "index")


def test_written_questions_come_back_from_their_file(index, tmp_path):
    # Prevents: a question that loses its block, or another kind of entry among the questions.
    entries = {id_: index.entries(id_, "block") + index.entries(id_, QUESTION) for id_ in index.editions}
    save_questions(tmp_path / QUESTIONS_FILE, entries)
    assert load_questions(tmp_path / QUESTIONS_FILE) == {
        id_: tuple(index.entries(id_, QUESTION)) for id_ in index.editions
    }


@pytest.mark.parametrize("content", [b"", b"[]", b'{"2024": 1}', b'{"2024": [["a", "b"]]}', b"\xff\xfe"])
def test_a_file_that_holds_no_questions_is_damage(tmp_path, content):
    # Prevents: a traceback at start, or questions that are silently gone.
    path = tmp_path / QUESTIONS_FILE
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        load_questions(path)
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        load_questions(path)


def test_no_embedding_function_is_stored(index):
    # Prevents: CVE-2026-45829, code loaded from the index when it is opened.
    for collection in index._client.list_collections():
        assert collection.configuration_json.get("embedding_function") in (None, {"type": "legacy"})


def test_without_an_index_the_error_names_the_remedy(tmp_path):
    # Prevents: an empty index made silently where none is.
    with pytest.raises(IndexMissingError, match="python -m ingest"):
        PassageIndex.open(tmp_path / "none", HashModel())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("model", "named"),
    [
        (HashModel("another"), "another"),
        (HashModel(dimension=8), "dimension 16"),
        (HashModel(salt="other weights"), "isn't the one"),
    ],
)
def test_another_model_is_a_mismatch_that_says_to_ingest(index_dir, model, named):
    # Prevents: vectors of one model searched with another's, which finds anything but says nothing.
    with pytest.raises(IndexMismatchError, match="python -m ingest") as caught:
        PassageIndex.open(index_dir, model)
    assert named in str(caught.value)


def test_the_real_index_answers_with_the_bundled_model(real_index: PassageIndex, bundled_model: BundledE5):
    # Prevents: wrong prefixes or a lost section path, which unit tests with fakes don't see.
    question = "Hur många timmar i veckan ska vi ha öppet gemensamt?"
    hits = real_index.search(bundled_model.embed_query(question), "2024", "block", 3)
    sections = [real_index.editions["2024"].blocks]
    found = Counter(block.section[-1] for block in sections[0] if block.id in {hit.target for hit in hits})
    assert "Verksamhetens gemensamma ansvar" in found


def test_the_vectors_that_are_served_are_those_that_chroma_holds(index):
    # Prevents: answers from other vectors than those that were proved.
    for edition in index.editions:
        for kind in SEARCHED:
            (served, written), (entries, stored) = index.written(edition, kind), index.stored(edition, kind)
            assert served == entries
            assert written.shape == stored.shape and np.allclose(written, stored, atol=1e-6)


def test_an_entry_without_a_kept_vector_is_damage_with_the_way_out(index, monkeypatch):
    # Prevents: a KeyError at start from an index whose files don't belong together.
    monkeypatch.setitem(index.__dict__, "_vectors", {})
    with pytest.raises(IndexDamagedError, match=r"vectors.npz.*python -m ingest"):
        index.written("2024", "block")
