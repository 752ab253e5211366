"""Search over blocks, what it learns, and the decision to abstain, on vectors of hashed words."""

import json

import numpy as np
import pytest
from fakes import HashModel

from assistant.contrast import Contrast
from assistant.entries import IndexEntry
from assistant.errors import IndexDamagedError
from assistant.features import FEATURES, Groups
from assistant.kinship import lenders
from assistant.lexicon import Lexicon
from assistant.query_map import apply_map, load_map, save_map
from assistant.ranker import RANKER_FILE, TEXT_ONLY, WITH_QUESTIONS, Ranker
from assistant.retrieval import (
    ANSWERABLE,
    Retriever,
    edition_features,
    make_query,
    without_edition,
)
from assistant.settings import PROJECT_ROOT
from assistant.types import BlockKind
from assistant.vocabulary import Vocabulary
from ingest.corpus import load_corpus
from ingest.entries import EditionSource, entries_of
from ingest.faq import load_unanswerable
from ingest.questions import Question
from ingest.training import learn

CORPUS = PROJECT_ROOT / "corpus"
SIZE = 48


class MemoryIndex:
    """The part of PassageIndex that retrieval reads, without Chroma."""

    def __init__(self, editions, questions, model, folder):
        self.editions = {edition.id: edition for edition in editions}
        self.retrieval_dir = folder
        self._entries = {e.id: entries_of(EditionSource(e, tuple(questions.get(e.id, ())))) for e in editions}
        self._model = model

    def entries(self, edition, kind):
        return [entry for entry in self._entries[edition] if entry.kind == kind]

    def questions(self, edition):
        return [(entry.target, entry.text) for entry in self.entries(edition, "question")]

    def written(self, edition, kind):
        found: list[IndexEntry] = self.entries(edition, kind)
        rows = self._model.embed_documents([entry.text for entry in found])
        return found, np.array(rows, dtype=np.float32).reshape(len(found), self._model.dimension)

    stored = written


def _written(edition):
    """Two questions to every second paragraph, of its own words, so that hashed words can find it."""
    blocks = [b for b in edition.blocks if b.kind is BlockKind.PARAGRAPH and len(b.text) > 200][::2]
    for block in blocks:
        words = block.text.split()
        for start in (0, 8):
            text = f"{' '.join(words[start : start + 7])}?"
            yield Question(text, block.id, block.passages[0].id)


@pytest.fixture(scope="module")
def model():
    return HashModel(dimension=SIZE)


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load(CORPUS / "vocabulary.toml")


@pytest.fixture(scope="module")
def editions():
    return load_corpus(CORPUS)


@pytest.fixture(scope="module")
def index(editions, model, tmp_path_factory):
    questions = {"2024": tuple(_written(editions[0]))}  # 2018 has none of its own
    return MemoryIndex(editions, questions, model, tmp_path_factory.mktemp("retrieval"))


@pytest.fixture(scope="module")
def learned(index, model, vocabulary):
    lexicon = Lexicon.build(index, vocabulary)
    texts = edition_features(index, lexicon)
    unanswerable = load_unanswerable(CORPUS)[::6]
    vectors = np.array(model.embed_questions(list(unanswerable)), dtype=np.float32)
    return learn(list(texts.values()), lexicon.analyzer, unanswerable, vectors)


@pytest.fixture(scope="module")
def untaught(index, model, vocabulary):
    return Retriever.open(index, model, vocabulary)


