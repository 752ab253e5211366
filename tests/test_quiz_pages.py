"""The pages under /ova: the whole way by HTTP, what is refused, and in a browser."""

import csv
import html
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import (
    INJECTIONS,
    assert_accessible,
    assert_no_sideways_scroll,
    assert_nothing_injected,
    open_page,
    served,
)
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.pages.layout import install_pages
from assistant.pages.quiz import quiz_router
from assistant.pages.reader import reader_router
from assistant.quiz import MIXED, Plan, Theme, draw
from assistant.quiz_check import item_pool
from assistant.quiz_scenarios import read_folder
from ingest.corpus import load_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
CODE = Plan(Theme.WHOLE, 5, MIXED, 17).code
TRIPLES = [INJECTIONS[n : n + 3] for n in range(0, len(INJECTIONS), 3)]
EIGHTS = [" ".join(INJECTIONS[n : n + 8]) for n in range(0, len(INJECTIONS), 8)]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


@pytest.fixture(scope="module")
def editions():
    return {edition.id: edition for edition in load_corpus(CORPUS)}


def make_app(editions, corpus_dir) -> FastAPI:
    app = FastAPI()
    install_pages(app)
    app.include_router(quiz_router(editions, corpus_dir))
    app.include_router(reader_router(editions))
    return app


@pytest.fixture(scope="module")
def client(editions):
    return TestClient(make_app(editions, CORPUS))


@pytest.fixture(scope="module")
def quiz(editions):
    return draw(item_pool(read_folder(CORPUS)[0], editions, "2024"), CODE)


def letters(quiz, right: set[int]) -> str:
    """The letters that answer these questions (from 0) rightly and the others wrongly."""
    return "".join(
        "abcd"[item.right if n in right else (item.right + 1) % len(item.choices)]
        for n, item in enumerate(quiz.items)
    )


def test_start_offers_every_setting_as_a_radio(client):
    # Prevents a theme, number or difficulty that can't be chosen.
    page = client.get("/ova").text
    for value in [
        "tabell1",
        "samtycke",
        "sekretess",
        "barnets-rattigheter",
        "styrning",
        "hela",
        "5",
        "20",
        "3",
        "0",
    ]:
        assert f'value="{value}"' in page
    assert "<select" not in page
    assert "<script" not in page


def test_new_quiz_leads_to_a_code_with_the_chosen_settings(client):
    # Prevents settings that get lost between the form and the code.
    answer = client.get("/ova/ny?tema=styrning&antal=5&niva=1", follow_redirects=False)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "Styrning och samordning · 5 frågor · Regeln som den står" in html.unescape(page)


@pytest.mark.parametrize(
    "query", ["", "tema=x&antal=5&niva=1", "tema=hela&antal=7&niva=1", "tema=hela&antal=5&niva=x"]
)
def test_a_broken_form_is_explained_in_swedish(client, query):
    # Prevents FastAPI's English JSON on a page.
    answer = client.get(f"/ova/ny?{query}")
    assert answer.status_code == 400
    assert "Välj ett tema" in answer.text


def test_a_typed_code_opens_the_quiz_and_a_wrong_one_is_explained(client):
    # Prevents a participant from being stuck at the code.
    answer = client.get("/ova/kod", params={"kod": CODE.lower().replace("-", " ")}, follow_redirects=False)
    assert answer.headers["location"] == f"/ova/{CODE}"
    refused = client.get("/ova/kod", params={"kod": HOSTILE})
    assert refused.status_code == 400
    assert "Koden känns inte igen" in refused.text
    assert "<script" not in refused.text


def test_question_feedback_and_result_tell_right_from_wrong_with_the_decisive_fact(client, quiz):
    # Prevents a mark, a fact or a quote that belongs to another question.
    given = letters(quiz, {0, 2, 4})
    for n, item in enumerate(quiz.items):
        question = html.unescape(client.get(f"/ova/{CODE}/fraga?svar={given[:n]}").text)
        assert f"Fråga {n + 1} av 5" in question
        assert item.story in question
        assert item.decisive not in question
        page = html.unescape(client.get(f"/ova/{CODE}/svar?svar={given[:n]}&val={given[n]}").text)
        assert ("</svg> Rätt</h2>" if n in {0, 2, 4} else "</svg> Inte rätt</h2>") in page
        assert item.decisive in page
        assert item.source.quote in page
    result = html.unescape(client.get(f"/ova/{CODE}/resultat?svar={given}").text)
    assert "3 rätt av 5" in result
    assert "bara=2.4" in result


