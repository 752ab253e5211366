"""Decides what "samma" and "annan" are said of: the noun after or before them, or the one understood
from before ("på vår enhet förut, nu på en annan", "den ena kommunen … den andra")."""

from __future__ import annotations

from assistant.relation_doubt import (
    doubtful,
    in_the_past,
    negated,
    negated_after,
    no_matter,
    turns,
    unsure,
)
from assistant.relation_names import of_employees
from assistant.relation_others import COMPARED, of_others
from assistant.relation_sharing import is_sharing, thing_shared
from assistant.relation_text import RelationText, Stated
from assistant.vocabulary import Mention

FACT_OF = {
    "family_centre": "same_family_centre",
    "unit": "same_unit",
    "workplace_unit": "same_unit",
    "board": "same_board",
    "branch": "same_branch",
    "huvudman": "same_huvudman",
    "provider": "same_huvudman",
}
WEIGHED = frozenset(["same_unit", "same_board", "care_relation"])  # consent may hang on them
_NOUNS = frozenset({*FACT_OF, "municipality", "region", "place"})
_UNDERSTOOD = _NOUNS - {"place", "region"}  # "hon hör till en annan"
_DIVIDED = frozenset(["unit", "workplace_unit", "board"])  # "vi hamnade på var sin sida"
_MAX_GAP = 2  # words between "samma" and "enhet"
_MAX_BACK = 40  # words back to a noun that is understood
_STOP = frozenset(
    """på i vid med som hos till för av är inom under , . ; ? ! ( ) men fast och utan eller o""".split()
)
_AT = frozenset("""på vid i under inom hos""".split())
_TOWARDS = frozenset("""till från""".split())
_AND = frozenset("""och o samt & + / å""".split())
_ONE = frozenset("""annan annat anan another andra""".split())
_OWN = frozenset("""sin sitt sina""".split())  # "hon har sin anställning i …" parts nobody
_GOES_ON = frozenset("""nu då sen sedan numera idag igen än och o också oxå å där""".split())
_MINE = frozenset("""min mitt vår vårt våran""".split())
_BETWEEN_BOTH = frozenset("""who.copula who.possessive profession workplace employer""".split())
_TENANCY = frozenset("""bor bo bodde bott""".split())


def judged(text: RelationText, at: int, fact: str, value: bool, weak: bool = False) -> Stated:
    """A statement with what its sentence takes back: doubt, the past, other people."""
    if no_matter(text, at):
        return Stated(at, "nothing", None)
    if fact not in WEIGHED:
        return Stated(at, fact, None if unsure(text, at) else value)
    open_ = doubtful(text, at) or (value and of_others(text, at))
    return Stated(at, fact, None if open_ else value, weak, in_the_past(text, at), turns(text, at))


