"""Öva (``/ova``): the quiz, whole pages without script. The state is in the address.

``svar`` holds the letters chosen so far ("bad"), ``bara`` the numbers of the questions when wrong
ones are repeated ("2.5"). Nothing is stored, no cookie is set, and a page can be reloaded or shared.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import InvalidInputError
from assistant.pages.layout import edition_in_force, render_page
from assistant.pages.quiz_pool import QuizPool
from assistant.quiz import (
    DIFFICULTY_NAMES,
    MIXED,
    NUMBERS,
    SEEDS,
    THEME_NAMES,
    Mark,
    Plan,
    Quiz,
    Theme,
    canonical,
    draw,
    encode,
    grade,
    only,
    score,
    to_read_again,
)
from assistant.quiz_export import LETTERS, results_csv
from assistant.types import Edition

QUIZ = "/ova"
_LONGEST = 100  # of ``bara``; what is longer than any quiz is cut and so refused


def quiz_router(editions: Mapping[str, Edition], corpus_dir: Path) -> APIRouter:
    """Return the routes of the quiz, on the table of the edition in force and the scenario files."""
    pages = _QuizPages(editions, QuizPool(editions, edition_in_force(editions).id, corpus_dir))
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    router.add_api_route(QUIZ, pages.start, methods=["GET"])
    router.add_api_route(f"{QUIZ}/ny", pages.new, methods=["GET"])
    router.add_api_route(f"{QUIZ}/kod", pages.enter, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{code}}", pages.intro, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{code}}/fraga", pages.question, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{code}}/svar", pages.feedback, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{code}}/resultat", pages.result, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{code}}/resultat.csv", pages.download, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{code}}/papper", pages.paper, methods=["GET"])
    router.add_api_route(f"{QUIZ}/{{rest:path}}", pages.unknown, methods=["GET"])
    return router


@dataclass(frozen=True, slots=True)
class _Run:
    """A quiz under way, read out of an address."""

    quiz: Quiz
    whole: Quiz  # of which ``quiz`` may be a part
    numbers: tuple[int, ...]  # the questions of ``whole`` that are repeated; () is all
    marks: tuple[Mark, ...]
    letters: str

    def link(self, page: str, letters: str | None = None, **more: str) -> str:
        """Return the address of one of the quiz's pages with this state."""
        state = {"svar": self.letters if letters is None else letters, **self.only, **more}
        query = urlencode({key: value for key, value in state.items() if value})
        return f"{QUIZ}/{quote(self.quiz.code)}/{page}" + (f"?{query}" if query else "")

    @property
    def only(self) -> dict[str, str]:
        """Return the address's ``bara``, if there is one."""
        return {"bara": ".".join(map(str, self.numbers))} if self.numbers else {}

    @property
    def wrong(self) -> str:
        """Return the ``bara`` of a quiz with the questions answered wrongly."""
        numbers = self.numbers or tuple(range(1, len(self.quiz.items) + 1))
        return ".".join(str(numbers[mark.number - 1]) for mark in self.marks if not mark.right)


