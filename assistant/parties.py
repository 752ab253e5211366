"""Who is who: one pass over the tokens of a text, clause by clause.

The reader keeps track of whom the words are about: "jag är …" the asker, "med barnmorskan" or
"hon är …" the other, "vi är båda …" both. Employers attach to the party that they stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.clause_view import BOUNDARY, PARTY_GROUPS, ClauseView
from assistant.reading import Reading
from assistant.relations import RelationReading, Relations
from assistant.types import Employer, Party, Profession
from assistant.vocabulary import Mention, Token

# Words that may stand before the profession that opens a sentence ("Hej, privat barnmorska här …").
_PREPOSITIONS = frozenset("""med me till för åt av from från hos bland mot with to""".split())
_OWN_VERBS = frozenset("""jobbar arbetar är e sitter""".split())
_OPENERS = frozenset(
    """hej hejsan hallå god dag morgon en ett är e jobbar arbetar som privat privata privatanställd
    regionanställd offentlig kommunal kommunanställd ny nyanställd , ! i på""".split()
)
# Words that link a party with the employer after it ("barnmorska som är anställd av …").
_LINKS = frozenset(
    """anställd anställda av i hos för från på åt vid som är e jobbar arbetar inom offentligt en ett (
    / m den annan annat""".split()
)


@dataclass(slots=True)
class _Draft:
    """A party while it is being read."""

    profession: Profession | None = None
    weak: Profession | None = None  # from a workplace: "hon på MVC"
    employer: Employer | None = None
    not_employers: set[Employer] = field(default_factory=set)
    label: str = ""
    explicit: bool = False  # named by pronoun, not by position

    def empty(self) -> bool:
        return self.profession is None and self.weak is None and self.employer is None

    def party(self) -> Party:
        return Party(self.profession or self.weak, self.employer, self.label, frozenset(self.not_employers))


class PartyReader(ClauseView):
    """One pass over the tokens; ``subject`` is whom the clause is about."""

    def __init__(self, tokens: list[Token], mentions: list[Mention], between: RelationReading) -> None:
        super().__init__(tokens, mentions, between.used)
        self.between = between
        self.relations = between.relations()
        groups = {m.group for m in mentions}
        self.says_i = bool(groups & {"who.asker", "who.asker_group"}) or self._possessive(mentions)
        self.says_jag = bool(groups & {"who.asker", "who.asker_group"})
        self.pair = any(m.group == "who.between" for m in mentions)
        self.each = 0  # "en är privat och en är i regionen": how many have been told
        self.asker = _Draft(explicit=self.says_i)
        self.others: list[_Draft] = []
        self.subject: str = ""  # "asker", "other", "both", "client" or ""
        self.to_open = False  # a preposition of sharing stands before the next party
        self.current: list[_Draft] = []  # whom an employer attaches to
        self.last_party_end = -9
        self.forward: list[tuple[Employer, bool]] = []
        self.names_other = False
        self.two = False
        self.after_role = False
        self.sentence_start = True
        self.tentative: _Draft | None = None  # "vi är barnmorskor": the other too, unless named
        self.places: list[int] = []  # where each of the others was first named

    @staticmethod
    def _possessive(mentions: Iterable[Mention]) -> bool:
        return any(m.group == "who.possessive" for m in mentions)

    def walk(self) -> Reading:
        """The reading of the whole text."""
        at = 0
        self._elliptic_subject(0)
        while at < len(self.tokens):
            if self.tokens[at].text in BOUNDARY:
                self._new_clause()
                at += 1
                self._elliptic_subject(at)
                continue
            step = 1
            for mention in self.by_first.get(at, ()):
                step = max(step, self._take(mention))
            if self.tokens[at].lower not in _OPENERS and "employer" not in self.groups_at(at):
                self.sentence_start = False
            at += step
        self._apply_relations()
        return self._reading()

    def _elliptic_subject(self, at: int) -> None:
        """ "Jobbar på öppna förskolan. …": a statement that begins with its verb is about the asker."""
        if at >= len(self.tokens) or self.tokens[at].lower not in _OWN_VERBS:
            return
        end = next((t.text for t in self.tokens[at:] if t.text in BOUNDARY), ".")
        if end != "?" and self.asker.empty():
            self.subject, self.current, self.asker.explicit = "asker", [self.asker], True

    def _new_clause(self) -> None:
        self.sentence_start = True
        self.to_open, self.forward, self.after_role = False, [], False
        if self.subject in ("client", "asker"):
            self.subject = ""

    def _take(self, m: Mention) -> int:
        kind = m.group
        if kind in PARTY_GROUPS:
            return self._take_party(m)
        if kind == "employer":
            return self._take_employer(m)
        handler = {
            "who.asker": self._on_asker,
            "who.asker_group": self._on_group,
            "who.both": self._on_both,
            "who.other": self._on_other,
            "who.colleague": self._on_colleague,
            "who.client": self._on_client,
            "who.two": self._on_two,
            "who.to": self._on_to,
            "who.as_role": self._on_role,
            "who.possessive": self._on_possessive,
            "who.also": self._on_also,
            "sharing.verbs": self._on_verb,
        }.get(kind)
        if handler and m.first not in self.used:
            handler(m)
        return 1

    # ------------------------------------------------------------------ who the clause is about

    def _on_asker(self, m: Mention) -> None:
        if self.joined(m) and self._other_stands_at(m.first - 2):
            self.subject, self.current = "both", [self._other(), self.asker]
        elif self.word_before(m, {"som", "än", "as", "than"}) and self.others:
            return  # "på samma enhet som jag": the clause is still about the other
        elif self._with_a_name(m.last):
            self._both()
        elif not self.word_before(m, _PREPOSITIONS):
            self.subject, self.current = "asker", [self.asker]
        self.to_open = False

    def _other_stands_at(self, at: int) -> bool:
        """ "Hon och jag …", but not "hon är i regionen och jag …"."""
        groups = self.groups_at(at)
        return "who.other" in groups or "who.colleague" in groups or self.last_party_end == at + 1

    def _with_a_name(self, at: int) -> bool:
        """ "Jag och Karin är …"."""
        if at + 2 >= len(self.tokens) or self.tokens[at].lower not in ("och", "o", "&", "and"):
            return False
        named = self.tokens[at + 1].text[:1].isupper() and not self.groups_at(at + 1)
        return named and "who.copula" in self.groups_at(at + 2)

    def _on_group(self, m: Mention) -> None:
        self._on_asker(m)
        if self.subject == "asker" and self.plural_follows(m.last):
            self._both()
            self.tentative = self._other()

    def _on_possessive(self, m: Mention) -> None:
        follows = self.groups_at(m.last)
        if "who.role_noun" in follows:
            self.subject, self.current = "asker", [self.asker]
        elif any(g in PARTY_GROUPS for g in follows) and not self.at_place(m):
            self.subject, self.to_open = "", True

    def _on_both(self, m: Mention) -> None:
        if self.word_before(m, {"med", "me", "till", "för", "åt"}):
            return  # "dela med båda": both of the others
        beside = self.last_party_end == m.first and self.current == [self.asker]
        self._both()
        if beside and self.others[0].profession is None:
            self.others[0].profession = self.asker.profession  # "förskollärare båda två"

    def _both(self) -> None:
        self.two = True
        self.subject, self.current = "both", [self.asker, self._other()]
        self.names_other = True

    def _on_two(self, m: Mention) -> None:
        following = [g for i in range(m.last, m.last + 3) for g in self.groups_at(i)]
        if not any(g in PARTY_GROUPS or g == "employer" for g in following):
            return
        if self.word_before(m, {"med", "me", "till", "för", "åt"}) and not self.pair:
            self.to_open = True
            return
        self._both()

    def _on_other(self, m: Mention) -> None:
        if self.groups_at(m.last) and "who.colleague" in self.groups_at(m.last):
            return
        self.names_other = True
        other = self._other()
        if self.joined_to_asker(m):
            self.subject, self.current = "both", [self.asker, other]
        elif self.subject == "client" and not self.after_verb(m):
            self.current = []
        else:
            self.subject, self.current = "other", [other]
        self.to_open = False

    def _on_colleague(self, m: Mention) -> None:
        follows = self.groups_at(m.last)
        self.names_other = True
        if any(g == "profession" for g in follows):
            self.to_open = True
            return
        if self.others and not self.others[-1].empty() and self.to_open and self.coordinated(m):
            self.others.append(_Draft())
        both = self.joined_to_asker(m)
        other = self._other()
        self.subject = "both" if both else "other"
        self.current = [self.asker, other] if both else [other]
        self._flush_forward()
        self.to_open = False
        self.last_party_end = m.last

    def _on_client(self, m: Mention) -> None:
        if any(g.startswith("relation.") for g in self.groups_at(m.first)):
            return  # the "family" of "family centre"
        copula = any("who.copula" in self.groups_at(i) for i in range(m.last, m.last + 3))
        if (
            copula
            and not self.to_open
            and not self.word_before(m, {"med", "om", "till", "för", "från", "av"})
        ):
            self.subject, self.current = "client", []
        if self.word_before(m, _PREPOSITIONS):
            self.to_open = False  # "vårdrelation med barnet": the client isn't who it's shared with

    def _on_to(self, m: Mention) -> None:
        word = self.tokens[m.first].lower
        if word in ("med", "me", "till", "för", "åt", "with", "to", "m", "from", "från", "av", "hos"):
            linked = word in ("av", "hos", "för", "från", "from", "åt", "till") and self.after_copula(m.first)
            self.to_open = not linked

    def _on_role(self, m: Mention) -> None:
        if not self.subject and not self.to_open and self.tokens[m.first].lower != "roll":
            self.after_role = True

    def _on_verb(self, _: Mention) -> None:
        if self.subject == "asker":
            self.subject = ""

    def _on_also(self, m: Mention) -> None:
        ends = m.last >= len(self.tokens) or self.tokens[m.last].text in ".?!,"
        if ends and self.subject == "other" and self.others and self.others[-1].employer is None:
            self.others[-1].employer = self.asker.employer

    # ----------------------------------------------------------------------- parties, employers

    def _take_party(self, m: Mention) -> int:
        if m.first in self.used and m.group != "workplace":
            return m.last - m.first
        if self.negated(m.first):
            return m.last - m.first
        profession = Profession.OTHER if m.group == "actor" else Profession(m.value)
        weak = m.group == "workplace"
        if not weak and self._opens_as_asker(m):
            self.subject, self.to_open, self.asker.explicit = "asker", False, True
        if self.subject == "client":
            return m.last - m.first
        drafts = self._drafts_for(m, weak, profession)
        for draft in drafts:
            if weak:
                draft.weak = draft.weak or profession
            elif draft.profession is None or not (m.group == "actor" and draft is self.asker):
                draft.profession = profession
                draft.label = m.value if m.group == "actor" else ""
        if drafts:
            self._note_place(drafts, m.first)
            self.current = drafts
            self.last_party_end = m.last
            self._flush_forward()
        if not weak:
            self.to_open = self.to_open and self.and_follows(m.last)
        self.after_role = False
        return m.last - m.first

    def _drafts_for(self, m: Mention, weak: bool, profession: Profession) -> list[_Draft]:
        """Whom a profession (or a workplace) standing here describes."""
        if self.after_role and self.subject != "both" and not self.to_open:
            self.subject = "asker"
            self.asker.explicit = True
            return [self.asker]
        if self.subject == "asker" and not self.to_open:
            known = self.asker.profession is not None and not self._repeats(self.asker, profession, m)
            if weak or not (known or self._somebody_else(m)):
                return [self.asker]
            self.subject = "other"
            return [self._next_other(m, profession)]
        if self.subject == "both":
            return [self.asker, self._other()]
        named = self._named_before(m, profession)
        if named or (self.current and self._repeats(self.current[-1], profession, m)):
            return [named] if named else self.current
        if self.subject == "other" and not (self.to_open and self.coordinated(m)):
            return [self._counterpart(profession, weak)]
        if weak and self.current and not self.to_open and self._near(m.first):
            return self.current
        find = self._next_other if self.to_open else self._by_position
        return [find(m, profession)]

    def _somebody_else(self, m: Mention) -> bool:
        """A definite form that isn't what the asker says to be: "det är BVC-sköterskan också"."""
        says_so = m.first >= 2 and "who.copula" in self.groups_at(m.first - 1)
        return self.definite(m) and not (says_so and "who.asker" in self.groups_at(m.first - 2))

    def _named_before(self, m: Mention, profession: Profession) -> _Draft | None:
        """ "BHV-sjuksköterskan och barnmorskan är …": definite forms of two who are known already."""
        parties = [self.asker, *self.others]
        before = self.last_party_end == m.first - 1 and self.joined(m)
        after = "profession" in self.groups_at(m.last + 1) and self.tokens[m.last].lower == "och"
        known = len({p.profession for p in parties} - {None}) == len(parties) == 2
        if self.to_open or not (self.definite(m) and known and (before or after)):
            return None
        return next((p for p in parties if p.profession is profession), None)

    def _counterpart(self, profession: Profession, weak: bool) -> _Draft:
        """ "Kuratorn är socionom. Hon frågar förskolläraren …": a second profession is the other
        side where nobody says "jag"."""
        other = self._other()
        differs = not weak and other.profession not in (None, profession)
        return self.asker if differs and self.asker.empty() and not self.says_jag else other

    def _by_position(self, m: Mention, profession: Profession) -> _Draft:
        """A party without any sign: the first is the asker (when nobody says "jag")."""
        if not self.says_i and self.asker.empty() and not self.others:
            return self.asker
        if self.coordinated(m) and self.others and not self.others[-1].empty() and not self.pair:
            return self._next_other(m, profession)
        if not self.says_i and not self.others and self.asker.profession is None:
            return self.asker
        return self._next_other(m, profession)

    def _next_other(self, m: Mention, profession: Profession) -> _Draft:
        self.names_other = True
        if self.pair and not self.says_i and self.asker.empty():
            return self.asker
        if self.tentative is not None and self.others:
            self.others[-1], self.tentative = _Draft(), None
            self.subject = "other"
            return self.others[-1]
        if not self.others:
            self.others.append(_Draft())
            return self.others[-1]
        last = self.others[-1]
        if last.profession is None or last.profession is profession:
            return last
        if self.coordinated(m) and not (self.pair and self.asker.empty()):
            self.others.append(_Draft())
        elif profession is not Profession.OTHER and last.profession is not Profession.OTHER:
            if self.asker.empty() and not self.says_i:
                return self.asker
            self.others.append(_Draft())
        return self.others[-1]

    def _take_employer(self, m: Mention) -> int:
        if m.first in self.between.unsure:
            return m.last - m.first
        employer = Employer(m.value)
        negated = self.negated(m.first)
        elsewhere = self.between.elsewhere.intersection(range(m.first, m.last))
        if elsewhere and not self._both_of_them(m.first) and not self._adjacent_party(m.first):
            self.names_other = True
            _set_employer(self._other(), employer, False)
            return m.last - m.first
        if "who.both" in self.groups_at(m.last) and not self.current:
            self._both()
        if self._both_of_them(m.first):
            self.current = [self.asker, self._other()]
        if not self._adjacent_party(m.first) and self.party_follows(m.last):
            self.forward.append((employer, negated))
            return m.last - m.first
        for draft in self._employer_targets(m.first):
            _set_employer(draft, employer, negated)
        return m.last - m.first

    def _one_of_both(self, at: int) -> list[_Draft]:
        """ "Två BVC-sköterskor, en i regionen och en som är privat": each employer is one's own."""
        if len(self.current) != 2 or not self.two:
            return []
        window = [t.lower for t in self.tokens[max(0, at - 4) : at]]
        if not any(w in ("en", "ena", "ene", "andra", "andre") for w in window):
            return []
        self.each += 1
        return [self.current[0] if self.each == 1 else self.current[1]]

    def _employer_targets(self, at: int) -> list[_Draft]:
        if self.subject == "client":
            return []
        if one := self._one_of_both(at):
            return one
        if self.current:
            return self.current
        if self.to_open or self.others:
            self.names_other = True
            return [self._other()]
        return [self.asker] if self.says_i else []

    def _flush_forward(self) -> None:
        for employer, negated in self.forward:
            for draft in self.current:
                _set_employer(draft, employer, negated)
        self.forward = []

    def _other(self) -> _Draft:
        if not self.others:
            self.others.append(_Draft())
        return self.others[-1]

    def _near(self, at: int) -> bool:
        return at - self.last_party_end <= 3

    def _adjacent_party(self, at: int) -> bool:
        """Whether only linking words stand between the last party and this place."""
        between = self.tokens[max(0, self.last_party_end) : at]
        if self.last_party_end < 0 or len(between) > 4:
            return False
        return all(t.lower in _LINKS for t in between)

    def _both_of_them(self, at: int) -> bool:
        """ "En barnmorska och en BVC-sköterska anställda av …", "… hos varsin privat vårdgivare"."""
        window = {t.lower for t in self.tokens[max(0, at - 4) : at]}
        plural = window & {
            "anställda",
            "varsin",
            "varsitt",
            "varsina",
            "två",
            "olika",
            "båda",
            "bägge",
            "sin",
            "sitt",
        }
        if not plural or not self.others or self.others[-1].empty() or self.asker.empty():
            return False
        return self.asker.employer is None and self.others[-1].employer is None

    def _opens_as_asker(self, m: Mention) -> bool:
        """ "Barnmorska här. …", "Är BVC-sköterska i regionen, …": an indefinite form that opens a
        sentence is who writes, when "jag" stands elsewhere or nobody else has been named."""
        if not self.sentence_start or self.to_open or self.asker.profession is not None:
            return False
        before = self.tokens[m.first - 1].lower if m.first else ""
        bare = not self.definite(m) and before not in (
            "en",
            "ett",
            "den",
            "vår",
            "min",
            "regionens",
            "kommunens",
            "bolagets",
        )
        elliptic = before in ("är", "e", "jobbar", "arbetar", "som") or self.verb_opens(m.first)
        return bare and (self.says_i or elliptic) and self.subject in ("", "asker")

    def _repeats(self, draft: _Draft, profession: Profession, m: Mention) -> bool:
        between = self.tokens[max(0, self.last_party_end) : m.first]
        return draft.profession is profession and all(t.text in "(,/=" for t in between)

    def _note_place(self, drafts: list[_Draft], at: int) -> None:
        for draft in drafts:
            if any(draft is o for o in self.others) and len(self.places) < len(self.others):
                self.places.append(at)

    # ----------------------------------------------------------------------------------- finish

    def _apply_relations(self) -> None:
        """ "En annan BVC-sköterska" says that the asker is one too; "varandra" that both are."""
        if self.relations.same_kind and self.others and self.asker.profession is None:
            self.asker.profession = self.others[0].profession
        if self.relations.other_employer_elsewhere and self.others:
            self.others[0].employer = self.others[0].employer or Employer.OTHER
        if self.pair and all(o.empty() for o in self.others) and self.asker.profession is not None:
            self.others = [_Draft(self.asker.profession, None, self.asker.employer)]

    def _reading(self) -> Reading:
        asker, others = self.asker, [d for d in self.others if not d.empty() or d.not_employers]
        third_person = not self.says_i and not asker.explicit
        if third_person and not others and not asker.empty() and not self.two:
            asker, others, self.names_other = _Draft(), [asker], True
        return Reading(
            asker=asker.party(),
            others=tuple(d.party() for d in others),
            relations=self.relations,
            third_person=third_person,
            names_other=self.names_other or bool(others),
            own_relations=self._own_relations(len(others)),
        )

    def _own_relations(self, count: int) -> tuple[Relations, ...]:
        """What is said of each of several recipients; what is said of all where it isn't parted."""
        if count < 2 or len(self.places) != count:
            return ()
        ends = [*self.places[1:], 10**6]
        parts = [self.between.relations(a, b) for a, b in zip([0, *self.places[1:]], ends, strict=True)]
        if all(part == Relations() for part in parts[:-1]):
            return ()
        return tuple(parts)


def _set_employer(draft: _Draft, employer: Employer, negated: bool) -> None:
    if negated:
        draft.not_employers.add(employer)
        if draft.employer is employer:
            draft.employer = None
    elif draft.employer is None or employer is not draft.employer:
        draft.employer = employer
