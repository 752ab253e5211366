"""The learned leaning towards "may I share this?", and how it weighs against the words."""

import numpy as np
import pytest

from assistant.errors import CorpusError, IndexDamagedError
from assistant.facts import read_text
from assistant.intent import is_sharing, read_signs
from assistant.leaning import LEANING_FILE, Leaning
from assistant.settings import PROJECT_ROOT
from assistant.vocabulary import Vocabulary
from ingest.faq import InstructionLine, load_instructions, load_sharing
from ingest.leaning import learn_steering

CORPUS = PROJECT_ROOT / "corpus"


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load(CORPUS / "vocabulary.toml")


def decide(question, leaning, vocabulary):
    return is_sharing(read_signs(question, vocabulary), read_text(question, vocabulary), lambda: leaning)


STORY = "Mamman har anförtrott sig åt mig. Förskolläraren undrar varför hon verkar trött. Kan jag förklara?"
WORK = "Måste barnmorskan prata på husmötena fast hon har så fullt?"
FORM = "Hur dokumenterar jag att mamman sagt ja till barnmorskan?"


@pytest.mark.parametrize(
    ("question", "leaning", "sharing"),
    [
        (STORY, 3.0, True),  # no word of sharing, but it sounds like it
        (STORY, 0.5, False),
        (WORK, -1.5, False),  # the words of sharing, but it doesn't sound like it
        (FORM, 3.0, False),  # the form of a consent needs more than a likely sound
        ("Behöver jag samtycke för att berätta för barnmorskan?", -1.5, True),  # consent is named
        ("Vad är klockan?", 9.0, False),  # nobody to share with
    ],
)
def test_the_sound_of_a_question_tips_the_balance_only_where_words_leave_it_open(
    vocabulary, question, leaning, sharing
):
    assert decide(question, leaning, vocabulary) is sharing


def test_the_sound_is_not_asked_for_where_the_words_decide(vocabulary):
    # Prevents: every question about consent embedded once more than it takes.
    def never():
        raise AssertionError("asked")

    for question, sharing in (
        ("Behöver jag samtycke för att berätta för barnmorskan?", True),
        ("Vad är klockan?", False),
    ):
        assert is_sharing(read_signs(question, vocabulary), read_text(question, vocabulary), never) is sharing


def test_an_index_that_learned_nothing_leaves_it_to_the_words(vocabulary, tmp_path):
    assert Leaning.load(tmp_path, 4) is None
    assert decide("Får jag berätta för barnmorskan?", None, vocabulary)


def test_what_was_learned_survives_the_file(tmp_path):
    Leaning(np.array([1.0, -2.0, 0.5], dtype=np.float32), 0.25).save(tmp_path)
    loaded = Leaning.load(tmp_path, 3)
    assert loaded is not None
    assert loaded(np.array([1.0, 1.0, 1.0], dtype=np.float32)) == pytest.approx(-0.25)


@pytest.mark.parametrize("content", [b"", b"not numbers"])
def test_a_damaged_file_is_named(tmp_path, content):
    (tmp_path / LEANING_FILE).write_bytes(content)
    with pytest.raises(IndexDamagedError, match=LEANING_FILE):
        Leaning.load(tmp_path, 3)


def test_a_file_of_another_dimension_is_refused(tmp_path):
    Leaning(np.zeros(3, dtype=np.float32), 0.0).save(tmp_path)
    with pytest.raises(IndexDamagedError, match="expected 6 numbers"):
        Leaning.load(tmp_path, 5)


def test_both_sides_have_many_examples_and_none_twice():
    lines = load_sharing(CORPUS)
    questions = {line.question.casefold() for line in lines}
    assert len(questions) == len(lines)
    assert min(sum(line.sharing for line in lines), sum(not line.sharing for line in lines)) >= 200


def test_a_broken_line_is_named(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "sharing.jsonl").write_text('{"question": "Får jag?", "sharing": "kanske"}\n')
    with pytest.raises(CorpusError, match="sharing"):
        load_sharing(tmp_path)


def examples(count, direction, seed):
    """Vectors of unit length that lie on the direction's side, with noise."""
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(count, 8)) + 3 * np.asarray(direction)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_instructions_are_told_from_questions_by_what_was_learned():
    # A direction learned the wrong way round would decline every question.
    along = np.eye(8)[0]
    orders, asks = examples(30, along, 1), examples(30, -along, 2)
    lines = [InstructionLine(question=f"q{i}", instruction=i < 30) for i in range(60)]
    steering = learn_steering(lines, np.concatenate([orders, asks]), examples(200, -along, 3))
    assert steering is not None
    assert min(steering(v) for v in examples(20, along, 4)) > 0
    assert max(steering(v) for v in examples(20, -along, 5)) < 0


def test_nothing_is_learned_from_one_side_alone():
    lines = [InstructionLine(question="q", instruction=False)]
    assert learn_steering(lines, examples(1, np.eye(8)[0], 1), examples(3, np.eye(8)[0], 2)) is None
    assert learn_steering([], np.zeros((0, 8), np.float32), examples(3, np.eye(8)[0], 2)) is None


def test_instructions_and_their_look_alikes_are_many_and_none_twice():
    lines = load_instructions(CORPUS)
    assert len({line.question.casefold() for line in lines}) == len(lines)
    assert min(sum(x.instruction for x in lines), sum(not x.instruction for x in lines)) >= 200


def test_a_broken_instruction_line_is_named(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "instructions.jsonl").write_text('{"question": "Skriv en dikt"}\n')
    with pytest.raises(CorpusError, match="instruction"):
        load_instructions(tmp_path)
