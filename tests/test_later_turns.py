"""Replies to what the assistant asked, and turns that take back or turn round what was said."""

import pytest
from conversations import converse, other, verdicts

from assistant.types import Employer, Party, Profession, Verdict

NURSE, MIDWIFE = Profession.BHV_NURSE, Profession.MIDWIFE
TEACHER, SOCIAL = Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER
TWO = "Jag är barnmorska i regionen. Får jag dela med BVC-sköterskan i regionen på familjecentralen?"
SAME = "Jag är BVC-sköterska i regionen. Får jag prata med BVC-sköterskan på samma enhet?"
NOT_NEEDED = "Samtycke är inte nödvändigt när ni är anställda vid samma enhet."
UNIT = "Är ni anställda vid samma enhet?"


@pytest.mark.parametrize("reply", ["ja det är vi", "samma", "stämmer", "japp, samma enhet", "samma enhet ja"])
def test_a_plain_yes_affirms_the_unit(reply: str) -> None:
    # Prevents an everyday yes from being asked about again.
    assert converse(TWO, UNIT, reply).reading.relations.same_unit is True


@pytest.mark.parametrize(
    "reply",
    [
        "ja tror det",
        "samma enhet tror jag",
        "ja kanske",
        "ja fast hon flyttar snart",
        "ja förut",
        "ja inte samma",
        "ja jobbar på bvc",
        "ja men delvis",
        "vi var det förut",
        "det är väl samma",
        "ja vi fikar ihop varje dag",
        "nej tror inte det",
    ],
)
def test_a_hedged_or_halved_reply_leaves_the_unit_unknown(reply: str) -> None:
    # Prevents a dangerous "samtycke krävs inte" on a yes that isn't one.
    assert converse(TWO, UNIT, reply).reading.relations.same_unit is None


@pytest.mark.parametrize(
    ("asked", "reply", "value"),
    [
        ("Är ni anställda vid olika enheter?", "ja", False),
        ("Är ni anställda vid samma enhet eller olika?", "ja", None),
        ("Är ni anställda vid samma enhet eller olika?", "olika", False),
        ("Hör ni till samma enhet?", "nej, en annan", False),
        ("Samtycke krävs om ni är på olika enheter.", "ja", None),
        ("Det beror på om ni är anställda vid samma enhet. Är ni det?", "ja", True),
    ],
)
def test_a_reply_follows_the_way_the_question_was_put(asked: str, reply: str, value: bool | None) -> None:
    # Prevents "ja" to "olika enheter?" from meaning the same enhet.
    assert converse(TWO, asked, reply).reading.relations.same_unit is value


@pytest.mark.parametrize(("reply", "value"), [("ja d finns", True), ("nej", False), ("kanske", None)])
def test_a_reply_about_the_care_relation(reply: str, value: bool | None) -> None:
    # Prevents row 3's exception from being lost, or from being taken for granted.
    first = "Jag är BVC-sköterska i regionen. Får jag ringa BVC-sköterskan på ett annat BVC i regionen?"
    situation = converse(first, "Samtycke krävs. Finns det en vårdrelation?", reply)
    assert situation.reading.relations.care_relation is value


@pytest.mark.parametrize(
    ("asked", "reply", "employer"),
    [
        ("Är hon anställd av Region Skåne?", "ja", Employer.REGION),
        ("Är hon anställd av Region Skåne?", "jo, det är hon", Employer.REGION),
        ("Vem är hon anställd av?", "privat tror jag, spelar det nån roll?", Employer.PRIVATE),
        ("Vem är hon anställd av?", "samma som jag", Employer.REGION),
        ("Är din kollega också anställd av Region Skåne?", "nej privat", Employer.PRIVATE),
        ("Vem är hon anställd av?", "vet inte om hon är privat", None),
        ("Är hon anställd av regionen eller privat?", "ja", None),
    ],
)
def test_a_reply_about_the_others_employer(asked: str, reply: str, employer: Employer | None) -> None:
    # Prevents the "jag" of "tror jag" from making the reply the asker's own employer.
    situation = converse("Jag är barnmorska i regionen. Får jag dela med BVC-sköterskan?", asked, reply)
    assert other(situation).employer is employer
    assert situation.reading.asker == Party(MIDWIFE, Employer.REGION)


