"""What a text has said of its parties so far, and whom its clause is about: the reading's memory.

Decides nothing about words. The modules that do (``party_subject``, ``party_plural``,
``party_naming``, ``party_employers``) read and change it as the walk in ``parties`` goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.clause_view import BOUNDARY, ClauseView
from assistant.relations import RelationReading
from assistant.types import Employer, Party, Profession
from assistant.vocabulary import Mention, Token

SIGNED = frozenset("""/ mvh vh hälsningar hälsn hälsar""".split())
_WHERE = frozenset("""i på från vid""".split())
_SIGNATURE = 5  # tokens of a signature before the profession
_ASKER_GROUPS = frozenset({"who.asker", "who.asker_group"})


@dataclass(slots=True, eq=False)
class Draft:
    """A party while it is being read. Two of which the same is told are two."""

    profession: Profession | None = None
    weak: Profession | None = None  # from a workplace: "hon på MVC"
    employer: Employer | None = None
    not_employers: set[Employer] = field(default_factory=set)
    label: str = ""
    explicit: bool = False  # named by pronoun, not by position
    placed: bool = False  # known by a workplace alone, whoever it stands for ("Mvc vill ha …")

    def empty(self) -> bool:
        return self.profession is None and self.weak is None and self.employer is None

    def party(self) -> Party:
        return Party(self.profession or self.weak, self.employer, self.label, frozenset(self.not_employers))

    def employ_anew(self, profession: Profession) -> None:
        """Note the party's new job: where they were employed before tells nothing of it."""
        if self.profession is not profession:
            self.profession, self.label, self.employer = profession, "", None

    def employ(self, employer: Employer, negated: bool) -> None:
        """Note who employs the party, or who doesn't; what is said last holds."""
        if not negated:
            self.employer = employer
            return
        self.not_employers.add(employer)
        if self.employer is employer:
            self.employer = None


