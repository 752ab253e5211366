"""Shared help for tests in a real browser: Debian's chromium, a served app, axe-core.

Import it with ``from browser import …``:

pytestmark = pytest.mark.browser

@pytest.fixture(scope="module")
def address():
    with served(make_app()) as address:
        yield address

def test_...(chromium, address):  # chromium is in conftest.py
    with open_page(chromium, width=390, dark=True) as page:
        page.goto(address)
        assert_accessible(page)
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")  # the first needs the least time
_INSTALL = "apt-get install chromium-headless-shell, and pip install playwright axe-playwright-python"
_START_TIMEOUT_S = 30.0
INJECTIONS = (Path(__file__).parent / "data" / "script_injections.txt").read_text("utf-8").splitlines()
# What somebody else's text would leave behind in a page if it were taken for markup.
_ALIEN = """() => {
  const tags = 'script img iframe object embed link meta base video math style'.split(' ');
  const alien = (e) => tags.includes(e.localName) || [...e.attributes].some((a) => a.name.startsWith('on'))
    || (e.localName === 'form' && new URL(e.action).host !== location.host)
    || (e.localName === 'a' && (!/^https?:$/.test(e.protocol) || e.host.includes('evil')));
  return [...document.querySelectorAll('main *')].filter(alien).map((e) => e.outerHTML);
}"""


_VIOLATIONS = "options => axe.run(document, options).then(found => found.violations)"
_COLOURS = ["color-contrast", "link-in-text-block"]
_SETTLED = "() => Promise.allSettled(document.getAnimations().map((moving) => moving.finished))"


def chromium_path() -> str:
    """Return where chromium is. Without it the test is skipped, but fails where CI is set."""
    path = next((found for name in _CHROMIUMS if (found := shutil.which(name))), None)
    if path is None:
        message = f"this test needs Debian's chromium: {_INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@contextmanager
def launched_chromium(*extra_flags: str) -> Iterator[Any]:
    """Give a headless playwright Browser, closed at the end."""
    path = chromium_path()
    sync_api = pytest.importorskip("playwright.sync_api", reason=_INSTALL)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=[*FLAGS, *extra_flags])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def profile(
    browser: Any,
    *,
    width: int = 1280,
    height: int = 900,
    dark: bool = False,
    locale: str = "sv-SE",
    script: bool = True,
    reduced_motion: bool = True,
) -> Iterator[Any]:
    """Give a fresh browser profile. Pages may share it: scripts are then fetched and compiled once."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=locale,
        java_script_enabled=script,
        reduced_motion="reduce" if reduced_motion else "no-preference",
    )
    try:
        yield context
    finally:
        context.close()


@contextmanager
def open_in(context: Any) -> Iterator[Any]:
    """Give a page in a profile, emptied of what earlier pages kept there.

    ``page.foreign`` lists requests to anything but its host, ``page.errors`` scripts that threw,
    console errors (a blocked script is one) and dialogs.
    """
    context.clear_cookies()
    page = context.new_page()
    page.add_init_script("sessionStorage.getItem('begun') || localStorage.clear(); sessionStorage.begun = 1")
    page.foreign, page.errors = [], []
    page.on("request", lambda r: None if _is_local(r.url) else page.foreign.append(r.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)

    def refuse(dialog: Any) -> None:
        page.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    try:
        yield page
    finally:
        page.close()


@contextmanager
def open_page(browser: Any, **options: Any) -> Iterator[Any]:
    """Give a page in a fresh profile of its own; ``options`` are those of ``profile``."""
    with profile(browser, **options) as context, open_in(context) as page:
        yield page


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an ASGI app on a free port of this machine and give its address without a slash."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("the app under test did not start")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def assert_accessible_everywhere(page: Any, widths: Sequence[int]) -> None:
    """Fail if the page, as it stands now, has any violation in a window of one of the widths.

    Its colours are looked at in the last of them, light and dark: the only ones that hang on a width are
    those of the reader's table on a phone (see SAME_TEXT in test_reader_browser.py).
    """
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page, colours=width == widths[-1])
    page.emulate_media(color_scheme="dark")
    page.evaluate(_SETTLED)  # or a colour is measured on its way to the other one
    assert_accessible(page, colours_only=True)
    page.emulate_media(color_scheme="light")
    page.evaluate(_SETTLED)


def assert_accessible(page: Any, *, colours_only: bool = False, colours: bool = True) -> None:
    """Fail with axe-core's list if the page, as it stands now, has any violation.

    ``colours_only`` looks for those that a dark page can have where the light one has none; without
    ``colours`` those are left out (they take most of the time).
    """
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options: dict[str, Any] = {"resultTypes": ["violations"]}  # the others unlisted: a third faster
    if colours_only:
        options["runOnly"] = _COLOURS
    elif not colours:
        options["rules"] = {rule: {"enabled": False} for rule in _COLOURS}
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(
            f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"][:5]
        )
        for violation in page.evaluate(_VIOLATIONS, options)
    ]
    assert not found, "\n".join(found)


def assert_nothing_injected(page: Any) -> None:
    """Fail if the page's main part holds an element that only a text could have brought there."""
    assert page.evaluate(_ALIEN) == [], page.url


def assert_no_sideways_scroll(page: Any) -> None:
    """Fail if the page is wider than its window (WCAG 1.4.10, reflow)."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= window, f"the page is {width} px wide in a window of {window} px"
