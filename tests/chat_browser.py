"""What the browser tests of the chat share: the served app with a fake assistant, and asking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser import served
from fake_assistant import FakeAssistant
from fastapi import FastAPI

from assistant.pages.chat import mount_chat
from assistant.pages.layout import install_pages
from assistant.pages.reader import reader_router
from assistant.pages.statement import statement_router
from assistant.settings import Settings

PERSONNUMMER = "191212121212"


@dataclass
class Chat:
    """A running chat with what is behind it."""

    address: str
    assistant: FakeAssistant
    settings: Settings


@contextmanager
def served_chat(var_dir: Path) -> Iterator[Chat]:
    """Give the chat with the reader beside it, served with the fake assistant."""
    assistant, settings = FakeAssistant(), Settings(var_dir=var_dir)
    app = FastAPI()
    app.include_router(reader_router(assistant.editions))
    app.include_router(statement_router(assistant.editions))
    install_pages(app)
    mount_chat(app, assistant, settings)
    with served(app) as address:
        yield Chat(address, assistant, settings)


def go(page: Any, chat: Chat, query: str = "") -> None:
    """Open the chat and wait until it can be used."""
    page.goto(f"{chat.address}/{query}")
    page.locator("#laddar").wait_for(state="hidden")


def ask(page: Any, question: str) -> Any:
    """Send a question with the button; return the exchange that answers it."""
    before = page.locator(".exchange").count()
    page.get_by_label("Din fråga").fill(question)
    page.get_by_role("button", name="Fråga", exact=True).click()
    exchange = page.locator(".exchange").nth(before)
    exchange.wait_for()
    return exchange


def ask_and_fail(page: Any, question: str) -> str:
    """Send a question that isn't answered; return the message beside the box."""
    page.get_by_label("Din fråga").fill(question)
    page.get_by_role("button", name="Fråga", exact=True).click()
    message = page.locator("#fraga-fel:not(:empty)")
    message.wait_for()
    return str(message.inner_text())