def test_one_reply_may_answer_two_questions() -> None:
    # Prevents the words after the first full stop from being somebody else's.
    first = "Får jag svara den privata BVC-sköterskan?"
    situation = converse(first, "Vilken roll har du, och vem är du anställd av?", "regionen. bm. samma fc")
    assert situation.reading.asker == Party(MIDWIFE, Employer.REGION)
    assert other(situation) == Party(NURSE, Employer.PRIVATE)
    assert situation.reading.relations.same_family_centre is True


def test_the_asked_for_role_tells_which_side_was_named_first() -> None:
    # Prevents "bvc-ssk undrar …" from being the asker when the assistant asked for the asker's role.
    situation = converse("bvc-ssk undrar hur det går för en mamma", "Vilken roll har du?", "socionom")
    assert situation.reading.asker.profession is SOCIAL
    assert other(situation).profession is NURSE


def test_a_conversation_that_begins_with_fragments_comes_to_a_situation() -> None:
    # Prevents the first words from being lost before the question is complete.
    situation = converse(
        "är barnmorska",
        "Vem är du anställd av?",
        "privat",
        "Vem vill du dela med?",
        "bvc-sköterskan",
        "Vem är hon anställd av?",
        "också privat",
    )
    assert verdicts(situation) == [Verdict.NO_UNAUTHORISED_DISCLOSURE]


# ------------------------------------------------------------------ what a later turn takes back


@pytest.mark.parametrize(
    "turn",
    [
        "men barnet har flyttat till ett annat av regionens bvc",
        "fast enheten delades upp i våras",
        "hon är bara inhyrd hos oss",
        "men hon hör till en egen enhet",
        "men jag har bytt enhet sen dess",
        "om vi inte är på samma enhet då?",
        "och om hon går över till en privat vårdgivare?",
        "nä jag menade barnmorskan",
        "och barnmorskan?",
        "enheten lades ner",
        "men hon har gått över till vårdcentralens enhet",
        "hon jobbade på vår enhet förr",
        "jag är osäker på om det är samma enhet",
        "nä",
    ],
)
def test_a_contrary_turn_takes_back_an_earlier_yes(turn: str) -> None:
    # Prevents a dangerous "krävs inte" on a samma enhet that no longer holds.
    situation = converse(SAME, NOT_NEEDED, turn)
    assert situation.sharing
    assert verdicts(situation)[0] is not Verdict.CONSENT_NOT_REQUIRED


def test_a_yes_does_not_come_back_by_itself() -> None:
    # Prevents "hon är i regionen igen" from reviving an enhet that was said of another employment.
    situation = converse(
        SAME, NOT_NEEDED, "Och om hon blir privat?", "Krävs.", "Och om hon är i regionen igen?"
    )
    assert verdicts(situation) == [Verdict.DEPENDS]


def test_going_back_to_the_same_unit_in_so_many_words() -> None:
    # Prevents an earlier "olika enheter" from outliving what is said anew.
    situation = converse(
        SAME, NOT_NEEDED, "och om vi är på olika enheter?", "Krävs.", "men på samma enhet igen?"
    )
    assert verdicts(situation) == [Verdict.CONSENT_NOT_REQUIRED]


@pytest.mark.parametrize(
    "turn", ["och tvärtom?", "gäller det åt andra hållet också?", "vad sa 2018 års vägledning?"]
)
def test_the_other_way_round_and_the_other_edition_keep_the_facts(turn: str) -> None:
    # Prevents "och tvärtom?" from being looked up as a question of its own.
    situation = converse(SAME, NOT_NEEDED, turn)
    assert situation.sharing
    assert situation.reading.relations.same_unit is True


def test_who_is_put_aside_is_no_recipient() -> None:
    # Prevents "socionomen i stället för barnmorskan" from being two recipients.
    first = "Jag är förskollärare. Får jag dela med barnmorskan?"
    situation = converse(first, "Samtycke krävs.", "och med socionomen i stället för barnmorskan?")
    assert other(situation).profession is SOCIAL


