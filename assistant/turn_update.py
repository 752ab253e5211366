"""The situation so far × what a later turn says → the situation after it.

A turn changes only what it mentions. A "samma enhet" (nämnd, vårdrelation) that was said before
doesn't outlive another employer, another person, or a word that may undo it ("annan", "flyttat"):
then it is unknown again, unless the turn affirms it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from assistant.reading import Reading
from assistant.relations import Relations
from assistant.types import Employer, Party, Profession
from assistant.vocabulary import Mention, Vocabulary, tokenize

_BETWEEN = ("same_unit", "same_board", "same_huvudman", "same_branch", "care_relation")
_HEALTH = frozenset({Profession.BHV_NURSE, Profession.MIDWIFE})
_MUNICIPAL = frozenset({Profession.PRESCHOOL_TEACHER, Profession.SOCIAL_WORKER})
_SHAKING = frozenset(
    """turns.undermines turns.correction turns.hedge turns.belief who.unsure relation.different""".split()
)
_DENYING = frozenset({"turns.no", "who.negation"})
_PLACES = frozenset(
    """relation.unit relation.workplace_unit relation.board phrase.board_names phrase.same_unit_no""".split()
)
_NEAR = 4  # tokens between "hon" and what she is said to be
_NOBODY = Party()


@dataclass(frozen=True, slots=True)
class _Words:
    """What the turn's own words tell of how it changes the situation."""

    undermines: bool
    asker_changed: bool  # another employer, or another profession
    same_person: bool  # "om hon är barnmorska": the same one, with another profession
    plural: bool  # "vi", "båda", "alla": what is said holds for every recipient


def updated(
    before: Reading, newer: Reading, text: str, vocabulary: Vocabulary, about: int | None = None
) -> Reading:
    """The situation after a turn; ``about`` is the recipient that the turn replies about, if any."""
    newer = _addressed(before, without_past(newer, vocabulary.mentions(tokenize(text))))
    asker = _merged(before.asker, newer.asker, same_person=not newer.third_person)
    words = _words(text, vocabulary, newer, _another(before.asker, asker))
    others, touched = _others_after(before, newer, words, about)
    before = replace(before, asker=asker, third_person=before.third_person and newer.third_person)
    if newer.asker.profession is not None:
        before = replace(before, asker_inferred=newer.asker_inferred, asker_guessed=newer.asker_guessed)
    if len(newer.others) > 1:
        relations = _kept(before, 0, others[0], words).updated(newer.relations)
        return replace(before, others=others, relations=relations, own_relations=newer.own_relations)
    if len(others) < 2:
        other = others[0] if others else _NOBODY
        relations = _kept(before, 0, other, words).updated(newer.relations)
        return replace(before, others=others, relations=relations, own_relations=())
    own = tuple(
        _of_one(_kept(before, i, party, words), newer.relations, i, touched, words)
        for i, party in enumerate(others)
    )
    return replace(before, others=others, relations=_common(own), own_relations=own)


def _words(text: str, vocabulary: Vocabulary, newer: Reading, asker_changed: bool) -> _Words:
    mentions = vocabulary.mentions(tokenize(text))
    groups = {m.group for m in mentions}
    only_edition = "edition" in groups and not newer.names_other and newer.relations == Relations()
    return _Words(
        undermines=undermines(mentions) and not only_edition and "turns.rest_holds" not in groups,
        asker_changed=asker_changed,
        same_person=_same_person(mentions),
        plural=bool(groups & {"who.asker_group", "who.both"}),
    )


def undermines(mentions: list[Mention]) -> bool:
    """Whether a turn's words may undo an earlier "samma enhet": a change, a doubt, a correction, a
    no, or an enhet or nämnd that is spoken of (unless the turn says "samma" of it anew)."""
    turned = {i for m in mentions if m.group == "turns.reverse" for i in range(m.first, m.last)}
    groups = {m.group for m in mentions if m.first not in turned}
    if groups & _SHAKING or (groups & _DENYING and "sharing.consent" not in groups):
        return True
    naming = [m for m in mentions if m.group in ("profession", "actor")]
    return any(m.group in _PLACES and not any(n.first <= m.first < n.last for n in naming) for m in mentions)


def without_past(newer: Reading, mentions: list[Mention]) -> Reading:
    """The reading without a "samma enhet" of the past: "hon jobbade på vår enhet förr"."""
    told = {m.value for m in mentions if m.group == "edition"}
    if "before" not in told or "now" in told:
        return newer
    own = tuple(without(r, _affirmed(r)) for r in newer.own_relations)
    return replace(newer, relations=without(newer.relations, _affirmed(newer.relations)), own_relations=own)


def _same_person(mentions: list[Mention]) -> bool:
    """Whether a pronoun for the other stands just before the profession: "om hon är barnmorska"."""
    job = next((m.first for m in mentions if m.group in ("profession", "actor")), None)
    if job is None:
        return False
    said = [m for m in mentions if m.group == "who.other" and 0 < job - m.last + 1 <= _NEAR]
    linked = [m for m in mentions if m.group == "who.copula" and m.first < job]
    return bool(said) and any(m.first >= said[-1].first for m in linked)


