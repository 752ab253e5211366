"""Decides what the names of nämnder, BVC and municipalities tell: two different ones are two."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.relation_doubt import doubtful, elsewhere_in_text, in_the_past, negated
from assistant.relation_others import of_two_by_name
from assistant.relation_text import CONTRASTS, RelationText, Stated

_BOARD_WORD = re.compile(r"(.+?)s?(?:nämnd|nämd|förvaltning)(?:en|ens|s)?$")
_BOARD_ABBREVIATIONS = {"bun": "utb", "bou": "utb"}
_BOARD_STEM = 3  # letters: "utb nämnden" is utbildningsnämnden
_PLACE_NOUN = re.compile(
    r"(?:bvc|bvcn|vc|barnavårdscentral|vårdcentral|mottagning|enhet|barnmorskemottagning|förskolan?)(?:en|ens|s)?$"
)
_UNIT = re.compile(r"enhet(?:en|ens|s)?$")
_CENTRES = frozenset("""familjecentralen familjecentral fc""".split())
_IN = frozenset("""i på""".split())
_SINGLE = frozenset("""jag ja hon han hen""".split())
_SORTS = frozenset("""lyder hör ligger sorterar går""".split())
_PLURALS = frozenset("""vi båda bägge det""".split())
_LIKE = frozenset("""som liksom""".split())
_BEFORE_LIKE = frozenset(["precis", "just", "likt", "exakt", ","])
_COUNTS = frozenset("""två tre fyra 2 3 4""".split())
_UNDER = frozenset("""under inom i från på""".split())
_ONE_OF_THEM = frozenset([("jag", "är", "en", "av", "dem"), ("jag", "är", "en", "av", "dom")])
_FROM = frozenset("""från på i vid till hos""".split())
_AND = frozenset("""och o medan å""".split())
_MUNICIPAL = frozenset(["förskollärare", "socionom"])
_HEALTH = frozenset(["BHV-sjuksköterska", "barnmorska"])


def read_boards(text: RelationText) -> list[Stated]:
    """Two named nämnder are different; one that "båda" hör till is the same."""
    names = [(key, at) for key, at in _boards(text) if not doubtful(text, at) and not in_the_past(text, at)]
    keys = {key for key, _ in names}
    if not names:
        return []
    at = names[-1][1]
    if len(keys) > 1:
        return [Stated(at, "same_board", False)]
    said = any(_of_both(text, a) and not of_two_by_name(text, a) for _, a in names)
    if said and not any(negated(text, a) for _, a in names):
        return [Stated(at, "same_board", True)]
    return []


def names_board(text: RelationText, at: int) -> bool:
    """Whether a named nämnd begins at a token: "socialnämnden", "barn- och utbildning"."""
    return "phrase.board_names" in text.groups(at) or is_board_word(text.lower(at))


def is_board_word(word: str) -> bool:
    """Whether a lower-case word is one nämnd's name: "skolnämnden", not "nämnden"."""
    found = _BOARD_WORD.match(word)
    return bool(found and len(found[1]) >= _BOARD_STEM)


def _boards(text: RelationText) -> list[tuple[str, int]]:
    """The named nämnder, "barn- och utbildningsnämnden" once: (name's first letters, place)."""
    out: list[tuple[str, int]] = []
    end = 0
    for i in range(len(text.tokens)):
        lasts = [m.last for m in text.at.get(i, ()) if m.group == "phrase.board_names"]
        if i < end or not names_board(text, i):
            continue
        end = max([i + 1, *lasts])
        name = next((w for k in range(end - 1, i - 1, -1) if (w := _board_name(text.lower(k)))), "")
        out.append((_BOARD_ABBREVIATIONS.get(name, name[:_BOARD_STEM]), i))
    return out


def _board_name(word: str) -> str:
    match = _BOARD_WORD.match(word)
    name = match[1] if match else word
    return "" if name in ("nämnden", "nämnd", "och", "o") else name


def _of_both(text: RelationText, at: int) -> bool:
    """ "Vi hör båda till …", "både jag och Malin"; not "jag hör till … Vi är båda förskollärare"."""
    clause = text.clause(at)
    both = any(text.groups(i) & {"who.both", "phrase.all"} or text.lower(i) == "både" for i in clause)
    if _like_hers(text, at) or _both_she_and_i(text, at) or _told_of_each(text, at):
        return True
    if _i_and_she_are_under(text, at):
        return True
    if not both and not _of_counted(text, at) and not _counted_under(text, at):
        return False
    alone = [i for i in clause if text.lower(i) in _SINGLE and not _joined_person(text, i)]
    return not [i for i in alone if not _says_yes(text, i)]


