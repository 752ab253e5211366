"""What is read of the place between the two: samma or annan enhet, familjecentral, nämnd, huvudman."""

from pathlib import Path

import pytest

from assistant.facts import read_text
from assistant.relations import Relations
from assistant.vocabulary import Vocabulary

VOCABULARY_FILE = Path(__file__).resolve().parent.parent / "corpus" / "vocabulary.toml"
NAMES = {
    "fc": "same_family_centre",
    "enhet": "same_unit",
    "nämnd": "same_board",
    "huvudman": "same_huvudman",
    "gren": "same_branch",
    "vård": "care_relation",
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(VOCABULARY_FILE)


def told_of(relations: Relations) -> str:
    values = {word: getattr(relations, name) for word, name in NAMES.items()}
    return " ".join(
        f"{'samma' if value else 'olika'}-{word}" for word, value in values.items() if value is not None
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vi jobbar inte på samma enhet. Får jag berätta för barnmorskan?", "olika-enhet"),
        ("Vi är två förskollärare fast i olika nämnder. Får vi dela?", "olika-nämnd"),
        ("Vi är inte i olika nämnder. Får jag dela med förskolläraren?", "samma-nämnd"),
        ("Det finns ingen vårdrelation. Får jag dela med BVC-sköterskan?", "olika-vård"),
        ("Det finns en vårdrelation. Får jag dela med BVC-sköterskan?", "samma-vård"),
    ],
)
def test_a_denied_relation_is_not_an_affirmed_one(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents "inte samma enhet" from waiving consent.
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vi är på samma mottagning. Får jag dela med barnmorskan?", "samma-fc samma-enhet"),
        (
            "Vi är på samma familjecentral men olika enheter. Får jag dela med barnmorskan?",
            "samma-fc olika-enhet",
        ),
        ("Får jag dela med BVC-sköterskan på en annan familjecentral?", "olika-fc olika-enhet"),
        ("Vi jobbar i samma hus. Får jag berätta för socionomen?", "samma-fc"),
        ("Vi är båda förskollärare, samma förvaltning. Får vi dela?", "samma-nämnd"),
        ("Vi har samma arbetsgivare. Får jag dela med BVC-sköterskan?", "samma-huvudman"),
        ("Vi har olika huvudmän. Får jag dela med BVC-sköterskan?", "olika-huvudman"),
        ("Vi hör till olika verksamhetsgrenar. Får jag dela med socionomen?", "olika-gren"),
        (
            "Jag hör till socialnämnden och hon till barn- och utbildningsnämnden. "
            "Får jag dela med förskolläraren?",
            "olika-nämnd",
        ),
        ("Får jag dela med barnmorskan?", ""),
    ],
)
def test_what_lies_between_the_two_is_read_from_samma_and_annan(
    vocabulary: Vocabulary, text: str, told: str
) -> None:
    # Prevents a same house from being taken for a same unit, and silence for "no".
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    "text",
    [
        "Jag vet inte om vi är på samma enhet. Får jag dela med barnmorskan?",
        "Får jag dela med barnmorskan oavsett om vi är på samma enhet eller inte?",
        "Det är oklart om det är samma enhet. Får jag dela med barnmorskan?",
    ],
)
def test_not_knowing_settles_nothing(vocabulary: Vocabulary, text: str) -> None:
    # Prevents "vet inte om vi är på samma enhet" from being read as the same unit.
    assert read_text(text, vocabulary).relations.same_unit is None


def test_another_municipality_is_another_huvudman(vocabulary: Vocabulary) -> None:
    # Prevents two municipalities from being taken for one employer.
    reading = read_text("Får jag dela med förskolläraren i en annan kommun?", vocabulary)
    assert (reading.relations.same_huvudman, reading.relations.same_family_centre) == (False, False)


def test_a_later_text_changes_only_the_relations_that_it_mentions() -> None:
    # Prevents "på samma enhet" in a later turn from forgetting the nämnd, or keeping another centre.
    before = Relations(same_family_centre=False, same_board=True)
    after = before.updated(Relations(same_unit=True))
    assert (after.same_unit, after.same_board, after.same_family_centre) == (True, True, None)