def _addressed(before: Reading, newer: Reading) -> Reading:
    """ "Och om barnmorskan är privat?", where the midwife is the one of two who shares; and "då återstår
    barnmorskan, hon är privat", where the asker is known to be somebody else."""
    if _only_of_the_other(before, newer):
        told = newer.others[0] if newer.others else _NOBODY
        party = replace(newer.asker, employer=told.employer or newer.asker.employer)
        return replace(newer, asker=_NOBODY, others=(party,))
    if not before.third_person or len(newer.others) != 1 or newer.asker != _NOBODY:
        return newer
    (party,) = newer.others
    others = {None, *(p.profession for p in before.others)}
    is_asker = party.profession is before.asker.profession and party.profession not in others
    return replace(newer, asker=party, others=()) if is_asker else newer


def _only_of_the_other(before: Reading, newer: Reading) -> bool:
    """Whether nobody says "jag", and the one profession named isn't the known asker's."""
    job, known = newer.asker.profession, before.asker.profession
    one = len(newer.others) <= 1 and all(p.profession in (None, job) for p in newer.others)
    return (
        newer.third_person
        and not before.third_person
        and one
        and None not in (job, known)
        and job is not known
    )


def _others_after(
    before: Reading, newer: Reading, words: _Words, about: int | None
) -> tuple[tuple[Party, ...], frozenset[int] | None]:
    """The recipients after the turn, and which of them it is about (None: it doesn't say)."""
    old = _as_one(before.others) if len(newer.others) == 1 else before.others
    if not newer.others:
        return old, frozenset({about}) if about is not None and len(old) > 1 else None
    if len(newer.others) == 1 and len(old) > 1:
        (party,) = newer.others
        at = _place(old, party, about)
        if at is not None:
            merged = _merged(old[at], party, words.same_person)
            return (*old[:at], merged, *old[at + 1 :]), frozenset({at})
    return tuple(_merged(_base(old, p), p, words.same_person) for p in newer.others), None


def _as_one(old: tuple[Party, ...]) -> tuple[Party, ...]:
    """Two of whom one has only an employer and the other only a profession are taken for one."""
    jobs, employers = [p for p in old if p.profession], [p for p in old if p.employer]
    if len(old) != 2 or len(jobs) != 1 or len(employers) != 1 or jobs == employers:
        return old
    return (replace(jobs[0], employer=employers[0].employer),)


def _place(old: tuple[Party, ...], party: Party, about: int | None) -> int | None:
    """Which of several recipients a party of a later turn is; None for somebody new."""
    if party.profession is None:
        return about if about is not None else len(old) - 1
    return next((i for i, p in enumerate(old) if p.profession is party.profession), None)


def _base(old: tuple[Party, ...], party: Party) -> Party:
    alike = [p for p in old if p.profession is party.profession]
    return (alike or list(old) or [_NOBODY])[0]


def _merged(old: Party, new: Party, same_person: bool) -> Party:
    """The old party with what the new words say; another profession drops the old employer,
    unless it is the same person that it is said of."""
    if new == _NOBODY:
        return old
    if new.profession not in (None, old.profession):
        if not (same_person and _alike(old.profession, new.profession)):
            return Party(new.profession, new.employer, new.label, new.not_employers)
        old = replace(old, profession=new.profession, label=new.label)
    employer = new.employer or (None if old.employer in new.not_employers else old.employer)
    denied = (old.not_employers | new.not_employers) - {employer}
    label = new.label if new.profession is not None and new.label else old.label
    return Party(old.profession or new.profession, employer, label, frozenset(e for e in denied if e))


def _alike(one: Profession | None, other: Profession | None) -> bool:
    return any(one in group and other in group for group in (_HEALTH, _MUNICIPAL))


# ------------------------------------------------------------------------- what lies between them


def _kept(before: Reading, at: int, other: Party, words: _Words) -> Relations:
    """What still holds of the relations before the turn, for one recipient."""
    own = before.own_relations if len(before.own_relations) == len(before.others) else ()
    kept = own[at] if at < len(own) else before.relations
    old = before.others[at] if at < len(before.others) else _NOBODY
    same = words.same_person and _alike(old.profession, other.profession)
    if old.profession not in (None, other.profession) and not same:
        return Relations(same_family_centre=kept.same_family_centre)
    if words.asker_changed or _moved(old.employer, other.employer):
        return without(kept, _BETWEEN)
    return without(kept, _affirmed(kept)) if words.undermines else kept


def _common(own: tuple[Relations, ...]) -> Relations:
    """What is the same for every recipient."""
    first = own[0]
    alike = {f.name: getattr(first, f.name) for f in fields(first)}
    return Relations(**{n: v for n, v in alike.items() if all(getattr(o, n) is v for o in own)})


def _another(old: Party, new: Party) -> bool:
    """Whether the asker is now employed by somebody else, or of another profession."""
    job = old.profession not in (None, new.profession) and not _alike(old.profession, new.profession)
    return job or _moved(old.employer, new.employer)


def _moved(old: Employer | None, new: Employer | None) -> bool:
    return old is not None and new is not None and old is not new


def _of_one(
    kept: Relations, told: Relations, at: int, touched: frozenset[int] | None, words: _Words
) -> Relations:
    """The relations to one of several recipients: a "samma" holds only for whom it is said of."""
    if touched is not None:
        return kept.updated(told) if at in touched else kept
    if words.plural:
        return kept.updated(told)
    return kept.updated(without(told, _affirmed(told)))


def _affirmed(relations: Relations) -> list[str]:
    return [f for f in _BETWEEN if getattr(relations, f) is True]


def without(relations: Relations, names: Iterable[str]) -> Relations:
    """The relations with some of them unknown again."""
    left: dict[str, bool | None] = dict.fromkeys(names)
    return Relations(**{f.name: left.get(f.name, getattr(relations, f.name)) for f in fields(relations)})
