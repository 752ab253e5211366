"""The written questions and where they lead."""

import json
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.settings import PROJECT_ROOT
from assistant.types import BlockKind
from ingest.corpus import load_corpus
from ingest.faq import load_faq, load_unanswerable

CORPUS = PROJECT_ROOT / "corpus"
GIVEN = {"2024": 1761, "2018": 1075}  # the questions that the project started with


@pytest.fixture(scope="module")
def editions():
    return {edition.id: edition for edition in load_corpus(CORPUS)}


def _write(folder: Path, name: str, *lines: object) -> Path:
    (folder / "faq").mkdir(exist_ok=True)
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "faq" / name).write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("edition", GIVEN)
def test_every_given_question_is_placed_on_a_block_of_its_edition(editions, edition):
    # A question lost while cutting the edition anew would weaken search without a sound.
    lines = load_faq(CORPUS, editions[edition])
    given = [line for line in lines if line.passage is None]  # those written later name a passage
    assert sum(len(line.questions) for line in given) >= GIVEN[edition]
    blocks = {b.id for b in editions[edition].blocks if b.kind is not BlockKind.HEADING_LIST}
    assert {line.block for line in lines} <= blocks


@pytest.mark.parametrize("edition", GIVEN)
def test_every_row_of_tabell_1_has_written_questions(editions, edition):
    # 2018's questions came on rows that were cut in the middle and had to be placed by hand.
    asked = {line.block for line in load_faq(CORPUS, editions[edition])}
    rows = {b.id for b in editions[edition].blocks if b.table_row is not None}
    assert len(rows) == {"2024": 8, "2018": 7}[edition]
    assert rows <= asked


@pytest.mark.parametrize(
    ("question", "ending"),
    [
        ("vårdrelation inre sekretess dela uppgifter", "sekretess:21"),
        ("två förskollärare på samma FC sekretess", "sekretess:23"),
        ("BMM BVC samma enhet", "sekretess:22"),
        ("Får socionomen prata med förskolläraren utan samtycke?", "sekretess:24"),
        ("Finns det en tabellrad om soc + pedagog kontra barnmorska och bvc-ssk?", "sekretess:25"),
        ("Vad gäller om kollegan är anställd av en privat vårdgivare?", "sekretess:20"),
        ("Kan man få sparken för dataintrång?", "sekretess:14"),
    ],
)
def test_questions_cut_in_mid_row_stand_on_the_right_row(editions, question, ending):
    # Placed by the paragraph's first words alone, these would lead to the row before.
    found = [line.block for line in load_faq(CORPUS, editions["2018"]) if question in line.questions]
    assert found == [f"2018:{ending}"]


def test_unanswerable_questions_are_many_distinct_and_no_written_ones(editions):
    # A question on both sides would teach the ranker that an answer is none.
    unanswerable = load_unanswerable(CORPUS)
    assert len(unanswerable) >= 450
    assert len({q.casefold() for q in unanswerable}) == len(unanswerable)
    written = {
        q.casefold() for e in editions.values() for line in load_faq(CORPUS, e) for q in line.questions
    }
    assert not written & {q.casefold() for q in unanswerable}


def test_a_block_may_have_several_lines_and_a_passage(editions, tmp_path):
    # Other writers add lines of their own, some to one sentence only.
    block = next(b for b in editions["2024"].blocks if len(b.passages) > 1)
    second = block.passages[1].id
    lines = (
        {"block": block.id, "questions": ["a"]},
        {"block": block.id, "passage": second, "questions": ["b"]},
        {"block": block.id, "passage": None, "questions": ["c"]},
    )
    read = load_faq(_write(tmp_path, "2024.jsonl", *lines), editions["2024"])
    assert [(line.passage, line.questions) for line in read] == [
        (None, ("a",)),
        (second, ("b",)),
        (None, ("c",)),
    ]


def test_further_files_of_an_edition_are_read_too(editions, tmp_path):
    # Writers work in files of their own ("2024-passages.jsonl"); one that nobody reads helps nobody.
    line = {"block": "2024:forord:1", "questions": ["a"]}
    _write(tmp_path, "2024.jsonl", line)
    _write(tmp_path, "2024-more.jsonl", line | {"questions": ["b"]})
    assert [line.questions for line in load_faq(tmp_path, editions["2024"])] == [("a",), ("b",)]


def test_an_edition_without_questions_has_none(editions, tmp_path):
    # A new edition is added by files alone; its questions come later.
    assert load_faq(tmp_path, editions["2024"]) == ()
    assert load_unanswerable(tmp_path) == ()


@pytest.mark.parametrize(
    "line",
    [
        {"block": "2024:nowhere:1", "questions": ["a"]},
        {"block": "2024:innehall:1", "questions": ["a"]},
        {"block": "2024:forord:1", "passage": "2024:forord:2:1", "questions": ["a"]},
        {"block": "2024:forord:1", "questions": []},
        {"block": "2024:forord:1", "questions": [" "]},
        {"block": "2024:forord:1", "question": "a"},
        "{not json",
    ],
)
def test_a_broken_line_is_named(editions, tmp_path, line):
    # "Expecting value: char 0" without file and line helps no maintainer.
    good = {"block": "2024:forord:1", "questions": ["a"]}
    with pytest.raises(CorpusError) as caught:
        load_faq(_write(tmp_path, "2024.jsonl", good, line), editions["2024"])
    assert (caught.value.file, caught.value.line) == ("faq/2024.jsonl", 2)


def test_a_broken_unanswerable_line_is_named(tmp_path):
    # An unknown kind would silently be left out of the figures by kind.
    folder = _write(tmp_path, "unanswerable.jsonl", {"question": "Vad kostar fikat?", "kind": "far"})
    with pytest.raises(CorpusError, match=r"unanswerable\.jsonl:1"):
        load_unanswerable(folder)
