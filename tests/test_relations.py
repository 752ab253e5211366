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


@pytest.mark.parametrize(
    "text",
    [
        "Jag är BHV-ssk på vår enhet, hon är BHV-ssk i Hörby. Får jag berätta?",
        "BHV-sköterskan jobbade på vårt BVC tidigare men är nu någon annanstans. Får jag berätta för henne?",
        "Barnmorskan på vår mottagning har flyttat till Lund. Får jag ringa henne?",
        "På vår enhet brukar vi inte fråga. Får jag dela med barnmorskan?",
        "Kollegan på enheten i Lund ringde. Får jag svara?",
        "Båda tvillingarna går på vårt bvc. Får jag dela med BVC-sköterskan?",
    ],
)
def test_our_own_unit_is_not_the_others_too(vocabulary: Vocabulary, text: str) -> None:
    # Prevents "på vår enhet", said of one person, of the past or of the family, from waiving consent.
    assert read_text(text, vocabulary).relations.same_unit is not True


def test_someone_on_our_unit_is_in_the_same_unit(vocabulary: Vocabulary) -> None:
    # Prevents the guard above from swallowing "barnmorskan på vår enhet".
    reading = read_text("Får jag berätta för barnmorskan på vår enhet?", vocabulary)
    assert reading.relations.same_unit is True


