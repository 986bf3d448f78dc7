"""The presenter: a session slide by slide, by keyboard or by links, and questions that are asked live."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from qa.session_content import Assistant, SessionContent, answer_points, session_content
from qa.session_slides import Slide
from ui.answering import Answering, Refused
from ui.excerpts import Library
from ui.frame import TITLE, escape, problem
from ui.markup import counted
from ui.session_requests import browser_in, fields_in, kept_session, not_kept, to
from ui.session_slide import point_html, slide_html
from ui.session_store import AskedLive, Kept, Run, Sessions

# As on the other plain pages, and one script of our own for keys and the timer.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
NO_SLIDE = "There is no such slide in this session; go back and follow its links."
NO_BLOCKS = "This session has no blocks yet: add one before you present it."
OPEN_ELSEWHERE = "This session is not running; start it first."
KEYS_SAID = (
    "Right arrow or Page Down: next. Left arrow or Page Up: back. R: reveal or hide the answer. "
    "T: stop the time or let it go on. Q: ask a question."
)
ASK_NOTE = "The question is answered from the documents and kept in the record. Leave out names of children."


def routes(assistant: Assistant, answering: Answering, sessions: Sessions) -> APIRouter:
    """`/sessions/ID/present` and `/sessions/ID/ask`."""
    router = APIRouter(include_in_schema=False)
    presenter = _Presenter(assistant, answering, sessions)
    router.get("/sessions/{id}/present")(presenter.show)
    router.post("/sessions/{id}/present")(presenter.act)
    router.get("/sessions/{id}/ask")(presenter.question)
    router.post("/sessions/{id}/ask")(presenter.ask)
    return router


class _Presenter:
    """The presenter over one assistant and one store."""

    def __init__(self, assistant: Assistant, answering: Answering, sessions: Sessions) -> None:
        self._assistant = assistant
        self._answering = answering
        self._sessions = sessions
        self._limiter = CapacityLimiter(2)  # sessions that are prepared at the same time

    async def show(self, id: str, request: Request) -> Response:
        kept, browser = kept_session(self._sessions, request, id), browser_in(request)
        if kept is None or browser is None:
            return not_kept()
        run = self._sessions.open_run(browser, id)
        if run is None:
            return _presented(f"Present: {kept.plan.title}", _start_main(kept))
        slide = _number(request.query_params.get("slide", str(run.slide)))
        if not 0 <= slide <= len(run.content.slides) + 1:
            return problem(NO_SLIDE, 404)
        revealed = request.query_params.get("key") == "1" and _has_key(run.content, slide)
        shown = self._sessions.show(browser, id, slide, revealed=revealed) or run
        return _presented(
            _title(shown, slide, revealed), _slide_page(id, shown, slide, revealed, self._assistant)
        )

    async def act(self, id: str, request: Request) -> Response:
        """Starts and ends; stops the time; switches letter keys."""
        kept, browser = kept_session(self._sessions, request, id), browser_in(request)
        fields = await fields_in(request)
        if kept is None or browser is None or isinstance(fields, Refused):
            return not_kept()
        what = str(fields.get("what", ""))
        if what == "start":
            if not kept.plan.blocks:
                return problem(NO_BLOCKS, 422)
            make = partial(session_content, kept.plan, self._assistant)
            content = await to_thread.run_sync(make, limiter=self._limiter)
            self._sessions.start(browser, id, content)
            return to(f"/sessions/{id}/present?slide=0")
        run = self._sessions.open_run(browser, id)
        if run is None:
            return problem(OPEN_ELSEWHERE, 409)
        if what == "end":
            self._sessions.end(browser, id)
            return to(f"/sessions/{id}/records/{run.id}")
        if what in ("pause", "resume"):
            self._sessions.set_clock(browser, id, paused=what == "pause")
        if what in ("letters", "no-letters"):
            self._sessions.set_letters(browser, id, on=what == "letters")
        last = run.shown[-1] if run.shown else None
        key = "&key=1" if last and last.revealed else ""
        return to(f"/sessions/{id}/present?slide={run.slide}{key}")

    async def question(self, id: str, request: Request) -> Response:
        kept, browser = kept_session(self._sessions, request, id), browser_in(request)
        run = self._sessions.open_run(browser, id) if kept and browser else None
        if kept is None or run is None:
            return not_kept() if kept is None else problem(OPEN_ELSEWHERE, 409)
        at = request.query_params.get("asked")
        if at is None:
            return _presented("Ask a question", _ask_main(id, run))
        number = _number(at)
        if not 1 <= number <= len(run.asked):
            return problem(NO_SLIDE, 404)
        one = run.asked[number - 1]
        return _presented(f"Answer: {one.question}", _answer_main(id, run, one, self._assistant))

    async def ask(self, id: str, request: Request) -> Response:
        kept, browser = kept_session(self._sessions, request, id), browser_in(request)
        fields = await fields_in(request)
        if kept is None or browser is None or isinstance(fields, Refused):
            return not_kept()
        run = self._sessions.open_run(browser, id)
        if run is None:
            return problem(OPEN_ELSEWHERE, 409)
        question = " ".join(str(fields.get("question", "")).split())
        found = await self._answering.ask(question)
        if isinstance(found, Refused):
            main = _ask_main(id, run, question, found.reason)
            return _presented("Error: the question was not asked", main, status=found.status)
        run = self._sessions.ask(browser, id, question, found.answer) or run
        return to(f"/sessions/{id}/ask?asked={len(run.asked)}")


def _presented(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    html = (
        '<!doctype html>\n<html lang="en-GB" class="presenting">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)} - {TITLE}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<link rel="stylesheet" href="/look/plain.css">\n<link rel="stylesheet" href="/look/session.css">\n'
        '<script src="/look/session.js" defer></script>\n<link rel="icon" href="data:,">\n</head>\n<body>\n'
        f'<a class="skip" href="#main">Skip to the slide</a>\n{body}\n</body>\n</html>\n'
    )
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return HTMLResponse(html, status_code=status, headers=headers)


def _start_main(kept: Kept) -> str:
    blocks = "".join(
        f"<li>{escape(block.title)} ({counted(block.minutes, 'minute')})</li>" for block in kept.plan.blocks
    )
    start = (
        '<form method="post"><button id="start" name="what" value="start">Start the session</button></form>'
        if kept.plan.blocks
        else f"<p>{NO_BLOCKS}</p>"
    )
    return (
        f'<main id="main" tabindex="-1"><h1>{escape(kept.plan.title)}</h1>\n'
        f"<p>{escape(kept.plan.balance)} The time begins to run when you start.</p>\n{start}"
        f"<h2>Keys</h2><p>{KEYS_SAID}</p><h2>Blocks</h2><ol>{blocks}</ol>"
        f'<p><a href="/sessions/{kept.id}">Back to the session</a></p></main>'
    )


def _slide_page(id: str, run: Run, number: int, revealed: bool, library: Library) -> str:
    """The bar with the time, the slide, and the bar with the ways on."""
    if number == 0:
        main = _opening(run.content)
    elif number > len(run.content.slides):
        main = _closing(run)
    else:
        main = _slide_main(run.content, number, revealed, library)
    is_full = 1 <= number <= len(run.content.slides) and run.content.slides[number - 1].is_full
    full = ' class="full"' if is_full else ""
    return (
        f"{_time_bar(run, number)}\n"
        f'<main id="main" tabindex="-1"{full}>{main}</main>\n{_ways(id, run, number, revealed)}'
    )


def _opening(content: SessionContent) -> str:
    blocks = "".join(f"<li>{escape(one.title)} ({one.minutes} min)</li>" for one in content.blocks)
    return (
        f'<h1>{escape(content.title)}</h1>\n<p>{escape(content.aim)}</p>\n<ol class="programme">{blocks}</ol>'
    )


def _closing(run: Run) -> str:
    unanswered = [one for one in run.asked if not one.answer.answerable]
    asked = "".join(f"<li>{escape(one.question)}</li>" for one in unanswered)
    silent = f"<h2>What the documents did not answer</h2><ul>{asked}</ul>" if asked else ""
    return (
        f"<h1>The end of the session</h1>\n<p>{counted(len(run.asked), 'question')} asked. "
        "Ending the session stops the time and makes the record: what was shown, what was asked, "
        f"what the documents did not answer.</p>\n{silent}"
        '<form method="post"><button id="end" name="what" value="end">End the session</button></form>'
    )


def _slide_main(content: SessionContent, number: int, revealed: bool, library: Library) -> str:
    slide = content.slides[number - 1]
    remarks = "".join(f'<p class="note">{escape(one)}</p>' for one in _remarks(content, number))
    return f"<h1>{escape(slide.title)}</h1>\n{remarks}{slide_html(slide, library, revealed=revealed)}"


def _remarks(content: SessionContent, number: int) -> tuple[str, ...]:
    """What has to be known of a block, on its first slide."""
    block = content.slides[number - 1].block
    is_first = number == 1 or content.slides[number - 2].block != block
    return content.blocks[block].remarks if is_first else ()


def _time_bar(run: Run, number: int) -> str:
    now = datetime.now(UTC)
    block = run.content.slides[number - 1].block if 1 <= number <= len(run.content.slides) else None
    session_left = round(run.content.minutes * 60 - run.clock.in_session(now))
    block_left = (
        None if block is None else round(run.content.blocks[block].minutes * 60 - run.clock.in_block(now))
    )
    paused = run.clock.is_paused
    where = "" if block is None else f"Block {block + 1} of {len(run.content.blocks)} · "
    in_block = (
        ""
        if block_left is None
        else (
            f'<span class="time">Block <span id="block-time" data-left="{block_left}">'
            f"{_minutes(block_left)}</span></span> "
        )
    )
    return (
        f'<header class="bar"><p class="where">{where}{_slide_words(run, number)}</p>'
        f'<p class="times" id="times" data-paused="{"yes" if paused else "no"}">{in_block}'
        f'<span class="time">Session <span id="session-time" data-left="{session_left}">'
        f"{_minutes(session_left)}</span></span>{' <strong>Time stopped</strong>' if paused else ''}</p>"
        '<p class="vh" id="time-said" role="status"></p></header>'
    )


def _slide_words(run: Run, number: int) -> str:
    count = len(run.content.slides)
    return f"Slide {number} of {count}" if 1 <= number <= count else "Opening" if number < 1 else "End"


def _minutes(seconds: int) -> str:
    """The time left: "7:03"; what is over is said in words."""
    size = abs(seconds)
    said = f"{size // 60}:{size % 60:02}"
    return said if seconds >= 0 else f"{said} over"


def _ways(id: str, run: Run, number: int, revealed: bool) -> str:
    slides = run.content.slides
    at = f"/sessions/{id}/present"
    links = []
    if number > 0:
        links.append(f'<a id="back" rel="prev" href="{at}?slide={_before(run, number)}">Back</a>')
    if _has_key(run.content, number):
        key = "" if revealed else "&amp;key=1"
        words = "Hide" if revealed else "Reveal"
        links.append(f'<a id="reveal" href="{at}?slide={number}{key}">{words}</a>')
    if number <= len(slides):
        following, goes_on = _after(run.content, number, revealed)
        ending = "&amp;key=1" if goes_on else ""
        links.append(f'<a id="next" rel="next" href="{at}?slide={following}{ending}">Next</a>')
    paused = run.clock.is_paused
    clock = f'<button id="clock" name="what" value="{"resume" if paused else "pause"}">' + (
        "Start time" if paused else "Stop time"
    )
    letters = f'<button name="what" value="{"no-letters" if run.letters else "letters"}">' + (
        "Turn letter keys off" if run.letters else "Turn letter keys on"
    )
    return (
        f'<nav class="bar ways" aria-label="Presenting" data-letters="{"yes" if run.letters else "no"}">'
        f'{"".join(links)}<a id="ask" href="/sessions/{id}/ask">Ask</a>'
        f'<form method="post" action="{at}">{clock}</button></form>'
        f"<details><summary>Keys</summary><div><p>{KEYS_SAID}</p>"
        f'<form method="post" action="{at}">{letters}</button></form>'
        f'<p><a href="{at}?slide={len(slides) + 1}">To the end of the session</a></p>'
        f'<p><a href="/sessions/{id}">Leave; the time goes on</a></p></div></details></nav>'
    )


def _has_key(content: SessionContent, number: int) -> bool:
    return 1 <= number <= len(content.slides) and bool(content.slides[number - 1].key)


def _after(content: SessionContent, number: int, revealed: bool) -> tuple[int, bool]:
    """The slide after this one, and whether it goes on with what was revealed.

    Where the key was not revealed, the slides on which it would go on are passed over.
    """
    slides = content.slides
    if number < 1 or number >= len(slides):
        return number + 1, False
    following = number + 1
    if revealed:
        return following, slides[following - 1].part > 1
    while following <= len(slides) and slides[following - 1].part > 1:
        following += 1
    return following, False


def _before(run: Run, number: int) -> int:
    """The slide before this one, passing over where a key goes on."""
    slides = run.content.slides
    before = number - 1
    while before > 1 and slides[before - 1].part > 1:
        before -= 1
    return before


def _title(run: Run, number: int, revealed: bool) -> str:
    if 1 <= number <= len(run.content.slides):
        slide: Slide = run.content.slides[number - 1]
        return f"{slide.title}{', revealed' if revealed else ''}, {_slide_words(run, number)}"
    return run.content.title if number < 1 else "The end of the session"


def _ask_main(id: str, run: Run, question: str = "", wrong: str = "") -> str:
    error = f'<p class="error" id="question-error" role="alert">{escape(wrong)}</p>' if wrong else ""
    tied = (
        ' aria-invalid="true" aria-describedby="question-error"' if wrong else ' aria-describedby="ask-note"'
    )
    return (
        f'{_time_bar(run, run.slide)}\n<main id="main" tabindex="-1"><h1>Ask a question</h1>\n'
        f'<form method="post" action="/sessions/{id}/ask"><label for="question">Question</label>{error}'
        f'<input type="text" id="question" name="question" value="{escape(question)}" autofocus{tied}>'
        f'<p class="hint" id="ask-note">{ASK_NOTE}</p><button>Ask</button></form></main>\n{_back(id, run)}'
    )


def _answer_main(id: str, run: Run, one: AskedLive, library: Library) -> str:
    points = "".join(point_html(point, library) for point in answer_points(one.answer, library.document))
    return (
        f'{_time_bar(run, run.slide)}\n<main id="main" tabindex="-1"><h1>{escape(one.question)}</h1>\n'
        f'<div class="points">{points}</div></main>\n{_back(id, run, again=True)}'
    )


def _back(id: str, run: Run, *, again: bool = False) -> str:
    more = f'<a id="ask" href="/sessions/{id}/ask">Ask another</a>' if again else ""
    revealed = "&amp;key=1" if run.shown and run.shown[-1].revealed else ""
    return (
        f'<nav class="bar ways" aria-label="Presenting" data-letters="{"yes" if run.letters else "no"}">'
        f'<a id="back" href="/sessions/{id}/present?slide={run.slide}{revealed}">Back to the slide</a>'
        f"{more}</nav>"
    )


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else -1
