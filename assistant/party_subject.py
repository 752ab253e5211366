"""Decides whom a clause is about: the asker ("jag är …"), the other ("hon är …", "min kollega"),
the client, or nobody yet. What speaks of several at once is in ``party_plural``."""

from __future__ import annotations

from assistant.clause_view import BOUNDARY, PARTY_GROUPS
from assistant.party_again import sentence_start
from assistant.party_likeness import likens, so_am_i
from assistant.party_names import adopt
from assistant.party_scene import Draft, Scene
from assistant.privacy_words import load_words
from assistant.types import Profession
from assistant.vocabulary import Mention

_PREPOSITIONS = frozenset("""med me till för åt av from från hos bland mot with to""".split())
_BEFORE_CLIENT = frozenset("""med om till för från av""".split())
_SHARING = frozenset("""med me t till för åt with to m from från av hos""".split())
_EMPLOYING = frozenset("""av hos för från from åt till""".split())  # "är anställd av"
_NOBODY = frozenset("""dit hit hem i på om att sig""".split())  # "jag följde med dit"
_OURS = frozenset("""vår vårt våra our""".split())
_HERS = frozenset("""hennes hans deras""".split())
_OWN = frozenset("""egen eget egna""".split())
_ME = frozenset("""mig mej""".split())
_OWN_VERBS = frozenset("""jobbar arbetar är e sitter""".split())
_OWN_PERFECTS = frozenset("""varit jobbat arbetat suttit börjat blivit""".split())
_PLACED = frozenset("""på i hos vid inom som åt under""".split())
_LIKE_A_NOUN = ("en", "an", "in", "et", "na", "or", "er", "ef", "ar")  # "chefen", "rektor"; also "Karin"
_AND = frozenset("""och o å men""".split())
_WOULD = frozenset("""vill ville ska skall skulle behöver önskar tänker undrar måste""".split())
_RELATIVES_OWN = frozenset("""mans frus sambos makes pojkväns flickväns systers brors""".split())
_RELATIVE = frozenset("""är e var jobbar arbetar sitter har hör tillhör""".split())
_WONDERS = frozenset("""vill undrar ska skulle behöver funderar tänkte har får måste kan""".split())


def elliptic_subject(scene: Scene, at: int) -> None:
    """ "Jobbar på öppna förskolan. …": a statement that begins with its verb is about the asker."""
    after = _bare_verb(scene, at)
    if after is None or scene.asker.profession is not None:
        return
    end = next((t.text for t in scene.tokens[at:] if t.text in BOUNDARY), ".")
    nothing_told = scene.asker.empty() or (scene.asker.explicit and scene.asker.employer is None)
    if (end != "?" and nothing_told) or _states(scene, after):
        scene.about_asker()
        scene.asker.explicit = True


def _bare_verb(scene: Scene, at: int) -> int | None:
    """Where the verb that opens a sentence ends ("Jobbar …", "Har varit …"), None if none does."""
    words = [t.lower for t in scene.tokens[at : at + 2]]
    if len(words) == 2 and words[0] == "har" and words[1] in _OWN_PERFECTS:
        return at + 2
    return at + 1 if words and words[0] in _OWN_VERBS else None


def _states(scene: Scene, at: int) -> bool:
    """Whether what follows an opening verb makes it a statement, though the sentence goes on to ask.

    "Jobbar på BVC och vill …?" does, "Är kommunanställd på … och undrar …?" does; "Är barnmorskan
    …?", "Är socionom och förskollärare på …?" don't.
    """
    verb = scene.tokens[at - 1].lower
    if at >= len(scene.tokens):
        return False
    if verb not in ("är", "e"):
        return scene.tokens[at].lower in _PLACED
    described, at = False, _past_employed(scene, at)
    while at < len(scene.tokens):
        named = [m for m in scene.covering(at) if m.group in ("employer", "profession")]
        if not named or any(m.group == "profession" and scene.definite(m) for m in named):
            break
        described, at = True, max(m.last for m in named)
    follows = scene.tokens[at].lower if at < len(scene.tokens) else ""
    listed = follows in _AND and not any(g in PARTY_GROUPS for g in scene.groups_at(at + 1))
    return described and (follows == "," or listed or (follows in _PLACED and _wonders(scene, at)))


