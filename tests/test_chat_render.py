"""Every kind of answer becomes its own safe HTML; no browser needed."""

import re
from dataclasses import replace

import pytest
from fake_assistant import FakeAssistant, silent
from nh3 import is_html

from assistant.errors import InvalidInputError
from assistant.pages.chat_memory import MAX_TURNS, Choices, Memory
from assistant.pages.chat_render import render_exchange, render_markdown, text_with_source
from assistant.pages.chat_sources import render_section
from assistant.pages.chat_words import headline
from assistant.plain import plain_text
from assistant.types import Answer, Branch, Citation, FollowUp, Reasons, Status, Verdict, Warning_

SCRIPT = "<img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def answers(fake: FakeAssistant) -> dict[str, Answer]:
    free = replace(fake.required(), verdict=Verdict.CONSENT_NOT_REQUIRED)
    private = replace(fake.required(), verdict=Verdict.NO_UNAUTHORISED_DISCLOSURE)
    return {
        "required": fake.required(),
        "free": free,
        "private": private,
        "depends": fake.depends(),
        "fact": fake.fact(),
        "silent": silent("2024", Status.NOT_IN_GUIDELINE),
        "declined": silent("2024", Status.DECLINED),
    }


def test_every_verdict_and_status_has_its_own_words_and_look(
    fake: FakeAssistant, answers: dict[str, Answer]
) -> None:
    # Prevents two outcomes that a reader can only tell apart by reading the whole answer.
    shown = {name: render_exchange(1, answer, fake.editions) for name, answer in answers.items()}
    assert all(f"look-{name}" in html for name, html in shown.items())
    assert len({headline(answer) for answer in answers.values()}) == len(answers)
    icons = {re.search(r'class="verdict">(<svg.*?</svg>)', html, re.S)[1] for html in shown.values()}
    assert len(icons) == len(answers)
    assert all(headline(answers[name]) in html for name, html in shown.items())


def test_the_cited_section_is_whole_and_the_quote_marked(fake: FakeAssistant) -> None:
    # Prevents a panel that shows the quote without what stands around it, or marks another row.
    citation = fake.row("2024", 2)
    html = str(render_section(fake.editions["2024"], citation))
    marked = " ".join(re.findall(r"<mark>(.*?)</mark>", html, re.S))
    assert marked.split() == plain_text(citation.quote).replace(" | ", " ").split()
    assert "Huvudman är en förvaltningsrättslig term" in html
    assert html.count("<tr") == 9


@pytest.mark.parametrize("edition", ["2024", "2018"])
def test_every_passage_can_be_shown_with_its_words_marked(fake: FakeAssistant, edition: str) -> None:
    # Prevents a passage (footnote, list item, link) whose mark is lost or breaks the Markdown.
    for block in fake.editions[edition].blocks:
        passage = block.passages[-1]
        citation = Citation(edition, passage.section, "x", passage.text, passage.start, passage.end)
        html = str(render_section(fake.editions[edition], citation))
        marked = re.sub(r"<[^>]+>", "", "".join(re.findall(r"<mark>(.*?)</mark>", html, re.S)))
        letters = re.sub(r"\W|\d", "", plain_text(passage.text))
        assert "\ue000" not in html and "\ue001" not in html
        assert re.sub(r"\W|\d", "", marked.replace("&amp;", "&"))[:20] == letters[:20], passage.id


def test_whatever_an_answer_holds_is_escaped(fake: FakeAssistant) -> None:
    # Prevents a script from a question, the corpus or a chat model from running in the page.
    citation = replace(fake.row("2024", 2), label=SCRIPT, section=(SCRIPT,), quote=SCRIPT)
    unknown = replace(citation, edition=SCRIPT)
    answer = Answer(
        question=SCRIPT,
        status=Status.NEEDS_FACTS,
        verdict=Verdict.DEPENDS,
        edition=SCRIPT,
        answer=SCRIPT + "\n\n[länk](javascript:alert(1)) ![bild](https://x.example/y.png)",
        citations=(citation, unknown),
        branches=(Branch(SCRIPT, Verdict.CONSENT_REQUIRED, 2),),
        follow_up=FollowUp(SCRIPT, (SCRIPT, '" onclick="alert(1)')),
        reasons=Reasons({SCRIPT: SCRIPT}, (SCRIPT,), SCRIPT),
        warnings=tuple(Warning_),
    )
    html = render_exchange(1, answer, fake.editions)
    tags = re.findall(r"<[a-zA-Z][^>]*>", html)
    assert not [tag for tag in tags if re.match(r"<(img|script|iframe|object)", tag)]
    assert not [tag for tag in tags if re.search(r'\son\w+=|href="?\s*javascript:', _outside_values(tag))]
    assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', html))


def _outside_values(tag: str) -> str:
    return re.sub(r'="(?!\s*javascript:)[^"]*"', '=""', tag)