def test_links_of_feedback_lead_to_the_marked_quote_or_row(client, quiz):
    # Prevents a citation link that opens the guideline at its beginning.
    for n in range(len(quiz.items)):
        page = client.get(f"/ova/{CODE}/svar?svar={'a' * n}&val=a").text
        address = html.unescape(re.search(r'<figcaption><a href="([^"]+)"', page)[1])
        path, anchor = address.split("#")
        reader = client.get(path)
        assert reader.status_code == 200
        assert f'id="{anchor}"' in reader.text, address


def test_wrong_ones_are_repeated_alone(client, quiz):
    # Prevents a repetition that numbers, marks or draws anew.
    page = html.unescape(client.get(f"/ova/{CODE}/fraga?bara=2.4").text)
    assert "Fråga 1 av 2" in page
    assert quiz.items[1].story in page
    wrong = "abcd"[(quiz.items[3].right + 1) % len(quiz.items[3].choices)]
    right = "abcd"[quiz.items[1].right]
    result = html.unescape(client.get(f"/ova/{CODE}/resultat?svar={right}{wrong}&bara=2.4").text)
    assert "1 rätt av 2" in result
    assert "bara=4#" in result


def test_no_choice_made_asks_again(client, quiz):
    # Prevents a question that is skipped unseen.
    page = client.get(f"/ova/{CODE}/svar?svar=")
    assert "Välj ett av svaren" in page.text
    assert "Fråga 1 av 5" in page.text


def test_results_download_as_csv(client, quiz):
    # Prevents a download without the answers.
    answer = client.get(f"/ova/{CODE}/resultat.csv?svar={letters(quiz, {1})}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert f'filename="{CODE}.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Resultat"] for row in rows] == ["fel", "rätt", "fel", "fel", "fel"]


@pytest.mark.parametrize(
    "path",
    [
        "/ova/FC-12",
        "/ova/<script>",
        f"/ova/{CODE}/finns-inte",
        "/ova/a/b/c",
        f"/ova/{CODE}/fraga?svar=z",
        f"/ova/{CODE}/fraga?svar={'a' * 99}",
        f"/ova/{CODE}/svar?val=zz",
        f"/ova/{CODE}/svar?val=%00",
        f"/ova/{CODE}/fraga?bara=x",
        f"/ova/{CODE}/resultat?bara={'9.' * 80}1",
        f"/ova/{CODE}/resultat?svar=é",
        f"/ova/{CODE}/resultat.csv?svar=<script>",
    ],
)
def test_a_tampered_address_gets_a_page_that_says_what_to_do(client, path):
    # Prevents a server error, and text from the address in the page's markup.
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "<h1>Öva</h1>" in answer.text
    assert "<script" not in answer.text


def test_no_cookie_is_set_and_headers_are_strict(client):
    # Prevents state that follows a person around.
    for path in ["/ova", f"/ova/{CODE}", f"/ova/{CODE}/fraga", f"/ova/{CODE}/papper"]:
        answer = client.get(path)
        assert "set-cookie" not in answer.headers
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.fixture(scope="module")
def hostile_app(editions, tmp_path_factory):
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "scenarios").mkdir()
    scenarios = "".join(hostile_scenario(n, " ".join(texts)) for n, texts in enumerate(TRIPLES))
    (corpus / "scenarios" / "ont.yaml").write_text(f"scenarios:\n{scenarios}", encoding="utf-8")
    return make_app(editions, corpus)


def hostile_scenario(number: int, texts: str) -> str:
    """A scenario whose every text is hostile, as YAML."""
    text = f"{HOSTILE} {texts}".replace("'", "''")
    choices = "\n".join(
        f"      - {{text: '{n} {text}', right: {str(n == 1).lower()}, why: '{text}'}}" for n in range(3)
    )
    return (
        f"  - id: ont-{number}\n    theme: styrning\n    difficulty: 1\n"
        f"    story: '{text}'\n    choices:\n{choices}\n    source:\n      section: [Sekretess, Samtycke]\n"
        f"      quote: En ny situation innebär ett nytt samtycke.\n    decisive: '{text}'\n"
    )


def hostile_pages() -> list[str]:
    """Every page of a quiz with all hostile scenarios: questions, right and wrong answers, the end."""
    code = Plan(Theme.STEERING, 20, 1, 1).code
    before = ["a" * n for n in range(len(TRIPLES))]
    questions = [f"fraga?svar={given}" for given in before]
    answers = [f"svar?svar={given}&val={'abc'[len(given) % 3]}" for given in before]
    end = f"resultat?svar={'a' * len(TRIPLES)}"
    return [f"/ova/{code}/{page}" for page in (*questions, *answers, end, "papper")]


def test_markup_in_a_scenario_stays_text(hostile_app):
    # Prevents script from a scenario file.
    client = TestClient(hostile_app)
    for path in hostile_pages():
        page = client.get(path).text
        assert "&lt;script&gt;" in page, path
        assert "<script" not in page
        assert "<img" not in page
        assert "{{7*7}}" in page