@pytest.fixture(scope="module")
def taught(index, learned, model, vocabulary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learned")
    ranker, contrast, matrix = learned
    ranker.save(folder)
    contrast.save(folder)
    save_map(folder, matrix)
    other = MemoryIndex.__new__(MemoryIndex)
    other.__dict__ = index.__dict__ | {"retrieval_dir": folder}
    return Retriever.open(other, model, vocabulary)


@pytest.mark.parametrize("kind", ["untaught", "taught"])
@pytest.mark.parametrize("edition", ["2024", "2018"])
def test_a_sentence_of_the_text_finds_its_block_and_itself(request, editions, kind, edition):
    # Rows of one matrix read in another's order would give the right shape and wrong blocks.
    retriever = request.getfixturevalue(kind)
    text = next(e for e in editions if e.id == edition)
    passages = [p for b in text.blocks if len(b.passages) > 2 and b.kind is BlockKind.PARAGRAPH
                for p in b.passages[1:2] if len(p.text) > 80][:20]  # fmt: skip
    hits = [retriever.search(p.text, edition, 1)[0] for p in passages]
    right = sum(hit.passage.text == p.text for hit, p in zip(hits, passages, strict=True))
    assert right >= 0.9 * len(passages)


def test_hits_are_ordered_scored_and_limited(taught):
    # A score over 1, or an order that isn't the score's, would mislead whoever shows the best first.
    hits = taught.search("Vem betalar samordnaren?", "2024", 4)
    scores = [hit.score for hit in hits]
    assert len(hits) == 4 and scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert len({hit.block.id for hit in hits}) == 4
    assert all(hit.passage in hit.block.passages for hit in hits)
    assert set(FEATURES) <= set(hits[0].features)
    assert taught.search("Vem betalar samordnaren?", "2024", 0) == []


def test_the_table_of_contents_is_never_a_hit(taught, editions):
    # It holds every heading's words and no answer.
    contents = next(b for b in editions[0].blocks if b.kind is BlockKind.HEADING_LIST)
    found = taught.search(contents.text, "2024", 1000)
    assert contents.id not in {hit.block.id for hit in found}


def test_editions_are_not_mixed(taught):
    # Borrowed questions must lead to the borrowing edition's own block.
    for edition in ("2024", "2018"):
        assert {h.block.edition for h in taught.search("Vad är samtycke?", edition, 50)} == {edition}
    with pytest.raises(KeyError):
        taught.search("Vad är samtycke?", "1999")


@pytest.mark.parametrize("question", ["", " ", "?", "😀", "\0", "a" * 5000, "<b>x</b>", "2018"])
def test_strange_questions_give_finite_scores(taught, untaught, question):
    # One NaN would sort to the front and be shown as the best answer.
    for retriever in (taught, untaught):
        assert all(np.isfinite(hit.score) for hit in retriever.search(question, "2024"))


def test_the_decision_to_abstain_follows_the_threshold(taught):
    # Hits of an unanswerable question must not be taken for an answer, nor no hits at all.
    hits = taught.search("Vem betalar samordnaren?", "2024")
    limit = hits[0].features["abstain_below"]
    assert taught.answerable(hits) == (hits[0].features[ANSWERABLE] >= limit)
    assert not taught.answerable([])


def test_unanswerable_questions_score_lower_than_written_ones(taught, index, editions):
    # A sign error in the second model abstains exactly where it should answer.
    def mean(questions):
        return np.mean([taught.search(q, "2024", 1)[0].features[ANSWERABLE] for q in questions])

    written = [text for _, text in index.questions("2024")][::4]
    assert mean(written) > mean(load_unanswerable(CORPUS)[3::40]) + 0.3


def test_a_hidden_question_leaves_no_trace(index, vocabulary):
    # Training on a question that finds itself teaches only to trust exact copies.
    lexicon = Lexicon.build(index, vocabulary)
    texts = edition_features(index, lexicon)["2024"]
    query = make_query(
        texts.questions[0][1], texts.question_vectors[0], np.eye(SIZE, dtype=np.float32), lexicon.analyzer
    )
    hidden = np.zeros(len(texts.questions), dtype=bool)
    hidden[0] = True
    row, best = texts.question_blocks[0], FEATURES.index("q1")
    assert texts.compute(query)[row, best] == pytest.approx(1.0, abs=1e-5)
    assert texts.compute(query, hidden)[row, best] < 0.99


def test_editions_lend_questions_to_blocks_that_say_the_same(editions):
    # "Tjänsten som samordnare bekostas …" stands word for word in both editions.
    pairs = lenders(editions[0], editions)
    assert pairs["2018", "2018:samordning:4"] == "2024:styrning-och-samordning/samordnare:4"
    assert {lender for lender, _ in pairs} == {"2018"}
    assert ("2018", "2018:styrning:5") not in pairs  # four meetings a year: only 2018 says so


def test_learning_needs_both_kinds_of_weights_and_moves_the_map(learned):
    # A map that stayed the identity, or one set of weights, would fail only in use.
    ranker, _, matrix = learned
    assert np.abs(matrix - np.eye(SIZE)).max() > 1e-3
    assert ranker.weights(True).share != ranker.weights(False).share


def test_what_was_learned_survives_the_files(learned, tmp_path):
    # JSON turns tuples into lists; half precision must not move a vector visibly.
    ranker, contrast, matrix = learned
    ranker.save(tmp_path)
    contrast.save(tmp_path)
    save_map(tmp_path, matrix)
    before, after = ranker.weights(True), Ranker.load(tmp_path).weights(True)
    assert (after.share, after.threshold) == (before.share, before.threshold)
    columns = np.linspace(-1.0, 1.0, 200)
    assert after.probability(columns) == before.probability(columns)
    vector = np.ones(SIZE, dtype=np.float32) / SIZE**0.5
    assert Contrast.load(tmp_path, SIZE).topic(vector) == pytest.approx(contrast.topic(vector))
    near = apply_map(load_map(tmp_path, SIZE), vector) @ apply_map(matrix, vector)
    assert near == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"with_questions": 1, "text_only": 2}'])
