"""The reader's pages as HTML: anchors, quotes, search, comparison, escaping, headers."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.comparison_file import load_comparisons
from assistant.errors import IndexMissingError
from assistant.links import address, block_anchor, footnote_anchor
from assistant.pages.layout import install_pages
from assistant.pages.marking import find_quote, with_markers
from assistant.pages.reader import MAX_QUERY_CHARS, reader_router
from assistant.pages.render_markdown import _parser, _Writer, render_edition
from assistant.pages.statement import statement_router
from assistant.pages.word_search import find_words, search_terms
from assistant.plain import plain_text
from assistant.settings import PROJECT_ROOT
from assistant.types import BlockKind, Citation, Edition, Hit, Section
from ingest.corpus import load_corpus

CORPUS = PROJECT_ROOT / "corpus"
INJECTIONS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "{{ 7*7 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u0000<script>alert(1)</script>",
    "<mark>\ue000x\ue001</mark>",
]


class Tags(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


def _marked(html: str) -> str:
    """Return the text inside <mark>."""
    inside = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html, flags=re.S))
    return unescape(re.sub(r"<[^>]+>", "", inside))


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {edition.id: edition for edition in load_corpus(CORPUS)}


def _client(editions, search=None) -> TestClient:
    app = FastAPI()
    app.include_router(reader_router(editions, search, load_comparisons(CORPUS, editions)))
    app.include_router(statement_router(editions))
    install_pages(app)
    return TestClient(app)


@pytest.fixture(scope="module")
def client(editions) -> TestClient:
    return _client(editions)


def _squeezed(text: str) -> str:
    """Return only the letters and digits, footnote marks made plain."""
    plain = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return "".join(character for character in plain if character.isalnum())


@pytest.mark.parametrize("edition_id", ["2024", "2018"])
def test_every_section_block_row_and_footnote_has_one_anchor(editions, edition_id):
    # Prevents: a citation that links to nowhere, or to one of two equal ids.
    edition = editions[edition_id]
    ids = Tags(render_edition(edition)).values("id")
    assert len(ids) == len(set(ids))
    wanted = {section.anchor for section in edition.sections}
    wanted |= {block_anchor(block) for block in edition.blocks}
    wanted |= {footnote_anchor(mark) for mark in edition.footnotes}
    wanted |= {f"tabell-1-rad-{row.number}" for row in edition.consent_table}
    assert wanted <= set(ids)


@pytest.mark.parametrize("edition_id", ["2024", "2018"])
def test_links_inside_a_page_have_a_target_and_footnotes_link_both_ways(client, edition_id):
    # Prevents: footnotes that one can't come back from; the raised ¹ and the 1 being mixed up.
    tags = Tags(client.get(f"/vagledningen/{edition_id}").text)
    ids = set(tags.values("id"))
    fragments = {unquote(href[1:]) for href in tags.values("href") if href.startswith("#")}
    assert fragments <= ids
    notes = {anchor for anchor in fragments if re.fullmatch(r"not-(upphojd-)?\d+", anchor)}
    assert len(notes) == {"2024": 6, "2018": 9}[edition_id]
    assert {f"{note}-text" for note in notes} <= fragments


@pytest.mark.parametrize("edition_id", ["2024", "2018"])
def test_the_page_says_everything_that_the_edition_says(editions, edition_id):
    # Prevents: text between blocks (captions, lone footnote marks) lost in rendering.
    edition = editions[edition_id]
    shown = _squeezed(unescape(re.sub(r"<[^>]+>", " ", render_edition(edition))))
    for block in edition.blocks:
        for passage in block.passages:
            for line in plain_text(passage.text).split(" | "):
                assert _squeezed(line.lstrip("– ")) in shown


@pytest.mark.parametrize("edition_id", ["2024", "2018"])
def test_the_marked_quote_is_exactly_the_passage(editions, edition_id):
    # Prevents: marks that run on to the end of the page, swallow a bullet or break a table row.
    edition = editions[edition_id]
    plain_tags = len(re.findall("<(?!/?mark)", render_edition(edition)))
    for passage in (passage for block in edition.blocks for passage in block.passages):
        html = render_edition(edition, (passage.start, passage.end))
        assert _squeezed(plain_text(passage.text)) == _squeezed(_marked(html)) or "[^" in passage.text
        assert html.count('id="citat"') == 1
        assert len(re.findall("<(?!/?mark)", html)) == plain_tags


@pytest.mark.parametrize("edition_id", ["2024", "2018"])
def test_a_marked_text_is_the_same_as_if_it_were_parsed_as_a_whole(editions, edition_id):
    # Prevents a block that is parsed by itself from becoming another one (a list that goes on, a footnote).
    edition = editions[edition_id]
    size = len(edition.text)
    for start in range(0, size - 50, 4001):
        for length in (20, 700, 4000):
            span = (start, min(size, start + length))
            whole = _Writer(edition, _parser().parse(with_markers(edition.text, span))).write()
            assert render_edition(edition, span) == whole


def test_any_span_can_be_marked_without_changing_the_structure(editions):
    # Prevents: a link with an odd span (inside a bullet, a table's rule, a link) breaking the page.
    edition = editions["2024"]
    structure = re.sub(r"</?mark[^>]*>", "", render_edition(edition))
    for start in range(0, len(edition.text) - 50, 499):
        html = render_edition(edition, (start, start + 7 + start % 40))
        assert re.sub(r"</?mark[^>]*>", "", html) == structure


@pytest.mark.parametrize(
    "wanted", ["5-5", "9-3", "0-99999999", "xqz", "-1-4", "１-２", " ", "Styrgruppen xyz"]
)
def test_a_quote_that_is_not_there_is_told_kindly(client, editions, wanted):
    # Prevents: a stale link that ends in an error page, or marks something else.
    assert find_quote(editions["2024"], wanted) is None
    page = client.get("/vagledningen/2024", params={"citat": wanted})
    assert page.status_code == 200
    assert "Citatet i länken finns inte" in page.text
    assert "<mark" not in page.text


def test_a_quote_can_be_given_as_its_words(client):
    # Prevents: links written by hand only working with offsets.
    page = client.get("/vagledningen/2024", params={"citat": "Samtycket är inte  generellt"})
    assert _marked(page.text) == "Samtycket är inte generellt"


def test_addresses_lead_to_the_place(client, editions):
    # Prevents: chat links that open the wrong edition, row or section.
    edition = editions["2024"]
    section: Section = next(s for s in edition.sections if s.path[-1] == "Samtycke")
    row = next(block for block in edition.blocks if block.table_row == 2)
    citation = Citation("2024", section.path, "", "q", 10, 30)
    assert address(section) == "/vagledningen/2024#sekretess/samtycke"
    assert address(row) == "/vagledningen/2024#tabell-1-rad-2"
    assert address(row.passages[0]) == f"/vagledningen/2024?citat={row.start}-{row.end}#tabell-1-rad-2"
    assert address(citation) == "/vagledningen/2024?citat=10-30#citat"
    assert client.get(address(citation)).status_code == 200


def test_the_default_page_is_the_edition_in_force_and_2018_says_it_is_superseded(client):
    # Prevents: somebody reading the superseded edition without noticing.
    assert "Gällande utgåva" in client.get("/vagledningen").text
    old = client.get("/vagledningen/2018").text
    assert "2018 års utgåva gäller inte längre" in old
    assert 'href="/vagledningen/2024"' in old
    assert "gäller inte längre" not in client.get("/vagledningen").text


def test_pages_are_shown_where_they_are_known(client):
    # Prevents: page numbers that the printed edition doesn't give (2018 has none).
    assert "sidan 21" in client.get("/vagledningen/2024").text
    assert "sidan" not in re.sub(r"<head>.*?</head>", "", client.get("/vagledningen/2018").text, flags=re.S)


def test_exact_search_finds_all_words_in_context(client, editions):
    # Prevents: hits that lack one of the words, or an excerpt without the words marked.
    hits = find_words(editions["2024"], search_terms('"båda vårdnadshavares" samtycke'))
    assert [hit.block.section[-1] for hit in hits] == ["Samtycke"]
    assert any(f.is_hit and f.text == "båda vårdnadshavares" for f in hits[0].excerpt)
    page = client.get("/vagledningen/sok", params={"q": "OBEHÖRIGT röjande"})
    assert "<mark>obehörigt</mark>" in page.text
    assert "Tabell 1 rad 8" in page.text


def test_the_printed_table_of_contents_is_no_hit(editions):
    # Prevents: every heading's words found once more in the list of contents.
    assert all(
        hit.block.kind is not BlockKind.HEADING_LIST for hit in find_words(editions["2024"], ("styrgrupp",))
    )


def test_search_by_meaning_is_shown_beside_without_repeating_exact_hits(editions):
    # Prevents: the same paragraph twice on one page.
    edition = editions["2024"]
    rows = [block for block in edition.blocks if block.table_row]
    asked = []

    def search(query: str, edition_id: str) -> list[Hit]:
        asked.append((query, edition_id))
        return [Hit(block, block.passages[0], 0.5) for block in rows]

    page = _client(editions, search).get(
        "/vagledningen/sok", params={"q": "privata vårdgivare", "utgava": "2024"}
    )
    assert asked == [("privata vårdgivare", "2024")]
    assert page.text.count("Tabell 1 rad 8") == 1
    assert "Närliggande i betydelse: 7" in page.text


def test_a_failing_search_by_meaning_leaves_the_exact_hits(editions):
    # Prevents: a missing index taking the whole reader down.
    def search(query: str, edition_id: str) -> list[Hit]:
        raise IndexMissingError("no index")

    page = _client(editions, search).get("/vagledningen/sok", params={"q": "samtycke"})
    assert page.status_code == 200
    assert "fungerar inte just nu" in page.text
    assert "Ordagranna träffar: 16" in page.text


@pytest.mark.parametrize("query", ["", "   ", "?!", '""'])
def test_an_empty_search_asks_for_words(client, query):
    # Prevents: an empty query that matches every block.
    page = client.get("/vagledningen/sok", params={"q": query})
    assert "Skriv ett eller flera ord" in page.text


def test_a_too_long_query_gets_a_kind_message(client):
    # Prevents: an English validation error, or a search that takes the server's time.
    page = client.get("/vagledningen/sok", params={"q": "samtycke " * 100})
    assert page.status_code == 400
    assert f"högst {MAX_QUERY_CHARS} tecken" in page.text
    assert "samtycke " * 30 not in page.text


@pytest.mark.parametrize(
    "path", ["/vagledningen/1999", "/vagledningen/sok?utgava=x&q=a", "/vagledningen/jamfor?fran=x"]
)
def test_an_unknown_edition_is_a_page_that_helps(client, path):
    # Prevents: JSON in the face of a reader.
    page = client.get(path)
    assert page.status_code == 404
    assert "Sidan finns inte" in page.text
    assert 'href="/vagledningen/2024"' in page.text


def test_the_comparison_leads_with_the_substance_and_marks_changes_in_words(client):
    # Prevents: differences told by colour alone, or a list without quotes and links.
    page = client.get("/vagledningen/jamfor").text
    assert page.index("Ändrat i sak") < page.index("Avsnitt för avsnitt")
    for words in ("öppen förskola och/eller socialtjänst", "fyra gånger per år", "chefsansvar"):
        assert words in page[: page.index("Avsnitt för avsnitt")]
    assert page.count("<ins>") - 1 == page.count("tillagt: ") > 50  # one <ins> is the legend
    assert page.count("<del>") - 1 == page.count("borttaget: ") > 50
    hrefs = Tags(page).values("href")
    assert any(href.startswith("/vagledningen/2018?citat=") for href in hrefs)


def test_a_deeper_address_that_is_no_page_is_answered_in_swedish(client):
    # Prevents: {"detail":"Not Found"} for a link that was cut or mistyped.
    page = client.get("/vagledningen/2024/sekretess")
    assert page.status_code == 404 and "<h1>Sidan finns inte</h1>" in page.text
    assert client.get("/vagledningen/").status_code == 200


@pytest.mark.parametrize("text", INJECTIONS)
def test_texts_from_the_address_line_are_escaped(client, text):
    # Prevents: script injection through a link.
    safe = quote(text, safe="")
    for path in (
        f"/vagledningen/sok?q={safe}",
        f"/vagledningen/sok?q=a&utgava={safe}",
        f"/vagledningen/2024?citat={safe}",
        f"/vagledningen/jamfor?fran={safe}&till={safe}",
        f"/vagledningen/{safe}",
    ):
        page = client.get(path)
        _assert_inert(page.text)


def _assert_inert(html: str) -> None:
    for tag, attributes in Tags(html).tags:
        assert tag not in {"script", "iframe", "svg", "img", "object", "embed"}
        assert not [name for name in attributes if name.startswith("on")]
        assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize("text", INJECTIONS)
def test_texts_from_the_corpus_are_escaped(editions, text):
    # Prevents: HTML in an edition, its title or a search hit reaching the page as HTML.
    edition = editions["2024"]
    old = "Samtycket är inte generellt"
    new = text.replace("\u0000", "").replace("{", "(").ljust(len(old))[: len(old)]
    hostile = dataclasses.replace(
        edition, title=text, publishers=(text,), text=edition.text.replace(old, new, 1)
    )
    _assert_inert(f"<p>{render_edition(hostile)}</p>")
    app = FastAPI()
    app.include_router(reader_router({"2024": hostile}))
    with TestClient(app) as client:
        _assert_inert(client.get("/vagledningen").text)


def test_a_link_with_a_script_address_in_the_corpus_is_no_link(editions):
    # Prevents: [text](javascript:…) becoming a link.
    edition = editions["2024"]
    text = edition.text.replace("(https://socialstyrelsen.se)", "(data:text/html,<b>)      ")
    html = render_edition(dataclasses.replace(edition, text=text))
    _assert_inert(html)


def test_every_response_has_security_headers_and_the_pages_allow_no_script(client):
    # Prevents: a page without protection, an error page among them.
    for path in (
        "/vagledningen",
        "/vagledningen/nix",
        "/tillganglighet",
        "/stil/site.css",
        "/stil/nix",
        "/nix",
    ):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    policy = client.get("/vagledningen").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_pages_need_no_inline_style_or_script(client):
    # Prevents: markup that the content security policy would silently switch off.
    for path in ("/vagledningen", "/vagledningen/jamfor", "/vagledningen/sok?q=samtycke", "/tillganglighet"):
        tags = Tags(client.get(path).text)
        assert not tags.values("style")
        assert {tag for tag, _ in tags.tags} & {"script", "style"} == set()


@pytest.mark.parametrize(
    "path",
    [
        "/vagledningen",
        "/vagledningen/2018",
        "/vagledningen/jamfor",
        "/vagledningen/sok?q=a",
        "/tillganglighet",
    ],
)
def test_each_page_has_swedish_one_h1_its_own_title_and_the_footer(client, path):
    # Prevents: pages without a language, with several h1, or without the line on legal advice.
    html = client.get(path).text
    tags = Tags(html)
    assert tags.tags[0] == ("html", {"lang": "sv"})
    assert [tag for tag, _ in tags.tags].count("h1") == 1
    assert re.search(r"<title>.{4,} – Vägledaren</title>", html)
    assert "inte juridisk rådgivning i det enskilda fallet" in html
    assert "Gällande utgåva" in html