@pytest.mark.parametrize(
    "text",
    [
        "Förr satt vi på samma enhet, barnmorskan och jag. Får jag berätta?",
        "Vi är nog samma enhet. Får jag dela med barnmorskan?",
        "Vi är samma enhet tror jag. Får jag dela med barnmorskan?",
        "Ingen av oss vet om det räknas som samma enhet. Får jag dela med barnmorskan?",
        "Räknas BVC och BMM som samma enhet? Får jag dela med barnmorskan?",
        "Vi blir samma enhet efter nyår. Får jag dela med barnmorskan?",
        "Om vi vore på samma enhet hade jag inte frågat. Får jag dela med barnmorskan?",
        "Mamman jobbar på samma enhet som jag. Får jag berätta för barnmorskan?",
        "Vi barnmorskor är på samma enhet. Får jag berätta för BVC-sköterskan?",
        "Barnmorskan är kvar på samma enhet, jag har bytt. Får jag berätta?",
        "Vi jobbar på samma ställe. Får jag dela med barnmorskan?",
        "Samma enhet? Ingen aning. Får jag dela med barnmorskan?",
        "Vi är på samma team. Får jag dela med barnmorskan?",
    ],
)
def test_what_is_only_believed_past_or_said_of_others_is_open(vocabulary: Vocabulary, text: str) -> None:
    # Prevents a guess, a memory, a wish or somebody else's workplace from waiving consent.
    assert read_text(text, vocabulary).relations.same_unit is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Barnmorskan satt på vår enhet förut men hör nu till en annan.", "olika-enhet"),
        ("Vi är inte på samma familjecentral eller samma enhet.", "olika-fc olika-enhet"),
        ("Samma enhet är vi inte. Får jag dela med barnmorskan?", "olika-enhet"),
        ("Många tror att vi är samma enhet men det stämmer inte.", "olika-enhet"),
        ("Vår enhet delades i våras och vi hamnade på var sin sida.", "olika-enhet"),
        ("Jag hör till en enhet och hon till en annan.", "olika-enhet"),
        ("Jag tillhör den ena enheten och barnmorskan den andra.", "olika-enhet"),
        ("Vi hör till olika vårdcentraler. Får jag dela?", "olika-enhet"),
        ("Jag är på Norrby vårdcentral, hon på Söderby vårdcentral.", "olika-fc olika-enhet"),
        ("Barnet har bytt till en annan av regionens mottagningar.", "olika-enhet"),
        ("Hon är på regionens bvc fast inte samma ställe som jag.", "olika-fc olika-enhet"),
        ("Grannbyns BVC ringde om ett barn. Jag är på vårt bvc.", "olika-fc olika-enhet"),
        ("samma fc men ej samma, olika enh", "samma-fc olika-enhet"),
        ("anan enhet", "olika-enhet"),
        ("Familjen bor i grannbyn. Barnmorskan på samma enhet undrar.", "samma-fc samma-enhet"),
        ("Mina två BHV-sjuksköterskor, bägge på enheten, vill prata.", "samma-fc samma-enhet"),
        ("BVC och barnmorskorna bildar tillsammans en enda enhet.", "samma-fc samma-enhet"),
        ("sm enhet o samma fc, får ja dela", "samma-fc samma-enhet"),
        ("Vi tillhörde olika enheter förut men nu är vi samma enhet.", "samma-fc samma-enhet"),
        ("Vet inte om jag får dela med barnmorskan på samma enhet.", "samma-fc samma-enhet"),
        ("Är osäker på om jag får fråga, men vi är på samma enhet.", "samma-fc samma-enhet"),
    ],
)
def test_a_unit_is_told_in_roundabout_ways(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents questions that say where people belong, without "samma" or "annan", from staying open.
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jag är under socialnämnden, hon under utbildningsnämnden.", "olika-nämnd"),
        ("jag e på bun, hon e på socnämnden", "olika-nämnd"),
        ("Jag och kollegan lyder bägge under barn- och utbildningsnämnden.", "samma-nämnd"),
        ("Jag ligger under utbildningsnämnden. Vi är båda förskollärare.", ""),
        ("Jag hör till utb nämnden och kollegan till utbildningsnämnden.", ""),
        ("Vi tillhörde båda utbildningsnämnden förut.", ""),
    ],
)
def test_named_boards_tell_whether_it_is_the_same(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents "båda" in another sentence, or a former nämnd, from making one nämnd of two.
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hon har en pågående vårdrelation med barnet.", "samma-vård"),
        ("Annan bvc, vårdrel finns. Samtycke eller inte?", "olika-fc olika-enhet samma-vård"),
        ("Vårdrelation har hon inte längre.", "olika-vård"),
        ("Ingen av oss vet om hon har vårdrelation.", ""),
        ("Hon hade vårdrelation förra året.", ""),
        ("Jag tror att hon har en vårdrelation.", ""),
        ("Räknas det som vårdrelation?", ""),
    ],
)
def test_only_a_plainly_existing_care_relation_counts(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents a supposed or former vårdrelation from opening row 3's exception.
    assert told_of(read_text(text, vocabulary).relations) == told


def test_the_one_and_the_other_municipality_are_two_huvudmen(vocabulary: Vocabulary) -> None:
    # Prevents "den ena … den andra" without its noun from being passed over.
    text = "Två kommuner samarbetar: jag är anställd i den ena, kollegan i den andra."
    assert read_text(text, vocabulary).relations.same_huvudman is False


def test_a_doubt_in_a_later_turn_opens_what_was_told(vocabulary: Vocabulary) -> None:
    # Prevents "vet inte om det är samma enhet" from leaving an earlier "samma enhet" standing.
    before = Relations(same_unit=True, same_family_centre=True)
    newer = read_text("Fast jag är osäker på om vi är samma enhet.", vocabulary).relations
    assert before.updated(newer).same_unit is None


@pytest.mark.parametrize(
    "text",
    [
        "Får jag dela enhetens uppgifter med barnmorskan? Jag är BVC-sköterska.",
        "Kan jag som barnmorska dela vår mottagnings lista med BVC-sköterskan?",
        "Regionen har delat enheten. Får jag som barnmorska prata med BVC-sköterskan?",
        "Enheten är delad. Får jag som barnmorska prata med BVC-sköterskan?",
        "Får jag dela nämndens beslut med förskolläraren? Jag är förskollärare.",
        "Samma kollega nämnde ett barn. Vi är förskollärare, får vi prata?",
    ],
)
def test_sharing_or_parting_a_unit_is_not_having_the_same(vocabulary: Vocabulary, text: str) -> None:
    # Prevents "dela enhetens uppgifter" and "enheten delades" from waiving consent as a "delad enhet".
    relations = read_text(text, vocabulary).relations
    assert (relations.same_unit, relations.same_board) == (None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vi delar enhet. Får jag som barnmorska berätta för BVC-sköterskan?", "samma-fc samma-enhet"),
        ("Som barnmorska delar jag fc med BVC-sköterskan. Får jag berätta?", "samma-fc"),
        ("Vi delar lokaler men inte enhet. Får jag prata med barnmorskan?", "samma-fc olika-enhet"),
    ],
)
def test_what_two_people_share_they_have_in_common(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents the guard above from swallowing "vi delar enhet".
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    "text",
    [
        "Jag är barnmorska på samma enhet som kuratorn. Får jag berätta för BVC-sköterskan?",
        "Jag är barnmorska. Läkaren är på samma enhet som jag. Får jag berätta för BVC-sköterskan?",
        "Jag är barnmorska. Psykologen och jag är samma enhet. Får jag berätta för BVC-sköterskan?",
        "Jag är barnmorska och delar enhet med kuratorn. Får jag berätta för BVC-sköterskan?",
        "Min svägerska är på samma enhet som jag. Får jag som barnmorska berätta för BVC-sköterskan?",
        "Jag är förskollärare med samma nämnd som socionomen. Får jag prata med den andra förskolläraren?",
        "Kuratorn är anställd på min enhet. Får jag som barnmorska berätta för BVC-sköterskan?",
        "Vi barnmorskor och kuratorn slogs ihop till en enhet. Får jag berätta för BVC-sköterskan?",
    ],
)
def test_a_unit_shared_with_a_third_person_says_nothing(vocabulary: Vocabulary, text: str) -> None:
    # Prevents "samma enhet som kuratorn" from waiving consent towards the BVC-sköterska.
    relations = read_text(text, vocabulary).relations
    assert (relations.same_unit, relations.same_board) == (None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Jag är bvc-ssk i regionen och vill mejla BVC-sköterskan i ystad. Samtycke?",
            "olika-fc olika-enhet",
        ),
        (
            "Jag jobbar på BVC i Lund och barnmorskan sitter i Hörby. Får jag berätta?",
            "olika-fc olika-enhet",
        ),
        ("Jag är barnmorska på fc i Lund. Får jag prata med BVC-sköterskan i Lund?", "samma-fc"),
        ("Jag jobbar på BVC. Familjen bor i Hörby. Får jag berätta för barnmorskan?", ""),
    ],
)
def test_who_is_told_apart_by_a_town_works_elsewhere(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents the town of the family, or of both, from parting the two.
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hennes mottagning hör till sjukhuset och min till primärvården. Får jag prata med henne?",
            "olika-enhet",
        ),
        (
            "Barnmorskan ligger under kvinnokliniken medan jag hör till vårdcentralen. Får jag berätta?",
            "olika-enhet",
        ),
        ("Förskolläraren hör till kulturnämnden men jag inte. Får jag prata med henne?", "olika-nämnd"),
        ("Vi var samma enhet förr men inte längre. Får jag berätta för barnmorskan?", "olika-enhet"),
        (
            "Förr hade vi samma nämnd, men kommunen förde över och flyttade hennes tjänst till "
            "kulturnämnden. Får jag berätta för förskolläraren?",
            "olika-nämnd",
        ),
        ("Enheten klövs och de hamnade i den andra halvan. Får jag ringa barnmorskan?", "olika-enhet"),
        ("Jag tillhör enhet Norr och Mirjam enhet Söder. Får jag svara BVC-sköterskan?", "olika-enhet"),
        ("Får jag prata med den nya BVC-sköterskan?", ""),
        ("Vår enhet är också hennes enhet. Får jag prata med barnmorskan?", ""),
        ("Är hennes enhet samma som min? Får jag prata med barnmorskan?", ""),
    ],
)
def test_what_parts_the_two_needs_no_annan(vocabulary: Vocabulary, text: str, told: str) -> None:
    # Prevents a difference that is told by naming both sides from being left unknown.
    assert told_of(read_text(text, vocabulary).relations) == told


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Kollegan är barnmorska och började på vår mottagning. Jag är barnmorska. Får vi prata?", True),
        ("BVC-sköterskan är fast anställd på just min enhet. Får jag som barnmorska berätta?", True),
        ("BVC-sköterskan är inte anställd på min enhet. Får jag som barnmorska berätta?", False),
        ("BVC-sköterskan ska bli anställd på min enhet. Får jag som barnmorska berätta?", None),
        ("BVC-sköterskan var anställd på min enhet. Får jag som barnmorska berätta?", None),
        ("BVC-sköterskan började på min enhet men har slutat. Får jag som barnmorska berätta?", None),
        ("BVC-sköterskan är inhyrd och började på min enhet. Får jag som barnmorska berätta?", None),
        ("Hon kom från en annan enhet i våras. Får jag som barnmorska prata med BVC-sköterskan?", None),
        ("Vi barnmorskor och BVC-sköterskorna slogs ihop till en enhet. Får jag berätta?", True),
    ],
)
def test_who_has_come_to_our_unit_is_in_it(vocabulary: Vocabulary, text: str, same: bool | None) -> None:
    # Prevents a loan, the past or a plan from counting as an employment at the asker's unit.
    assert read_text(text, vocabulary).relations.same_unit is same


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Vi är två förskollärare. Kulturnämnden har anställt oss. Får vi prata?", True),
        ("Vi är två förskollärare. Jag är anställd av kulturnämnden. Får vi prata?", None),
        ("Vi är två förskollärare. Kulturnämnden har anställt oss, men hon har flyttats. Får vi?", None),
        ("Nämndmässigt hör vi ihop. Får jag som förskollärare prata med förskolläraren?", True),
    ],
)
def test_a_board_that_employs_those_who_were_counted_is_of_both(
    vocabulary: Vocabulary, text: str, same: bool | None
) -> None:
    # Prevents the asker's own nämnd from being taken for that of both.
    assert read_text(text, vocabulary).relations.same_board is same


