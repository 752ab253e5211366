"""The chat's page: Gradio components and their events, mounted at "/"."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.events import api
from starlette.middleware import Middleware

from assistant.answerer import EditionAnswerer
from assistant.feedback import FeedbackStore
from assistant.pages.chat_events import ChatEvents
from assistant.pages.chat_guard import ChatGuard
from assistant.pages.chat_shell import ChatShell
from assistant.pages.chat_words import EMPLOYERS, EXAMPLES, ROLES, edition_words
from assistant.pages.layout import edition_in_force, templates
from assistant.settings import Settings
from assistant.types import Profile

_log = logging.getLogger(__name__)
_QUEUE = 64  # questions that may wait; more are told to come back
_CONVERSATION_JS = """
window.vagledaren.samtal(element, props, watch, {
  skicka: (data) => trigger('skicka', data), omdome: (data) => trigger('omdome', data)
});
"""
_CHOICES_JS = "window.vagledaren.val(element, props);"
_EXAMPLES_JS = "window.vagledaren.exempel(element);"
_RECEIPT_JS = "window.vagledaren.kvitto(props, watch);"


def mount_chat(app: FastAPI, assistant: EditionAnswerer, settings: Settings) -> None:
    """Mount the chat at "/" of the app. Call it after all other pages: they go before it."""
    events = ChatEvents(assistant, FeedbackStore(settings.feedback_url), settings.max_question_chars)
    blocks = build_chat(assistant, events, settings.max_question_chars)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
    )
    # Innermost, in this order: the security headers go outside them, whenever they are added.
    app.user_middleware.append(Middleware(ChatGuard))
    app.user_middleware.append(Middleware(ChatShell, editions=assistant.editions))


def build_chat(assistant: EditionAnswerer, events: ChatEvents, max_question_chars: int) -> gr.Blocks:
    """Return the page's components with their events."""
    blocks = _QuietBlocks(title="Fråga vägledningen – Vägledaren", analytics_enabled=False)
    with blocks:
        conversation = _fixed("samtal", '<ol class="exchanges" aria-label="Samtalet"></ol>', _CONVERSATION_JS)
        with gr.Column(elem_id="fraga-ruta"):
            question = gr.Textbox(label="Din fråga", lines=3, max_lines=12, elem_id="fraga", autofocus=False)
            below = _template("chat_below.html", limit=max_question_chars)
            _fixed("under-fragan", below, None)
            send = gr.Button("Fråga", variant="primary", elem_id="skicka")
            choices = _choices(assistant)
        _fixed("exempel", _template("chat_examples.html", examples=EXAMPLES), _EXAMPLES_JS)
        receipt = _fixed("kvitto", "<span></span>", _RECEIPT_JS)
        _wire(events, _Parts(conversation, question, send, choices, receipt))
        _serve_api(events)
    blocks.queue(max_size=_QUEUE, default_concurrency_limit=2, api_open=False)
    return blocks


class _QuietBlocks(gr.Blocks):
    """Gradio's Blocks, whose traceback of a failed call would write what was sent to the log."""

    async def process_api(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Run an event; an error is logged by its type and told to the caller without details."""
        try:
            return await super().process_api(*args, **kwargs)
        except Exception as error:
            _log.error("Gradio: %s i ett anrop", type(error).__name__)
            raise gr.Error("Anropet gick inte att utföra.", print_exception=False) from None


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that take part in events."""

    conversation: gr.HTML
    question: gr.Textbox
    send: gr.Button
    choices: gr.HTML
    receipt: gr.HTML


def _wire(events: ChatEvents, parts: _Parts) -> None:
    private: dict[str, Any] = {
        "api_visibility": "private",
        "show_progress": "hidden",
        "trigger_mode": "multiple",
    }

    def typed(text: str, chosen: str, memory: str) -> str:
        return events.send(text, chosen, memory)

    def picked(chosen: str, memory: str, event: gr.EventData) -> str:
        return events.send(event._data.get("text"), chosen, memory)

    def judged(memory: str, event: gr.EventData) -> str:
        return events.judge(event._data, memory)

    memory, chosen = parts.conversation, parts.choices
    parts.send.click(typed, [parts.question, chosen, memory], [memory], **private)
    memory.skicka(picked, [chosen, memory], [memory], **private)
    memory.omdome(judged, [memory], [parts.receipt], **private)


def _serve_api(events: ChatEvents) -> None:
    """The one named endpoint: a question's answer as the contract's JSON."""

    def svara(question: str, edition: str = "", role: str = "", employer: str = "") -> dict[str, Any]:
        return events.as_data(question, edition, Profile(role or None, employer or None))

    described = "Svaret på en fråga som JSON; {error} om frågan inte kan tas."
    api(svara, api_name="svara", api_description=described)


def _choices(assistant: EditionAnswerer) -> gr.HTML:
    in_force = edition_in_force(assistant.editions).id
    html = _template(
        "chat_choices.html",
        editions=[(edition.id, edition_words(edition)) for edition in assistant.editions.values()],
        in_force=in_force,
        roles=ROLES,
        employers=EMPLOYERS,
    )
    start = json.dumps({"edition": in_force, "role": "", "employer": ""})
    return _fixed("val", html, _CHOICES_JS, value=start)


def _fixed(name: str, html: str, script: str | None, value: str = "") -> gr.HTML:
    """Return a component with constant HTML, its value seen by our script only.

    Gradio evaluates the HTML as a template in the browser: it must not hold user text.
    """
    escaped = html.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return gr.HTML(value, elem_id=name, html_template=escaped, js_on_load=script, apply_default_css=False)


def _template(name: str, **values: object) -> str:
    return templates().get_template(name).render(**values)


def _theme() -> gr.themes.Base:
    fonts = ("system-ui", "sans-serif")
    return gr.themes.Base(font=fonts, font_mono=("ui-monospace", "monospace"))
