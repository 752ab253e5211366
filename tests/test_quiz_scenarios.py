"""The trainers' scenario files: reading, and what the check finds."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.quiz import Theme
from assistant.quiz_check import check_entries, item_pool
from assistant.quiz_engine import engine
from assistant.quiz_scenarios import read_file, read_folder, scenario_item
from assistant.quiz_template import TEMPLATE
from assistant.types import Edition
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GOOD = """\
scenarios:
  - id: ett
    theme: samtycke
    difficulty: 1
    story: "Vad gäller?"
    choices:
      - {text: "Ett nytt samtycke behövs.", right: true, why: "Ny situation."}
      - {text: "Det gamla räcker till.", right: false, why: "Nej."}
      - {text: "Inget samtycke behövs.", right: false, why: "Nej."}
    source:
      section: ["Sekretess", "Samtycke"]
      quote: "En ny situation innebär ett nytt samtycke."
    decisive: "Situationen."
  - id: tva
    theme: tabell1
    difficulty: 2
    story: "Vad gäller?"
    question: "Jag är BHV-sjuksköterska i Region Skåne. Samtycke med en privat BHV-sjuksköterska i huset?"
    verdicts: [consent_required]
    rows: [2]
    source:
      section: ["Sekretess", "Huvudman"]
      quote: "p g a olika huvudmän"
    decisive: "Huvudmannen."
"""


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


@pytest.fixture(scope="module")
def ask(editions):
    return engine(CORPUS / "vocabulary.toml", editions)


def checked(tmp_path, text, editions, ask=None) -> list[str]:
    path = tmp_path / "egna.yaml"
    path.write_text(text, encoding="utf-8")
    entries, complaints = read_file(path)
    return [
        str(each).replace(str(path), "egna.yaml")
        for each in (*complaints, *check_entries(entries, editions, ask))
    ]


def test_all_shipped_scenarios_are_sound_by_table_section_quote_and_engine(editions, ask):
    # Prevents a scenario that teaches what the guideline doesn't say.
    entries, complaints = read_folder(CORPUS)
    assert not complaints
    assert [str(each) for each in check_entries(entries, editions, ask)] == []


def test_there_are_scenarios_enough_over_all_themes_and_difficulties():
    # Prevents a theme that runs dry in one session.
    entries, _ = read_folder(CORPUS)
    themes = Counter(entry.scenario.theme for entry in entries)
    assert len(entries) >= 66
    assert set(themes) == set(Theme)
    assert min(themes.values()) >= 10
    for theme in Theme:
        levels = Counter(entry.scenario.difficulty for entry in entries if entry.scenario.theme is theme)
        assert levels[2] >= 3
        assert levels[3] >= 3


def test_the_template_passes_the_check(tmp_path, editions, ask):
    # Prevents a trainer's first file from failing before a word is changed.
    assert checked(tmp_path, TEMPLATE, editions, ask) == []


def test_a_sound_file_has_no_complaint_and_fills_in_missing_choices(tmp_path, editions, ask):
    # Prevents false alarms, and a consent scenario without choices.
    assert checked(tmp_path, GOOD, editions, ask) == []
    entry = read_file(tmp_path / "egna.yaml")[0][1]
    item = scenario_item(entry, editions["2024"])
    assert len(item.choices) == 4
    assert item.choices[item.right].text.startswith("Samtycke från vårdnadshavare krävs")
    assert item.source.table_row == 2


FAULTS = [
    (
        "verdicts: [consent_required]",
        "verdicts: [consent_not_required]",
        "egna.yaml:19: tva: nyckeln säger ”samtycke behövs inte”, men Tabell 1 rad 2 säger",
    ),
    ("rows: [2]", "rows: [9]", "egna.yaml:20: tva: rad 9 finns inte; Tabell 1 i utgåva 2024 har 8 rader"),
    (
        '"Samtycke"]',
        '"Samtycken"]',
        "egna.yaml:10: ett: avsnittet Sekretess › Samtycken finns inte i utgåva 2024",
    ),
    ('["Sekretess", "Samtycke"]', '["Samtycke"]', "menas ['Sekretess', 'Samtycke']?"),
    ("En ny situation innebär", "En ny situation betyder", "det står ingenstans i utgåvan"),
    ("p g a olika huvudmän", "En ny situation innebär ett nytt samtycke.", "det står i Sekretess › Samtycke"),
    ("difficulty: 1", "difficulty: 4", "egna.yaml:4: ett: difficulty är 4; det ska vara 1, 2 eller 3"),
    ("theme: samtycke", "theme: samtycket", "egna.yaml:3: ett: theme är 'samtycket'; möjliga värden är"),
    ("right: true", "right: false", "0 choices har right: true; det ska vara precis ett"),
    ('    decisive: "Situationen."\n', "", "egna.yaml:2: ett: nyckeln decisive saknas"),
    ("    theme: samtycke\n", "    tema: samtycke\n", "ett: nyckeln"),
    ("id: tva", "id: Två!", "använd små bokstäver a–z, siffror och bindestreck"),
    ("Det gamla räcker till.", "Det gamla räcker alltid.", "”alltid” står bara i ett fel alternativ"),
    ('"Ett nytt samtycke behövs."', '"' + "Ett nytt samtycke behövs. " * 4 + '"', "mycket längre"),
    ("scenarios:", "scenarion:", "filen ska börja med ”scenarios:”"),
    ('story: "Vad gäller?"', 'story: "Vad gäller?', "filen är inte giltig YAML"),
]


@pytest.mark.parametrize(("sound", "broken", "complaint"), FAULTS, ids=[fault[1][:30] for fault in FAULTS])
def test_the_check_names_file_line_and_fault(tmp_path, editions, sound, broken, complaint):
    # Prevents a fault that is found but can't be located, for each kind of fault.
    assert sound in GOOD
    found = checked(tmp_path, GOOD.replace(sound, broken, 1), editions)
    assert any(complaint in each for each in found), found


def test_the_engine_contradicts_a_key_that_no_row_contradicts(tmp_path, editions, ask):
    # Prevents a wrong key that hides behind an empty list of rows.
    text = GOOD.replace(
        "verdicts: [consent_required]\n    rows: [2]", "verdicts: [consent_not_required]\n    rows: []"
    )
    text = text.replace(
        '    source:\n      section: ["Sekretess", "Huvudman"]',
        CHOICES + '    source:\n      section: ["Sekretess", "Huvudman"]',
    )
    found = checked(tmp_path, text, editions, ask)
    assert any("men assistenten läser Tabell 1 så här: samtycke krävs" in each for each in found), found


CHOICES = """\
    choices:
      - {text: "Samtycke behövs.", right: false, why: "x"}
      - {text: "Behövs inte alls.", right: true, why: "x"}
      - {text: "Det beror på.", right: false, why: "x"}
