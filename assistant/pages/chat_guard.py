"""Lets through to Gradio only what the chat's page needs, and only from our own pages.

Gradio brings uploads, file and proxy routes, an API page, deep links and more. None of them has
a use here, so all that isn't named below is 404.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 512 * 1024  # a question with the conversation before it
_OWN_PAGES = re.compile(r"/(vagledningen|ova|tillganglighet|stil)(/.*)?\Z")
_GRADIO_GET = re.compile(
    r"/|/theme\.css|/assets/[\w.-]+|/static/(js|img|fonts)/[\w./-]+|/config|/gradio_api/info|"
    r"/gradio_api/heartbeat/\w+|/gradio_api/queue/data|/gradio_api/startup-events|"
    r"/gradio_api/call/svara/\w+"
)
_GRADIO_POST = re.compile(r"/gradio_api/queue/join|/gradio_api/call/svara")
_PAGE_PARAMETERS = frozenset({"fraga", "utgava"})


class ChatGuard:
    """Refuses foreign origins, large bodies and every address that the pages don't use."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or answer it with what is wrong."""
        if scope["type"] == "websocket":  # none of the pages uses one
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = refuse(scope)
        if refusal is None:
            await self._app(scope, _limited(receive), send)
        else:
            await refusal(scope, receive, send)


def refuse(scope: Scope) -> Response | None:
    """Return the response that refuses the request, None if it may go on."""
    headers = Headers(scope=scope)
    if not _same_origin(headers):
        return PlainTextResponse("Anropet kommer från en annan webbplats.", 403)
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return PlainTextResponse("Det som skickades är för stort.", 413)
    path, method = scope["path"], scope["method"]
    if _OWN_PAGES.match(path):
        return None
    if path == "/" and method in ("GET", "HEAD"):
        return _without_foreign_parameters(scope)
    allowed = {"GET": _GRADIO_GET, "HEAD": _GRADIO_GET, "POST": _GRADIO_POST}.get(method)
    if allowed is None or not allowed.fullmatch(path) or ".." in path:
        return PlainTextResponse("Sidan finns inte.", 404)
    return None


def _same_origin(headers: Headers) -> bool:
    """Whether the request comes from our own pages, or from no web page at all."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        # A link from another site may open a page; nothing else may be called from there.
        return headers.get("sec-fetch-mode") == "navigate" and "origin" not in headers
    origin = headers.get("origin")
    if origin is None:
        return True
    hosts = (headers.get("host", ""), headers.get("x-forwarded-host", ""))
    return bool(urlsplit(origin).netloc) and urlsplit(origin).netloc in hosts


def _without_foreign_parameters(scope: Scope) -> Response | None:
    """Redirect "/" with any other parameter than ours: Gradio opens views and themes by them."""
    query = scope["query_string"].decode("latin-1")
    given = parse_qsl(query, keep_blank_values=True)
    ours = [(name, value) for name, value in given if name in _PAGE_PARAMETERS]
    if len(ours) == len(given):
        return None
    return RedirectResponse("/" + (f"?{urlencode(ours)}" if ours else ""), 303)


def _limited(receive: Receive) -> Receive:
    """Return a receive that ends the request when more arrives than was announced as allowed."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > MAX_BODY else message

    return limited