class Scene(ClauseView):
    """The parties named so far; ``subject`` is whom the clause is about."""

    def __init__(self, tokens: list[Token], mentions: list[Mention], between: RelationReading) -> None:
        super().__init__(tokens, mentions, between.used)
        self.between = between
        self.relations = between.relations()
        self.groups = groups = frozenset(m.group for m in mentions)
        self.says_jag = bool(groups & _ASKER_GROUPS)
        self.says_i = self.says_jag or any(self._is_mine(m) for m in mentions)
        # "mellan en barnmorska och …", "1 bhv fr regionen 1 bhv privat"
        self.signed = [m.first for m in mentions if self._signs(m)]  # "…, socionom här"
        self.says_i = self.says_i or bool(self.signed)
        self.pair = "who.between" in groups or self._counted_one_by_one(mentions)
        self.each = 0  # "en är privat och en är i regionen": how many have been told
        self.asker = Draft(explicit=self.says_i)
        self.others: list[Draft] = []
        self.subject: str = ""  # "asker", "other", "both", "client" or ""
        self.to_open = False  # a preposition of sharing stands before the next party
        self.current: list[Draft] = []  # whom an employer attaches to
        self.last_party_end = -9
        self.forward: list[tuple[Employer, bool]] = []  # employers read before their party
        self.names_other = False
        self.two = False
        self.two_at = -9  # where "två" stands
        self.after_role = False
        self.role_at = -9  # where the "som" of "som barnmorska" stands
        self.sentence_start = True
        self.tentative: Draft | None = None  # "vi är barnmorskor": the other too, unless named
        self.places: list[int] = []  # where each of the others was first named
        self.asks_as_bystander = self._asks_as_bystander(mentions)
        # the one who writes is a manager, a coordinator …
        self.bystander = self.asks_as_bystander >= 0
        self.house_employer: Employer | None = None  # … of this employer
        self.employs_all: Employer | None = None  # "… är arbetsgivare åt både … och …"
        self.staff: list[Draft] = []  # whom "som chef har jag …" names
        self.own_staff: Draft | None = None  # … who says "en av mina barnmorskor"
        self.about_others = False  # both parties are others than the one who writes
        self.told_by: Draft | None = None  # "får barnmorskan berätta för …": the one who would tell
        self.opened = False  # the asker is known by opening the text only ("BVC-ssk i regionen, …")
        self.inferred = False  # the asker's profession was told of the other only ("en annan …")
        self.guessed = False  # … and only by "min …kollega"
        self.fellow: Profession | None = None  # … or of "min förskollärarkollega"
        self.run_by: dict[Profession, Employer] = {}  # who runs a workplace: "BVC drivs privat"
        self.run_by_two: dict[Profession, tuple[Employer, Employer]] = {}  # … where two are, run by two
        self.two_employers: tuple[Employer, Employer] | None = None  # "två arbetsgivare: … och …"
        self.own_places: set[Profession] = set()  # … said of the asker's own: "vår BVC"
        self.place_at = 0
        self.single_parties_elsewhere = False
        self.bystander_end = -9
        self.told_before: list[Draft] = []  # the others when the asker says "jag som barnmorska"
        self.likened: set[int] = set()  # where "precis som jag" has "jag"
        self.named: dict[str, Draft] = {}  # whose name is known
        self.known_names: frozenset[str] = frozenset()  # of the others, from earlier turns
        self.bystanding: Draft | None = None  # somebody by name of whom only the employer is told
        self.spoken_for: set[int] = set()  # employers that were understood already

    def _counted_one_by_one(self, mentions: list[Mention]) -> bool:
        ones = {m.first for m in mentions if m.group == "profession" and self.word_before(m, {"1"})}
        return len(ones) == 2

    def _asks_as_bystander(self, mentions: list[Mention]) -> int:
        """Where "vad ska jag som samordnare säga?" names who asks, -1 where nothing does."""
        for m in mentions:
            said = [t.lower for t in self.tokens[max(0, m.first - 3) : m.first]]
            if m.group == "who.bystander" and (said[-2:] == ["jag", "som"] or said[-2:-1] == ["as"]):
                return m.first
        return -1

    def _signs(self, m: Mention) -> bool:
        """ "…, socionom här.", "…, bhv reg här": who writes says so last."""
        place = m.group == "workplace"
        if not (place or (m.group == "profession" and not self.definite(m))):
            return False
        start, end = m.first, m.last
        while start > 0 and "employer" in [e.group for e in self.covering(start - 1)]:
            start -= 1
        while end < len(self.tokens) and "employer" in [e.group for e in self.covering(end)]:
            end += 1
        if not place and self._ends_with(start, end):
            return True
        here = end < len(self.tokens) and self.tokens[end].lower in ("här", "här:")
        closes = end + 1 >= len(self.tokens) or self.tokens[end + 1].text in {*BOUNDARY, ","}
        opens = start == 0 or self.tokens[start - 1].text in {*BOUNDARY, ",", "-", "–"}
        return here and closes and opens

    def _ends_with(self, start: int, end: int) -> bool:
        """ "… utan hennes ja? /Lina, barnmorska", "Mvh Eva, förskollärare": what a text is signed with."""
        after = [t.lower for t in self.tokens[end:] if t.text[0].isalnum()]
        near = range(max(0, start - _SIGNATURE), start)
        slash = next((i for i in near if self.tokens[i].text == "/"), 0)
        if self.tokens[-1].text == "?" or (slash and self.tokens[slash - 1].text not in {*BOUNDARY, "/"}):
            return False  # "prata med förskollärare och/eller barnmorska?"
        before = [self.tokens[i].lower for i in near]
        if after and (before[-1:] != ["/"] or len(after) > _SIGNATURE or after[0] not in _WHERE):
            return False  # "/bvc-ssk i Osby"
        return any(word in SIGNED for word in before)

    def _is_mine(self, m: Mention) -> bool:
        """ "Min kollega", "min roll", "vår barnmorska"; "vår familjecentral" doesn't say who asks."""
        if m.group != "who.possessive":
            return False
        near = [g for i in range(m.last, m.last + 2) for g in self.groups_at(i)]
        return any(g in ("who.colleague", "who.role_noun", "profession", "actor", "who.client") for g in near)

    def joined_parties(self, named: list[Mention]) -> bool:
        """ "En regionanställd barnmorska och en privat BVC-sköterska": the two first stand side by side."""
        if len(named) < 2:
            return False
        between = self.tokens[named[0].last : named[1].first]
        return 1 <= len(between) <= 4 and between[0].lower in ("och", "o", "samt", "&")

    def new_clause(self) -> None:
        """Forget what a clause's end ends; the other and both stay whom the text is about."""
        self.sentence_start = True
        self.to_open, self.after_role = False, False
        if self.last_party_end >= 0:
            self.forward = []  # not "Regionen. Bhv. …"
        if self.subject in ("client", "asker"):
            self.subject = ""

    def other(self) -> Draft:
        """The latest of the others; a new one when nobody has been named."""
        if not self.others:
            self.others.append(Draft())
        return self.others[-1]

    def about_asker(self) -> None:
        """From here the clause is about the asker."""
        self.subject, self.current = "asker", [self.asker]

    def about_both(self) -> None:
        """From here the clause is about the asker and the other."""
        self.two = True
        self.subject, self.current = "both", [self.asker, self.other()]
        self.names_other = True

    def employ_waiting(self) -> None:
        """Give the employers that stood before their party ("privat barnmorska") to it."""
        waiting = dict.fromkeys(employer for employer, negated in self.forward if not negated)
        if len(waiting) == len(self.current) == 2:
            for draft, employer in zip(self.current, waiting, strict=True):
                draft.employ(employer, False)  # "Region Skåne och Capio, två BVC-sköterskor"
            self.forward = []
        for employer, negated in self.forward:
            told = [draft for draft in self.current if draft.employer not in {None, employer}]
            one_each = len(self.current) == 2 and len(told) == 1 and not negated
            for draft in self.current:
                if not (one_each and draft in told):  # "en från regionen och en från det privata BVC:t"
                    draft.employ(employer, negated)
        self.forward = []

    def note_place(self, drafts: Iterable[Draft], at: int) -> None:
        """Note where each of the others was first named."""
        for draft in drafts:
            if any(draft is o for o in self.others) and len(self.places) < len(self.others):
                self.places.append(at)
