"""A second reading of Tabell 1, for the tests: what the guideline's text says of given facts.

Written from the two editions' own words (Tabell 1, "Huvudman", "Samtycke", "Inre sekretess"),
not from ``assistant.consent`` and not from the parsed rows: plain ifs, so that a slip in either
shows. Where the text leaves more than one answer open, all of them are accepted;
``consent_not_required`` is never among them unless a row says so.
"""

from itertools import product

from assistant.types import Employer, Facts, Party, Profession, Verdict

NURSE, MIDWIFE = Profession.BHV_NURSE, Profession.MIDWIFE
TEACHER, SOCIAL = Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER
REGION, MUNICIPALITY, PRIVATE = Employer.REGION, Employer.MUNICIPALITY, Employer.PRIVATE

Reading = frozenset[Verdict | None]  # the verdicts that are right

REQUIRED: Reading = frozenset({Verdict.CONSENT_REQUIRED})
NOT_REQUIRED: Reading = frozenset({Verdict.CONSENT_NOT_REQUIRED})
NO_DISCLOSURE: Reading = frozenset({Verdict.NO_UNAUTHORISED_DISCLOSURE})
DEPENDS: Reading = frozenset({Verdict.DEPENDS})
# No row speaks of them, and nothing that the text names separates them: consent is sought
# first, or the guideline doesn't say. Never "not required".
UNSAID: Reading = frozenset({Verdict.CONSENT_REQUIRED, Verdict.DEPENDS, None})

_CARE = frozenset({NURSE, MIDWIFE})
_MUNICIPAL = frozenset({TEACHER, SOCIAL})


def right_verdicts(facts: Facts, edition: str) -> Reading:
    """The verdicts that the edition's text allows for facts of which some may be unknown.

    Every possibility for an unknown profession or employer is read on its own; if they end
    differently, it depends.
    """
    literal = _fold(facts, edition, implied=False)
    # "anställda vid samma enhet" and "samma huvudman" tell the other one's employer to a reader
    # who takes employment for granted, but not to one who wants it said (2024 adds "av samma
    # vårdgivare"): both are fair.
    return literal | _fold(facts, edition, implied=True) if facts.same_unit else literal


def _fold(facts: Facts, edition: str, *, implied: bool) -> Reading:
    worlds = list(product(_possible(facts.asker), _possible(facts.other)))
    one_huvudman = facts.same_huvudman or (implied and facts.same_unit)
    if one_huvudman and any(a[1] is b[1] for a, b in worlds):
        worlds = [(a, b) for a, b in worlds if a[1] is b[1]]
    readings = {_between(a, b, facts, edition) for a, b in worlds}
    if len(readings) == 1:
        return readings.pop()
    settled = [REQUIRED if reading == UNSAID else reading for reading in readings]
    folded = (set(choice) for choice in product(*settled))
    return frozenset(one.pop() if len(one) == 1 else Verdict.DEPENDS for one in folded)


def _possible(party: Party) -> list[tuple[Profession, Employer]]:
    """Who the party may be: on a family centre four professions, each with its employers."""
    professions = [party.profession] if party.profession else [NURSE, MIDWIFE, TEACHER, SOCIAL]
    pairs = []
    for profession in professions:
        usual = [MUNICIPALITY] if profession in _MUNICIPAL else [REGION, PRIVATE]
        if profession is Profession.OTHER:
            usual = list(Employer)
        if party.employer and (party.profession or party.employer in usual):
            usual = [party.employer]
        elif party.employer:
            usual = []
        pairs += [(profession, e) for e in usual if e not in party.not_employers]
    return pairs or [(Profession.OTHER, party.employer or Employer.OTHER)]


def _between(
    a: tuple[Profession, Employer], b: tuple[Profession, Employer], facts: Facts, edition: str
) -> Reading:
    """The right verdicts for two known parties."""
    pair, employers = {a[0], b[0]}, {a[1], b[1]}
    if pair <= _CARE and employers == {PRIVATE}:
        if edition == "2024":
            return NO_DISCLOSURE  # row 8, at the same or another family centre
        return UNSAID if facts.same_unit else REQUIRED  # 2018 has no such row
    if len(employers) == 2:
        return REQUIRED  # olika huvudmän: rows 2 and 7, and "i första hand måste samtycke sökas"
    if facts.same_huvudman is False or facts.same_branch is False:
        return REQUIRED  # two municipalities, or självständiga verksamhetsgrenar
    if employers == {REGION} and pair == {NURSE}:
        return _two_nurses(facts)
    if employers == {REGION} and pair == {NURSE, MIDWIFE}:
        return _midwife_and_nurse(facts)
    if employers == {MUNICIPALITY} and pair == {TEACHER}:
        return _two_teachers(facts)
    if len(pair) == 1 and Profession.OTHER not in pair:
        return _two_of_a_kind(facts, employers)
    if pair == {SOCIAL, TEACHER} and employers == {MUNICIPALITY}:
        return REQUIRED  # row 6; under one nämnd too they are different verksamhetsgrenar
    # Within one unit or nämnd the principle between huvudmän doesn't reach those the table lacks.
    return UNSAID if facts.same_unit or facts.same_board else REQUIRED


