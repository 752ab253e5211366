"""Every citation is the edition's own text, for 300 questions drawn from the corpus's sentences."""

import random
import re
import unicodedata
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.types import Answer, Citation, Edition, Passage, PassageKind
from ingest.corpus import load_corpus
from ingest.fidelity import apply_repairs, load_repairs, source_words

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PER_EDITION = 150
LONGEST = 200  # characters: what somebody might type as a question
_ASKABLE = (PassageKind.SENTENCE, PassageKind.LIST_ITEM)
# A question with such a word may be answered by comparing the editions, which cites both.
_COMPARES = ("skillnad", "skiljer", "jämför", "förändr", "ändring")


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


@pytest.fixture(scope="module")
def answers(real_assistant: Assistant, editions: dict[str, Edition]) -> list[tuple[Passage, Answer]]:
    """Each drawn sentence, asked as a question of its own edition."""
    drawn = [passage for edition in editions.values() for passage in draw(edition)]
    return [(p, real_assistant.answer(p.text.rstrip(".:") + "?", edition=p.edition)) for p in drawn]


def draw(edition: Edition) -> list[Passage]:
    passages = [
        p for block in edition.blocks for p in block.passages if p.kind in _ASKABLE and len(p.text) <= LONGEST
    ]
    return random.Random(f"verbatim {edition.id}").sample(passages, PER_EDITION)


def bare(text: str) -> str:
    """A text without Markdown, notation and white space: letters, digits and the paragraph sign."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c == "§")


def raw_source(edition: str) -> str:
    """The printed text, with what repairs.toml declares (page numbers, moved footnotes)."""
    words = source_words((CORPUS / "sources" / f"{edition}.txt").read_text(encoding="utf-8"))
    return bare("".join(apply_repairs(words, load_repairs(CORPUS / "repairs.toml", edition))))


def cited(answers: list[tuple[Passage, Answer]]) -> list[tuple[Answer, Citation]]:
    return [(answer, citation) for _, answer in answers for citation in answer.citations]


def test_300_questions_are_asked_and_nearly_all_cite(answers: list[tuple[Passage, Answer]]) -> None:
    # Prevents the checks below from passing because nothing is cited at all.
    assert len(answers) == 2 * PER_EDITION
    silent = [passage.text for passage, answer in answers if not answer.citations]
    assert len(silent) <= 6, silent


def test_a_sentence_of_the_guideline_finds_itself(answers: list[tuple[Passage, Answer]]) -> None:
    # Prevents citations that are verbatim but of something else.
    missed = [
        passage.text
        for passage, answer in answers
        if not any(
            c.edition == passage.edition and c.start < passage.end and passage.start < c.end
            for c in answer.citations
        )
    ]
    assert len(missed) <= 30, f"{len(missed)} of {len(answers)}: {missed}"


def test_every_quote_is_the_editions_text_at_its_span(
    answers: list[tuple[Passage, Answer]], editions: dict[str, Edition]
) -> None:
    # Prevents a quote that was trimmed, joined or taken from another place than it says.
    for _, citation in cited(answers):
        assert editions[citation.edition].text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip() == citation.quote != ""


def test_answer_and_citations_are_of_the_edition_that_was_asked(
    answers: list[tuple[Passage, Answer]],
) -> None:
    # Prevents an answer from mixing two editions, or giving the other one's text.
    mixed = [
        answer.question
        for passage, answer in answers
        if not any(word in passage.text.lower() for word in _COMPARES)
        and {answer.edition, *(c.edition for c in answer.citations)} != {passage.edition}
    ]
    assert not mixed


def test_every_quote_stands_in_the_printed_guideline(answers: list[tuple[Passage, Answer]]) -> None:
    # Prevents words that only the restored Markdown has.
    sources = {edition: raw_source(edition) for edition in ("2024", "2018")}
    for _, citation in cited(answers):
        words = re.sub(r"^\s*[-•] ", "", citation.quote, flags=re.MULTILINE)
        assert bare(" ".join(source_words(words))) in sources[citation.edition], citation.quote


def test_every_label_says_where_the_quote_stands(
    answers: list[tuple[Passage, Answer]], editions: dict[str, Edition]
) -> None:
    # Prevents a source that a reader can't look up.
    for _, citation in cited(answers):
        edition = editions[citation.edition]
        (section,) = [s for s in edition.sections if s.start <= citation.start < s.end]
        assert citation.section == section.path
        assert citation.label.startswith(f"Vägledning {edition.id}, {' › '.join(section.path)}")
        assert citation.page == section.page
        assert citation.label.endswith(f"(s. {section.page})") == (section.page is not None)
