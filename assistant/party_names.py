"""Reads people by their first names: "svara Mats, som är socionom", "Gunnel arbetar åt Capio".

A name is a capitalised word of no other meaning. It is somebody to share with where a profession or an
employer is told of it; a child's or a parent's name has neither, and changes nothing.
"""

from __future__ import annotations

from assistant.clause_view import BOUNDARY
from assistant.first_names import looks_like_a_name
from assistant.party_scene import Draft, Scene

_WORKS = frozenset("""är e jobbar arbetar tjänstgör sitter har""".split())
_BEFORE_CLAUSE = frozenset([*BOUNDARY, ",", "och", "men", "medan", "fast", "samt"])
_VERBS = frozenset(
    """gick gått började börjar börjat slutade bytte blev blir fick får hör tillhör lyder ligger kommer kom
    flyttade har hade är jobbar arbetar sitter""".split()
)
_THAT = frozenset("""som vars""".split())
_LIKE = frozenset("""som liksom likt""".split())
_ENDS = frozenset("who.asker who.asker_group who.both who.client sharing.verbs sharing.ask".split())
_REACH = 14  # tokens from a name to what is told of it


def on_name(scene: Scene, at: int) -> None:
    """Make the clause one about the named person, where it tells what they are or who employs them."""
    name = _name(scene, at)
    if name is None:
        return
    if _my_own(scene, at):
        scene.named[name] = scene.asker
        return
    if (told := _named_right_before(scene, at)) is not None:
        scene.named.setdefault(name, told)
        return
    if scene.subject == "both" and at >= 2 and "who.asker" in scene.groups_at(at - 2):
        return  # "jag och Malin är …"
    told_of = _is_told_of(scene, at)
    if not told_of or scene.bystander or not scene.says_jag:
        return
    known = name in scene.named or name in scene.known_names
    unknown = not known and not _shared_with(scene, name)
    if told_of == "employer" and unknown and not _set_against_me(scene, at):
        # "Lisa är BVC-sköterska. Anna är anställd av …": nothing of Lisa's, or mine; perhaps the mother's
        scene.bystanding = Draft()
        scene.subject, scene.current, scene.to_open = "other", [scene.bystanding], False
        return
    draft = scene.named.get(name) or _somebody(scene)
    scene.named[name] = draft
    scene.names_other = True
    scene.subject, scene.current, scene.to_open = "other", [draft], False


def _my_own(scene: Scene, at: int) -> bool:
    """ "Jag heter Fatima (och är kurator)"."""
    return at >= 2 and scene.tokens[at - 1].lower == "heter" and "who.asker" in scene.groups_at(at - 2)


def _name(scene: Scene, at: int) -> str | None:
    """The name that stands at a place, None where none does."""
    word = scene.tokens[at].text
    before = scene.tokens[at - 1].lower if at else ""
    after = scene.tokens[at + 1].lower if at + 1 < len(scene.tokens) else ""
    at_work = any(m.group == "workplace" for m in scene.covering(at - 1))  # "mottagningen Solrosen"
    if scene.covering(at) or at_work or not looks_like_a_name(word, before, after):
        return None
    return word


def _named_right_before(scene: Scene, at: int) -> Draft | None:
    """ "Barnmorskan Lovisa": whom the profession right before the name describes."""
    beside = scene.current if scene.last_party_end == at else []
    return beside[-1] if beside and beside[-1] is not scene.asker else None


def _is_told_of(scene: Scene, at: int) -> str:
    """ "Mats, som är socionom", "Gunnel är bvc-sköterska", "Ulla däremot arbetar åt regionen".

    Returns "profession", "employer" for that alone, or "" for neither.
    """
    name = scene.tokens[at].text
    works = name in scene.named or name in scene.known_names or _set_against_me(scene, at)
    works = works or _opens_clause(scene, at)
    told, relative = "", False
    for i in range(at + 1, min(at + 1 + _REACH, len(scene.tokens))):
        word, groups = scene.tokens[i].lower, set(scene.groups_at(i))
        like_me = "who.asker" in groups and scene.tokens[i - 1].lower in _LIKE
        if word in BOUNDARY or (groups & _ENDS and not like_me):
            break
        if works and "profession" in groups:
            return "profession"
        told = "employer" if works and "employer" in groups else told
        works = works or word in _WORKS
        following = scene.tokens[i + 1].lower if i + 1 < len(scene.tokens) else ""
        if word == "," and following not in _THAT:
            if not relative:
                break
            relative = False  # "Karin, som slutade här, jobbar nu hos Capio"
        relative = relative or word == ","
    return told


def _opens_clause(scene: Scene, at: int) -> bool:
    """ "(Jag är kvar i regionen,) Karin gick över till Capio", "… och Karin började hos Capio"."""
    opens = at > 0 and scene.tokens[at - 1].lower in _BEFORE_CLAUSE
    after = [t.text for t in scene.tokens[at + 1 : at + 4]]
    if after and after[0][:1].isupper():
        after = after[1:]  # "Gun-Britt"
    relative = after[:1] == [","] and after[1:2] and after[1] in _THAT
    return opens and bool(relative or (after and after[0] in _VERBS))


def adopt(scene: Scene, at: int) -> None:
    """Make who was only said to work somewhere one of the others where "hon" is told to be of a profession:
    "Karin började hos Capio i höstas, hon är också BVC-sköterska"."""
    person = scene.bystanding
    if person is None or any(not o.empty() for o in scene.others):
        return
    for i in range(at + 1, min(at + _REACH, len(scene.tokens))):
        groups = scene.groups_at(i)
        if scene.tokens[i].text in BOUNDARY or "sharing.verbs" in groups:
            return
        if "profession" in groups:
            scene.others, scene.bystanding = [person], None
            return


def _set_against_me(scene: Scene, at: int) -> bool:
    """ "Till skillnad från mig, som är regionanställd, jobbar Therese …"."""
    inverted = at >= 2 and scene.tokens[at - 1].lower in _WORKS and scene.tokens[at - 2].text == ","
    return inverted and scene.subject == "asker"


def _shared_with(scene: Scene, name: str) -> bool:
    """Whether the name stands after a verb of sharing or a "med" somewhere."""
    places = [i for i, token in enumerate(scene.tokens) if token.text == name and i]
    return any({"sharing.verbs", "who.to"} & set(scene.groups_at(i - 1)) for i in places)


def _somebody(scene: Scene) -> Draft:
    """The latest of the others where nobody's name is known to be theirs, else somebody more."""
    taken = scene.named.values()
    if scene.others and any(scene.others[-1] is draft for draft in taken):
        scene.others.append(Draft())
    return scene.other()
