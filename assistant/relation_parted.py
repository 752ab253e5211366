"""Decides what parts the two though no "annan" says it: "hennes mottagning … och min", "under
kulturnämnden och jag inte", "sköterskan i Höör", "hon lades under sjukhuset och jag under …".

All that is stated here is a "no": it never waives consent.
"""

from __future__ import annotations

from assistant.relation_doubt import negated
from assistant.relation_names import names_board
from assistant.relation_pairs import FACT_OF, judged
from assistant.relation_sharing import says_same
from assistant.relation_text import RelationText, Stated
from assistant.vocabulary import Mention

_HERS = frozenset("""hennes hans hens deras""".split())
_MINE = frozenset("""min mitt vår vårt våran""".split())
_AND = frozenset("""och o å men fast medan , +""".split())
_PLACED = frozenset("""under vid på hos till i inom""".split())
_IN = frozenset("""i från på""".split())
_TOWARDS = frozenset("""med m till t""".split())
_PARTED = frozenset(["relation.unit", "relation.workplace_unit", "relation.board"])
_PERSONS = frozenset("""who.asker who.asker_group who.other who.colleague profession workplace""".split())
_PLACES = frozenset(["workplace", "relation.workplace_unit"])  # "jag på BVC i …" is about "jag"
_SELF = frozenset("""jag ja vi""".split())
_UNIT = frozenset("""enhet enheten vårdenhet avdelning mottagning""".split())
_MOVES = frozenset("""byter bytt bytte flyttar flyttat flyttade börjar börjat går gått""".split())
_NURSE = ("sköt", "sjuksköt", "ssk")
_A = frozenset("""en ett någon nån""".split())
_COMES = frozenset(["från"])
_ONE = frozenset("""en ena andra""".split())
_REACH = 9  # words from the person to the place


def read_parted(text: RelationText) -> list[Stated]:
    """Every "no" that follows of two different places, boards or owners."""
    return [
        *_hers_and_mine(text),
        *_not_i(text),
        *_organisations(text),
        *_towns(text),
        *_moved_to_board(text),
        *_named_units(text),
        *_one_in_each(text),
    ]


def _no(text: RelationText, at: int, fact: str) -> list[Stated]:
    return [] if negated(text, at) else [judged(text, at, fact, False)]


# ---------------------------------------------------------------------- one in each


def _one_in_each(text: RelationText) -> list[Stated]:
    """ "Två förskollärare, en inom socialtjänstens verksamhetsgren och en inom skolans"."""
    words = [token.lower for token in text.tokens]
    for at in (m.first for m in text.mentions if m.group in ("relation.branch", "relation.board")):
        span = text.sentence(at)
        ones = [i for i in span if words[i] in _ONE and words[i + 1 : i + 2] and words[i + 1] in _PLACED]
        if len(ones) == 2 and words[ones[0] + 2 : ones[0] + 3] != words[ones[1] + 2 : ones[1] + 3]:
            fact = "same_branch" if "relation.branch" in text.groups(at) else "same_board"
            return _no(text, at, fact)
    return []


# ---------------------------------------------------------------------- hers and mine


def _hers_and_mine(text: RelationText) -> list[Stated]:
    """ "Hennes mottagning hör till … och min till …": two units; not "hennes enhet är samma som min"."""
    out: list[Stated] = []
    for i in range(len(text.tokens)):
        noun = _noun(text, i + 1)
        sentence = text.sentence(i)
        if text.lower(i) not in _HERS or noun is None or says_same(text, sentence):
            continue
        if text.has(range(i - 2, i), "who.copula"):  # "vår enhet är också hennes enhet"
            continue
        if any(_mine_alone(text, k, noun) for k in sentence if not i <= k <= i + 1):
            out += _no(text, i, FACT_OF[noun.group.removeprefix("relation.")])
    return out


def _mine_alone(text: RelationText, at: int, noun: Mention) -> bool:
    """ "… och min hör till den här", "vår mottagning", not "… och min chef"."""
    if text.lower(at) not in _MINE or "who.copula" in text.groups(at - 1):
        return False  # "hennes enhet är vår enhet"
    following = _noun(text, at + 1)
    verb = "who.copula" in text.groups(at + 1) or text.ends_clause(at + 1) or text.lower(at + 1) in _PLACED
    return following.group == noun.group if following is not None else verb


