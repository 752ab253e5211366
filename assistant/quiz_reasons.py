"""The statements that consent items offer as choices: a verdict with its reason, in Swedish."""

from __future__ import annotations

from enum import StrEnum

from assistant.types import Employer, Facts, Profession, Verdict
from assistant.wording import DEFINITE, EMPLOYER


class Reason(StrEnum):
    """A verdict with the reason given for it; the last three are tempting and never the key."""

    HUVUDMAN = "huvudman"
    UNIT = "unit"
    BOARD = "board"
    BRANCH = "branch"
    SAME_UNIT = "same_unit"
    SAME_BOARD = "same_board"
    INNER = "inner"
    PRIVATE = "private"
    ASK_UNIT = "ask_unit"
    ASK_BOARD = "ask_board"
    ASK_EMPLOYER = "ask_employer"
    SAME_CHILD = "same_child"
    SAME_WORK = "same_work"
    ASK_LISTED = "ask_listed"


VERDICTS: dict[Reason, Verdict] = {
    Reason.HUVUDMAN: Verdict.CONSENT_REQUIRED,
    Reason.UNIT: Verdict.CONSENT_REQUIRED,
    Reason.BOARD: Verdict.CONSENT_REQUIRED,
    Reason.BRANCH: Verdict.CONSENT_REQUIRED,
    Reason.SAME_UNIT: Verdict.CONSENT_NOT_REQUIRED,
    Reason.SAME_BOARD: Verdict.CONSENT_NOT_REQUIRED,
    Reason.INNER: Verdict.CONSENT_NOT_REQUIRED,
    Reason.PRIVATE: Verdict.NO_UNAUTHORISED_DISCLOSURE,
    Reason.ASK_UNIT: Verdict.DEPENDS,
    Reason.ASK_BOARD: Verdict.DEPENDS,
    Reason.ASK_EMPLOYER: Verdict.DEPENDS,
    Reason.SAME_CHILD: Verdict.CONSENT_NOT_REQUIRED,
    Reason.SAME_WORK: Verdict.CONSENT_NOT_REQUIRED,
    Reason.ASK_LISTED: Verdict.DEPENDS,
}
# Of nearly the same length and form, so that neither gives anything away.
STATEMENTS: dict[Reason, str] = {
    Reason.HUVUDMAN: "Samtycke från vårdnadshavare krävs, eftersom de har var sin huvudman.",
    Reason.UNIT: "Samtycke från vårdnadshavare krävs, eftersom de hör till olika enheter.",
    Reason.BOARD: "Samtycke från vårdnadshavare krävs: de hör till olika nämnder i kommunen.",
    Reason.BRANCH: "Samtycke från vårdnadshavare krävs: olika verksamhetsgrenar i kommunen.",
    Reason.SAME_UNIT: "Samtycke är inte nödvändigt, eftersom båda är anställda på samma enhet.",
    Reason.SAME_BOARD: "Samtycke är inte nödvändigt, eftersom båda är anställda inom samma nämnd.",
    Reason.INNER: "Samtycke är inte nödvändigt, eftersom vårdrelation finns: inre sekretess.",
    Reason.PRIVATE: "Uppgifterna kan delas om det inte innebär ett obehörigt röjande av dem.",
    Reason.ASK_UNIT: "Det går inte att säga förrän du vet om de är anställda på samma enhet.",
    Reason.ASK_BOARD: "Det går inte att säga förrän du vet om de är anställda inom samma nämnd.",
    Reason.ASK_EMPLOYER: "Det går inte att säga förrän du vet vem som är den andras arbetsgivare.",
    Reason.SAME_CHILD: "Samtycke är inte nödvändigt, eftersom båda möter samma barn i sitt arbete.",
    Reason.SAME_WORK: "Samtycke är inte nödvändigt, eftersom båda har samma slags uppdrag.",
    Reason.ASK_LISTED: "Det går inte att säga förrän du vet om barnet är listat hos dem båda.",
}
_DECISIVE: dict[Reason, str] = {
    Reason.UNIT: "Enheten avgör: båda är anställda av Region Skåne, men på olika enheter.",
    Reason.BOARD: "Nämnden avgör: varje nämnd är en egen myndighet, och de hör till olika nämnder.",
    Reason.BRANCH: (
        "Verksamhetsgrenen avgör: socialtjänst och utbildning är olika verksamhetsgrenar i kommunen, "
        "oavsett om de hör till samma nämnd."
    ),
    Reason.SAME_UNIT: "Enheten avgör: båda är anställda vid samma enhet och hör till samma sekretessområde.",
    Reason.SAME_BOARD: "Nämnden avgör: inom samma nämnd hör de till samma sekretessområde.",
    Reason.INNER: "Vårdrelationen avgör: finns den, kan uppgifterna delas med stöd av den inre sekretessen.",
    Reason.PRIVATE: (
        "Arbetsgivaren avgör: båda är anställda av privata vårdgivare, och då gäller "
        "patientsäkerhetslagens tystnadsplikt, på samma eller annan familjecentral."
    ),
    Reason.ASK_UNIT: "Enheten saknas: vid samma enhet behövs inget samtycke, på olika enheter krävs det.",
    Reason.ASK_BOARD: "Nämnden saknas: inom samma nämnd behövs inget samtycke, i olika nämnder krävs det.",
    Reason.ASK_EMPLOYER: (
        "Arbetsgivaren saknas: utfallet blir ett annat om den andra är anställd av Region Skåne "
        "än om det är en privat vårdgivare."
    ),
}
_UNCHANGED = "Den uppgiften ändrar inte utfallet här."
_WRONG: dict[Reason, str] = {
    Reason.SAME_CHILD: "Att möta samma barn räcker inte: det är anställningen som avgör sekretessområdet.",
    Reason.SAME_WORK: "Samma slags uppdrag räcker inte: det är anställningen som avgör sekretessområdet.",
    Reason.PRIVATE: "Den regeln gäller mellan två som båda är anställda av privata vårdgivare.",
    Reason.INNER: "Det undantaget gäller mellan enheter i Region Skåne, och bara om vårdrelation finns.",
    Reason.ASK_UNIT: _UNCHANGED,
    Reason.ASK_BOARD: _UNCHANGED,
    Reason.ASK_EMPLOYER: _UNCHANGED,
    Reason.ASK_LISTED: _UNCHANGED,
}