def test_a_changed_scenario_file_is_seen_without_a_restart(editions, tmp_path):
    # Prevents a trainer from wondering why a correction doesn't show.
    folder = tmp_path / "scenarios"
    folder.mkdir()
    text = (CORPUS / "scenarios" / "styrning.yaml").read_text(encoding="utf-8")
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    client = TestClient(make_app(editions, tmp_path))
    path = f"/ova/{Plan(Theme.STEERING, 20, MIXED, 1).code}/papper"
    assert "Varje familjecentral ska ha en, som länk" in client.get(path).text
    (folder / "a.yaml").write_text(
        text.replace("ska ha en, som länk", "ska ha någon, som länk"), encoding="utf-8"
    )
    assert "Varje familjecentral ska ha någon, som länk" in client.get(path).text


# ------------------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def address(editions):
    with served(make_app(editions, CORPUS)) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "locale", "dark"),
    [(1280, "sv-SE", False), (390, "sv-SE", False), (320, "en-US", False), (1280, "sv-SE", True)],
)
def test_every_page_is_accessible_and_fits(chromium, address, quiz, width, locale, dark):
    # Prevents WCAG faults and sideways scrolling in any state, in light and dark.
    given = letters(quiz, {0})
    paths = [
        "/ova", "/ova/kod?kod=x", f"/ova/{CODE}", f"/ova/{CODE}/fraga", f"/ova/{CODE}/svar?svar=",
        f"/ova/{CODE}/svar?svar=&val={given[0]}", f"/ova/{CODE}/svar?svar={given[0]}&val={given[1]}",
        f"/ova/{CODE}/resultat?svar={given}", f"/ova/{CODE}/papper",
    ]  # fmt: skip
    with open_page(chromium, width=width, dark=dark, locale=locale) as page:
        for path in paths:
            page.goto(address + path)
            assert page.locator("html").get_attribute("lang") == "sv"
            assert page.locator("h1").count() == 1
            assert_accessible(page, colours_only=dark, colours=width == 1280)
            assert_no_sideways_scroll(page)
        assert page.foreign == []


@pytest.mark.browser
def test_a_whole_quiz_by_keyboard_alone_without_script(chromium, address):
    # Prevents a control that only a mouse reaches, and a page that needs script.
    with open_page(chromium, script=False) as page:
        page.goto(f"{address}/ova")
        page.get_by_role("textbox", name="Kod").focus()
        page.keyboard.type(CODE)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ova/{CODE}")
        page.get_by_role("link", name="Börja med fråga 1").press("Enter")
        for _ in range(5):
            page.get_by_role("radio").first.focus()
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            page.wait_for_url("**/svar?**")
            page.locator("a.button").first.press("Enter")
            page.wait_for_url(re.compile(r"/(fraga|resultat)\?"))
        assert page.get_by_role("heading", name="Resultat").is_visible()


@pytest.mark.browser
def test_focus_goes_to_the_feedback(chromium, address):
    # Prevents a screen reader from starting over at the menu after each answer.
    with open_page(chromium) as page:
        page.goto(f"{address}/ova/{CODE}/fraga")
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Svara").click()
        page.wait_for_url("**/svar?**")
        page.wait_for_function("document.activeElement.id === 'aterkoppling'")


@pytest.mark.browser
def test_a_hostile_scenario_runs_no_script(chromium, hostile_app):
    # Prevents markup that the server's escaping missed.
    with served(hostile_app) as address, open_page(chromium) as page:
        for path in hostile_pages():
            page.goto(address + path)
            assert_nothing_injected(page)
        shown = page.locator("main").inner_text()  # the paper, which holds them all
        assert not [text for text in INJECTIONS if " ".join(text.split()) not in shown]
        assert page.errors == []
        assert page.foreign == []


@pytest.mark.browser
def test_texts_in_the_address_line_run_no_script(chromium, address):
    # Prevents a link to a quiz that runs somebody else's script.
    with open_page(chromium) as page:
        for text in INJECTIONS:
            page.goto(f"{address}/ova/kod?kod={quote(text, safe='')}")
            assert page.get_by_role("textbox", name="Kod").input_value() == text[:40]
            assert_nothing_injected(page)
        for texts in EIGHTS:
            safe = quote(texts, safe="")
            for where in (f"ny?tema={safe}&antal={safe}&niva={safe}", f"{CODE}/svar?val={safe}", safe):
                page.goto(f"{address}/ova/{where}")
                assert_nothing_injected(page)
        assert page.foreign == []
        assert [error for error in page.errors if "40" not in error] == []
