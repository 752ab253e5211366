"""Codes, drawing and marking; and that nothing in the choices gives the right one away."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInputError
from assistant.quiz import (
    MIXED,
    NUMBERS,
    SEEDS,
    Choice,
    Item,
    Plan,
    Source,
    Theme,
    canonical,
    decode,
    draw,
    encode,
    grade,
    only,
    score,
    to_read_again,
)
from assistant.quiz_check import item_pool, telling
from assistant.quiz_scenarios import read_folder
from assistant.types import Verdict
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
plans = st.builds(
    Plan,
    st.sampled_from(list(Theme)),
    st.sampled_from(NUMBERS),
    st.sampled_from([1, 2, 3, MIXED]),
    st.integers(0, SEEDS - 1),
)


@pytest.fixture(scope="module")
def pool() -> tuple[Item, ...]:
    editions = {edition.id: edition for edition in load_corpus(CORPUS)}
    return item_pool(read_folder(CORPUS)[0], editions, "2024")


@given(plans)
def test_a_code_carries_all_settings(plan):
    # Prevents a group from getting other settings than the trainer chose.
    assert decode(encode(plan)) == plan


@given(st.text(LETTERS, min_size=4, max_size=4))
def test_every_four_signs_are_a_code(letters):
    # Prevents a dead end for "FC-7K3Q" or any other code that somebody reads out.
    plan = decode(f"FC-{letters}")
    assert plan.number in NUMBERS
    assert canonical(f"FC-{letters}") == f"FC-{letters}"


@pytest.mark.parametrize("typed", ["FC-7K3Q", "fc-7k3q", " 7K3Q ", "FC 7K3Q", "fc7k3q", "FC–7K3Q"])
def test_a_code_is_read_however_it_is_typed(typed):
    # Prevents a lost participant because of a space, a dash or small letters.
    assert canonical(typed) == "FC-7K3Q"


def test_lookalike_letters_are_read_as_what_they_look_like():
    # Prevents confusion of O with 0 and of I and L with 1 on a whiteboard.
    assert decode("FC-OIL0") == decode("FC-0110")


@pytest.mark.parametrize(
    "typed", ["", "FC-", "FC-12", "FC-12345", "FC-12 4", "<script>", "FC-ÅÄÖ1", "7K3Q\x00"]
)
def test_what_is_no_code_is_refused_in_swedish(typed):
    # Prevents a stack trace, and a quiz drawn from rubbish.
    with pytest.raises(InvalidInputError, match="Koden känns inte igen"):
        decode(typed)


def test_the_same_code_gives_the_same_quiz_whatever_the_pools_order(pool):
    # Prevents different questions on two machines that list files in different order.
    assert draw(pool, "FC-7K3Q") == draw(tuple(reversed(pool)), "fc 7k3q")


def test_different_seeds_give_different_quizzes(pool):
    # Prevents a seed that is read and never used.
    drawn = {draw(pool, Plan(Theme.TABLE, 10, MIXED, seed).code).items for seed in range(20)}
    assert len(drawn) == 20


def test_a_new_scenario_changes_a_quiz_in_few_places(pool):
    # Prevents a code on a printed sheet from meaning another quiz after each added scenario.
    base = next(item for item in pool if item.theme is Theme.SECRECY)
    code = Plan(Theme.SECRECY, 5, MIXED, 7).code
    before = {item.id for item in draw(pool, code).items}
    added = replace(base, id="nytt", case="nytt", source=Source(("Sekretess",), "nytt"))
    after = {item.id for item in draw((*pool, added), code).items}
    assert len(before - after) <= 2


def test_a_quiz_has_the_number_asked_for_and_no_case_twice(pool):
    # Prevents the same situation in two wordings within one quiz, while others are left.
    for seed in range(30):
        quiz = draw(pool, Plan(Theme.TABLE, 20, 2, seed).code)
        assert len(quiz.items) == 20
        assert len({item.case for item in quiz.items}) == 20


def test_a_quiz_keeps_to_theme_and_difficulty_and_says_when_it_cannot(pool):
    # Prevents questions on another theme, and a silent change of difficulty.
    quiz = draw(pool, Plan(Theme.CONSENT, 5, 2, 3).code)
    assert {(item.theme, item.difficulty) for item in quiz.items} == {(Theme.CONSENT, 2)}
    assert not quiz.stretched
    assert draw(pool, Plan(Theme.CONSENT, 10, 3, 3).code).stretched
    short = draw(pool, Plan(Theme.CONSENT, 20, MIXED, 3).code)
    assert short.short
    assert len(short.items) == sum(item.theme is Theme.CONSENT for item in pool)


def test_the_whole_guideline_spreads_over_all_themes(pool):
    # Prevents the 190 items of Tabell 1 from crowding out the other themes.
    counts = Counter(item.theme for item in draw(pool, Plan(Theme.WHOLE, 20, MIXED, 11).code).items)
    assert set(counts) == set(Theme)
    assert max(counts.values()) <= 4


def test_marks_scores_and_reading_list(pool):
    # Prevents marking by the place in the file instead of the place on the page.
    quiz = draw(pool, Plan(Theme.WHOLE, 10, MIXED, 5).code)
    chosen = [
        item.right if n % 2 else (item.right + 1) % len(item.choices) for n, item in enumerate(quiz.items)
    ]
    marks = grade(quiz, chosen)
    assert [mark.right for mark in marks] == [False, True] * 5
    assert sum(each.right for each in score(marks)) == 5
    assert sum(each.asked for each in score(marks)) == 10
    wrong_places = {(m.item.source.section, m.item.source.table_row) for m in marks if not m.right}
    assert {(i.source.section, i.source.table_row) for i in to_read_again(marks)} == wrong_places
    assert only(quiz, [2, 4]).items == (quiz.items[1], quiz.items[3])


def test_answers_that_do_not_fit_are_refused(pool):
    # Prevents an index error from a tampered address.
    quiz = draw(pool, "FC-7K3Q")
    for chosen in ([9], [-1], [0] * (len(quiz.items) + 1)):
        with pytest.raises(InvalidInputError):
            grade(quiz, chosen)


# ------------------------------------------------------ nothing gives the right choice away


def drawn_items(pool) -> list[Item]:
    codes = [Plan(theme, 20, MIXED, seed).code for theme in Theme for seed in range(40)]
    return [item for code in codes for item in draw(pool, code).items]


def test_the_right_choice_stands_in_each_place_about_equally_often(pool):
    # Prevents "always take the third".
    four = [item for item in drawn_items(pool) if len(item.choices) == 4]
    places = Counter(item.right for item in four)
    for place in range(4):
        assert 0.21 < places[place] / len(four) < 0.29, places


def advantage(items, take) -> float:
    """How often a rule of thumb finds the right choice, ties shared, minus what chance finds."""
    hits = []
    for item in items:
        taken = take([choice.text for choice in item.choices])
        hits.append((item.right in taken) / len(taken) - 1 / len(item.choices))
    return mean(hits)


def ends(texts, pick):
    """The choices whose length lies within three signs of the longest or shortest."""
    edge = pick(map(len, texts))
    return [n for n, text in enumerate(texts) if abs(len(text) - edge) <= 3]


@pytest.mark.parametrize("pick", [max, min])
def test_length_does_not_give_the_right_choice_away(pool, pick):
    # Prevents "take the longest" (or the shortest) from beating chance by a tenth, in either source.
    written = [item for item in pool if item.facts is None]
    generated = [item for item in pool if item.facts is not None]
    for items in (written, generated):
        assert abs(advantage(items, lambda texts: ends(texts, pick))) < 0.10


def test_mean_lengths_of_right_and_wrong_choices_are_alike(pool):
    # Prevents right choices that are systematically longer, by more than a tenth.
    written = [item for item in pool if item.facts is None]
    right = mean(len(item.choices[item.right].text) for item in written)
    wrong = mean(len(choice.text) for item in written for choice in item.choices if not choice.right)
    assert 0.9 < right / wrong < 1.1


def test_no_scenario_has_telling_choices():
    # Prevents "alltid" or "aldrig" in wrong choices only, and a right one far longer than the rest.
    assert [str(each) for entry in read_folder(CORPUS)[0] for each in telling(entry)] == []


def test_the_verdicts_on_offer_do_not_tell_the_key(pool):
    # Prevents "take what most choices say", or the odd one out, from beating chance on Tabell 1.
    starts = {"Samtycke från": "krävs", "Samtycke är": "inte", "Det går": "beror", "Uppgifterna": "privat"}

    def kinds(texts):
        return [
            next((kind for start, kind in starts.items() if text.startswith(start)), text) for text in texts
        ]

    def most(texts):
        counts = Counter(kinds(texts))
        return [n for n, kind in enumerate(kinds(texts)) if counts[kind] == max(counts.values())]

    def odd(texts):
        counts = Counter(kinds(texts))
        return [n for n, kind in enumerate(kinds(texts)) if counts[kind] == min(counts.values())]

    items = [item for item in drawn_items(pool) if item.facts is not None]
    assert abs(advantage(items, most)) < 0.15
    assert abs(advantage(items, odd)) < 0.15


def test_always_saying_that_consent_is_required_is_no_way_through(pool):
    # Prevents a quiz on Tabell 1 in which one verdict is right nearly always.
    items = [item for seed in range(40) for item in draw(pool, Plan(Theme.TABLE, 20, MIXED, seed).code).items]
    required = mean(item.verdicts == (Verdict.CONSENT_REQUIRED,) for item in items)
    assert required < 0.6


def test_marking_knows_nothing_of_the_text():
    # Prevents two choices with equal text from hiding which is right.
    item = Item(
        "x",
        Theme.WHOLE,
        1,
        "2024",
        "s",
        (Choice("a", False, "w"), Choice("b", True, "w")),
        Source(("A",), "q"),
        "d",
        "x",
    )
    assert item.right == 1