# --------------------------------------------------------------------- two recipients, and profiles


def test_a_reply_is_about_the_recipient_that_was_asked_about() -> None:
    # Prevents one recipient's enhet from settling the other's.
    first = "Jag är BVC-sköterska i regionen. Får jag prata med förskolläraren och barnmorskan i regionen?"
    situation = converse(first, "Är du och barnmorskan på samma enhet?", "ja")
    assert [p.profession for p in situation.reading.others] == [TEACHER, MIDWIFE]
    assert verdicts(situation) == [Verdict.CONSENT_REQUIRED, Verdict.CONSENT_NOT_REQUIRED]


def test_what_both_recipients_were_said_to_be_is_taken_back_for_both() -> None:
    # Prevents a recipient's own "samma enhet" from outliving "vi är på olika enheter".
    first = f"{TWO[:-1]}, på samma enhet, och med förskolläraren?"
    situation = converse(first, "Det beror på.", "nej vi är på olika enheter")
    assert verdicts(situation) == [Verdict.CONSENT_REQUIRED, Verdict.CONSENT_REQUIRED]


@pytest.mark.parametrize(
    ("question", "employer"),
    [
        ("Jag har bytt jobb. Får jag prata med BVC-sköterskan?", None),
        (
            "Just nu vikarierar jag hos en privat vårdgivare. Får jag prata med BVC-sköterskan?",
            Employer.PRIVATE,
        ),
        ("Barnmorskan har bytt jobb. Får jag prata med henne?", Employer.REGION),
    ],
)
def test_a_question_that_contradicts_the_profile_wins(question: str, employer: Employer | None) -> None:
    # Prevents the employer of an old profile from being that of a new job.
    situation = converse(question, known=Party(NURSE, Employer.REGION))
    assert situation.reading.asker.employer is employer


@pytest.mark.parametrize(
    "text",
    [
        "Treåringen blir inlåst på sitt rum",
        "barnen är ensamma hemma på nätterna",
        "hon är livrädd för sin styvpappa",
        "ungarna kommer hungriga och i smutsiga kläder",
        "lillebror får stryk säger hon",
        "styvpappan brukar slå henne när han blir arg",
        "hon låser in honom i badrummet hela kvällar",
        "pappan var full när han hämtade",
    ],
)
def test_everyday_words_of_harm_bring_up_the_duty_to_report(text: str) -> None:
    # Prevents a child who is harmed from being answered with a row of the table alone.
    assert converse(f"{text}. Får jag prata med barnmorskan?").signs.duty


@pytest.mark.parametrize(
    "text",
    [
        "Mamman är rädd för att barnmorskan ska berätta",
        "Mamman drog tillbaka sitt samtycke",
        "Mamman känner sig ensam hemma",
        "Barnet är rädd för sprutor",
    ],
)
def test_everyday_words_without_harm_do_not(text: str) -> None:
    # Prevents the duty to report from crowding out what was asked.
    assert not converse(f"{text}. Får jag prata med barnmorskan?").signs.duty


def test_a_correction_that_leaves_the_rest_keeps_the_unit() -> None:
    first = "Jag är bvc-sköterska i regionen. Får jag prata med bvc-sköterskan, regionen, på samma enhet?"
    said = "oj skrev fel, jag är barnmorska, inte bvc-sköterska."
    assert converse(first, NOT_NEEDED, f"{said} resten stämmer").reading.relations.same_unit is True
    assert converse(first, NOT_NEEDED, said).reading.relations.same_unit is None


def test_a_corrected_profession_keeps_the_persons_employer() -> None:
    situation = converse(
        "jag e privat bvc-ssk o hon bvc-ssk i regionen. ok att prata om ett barn?",
        "Ja, samtycke krävs.",
        "oj hon är barnmorska, inte ssk. samma svar?",
    )
    assert (other(situation).profession, other(situation).employer) == (MIDWIFE, Employer.REGION)