def _noun(text: RelationText, at: int) -> Mention | None:
    if at in text.in_profession:
        return None
    return next((n for n in text.at.get(at, ()) if n.group in _PARTED), None)


# ---------------------------------------------------------------------- "… och jag inte"


def _not_i(text: RelationText) -> list[Stated]:
    """ "Hon hör till kulturnämnden och jag inte": what was said of the other isn't so of the asker."""
    out: list[Stated] = []
    for i in range(len(text.tokens) - 1):
        if text.lower(i) not in _SELF or "who.negation" not in text.groups(i + 1):
            continue
        if not text.ends_clause(i + 2) or text.lower(i - 1) not in _AND:
            continue
        before = range(text.sentence(i).start, i - 1)
        fact = next((f for k in reversed(before) if (f := _fact_at(text, k))), "")
        if fact and any(text.groups(k) & {"who.other", "who.colleague", "profession"} for k in before):
            out.append(judged(text, i, fact, False))
    return out


def _fact_at(text: RelationText, at: int) -> str:
    if names_board(text, at):
        return "same_board"
    noun = _noun(text, at)
    return FACT_OF[noun.group.removeprefix("relation.")] if noun else ""


# ---------------------------------------------------------------------- two owners, two towns


def _organisations(text: RelationText) -> list[Stated]:
    """ "Hon lades under kvinnosjukvården och jag under vårdcentralen": two units of one provider."""
    at = _two_of(text, "phrase.organisation")
    return _no(text, at, "same_unit") if at is not None else []


def _two_of(text: RelationText, group: str) -> int | None:
    """Where the second is named, if the asker's and the other's are two different ones."""
    found: dict[str, tuple[str, int]] = {}
    for m in text.mentions:
        if m.group == group and text.lower(m.first - 1) in _PLACED | _IN:
            found[_whose(text, m.first - 1)] = (text.tokens[m.first].stem, m.first)
    asker, other = found.get("asker"), found.get("other")
    if asker is None or other is None or asker[0] == other[0]:
        return None
    return max(asker[1], other[1])


def _whose(text: RelationText, at: int) -> str:
    """The person before a place in its sentence: "asker" (also "här i Hässleholm"), "other" or ""."""
    if text.lower(at - 1) == "här":
        return "asker"
    for i in range(at - 1, max(text.sentence(at).start, at - _REACH) - 1, -1):
        groups = text.groups(i)
        if groups & {"sharing.verbs", "who.client"}:
            return ""
        if groups & _PERSONS and not (groups & _PLACES and text.lower(i - 1) in _PLACED):
            mine = text.lower(i) == "ja" or groups & {"who.asker", "who.asker_group"} or text.of_the_asker(i)
            return "asker" if mine else "other"
    return ""


def _towns(text: RelationText) -> list[Stated]:
    """ "Ringa BVC-sköterskan i Eslöv": who is told apart by the town works elsewhere.

    Not where a "samma" is named, nor where the whole familjecentral lies there.
    """
    towns = [m for m in text.mentions if m.group == "phrase.town" and _at_a_place(text, m.first - 1)]
    everywhere = range(len(text.tokens))
    shared = text.has(everywhere, "phrase.same_family_centre_yes") or says_same(text, everywhere)
    if not towns or shared:
        return []
    at = _two_of(text, "phrase.town")
    worked = [t for t in towns if _works_there(text, t)] or towns
    alone = len({text.tokens[t.first].stem for t in worked}) == 1 and not _also_ours(text, towns, worked)
    if at is None and alone and any(_apart_there(text, town) for town in worked):
        at = worked[-1].first
    if at is None:
        at = _second_town(text, towns)
    if at is None:
        return []
    return [*_no(text, at, "same_unit"), judged(text, at, "elsewhere", True)]


def _apart_there(text: RelationText, town: Mention) -> bool:
    return _told_apart(text, town.first - 1) or _moves(text, town) or _instead(text, town)


def _also_ours(text: RelationText, towns: list[Mention], worked: list[Mention]) -> bool:
    """ "(Jag är) på familjecentralen i Höör. … på BVC i Höör"; not "familjen flyttar till Höör"."""
    stems = {text.tokens[t.first].stem for t in worked}
    return any(
        t not in worked and text.tokens[t.first].stem in stems and text.lower(t.first - 1) != "till"
        for t in towns
    )