def test_a_region_bvc_is_a_bvc_and_no_other_region(vocabulary: Vocabulary) -> None:
    # Prevents "annan region-BVC" from being read as another region.
    relations = read_text("Jag är bhv-ssk, får jag ringa bhv-ssk på annan region-bvc?", vocabulary).relations
    assert (relations.same_unit, relations.other_employer_elsewhere) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Om vi tillhör samma enhet vet jag däremot inte. Får jag dela med barnmorskan?",
        "Om det är samma enhet framgår tyvärr inte någonstans. Får jag dela med barnmorskan?",
        "Huruvida vi hör till samma enhet är oklart. Får jag dela med barnmorskan?",
        "Om vi två räknas som samma enhet har ingen lyckats svara på. Får jag dela med barnmorskan?",
        "Får jag dela med barnmorskan? Hon är regionens, om det är samma enhet törs jag inte svära på.",
        "Barnmorskan är i samma hus, om vi är på samma enhet minns jag inget av. Får jag dela med henne?",
        "Får jag dela med barnmorskan när ingen visste om vi var på samma enhet?",
        "Jag har inte lyckats få fram om det är samma enhet. Får jag dela med barnmorskan?",
        "Barnmorskan och jag är på samma enhet, om jag minns rätt. Får jag dela med henne?",
        "Samma enhet enligt henne, men det har jag inte fått bekräftat. Får jag dela med barnmorskan?",
    ],
)
def test_a_doubt_that_comes_after_the_unit_leaves_it_open(vocabulary: Vocabulary, text: str) -> None:
    # Prevents a "not required" that rests on an "if".
    relations = read_text(text, vocabulary).relations
    assert (relations.same_unit, relations.open_unit) == (None, True)


