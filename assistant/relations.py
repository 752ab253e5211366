"""What lies between the two parties: samma or annan enhet, familjecentral, nämnd, huvudman."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from assistant.vocabulary import Mention, Token

_FLAGS = ("same_kind", "other_employer_elsewhere")  # never "no", only unsaid
_MAX_GAP = 2  # words between "samma" and "enhet"
_NEGATION_REACH = 4
_FACT_OF = {
    "family_centre": "same_family_centre",
    "unit": "same_unit",
    "workplace_unit": "same_unit",
    "board": "same_board",
    "branch": "same_branch",
    "huvudman": "same_huvudman",
    "provider": "same_huvudman",
}
_LACKING = frozenset(
    "saknas saknar utan ingen inget inga inte ej nej no without lacking saknades avslutad".split()
)
_EXISTING = frozenset(
    "finns har hade är med ja pågående etablerad egen båda också have has exists existerar".split()
)
_NOUNS = frozenset({*_FACT_OF, "municipality", "region"})
_STOP = frozenset(
    """på i vid med som hos till för av är inom under , . ; ? ! ( ) men fast och utan eller o""".split()
)


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

    def updated(self, newer: Relations) -> Relations:
        """These relations with what a later text says of them."""
        told = {
            f.name: value
            for f in fields(newer)
            if (value := getattr(newer, f.name)) is not None and (value or f.name not in _FLAGS)
        }
        merged = replace(self, **told)
        if newer.same_unit is True and newer.same_family_centre is None and self.same_family_centre is False:
            merged = replace(merged, same_family_centre=None)
        if newer.same_family_centre is True and newer.same_unit is None and self.same_unit is False:
            merged = replace(merged, same_unit=None)
        return merged


@dataclass(frozen=True, slots=True)
class Stated:
    """One relation as stated at one place of the text."""

    at: int  # token
    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class RelationReading:
    """All that a text says of what lies between the parties."""

    stated: tuple[Stated, ...]
    used: frozenset[int]  # the tokens "samma" and "annan" that were understood
    elsewhere: frozenset[int]  # nouns of another employer: "en annan kommun"
    unsure: frozenset[int]  # tokens under a "vet inte om": they settle nothing

    def relations(self, first: int = 0, last: int = 10**6) -> Relations:
        """The relations stated at the tokens ``[first, last)``; the first statement of a fact holds."""
        found: dict[str, bool] = {}
        for s in self.stated:
            if first <= s.at < last and not (s.fact in found and s.fact != "same_unit"):
                found[s.fact] = s.value
        if found.get("same_unit"):
            found.setdefault("same_family_centre", True)
        if found.pop("elsewhere", None):
            found.setdefault("same_family_centre", False)
        if found.pop("same_family_centre_weak", None):  # "hos oss": unless it's said to be elsewhere
            found.setdefault("same_family_centre", True)
        if found.get("same_family_centre") is False:
            found.setdefault("same_unit", False)
        return Relations(**found)


def read_relations(tokens: list[Token], mentions: list[Mention]) -> RelationReading:
    """The relations that a text states, each with its place."""
    reader = _RelationReader(tokens, mentions)
    reader.read()
    return RelationReading(
        tuple(sorted(reader.stated, key=lambda s: s.at)),
        frozenset(reader.used),
        frozenset(reader.nouns),
        frozenset(i for i in range(len(tokens)) if reader.unsure(i)),
    )


class _RelationReader:
    def __init__(self, tokens: list[Token], mentions: list[Mention]) -> None:
        self.tokens = tokens
        self.at: dict[int, list[Mention]] = {}
        for m in mentions:
            self.at.setdefault(m.first, []).append(m)
        self.in_profession = {
            i for m in mentions if m.group in ("profession", "actor") for i in range(m.first, m.last)
        }
        self.stated: list[Stated] = []
        self.used: set[int] = set()
        self.nouns: set[int] = set()
        self.boards: dict[str, int] = {}
        self.board_end = 0

    def read(self) -> None:
        for first in sorted(self.at):
            for m in self.at[first]:
                if self.unsure(m.first):
                    continue
                if m.group in ("relation.same", "relation.different"):
                    self._pair(m, same=m.group == "relation.same")
                elif m.group.startswith("phrase."):
                    self._phrase(m)
        if len(self.boards) > 1:
            self._state(max(self.boards.values()), "same_board", False)
        elif self.boards and any(m.group == "who.both" for ms in self.at.values() for m in ms):
            self._state(max(self.boards.values()), "same_board", True)
        places = self._named_workplaces()
        if len(places) > 1:
            self._state(max(places.values()), "same_unit", False)
            self._state(max(places.values()), "elsewhere", True)
        named = self._named_municipalities()
        if len(named) > 1:
            self._elsewhere(max(named.values()))

    def _state(self, at: int, fact: str, value: bool) -> None:
        self.stated.append(Stated(at, fact, value))

    def _phrase(self, m: Mention) -> None:
        name = m.group.removeprefix("phrase.")
        negated = self._negated(m.first)
        if name == "board_names":
            if m.first >= self.board_end:  # "utbildningsnämnden" inside "barn- och utbildningsnämnden"
                self.boards.setdefault(self.tokens[m.last - 1].stem, m.first)
                self.board_end = m.last
        elif name == "care_relation":
            self._care_relation(m)
        elif name == "different_municipality":
            self._elsewhere(m.first)
        elif name.endswith(("_yes", "_no")):
            fact, _, value = name.rpartition("_")
            if fact == "same_unit" and value == "yes" and self._asker_stands_before(m.first):
                return  # "jag på vår enhet, hon på sin": where the asker is, not where both are
            if value == "yes" or not negated:
                self._state(m.first, fact, (value == "yes") != negated)

    def _asker_stands_before(self, at: int) -> bool:
        return any(
            m.group in ("who.asker", "who.asker_group")
            for i in range(max(0, at - 3), at)
            for m in self.at.get(i, ())
        )

    def _care_relation(self, m: Mention) -> None:
        """Only a vårdrelation that is plainly said to exist counts: row 3's exception hangs on it."""
        around = range(max(0, m.first - 5), min(m.last + 4, len(self.tokens)))
        words = {self.tokens[i].lower for i in around}
        if words & _LACKING or any(mm.group == "who.negation" for i in around for mm in self.at.get(i, ())):
            self._state(m.first, "care_relation", False)
        elif words & _EXISTING:
            self._state(m.first, "care_relation", True)

    def _pair(self, m: Mention, same: bool) -> None:
        noun = self._noun_after(m) or self._noun_before(m)
        if noun is None:
            nearby = (*self.at.get(m.last, ()), *self.at.get(m.last + 1, ()))
            single = self.tokens[m.first].lower in ("annan", "another", "andra")
            if not same and single and any(n.group == "profession" for n in nearby):
                self._state(m.first, "same_kind", True)
            return
        self.used.add(m.first)
        value = same != self._negated(m.first)
        kind = noun.group.removeprefix("relation.")
        if kind in ("municipality", "region", "provider") and not value:
            self.nouns.add(noun.first)
        if kind == "municipality":
            if not value:
                self._elsewhere(m.first)
        elif kind == "region":
            self._state(m.first, "other_employer_elsewhere", not value)
        else:
            self._state(m.first, _FACT_OF[kind], value)
            if kind == "workplace_unit" and not value:
                self._state(m.first, "elsewhere", True)

    def _elsewhere(self, at: int) -> None:
        self._state(at, "same_huvudman", False)
        self._state(at, "elsewhere", True)

    def _noun_before(self, m: Mention) -> Mention | None:
        """ "Vår nämnd är densamma", "våra enheter är olika"."""
        at = m.first - 1
        if at > 1 and self.tokens[at].lower in ("den", "en", "och", "en och"):
            at -= 1
        if at < 1 or not any(n.group == "who.copula" for n in self.at.get(at, ())):
            return None
        for n in self.at.get(at - 1, ()):
            if n.group.removeprefix("relation.") in _NOUNS and at - 1 not in self.in_profession:
                return n
        return None

    def _named_workplaces(self) -> dict[str, int]:
        """ "Hon sitter på BVC i Hörby och jag på BVC i Eslöv": the names with their places."""
        return {
            self.tokens[i + 2].lower: i
            for i in range(len(self.tokens) - 2)
            if self.tokens[i].lower in ("bvc", "barnavårdscentralen")
            and self.tokens[i + 1].lower == "i"
            and self.tokens[i + 2].text[0].isupper()
        }

    def _named_municipalities(self) -> dict[str, int]:
        """ "Eslövs kommun … Höörs kommun": the names with their places."""
        return {
            self.tokens[i - 1].lower: i
            for i in range(1, len(self.tokens))
            if self.tokens[i].lower in ("kommun", "stad") and self.tokens[i - 1].text[0].isupper()
        }

    def _noun_after(self, m: Mention) -> Mention | None:
        for i in range(m.last, min(m.last + _MAX_GAP + 1, len(self.tokens))):
            for n in self.at.get(i, ()):
                if n.group.removeprefix("relation.") in _NOUNS and i not in self.in_profession:
                    return n
            if self.tokens[i].lower in _STOP or i in self.in_profession:
                return None
        return None

    def _negated(self, at: int) -> bool:
        for i in range(at - 1, max(-1, at - 1 - _NEGATION_REACH), -1):
            token = self.tokens[i]
            if token.text in ".;?!," or token.lower in ("utan", "men", "fast"):
                return False
            if any(m.group == "who.negation" for m in self.at.get(i, ())):
                return True
            if any(m.group in ("relation.same", "relation.different") for m in self.at.get(i, ())):
                return False
        return False

    def unsure(self, at: int) -> bool:
        """ "Vet inte om vi är på samma enhet" settles nothing."""
        for i in range(at - 1, max(-1, at - 13), -1):
            if self.tokens[i].text in ".;?!" or self.tokens[i].lower in ("men", "fast"):
                break
            if any(m.group == "who.unsure" for m in self.at.get(i, ())):
                return True
        after = range(at, min(at + 6, len(self.tokens)))
        return any(
            m.group == "who.unsure" and self.tokens[i].lower in ("eller", "oklart")
            for i in after
            for m in self.at.get(i, ())
        )
