"""The reader in a real browser: accessibility, phone, keyboard, no script, print, injections."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from browser import (
    INJECTIONS,
    assert_accessible,
    assert_accessible_everywhere,
    assert_no_sideways_scroll,
    assert_nothing_injected,
    open_page,
    served,
)
from fastapi import FastAPI

from assistant.comparison_file import load_comparisons
from assistant.pages.layout import install_pages
from assistant.pages.reader import reader_router
from assistant.pages.statement import statement_router
from assistant.settings import PROJECT_ROOT
from assistant.types import Hit
from ingest.corpus import load_corpus

pytestmark = pytest.mark.browser

CORPUS = PROJECT_ROOT / "corpus"
PAGES = [
    "/vagledningen",
    "/vagledningen/2018",
    "/vagledningen/2024?citat=Samtycket%20är%20inte%20generellt#citat",
    "/vagledningen/2024?citat=inget",
    "/vagledningen/sok?q=privata",
    "/vagledningen/sok?q=" + "x" * 300,
    "/vagledningen/jamfor",
    "/vagledningen/finns-inte",
    "/tillganglighet",
]
# The text of 2024 stands on three of them: with a mark, where it is looked at in both widths, and on these,
# which are a phone's, light and dark.
SAME_TEXT = ("/vagledningen", "/vagledningen/2024?citat=inget")


@pytest.fixture(scope="module")
def address():
    editions = {edition.id: edition for edition in load_corpus(CORPUS)}

    def search(query: str, edition_id: str) -> list[Hit]:
        return [Hit(block, block.passages[0], 0.5) for block in editions[edition_id].blocks[30:33]]

    app = FastAPI()
    app.include_router(reader_router(editions, search, load_comparisons(CORPUS, editions)))
    app.include_router(statement_router(editions))
    install_pages(app)
    with served(app) as where:
        yield where


def test_no_page_has_an_accessibility_violation(chromium, address):
    # Prevents: contrast, names, landmarks and order that shut people out (WCAG 2.1 AA, DOS-lagen).
    with open_page(chromium, locale="en-GB") as page:
        for path in PAGES:
            page.goto(address + path)
            assert_accessible_everywhere(page, (320,) if path in SAME_TEXT else (320, 1280))
            assert page.evaluate("document.documentElement.lang") == "sv"
        assert page.foreign == []


def test_axe_would_find_a_violation(chromium, address):
    # Prevents: an accessibility test that passes because axe-core never ran.
    with open_page(chromium) as page:
        page.goto(address + "/tillganglighet")
        page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        with pytest.raises(AssertionError, match="button-name"):
            assert_accessible(page)
    with open_page(chromium, dark=True) as page:
        page.goto(address + "/tillganglighet")
        assert_accessible(page, colours_only=True)
        page.evaluate("document.querySelector('main').style.color = '#222'")
        with pytest.raises(AssertionError, match="color-contrast"):
            assert_accessible(page, colours_only=True)


@pytest.mark.parametrize("width", [320, 390, 720, 1920])
def test_no_page_scrolls_sideways(chromium, address, width):
    # Prevents: text cut off on a phone, or at 200 % zoom (1440 px shown as 720).
    with open_page(chromium, width=width) as page:
        for path in PAGES:
            page.goto(address + path)
            assert_no_sideways_scroll(page)


def test_the_table_is_readable_on_a_phone(chromium, address):
    # Prevents: three narrow columns, or cells whose column one can't tell.
    with open_page(chromium, width=390) as page:
        page.goto(f"{address}/vagledningen/2024#tabell-1-rad-2")
        cells = page.locator("#tabell-1-rad-2 td")
        assert cells.count() == 3
        assert all(cells.nth(i).bounding_box()["width"] > 300 for i in range(3))
        label = cells.nth(2).evaluate("cell => getComputedStyle(cell, '::before').content")
        assert label == '"Sekretessområde"'


def test_a_link_to_a_quote_opens_at_the_mark_without_script(chromium, address):
    # Prevents: citations that need script, or open at the top of a long page.
    with open_page(chromium, width=390, script=False) as page:
        page.goto(f"{address}/vagledningen/2024?citat=Samtycket är inte generellt#citat")
        box = page.locator("#citat").bounding_box()
        assert 0 <= box["y"] < 900
        assert page.locator("#citat").inner_text() == "Samtycket är inte generellt"


def test_the_reader_works_with_the_keyboard_alone_and_without_script(chromium, address):
    # Prevents: a search or a switch of edition that only a mouse or a script can reach.
    with open_page(chromium, script=False) as page:
        page.goto(f"{address}/vagledningen")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
        page.keyboard.press("Enter")
        for _ in range(4):  # 2024, 2018, compare, the search field
            page.keyboard.press("Tab")
        page.keyboard.type("menprövning")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sok?**")
        assert page.locator("mark").first.inner_text().lower() == "menprövning"
        page.locator(".hits a").first.press("Enter")
        page.wait_for_url("**citat=**")
        assert page.locator("#citat").is_visible()


def test_focus_can_be_seen_in_light_and_dark(chromium, address):
    # Prevents: a keyboard user who doesn't know where they are.
    for dark in (False, True):
        with open_page(chromium, dark=dark) as page:
            page.goto(f"{address}/vagledningen")
            for _ in range(8):
                page.keyboard.press("Tab")
                style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert style == "solid"


def test_footnotes_lead_there_and_back(chromium, address):
    # Prevents: the reader losing their place.
    with open_page(chromium) as page:
        page.goto(f"{address}/vagledningen/2024")
        page.locator('a[href="#not-upphojd-1"]').click()
        assert page.evaluate("location.hash") == "#not-upphojd-1"
        page.locator("#not-upphojd-1 .back").click()
        assert page.locator("#not-upphojd-1-text").bounding_box()["y"] >= 0


def test_changes_are_marked_without_colour(chromium, address):
    # Prevents: insertions and deletions that only colour tells apart.
    with open_page(chromium) as page:
        page.goto(f"{address}/vagledningen/jamfor")
        line = "e => getComputedStyle(e).textDecorationLine"
        assert page.locator(".pair ins").first.evaluate(line) == "underline"
        assert page.locator(".pair del").first.evaluate(line) == "line-through"
        assert page.locator(".pair ins").first.text_content().startswith("tillagt: ")


def test_print_leaves_out_what_paper_has_no_use_for(chromium, address):
    # Prevents: menus and search fields on paper, or white text on white.
    with open_page(chromium, dark=True) as page:
        page.goto(f"{address}/vagledningen/2024")
        page.emulate_media(media="print", color_scheme="dark")
        for selector in (".site-header", ".search", ".contents-wide", ".edition-switch"):
            assert not page.locator(selector).first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator("#tabell-1-rad-8").is_visible()


@pytest.mark.parametrize(
    "where", ["/sok?q=", "/sok?q=samtycke&utgava=", "/2024?citat=", "/jamfor?fran=", "/"]
)
def test_texts_in_the_address_line_run_nothing(chromium, address, where):
    # Prevents: a link that runs somebody else's script in a colleague's browser.
    size = 3 if where == "/sok?q=" else 7  # a search for longer texts finds nothing
    texts = [" ".join(INJECTIONS[n : n + size]) for n in range(0, len(INJECTIONS), size)]
    with open_page(chromium) as page:
        for text in texts:
            page.goto(f"{address}/vagledningen{where}{quote(text, safe='')}")
            assert page.locator("h1").count() == 1, text
            assert_nothing_injected(page)
            if where == "/sok?q=":
                assert page.get_by_role("searchbox").input_value() == text
        assert page.foreign == []
        assert [error for error in page.errors if "404" not in error] == []
