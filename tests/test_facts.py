"""What is read out of a question: who shares with whom, and who employs them.

Each case is a sentence and its two parties; what it does not tell must stay unknown.
Profession and employer are written short: "BHV/region".
"""

from pathlib import Path

import pytest

from assistant.facts import Reading, fill_asker, read_profile, read_text
from assistant.intent import read_signs
from assistant.relations import Relations
from assistant.types import Employer, Party, Profession, Profile
from assistant.vocabulary import Vocabulary

VOCABULARY_FILE = Path(__file__).resolve().parent.parent / "corpus" / "vocabulary.toml"

JOBS = {
    "BHV": Profession.BHV_NURSE,
    "bm": Profession.MIDWIFE,
    "fsk": Profession.PRESCHOOL_TEACHER,
    "soc": Profession.SOCIAL_WORKER,
    "annan": Profession.OTHER,
    "?": None,
}
EMPLOYERS = {
    "region": Employer.REGION,
    "kommun": Employer.MUNICIPALITY,
    "privat": Employer.PRIVATE,
    "?": None,
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(VOCABULARY_FILE)


def short(party: Party) -> str:
    job = next(word for word, value in JOBS.items() if value is party.profession)
    employer = next((word for word, value in EMPLOYERS.items() if value is party.employer), "annan")
    return f"{job}/{employer}"


def parties(reading: Reading) -> tuple[str, str]:
    return short(reading.asker), " + ".join(short(p) for p in reading.others)


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        ("Jag är bvc-ssk i regionen, får jag berätta för barnmorskan?", "BHV/region", "bm/?"),
        ("Jag är BHV-ssk, kan jag prata med hon på MVC?", "BHV/?", "bm/?"),
        ("Är distriktssköterska på BVC. Får jag dela med fsk?", "BHV/?", "fsk/?"),
        ("Jag e bm å undrar om jag får snacka med soc", "bm/?", "soc/?"),
        ("Får jag tipsa pedagogen på öppna förskolan?", "?/?", "fsk/?"),
        ("Får jag visa journalen för kuratorn?", "?/?", "soc/?"),
        ("Jag är socialrådgivare, får jag bolla med fskl?", "soc/?", "fsk/?"),
        ("Jag jobbar som socialsekreterare. Får jag berätta för BVC-sköterskan?", "soc/?", "BHV/?"),
        ("Får jag berätta för vår socionom?", "?/?", "soc/?"),
    ],
)
def test_a_profession_is_known_in_its_everyday_guises(
    vocabulary: Vocabulary, text: str, asker: str, others: str
) -> None:
    # Prevents questions in the staff's own words from being read as about nobody.
    assert parties(read_text(text, vocabulary)) == (asker, others)


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        ("Jag är regionanställd barnmorska. Får jag dela med BVC-sköterskan?", "bm/region", "BHV/?"),
        (
            "Jag är BVC-sköterska på Capio. Får jag dela med barnmorskan i regionen?",
            "BHV/privat",
            "bm/region",
        ),
        ("Får jag mejla privata BVC om barnet?", "?/?", "BHV/privat"),
        (
            "Jag är offentliganställd BHV-sjuksköterska, får jag dela med en BVC-sköterska med vårdavtal?",
            "BHV/region",
            "BHV/privat",
        ),
        ("Får jag berätta för barnmorskan på bolaget?", "?/?", "bm/privat"),
        (
            "Får jag som privatanställd BVC-sköterska ringa regionens barnmorska?",
            "BHV/privat",
            "bm/region",
        ),
    ],
)
def test_an_employer_belongs_to_the_one_it_is_said_of(
    vocabulary: Vocabulary, text: str, asker: str, others: str
) -> None:
    # Prevents the asker's employer from being given to the colleague, or the other way round.
    assert parties(read_text(text, vocabulary)) == (asker, others)


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        ("Vi är båda barnmorskor i regionen. Får vi dela?", "bm/region", "bm/region"),
        (
            "Vi är båda BVC-sköterskor, jag i regionen och hon hos en privat vårdgivare. Får jag dela?",
            "BHV/region",
            "BHV/privat",
        ),
        (
            "Jag är BVC-sköterska i regionen och hon är också anställd av regionen. Får jag berätta?",
            "BHV/region",
            "?/region",
        ),
        ("Jag är BVC-sköterska. Min kollega är barnmorska. Får jag berätta?", "BHV/?", "bm/?"),
        ("Jag är BVC-sköterska, får jag berätta för en annan BVC-sköterska?", "BHV/?", "BHV/?"),
        (
            "Får min kollega på MVC, som är privat, veta detta om jag är förskollärare?",
            "fsk/?",
            "bm/privat",
        ),
    ],
)
def test_who_is_who_among_us_and_them(vocabulary: Vocabulary, text: str, asker: str, others: str) -> None:
    # Prevents "vi", "hon också" and "min kollega" from changing places.
    assert parties(read_text(text, vocabulary)) == (asker, others)


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        ("Får jag berätta för barnmorskan och förskolläraren?", "?/?", "bm/? + fsk/?"),
        (
            "Jag är förskollärare. Får jag dela med både BVC-sköterskan i regionen och barnmorskan på Capio?",
            "fsk/?",
            "BHV/region + bm/privat",
        ),
    ],
)
def test_two_recipients_are_two_situations(
    vocabulary: Vocabulary, text: str, asker: str, others: str
) -> None:
    # Prevents an answer for the first recipient from being taken for both.
    reading = read_text(text, vocabulary)
    assert parties(reading) == (asker, others)
    assert [f.other for f in reading.facts()] == list(reading.others)


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        ("Får två privata BVC-sköterskor dela uppgifter?", "BHV/privat", "BHV/privat"),
        ("Får två förskollärare i samma nämnd dela uppgifter?", "fsk/?", "fsk/?"),
        ("Får en barnmorska berätta för en BVC-sköterska?", "bm/?", "BHV/?"),
    ],
)
def test_a_question_about_others_has_no_asker_of_its_own(
    vocabulary: Vocabulary, text: str, asker: str, others: str
) -> None:
    # Prevents the user's own profile from being mixed into a question about two others.
    reading = read_text(text, vocabulary)
    assert (parties(reading), reading.third_person) == ((asker, others), True)
    assert fill_asker(reading, Party(Profession.SOCIAL_WORKER, Employer.MUNICIPALITY)) == reading