@pytest.mark.parametrize(
    "reply",
    [
        "vi sitter i samma hus iaf",
        "ja, samma hus",
        "samma familjecentral",
        "vi är ju på samma familjecentral, är inte det samma grej?",
        "är inte det samma sak?",
        "ja? samma hus räcker väl",
    ],
)
def test_the_same_house_is_no_same_unit(reply: str) -> None:
    # Prevents "not required" by a reply about something else than what was asked.
    assert converse(TWO, UNIT, reply).reading.relations.same_unit is None


def test_what_held_then_is_asked_of_the_same_two() -> None:
    # Prevents "var det likadant 2018?" from being answered with a comparison of something else.
    situation = converse(
        "Jag är förskollärare. Krävs samtycke för att tala med BHV-sjuksköterskan, som är privat?",
        "Ja, samtycke krävs.",
        "Var det likadant i 2018 års upplaga?",
    )
    assert situation.sharing and not situation.signs.compares
    assert situation.reading.asker.profession is TEACHER


def test_the_next_recipient_leaves_the_asker_as_they_are() -> None:
    situation = converse(
        "Jag är förskollärare. Får jag fråga BHV-sjuksköterskan i regionen?",
        "Samtycke krävs, ni har inte samma huvudman.",
        "Då återstår barnmorskan, hon är privat. Samma sak där?",
    )
    assert situation.reading.asker.profession is TEACHER
    assert (other(situation).profession, other(situation).employer) == (MIDWIFE, Employer.PRIVATE)


@pytest.mark.parametrize(
    ("asked", "asker", "recipient"),
    [
        (
            "Det beror på vem du själv är anställd av. Är det Region Skåne eller en privat vårdgivare?",
            True,
            False,
        ),
        ("Det beror på vem hon är anställd av. Är det Region Skåne eller en privat vårdgivare?", False, True),
    ],
)
def test_a_reply_is_about_whom_the_answer_said_that_it_depends_on(asked, asker, recipient) -> None:
    # Prevents the asker's "region" from overwriting the recipient's "privat".
    situation = converse("Jag är barnmorska. Får jag berätta för BVC-sköterskan?", asked, "region")
    assert (situation.reading.asker.employer is Employer.REGION) is asker
    assert (other(situation).employer is Employer.REGION) is recipient


def test_a_corrected_recipient_is_no_new_asker() -> None:
    situation = converse(
        "Får jag som BVC-sköterska i regionen prata med förskolläraren?",
        "Samtycke krävs, ni har olika huvudmän.",
        "Sorry, menade barnmorskan! Regionanställd hon också",
    )
    assert situation.reading.asker.profession is NURSE
    assert (other(situation).profession, other(situation).employer) == (MIDWIFE, Employer.REGION)


def test_an_older_edition_at_hand_is_asked_about_the_same_two() -> None:
    situation = converse(TWO, NOT_NEEDED, "Jag har utgåvan från 2018 framför mig, vad gäller enligt den?")
    assert situation.sharing and situation.signs.editions == {"2018"}


def test_an_objection_goes_on_about_the_same_two() -> None:
    # Prevents "men vi har ju …" from being looked up as if it were a question of its own.
    asked = "Jag är socionom. Får jag prata med BVC-sköterskan om en familj?"
    said = "Ja, samtycke krävs, ni har inte samma huvudman."
    objection = converse(asked, said, "Jo, men vi har ju en gemensam plan. Finns någon gräns mellan oss då?")
    assert objection.sharing and objection.reading.asker.profession is SOCIAL
    assert not converse(asked, said, "Men hur dokumenterar vi det?").sharing


def test_an_earlier_answer_that_nothing_goes_without_consent_is_an_answer() -> None:
    situation = converse(
        "Socialrådgivaren vill ha namnen på dem som var här igår. ok?",
        "Nej, inte utan samtycke från vårdnadshavare. Ni hör till olika verksamhetsgrenar.",
        "men vi ligger under samma nämnd hon o jag, ändras det då??",
        known=Party(TEACHER, Employer.MUNICIPALITY),
    )
    assert situation.sharing and situation.reading.relations.same_board is True