def _past_employed(scene: Scene, at: int) -> int:
    """Past "anställd av ett" ("Är anställd av ett bolag, …")."""
    if scene.tokens[at].lower != "anställd":
        return at
    near = range(at + 1, min(at + 4, len(scene.tokens)))
    return next((i for i in near if "employer" in scene.groups_at(i)), at)


def _wonders(scene: Scene, at: int) -> bool:
    """ "… och vill mejla", "…, undrar om": a verb without its subject follows in the sentence."""
    for i in range(at, len(scene.tokens) - 1):
        if scene.tokens[i].text in BOUNDARY:
            return False
        if scene.tokens[i].lower in (",", *_AND) and scene.tokens[i + 1].lower in _WONDERS:
            return True
    return False


def on_asker(scene: Scene, m: Mention) -> None:
    """ "Jag", unless it only compares ("på samma enhet som jag") or receives ("säga till mig")."""
    if likens(scene, m):
        return  # "regionanställd precis som jag": the clause is still about the other
    so_am_i(scene, m)
    if _i_who(scene, m):
        scene.about_asker()
    elif scene.joined(m) and _name_stands_at(scene, m.first - 2):
        scene.about_both()
        scene.named.setdefault(scene.tokens[m.first - 2].text, scene.other())
    elif scene.joined(m) and _other_stands_at(scene, m.first - 2):
        scene.subject, scene.current = "both", [scene.other(), scene.asker]
    elif scene.word_before(m, {"som", "än", "as", "than"}) and scene.others:
        return  # "på samma enhet som jag": the clause is still about the other
    elif _with_a_name(scene, m.last):
        scene.about_both()
        scene.named.setdefault(scene.tokens[m.last + 1].text, scene.other())
    elif not scene.word_before(m, _PREPOSITIONS) or scene.tokens[m.first].lower == "jag":
        scene.about_asker()  # "…, för jag är BVC-sköterska"
    scene.to_open = False


def _i_who(scene: Scene, m: Mention) -> bool:
    """ "Till skillnad från mig, som är anställd av …"."""
    words = [t.lower for t in scene.tokens[m.last : m.last + 3] if t.text != ","]
    return (
        scene.tokens[m.first].lower in _ME
        and words[:1] == ["som"]
        and bool(_OWN_VERBS.intersection(words[1:2]))
    )


def _name_stands_at(scene: Scene, at: int) -> bool:
    """ "Mona och jag är …"; "Chefen och jag" names nobody, a "Karin" like it must be named once more."""
    if at < 0 or scene.covering(at) or not scene.tokens[at].text[:1].isupper():
        return False
    name = scene.tokens[at].text
    again = sum(token.text == name for token in scene.tokens) > 1
    known = again or not name.endswith(_LIKE_A_NOUN) or load_words().is_given(name)
    return known and "who.copula" in scene.groups_at(at + 3)


def _other_stands_at(scene: Scene, at: int) -> bool:
    """ "Hon och jag …", "barnmorskan Lovisa och jag", but not "hon är i regionen och jag …"."""
    groups = scene.groups_at(at)
    by_name = scene.last_party_end == at and scene.tokens[at].text in scene.named
    return "who.other" in groups or "who.colleague" in groups or scene.last_party_end == at + 1 or by_name


def _with_a_name(scene: Scene, at: int) -> bool:
    """ "Jag och Karin är …"."""
    if at + 2 >= len(scene.tokens) or scene.tokens[at].lower not in ("och", "o", "&", "and"):
        return False
    named = scene.tokens[at + 1].text[:1].isupper() and not scene.groups_at(at + 1)
    return named and "who.copula" in scene.groups_at(at + 2)


def on_possessive(scene: Scene, m: Mention) -> None:
    """ "Min roll är …" is about the asker, "vår barnmorska" about somebody who comes now."""
    own = m.last < len(scene.tokens) and scene.tokens[m.last].lower in _OWN
    follows = scene.groups_at(m.last + own)  # "min egen tjänst"
    if 0 < m.first - scene.two_at <= 2:
        return  # "två av mina sjuksköterskor"
    if "who.role_noun" in follows and scene.tokens[m.first].lower in _OURS and scene.others:
        scene.about_both()
    elif "who.role_noun" in follows:
        scene.about_asker()
    elif any(g in PARTY_GROUPS for g in follows) and not scene.at_place(m):
        scene.subject, scene.to_open = "", True