def _works_there(text: RelationText, town: Mention) -> bool:
    """ "BVC i Eslöv", "sköterskan i Eslöv"; a family moves from another town to it."""
    return any(
        _ends_person(text, at) or _noun(text, at) is not None for at in (town.first - 1, town.first - 2)
    )


def _at_a_place(text: RelationText, before: int) -> bool:
    """ "I Eslöv", "bvc skurup"."""
    return text.lower(before) in _IN or _noun(text, before) is not None or _ends_person(text, before)


def _ends_person(text: RelationText, at: int) -> bool:
    nurse = text.lower(at).startswith(_NURSE) and "workplace" in text.groups(at)
    return nurse or any(p.last == at + 1 for p in text.named)


def _second_town(text: RelationText, towns: list[Mention]) -> int | None:
    """ "Får en BVC-sköterska i Eslöv … med en på BVC i Höör?": two places of work, each beside its own.

    Returns where the second one is named.
    """
    worked = {
        text.tokens[t.first].stem: t.first
        for t in towns
        for at in (t.first - 1, t.first - 2)
        if _ends_person(text, at) or _noun(text, at) is not None
    }
    return max(worked.values()) if len(worked) == 2 else None


def _moves(text: RelationText, town: Mention) -> bool:
    """ "Om hon byter till BVC i Lomma"."""
    before = range(text.clause(town.first).start, town.first - 1)
    works = _noun(text, town.first - 2) is not None
    return works and text.has(before, "who.other") and bool(text.words(before) & _MOVES)


def _instead(text: RelationText, town: Mention) -> bool:
    """ "Om jag frågar hon som är på regionens BVC i Sjöbo i stället?"."""
    sentence = text.sentence(town.first)
    works = _noun(text, town.first - 2) is not None and text.has(
        range(sentence.start, town.first), "who.other"
    )
    words = [text.lower(i) for i in sentence]
    return works and ("istället" in words or "stället" in words)


def _told_apart(text: RelationText, at: int) -> bool:
    """Whether the place tells which one is meant: "sköterskan i …", "barnmorskan på mottagningen i …"."""
    ends = [at]
    if _noun(text, at - 1) is not None:
        place = at - 3 if "employer" in text.groups(at - 2) else at - 2  # "på regionens BVC i …"
        if text.lower(place) in _PLACED | _COMES:
            ends.append(place)
    person = next((p for p in text.named if p.last in ends), None)
    if person is None or "who.possessive" in text.groups(person.first - 1):
        return False
    if person.last != at and text.lower(person.last) in _COMES:
        return True  # "en BVC-sköterska från regionens BVC i Höör"
    before = person.first - 1
    while before > 0 and (text.lower(before) in _A or "employer" in text.groups(before)):
        before -= 1  # "ringa regionens bvc-ssk i Dalby"
    if "sharing.verbs" in text.groups(before) or text.lower(before) in _TOWARDS:
        return True
    somebody = any(text.has(range(len(text.tokens)), g) for g in ("who.asker", "who.asker_group"))
    return somebody and any(text.tokens[i].text.endswith("n") for i in range(person.first, person.last))


# ---------------------------------------------------------------------- moved to another nämnd


def _moved_to_board(text: RelationText) -> list[Stated]:
    """ "Var under samma nämnd, men hennes tjänst flyttades till socialnämnden": no longer the same."""
    out: list[Stated] = []
    for m in text.mentions:
        if m.group != "phrase.moved" or not says_same(text, range(m.first)):
            continue
        near = range(m.last, min(m.last + 6, text.sentence(m.first).stop))
        goal = next((k for k in near if text.lower(k - 1) == "till" and names_board(text, k)), None)
        both = any(text.groups(k) & {"who.both", "who.asker_group"} for k in text.clause(m.first))
        if goal is not None and not both:
            out += _no(text, goal, "same_board")
    return out


# ---------------------------------------------------------------------- enhet Norr and enhet Söder


def _named_units(text: RelationText) -> list[Stated]:
    """ "Jag tillhör enhet Norr och Mirjam enhet Söder": two units by their names."""
    named: dict[str, int] = {}
    for m in text.mentions:
        name = text.tokens[m.last].text if m.last < len(text.tokens) else ""
        if (
            m.group == "relation.unit"
            and text.lower(m.first) in _UNIT
            and (name[:1].isupper() or name.isdigit())
        ):
            named.setdefault(name.lower(), m.first)
    return _no(text, max(named.values()), "same_unit") if len(named) > 1 else []