@pytest.mark.parametrize(
    "text",
    [
        "Vi har en enhetlig rutin. Får jag dela med barnmorskan?",
        "Uppgifter om mammans privatliv, får jag berätta för barnmorskan?",
        "Vi träffades på café Capio. Får jag berätta för barnmorskan?",
        "Får jag ge barnmorskan min privata telefon?",
        "Får jag dela regionala riktlinjer med barnmorskan?",
        "Kommunikationen med barnmorskan är dålig. Får jag berätta om barnet?",
    ],
)
def test_false_friends_tell_nothing(vocabulary: Vocabulary, text: str) -> None:
    # Prevents "privatliv" from making an employer and "enhetlig" a unit.
    reading = read_text(text, vocabulary)
    assert (*parties(reading), reading.relations) == ("?/?", "bm/?", Relations())


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        ("Jag är barnmoska i regionen. Får jag dela med förskolläraen?", "bm/region", "fsk/?"),
        ("Jag är socinom. Får jag dela med förskollärare?", "soc/?", "fsk/?"),
        ("Får jag dela med BVC-sjuksköteskan?", "?/?", "BHV/?"),
    ],
)
def test_misspelt_words_are_understood(vocabulary: Vocabulary, text: str, asker: str, others: str) -> None:
    # Prevents a slip of the finger from hiding who is meant.
    assert parties(read_text(text, vocabulary)) == (asker, others)


@pytest.mark.parametrize(
    ("text", "asker", "others"),
    [
        (
            "I am a midwife employed by the region. May I share with the child health nurse?",
            "bm/region",
            "BHV/?",
        ),
        ("I'm a preschool teacher. May I talk to the private midwife?", "fsk/?", "bm/privat"),
        ("I'm a social worker. Do I need consent to talk to the private midwife?", "soc/?", "bm/privat"),
    ],
)
def test_english_is_understood(vocabulary: Vocabulary, text: str, asker: str, others: str) -> None:
    # Prevents a colleague who writes in English from getting an answer about nobody.
    assert parties(read_text(text, vocabulary)) == (asker, others)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Får jag berätta för tandläkaren?", "tandvården"),
        ("Får jag berätta för BVC-psykologen?", "psykologen"),
        ("Får jag berätta för skolsköterskan?", "skolan"),
    ],
)
def test_actors_outside_the_table_keep_their_name(vocabulary: Vocabulary, text: str, label: str) -> None:
    # Prevents a BVC-psykolog from being taken for a BVC-sköterska, whose rows would answer.
    (other,) = read_text(text, vocabulary).others
    assert (other.profession, other.label) == (Profession.OTHER, label)