def on_other(scene: Scene, m: Mention) -> None:
    """ "Hon", "den andra": the other, or both after "jag och"; in the client's clause, nobody."""
    if "who.colleague" in scene.groups_at(m.last) or _whose_i_am(scene, m):
        return
    scene.names_other = True
    adopt(scene, m.first)
    other = scene.other()
    _take_job_before(scene, m, other)
    if _like_her(scene, m):
        other.profession = other.profession or scene.asker.profession
        other.employer = other.employer or scene.asker.employer
        return
    if scene.joined_to_asker(m):
        scene.subject, scene.current = "both", [scene.asker, other]
    elif scene.subject == "client" and not scene.after_verb(m):
        scene.current = []
    else:
        scene.subject, scene.current = "other", [other]
    scene.to_open = False


def _like_her(scene: Scene, m: Mention) -> bool:
    """ "Jag är förskollärare precis som hon": the other is what the asker is."""
    words = [t.lower for t in scene.tokens[max(0, m.first - 2) : m.first]]
    like = words in (["precis", "som"], ["exakt", "som"], ["just", "som"], ["precis", "likt"])
    ends = m.last >= len(scene.tokens) or scene.tokens[m.last].text in {*BOUNDARY, ",", "och"}
    return (like or words[-1:] == ["liksom"]) and ends and scene.subject == "asker"


def _take_job_before(scene: Scene, m: Mention, other: Draft) -> None:
    """ "Förskollärare jag, förskollärare hon, …": what stands before "hon", and nothing more is said."""
    ends = m.last >= len(scene.tokens) or scene.tokens[m.last].text in {*BOUNDARY, ",", ")"}
    opens = m.first >= 2 and scene.tokens[m.first - 2].text in {*BOUNDARY, ","}
    job = next((b for b in scene.covering(m.first - 1) if b.group == "profession"), None)
    if ends and opens and job is not None and not scene.definite(job) and other.empty():
        other.profession = Profession(job.value)


def _whose_i_am(scene: Scene, m: Mention) -> bool:
    """ "(Jag är) hennes barnmorska": hers, who is the client."""
    says = m.first >= 2 and "who.copula" in scene.groups_at(m.first - 1)
    mine = says and "who.asker" in scene.groups_at(m.first - 2)
    return mine and scene.tokens[m.first].lower in _HERS


def on_colleague(scene: Scene, m: Mention) -> None:
    """ "Min kollega": the other, and yet another one in a list of recipients."""
    if m.first and scene.tokens[m.first - 1].lower in _RELATIVES_OWN:
        return  # "pappan är min mans kollega"
    scene.names_other = True
    if "profession" in scene.groups_at(m.last):
        scene.to_open = True
        return
    if scene.others and not scene.others[-1].empty() and scene.to_open and scene.coordinated(m):
        scene.others.append(Draft())
    both = scene.joined_to_asker(m)
    other = scene.other()
    if scene.tokens[m.first].lower.startswith("motsvarighet"):
        other.profession = other.profession or scene.asker.profession
    scene.subject = "both" if both else "other"
    scene.current = [scene.asker, other] if both else [other]
    scene.employ_waiting()
    scene.to_open = False
    scene.last_party_end = m.last


def on_client(scene: Scene, m: Mention) -> None:
    """ "Barnet är …": the clause is about the client, who is none of the parties."""
    if any(g.startswith("relation.") for g in scene.groups_at(m.first)):
        return  # the "family" of "family centre"
    if any(c.group in PARTY_GROUPS for c in scene.covering(m.first)):
        return  # the "child" of "child health nurse"
    if _in_what_she_does(scene, m):
        return
    copula = any("who.copula" in scene.groups_at(i) for i in range(m.last, m.last + 3))
    if copula and not scene.to_open and not scene.word_before(m, _BEFORE_CLIENT):
        scene.subject, scene.current = "client", []
    if scene.word_before(m, _PREPOSITIONS):
        scene.to_open = False  # "vårdrelation med barnet": the client isn't who it's shared with


def _in_what_she_does(scene: Scene, m: Mention) -> bool:
    """ "Hon som ska ta mina familjer i höst är …": the clause is still about her."""
    start = sentence_start(scene, m.first)
    she = scene.subject == "other" and "who.other" in scene.groups_at(start)
    return she and scene.tokens[start + 1].lower == "som"


