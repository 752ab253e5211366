"""What stands around a place of a text: the looks back and ahead that reading the parties needs."""

from __future__ import annotations

from collections.abc import Set

from assistant.vocabulary import Mention, Token

PARTY_GROUPS = ("profession", "actor", "workplace")
BOUNDARY = frozenset(".?!;\n:")
_AND = frozenset(["och", "å", "oh", "samt", "o", "and", "&"])
_LISTING = frozenset([*_AND, "eller", "/", "or", "respektive", "resp"])
# "Jag köper inte att jag …", "vet inte om barnmorskan …"
_NOT_DENIED_BEYOND = frozenset("""utan men fast och att varför om ifall huruvida""".split())

_PLACED = frozenset(["på", "i", "inom"])
_INVERTED = frozenset(["blev", "har", "hade", "fick", "har", "gör", "kör"])


class ClauseView:
    """Tokens with the mentions that begin at each of them."""

    def __init__(self, tokens: list[Token], mentions: list[Mention], used: frozenset[int]) -> None:
        self.tokens = tokens
        self.used = used  # tokens understood as a relation ("samma", "annan")
        self.by_first: dict[int, list[Mention]] = {}
        for m in longest_parties(mentions):
            self.by_first.setdefault(m.first, []).append(m)

        self.covers: dict[int, list[Mention]] = {}
        for m in (m for ms in self.by_first.values() for m in ms):
            for i in range(m.first, m.last):
                self.covers.setdefault(i, []).append(m)

    def covering(self, at: int) -> list[Mention]:
        """The mentions that a token is part of."""
        return self.covers.get(at, [])

    def groups_at(self, at: int) -> list[str]:
        return [m.group for m in self.by_first.get(at, ())]

    def word_before(self, m: Mention, words: Set[str]) -> bool:
        return m.first > 0 and self.tokens[m.first - 1].lower in words

    def coordinated(self, m: Mention) -> bool:
        window = [t.lower for t in self.tokens[max(0, m.first - 4) : m.first]]
        return any(
            w in ("och", "samt", "o", "and", "eller", "&", "/", "or", "respektive", ",") for w in window
        )

    def joined(self, m: Mention) -> bool:
        return self.word_before(m, {"och", "å", "samt", "and", "o", "&"})

    def joined_to_asker(self, m: Mention) -> bool:
        """ "Jag och hon …", "jag och min kollega …"."""
        at = m.first - 1
        while at >= 0 and self.tokens[at].lower in ("min", "en", "den"):
            at -= 1
        joined = at >= 1 and self.tokens[at].lower in ("och", "samt", "and", "o", "&")
        return joined and "who.asker" in self.groups_at(at - 1)

    def and_follows(self, at: int) -> bool:
        window = [t.lower for t in self.tokens[at : at + 6]]
        return any(w in _LISTING for w in window)

    def plural_follows(self, at: int) -> bool:
        """ "Vi är BVC-sköterskor …", "vi barnmorskor": the clause speaks of several of a kind."""
        # "är vi likadana: BVC-sköterskor båda två"
        copula = self.tokens[min(at + 1, len(self.tokens) - 1)].text == ":" and self.after_copula(at - 1)
        for i in range(at, min(at + 6, len(self.tokens))):
            groups = self.groups_at(i)
            copula = copula or "who.copula" in groups
            if "sharing.verbs" in groups or "who.to" in groups:
                return False
            for m in self.by_first.get(i, ()):
                if m.group == "profession":
                    return copula and self.tokens[m.last - 1].lower.endswith(("or", "er", "ssk", "are"))
        return False

    def verb_opens(self, at: int) -> bool:
        start = at
        while start > 0 and self.tokens[start - 1].text not in BOUNDARY:
            start -= 1
        return self.tokens[start].lower in ("är", "jobbar", "arbetar")

    def party_follows(self, at: int) -> bool:
        for i in range(at, min(at + 3, len(self.tokens))):
            groups = self.groups_at(i)
            if any(g in PARTY_GROUPS or g == "who.colleague" for g in groups):
                return i not in self.used or "profession" in groups
            if self.tokens[i].text in ",.;?!+&/→" or any(
                g in ("who.copula", "who.to", "who.as_role", "who.other", "who.asker", "sharing.verbs")
                for g in groups
            ):
                return False
            if self.tokens[i].lower in ("och", "eller", "men", "fast", "på", "vid", "samma", "i"):
                return False
        return False

    def after_copula(self, at: int) -> bool:
        return any("who.copula" in self.groups_at(i) for i in range(max(0, at - 3), at))

    def after_verb(self, m: Mention) -> bool:
        return any("sharing.verbs" in self.groups_at(i) for i in range(max(0, m.first - 4), m.first))

    def definite(self, m: Mention) -> bool:
        """ "Barnmorskan", "förskolläraren": somebody known, seldom the one who writes."""
        word = self.tokens[self._head(m)].text.lower()
        return word.endswith(("an", "en", "rn", "na", "et", ":n")) and not word.endswith("män")

    def _head(self, m: Mention) -> int:
        """The word that says who, in "pedagog på öppna förskolan" the first."""
        inside = range(m.first + 1, m.last - 1)
        return next((i - 1 for i in inside if self.tokens[i].lower in _PLACED), m.last - 1)

    def at_place(self, m: Mention) -> bool:
        following = self.groups_at(m.last)
        only_place = "workplace" in following and "profession" not in following
        return only_place and self.word_before(m, {"på", "vid", "i", "inom", "at", "in"})

    def at_own_place(self, m: Mention) -> bool:
        """ "På BVC blev vi uppköpta", "på MVC sitter jag": where the asker works."""
        if not self.word_before(m, {"på", "vid", "inom", "hos"}) or m.last + 1 >= len(self.tokens):
            return False
        groups = self.groups_at(m.last + 1)
        verb = self.tokens[m.last].lower in _INVERTED or "who.copula" in self.groups_at(m.last)
        return verb and ("who.asker" in groups or "who.asker_group" in groups)

    def negated(self, at: int) -> bool:
        for i in range(at - 1, max(-1, at - 6), -1):
            token = self.tokens[i]
            if token.text in ",.;?!:" or token.lower in _NOT_DENIED_BEYOND:
                return False
            if "who.negation" in self.groups_at(i):
                return True
            if any(g in (*PARTY_GROUPS, "sharing.verbs") for g in self.groups_at(i)):
                return False  # "att jag inte får prata med barnmorskan": it's the telling that is denied
        return False


def longest_parties(mentions: list[Mention]) -> list[Mention]:
    """Without the party and employer mentions that lie inside a longer one ("bvc" in "bvc ssk")."""
    naming = [m for m in mentions if m.group in (*PARTY_GROUPS, "employer")]
    rank = {"profession": 0, "actor": 1, "employer": 2, "workplace": 3}

    def beaten(m: Mention) -> bool:
        return any(
            n is not m
            and n.first <= m.first
            and m.last <= n.last
            and ((n.last - n.first) > (m.last - m.first) or rank[n.group] < rank[m.group])
            for n in naming
        )

    kept = [m for m in naming if not beaten(m)]
    return sorted(
        [m for m in mentions if m.group not in rank] + kept, key=lambda m: (m.first, m.group in rank)
    )