def _i_and_she_are_under(text: RelationText, at: int) -> bool:
    """ "Jag och min kollega, också förskollärare, lyder under barn- och utbildningsnämnden"."""
    sentence = text.sentence(at)
    subject = [text.lower(i) for i in sentence][:3]
    colleague = text.groups(sentence.start + 3) & {"who.colleague", "profession"}
    joined = subject[:2] == ["jag", "och"] and (
        subject[2:] == ["hon"] or (subject[2:] == ["min"] and colleague)
    )
    verb = text.lower(at - 2) if text.lower(at - 1) in _UNDER else ""
    alone = sum(text.lower(i) in _SINGLE for i in range(sentence.start, at)) == 1 + (subject[2:] == ["hon"])
    plain = not text.has(range(sentence.start, at), "who.negation")
    return bool(joined) and verb in _SORTS and alone and plain


def _says_yes(text: RelationText, at: int) -> bool:
    """ "Ja vi hör båda till …": not "jag"."""
    opens = at == text.sentence(at).start
    return opens and text.lower(at) == "ja" and text.lower(at + 1) in _PLURALS


def _both_she_and_i(text: RelationText, at: int) -> bool:
    """ "Barn- och utbildningsnämnden, både hon och jag": the clause after tells whose it is."""
    words = [text.lower(i) for i in range(at, text.sentence(at).stop)]
    end = 1 + next((i for i, word in enumerate(words) if word == ","), len(words))
    if words[end : end + 1] in (["båda"], ["bägge"]) and words[end + 1 : end + 2] in ([], ["två"]):
        return True  # "ja, socialnämnden, båda två"
    there = next((i for i, word in enumerate(words) if word == "där"), len(words))
    near = set(words[there : there + 4])
    if near & {"båda", "bägge"} and near & {"vi", "jag"}:
        return True  # "under X-nämnden, där båda vi förskollärare är anställda"
    both = next((at + i for i, word in enumerate(words) if word == "både"), None)
    if both is None:
        return False
    said = [text.lower(i) for i in range(both + 1, both + 5)]
    return bool(_AND.intersection(said)) and bool({"jag", "ja"}.intersection(said))


def _told_of_each(text: RelationText, at: int) -> bool:
    """ "Jag, förskollärare under barnnämnden, … min efterträdare, också förskollärare under barnnämnden"."""
    if any(m.group in ("phrase.town", "relation.municipality") for m in text.mentions):
        return False  # the nämnd of another town may have the same name
    told = [i for key, i in _boards(text) if any(m.last == i - 1 for m in text.named)]
    return len(told) == 2 and at in told and text.of_the_asker(told[0] - 2)


def _like_hers(text: RelationText, at: int) -> bool:
    """ "Jag är förskollärare under skolnämnden, precis som min kollega", "hon är …, precis som jag"."""
    words = [text.lower(i) for i in range(at, text.sentence(at).stop)]
    like = next((at + i for i, word in enumerate(words) if word in _LIKE), None)
    if like is None:
        return False
    near = {g for i in range(like + 1, like + 4) for g in text.groups(i)}
    about_her = text.last_person(at, text.clause(at)) == "other" and "who.asker" in text.groups(like + 1)
    somebody = bool(near & {"who.other", "who.colleague", "profession"}) or about_her
    return somebody and text.lower(like - 1) in _BEFORE_LIKE


def _of_counted(text: RelationText, at: int) -> bool:
    """ "Vi är två förskollärare … Skolnämnden har anställt oss": "oss" are those who were counted."""
    counted = any(
        "who.asker_group" in text.groups(i)
        and any(text.lower(k) in _COUNTS for k in range(i + 1, i + 3))
        and not text.has(range(i, i + 3), "who.negation")
        for i in range(at)
    )
    ours = text.has(text.clause(at), "who.asker_group") and text.has(text.clause(at), "phrase.employed")
    return counted and ours and not elsewhere_in_text(text, since=text.sentence(at).start)


def _counted_under(text: RelationText, at: int) -> bool:
    """ "Vi är två förskollärare under X-nämnden", "här jobbar två … under X-nämnden. Jag är en av dem"."""
    start = text.clause(at).start
    counts = [i for i in range(start, at) if text.lower(i) in _COUNTS]
    towns = [m for m in text.mentions if m.group in ("phrase.town", "relation.municipality")]
    if (
        not counts
        or len(towns) > 1
        or text.lower(at - 1) not in _UNDER
        or text.has(range(start, at), "who.negation")
    ):
        return False
    people = [i for i in range(counts[0], at) if i in text.in_profession]
    if not people or people[-1] != at - 2:
        return False
    we = any("who.asker_group" in text.groups(i) for i in range(start, counts[0]))
    words = [text.lower(i) for i in range(at, len(text.tokens))]
    return we or any(tuple(words[i : i + 5]) in _ONE_OF_THEM for i in range(len(words)))


