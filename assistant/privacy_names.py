"""Finds full names that stand together with a detail of health or social life.

A full name is two or more words: capitalised ones that aren't terms, places or the start of a
sentence, or a listed given name with a family name in any case. A given name alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy_view import Kind, Span, View
from assistant.privacy_words import PrivacyWords, load_words

_WORD = re.compile(r"[^\W\d_]+(?:['’´\-][^\W\d_]+)*")
_GAP = re.compile(r"[ _\t]{1,3}|[ ]?\n[ ]?")
_INITIAL_GAP = re.compile(r"\.[ ]?|[ ]{1,2}")
_SURNAME = re.compile(
    r"\befternamn(?:et)?(?: är| heter|:)? ([^\W\d_][\w'-]{1,40})|\b([^\W\d_][\w'-]{1,40}) i efternamn\b",
    re.IGNORECASE,
)
_HOUSEHOLD = re.compile(r"\b(?:[Ff]amiljen|[Hh]err|[Ff]ru|[Ff]röken) ([^\W\d_][\w'-]{1,40})")
_REVERSED = re.compile(r"\b([^\W\d_][\w'-]{1,40}), ([^\W\d_][\w'-]{1,40})")
_AFTER_A_NAME = re.compile(r"[A-ZÅÄÖ][\w'-]{0,40}[ ]$")
_MAX_WORDS = 5
Word = re.Match[str]


def find_names(view: View) -> list[Span]:
    """Spans of full names, or none when the text holds no detail of health or social life."""
    words = load_words()
    text = view.chars
    spans = list(_full_names(text, words)) + list(_stated_surnames(text, words))
    if not spans or not words.has_detail(text):
        return []
    return [(s, e, Kind.NAME) for s, e in _merge(spans + _repeats(text, spans, words))]


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _full_names(text: str, words: PrivacyWords) -> Iterator[tuple[int, int]]:
    tokens = list(_WORD.finditer(text))
    for i, sequence in _sequences(text, tokens, words):
        name = _person(sequence, words)
        if not name:
            continue
        first = i + sequence.index(name[0])
        if not _is_exempt(text, tokens, first, name, words):
            yield name[0].start(), name[-1].end()
            if partner := _partner(text, tokens, first, words):
                yield partner
    for i in range(len(tokens) - 1):
        if _is_listed_pair(text, tokens, i, words):
            end = _family_end(text, tokens, i + 1, words)
            if not _is_exempt(text, tokens, i, tokens[i:end], words):
                yield tokens[i].start(), tokens[end - 1].end()
    for match in _REVERSED.finditer(text):
        alone = not _AFTER_A_NAME.search(text[max(0, match.start() - 42) : match.start()])
        if alone and words.is_sure_family(match[1]) and words.is_given(match[2]) and match[2][0].isupper():
            yield match.span()


def _sequences(text: str, tokens: list[Word], words: PrivacyWords) -> Iterator[tuple[int, list[Word]]]:
    """Runs of capitalised words (particles inside) that nothing breaks, with the first one's index."""
    run: list[Word] = []
    first = 0
    for i, token in enumerate(tokens):
        joined = bool(run) and _adjacent(text, run[-1], token) and not _new_line(text, run, token, words)
        fits = _fits(token[0], run, words)
        if run and not (joined and fits):
            yield first, run
            run = []
        if not run and fits and token[0][0].isupper():
            first = i
        if fits and (run or token[0][0].isupper()):
            run.append(token)
    if run:
        yield first, run


def _adjacent(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end() : right.start()]
    pattern = _INITIAL_GAP if len(left[0]) == 1 else _GAP
    return pattern.fullmatch(gap) is not None


def _new_line(text: str, run: list[Word], token: Word, words: PrivacyWords) -> bool:
    """Whether a line break before the word separates two entries instead of splitting a name."""
    split_name = len(run) == 1 and words.is_given(run[0][0]) and words.is_sure_family(token[0])
    return "\n" in text[run[-1].end() : token.start()] and not split_name


def _fits(word: str, run: list[Word], words: PrivacyWords) -> bool:
    if word.casefold() in words.particles or word.split("-", maxsplit=1)[0] in words.particles:  # "al-Masri"
        return bool(run)
    if not word[0].isupper() or len(word) == 1:
        return word[0].isupper()  # an initial may begin a name
    if run and words.is_family(word) and words.is_given(run[-1][0]) and word.casefold() not in words.terms:
        return True  # "Anna Lund", though Lund is a town
    if words.is_given(word):
        return word.casefold() not in words.ordinary
    return not words.breaks(word)