def contradicted(reason: Reason, key: Reason, facts: Facts) -> bool:
    """Return whether the facts rule out a reason that has the key's verdict.

    False whenever there is any doubt: such a reason isn't offered as a distractor.
    """
    employers = (facts.asker.employer, facts.other.employer)
    municipal = employers.count(Employer.MUNICIPALITY)
    if reason is Reason.HUVUDMAN:
        return (municipal == 2 and facts.same_huvudman is True) or employers == (Employer.REGION,) * 2
    if reason is Reason.BRANCH:
        return municipal < 2
    if reason is Reason.BOARD:
        return municipal < 2 or facts.same_board is True
    if reason is Reason.ASK_BOARD:
        return municipal < 2 and key is not Reason.ASK_BOARD
    if reason is Reason.ASK_EMPLOYER:
        return None not in employers
    return reason is Reason.ASK_LISTED and key is Reason.ASK_BOARD


def doubtful(reason: Reason, facts: Facts) -> bool:
    """Return whether a statement could be defended in this situation though the table is silent.

    Two units of the Region: whether there is a care relation may matter. Two employees of private
    providers: so may whether it is the same provider.
    """
    employers = (facts.asker.employer, facts.other.employer)
    if reason in (Reason.INNER, Reason.ASK_LISTED):
        return employers == (Employer.REGION,) * 2 and facts.care_relation is not False
    if reason in (Reason.ASK_UNIT, Reason.SAME_UNIT):
        return employers == (Employer.PRIVATE,) * 2 or None in employers
    return False


def decisive_fact(key: Reason, facts: Facts) -> str:
    """Return the sentence that names the fact that decided. Raises KeyError for no key's reason."""
    return _huvudman(facts) if key is Reason.HUVUDMAN else _DECISIVE[key]


def why_wrong(reason: Reason, facts: Facts | None) -> str:
    """Return why a distractor is wrong; in general terms where the facts aren't given."""
    if reason is Reason.ASK_EMPLOYER and facts and facts.asker.employer and facts.other.employer:
        return "Båda arbetsgivarna är redan kända."
    if reason in _WRONG:
        return _WRONG[reason]
    return _why_not(reason, facts) if facts else "Den regeln hör till en annan rad i Tabell 1."


def _why_not(reason: Reason, facts: Facts) -> str:
    employers = (facts.asker.employer, facts.other.employer)
    if employers == (Employer.PRIVATE, Employer.PRIVATE):
        return "Mellan två privata vårdgivare gäller i stället patientsäkerhetslagens tystnadsplikt."
    if reason in (Reason.BOARD, Reason.BRANCH, Reason.SAME_BOARD):
        return _board(reason, facts)
    if None in employers:
        return "Det vet du inte: den andras arbetsgivare är inte nämnd, så det kan inte vara skälet."
    if reason is Reason.HUVUDMAN:
        return f"Huvudmannen är densamma: båda är anställda av {EMPLOYER[employers[0] or Employer.REGION]}."
    return _unit(reason, facts)


def _board(reason: Reason, facts: Facts) -> str:
    if (facts.asker.employer, facts.other.employer).count(Employer.MUNICIPALITY) < 2:
        return "Det skälet gäller mellan två som båda är anställda av kommunen."
    if reason is Reason.SAME_BOARD and facts.same_board:
        return "Samma nämnd räcker inte när de hör till olika verksamhetsgrenar."
    return "Nämnden eller verksamhetsgrenen är en annan än så, eller inte nämnd."


def _unit(reason: Reason, facts: Facts) -> str:
    if facts.same_unit is None:
        return "Om enheten står ingenting, så det kan inte vara det som avgör."
    if facts.same_unit:
        return "De är anställda vid samma enhet."
    return "De är anställda på olika enheter." if reason is Reason.SAME_UNIT else "Enheten avgör inte här."


def _huvudman(facts: Facts) -> str:
    asker, other = facts.asker, facts.other
    if asker.employer and other.employer:
        return (
            f"Huvudmannen avgör: den ena är anställd av {EMPLOYER[asker.employer]}, "
            f"den andra av {EMPLOYER[other.employer]}."
        )
    known, unknown = (asker, other) if asker.employer else (other, asker)
    one, two = (DEFINITE.get(party.profession or Profession.OTHER, "") for party in (known, unknown))
    return (
        f"Huvudmannen avgör: {one} är anställd av kommunen, och {two} har en annan huvudman "
        "vare sig arbetsgivaren är Region Skåne eller en privat vårdgivare."
    )
