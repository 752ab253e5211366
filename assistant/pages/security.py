"""Security headers on every response of the hosting app, as plain ASGI middleware."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Server-rendered pages need our own style files and nothing else: no script runs on them.
STRICT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Gradio's page starts with inline scripts and styles, and talks to its own server only.
CHAT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'none'",
    )
)
STRICT_PREFIXES = ("/vagledningen", "/ova", "/tillganglighet", "/stil")
# "same-origin" rather than "no-referrer": addresses carry questions and must not leak, but
# "no-referrer" makes browsers send "Origin: null" with our own forms.
_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Adds the headers to every HTTP response; one that a response has set itself stays."""

    def __init__(self, app: ASGIApp, strict_prefixes: Iterable[str] = STRICT_PREFIXES) -> None:
        self._app = app
        self._strict = tuple(strict_prefixes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the head of its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self._policy(scope["path"]))
                for name, value in _COMMON.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _policy(self, path: str) -> str:
        strict = any(path == prefix or path.startswith(f"{prefix}/") for prefix in self._strict)
        return STRICT_POLICY if strict else CHAT_POLICY
