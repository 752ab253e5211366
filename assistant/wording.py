"""The Swedish words for parties, facts, verdicts and branches. Pure; no sentence of the guideline
is written here: those are quoted from the corpus."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.consent import Alternative, Finding
from assistant.types import ConsentRow, Employer, Facts, FollowUp, Party, Profession, Verdict

DEFINITE = {
    Profession.BHV_NURSE: "BHV-sjuksköterskan",
    Profession.MIDWIFE: "barnmorskan",
    Profession.PRESCHOOL_TEACHER: "förskolläraren",
    Profession.SOCIAL_WORKER: "socionomen",
}
EMPLOYER = {
    Employer.REGION: "Region Skåne",
    Employer.MUNICIPALITY: "kommunen",
    Employer.PRIVATE: "en privat vårdgivare",
    Employer.OTHER: "en annan huvudman",
}
OPTION = {
    Employer.REGION: "Region Skåne",
    Employer.MUNICIPALITY: "Kommunen",
    Employer.PRIVATE: "Privat vårdgivare",
    Employer.OTHER: "Någon annan",
}
DONT_KNOW = "Vet inte"
OUTCOME = {
    Verdict.CONSENT_REQUIRED: "samtycke krävs",
    Verdict.CONSENT_NOT_REQUIRED: "samtycke är inte nödvändigt",
    Verdict.NO_UNAUTHORISED_DISCLOSURE: "uppgiften kan delas om det inte innebär ett obehörigt röjande",
}
HEADLINE = {
    Verdict.CONSENT_REQUIRED: "Samtycke från vårdnadshavare krävs.",
    Verdict.CONSENT_NOT_REQUIRED: "Samtycke från vårdnadshavare är inte nödvändigt.",
    Verdict.NO_UNAUTHORISED_DISCLOSURE: "Uppgiften kan delas om det inte innebär ett obehörigt röjande.",
}
ENGLISH = {
    Verdict.CONSENT_REQUIRED: "In short: consent from the child's guardian is required.",
    Verdict.CONSENT_NOT_REQUIRED: "In short: consent from the child's guardian is not necessary here.",
    Verdict.NO_UNAUTHORISED_DISCLOSURE: "In short: the information may be shared if doing so is not an "
    "unauthorised disclosure (obehörigt röjande).",
    Verdict.DEPENDS: "In short: it depends on facts that the question leaves open.",
}
ENGLISH_FRAME = "The answer is quoted from the Swedish guideline:"
SUPERSEDED = "Svaret kommer ur 2018 års vägledning. Den är ersatt; den som gäller är 2024 års vägledning."
PERSONAL_DATA = (
    "Frågan innehöll personuppgifter. De har maskerats och sparas inte. Ställ frågan allmänt, utan namn, "
    "personnummer, telefonnummer eller e-postadress: svaret blir detsamma."
)
BESIDE = "Tänk också på"  # what stands beside a consent answer; the page folds it
DUTY_FIRST = "Anmälningsplikten går först: anmälan väntar inte på samtycke."


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom the answer speaks to: the asker ("du", "ni"), or of others ("de")."""

    third_person: bool
    facts: Facts

    @property
    def they(self) -> str:
        return "de" if self.third_person else "ni"

    def name(self, party: Party, other: bool) -> str:
        """The party as the subject of a sentence, in lower case."""
        if not other and not self.third_person:
            return "du"
        twins = self.facts.asker.profession is self.facts.other.profession
        if party.label:
            return party.label
        if party.profession is None or party.profession is Profession.OTHER:
            return "den andra" if self.third_person else "den du vill dela med"
        if twins and self.third_person:
            return f"den {'andra' if other else 'ena'} av dem"
        return DEFINITE[party.profession]


