"""Question → facts: who shares with whom, as far as the words tell.

What isn't said stays unknown (None), never "no". The words are in ``corpus/vocabulary.toml``;
``parties`` reads who is who, ``relations`` what lies between them.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.company_names import with_companies
from assistant.parties import read_parties
from assistant.reading import Reading
from assistant.relations import read_relations
from assistant.types import Employer, Party, Profile
from assistant.vocabulary import Mention, Token, Vocabulary, tokenize

_SOMEBODY_ELSE = frozenset("""who.other who.colleague who.client profession actor""".split())
_CLAUSE_ENDS = frozenset(".?!;,")

__all__ = ["Reading", "fill_asker", "read_profile", "read_text"]


def read_text(text: str, vocabulary: Vocabulary, names: frozenset[str] = frozenset()) -> Reading:
    """The facts that one text states (no profile, and of the history no more than the first ``names`` of
    those to share with)."""
    tokens = tokenize(text)
    mentions = with_companies(tokens, vocabulary.mentions(tokens))
    reading = read_parties(tokens, mentions, read_relations(tokens, mentions), names)
    return replace(reading, new_job=_new_job(tokens, mentions))


def _new_job(tokens: list[Token], mentions: list[Mention]) -> bool:
    """ "Har bytt jobb", "vikarierar jag hos …": said in a clause that names nobody else before it."""
    told = [m for m in mentions if m.group == "turns.new_job"]
    return any(
        not any(start <= m.first < job.first and m.group in _SOMEBODY_ELSE for m in mentions)
        for job in told
        for start in [max((i for i in range(job.first) if tokens[i].text in _CLAUSE_ENDS), default=-1)]
    )


def read_profile(profile: Profile, vocabulary: Vocabulary) -> Party:
    """The asker as the profile describes them; unknown words leave the fact unknown."""
    reading = read_text(f"Jag är {profile.role or ''}.", vocabulary)
    employer = None
    for mention in vocabulary.mentions(tokenize(profile.employer or "")):
        if mention.group == "employer":
            employer = Employer(mention.value)
            break
    return Party(reading.asker.profession, employer, reading.asker.label)


def fill_asker(reading: Reading, known: Party) -> Reading:
    """The reading with the asker's unknown facts taken from what is known already.

    Who has changed jobs no longer has the employer that was known. A question in the third
    person is about others: the asker's own facts don't belong to it.
    """
    if reading.third_person and reading.asker != Party():
        return reading
    asker = reading.asker
    inferred = reading.asker_inferred
    if asker.profession is None or (inferred and known.profession is not None):
        asker = replace(asker, profession=known.profession, label=known.label)
        inferred = False
    if asker.employer is None and not asker.not_employers and not reading.new_job:
        same_job = known.profession is None or asker.profession == known.profession
        asker = replace(asker, employer=known.employer if same_job else None)
    guessed = reading.asker_guessed and inferred
    third = reading.third_person and asker == Party()  # "får förskolläraren veta …" asked by whom we know
    return replace(reading, asker=asker, asker_inferred=inferred, asker_guessed=guessed, third_person=third)
