"""Decides what the names of nämnder, BVC and municipalities tell: two different ones are two."""

from __future__ import annotations

import re

from assistant.relation_doubt import doubtful, elsewhere_in_text, in_the_past, negated
from assistant.relation_text import CONTRASTS, RelationText, Stated

_BOARD_WORD = re.compile(r"(.+?)s?(?:nämnd|nämd|förvaltning)(?:en|ens|s)?$")
_BOARD_ABBREVIATIONS = {"bun": "utb", "bou": "utb"}
_BOARD_STEM = 3  # letters: "utb nämnden" is utbildningsnämnden
_PLACE_NOUN = re.compile(
    r"(?:bvc|bvcn|vc|barnavårdscentral|vårdcentral|mottagning|enhet|barnmorskemottagning)(?:en|ens|s)?$"
)
_IN = frozenset("""i på""".split())
_SINGLE = frozenset("""jag ja hon han hen""".split())
_COUNTS = frozenset("""två tre fyra 2 3 4""".split())
_FROM = frozenset("""från på i vid till hos""".split())
_AND = frozenset("""och o medan å""".split())


def read_boards(text: RelationText) -> list[Stated]:
    """Two named nämnder are different; one that "båda" hör till is the same."""
    names = [(key, at) for key, at in _boards(text) if not doubtful(text, at) and not in_the_past(text, at)]
    keys = {key for key, _ in names}
    if not names:
        return []
    at = names[-1][1]
    if len(keys) > 1:
        return [Stated(at, "same_board", False)]
    if any(_of_both(text, a) for _, a in names) and not any(negated(text, a) for _, a in names):
        return [Stated(at, "same_board", True)]
    return []


def names_board(text: RelationText, at: int) -> bool:
    """Whether a named nämnd begins at a token: "socialnämnden", "barn- och utbildning"."""
    word = _BOARD_WORD.match(text.lower(at))
    return "phrase.board_names" in text.groups(at) or bool(word and len(word[1]) >= _BOARD_STEM)


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
    """ "Vi hör båda till …", "… båda två"; not "jag hör till … Vi är båda förskollärare"."""
    clause = text.clause(at)
    if not any(text.groups(i) & {"who.both", "phrase.all"} for i in clause) and not _of_counted(text, at):
        return False
    return not any(text.lower(i) in _SINGLE and not _joined_person(text, i) for i in clause)


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


def _joined_person(text: RelationText, at: int) -> bool:
    """ "Jag och kollegan", "hon o jag"."""
    return text.lower(at + 1) in _AND or text.lower(at - 1) in _AND


def read_workplaces(text: RelationText) -> list[Stated]:
    """ "Hon sitter på BVC i Hörby och jag på BVC i Eslöv", "Norra vårdcentralen … Södra"."""
    places = workplaces(text)
    if len(places) < 2:
        return []
    at = max(places.values())
    return [Stated(at, "same_unit", False), Stated(at, "elsewhere", True)]


def workplaces(text: RelationText) -> dict[str, int]:
    """The names of BVC, mottagningar and enheter with their places."""
    out: dict[str, int] = {}
    for i, token in enumerate(text.tokens):
        if not _PLACE_NOUN.match(token.lower):
            continue
        if text.lower(i + 1) in _IN and _is_name(text, i + 2):
            out[text.lower(i + 2)] = i
        elif _is_name(text, i - 1):
            out[text.lower(i - 1)] = i
    for at in list(out.values()):
        out |= _contrasted(text, at)
    return out


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


def read_municipalities(text: RelationText) -> list[Stated]:
    """ "Eslövs kommun … Höörs kommun"."""
    named = {
        text.lower(i - 1): i
        for i in range(1, len(text.tokens))
        if text.lower(i) in ("kommun", "stad") and text.tokens[i - 1].text[0].isupper()
    }
    named.pop("vår", None), named.pop("min", None)
    if len(named) < 2:
        return []
    at = max(named.values())
    return [Stated(at, "same_huvudman", False), Stated(at, "elsewhere", True)]