def _person(run: list[Word], words: PrivacyWords) -> list[Word] | None:
    """The words of the run that are a full name, or None."""
    while run and run[-1][0].islower():  # a particle that ends the run belongs to the sentence
        run = run[:-1]
    capitals = [t for t in run if not t[0].islower()]
    if len(capitals) < 2 or (len(run) == 2 and words.is_double_given(run[0][0], run[1][0])):
        return None
    shouted = [t for t in capitals if len(t[0]) > 1 and t[0].isupper()]
    given = next((n for n, t in enumerate(run) if words.is_given(t[0])), None)
    if len(shouted) > 0 or len(capitals) > _MAX_WORDS:
        return _listed(run, given, words)
    if given is not None and given + 1 < len(run):
        return run[given:]
    if given is not None:
        return run[given - 1 :]
    if len(run[0][0]) == 1:
        return run if words.is_family(run[-1][0]) else None
    return run if all(len(t[0]) > 1 for t in capitals) else None


def _listed(run: list[Word], given: int | None, words: PrivacyWords) -> list[Word] | None:
    """In capitals or long titles only a given name followed by a family name counts."""
    if given is None or given + 1 >= len(run) or not words.is_family(run[given + 1][0]):
        return None
    end = given + 2
    while end < len(run) and words.is_family(run[end][0]):
        end += 1
    return run[given:end]


def _is_exempt(text: str, tokens: list[Word], first: int, name: list[Word], words: PrivacyWords) -> bool:
    """Authors and signatories of the guideline, addresses, and colleagues who only ask."""
    folded = " ".join(t[0].casefold() for t in name)
    if any(known in folded for known in words.known):
        return True
    following = first + len(name)
    after = tokens[following][0].casefold() if following < len(tokens) else ""
    gap = text[name[-1].end() : tokens[following].start()] if after else ""
    if gap == " " and after in words.follow and not words.is_given(name[0][0]):
        return True
    before = tokens[first - 1][0].casefold() if first else ""
    return before in words.staff and after in words.asking


def _partner(text: str, tokens: list[Word], first: int, words: PrivacyWords) -> tuple[int, int] | None:
    """The given name in "Anna och Erik Karlsson"."""
    if first < 2 or tokens[first - 1][0].casefold() not in {"och", "samt"}:
        return None
    other = tokens[first - 2]
    between = text[other.end() : tokens[first].start()]
    return other.span() if len(between) <= 8 and other[0][0].isupper() and words.is_given(other[0]) else None


def _is_listed_pair(text: str, tokens: list[Word], i: int, words: PrivacyWords) -> bool:
    """A given name and a family name in any case: "anna karlsson"; after a role word also "ali noor"."""
    left, right = tokens[i], tokens[i + 1]
    first, second = left[0].casefold(), right[0].casefold()
    after_role = i > 0 and tokens[i - 1][0].casefold() in words.roles
    given = words.is_given(first)
    if not (given or after_role) or second in words.ordinary or second in words.terms:
        return False
    if not (_adjacent(text, left, right) or text[left.end() : right.start()] == "."):
        return False
    if given and (after_role or first not in words.ambiguous or words.has_sure_ending(second)):
        sure = words.is_sure_family(second) or (after_role and words.is_family(second))
        return sure and (after_role or second not in words.ambiguous or not left[0].islower())
    return after_role and words.is_sure_family(second) and len(first) > 2 and first not in words.ordinary


def _family_end(text: str, tokens: list[Word], last: int, words: PrivacyWords) -> int:
    """The index after the family names that begin at ``last``."""
    while last + 1 < len(tokens) and _adjacent(text, tokens[last], tokens[last + 1]):
        if not words.is_sure_family(tokens[last + 1][0]):
            break
        last += 1
    return last + 1


def _stated_surnames(text: str, words: PrivacyWords) -> Iterator[tuple[int, int]]:
    """ "Elsas efternamn är Nilsson", "familjen Nilsson": the text makes it name a person."""
    for match in _HOUSEHOLD.finditer(text):
        if match[1][0].isupper() and words.is_family(match[1]) and not words.breaks(match[1]):
            yield match.span(1)
    if "efternamn" not in text.lower():
        return
    for match in _SURNAME.finditer(text):
        group = 1 if match[1] else 2
        name = match[group]
        if (name[0].isupper() or words.is_sure_family(name)) and not words.breaks(name):
            yield match.span(group)


def _repeats(text: str, spans: list[tuple[int, int]], words: PrivacyWords) -> list[tuple[int, int]]:
    """The parts of a found name wherever they stand again in the text."""
    common = words.particles | words.ambiguous | words.ordinary
    parts = {
        form
        for start, end in spans
        for token in _WORD.finditer(text, start, end)
        for form in (token[0], token[0].removesuffix("s"), token[0] + "s")
        if len(form) > 2 and form.casefold() not in common
    }
    return [m.span() for m in _WORD.finditer(text) if m[0] in parts]