def capital(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def describe(party: Party) -> str:
    """ "BHV-sjuksköterska, anställd av Region Skåne"; "okänd" for what isn't known."""
    job = party.label or (party.profession.value if party.profession else "okänd profession")
    employer = f"anställd av {EMPLOYER[party.employer]}" if party.employer else ""
    return f"{job}, {employer}" if employer else job


def condition(fact: str, value: object, voice: Voice) -> str:
    """A branch's condition as a sentence without a full stop."""
    side, _, what = fact.partition(".")
    they = capital(voice.they)
    if side == "same_unit":
        yes = f"{they} är anställda vid samma enhet av samma vårdgivare"
        return yes if value else f"{they} är inte anställda vid samma enhet"
    if side == "same_board":
        return f"{they} är {'' if value else 'inte '}anställda inom samma nämnd"
    party = voice.facts.asker if side == "asker" else voice.facts.other
    name = capital(voice.name(party, side == "other"))
    if what == "employer" and isinstance(value, Employer):
        return f"{name} är anställd av {EMPLOYER[value]}"
    return f"{name} är {value}"


def branch_outcome(alternative: Alternative, table: tuple[ConsentRow, ...]) -> str:
    """What holds in a branch, with its row."""
    rows = [r for r in table if r.number in alternative.rows]
    if alternative.verdict is None:
        return "det säger vägledningen inte"
    if alternative.verdict is Verdict.DEPENDS:
        return f"det beror på fler uppgifter{_row_note(alternative.rows)}"
    note = _row_note(tuple(r.number for r in rows)) or " (ingen rad i Tabell 1, principen under Huvudman)"
    return OUTCOME[alternative.verdict] + note


def _row_note(rows: tuple[int, ...]) -> str:
    if not rows:
        return ""
    numbers = ", ".join(str(n) for n in rows[:-1]) + (" och " if len(rows) > 1 else "") + str(rows[-1])
    return f" (Tabell 1 rad {numbers})"


def depends_sentences(finding: Finding, voice: Voice) -> str:
    """Both ways of a condition in plain words, where one condition is all that is open."""
    they = voice.they
    if finding.decisive == "same_unit" and _pure(finding):
        return (
            f"Inte om {they} är anställda vid samma enhet av samma vårdgivare. "
            f"Är {they} det inte krävs samtycke."
        )
    if finding.decisive == "same_board" and _pure(finding):
        return f"Inte om {they} är anställda inom samma nämnd. Är {they} det inte krävs samtycke."
    return ""


def _pure(finding: Finding) -> bool:
    return {a.verdict for a in finding.alternatives} == {
        Verdict.CONSENT_NOT_REQUIRED,
        Verdict.CONSENT_REQUIRED,
    }


def depends_headline(finding: Finding, voice: Voice) -> str:
    """What the outcome depends on."""
    side, _, what = finding.decisive.partition(".")
    they = voice.they
    if side == "same_unit":
        return f"Det beror på om {they} är anställda vid samma enhet."
    if side == "same_board":
        return f"Det beror på om {they} är anställda inom samma nämnd."
    party = voice.facts.asker if side == "asker" else voice.facts.other
    name = voice.name(party, side == "other")
    if what == "employer":
        return f"Det beror på vem {name} är anställd av."
    return f"Det beror på vilken profession {name} har."


def follow_up(finding: Finding, voice: Voice) -> FollowUp:
    """The one question that separates the outcomes best, "Vet inte" among its options."""
    side, _, what = finding.decisive.partition(".")
    they = voice.they
    if side == "same_unit":
        return FollowUp(
            f"Är {they} anställda vid samma enhet?", ("Ja, samma enhet", "Nej, olika enheter", DONT_KNOW)
        )
    if side == "same_board":
        return FollowUp(
            f"Är {they} anställda inom samma nämnd?", ("Ja, samma nämnd", "Nej, olika nämnder", DONT_KNOW)
        )
    party = voice.facts.asker if side == "asker" else voice.facts.other
    name = voice.name(party, side == "other")
    values = {a.value for a in finding.alternatives}
    if what == "employer":
        options = tuple(OPTION[e] for e in Employer if e in values)
        return FollowUp(f"Vem är {name} anställd av?", (*options, DONT_KNOW))
    options = tuple(capital(p.value) for p in Profession if p in values)
    return FollowUp(f"Vilken profession har {name}?", (*options, DONT_KNOW))


def facts_in_words(facts: Facts, voice: Voice) -> dict[str, str]:
    """The facts that the answer used, for "Varför denna rad"."""
    one = "Den ena parten" if voice.third_person else "Du"
    other = "Den andra parten" if voice.third_person else "Den du delar med"
    words = {one: describe(facts.asker), other: describe(facts.other)}
    for name, text in _RELATIONS.items():
        value = getattr(facts, name)
        if value is not None:
            words[text] = "ja" if value else "nej"
    return words


_RELATIONS = {
    "same_family_centre": "Samma familjecentral",
    "same_unit": "Samma enhet",
    "same_board": "Samma nämnd",
    "same_branch": "Samma verksamhetsgren",
    "same_huvudman": "Samma arbetsgivare",
    "care_relation": "Vårdrelation finns",
}


def assumed_in_words(assumed: tuple[str, ...], voice: Voice) -> tuple[str, ...]:
    """What the answer took for granted."""
    out = []
    for item in assumed:
        if item == "same_family_centre":
            out.append(f"{capital(voice.they)} arbetar vid samma familjecentral.")
        else:
            out.append(f"{capital(item.partition(':')[0])} vid en familjecentral är anställd av kommunen.")
    return tuple(dict.fromkeys(out))


def decisive_in_words(fact: str, voice: Voice) -> str:
    """The single fact that would change the answer."""
    side, _, what = fact.partition(".")
    if side == "same_unit":
        return f"Om {voice.they} är anställda vid samma enhet av samma vårdgivare eller inte."
    if side == "same_board":
        return f"Om {voice.they} är anställda inom samma nämnd eller inte."
    if not what:
        return "Ingen enskild uppgift ändrar svaret."
    party = voice.facts.asker if side == "asker" else voice.facts.other
    name = voice.name(party, side == "other")
    return f"Vem {name} är anställd av." if what == "employer" else f"Vilken profession {name} har."