def test_a_supposed_unit_is_taken_as_supposed(vocabulary: Vocabulary) -> None:
    # Prevents the doubt from swallowing "om vi är …, behöver vi då …?", which asks for that case.
    for text in (
        "Om vi tillhör samma enhet, behöver jag samtycke för att dela med barnmorskan?",
        "Behöver jag inte samtycke om det är samma enhet? Det gäller barnmorskan.",
    ):
        assert read_text(text, vocabulary).relations.same_unit is True


def test_two_towns_are_two_units_also_where_nobody_says_jag(vocabulary: Vocabulary) -> None:
    text = "Får en BVC-sköterska i Eslöv diskutera ett barn med en BVC-sköterska på BVC i Höör?"
    assert told_of(read_text(text, vocabulary).relations) == "olika-fc olika-enhet"


@pytest.mark.parametrize(
    "text",
    [
        "Någon vårdrelation till barnet har hon inte än. Kan jag lämna ut uppgifterna?",
        "Vårdrelation till just det barnet har hon faktiskt inte. Får jag dela med BVC-sköterskan?",
    ],
)
def test_a_care_relation_that_is_denied_late_does_not_exist(vocabulary: Vocabulary, text: str) -> None:
    # Prevents row 3's exception from waiving consent on the strength of a denied vårdrelation.
    assert read_text(text, vocabulary).relations.care_relation is False


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Eva är på samma enhet som jag. Får jag, bm, berätta för BVC-sköterskan Lisa?", None),
        ("Eva och Lisa är BVC-sköterskor på samma enhet. Jag är barnmorska. Får jag berätta för Eva?", None),
        ("Mats och Eva hör till samma enhet. Får jag berätta för Eva?", None),
        ("BVC-sköterskan Mats och barnmorskan Eva är på samma enhet. Får jag berätta för Eva?", None),
        ("Lisa är på samma enhet som jag. Får jag, barnmorska, berätta för BVC-sköterskan Lisa?", True),
        ("Vi är på samma enhet. Får jag, barnmorska, berätta för BVC-sköterskan Lisa?", True),
        ("Lisa och jag är på samma enhet. Får jag, barnmorska, berätta för Lisa?", True),
        ("Lisa och jag är på samma enhet. Måste jag fråga Astons föräldrar innan jag ringer henne?", True),
    ],
)
def test_a_unit_of_other_people_by_name_is_not_the_twos(
    vocabulary: Vocabulary, text: str, same: bool | None
) -> None:
    # Prevents "not required" by a unit that somebody else belongs to.
    assert read_text(text, vocabulary).relations.same_unit is same


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("En familj flyttade från Ystad till Lund. Jag är på BVC i Ystad, hon på BVC i Lund.", True),
        ("bvc-ssk bvc skurup, regionen. kollegan bvc i ystad oxå region. delge henne?", True),
        ("Får hon på BVC i Kristianstad läsa det jag skrivit här i Hässleholm?", True),
        ("Hon är på BVC Rosengård, fast jag sitter på familjecentralen i Lund. Får jag ringa?", True),
        ("Jag är på familjecentralen Kronan och hon på familjecentralen Solen. Får jag ringa?", True),
        ("Om hon byter till BVC i Lomma då?", True),
        # A BVC may lie in a familjecentral of another name, and families move.
        ("Vi sitter på BVC Solen på familjecentralen Kronan. Får jag berätta för barnmorskan?", False),
        ("Familjen flyttar till Lomma. Får jag berätta för barnmorskan?", False),
    ],
)
def test_where_each_works_tells_two_places_apart(vocabulary: Vocabulary, text: str, told: bool) -> None:
    # Prevents row 1's question about the unit where two towns have been named.
    assert (read_text(text, vocabulary).relations.same_unit is False) is told


