"""The text as the reading of relations sees it: what stands at a place, in its clause, in its sentence.

Decides only where a clause and a sentence end, and who was mentioned last before a place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.clause_view import longest_parties
from assistant.vocabulary import Mention, Token

SENTENCE_ENDS = frozenset(".;?!\n")
_CLAUSE_ENDS = frozenset([*SENTENCE_ENDS, ",", "(", ")", ":"])
CONTRASTS = frozenset("""men fast utan medan däremot dock but""".split())
_PERSON_GROUPS = frozenset(
    ["who.asker", "who.asker_group", "who.other", "who.colleague", "who.client", "profession", "actor"]
)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stated:
    """One relation as stated at one place of the text."""

    at: int  # token
    fact: str
    value: bool | None  # None: said to be open ("vet inte om det är samma enhet")
    weak: bool = False  # "på vår enhet": holds unless anything speaks against it
    past: bool = False  # "förut": tells nothing of today
    turn: bool = False  # "men nu": what was said before no longer holds


class RelationText:
    """Tokens with the mentions that begin at each of them, and the looks around that are needed."""

    def __init__(self, tokens: list[Token], mentions: list[Mention]) -> None:
        self.tokens = tokens
        verbs = {m.first for m in mentions if m.group == "relation.no_board"}  # "mamman nämnde"
        mentions = [m for m in mentions if m.group != "relation.board" or m.first not in verbs]
        self.mentions = mentions
        self.named = [m for m in longest_parties(mentions) if m.group in ("profession", "actor")]
        self.at: dict[int, list[Mention]] = {}
        for m in mentions:
            self.at.setdefault(m.first, []).append(m)
        self.in_profession = {
            i for m in mentions if m.group in ("profession", "actor") for i in range(m.first, m.last)
        }
        # Asked for again and again, and always the same.
        self._groups = {i: frozenset(m.group for m in found) for i, found in self.at.items()}
        self._clauses: dict[int, range] = {}
        self._sentences: dict[int, range] = {}

    def groups(self, at: int) -> frozenset[str]:
        """The groups of the mentions that begin at a token."""
        return self._groups.get(at, _NONE)

    def lower(self, at: int) -> str:
        """The word at a place in lower case; "" outside the text."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def ends_clause(self, at: int) -> bool:
        """Whether a clause ends here: punctuation, "men", or the text's end."""
        word = self.lower(at)
        return not word or word in _CLAUSE_ENDS or word in CONTRASTS

    def clause(self, at: int) -> range:
        """The tokens of the clause around a place, between punctuation and "men"."""
        if at not in self._clauses:
            self._clauses[at] = self._stretch(at, self.ends_clause)
        return self._clauses[at]

    def sentence(self, at: int) -> range:
        """The tokens of the sentence around a place."""
        if at not in self._sentences:
            self._sentences[at] = self._stretch(
                at, lambda i: not self.lower(i) or self.lower(i) in SENTENCE_ENDS
            )
        return self._sentences[at]

    def _stretch(self, at: int, ends: Callable[[int], bool]) -> range:
        first, last = at, at
        while first > 0 and not ends(first - 1):
            first -= 1
        while last < len(self.tokens) and not ends(last):
            last += 1
        return range(first, last)

    def is_question(self, at: int) -> bool:
        """Whether the sentence around a place ends with a question mark."""
        return self.lower(self.sentence(at).stop) == "?"

    def has(self, span: range, group: str) -> bool:
        """Whether a mention of the group begins inside the span."""
        return any(group in self.groups(i) for i in span)

    def words(self, span: range) -> set[str]:
        """The words of a span in lower case."""
        return {self.lower(i) for i in span}

    def last_person(self, before: int, span: range) -> str:
        """Whom the words before a place name last: "asker", "client", "other" or "".

        "Jag som barnmorska …" is about the asker all the same.
        """
        for i in range(before - 1, span.start - 1, -1):
            named = self.groups(i) & _PERSON_GROUPS
            if not named:
                continue
            if named & {"who.asker", "who.asker_group"}:
                return "asker"
            if named & {"profession", "actor"} and self.of_the_asker(i):
                return "asker"
            return "client" if named == {"who.client"} else "other"
        return ""

    def of_the_asker(self, at: int) -> bool:
        """Whether the profession at a place is the asker's own: "jag är barnmorska"."""
        around = range(max(0, at - 4), at)
        if any(self.lower(i) in ("med", "till", "för", "åt", "från", "av") for i in around):
            return False
        return any("who.asker" in self.groups(i) for i in around)
