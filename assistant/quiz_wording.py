"""Facts put into Swedish: dry descriptions, and stories with the facts hidden in them."""

from __future__ import annotations

from hashlib import blake2b

from assistant.types import Employer, Facts, Party, Profession

_PROFESSIONS: dict[Profession, tuple[str, ...]] = {
    Profession.BHV_NURSE: ("BHV-sjuksköterska", "sjuksköterska på BVC", "barnhälsovårdssjuksköterska"),
    Profession.MIDWIFE: ("barnmorska", "barnmorska på mödrahälsovården", "barnmorska på MVC"),
    Profession.PRESCHOOL_TEACHER: ("förskollärare", "förskollärare i öppna förskolan"),
    Profession.SOCIAL_WORKER: ("socionom", "socionom i den förebyggande socialtjänsten", "socialrådgivare"),
}
_EMPLOYERS: dict[Employer, tuple[str, ...]] = {
    Employer.REGION: ("är anställd av Region Skåne", "har Region Skåne som arbetsgivare"),
    Employer.MUNICIPALITY: ("är anställd av kommunen", "har kommunen som arbetsgivare"),
    Employer.PRIVATE: ("är anställd av en privat vårdgivare", "har en privat vårdgivare som arbetsgivare"),
}
_NAMES = ("Amina", "Birgitta", "Carin", "Dalia", "Elin", "Farida", "Greta", "Hanna", "Ingela", "Jelena")
_WORRIES = (
    "en tvåårings sena tal",
    "en nyinflyttad familj",
    "en mammas svåra nätter",
    "barnets mat",
    "ett syskonpar som ofta kommer med sin mormor",
    "en nybliven pappas oro",
    "barnets utveckling",
)
_TEMPLATES: dict[int, tuple[str, ...]] = {
    1: (
        "Den ena: {a}, {ae}. Den andra: {b}, {be}. {relations} Vad gäller enligt Tabell 1?",
        "I Tabell 1 möts {a} ({ae_short}) och {b} ({be_short}). {relations} Vad följer av tabellen?",
    ),
    2: (
        "{A} är {a} och {ae}. Efter en förmiddag med många besök vill {A} tala med {B} om {worry}. "
        "{B} är {b} och {be}. {relations} Vad gäller?",
        "På väg till husmötet stannar {A} till hos {B}, som är {b}. Samtalet kommer in på {worry}. "
        "{A}, som är {a}, {ae}; {B} {be}. {relations} Vad gäller om uppgifterna ska delas?",
        "{B} ringer och frågar om {worry}. {B} är {b} och {be}. Den som svarar är {A}, {a}, som {ae}. "
        "{relations} Vad gäller innan {A} berättar något?",
        "Du är {a} och {ae}. {B}, som är {b} och {be}, frågar dig om {worry}. {relations} Vad gäller?",
    ),
    3: (
        "{A} är {a} och {ae}. {B} är {b}{be_maybe}. {A} vill tala om {worry}. {relations} "
        "Vad svarar du den som undrar om samtycke behövs?",
        "En kollega frågar dig: ”{A} är {a} och {ae}. {B}, som är {b}{be_maybe}, frågar om {worry}. "
        "{relations}” Vad svarar du?",
        "Ur en anteckning från husmötet: {a} ({ae_short}) vill dela uppgifter med {b}{be_paren}. "
        "Det gäller {worry}. {relations} Vad är rätt slutsats?",
    ),
}
_SAME_CENTRE = ("De arbetar på samma familjecentral.", "Båda har sin arbetsplats på samma familjecentral.")
_SAME_UNIT = ("Båda är anställda vid samma enhet.", "Enheten är samma för båda.")
_OTHER_UNIT = ("De är anställda på olika enheter.", "Enheterna de är anställda vid är två olika.")
_SAME_BOARD = ("Båda är anställda inom samma nämnd.", "Nämnden är en och samma för båda.")
_OTHER_BOARD = ("De är anställda av olika nämnder.", "De hör till var sin nämnd.")
_CARE_RELATION = ("Barnet har en vårdrelation på båda ställena.", "Vårdrelation finns hos båda.")
_NO_CARE_RELATION = ("Barnet har vårdrelation bara på det ena stället.", "Bara den ena har vårdrelation.")


def wordings(level: int) -> int:
    """Return how many wordings there are at a difficulty."""
    return len(_TEMPLATES[level])


def tell(facts: Facts, level: int, wording: int) -> str:
    """Return the situation in words. Says no more and no less than the facts do.

    Every other wording tells it from the other side: the table reads both ways.
    """
    pick = _Picker(repr(facts), level, wording)
    first, second = facts.asker, facts.other
    if wording % 2 and first.employer and second.employer:
        first, second = second, first
    names = pick.two(_NAMES)
    words = _party_words("a", first, pick) | _party_words("b", second, pick)
    words |= {"A": names[0], "B": names[1], "worry": pick.one(_WORRIES)}
    words["relations"] = " ".join(_relations(facts, first, second, pick))
    text = _TEMPLATES[level][wording].format(**words)
    return " ".join(text.split()).replace(". ” ", ".” ")


class _Picker:
    """Chooses wordings by what is told, so that the same situation reads the same everywhere."""

    def __init__(self, facts: str, level: int, wording: int) -> None:
        self._key = f"{facts}|{level}|{wording}"
        self._count = 0

    def one(self, options: tuple[str, ...]) -> str:
        """Return one of the options; the next call chooses anew."""
        self._count += 1
        digest = blake2b(f"{self._key}|{self._count}".encode(), digest_size=4).digest()
        return options[int.from_bytes(digest) % len(options)]

    def two(self, options: tuple[str, ...]) -> tuple[str, str]:
        """Return two different options."""
        first = self.one(options)
        return first, self.one(tuple(option for option in options if option != first))


def _party_words(letter: str, party: Party, pick: _Picker) -> dict[str, str]:
    profession = pick.one(_PROFESSIONS[party.profession]) if party.profession else ""
    if party.employer is None:
        return {letter: profession, f"{letter}e_maybe": "", f"{letter}e_paren": ""}
    employed = pick.one(_EMPLOYERS[party.employer])
    short = {Employer.REGION: "Region Skåne", Employer.MUNICIPALITY: "kommunen"}.get(
        party.employer, "privat vårdgivare"
    )
    return {
        letter: profession,
        f"{letter}e": employed,
        f"{letter}e_short": short,
        f"{letter}e_maybe": f" och {employed}",
        f"{letter}e_paren": f" ({short})",
    }


def _relations(facts: Facts, first: Party, second: Party, pick: _Picker) -> list[str]:
    """Return one sentence per known relation, nothing about the unknown ones."""
    nurses = first.profession is second.profession is Profession.BHV_NURSE
    apart = "De arbetar på var sin BVC." if nurses else "De arbetar på var sin familjecentral."
    told: tuple[tuple[bool | None, tuple[str, ...], tuple[str, ...]], ...] = (
        (facts.same_huvudman, ("Det är samma kommun.", "Kommunen är densamma för båda."), ()),
        (facts.same_family_centre, _SAME_CENTRE, (apart,)),
        (facts.same_unit, _SAME_UNIT, _OTHER_UNIT),
        (facts.same_board, _SAME_BOARD, _OTHER_BOARD),
        (facts.care_relation, _CARE_RELATION, _NO_CARE_RELATION),
    )
    said = [(yes if value else no) for value, yes, no in told if value is not None]
    return [pick.one(sentences) for sentences in said if sentences]