@pytest.mark.parametrize(
    "text",
    [
        "Vi tre är på samma enhet, men vilken enhet jag räknas till har jag aldrig fått klart för mig.",
        "Hon är på samma enhet som barnmorskan. Vilken enhet jag hör till vet chefen.",
    ],
)
def test_an_unknown_unit_of_ones_own_leaves_it_open(vocabulary: Vocabulary, text: str) -> None:
    # Prevents "not required" by somebody else's unit.
    assert read_text(f"Jag är BVC-sköterska. {text}", vocabulary).relations.same_unit is None


def test_both_employed_at_ones_unit(vocabulary: Vocabulary) -> None:
    told = read_text("Båda är sköterskor, båda anställda av Region Skåne på min enhet.", vocabulary)
    assert told.relations.same_unit is True


def test_a_region_is_one_huvudman_in_every_municipality(vocabulary: Vocabulary) -> None:
    # Prevents row 3's vårdrelation from being put aside because two BVC lie in two municipalities.
    text = "Jag är {0} och hon är {0} i grannkommunen."
    read = [read_text(text.format(job), vocabulary).relations for job in ("förskollärare", "BVC-sköterska")]
    assert [relations.same_huvudman for relations in read] == [False, None]


def test_two_municipalities_are_two_huvudmen_for_their_own_staff(vocabulary: Vocabulary) -> None:
    text = "Jag är {0} på familjecentralen i Lomma kommun, hon är {0} på familjecentralen i Staffanstorp."
    read = [read_text(text.format(job), vocabulary).relations for job in ("förskollärare", "barnmorska")]
    assert [relations.same_huvudman for relations in read] == [False, None]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Jag och Malin ligger under utbildningsnämnden.", None),
        ("Både jag och Malin ligger under utbildningsnämnden.", True),
        ("Jag är förskollärare under skolnämnden, precis som min kollega på familjecentralen.", True),
        ("Jag är förskollärare under skolnämnden, precis som förr.", None),
        ("Hon är förskollärare under utbildningsnämnden, precis som jag.", True),
        ("Vår kommun har avskaffat alla nämnder utom en, så vi lyder under den.", True),
        ("Det ryktas om kulturnämnden, men både jag och Malin ligger under utbildningsnämnden.", True),
        ("Vi är två förskollärare under barn- och utbildningsnämnden.", True),
        ("Här jobbar två förskollärare under skolnämnden. Jag är en av dem.", True),
        ("Jag är förskollärare. Här jobbar också två förskollärare under skolnämnden.", None),
        ("Vi är inte två förskollärare under skolnämnden.", None),
        ("Vi är två förskollärare under skolnämnden i Lund och Eslöv.", None),
        ("Barn- och utbildningsnämnden, både hon och jag!", True),
        ("Förskolan ligger under barnnämnden, där båda vi förskollärare är anställda.", True),
        ("Förskolan ligger under barnnämnden, där vi är vikarier ibland.", None),
        ("Hon är förskollärare under barnnämnden, där båda mina systrar jobbar. Jag är förskollärare.", None),
        (
            "Får jag, förskollärare under barnnämnden, lämna över det till min efterträdare, även hon "
            "förskollärare under barnnämnden?",
            True,
        ),
        ("Hon är förskollärare under barnnämnden. En kollega är förskollärare under barnnämnden.", None),
        (
            "Får jag, förskollärare under barnnämnden i Lund, berätta för en förskollärare under barnnämnden "
            "i Eslöv?",
            None,
        ),
    ],
)
def test_a_board_of_both(vocabulary: Vocabulary, text: str, fact: bool | None) -> None:
    assert read_text(text, vocabulary).relations.same_board is fact