class _QuizPages:
    """The quiz's pages; each method answers one address with a whole page."""

    def __init__(self, editions: Mapping[str, Edition], pool: QuizPool) -> None:
        self._editions = editions
        self._pool = pool

    def start(self) -> HTMLResponse:
        """Return the page where one chooses theme, number and difficulty, or enters a code."""
        return self._start()

    def new(self, tema: str = "", antal: str = "", niva: str = "") -> Response:
        """Draw a new code for the chosen settings and lead to its page."""
        try:
            plan = Plan(Theme(tema), int(antal), int(niva), secrets.randbelow(SEEDS))
            return _to(encode(plan))
        except (ValueError, InvalidInputError):
            return self._start("Välj ett tema, ett antal frågor och en svårighetsgrad.", status=400)

    def enter(self, kod: str = "") -> Response:
        """Lead to the page of a code that somebody has typed in."""
        try:
            return _to(canonical(kod))
        except InvalidInputError as error:
            return self._start(str(error), status=400, typed=kod[:40])

    def intro(self, code: str) -> Response:
        """Return the page that shows a quiz's code and settings, before its first question."""
        run = self._run(code)
        return run if isinstance(run, Response) else self._page("quiz_intro.html", run=run)

    def question(self, code: str, svar: str = "", bara: str = "") -> Response:
        """Return the next unanswered question, or the result when there is none left."""
        run = self._run(code, svar, bara)
        if isinstance(run, Response):
            return run
        if len(run.marks) >= len(run.quiz.items):
            return RedirectResponse(run.link("resultat"), status_code=303)
        return self._question(run)

    def feedback(self, code: str, svar: str = "", val: str = "", bara: str = "") -> Response:
        """Return what is right or wrong with the choice ``val``, and which fact decided."""
        before = self._run(code, svar, bara)
        if isinstance(before, Response):
            return before
        if len(before.marks) >= len(before.quiz.items):
            return RedirectResponse(before.link("resultat"), status_code=303)
        if not val:
            return self._question(before, "Välj ett av svaren och tryck sedan på Svara.")
        run = self._run(code, svar + val, bara) if len(val) == 1 else self._lost()
        if isinstance(run, Response):
            return run
        mark = run.marks[-1]
        return self._page("quiz_feedback.html", run=run, mark=mark, source=self._pool.source(mark.item))

    def result(self, code: str, svar: str = "", bara: str = "") -> Response:
        """Return the result per theme, what to read again, and the ways on."""
        run = self._run(code, svar, bara)
        if isinstance(run, Response):
            return run
        again = [self._pool.source(item) for item in to_read_again(run.marks)]
        return self._page("quiz_result.html", run=run, scores=score(run.marks), again=again)

    def download(self, code: str, svar: str = "", bara: str = "") -> Response:
        """Return the answers as a CSV file."""
        run = self._run(code, svar, bara)
        if isinstance(run, Response):
            return run
        return Response(
            results_csv(run.quiz, run.marks),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{run.quiz.code}.csv"'},
        )

    def paper(self, code: str) -> Response:
        """Return the quiz for paper: the questions, then the answers on a sheet of their own."""
        run = self._run(code)
        if isinstance(run, Response):
            return run
        sources = [self._pool.source(item) for item in run.quiz.items]
        return self._page("quiz_paper.html", run=run, quiz=run.quiz, sources=sources)

    def unknown(self, rest: str) -> Response:
        """Return the start page, with what is wrong if something follows "/ova/" that isn't a page."""
        return self._lost() if rest else self._start()

    def _run(self, code: str, svar: str = "", bara: str = "") -> _Run | Response:
        """Return the state that an address holds, or the page that says what is wrong with it."""
        try:
            whole = draw(self._pool.items(), code)
            numbers = tuple(int(part) for part in bara[:_LONGEST].split(".")) if bara else ()
            quiz = only(whole, numbers) if numbers else whole
            chosen = [LETTERS.index(letter.upper()) for letter in svar]
            return _Run(quiz, whole, numbers, grade(quiz, chosen), svar)
        except InvalidInputError as error:
            return self._start(str(error), status=404)
        except ValueError:
            return self._lost()

    def _lost(self) -> HTMLResponse:
        return self._start("Adressen hör inte till någon övning. Skriv in koden igen.", status=404)

    def _question(self, run: _Run, fault: str = "") -> HTMLResponse:
        item = run.quiz.items[len(run.marks)]
        return self._page("quiz_question.html", run=run, item=item, number=len(run.marks) + 1, fault=fault)

    def _start(self, fault: str = "", *, status: int = 200, typed: str = "") -> HTMLResponse:
        return self._page(
            "quiz_start.html",
            status=status,
            fault=fault,
            typed=typed,
            mixed=MIXED,
            numbers=NUMBERS,
        )

    def _page(self, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
        return render_page(
            template,
            self._editions,
            current="ova",
            status=status,
            themes=THEME_NAMES,
            difficulties=DIFFICULTY_NAMES,
            letters=LETTERS,
            **context,
        )


def _to(code: str) -> RedirectResponse:
    return RedirectResponse(f"{QUIZ}/{code}", status_code=303)