@pytest.mark.parametrize("found_out", ["Jag har nu fått besked.", "nu har jag kollat,", "Har frågat."])
def test_who_has_found_out_replies_all_the_same(found_out: str) -> None:
    # Prevents the "jag" of it from being who is private.
    situation = converse(
        "Jag är barnmorska hos ett bolag. Får jag berätta för BVC-sköterskan?",
        "Det beror på vem hon är anställd av. Är det Region Skåne eller en privat vårdgivare?",
        f"{found_out} privat vårdgivare, dock inte samma som min",
    )
    assert other(situation).employer is Employer.PRIVATE


def test_a_bare_may_i_asks_of_what_was_told_before() -> None:
    # Prevents "får man?" from being looked up without the situation that it is about.
    situation = converse(
        "Jag är barnmorska i Region Skåne, och här finns en socionom som vill höra hur det går.",
        "Tack. Vad vill du veta om det?",
        "Får man?",
    )
    assert situation.sharing and other(situation).profession is SOCIAL


def test_a_yes_stands_though_a_question_follows_it() -> None:
    situation = converse(TWO, UNIT, "ja det är vi. vad blir svaret då, samtycke eller inte?")
    assert situation.reading.relations.same_unit is True


@pytest.mark.parametrize(
    "doubt",
    [
        "eller är hon på en annan enhet?",
        "fast inte på pappret, krävs samtycke?",
        "snart?",
        "men bara tillfälligt, samtycke eller inte?",
        "inte än, behövs samtycke då?",
        "om jag minns rätt?",
    ],
)
def test_a_yes_does_not_stand_where_the_question_doubts_it(doubt: str) -> None:
    # Prevents "not required" on a yes that the next sentence takes back.
    assert converse(TWO, UNIT, f"ja det är vi. {doubt}").reading.relations.same_unit is not True


def test_a_last_word_may_say_it_all() -> None:
    situation = converse(TWO, UNIT, "Hon hör till kvinnosjukvården, jag till vårdcentralen. Olika alltså.")
    assert situation.reading.relations.same_unit is False


def test_one_of_them_is_what_both_of_them_are() -> None:
    situation = converse(
        "Hur är det med samtycke mellan två förskollärare på familjecentralen?",
        "Är båda anställda inom samma nämnd är samtycke inte nödvändigt.",
        "Tack. En av dem vill prata med BVC-sköterskan också, gäller samma sak då?",
    )
    assert situation.reading.asker.profession is TEACHER and other(situation).profession is NURSE


@pytest.mark.parametrize(
    "turn",
    [
        "Det är vi inte. Hon har kommit hit från en annan vårdcentral.",
        "nä. hon hör till sjukhuset",
        "Det är vi inte.",
    ],
)
def test_a_no_stands_though_its_reason_follows(turn: str) -> None:
    assert converse(TWO, UNIT, turn).reading.relations.same_unit is False


def test_an_older_consent_is_asked_about_for_the_same_two() -> None:
    # Prevents "räcker inte det?" from being looked up without whom it is shared with.
    turn = "Mamman sa ja till det när det gällde sömnen i höstas. Räcker inte det?"
    assert converse(TWO, "Ja, samtycke krävs.", turn).sharing


def test_another_town_is_another_unit_for_somebody_else_instead() -> None:
    # Prevents the first one's "samma enhet" from waiving consent for the next one.
    situation = converse(SAME, NOT_NEEDED, "Och om jag frågar hon som är på regionens BVC i Sjöbo i stället?")
    assert situation.reading.relations.same_unit is False


def test_somebody_who_was_named_before_is_known_by_name() -> None:
    # Prevents a correction about "Lena" from being taken for somebody else's.
    first = "Jag och Lena är båda BHV-sjuksköterskor i Region Skåne. Får jag fråga henne om en familj?"
    turn = "Nej, jag skrev fel, Lena är ju anställd av det privata vårdbolaget, bara jag är kvar i regionen."
    situation = converse(first, UNIT, turn)
    assert (situation.reading.asker.employer, other(situation).employer) == (
        Employer.REGION,
        Employer.PRIVATE,
    )