def test_whom_a_manager_counts_to_their_unit(vocabulary: Vocabulary) -> None:
    # Prevents "tillhör" from being taken for a doubt of its own words.
    text = "Jag har två BVC-sköterskor, Eva och Mona. De {} min enhet. Får Eva prata med Mona?"
    read = [read_text(text.format(words), vocabulary) for words in ("tillhör båda", "har lämnat")]
    assert [r.relations.same_unit for r in read] == [True, None]


def test_a_unit_in_common_with_the_noun_first(vocabulary: Vocabulary) -> None:
    assert read_text("Enheten har vi gemensam.", vocabulary).relations.same_unit is True
    assert read_text("Enheten har vi inte gemensam.", vocabulary).relations.same_unit is not True


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen ska avskaffa alla nämnder utom en. Vi är två förskollärare. Får vi prata?",
        "Vi är på samma enhet enligt schemat men inte enligt avtalet. Får jag berätta för bvc-ssk?",
        "Jag är BVC-sköterska. Barnmorskan och hennes kollega är på samma enhet. Får jag berätta för bm?",
        "BVC-sköterskorna hos oss pratar. Båda är regionens på samma enhet. Får jag som barnmorska veta?",
    ],
)
def test_what_is_planned_denied_or_said_of_two_others_waives_nothing(
    vocabulary: Vocabulary, text: str
) -> None:
    relations = read_text(text, vocabulary).relations
    assert relations.same_unit is not True and relations.same_board is not True


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Jag är BVC-sköterska. Får jag ringa en BVC-sköterska på regionens BVC i Eslöv?", True),
        ("Får jag höra med bhv-ssk på regionens bvc i skurup? Jag är bhv-ssk, trelleborg.", True),
        ("En bhv-ssk från regionens bvc i Hässleholm kommer hit. Jag är bhv-ssk. Får jag berätta?", True),
        ("En familj flyttar från Lund till Ystad. Får jag ringa bhv-ssk på regionens BVC i Ystad?", True),
        ("Får BVC-sköterskan på BVC Näsby berätta för BVC-sköterskan på BVC Vilan?", True),
        ("Jag jobbar på familjecentralen i Höör. Får jag berätta för BVC-sköterskan på BVC i Höör?", False),
        ("Jag är på BVC i Eslöv. Får jag prata med barnmorskan på familjecentralen i Eslöv?", False),
    ],
)
def test_a_town_that_tells_which_one_is_another_unit(vocabulary: Vocabulary, text: str, apart: bool) -> None:
    # Prevents a nurse in another town from being asked about as if she might be of one's own unit.
    assert (read_text(text, vocabulary).relations.same_unit is False) is apart