def test_a_damaged_ranker_is_named(tmp_path, text):
    # A stack trace at the first question instead of a line that says to rebuild.
    (tmp_path / RANKER_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="ingest --rebuild"):
        Ranker.load(tmp_path)


def test_weights_of_different_lengths_are_refused(learned, tmp_path):
    # A lost number shifts all that follow.
    learned[0].save(tmp_path)
    data = json.loads((tmp_path / RANKER_FILE).read_text(encoding="utf-8"))
    data[WITH_QUESTIONS]["share"]["weights"].pop()
    assert TEXT_ONLY in data
    (tmp_path / RANKER_FILE).write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(IndexDamagedError):
        Ranker.load(tmp_path)


def test_files_of_another_dimension_are_refused(learned, tmp_path):
    # Another model's map multiplies without complaint when the sizes happen to fit.
    learned[1].save(tmp_path)
    save_map(tmp_path, learned[2])
    with pytest.raises(IndexDamagedError):
        load_map(tmp_path, SIZE + 1)
    with pytest.raises(IndexDamagedError):
        Contrast.load(tmp_path, SIZE + 1)


def test_groups_take_the_best_and_the_mean_of_three():
    # Missing questions count as the floor, hidden ones (NaN) as missing.
    groups = Groups([0, 0, 0, 0, 1], 3)
    best, mean = groups.best(np.array([0.9, 0.6, 0.3, 0.1, np.nan]), 0.0)
    assert best.tolist() == [0.9, 0.0, 0.0]
    assert mean == pytest.approx([0.6, 0.0, 0.0])


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Vad är inre sekretess enligt 2018 års vägledning?", "Vad är inre sekretess ?"),
        ("Får chefen vara med, enligt den gamla vägledningen?", "Får chefen vara med ?"),
        ("När reviderades vägledningen?", "När reviderades vägledningen?"),
        ("Hur ofta ses styrgruppen i vägledningen från 2018?", "Hur ofta ses styrgruppen ?"),
        ("2018", "2018"),
    ],
)
def test_the_edition_asked_for_is_no_search_word(question, left):
    # "2018 års vägledning" drew every such question to the foreword.
    assert without_edition(question) == left