@pytest.mark.parametrize(
    ("asked", "reply", "employers"),
    [
        (
            "Är hon anställd av Region Skåne eller av en privat vårdgivare?",
            "Privat, jag kollade nyss.",
            "?/privat",
        ),
        ("Vem är ni anställda av?", "En region, en privat. Så?", "region/privat"),
        ("Vem är du anställd av, och vem är hon anställd av?", "Privat, både hon och jag.", "privat/privat"),
        ("Är hon du vill ringa anställd av regionen eller privat?", "Privat. Annat bolag.", "?/privat"),
        ("Det beror på vem hon är anställd av.", "Capio", "?/privat"),
    ],
)
def test_whose_employer_a_reply_tells(asked: str, reply: str, employers: str) -> None:
    # Prevents the other's employer from becoming the asker's, and the private providers' rule with it.
    names = {Employer.REGION: "region", Employer.PRIVATE: "privat", None: "?"}
    first = "Jag är BVC-sköterska. Får jag prata med den andra BVC-sköterskan på familjecentralen?"
    situation = converse(first, asked, reply)
    parties = (situation.reading.asker, other(situation))
    assert "/".join(names[party.employer] for party in parties) == employers


def test_a_reply_is_what_comes_first_whatever_is_added() -> None:
    first = "Jag är bm i regionen, får jag prata med en kollega på familjecentralen om en gravid?"
    turn = "Förskollärare. Fast egentligen är det hon som vill berätta något för mig."
    assert other(converse(first, "Vilket yrke har kollegan?", turn)).profession is TEACHER


def test_a_yes_to_all_that_was_asked_settles_it_all() -> None:
    asked = "Är ni båda BHV-sjuksköterskor, är ni båda anställda av Region Skåne, och är det vid samma enhet?"
    situation = converse("får ja berätta om en bebis för den andra ssk på bvc", asked, "ja på alla tre")
    assert verdicts(situation) == [Verdict.CONSENT_NOT_REQUIRED]


@pytest.mark.parametrize("reply", ["hon är ny här", "det ska jag kolla", "vi fikar ihop"])
def test_a_reply_that_tells_nothing_leaves_the_question_standing(reply: str) -> None:
    # Prevents "hon är ny här" from being looked up in the guideline.
    assert converse(TWO, UNIT, reply).sharing


def test_one_more_of_whom_the_known_asker_would_tell() -> None:
    # Prevents the privately employed nurse who is asked about from becoming the one who asks.
    known = Party(NURSE, Employer.REGION)
    first = "Får förskolläraren på familjecentralen veta att ett barn är allergiskt mot jordnötter?"
    turn = "Och BHV-ssk på familjecentralen, hon som är privatanställd, får hon veta det?"
    situation = converse(first, "Samtycke krävs.", turn, known=known)
    assert situation.reading.asker == known and other(situation) == Party(NURSE, Employer.PRIVATE)


def test_who_asked_of_the_text_before_is_who_asks_now() -> None:
    first = "Jag är förskollärare på familjecentralen. Vem ska dokumentera samtycket, jag eller bvc?"
    turn = "Får bvc-sjuksköterskan visa mig resultatet av språkscreeningen?"
    said = "BHV-sjuksköterskan dokumenterar samtycket i barnets journal."
    assert converse(first, said, turn).reading.asker.profession is TEACHER


def test_what_would_hold_otherwise_is_answered() -> None:
    first = "Vi är förskollärare på samma fc och har samma nämnd. Får jag berätta för henne om ett barn?"
    situation = converse(first, NOT_NEEDED, "Och om vi hade hört till olika nämnder?")
    assert situation.reading.relations.same_board is False


@pytest.mark.parametrize(
    "turn",
    [
        "Berätta om föräldragrupper",
        "Visa Tabell 1",
        "samordnarens uppgifter",
        "Jag vill läsa om föräldrastöd",
    ],
)
def test_a_wish_to_know_something_else_is_no_reply(turn: str) -> None:
    # Prevents a question about the guideline from being met with "är ni anställda vid samma enhet?".
    assert not converse(TWO, UNIT, turn).sharing
