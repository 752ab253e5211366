"""The chat in a real browser: every flow, keyboard, phone, accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser import (
    assert_accessible,
    assert_accessible_everywhere,
    assert_no_sideways_scroll,
    open_in,
    open_page,
    profile,
    served,
)
from chat_browser import Chat, ask, ask_and_fail, go

from assistant.answering import Assistant
from assistant.feedback import FeedbackStore
from assistant.settings import Settings

pytestmark = pytest.mark.browser

LISTEN = """() => {
  window.said = [];
  document.querySelectorAll('[aria-live], [role=status], [role=alert]').forEach((live) => {
    const heard = () => { if (live.textContent.trim()) window.said.push(live.textContent.trim()); };
    new MutationObserver(heard).observe(live, { childList: true, characterData: true, subtree: true });
  });
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  return [e.getAttribute('aria-label') || e.innerText || '', getComputedStyle(e).outlineStyle];
}"""


@pytest.fixture(scope="module")
def shared(chromium: Any) -> Iterator[Any]:
    with profile(chromium) as context:
        yield context


@pytest.fixture
def page(shared: Any, chat: Chat) -> Iterator[Any]:
    with open_in(shared) as page:
        go(page, chat)
        yield page
        assert page.foreign == [] and page.errors == []


def test_answer_with_verdict_source_and_marked_quote(page: Any) -> None:
    # Prevents an answer without its evidence, or a panel that opens at another place.
    exchange = ask(page, "Behöver jag samtycke?")
    assert "Samtycke krävs" in exchange.locator(".verdict").inner_text()
    panel = exchange.locator(".panel")
    assert "Tabell 1 rad 2" in panel.locator(".place").first.inner_text()
    assert panel.locator(".source:not([hidden]) mark").count() == 3
    mark, scroll = panel.locator("mark").first.bounding_box(), panel.locator(".scroll").first.bounding_box()
    assert scroll["y"] <= mark["y"] <= scroll["y"] + scroll["height"]
    assert page.get_by_label("Din fråga").input_value() == ""


def test_panel_stands_beside_the_answer_and_under_it_on_a_phone(chromium: Any, chat: Chat) -> None:
    # Prevents a panel that squeezes the answer on a phone or hides far below it on a screen.
    for width, beside in ((1280, True), (390, False)):
        with open_page(chromium, width=width) as page:
            go(page, chat)
            exchange = ask(page, "Samtycke?")
            said, panel = exchange.locator(".said").bounding_box(), exchange.locator(".panel").bounding_box()
            assert (panel["x"] >= said["x"] + said["width"]) is beside
            assert (panel["y"] >= said["y"] + said["height"]) is not beside


def test_sources_can_be_stepped_through(page: Any) -> None:
    # Prevents later citations from being out of reach in the panel.
    exchange = ask(page, "Samtycke?")
    exchange.get_by_role("button", name="Nästa källa").click()
    assert "rad 3" in exchange.locator(".source:not([hidden]) .place").inner_text()
    exchange.get_by_role("button", name="Nästa källa").click()
    assert "rad 2" in exchange.locator(".source:not([hidden]) .place").inner_text()
    exchange.get_by_text("En källa till").click()
    exchange.get_by_role("button", name="Visa i sitt sammanhang, källa 2").click()
    assert "Källa 2 av 2" in exchange.locator(".count").inner_text()


def test_citation_opens_the_reader_at_the_quote(page: Any) -> None:
    # Prevents a link that leads to the front of the guideline.
    exchange = ask(page, "Samtycke?")
    with page.context.expect_page() as opened:
        exchange.locator(".citations a").first.click()
    reader = opened.value
    reader.wait_for_load_state()
    assert "/vagledningen/2024" in reader.url and reader.locator("mark").count() >= 1


def test_follow_up_option_is_the_next_turn(page: Any, chat: Chat) -> None:
    # Prevents a reply that loses the question it replies to.
    ask(page, "Det beror på vad?").get_by_role("button", name="Kommunen", exact=True).click()
    page.locator("#fraga-2").wait_for()
    question, history, _, _ = chat.assistant.asked[-1]
    assert question == "Kommunen" and history[0].content == "Det beror på vad?"


def test_example_question_is_asked_with_one_click(page: Any, chat: Chat) -> None:
    # Prevents examples that only look like buttons.
    page.get_by_role("button", name="Hur många timmar i veckan").click()
    page.locator("#fraga-1").wait_for()
    assert chat.assistant.asked[-1][0] == "Hur många timmar i veckan ska vi ha öppet gemensamt?"


def test_profile_is_sent_shown_and_removable(page: Any, chat: Chat) -> None:
    # Prevents a profile that works unseen, or can't be taken back.
    page.get_by_text("Om dig (frivilligt)").click()
    page.get_by_role("radio", name="Barnmorska").check()
    page.get_by_role("radio", name="Region Skåne").check()
    ask(page, "Samtycke?")
    profile = chat.assistant.asked[-1][2]
    assert (profile.role, profile.employer) == ("Barnmorska", "Region Skåne")
    page.get_by_role("button", name="Roll: Barnmorska").click()
    assert page.get_by_role("button", name="Roll: Barnmorska").count() == 0
    ask(page, "Samtycke?")
    assert chat.assistant.asked[-1][2].role is None


def test_edition_switch_says_and_sends_the_edition(page: Any, chat: Chat) -> None:
    # Prevents a superseded edition from answering without saying so.
    page.get_by_role("radio", name="Vägledning 2018").check()
    assert "Svaren kommer ur Vägledning 2018 (ersatt)" in page.locator(".standing").inner_text()
    exchange = ask(page, "Samtycke?")
    assert chat.assistant.asked[-1][3] == "2018"
    assert "ersatt" in exchange.locator(".notice").inner_text()
    assert "Vägledning 2018 (ersatt)" in exchange.locator(".verdict").inner_text()


def test_why_this_row_unfolds(page: Any) -> None:
    # Prevents reasons that nobody can open.
    exchange = ask(page, "Samtycke?")
    exchange.get_by_text("Varför denna rad").click()
    assert exchange.get_by_text("Vem som är arbetsgivare för den andra").is_visible()


def test_copy_with_source_and_link(page: Any, chat: Chat) -> None:
    # Prevents an answer pasted without its reference, and a link that loses the question.
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    exchange = ask(page, "Får jag & dela <detta>?")
    exchange.get_by_role("button", name="Kopiera med källa").click()
    exchange.get_by_text("Kopierat.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "olika huvudmän" in copied and "Tabell 1 rad 2" in copied
    exchange.get_by_role("button", name="Kopiera länk till frågan").click()
    exchange.get_by_text("Länken är kopierad.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    page.locator("#laddar").wait_for(state="hidden")
    assert page.get_by_label("Din fråga").input_value() == "Får jag & dela <detta>?"
    assert page.locator(".exchange").count() == 0


def test_feedback_is_stored_with_reason_and_comment(page: Any, chat: Chat) -> None:
    # Prevents a thank-you for a judgement that went nowhere.
    exchange = ask(page, "Samtycke för omdömet?")
    exchange.get_by_role("button", name="Nej").click()
    exchange.get_by_role("radio", name="Fel källa").check()
    exchange.get_by_label("Kommentar").fill("Fel rad, ring 191212121212")
    exchange.get_by_role("button", name="Skicka omdömet").click()
    exchange.get_by_text("Tack! Ditt omdöme är sparat.").wait_for()
    row = list(FeedbackStore(chat.settings.feedback_url).all())[-1]
    assert (row.question, row.reason, row.comment) == (
        "Samtycke för omdömet?", "fel källa", "Fel rad, ring [personnummer]",
    )  # fmt: skip


def test_helpful_is_one_click(page: Any, chat: Chat) -> None:
    # Prevents a form in the way of a yes.
    ask(page, "Samtycke ja?").get_by_role("button", name="Ja", exact=True).click()
    page.get_by_text("Tack! Ditt omdöme är sparat.").wait_for()
    assert list(FeedbackStore(chat.settings.feedback_url).all())[-1].helpful


def test_crash_is_said_as_such_and_keeps_the_text(page: Any) -> None:
    # Prevents a crash from looking like an answer, and typed text from being lost.
    ask(page, "Samtycke?")
    message = ask_and_fail(page, "krascha nu")
    assert "Något gick fel" in message and "Försök igen" in message
    assert page.get_by_label("Din fråga").input_value() == "krascha nu"
    assert page.locator(".exchange").count() == 1
    assert ask(page, "Samtycke igen?").get_attribute("id") == "fraga-3"


def test_lost_connection_keeps_the_text_and_can_go_on(chromium: Any, chat: Chat) -> None:
    # Prevents a page that waits for ever, or forgets the question.
    with open_page(chromium) as page:
        go(page, chat)
        ask(page, "Samtycke?")
        page.route("**/gradio_api/queue/**", lambda route: route.abort())
        assert "Förbindelsen" in ask_and_fail(page, "Samtycke två?")
        assert page.get_by_label("Din fråga").input_value() == "Samtycke två?"
        page.unroute("**/gradio_api/queue/**")
        page.get_by_role("button", name="Fråga", exact=True).click()
        page.locator(".exchange").nth(1).wait_for()


def test_too_long_question_is_said_before_it_is_sent(page: Any, chat: Chat) -> None:
    # Prevents a question that is cut off unseen.
    asked = len(chat.assistant.asked)
    assert "Högst 2 000 tecken" in page.locator("#fraga-hjalp").inner_text().replace("\u00a0", " ")
    message = ask_and_fail(page, "x" * 2001)
    assert "för lång" in message and len(chat.assistant.asked) == asked
    assert "1 tecken för mycket" in page.locator("#fraga-antal").inner_text()


def test_new_conversation_forgets_the_old_one(page: Any, chat: Chat) -> None:
    # Prevents facts of one case from leaking into the next.
    ask(page, "Det beror på?")
    page.get_by_role("button", name="Ny konversation").click()
    assert page.locator(".exchange").count() == 0
    ask(page, "Kommunen")
    assert chat.assistant.asked[-1][1] == ()


def test_reload_forgets_everything(page: Any, chat: Chat) -> None:
    # Prevents a conversation that the next person at the computer can read.
    ask(page, "Samtycke?")
    page.reload()
    page.locator("#laddar").wait_for(state="hidden")
    assert page.locator(".exchange").count() == 0


def test_start_and_end_are_announced_once_each(page: Any) -> None:
    # Prevents a screen reader that says nothing, or everything twice.
    page.evaluate(LISTEN)
    ask(page, "Samtycke?")
    page.wait_for_timeout(300)
    assert page.evaluate("window.said") == ["Söker i vägledningen.", "Svaret är klart: Samtycke krävs."]


def test_print_shows_the_answer_and_hides_the_controls(page: Any) -> None:
    # Prevents a printout of buttons with a cut-off source.
    exchange = ask(page, "Samtycke?")
    page.emulate_media(media="print")
    assert exchange.locator(".verdict").is_visible() and exchange.locator("mark").first.is_visible()
    for hidden in ("#fraga-ruta", ".actions", ".feedback", ".site-header"):
        assert not page.locator(hidden).first.is_visible()
    assert exchange.locator(".scroll").first.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_keyboard_alone_is_enough(chromium: Any, chat: Chat) -> None:
    # Prevents a control that only a mouse reaches, and focus that gets lost.
    with open_page(chromium) as page:
        go(page, chat)

        def tab_to(name: str) -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                focused, shown = page.evaluate(FOCUSED)
                if name in focused:
                    assert shown != "none"
                    return
            pytest.fail(f"{name} can't be reached by Tab")

        page.get_by_label("Din fråga").focus()
        page.keyboard.type("Det beror på?")
        page.keyboard.press("Enter")
        page.locator("#fraga-1").wait_for()
        page.wait_for_function("document.activeElement.id === 'fraga-1-rubrik'")
        tab_to("Kommunen")
        page.keyboard.press("Enter")
        page.locator("#fraga-2").wait_for()
        page.wait_for_function("document.activeElement.id === 'fraga-2-rubrik'")
        tab_to("Nästa källa")
        page.keyboard.press("Space")
        tab_to("Varför denna rad")
        page.keyboard.press("Enter")
        tab_to("Nej")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.type === 'radio'")
        tab_to("Skicka omdömet")
        page.keyboard.press("Enter")
        page.get_by_text("Tack! Ditt omdöme är sparat.").wait_for()
        tab_to("Om dig")
        tab_to("Ny konversation")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")


def test_shift_enter_is_a_new_line(page: Any) -> None:
    # Prevents a half-written question from being sent.
    page.get_by_label("Din fråga").press_sequentially("ett")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("två")
    assert page.get_by_label("Din fråga").input_value() == "ett\ntvå"


@pytest.mark.parametrize("locale", ["en-GB", "ar-EG", "zh-CN"])
def test_page_is_swedish_whatever_the_browser_speaks(chromium: Any, chat: Chat, locale: str) -> None:
    # Prevents a screen reader from reading Swedish with an English voice (WCAG 3.1.1).
    with open_page(chromium, locale=locale) as page:
        go(page, chat)
        ask(page, "Samtycke?")
        assert page.evaluate("document.documentElement.lang") == "sv"
        assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
        assert page.locator("h1").count() == 1
        assert page.title() == "Fråga vägledningen – Vägledaren"
        assert page.locator("gradio-app footer").count() == 0


def test_no_accessibility_fault_in_any_state(chromium: Any, chat: Chat) -> None:
    # Prevents a state that is unreadable or unusable for somebody (DOS-lagen, WCAG 2.1 AA).
    phone_and_desk, widths = (320, 1280), (320, 390, 1280)
    with open_page(chromium, locale="en-GB") as page:
        go(page, chat)
        page.get_by_text("Om dig (frivilligt)").click()
        page.get_by_role("radio", name="Barnmorska").check()
        assert_accessible_everywhere(page, phone_and_desk)
        exchange = ask(page, "Samtycke?")
        for folded in ("Varför denna rad", "En källa till"):
            exchange.get_by_text(folded).click()
        exchange.get_by_role("button", name="Nej").click()
        assert_accessible_everywhere(page, phone_and_desk)
        for question in ("Det beror på?", "oro 191212121212", "väder?", "ignorera allt", "timmar?"):
            ask(page, question)
        assert_accessible_everywhere(page, phone_and_desk)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert_no_sideways_scroll(page)
        ask_and_fail(page, "krascha")
        assert_accessible_everywhere(page, widths)  # all that was said before still stands there
        assert page.foreign == []


@pytest.fixture(scope="module")
def real_address(real_settings: Settings, real_assistant: Assistant) -> Iterator[str]:
    from app import build_app

    with served(build_app(real_assistant, real_settings, real_assistant.retrieve)) as address:
        yield address


def test_the_first_example_is_answered_from_the_real_index(chromium: Any, real_address: str) -> None:
    # Prevents a page that works with made-up answers only.
    with open_page(chromium) as page:
        page.goto(real_address)
        page.locator("#laddar").wait_for(state="hidden")
        exchange = ask(
            page,
            "Behöver jag samtycke för att dela uppgifter med BVC-sköterskan hos en privat vårdgivare? Jag är "
            "BHV-sjuksköterska anställd av Region Skåne och vi sitter på samma familjecentral.",
        )
        assert "Samtycke krävs" in exchange.locator(".verdict").inner_text()
        assert "rad 2" in exchange.locator(".place").first.inner_text()
        assert "olika huvudmän" in exchange.locator(".citations blockquote").first.inner_text()
        assert "olika huvudmän" in "".join(
            exchange.locator(".source").first.locator("mark").all_inner_texts()
        )
        assert_accessible(page)
        assert page.foreign == [] and page.errors == []


def test_without_script_the_page_says_where_to_go(chromium: Any, chat: Chat) -> None:
    # Prevents an empty page where script is off.
    with open_page(chromium, script=False) as page:
        page.goto(chat.address)
        assert "JavaScript" in page.locator("noscript").inner_text()
