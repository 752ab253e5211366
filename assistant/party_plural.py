"""Decides what is said of the asker and the other at once: "vi är …", "båda", "två barnmorskor",
and which of the two an employer near such words belongs to."""

from __future__ import annotations

from assistant.clause_view import PARTY_GROUPS
from assistant.party_scene import Draft, Scene
from assistant.party_subject import on_asker
from assistant.vocabulary import Mention

_TO = frozenset(["med", "me", "till", "för", "åt"])
_OF_BOTH = frozenset("""anställda varsin varsitt varsina två olika båda bägge sin sitt""".split())
_OF_ONE = frozenset("""en ena ene andra andre""".split())


def on_group(scene: Scene, m: Mention) -> None:
    """ "Vi": the asker; with several of a kind ("vi är barnmorskor") the other too, till named."""
    on_asker(scene, m)
    if scene.subject == "asker" and scene.plural_follows(m.last):
        scene.about_both()
        scene.tentative = scene.other()


def on_both(scene: Scene, m: Mention) -> None:
    """ "Båda är …"; a profession that stands just before holds for the other too."""
    if scene.word_before(m, _TO):
        return  # "dela med båda": both of the others
    beside = scene.last_party_end == m.first and scene.current == [scene.asker]
    scene.about_both()
    if beside and scene.others[0].profession is None:
        scene.others[0].profession = scene.asker.profession  # "förskollärare båda två"


def on_two(scene: Scene, m: Mention) -> None:
    """ "Två barnmorskor …": both, or two to share with ("till två barnmorskor")."""
    following = [g for i in range(m.last, m.last + 3) for g in scene.groups_at(i)]
    if not any(g in PARTY_GROUPS or g == "employer" for g in following):
        return
    if scene.word_before(m, _TO) and not scene.pair:
        scene.to_open = True
        return
    scene.about_both()


def both_of_them(scene: Scene, at: int) -> bool:
    """ "En barnmorska och en BVC-sköterska anställda av …", "… hos varsin privat vårdgivare"."""
    plural = {t.lower for t in scene.tokens[max(0, at - 4) : at]} & _OF_BOTH
    if not plural or not scene.others or scene.others[-1].empty() or scene.asker.empty():
        return False
    return scene.asker.employer is None and scene.others[-1].employer is None


def one_of_both(scene: Scene, at: int) -> list[Draft]:
    """ "Två BVC-sköterskor, en i regionen och en som är privat": each employer is one's own.

    Returns the one whose employer stands at ``at``, in a list, or nobody. Counts those told.
    """
    if len(scene.current) != 2 or not scene.two:
        return []
    if not any(t.lower in _OF_ONE for t in scene.tokens[max(0, at - 4) : at]):
        return []
    scene.each += 1
    return [scene.current[0] if scene.each == 1 else scene.current[1]]