class PairReader:
    """Reads every "samma" and "annan" of a text."""

    def __init__(self, text: RelationText) -> None:
        self.text = text
        self.stated: list[Stated] = []
        self.used: set[int] = set()
        self.nouns: set[int] = set()  # of another employer: "en annan kommun"

    def read(self) -> None:
        for m in self.text.mentions:
            if m.group in ("relation.same", "relation.different"):
                self._pair(m, same=m.group == "relation.same")
            elif m.group == "who.both" or (m.group == "who.all" and self.text.lower(m.last) == "anställda"):
                self._both_at_one(m)
            elif m.group == "phrase.own_side":
                self._own_side(m)
        self._one_and_the_other()

    def _pair(self, m: Mention, same: bool) -> None:
        shares = is_sharing(self.text, m)
        noun = self._shared(m) if shares else self._noun_after(m) or self._noun_before(m)
        if noun is None and shares:
            return
        if noun is None:
            if not self._same_kind(m, same):
                self._understood(m, same)
            return
        kind = noun.group.removeprefix("relation.")
        if self.text.lower(m.first) in _OWN and kind in ("huvudman", "provider", "municipality", "region"):
            return
        self.used.add(m.first)
        end = max(m.last, noun.last)
        denied = negated(self.text, noun.first if shares else m.first) or negated_after(self.text, end)
        value = same != denied
        self._state_kind(m.first, kind, value, noun)
        if noun.first >= m.last:
            self._joined_noun(noun, value, denied)

    def _state_kind(self, at: int, kind: str, value: bool, noun: Mention | None = None) -> None:
        of_employer = kind in ("municipality", "region", "provider")
        if noun is not None and of_employer and not value and not unsure(self.text, at):
            self.nouns.add(noun.first)
        if kind == "municipality":
            if not value:
                if of_employees(self.text):
                    self._state(at, "same_huvudman", False)
                self._state(at, "elsewhere", True)
        elif kind == "region":
            self._state(at, "other_employer_elsewhere", not value)
        elif kind == "place":
            self._place(at, value)
        elif value and noun is not None and self.text.lower(noun.first).startswith("förvaltning"):
            return  # two nämnder may share one förvaltning: that of both says nothing of the nämnd
        else:
            self._state(at, FACT_OF[kind], value)
            if kind == "workplace_unit" and not value:
                self._state(at, "elsewhere", True)

    def _state(self, at: int, fact: str, value: bool) -> None:
        self.stated.append(judged(self.text, at, fact, value))

    def _place(self, at: int, value: bool) -> None:
        """ "Inte samma ställe som jag"; where the family lives is nobody's workplace."""
        if self.text.words(self.text.clause(at)) & _TENANCY:
            return
        if value:
            self._state(at, "same_family_centre_weak", True)
        else:
            self._state(at, "same_unit", False)
            self._state(at, "elsewhere", True)

    def _same_kind(self, m: Mention, same: bool) -> bool:
        """ "En annan BVC-sköterska": the asker is one too."""
        nearby = {*self.text.groups(m.last), *self.text.groups(m.last + 1)}
        if same or self.text.lower(m.first) not in _ONE or self.text.lower(m.last) in _STOP:
            return False
        if "profession" not in nearby:
            return False
        if not unsure(self.text, m.first):
            self._state(m.first, "same_kind", True)
        return True

    # ------------------------------------------------------------------ the noun beside it

    def _noun_after(self, m: Mention) -> Mention | None:
        left = _MAX_GAP
        i = m.last
        while i < len(self.text.tokens) and left >= 0:
            noun = self._noun_at(i)
            if noun and not self._attribute(noun):
                return noun
            if self._of_whose(i):  # "en annan av regionens mottagningar"
                i, left = i + 2, left - 1
                continue
            if self.text.lower(i) in _STOP | _OWN or i in self.text.in_profession:
                return None
            i, left = i + 1, left - 1
        return None

    def _shared(self, m: Mention) -> Mention | None:
        at = thing_shared(self.text, m)
        return self._noun_at(at) if at is not None else None

    def _attribute(self, noun: Mention) -> bool:
        """ "En annan region-BVC": the region tells what sort of BVC, not which region."""
        following = self._noun_at(noun.last)
        of_what = following is not None and following.group in ("relation.workplace_unit", "relation.unit")
        return noun.group == "relation.region" and of_what and self.text.lower(noun.first) == "region"

    def _noun_at(self, at: int) -> Mention | None:
        if at in self.text.in_profession:
            return None
        named = [n for n in self.text.at.get(at, ()) if n.group.startswith("relation.")]
        return next((n for n in named if n.group.removeprefix("relation.") in _NOUNS), None)

    def _of_whose(self, at: int) -> bool:
        whose = self.text.groups(at + 1) & {"employer", "who.possessive"}
        return self.text.lower(at) == "av" and bool(whose or self.text.lower(at + 1) in ("de", "alla"))

    def _noun_before(self, m: Mention) -> Mention | None:
        """ "Vår nämnd är densamma", "enheten har vi gemensam", and in chat "enhet ej samma"."""
        at = m.first - 1
        if "who.asker_group" in self.text.groups(at) and self.text.lower(at - 1) == "har":
            return self._noun_at(at - 2)
        if self.text.ends_clause(m.last):
            skips = "who.negation" in self.text.groups(at) or self.text.lower(at) == ":"
            back = at - 1 if skips else at
            if noun := self._noun_at(back):
                return noun
        if at > 1 and self.text.lower(at) in ("den", "en", "och"):
            at -= 1
        if at > 1 and "who.negation" in self.text.groups(at):
            at -= 1
        return self._noun_at(at - 1) if at >= 1 and "who.copula" in self.text.groups(at) else None

    def _joined_noun(self, noun: Mention, value: bool, denied: bool) -> None:
        """ "Samma familjecentral och enhet", "inte samma hus eller enhet"."""
        joins = {"eller"} if denied else _AND
        second = self._noun_at(noun.last + 1) if self.text.lower(noun.last) in joins else None
        if second is None or not (
            self.text.ends_clause(second.last) or self.text.lower(second.last) == "som"
        ):
            return
        kind = second.group.removeprefix("relation.")
        if kind in FACT_OF and not negated_after(self.text, second.last):
            self.stated.append(judged(self.text, second.first, FACT_OF[kind], value))

    # ------------------------------------------------------------------ the noun understood

    def _understood(self, m: Mention, same: bool) -> None:
        """ "… på vår enhet, hon på en annan", "ej samma", "hör till olika"."""
        noun = self._antecedent(m.first)
        if noun is None or not self._stands_alone(m, same):
            return
        kind = noun.group.removeprefix("relation.")
        value = same != (negated(self.text, m.first) or negated_after(self.text, m.last))
        self.used.add(m.first)
        if kind == "municipality" or kind in FACT_OF:
            self._state_kind(m.first, "unit" if kind == "workplace_unit" else kind, value)

    def _antecedent(self, before: int, kinds: frozenset[str] = _UNDERSTOOD) -> Mention | None:
        for i in range(before - 1, max(-1, before - 1 - _MAX_BACK), -1):
            if (noun := self._noun_at(i)) and noun.group.removeprefix("relation.") in kinds:
                return noun
        return None

    def _stands_alone(self, m: Mention, same: bool) -> bool:
        text, word = self.text, self.text.lower(m.first)
        compared = text.lower(m.last) == "som" and text.lower(m.last + 1) in COMPARED
        goes_on = text.lower(m.last) in _GOES_ON or (text.lower(m.last) == "för" and self._listed(m.first))
        if not (text.ends_clause(m.last) or goes_on or compared):
            return False
        start = m.first - 1
        if not same and text.lower(start) in ("en", "ett"):
            start -= 1
            if self._listed(m.first):  # also "en enhet för BVC och en annan för barnmorskorna"
                return True
        if "tillhör" in (text.lower(start), text.lower(start - 1)):
            return True
        before = text.lower(start)
        if same and "who.negation" in text.groups(start):
            return True
        if before in _AT:
            return same or word in _ONE or word == "olika"
        moves = any(text.groups(i) & {"who.copula", "phrase.change"} for i in range(max(0, start - 4), start))
        return before in _TOWARDS and moves

    def _listed(self, at: int) -> bool:
        """ "Barnmorskorna är en enhet och BVC en annan"."""
        span = range(self.text.sentence(at).start, at - 1)
        return any(
            self.text.lower(i) in ("en", "ett") and self._noun_at(i + 1) is not None for i in span
        ) and not self.text.has(range(at - 3, at), "sharing.verbs")

    def _one_and_the_other(self) -> None:
        """ "Jag är i den ena kommunen och hon i den andra"."""
        for i in range(2, len(self.text.tokens)):
            if self.text.lower(i) not in ("ena", "ene") or self.text.lower(i - 1) not in ("den", "det"):
                continue
            noun = self._noun_at(i + 1)
            if noun is None and self.text.lower(i - 2) not in _AT | _TOWARDS:
                continue
            noun = noun or self._antecedent(i)
            if noun is not None and self._the_other_follows(i):
                kind = noun.group.removeprefix("relation.")
                self._state_kind(i, "unit" if kind == "workplace_unit" else kind, False)

    def _the_other_follows(self, at: int) -> bool:
        return any(
            self.text.lower(j) in ("andra", "andre")
            and self.text.lower(j - 1) in ("den", "det")
            and (self.text.lower(j - 2) in _AT | _TOWARDS or self._noun_at(at + 1) is not None)
            for j in range(at + 3, min(at + _MAX_BACK, len(self.text.tokens)))
        )

    def _own_side(self, m: Mention) -> None:
        """ "BVC delades och vi hamnade på var sin sida", "två enheter, vi har fått en var"."""
        noun = self._antecedent(m.first, _DIVIDED)
        if noun is not None and self.text.lower(m.last) not in ("av", "om"):
            self._state(m.first, FACT_OF[noun.group.removeprefix("relation.")], False)

    def _both_at_one(self, m: Mention) -> None:
        """ "Båda anställda på min enhet": the one unit of both."""
        text = self.text
        for i in range(m.last, min(m.last + 7, len(text.tokens) - 1)):
            if text.lower(i) in _AT | _TOWARDS:
                noun = self._noun_at(i + 2) if text.lower(i + 1) in _MINE else None
                if text.lower(i + 1) == "enheten":
                    noun = self._noun_at(i + 1)
                if noun is not None and noun.group in ("relation.unit", "relation.workplace_unit"):
                    denied = negated(text, m.first) or negated(text, i)
                    self._state(i, "same_unit", not denied)
                return
            between = text.groups(i) & _BETWEEN_BOTH
            inside = i > 0 and "employer" in text.groups(i - 1)  # "Region Skåne" is two words
            if not between and not inside and text.lower(i) not in ("två", "placerade", "av"):
                return
