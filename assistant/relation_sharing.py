"""Decides what "dela" says of the two: "vi delar enhet" is one enhet, "dela enhetens uppgifter" and
"regionen delade enheten" are not."""

from __future__ import annotations

from assistant.relation_text import RelationText
from assistant.vocabulary import Mention

_SHARED = frozenset("""dela delar delade delat delad delas delades""".split())
_PEOPLE = frozenset("""jag ja vi hon han hen de dom ju också oxå""".split())
_GOES_ON = frozenset("""med m och o å som i på men fast nu idag sedan sen här igen""".split())
_DEFINITE = ("en", "ens", "na", "nas")
_SEVERE = frozenset(["relation.unit", "relation.workplace_unit", "relation.board"])  # consent hangs on them


def is_sharing(text: RelationText, m: Mention) -> bool:
    """Whether a "samma" is in fact a form of "dela"."""
    return text.lower(m.first) in _SHARED


def thing_shared(text: RelationText, m: Mention) -> int | None:
    """Where the noun stands that the two share: bare, right after the verb and its subject."""
    at = m.last
    while text.lower(at) in _PEOPLE or "who.negation" in text.groups(at):
        at += 1
    nouns = [n for n in text.at.get(at, ()) if n.group.startswith("relation.")]
    if not nouns:
        return None
    last = max(n.last for n in nouns)
    word = text.lower(last - 1)
    genitive = word.endswith("s") and word != "hus"
    definite = word.endswith(_DEFINITE) and any(n.group in _SEVERE for n in nouns)
    goes_on = text.ends_clause(last) or text.lower(last) in _GOES_ON
    return at if goes_on and not (genitive or definite) else None


def says_same(text: RelationText, span: range) -> bool:
    """Whether "samma" stands in a span; "dela" is no "samma" here."""
    said = (i for i in span if "relation.same" in text.groups(i) and text.lower(i) not in _SHARED)
    return any("who.client" not in text.groups(i + 1) for i in said)  # not "samma barn"