def on_to(scene: Scene, m: Mention) -> None:
    """ "Med", "till" …: the next party is who it is shared with; not after "är anställd av"."""
    word = scene.tokens[m.first].lower
    if m.first in scene.likened:
        return  # "det är jag med"
    if _ends_relative(scene, m):
        scene.subject, scene.current, scene.to_open = "other", [scene.others[-1]], False
        return
    if word in _SHARING and scene.tokens[min(m.last, len(scene.tokens) - 1)].lower not in _NOBODY:
        employed = word in _EMPLOYING and (scene.after_copula(m.first) or _of_my_post(scene, m))
        moved = scene.subject == "asker" and "phrase.moved" in scene.groups_at(m.first - 1)
        mine = scene.subject == "asker" and word == "från" and scene.tokens[m.first - 1].lower == "jag"
        scene.to_open = not (employed or moved or mine or _employer_of_the_last(scene, m))


def _of_my_post(scene: Scene, m: Mention) -> bool:
    """ "Jag har min anställning hos Capio": who employs the asker."""
    return scene.subject == "asker" and "who.role_noun" in scene.groups_at(m.first - 1)


def _ends_relative(scene: Scene, m: Mention) -> bool:
    """ "BVC-sköterskan (som) jag vill prata med är …": the sentence goes on about her."""
    goes_on = m.last < len(scene.tokens) and scene.tokens[m.last].lower in _RELATIVE
    said = any("who.asker" in scene.groups_at(i) for i in range(max(0, m.first - 5), m.first))
    return goes_on and said and bool(scene.others) and not scene.others[-1].empty()


def _employer_of_the_last(scene: Scene, m: Mention) -> bool:
    """ "Jobbar som BVC-sköterska för en privat vårdgivare": no sharing, who one works for."""
    if scene.last_party_end != m.first or scene.tokens[m.first].lower not in ("för", "åt", "for"):
        return False
    following = range(m.last, min(m.last + 2, len(scene.tokens)))
    employer = next((i for i in following if "employer" in scene.groups_at(i)), None)
    return employer is not None and not scene.party_follows(employer + 1) and not _shares(scene, m.first)


def _shares(scene: Scene, at: int) -> bool:
    return any("sharing.verbs" in scene.groups_at(i) for i in range(max(0, at - 5), at))


def on_role(scene: Scene, m: Mention) -> None:
    """ "Som barnmorska …", where nobody is the subject yet; "… som är anställd på" tells more of somebody."""
    following = scene.tokens[m.last].lower if m.last < len(scene.tokens) else ""
    if following in _RELATIVE and not scene.sentence_start:
        return
    if following in _WOULD and scene.last_party_end == m.first:
        return  # "regional bvc-ssk som vill mejla privat bvc-ssk"
    if following in ("jag", *_ME):
        return  # "på samma enhet som jag, och så en förskollärare"
    if _compares(scene, m.first):
        scene.subject, scene.to_open = "", True  # "samma enhet som bhv": somebody else
    elif scene.to_open or scene.tokens[m.first].lower == "roll":
        return
    elif not scene.subject or (scene.sentence_start and _asker_follows(scene, m.last)):
        scene.subject, scene.after_role, scene.role_at = "", True, m.first


def _asker_follows(scene: Scene, at: int) -> bool:
    """Whether the sentence goes on with "jag" or "vi" ("Som barnmorska undrar jag …")."""
    for i in range(at, len(scene.tokens)):
        groups = scene.groups_at(i)
        if scene.tokens[i].text in BOUNDARY or "who.other" in groups:
            return False
        if "who.asker" in groups or "who.asker_group" in groups:
            return True
    return False


def _compares(scene: Scene, at: int) -> bool:
    before = [g for i in range(max(0, at - 3), at) for g in scene.groups_at(i)]
    a_new_one = scene.tokens[min(at + 1, len(scene.tokens) - 1)].lower in ("en", "ett")
    return "relation.same" in before and (a_new_one or (not scene.asker.empty() and not scene.others))


def on_verb(scene: Scene, _: Mention) -> None:
    """ "Jag delar …": what comes after the verb of sharing isn't about the asker."""
    if scene.subject == "asker":
        scene.subject = ""