def test_a_shared_administration_is_not_yet_one_board(vocabulary: Vocabulary) -> None:
    # Prevents "samma förvaltning", which two nämnder may share, from waiving consent (Tabell 1, row 5).
    for words in ("samma förvaltning", "samma förvaltningschef"):
        assert read_text(f"Vi är båda förskollärare, {words}.", vocabulary).relations.same_board is None
    assert read_text("Vi är förskollärare i olika förvaltningar.", vocabulary).relations.same_board is False


def test_one_in_each_is_two(vocabulary: Vocabulary) -> None:
    text = "Två förskollärare, en inom socialtjänstens verksamhetsgren och en inom skolans. Får de prata?"
    assert read_text(text, vocabulary).relations.same_branch is False


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Jag och min kollega, också förskollärare, lyder under barn- och utbildningsnämnden.", True),
        ("Jag och min kollega lyder inte under barn- och utbildningsnämnden.", None),
        ("Jag lyder under utbildningsnämnden, min kollega vet jag inte.", None),
    ],
)
def test_one_board_of_me_and_my_colleague(vocabulary: Vocabulary, text: str, same: bool | None) -> None:
    assert read_text(text, vocabulary).relations.same_board is same


@pytest.mark.parametrize(
    "text",
    [
        "Jag är förskollärare. Anna och Lisa hör båda till skolnämnden. Får jag prata med Lisa?",
        "Jag är förskollärare. Anna och Lisa hör till skolnämnden, båda två. Får jag prata med Lisa?",
        "Jag och min syster lyder under utbildningsnämnden. Får jag prata med förskolläraren?",
        "Jag är BVC-sköterska. Anna och Lisa, BVC-sköterskor, är på samma enhet. Får jag prata med Lisa?",
        "Jag är barnmorska. Samma enhet har hon med Karin. Får jag berätta för BVC-sköterskan?",
        "Jag är BVC-sköterska. Barnmorskan och Karin är på samma enhet. Får jag berätta för barnmorskan?",
    ],
)
def test_what_two_others_by_name_share_waives_nothing_for_the_asker(
    vocabulary: Vocabulary, text: str
) -> None:
    # Prevents "inte nödvändigt" for the one who writes on an enhet or a nämnd of two others.
    relations = read_text(text, vocabulary).relations
    assert relations.same_unit is not True and relations.same_board is not True


def test_two_by_name_who_are_asked_about_share_what_is_said(vocabulary: Vocabulary) -> None:
    text = "Jag är chef. Anna och Lisa hör båda till skolnämnden. Får förskolläraren Anna prata med Lisa?"
    assert read_text(text, vocabulary).relations.same_board is True


def test_bara_is_no_town(vocabulary: Vocabulary) -> None:
    text = "Jag är bvc-ssk på BVC bara på tisdagar. Får jag prata med den andra BVC-sköterskan?"
    assert read_text(text, vocabulary).relations.same_unit is None
