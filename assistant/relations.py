"""What lies between the two parties: samma or annan enhet, familjecentral, nämnd, huvudman."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from assistant.relation_arrivals import read_arrivals
from assistant.relation_doubt import unsure
from assistant.relation_names import read_boards, read_municipalities, read_workplaces
from assistant.relation_pairs import WEIGHED, PairReader
from assistant.relation_parted import read_parted
from assistant.relation_phrases import denials, leavings, read_phrases
from assistant.relation_text import RelationText, Stated
from assistant.relation_third import by_an_adviser, of_others
from assistant.vocabulary import Mention, Token

__all__ = ["RelationReading", "Relations", "Stated", "read_relations"]

_OPEN = {"same_unit": "open_unit", "same_board": "open_board", "care_relation": "open_care"}
_FLAGS = ("same_kind", "other_employer_elsewhere", *_OPEN.values())  # never "no", only unsaid


@dataclass(frozen=True, slots=True)
class Relations:
    """Each is True, False or None (unknown, never "no")."""

    same_family_centre: bool | None = None
    same_unit: bool | None = None
    same_board: bool | None = None
    same_huvudman: bool | None = None
    same_branch: bool | None = None
    care_relation: bool | None = None
    same_kind: bool = False  # "en annan BVC-sköterska": the asker is one too
    other_employer_elsewhere: bool = False  # "en annan region"
    open_unit: bool = False  # said to be open: "vet inte om det är samma enhet"
    open_board: bool = False
    open_care: bool = False

    def updated(self, newer: Relations) -> Relations:
        """These relations with what a later text says of them; what it leaves open is open again."""
        told = {
            f.name: value
            for f in fields(newer)
            if (value := getattr(newer, f.name)) is not None and (value or f.name not in _FLAGS)
        }
        merged = replace(self, **told)
        merged = replace(
            merged,
            same_unit=None if newer.open_unit else merged.same_unit,
            same_board=None if newer.open_board else merged.same_board,
            care_relation=None if newer.open_care else merged.care_relation,
            open_unit=newer.open_unit,
            open_board=newer.open_board,
            open_care=newer.open_care,
        )
        if newer.same_unit is True and newer.same_family_centre is None and self.same_family_centre is False:
            merged = replace(merged, same_family_centre=None)
        if newer.same_family_centre is True and newer.same_unit is None and self.same_unit is False:
            merged = replace(merged, same_unit=None)
        return merged


@dataclass(frozen=True, slots=True)
class RelationReading:
    """All that a text says of what lies between the parties."""

    stated: tuple[Stated, ...]
    used: frozenset[int]  # the tokens "samma" and "annan" that were understood
    elsewhere: frozenset[int]  # nouns of another employer: "en annan kommun"
    unsure: frozenset[int]  # tokens under a "vet inte om": they settle nothing

    def relations(self, first: int = 0, last: int = 10**6) -> Relations:
        """The relations stated at the tokens ``[first, last)``, weighed against each other."""
        by_fact: dict[str, list[Stated]] = {}
        for s in self.stated:
            if first <= s.at < last:
                by_fact.setdefault(s.fact, []).append(s)
        found: dict[str, bool] = {}
        for fact, said in by_fact.items():
            value = _weigh(said) if fact in WEIGHED else _first(said)
            if value is not None:
                found[fact] = value
            elif fact in WEIGHED:
                found[_OPEN[fact]] = True
        _follow(found)
        return Relations(**found)


def _first(said: list[Stated]) -> bool | None:
    """The first statement of today holds."""
    return next((s.value for s in said if s.value is not None and not s.past), None)


def _weigh(said: list[Stated]) -> bool | None:
    """The value on which consent may hang: a "yes" only where nothing takes it back.

    What was so before tells nothing; a "no" after a "yes" holds; a "yes" after a "no" or a doubt
    only where it says that things have turned; a weak "yes" only where it stands alone.
    """
    now = [s for s in said if not s.past]
    if not now:
        return None
    firm = [s for s in now if not s.weak]
    if not firm:
        return True if all(s.value for s in now) else None
    last = firm[-1]
    if last.value is None:
        return False if any(s.value is False for s in firm) else None
    if last.value and not last.turn and any(not s.value for s in firm):
        return None
    return last.value


def _follow(found: dict[str, bool]) -> None:
    """What follows of one another: one unit is one place, elsewhere is another unit."""
    if found.get("same_unit"):
        found.setdefault("same_family_centre", True)
    if found.pop("elsewhere", None):
        found.setdefault("same_family_centre", False)
    if found.pop("same_family_centre_weak", None):  # "hos oss": unless it's said to be elsewhere
        found.setdefault("same_family_centre", True)
    if found.get("same_family_centre") is False and found.setdefault("same_unit", False) is False:
        found.pop("open_unit", None)


def read_relations(tokens: list[Token], mentions: list[Mention]) -> RelationReading:
    """The relations that a text states, each with its place."""
    text = RelationText(tokens, mentions)
    pairs = PairReader(text)
    pairs.read()
    stated = [*pairs.stated, *read_phrases(text), *read_boards(text)]
    stated += [*read_workplaces(text), *read_municipalities(text), *read_parted(text), *read_arrivals(text)]
    stated = [s for s in stated if not by_an_adviser(text, s)]
    stated += leavings(text, stated)
    stated += denials(text, stated)
    stated += of_others(text, stated)
    return RelationReading(
        _in_order(stated),
        frozenset(pairs.used),
        frozenset(pairs.nouns),
        frozenset(i for i in range(len(tokens)) if unsure(text, i)),
    )


def _in_order(stated: Iterable[Stated]) -> tuple[Stated, ...]:
    return tuple(sorted(stated, key=lambda s: s.at))
