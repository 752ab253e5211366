"""Decides when a "samma enhet" or "samma nämnd" is said of other people than the two: "Eva är på samma
enhet som jag. Får jag berätta för Lisa?", "Eva och Lisa är på samma enhet. Jag är …".

All that is decided here is that a "yes" settles nothing: it never waives consent.
"""

from __future__ import annotations

from assistant.first_names import looks_like_a_name
from assistant.relation_text import RelationText, Stated

_FACTS = frozenset(["same_unit", "same_board"])
_AND = frozenset("""och o å &""".split())
_DOES = frozenset("""är e var och o jobbar arbetar sitter tillhör hör delar har ,""".split())
_ADVISED = frozenset("""rekommenderade rekommenderat rådde avrådde tipsade föreslog""".split())
_ALL_OF_US = frozenset("""vi oss hon han hen båda bägge alla""".split())


def of_others(text: RelationText, stated: list[Stated]) -> list[Stated]:
    """The statements that take back a "yes" which isn't about the asker and the one to share with."""
    names = {i: text.tokens[i].text for i in range(len(text.tokens)) if _is_name(text, i)}
    told = {name for i, name in names.items() if _is_told(text, i)}
    whole = range(len(text.tokens))
    if not names or not (text.has(whole, "who.asker") or text.has(whole, "who.asker_group")):
        return []
    out = []
    for s in stated:
        if s.fact in _FACTS and s.value is True and not s.past:
            sentence = text.sentence(s.at)
            if any(_beside_me(text, i) for i in names if i in sentence):
                continue  # "Lisa och jag"
            here = {name for i, name in names.items() if i in sentence}
            if _of_somebody_else(text, sentence, here, told) or _of_two_others(text, sentence, names):
                out.append(Stated(s.at, s.fact, None))
    return out


def by_an_adviser(text: RelationText, s: Stated) -> bool:
    """ "En kollega på en annan ort rekommenderade mig att fråga": where the one who gave advice works."""
    sentence = text.sentence(s.at)
    advice = next((i for i in range(s.at, sentence.stop) if text.lower(i) in _ADVISED), None)
    before = range(sentence.start, s.at)
    return advice is not None and text.has(before, "who.colleague") and not text.has(before, "who.asker")


def _is_name(text: RelationText, at: int) -> bool:
    if text.groups(at) or not looks_like_a_name(text.tokens[at].text, text.lower(at - 1), text.lower(at + 1)):
        return False
    opens = at == text.sentence(at).start
    return not opens or text.lower(at + 1) in _DOES


def _is_told(text: RelationText, at: int) -> bool:
    """ "Berätta för Lisa", "… för BVC-sköterskan Lisa": the one to share with."""
    before = next((m.first for m in text.named if m.last == at), at)
    if "who.client" in text.groups(at + 1):
        return False  # "fråga Astons föräldrar"
    return bool(text.groups(before - 1) & {"sharing.verbs", "who.to"})


def _beside_me(text: RelationText, at: int) -> bool:
    """ "Lisa och jag", "jag och Lisa"."""
    after = text.lower(at + 1) in _AND and "who.asker" in text.groups(at + 2)
    return after or (text.lower(at - 1) in _AND and "who.asker" in text.groups(at - 2))


def _of_somebody_else(text: RelationText, sentence: range, here: set[str], told: set[str]) -> bool:
    """Whether the sentence names people, but none of those to share with."""
    return bool(here and told) and not here & told and not text.words(sentence) & _ALL_OF_US


def _next_name(text: RelationText, names: dict[int, str], at: int) -> bool:
    """ "(Eva och) Lisa", "(Eva och) barnmorskan Lisa"."""
    job = next((m.last for m in text.named if m.first == at), at)
    return at in names or job in names


def _of_two_others(text: RelationText, sentence: range, names: dict[int, str]) -> bool:
    """ "Eva och Lisa är på samma enhet": nobody says "jag" or "vi" there."""
    pair = any(i in names and text.lower(i + 1) in _AND and _next_name(text, names, i + 2) for i in sentence)
    mine = any(
        text.groups(i) & {"who.asker", "who.asker_group", "who.possessive", "who.both"} for i in sentence
    )
    return pair and not mine