def test_markdown_is_rendered_without_raw_html() -> None:
    # Prevents Markdown shown as typed, and HTML let through by the renderer.
    html = str(render_markdown("# Rubrik\n\n**fet** <b onclick=x>rå</b>\n\n- ett\n- två\n\n`kod`"))
    assert "<h3>Rubrik</h3>" in html and "<strong>fet</strong>" in html and "<li>ett</li>" in html
    assert "<b" not in html
    assert is_html(html)


def test_notices_stand_above_the_answer_once(fake: FakeAssistant) -> None:
    # Prevents a notice that is lost, or said both in its box and in the answer's text.
    from assistant import wording

    answer = replace(
        fake.required("2018"),
        answer=f"*{wording.SUPERSEDED}*\n\n*{wording.PERSONAL_DATA}*\n\nSvaret.",
        warnings=(Warning_.SUPERSEDED_EDITION, Warning_.PERSONAL_DATA, Warning_.DUTY_TO_REPORT),
    )
    html = render_exchange(1, answer, fake.editions).split("<details")[0]
    said = html.split('data-act="kopiera"')[0]
    for words in (wording.SUPERSEDED, wording.PERSONAL_DATA, wording.DUTY_FIRST):
        assert said.count(words) == 1
    assert html.index(wording.SUPERSEDED) < html.index('class="verdict"')


def test_what_to_think_of_beside_is_folded_under_what_it_is_about(fake: FakeAssistant) -> None:
    # Prevents a verdict that drowns in reminders on a phone, and reminders that nobody knows are there.
    html = render_exchange(1, fake.required(), fake.editions)
    shown, folded = html.split('<details class="beside">')
    assert "Samtycket dokumenteras." in shown and "Sekretessen kan" not in shown
    assert '<span class="topics">om samtycke nekas, dokumentera</span>' in folded
    assert "Sekretessen kan ändå brytas." in folded and html.count("Tänk också på") == 2  # and the copy
    assert "beside" not in render_exchange(1, fake.fact(), fake.editions)


def test_a_comparison_is_not_called_superseded(fake: FakeAssistant) -> None:
    # Prevents an answer from the edition in force from being said to be out of date.
    from assistant import wording

    answer = replace(fake.required("2024"), warnings=(Warning_.SUPERSEDED_EDITION,))
    assert wording.SUPERSEDED not in render_exchange(1, answer, fake.editions)


def test_the_copied_text_holds_answer_quote_and_reference(fake: FakeAssistant) -> None:
    # Prevents a pasted answer that nobody can trace to its source.
    answer = fake.required()
    copied = text_with_source(answer, fake.editions)
    assert "Samtycke från vårdnadshavare krävs" in copied and "**" not in copied
    for citation in answer.citations:
        assert citation.label in copied and plain_text(citation.quote) in copied


def test_the_memory_comes_back_as_it_was_and_holds_no_tag(fake: FakeAssistant) -> None:
    # Prevents a lost turn, and a value that could end a script element.
    answer = replace(fake.required(), question=SCRIPT)
    memory = Memory().with_answer(answer, "<p>", "klart")
    assert "<" not in memory.write()
    assert Memory.read(memory.write()) == memory
    assert [turn.content for turn in memory.history()] == [SCRIPT, answer.answer]


def test_the_memory_forgets_the_oldest_turns(fake: FakeAssistant) -> None:
    # Prevents a conversation that grows until it is refused as too large.
    memory = Memory()
    for _ in range(MAX_TURNS + 3):
        memory = memory.with_answer(fake.fact(), "", "")
    assert [turn.number for turn in memory.turns] == list(range(4, MAX_TURNS + 4))
    assert Memory.read(memory.write()) == memory


@pytest.mark.parametrize("value", ["{", '{"turns": [1]}', '{"serial": -1}', "[]"])
def test_a_memory_that_was_tampered_with_is_refused_in_swedish(value: str) -> None:
    # Prevents a stack trace, or a made-up history taken for ours.
    with pytest.raises(InvalidInputError, match="Ladda om sidan"):
        Memory.read(value)


def test_only_the_offered_roles_are_taken() -> None:
    # Prevents text of any kind from reaching the assistant through the profile.
    assert Choices.read('{"role": "Barnmorska"}').profile() is not None
    with pytest.raises(InvalidInputError):
        Choices.read('{"role": "<script>"}')


def test_a_comparison_names_both_editions(fake: FakeAssistant) -> None:
    # Prevents a comparison that looks as if it came out of one edition.
    answer = replace(fake.required("2024"), citations=(fake.row("2024", 2), fake.row("2018", 2)))
    html = render_exchange(1, answer, fake.editions)
    assert "Vägledning 2024 (gällande) och Vägledning 2018 (ersatt)" in html


def test_the_nearest_section_is_not_called_a_source(fake: FakeAssistant) -> None:
    # Prevents "the guideline says nothing" from standing beside what looks like its evidence.
    answer = replace(silent("2024", Status.NOT_IN_GUIDELINE), citations=(fake.row("2024", 2),))
    html = render_exchange(1, answer, fake.editions)
    assert "Närmaste avsnittet" in html and "Källor" not in html
