"""Puts Gradio's page into ours: our frame, Swedish as its language, and a script policy.

Gradio renders "/" as an English page of its own. Its scripts, styles and element are taken out
of that page and put into ``templates/chat.html``; nothing else of it (no foreign addresses in
meta tags, no manifest, no frame script) reaches the browser.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from markupsafe import Markup
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import GuideError
from assistant.pages.layout import render_page
from assistant.types import Edition

_CONFIG = re.compile(r"<script>(window\.gradio_config = .*?;)</script>", re.S)
_API = re.compile(r"<script>(window\.gradio_api_info = .*?;)</script>", re.S)
_MODULE = re.compile(r'<script type="module" crossorigin src="\./(assets/[\w.-]+\.js)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" crossorigin href="\./(assets/[\w.-]+\.css)">')
_ELEMENT = '<gradio-app control_page_title="false" embed="false" eager="true"></gradio-app>'
_MODE = 'window.__gradio_mode__ = "app";'


class ChatShell:
    """Answers GET / with our page around Gradio's; every other request goes on unchanged."""

    def __init__(self, app: ASGIApp, editions: Mapping[str, Edition]) -> None:
        self._app = app
        self._editions = editions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page, or pass the request on."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        page = _Collected()
        await self._app({**scope, "headers": plain}, receive, page.take)
        # Gradio's own JSON escapes "<"; the rest of the head is constant.
        nonce = secrets.token_urlsafe(16)
        head = gradio_head(page.body.decode("utf-8"), nonce)
        response = render_page(
            "chat.html",
            self._editions,
            current="fraga",
            gradio_head=Markup(head),
            gradio_element=Markup(_ELEMENT),
        )
        response.headers["Content-Security-Policy"] = policy(nonce)
        response.headers["Cache-Control"] = "no-store"
        await response(scope, receive, send)


class _Collected:
    """Collects a response instead of sending it."""

    def __init__(self) -> None:
        self.body = b""

    async def take(self, message: Message) -> None:
        """Take one ASGI message."""
        if message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def gradio_head(html: str, nonce: str) -> str:
    """Return what our page's head needs of Gradio's page, its inline scripts with the nonce.

    Raises GuideError if the page isn't the one this version of Gradio writes.
    """
    config, api, module = _CONFIG.search(html), _API.search(html), _MODULE.search(html)
    styles = _STYLE.findall(html)
    if not (config and api and module and styles):
        raise GuideError(
            "Gradio's page: found no configuration, script or style where Gradio 6.31 writes them; "
            "expected the pinned version. Run `make install`, or adapt assistant/pages/chat_shell.py."
        )
    inline = "\n".join((_MODE, config[1], api[1]))
    # In a layer, Gradio's reset gives way to our own style files whatever its selectors. The
    # links are never applied; without them, written just so, Gradio's loader adds its own.
    imports = "".join(f'@import url("/{address}") layer(gradio);' for address in styles)
    links = "".join(f'<link rel="stylesheet" href="./{address}" media="not all">\n' for address in styles)
    return (
        f'<style>{imports}</style>\n{links}<script nonce="{nonce}">{inline}</script>\n'
        f'<script type="module" nonce="{nonce}" src="/{module[1]}"></script>'
    )


def policy(nonce: str) -> str:
    """Return the chat's script policy.

    No inline handler and no script without the nonce runs, nothing is loaded from or sent to
    another address. 'unsafe-eval' is what Gradio's HTML component needs for its template, which
    is a constant of ours; values of users or the corpus never are part of it.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