def _two_nurses(facts: Facts) -> Reading:
    """Rows 1 and 3: BHV-sjuksköterska and BHV-sjuksköterska, both Region Skåne."""
    if facts.same_unit:
        return _same_unit(facts)
    if facts.same_unit is False or facts.same_family_centre is False:
        if not facts.care_relation:
            return REQUIRED
        # Inre sekretess is said of "annan offentlig BVC"; of another unit under the same roof
        # only the reason beside it speaks ("anställda på olika enheter").
        return REQUIRED | NOT_REQUIRED if facts.same_family_centre else NOT_REQUIRED
    # Not told whether it's the same unit: with vårdrelation both rows may end the same way.
    return DEPENDS | NOT_REQUIRED if facts.care_relation else DEPENDS


def _midwife_and_nurse(facts: Facts) -> Reading:
    """Row 4: barnmorska and BHV-sjuksköterska, both Region Skåne."""
    if facts.same_unit:
        return _same_unit(facts)
    if facts.same_unit is False or facts.same_family_centre is False:
        return REQUIRED
    return DEPENDS


def _same_unit(facts: Facts) -> Reading:
    """Rows 1 and 4 when the unit is the same: not required.

    Against another family centre, or two nämnder, the facts contradict each other: the outcome
    cell gives the unit alone as its reason, the party cell wants the same family centre.
    """
    against = facts.same_family_centre is False or facts.same_board is False
    return NOT_REQUIRED | UNSAID if against else NOT_REQUIRED


def _two_teachers(facts: Facts) -> Reading:
    """Row 5: förskollärare and förskollärare, both of the municipality."""
    if facts.same_board is False:
        return REQUIRED
    if facts.same_family_centre is False:  # the row is about the same one; the reason isn't
        return NOT_REQUIRED | UNSAID if facts.same_unit else UNSAID
    if facts.same_board is None and facts.same_unit:
        return NOT_REQUIRED | DEPENDS  # a unit belongs to one nämnd, but the row wants it said
    return NOT_REQUIRED if facts.same_board else DEPENDS


def _two_of_a_kind(facts: Facts, employers: set[Employer]) -> Reading:
    """Two barnmorskor, two socionomer: no row; only what separates them is certain."""
    if facts.same_board is False and MUNICIPALITY in employers:
        return REQUIRED
    if REGION in employers and not facts.same_unit:
        apart = facts.same_unit is False or facts.same_family_centre is False
        return REQUIRED if apart else UNSAID
    return UNSAID


def carrying_rows(facts: Facts, edition: str) -> frozenset[tuple[int, ...]] | None:
    """The rows that may be given for two wholly known parties; None where it isn't settled here.

    A right answer names one of the members, each a sorted tuple; ``()`` is "no row".
    """
    jobs = sorted((facts.asker.profession, facts.other.profession), key=str)
    employers = {facts.asker.employer, facts.other.employer}
    pair = set(jobs)
    if pair <= _CARE and MUNICIPALITY not in employers and Employer.OTHER not in employers:
        return _rows_in_care(pair, employers, facts, edition)
    if pair <= _MUNICIPAL and employers == {MUNICIPALITY}:
        return _rows_in_municipality(pair, facts, edition)
    for mine, yours in ((facts.asker, facts.other), (facts.other, facts.asker)):
        if mine.profession in _MUNICIPAL and mine.employer is MUNICIPALITY and yours.profession in _CARE:
            known = yours.employer in (REGION, PRIVATE)
            return _either((7,), ()) if known and facts.same_family_centre is False else _one(7, when=known)
    return _either(())


def _rows_in_care(
    pair: set[Profession | None], employers: set[Employer | None], facts: Facts, edition: str
) -> frozenset[tuple[int, ...]] | None:
    if employers == {PRIVATE}:
        return _one(8, when=edition == "2024")
    if len(employers) == 2:
        nurses = pair == {NURSE}
        return _either((2,), ()) if nurses and facts.same_family_centre is False else _one(2, when=nurses)
    if pair == {MIDWIFE}:
        return _either(())
    if facts.same_unit and (facts.same_family_centre is False or facts.same_board is False):
        return None  # the facts contradict each other
    row = 1 if pair == {NURSE} else 4
    if facts.same_unit:
        return _either((row,))
    apart = facts.same_unit is False or facts.same_family_centre is False
    if pair == {NURSE}:
        return _either((3,)) if apart else _either((1, 3))
    return _either(()) if apart else _either((4,))


def _rows_in_municipality(
    pair: set[Profession | None], facts: Facts, edition: str
) -> frozenset[tuple[int, ...]] | None:
    if pair == {SOCIAL} or (facts.same_family_centre is False and not facts.same_unit):
        return _either(())
    if pair == {TEACHER}:
        contradictory = facts.same_unit and (facts.same_board is False or facts.same_family_centre is False)
        return None if contradictory else _one(5, when=facts.same_board is not False)
    if facts.same_unit and facts.same_board is None and edition == "2024":
        return _either((6,), ())  # a unit belongs to one nämnd, but the row wants it said
    return _one(6, when=edition == "2018" or not facts.same_board)


def _either(*rows: tuple[int, ...]) -> frozenset[tuple[int, ...]]:
    return frozenset(rows)


def _one(row: int, *, when: bool) -> frozenset[tuple[int, ...]]:
    return _either((row,) if when else ())
