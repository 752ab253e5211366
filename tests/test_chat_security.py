"""Nothing typed runs as script, leaves the page, or is kept; nothing else than the page answers."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from browser import INJECTIONS, open_page
from chat_browser import PERSONNUMMER, Chat, ask, go

from assistant.feedback import FeedbackStore

# A text that isn't escaped leaves its mark whatever stands before it: so a few are shown at once.
EIGHTS = [" ".join(INJECTIONS[n : n + 8]) for n in range(0, len(INJECTIONS), 8)]
TRIPLES = [" ".join(INJECTIONS[n : n + 3]) for n in range(0, len(INJECTIONS), 3)]

# What a script of somebody else's would leave behind in the page.
ALIEN = """() => {
  const tags = 'script img iframe object embed link meta base video math style'.split(' ');
  const all = [...document.querySelectorAll('#samtal *')];
  const alien = (e) => tags.includes(e.localName) || [...e.attributes].some((a) => a.name.startsWith('on'))
    || (e.localName === 'form' && e.className !== 'feedback')
    || (e.localName === 'a' && !/^https?:$/.test(e.protocol));
  return all.filter(alien).length;
}"""
# What an escape that somebody forgot would let through.
ATTACK = """() => {
  window.ran = 0;
  const place = document.createElement('div');
  document.body.append(place);
  place.innerHTML = '<img src=/stil/finns-inte onerror="window.ran += 1">';
  const script = document.createElement('script');
  script.textContent = 'window.ran += 1';
  document.body.append(script);
}"""


def test_the_list_has_forty_texts() -> None:
    # Prevents the list from shrinking unseen.
    assert len(INJECTIONS) >= 40


@pytest.mark.browser
def test_no_injected_script_runs_in_question_feedback_or_address(chromium: Any, chat: Chat) -> None:
    # Prevents a shared link, a question or a comment from running script in a colleague's browser.
    with open_page(chromium) as page:
        for texts in EIGHTS:
            go(page, chat, f"?fraga={quote(texts)}&utgava={quote(texts)}")
            assert page.get_by_label("Din fråga").input_value() == texts
            assert page.locator("#val input[name=utgava]:checked").input_value() == "2024"
            assert page.evaluate(ALIEN) == 0, texts
        for n, texts in enumerate(TRIPLES):
            if n % 4 == 0:
                go(page, chat)
            exchange = ask(page, texts)
            assert texts.split()[0][:12] in exchange.locator("h2").inner_text()
            exchange.get_by_role("button", name="Nej").click()
            exchange.get_by_label("Kommentar").fill(texts)
            exchange.get_by_role("button", name="Skicka omdömet").click()
            exchange.get_by_text("Tack!").wait_for()
            assert page.evaluate(ALIEN) == 0, texts
        assert page.errors == [] and page.foreign == []
    stored = [row.comment for row in FeedbackStore(chat.settings.feedback_url).all()]
    assert stored[-len(TRIPLES) :] == TRIPLES


@pytest.mark.browser
def test_a_forged_profile_reaches_nobody(chromium: Any, chat: Chat) -> None:
    # Prevents a changed form field from carrying text into the assistant or the page.
    with open_page(chromium) as page:
        go(page, chat)
        page.get_by_text("Om dig (frivilligt)").click()
        role, refusal = page.get_by_role("radio", name="Barnmorska"), page.locator("#fraga-fel")
        for texts in EIGHTS:
            role.evaluate("(e, text) => { e.value = text; e.checked = false; }", texts)
            role.check()
            assert page.locator(".chip").count() == 1
            assert texts[:12] in page.locator(".chip").inner_text()
            asked = len(chat.assistant.asked)
            page.get_by_label("Din fråga").fill("Samtycke?")
            refusal.evaluate("e => { e.textContent = ''; }")
            page.get_by_role("button", name="Fråga", exact=True).click()
            page.locator("#fraga-fel:not(:empty)").wait_for()
            assert len(chat.assistant.asked) == asked
            assert page.locator(".chip *:not(.visually-hidden):not([aria-hidden])").count() == 0
        assert page.errors == [] and page.foreign == []


@pytest.mark.browser
def test_script_policy_stops_what_escaping_would_miss(chromium: Any, chat: Chat) -> None:
    # Prevents a single forgotten escape from being enough for an attack.
    with open_page(chromium) as page:
        go(page, chat)
        page.evaluate(ATTACK)
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") == 0


@pytest.mark.browser
def test_a_typed_personnummer_is_found_nowhere(
    chromium: Any, chat: Chat, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    # Prevents personal data from staying in browser, database, log, files or answer.
    spellings = (PERSONNUMMER, "121212-1212")
    started = Path(tempfile.gettempdir()).stat().st_mtime
    with caplog.at_level(logging.DEBUG), open_page(chromium) as page:
        go(page, chat)
        exchange = ask(page, f"Samtycke för {PERSONNUMMER} (121212-1212)?")
        exchange.get_by_role("button", name="Nej").click()
        exchange.get_by_label("Kommentar").fill(f"gäller {PERSONNUMMER}")
        exchange.get_by_role("button", name="Skicka omdömet").click()
        exchange.get_by_text("Tack!").wait_for()
        exchange.get_by_label("Kommentar", exact=False).evaluate("e => { e.value = ''; }")
        kept = page.evaluate(
            "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, "
            "location.href, await indexedDB.databases(), (await caches.keys())])"
        )
        shown = page.content() + page.evaluate("document.querySelector('#fraga textarea').value")
        places = {"browser": kept, "page": shown, "cookies": json.dumps(page.context.cookies())}
    out, err = capfd.readouterr()
    places |= {"log": caplog.text, "stdout": out, "stderr": err}
    for name, text in places.items():
        assert not [s for s in spellings if s in text], name
    for path in [*_files(chat.settings.var_dir), *_files(Path(tempfile.gettempdir()) / "gradio", started)]:
        assert not [s for s in spellings if s.encode() in path.read_bytes()], path


def _files(folder: Path, since: float = 0.0) -> list[Path]:
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                path = Path(root) / name
                found += [path] if path.stat().st_mtime >= since else []
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://evil.example/",
        "/gradio_api/runs", "/gradio_api/deep_link", "/gradio_api/run/typed", "/gradio_api/call/typed",
        "/gradio_api/component_server", "/gradio_api/openapi.json", "/monitoring", "/monitoring/summary",
        "/login", "/manifest.json", "/docs", "/openapi.json", "/svelte/x.js", "/gradio_api/token",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_page_does_not_use_does_not_exist(chat: Chat, method: str, path: str) -> None:
    # Prevents Gradio's uploads, file, proxy, history and API pages from being reached.
    assert httpx.request(method, chat.address + path).status_code == 404


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", ""])
def test_other_sites_may_not_call(chat: Chat, origin: str) -> None:
    # Prevents a page somewhere else from asking in a visitor's name.
    response = httpx.post(f"{chat.address}/gradio_api/queue/join", json={}, headers={"Origin": origin})
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers
    fetched = httpx.get(
        f"{chat.address}/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    )
    assert fetched.status_code == 403


def test_a_link_from_another_site_opens_the_page(chat: Chat) -> None:
    # Prevents the guard from breaking links in an intranet or a mail.
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert httpx.get(f"{chat.address}/?fraga=hej", headers=headers).status_code == 200


def test_large_bodies_are_refused(chat: Chat) -> None:
    # Prevents the memory from being filled by one call, announced or not.
    body = b"x" * 600_000
    assert httpx.post(f"{chat.address}/gradio_api/queue/join", content=body).status_code == 413
    pieces = (body[i : i + 50_000] for i in range(0, len(body), 50_000))
    assert httpx.post(f"{chat.address}/gradio_api/queue/join", content=pieces).status_code >= 400


def test_foreign_parameters_are_dropped(chat: Chat) -> None:
    # Prevents Gradio's own views (?view=api, ?deep_link=…) from opening.
    response = httpx.get(f"{chat.address}/?view=api&fraga=a%26b&deep_link=x")
    assert response.status_code == 303 and response.headers["location"] == "/?fraga=a%26b"


def test_headers_of_the_page(chat: Chat) -> None:
    # Prevents framing, guessing of types, inline script and foreign addresses.
    response = httpx.get(chat.address + "/")
    policy = response.headers["content-security-policy"]
    assert "script-src 'self' 'nonce-" in policy and "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "frame-ancestors 'none'" in policy and "default-src 'self'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    again = httpx.get(chat.address + "/").headers["content-security-policy"]
    assert again != policy
    for foreign in ("googleapis", "huggingface.co", "cdnjs", "raw.githubusercontent", 'lang="en"'):
        assert foreign not in response.text


def test_a_malformed_call_is_not_written_to_the_log(
    chat: Chat, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    # Prevents Gradio's traceback, which quotes what was sent.
    sent = httpx.post(f"{chat.address}/gradio_api/call/svara", json={"data": [f"hej {PERSONNUMMER}"]}).json()
    answer = httpx.get(f"{chat.address}/gradio_api/call/svara/{sent['event_id']}").text
    out, err = capfd.readouterr()
    assert "error" in answer
    assert PERSONNUMMER not in answer + out + err + caplog.text


def test_the_named_endpoint_answers_with_the_contract(chat: Chat) -> None:
    # Prevents an endpoint that other programs can't rely on.
    sent = httpx.post(f"{chat.address}/gradio_api/call/svara", json={"data": ["timmar?", "", "", ""]}).json()
    lines = httpx.get(f"{chat.address}/gradio_api/call/svara/{sent['event_id']}").text.splitlines()
    data = json.loads(next(line for line in lines if line.startswith("data: "))[6:])[0]
    assert data["status"] == "answered" and data["citations"][0]["table_row"] is None