def test_a_former_employer_is_ruled_out(vocabulary: Vocabulary) -> None:
    # Prevents "inte längre hos regionen" from being read as employed by the region.
    text = "Jag är inte längre hos regionen utan privat. Jag är barnmorska. Får jag dela med BVC-sköterskan?"
    reading = read_text(text, vocabulary)
    assert short(reading.asker) == "bm/privat"
    assert Employer.REGION in reading.asker.not_employers


def test_the_same_health_centre_is_the_same_unit(vocabulary: Vocabulary) -> None:
    # Prevents the vårdcentral that both work at from becoming an actor to share with.
    reading = read_text("Vi är på samma vårdcentral. Får jag dela med barnmorskan?", vocabulary)
    assert (*parties(reading), reading.relations.same_unit) == ("?/?", "bm/?", True)


@pytest.mark.parametrize(
    ("role", "employer", "read"),
    [
        ("BHV-sjuksköterska", "Region Skåne", "BHV/region"),
        ("barnmorska", "Privat vårdgivare", "bm/privat"),
        ("förskollärare", "Kommunen", "fsk/kommun"),
        (None, "Region Skåne", "?/region"),
        ("något annat", None, "?/?"),
    ],
)
def test_a_profile_is_read_by_the_same_words(
    vocabulary: Vocabulary, role: str | None, employer: str | None, read: str
) -> None:
    # Prevents "Min roll" from being ignored, and unknown words from becoming facts.
    assert short(read_profile(Profile(role, employer), vocabulary)) == read


def test_the_profile_fills_only_what_the_question_leaves_open(vocabulary: Vocabulary) -> None:
    # Prevents the profile from overruling what the user has just written.
    known = Party(Profession.BHV_NURSE, Employer.REGION)
    silent = fill_asker(read_text("Får jag dela med barnmorskan?", vocabulary), known)
    assert short(silent.asker) == "BHV/region"
    told = fill_asker(read_text("Jag är privat BVC-sköterska. Får jag dela?", vocabulary), known)
    assert short(told.asker) == "BHV/privat"
    other_job = fill_asker(read_text("Jag är förskollärare. Får jag dela?", vocabulary), known)
    assert short(other_job.asker) == "fsk/?"


def test_a_word_added_to_the_vocabulary_is_understood_without_code(tmp_path: Path) -> None:
    # Prevents a maintainer's new word from needing a programmer.
    text = "Jag är spädbarnsvakare. Får jag dela med barnmorskan?"
    known = VOCABULARY_FILE.read_text(encoding="utf-8")
    assert short(read_text(text, Vocabulary.load(VOCABULARY_FILE)).asker) == "?/?"
    assert known.count('"BHV-sjuksköterska" = [') == 2  # [profession] comes first
    changed = known.replace('"BHV-sjuksköterska" = [', '"BHV-sjuksköterska" = ["spädbarnsvakar*", ', 1)
    file = tmp_path / "vocabulary.toml"
    file.write_text(changed, encoding="utf-8")
    assert short(read_text(text, Vocabulary.load(file)).asker) == "BHV/?"


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Hur var det förr med samtycke mellan två privata?", True),
        ("Behövde man samtycke förut mellan BVC och MVC?", True),
        ("Får jag fråga en bvc-ssk hur de gjorde med ett barn som var listat där förut?", False),
        ("Jag undrar om jag får berätta. Ingen av oss har tänkt på samtycke tidigare.", False),
    ],
)
def test_the_older_edition_is_asked_for_only_by_what_held_then(text: str, before: bool) -> None:
    # Prevents an answer from the superseded edition because of a child who was there "förut".
    assert read_signs(text, Vocabulary.load(VOCABULARY_FILE)).before is before


def test_an_older_consent_is_no_older_edition() -> None:
    text = "Mamman sa ja i våras. Gäller hennes ja fortfarande?"
    assert not read_signs(text, Vocabulary.load(VOCABULARY_FILE)).compares