def _joined_person(text: RelationText, at: int) -> bool:
    """ "Jag och kollegan", "hon o jag"."""
    return text.lower(at + 1) in _AND or text.lower(at - 1) in _AND


def read_workplaces(text: RelationText) -> list[Stated]:
    """ "Hon sitter på BVC i Hörby och jag på BVC i Eslöv", "Norra vårdcentralen … Södra"."""
    places = list(workplaces(text).items())
    told = [
        max(one.at, other.at)
        for k, (_, one) in enumerate(places)
        for _, other in places[k + 1 :]
        if one.centre == other.centre or (one.town and other.town) or _contrast_between(text, one, other)
    ]
    if not told:
        return []
    return [Stated(max(told), "same_unit", False), Stated(max(told), "elsewhere", True)]


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a named workplace stands; a BVC may lie in a familjecentral of another name."""

    at: int
    centre: bool = False  # a familjecentral
    town: bool = False  # named by its town


def workplaces(text: RelationText) -> dict[str, Workplace]:
    """The names of BVC, mottagningar, enheter and familjecentraler with their places."""
    out: dict[str, Workplace] = {}
    for i, token in enumerate(text.tokens):
        centre = token.lower in _CENTRES
        named = i in text.in_profession and text.lower(i - 1) not in _IN  # not "sköterskan på BVC Näsby"
        if not (centre or _PLACE_NOUN.match(token.lower)) or named:
            continue
        at = i + 2 if text.lower(i + 1) in _IN else i + 1
        beside = at == i + 1  # "BVC Rosengård"; "enhet Norr" may lie in the same house
        if not _is_name(text, at) or (
            beside and (text.tokens[at].text.isupper() or _UNIT.match(token.lower))
        ):
            at = i - 1
        if _is_name(text, at) and not (centre and at < i):
            out[text.lower(at)] = Workplace(i, centre, "phrase.town" in text.groups(at))
    for m in text.named:
        if text.lower(m.last) == "i" and "phrase.town" in text.groups(m.last + 1):
            out.setdefault(text.lower(m.last + 1), Workplace(m.first, town=True))  # "sköterskan i Kivik"
    for place in list(out.values()):
        out |= {name: Workplace(at, place.centre) for name, at in _contrasted(text, place.at).items()}
    return out


def _contrast_between(text: RelationText, one: Workplace, other: Workplace) -> bool:
    """ "Hon är på BVC Rosengård, fast jag sitter på familjecentralen i Lund"."""
    between = range(min(one.at, other.at), max(one.at, other.at))
    return (one.town or other.town) and any(text.lower(i) in CONTRASTS for i in between)


def _contrasted(text: RelationText, at: int) -> dict[str, int]:
    """ "… och jag från Södra": the second name without its noun."""
    for i in range(at + 1, min(at + 5, len(text.tokens) - 3)):
        if text.lower(i) not in _AND and text.lower(i) not in CONTRASTS and text.lower(i) != ",":
            continue
        person = text.groups(i + 1) & {"who.asker", "who.other"} or text.lower(i + 1) == "jag"
        k = i + 3 if text.lower(i + 2) not in _FROM else i + 2
        if person and text.lower(k) in _FROM and _is_name(text, k + 1):
            return {text.lower(k + 1): k}
    return {}


def _is_name(text: RelationText, at: int) -> bool:
    """A town, or a capitalised word that isn't one of ours and doesn't merely open the sentence."""
    if "phrase.town" in text.groups(at):
        return True
    if at < 0 or at >= len(text.tokens) or not text.tokens[at].text[0].isupper():
        return False
    opens = at == text.sentence(at).start
    return not text.groups(at) and not (opens and text.lower(at) in ("en", "på", "ett", "det", "den"))


def of_employees(text: RelationText) -> bool:
    """Whether another kommun may be another huvudman: not for two of the region's own."""
    jobs = {m.value for m in text.named}
    return not jobs or bool(jobs & _MUNICIPAL) or jobs.isdisjoint(_HEALTH)


def read_municipalities(text: RelationText) -> list[Stated]:
    """ "Eslövs kommun … Höörs kommun", and for the municipality's own "i Lomma kommun … i Staffanstorp"."""
    named = {
        text.lower(i - 1): i
        for i in range(1, len(text.tokens))
        if text.lower(i) in ("kommun", "stad") and text.tokens[i - 1].text[0].isupper()
    }
    named.pop("vår", None), named.pop("min", None)
    if named and any(m.value in _MUNICIPAL for m in text.named):  # a region's own lie in many
        named |= {name: place.at for name, place in workplaces(text).items() if place.town}
    if len(named) < 2:
        return []
    at = max(named.values())
    apart = [Stated(at, "same_huvudman", False)] if of_employees(text) else []
    return [*apart, Stated(at, "elsewhere", True)]