"""


def test_a_broken_scenario_leaves_the_others_usable(tmp_path, editions):
    # Prevents one typing error from emptying the quiz.
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD.replace("difficulty: 1", "difficulty: 7"), encoding="utf-8")
    (folder / "b.yaml").write_text("- bara: en lista", encoding="utf-8")
    entries, complaints = read_folder(tmp_path)
    assert [entry.scenario.id for entry in entries] == ["tva"]
    assert len(complaints) == 2
    assert "tva" in {item.id for item in item_pool(entries, editions, "2024")}


def test_a_scenario_with_a_fault_against_the_table_is_never_asked(tmp_path, editions):
    # Prevents a wrong key from reaching a group when nobody ran the check.
    path = tmp_path / "egna.yaml"
    path.write_text(
        GOOD.replace("verdicts: [consent_required]", "verdicts: [consent_not_required]"), encoding="utf-8"
    )
    ids = {item.id for item in item_pool(read_file(path)[0], editions, "2024")}
    assert "ett" in ids
    assert "tva" not in ids


def test_yaml_tags_run_nothing(tmp_path, editions):
    # Prevents a scenario file from constructing Python objects.
    marker = tmp_path / "ran"
    text = f"scenarios:\n  - !!python/object/apply:os.system ['touch {marker}']\n"
    assert checked(tmp_path, text, editions)
    assert not marker.exists()
