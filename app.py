"""Starts Vägledaren: settings, index, assistant and pages; nothing else."""

from __future__ import annotations

import logging
import socket
import sys

import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from assistant.answerer import EditionAnswerer
from assistant.answering import Assistant
from assistant.comparison_file import load_comparisons
from assistant.errors import GuideError
from assistant.pages.chat import mount_chat
from assistant.pages.layout import install_pages
from assistant.pages.quiz import quiz_router
from assistant.pages.reader import SearchByMeaning, reader_router
from assistant.pages.statement import statement_router
from assistant.ready import ensure_index
from assistant.settings import Settings

_WARM_UP = "Vad är en familjecentral?"
_SEARCH_HITS = 8


def build_app(
    assistant: EditionAnswerer, settings: Settings, search: SearchByMeaning | None = None
) -> FastAPI:
    """Return the app with all pages. The chat comes last: Gradio takes every address that is left."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    editions = assistant.editions
    app.include_router(reader_router(editions, search, load_comparisons(settings.corpus_dir, editions)))
    app.include_router(quiz_router(editions, settings.corpus_dir))
    app.include_router(statement_router(editions))
    install_pages(app)
    mount_chat(app, assistant, settings)
    app.add_middleware(GZipMiddleware)
    return app


def open_assistant(settings: Settings) -> Assistant:
    """Return the assistant over an index that fits, its model loaded. Raises GuideError."""
    ensure_index(settings, _say)
    assistant = Assistant.open(settings)
    assistant.answer(_WARM_UP)
    return assistant


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address. Raises GuideError with the way out if it can't be."""
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
    except OSError as error:
        raise GuideError(
            f"Adressen {host}:{port} går inte att använda ({error.strerror}). Kanske körs Vägledaren "
            f"redan där. Välj en annan port: PORT={port + 1 if port < 65535 else 7861} make run"
        ) from error
    return bound


def main() -> int:
    """Serve until stopped; return the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = Settings()
        with bind(settings.host, settings.port) as bound:
            assistant = open_assistant(settings)
            app = build_app(
                assistant, settings, lambda query, edition: assistant.retrieve(query, edition, _SEARCH_HITS)
            )
            _serve(app, bound)
    except GuideError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _serve(app: FastAPI, bound: socket.socket) -> None:
    # No access log: addresses carry questions (?fraga=…).
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
    config.timeout_graceful_shutdown = 3
    _Announced(config).run(sockets=[bound])


class _Announced(uvicorn.Server):
    """Says its address when it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say where."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            _say(f"Vägledaren svarar på http://{shown}:{port}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
