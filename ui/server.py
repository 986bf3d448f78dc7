"""The web server: the page mounted in FastAPI, what every response carries, and how it is run."""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.session_content import Assistant as SessionAssistant
from ui import (
    api,
    api_page,
    document_page,
    documents_page,
    exporting,
    feedback_page,
    original_file,
    page_view,
    plain,
    quiz_page,
    session_routes,
    statement,
    training_page,
)
from ui.answering import Answering
from ui.browser_cookie import BrowserCookie
from ui.conversation import Assistant
from ui.conversations import Conversations
from ui.documents_desk import Desk
from ui.errors import AddressUnavailable
from ui.feedback import FILE as FEEDBACK_FILE
from ui.feedback import FeedbackStore
from ui.frame import TITLE
from ui.named_turns import NamedTurns
from ui.own_visitors import OwnVisitors, is_loopback
from ui.quiz_store import FILE as QUIZ_FILE
from ui.quiz_store import QuizStore
from ui.same_documents import Changing, SameDocuments
from ui.session_store import FILE as SESSIONS_FILE
from ui.session_store import Sessions

COMMAND = "inspection-qa"
SUMMARY = "Answers questions from documents in checked, cited quotations."
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
# Gradio's page names pictures and addresses of other hosts for link previews; nothing here needs them.
PREVIEW_META = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)")
HEAD = '<link rel="stylesheet" href="/look/page.css"><script src="/look/page.js" defer></script>'
SKIP_LINK = b'<a class="skip" href="#question">Skip to the question</a>'


def serve(
    open_assistant: Callable[[], Assistant],
    *,
    host: str,
    port: int,
    data: Path | None = None,
    open_desk: Callable[[Assistant], Desk | None] = lambda _: None,
    from_anywhere: bool = False,
) -> None:
    """Serves the page until it is stopped; prints its address once it is really there.

    The assistant is opened after the port, since it may have to index for minutes first.
    Conversations and feedback are kept below `data`; without it, in memory until the server stops.
    `open_desk` gives what changes the documents; `from_anywhere` lets everybody who reaches the page do it.
    Raises AddressUnavailable, and what `open_assistant` raises.
    """
    listener = _listener(host, port)
    with listener:
        assistant = open_assistant()
        desk, here = open_desk(assistant), is_loopback(host)
        config = uvicorn.Config(
            build_server(
                assistant, data=data, only_here=here, desk=desk, from_anywhere=here or from_anywhere
            ),
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=1,  # second; an open page holds a connection for ever
        )
        with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped, and no fault
            _AnnouncedServer(config, address(host, listener.getsockname()[1])).run(sockets=[listener])
        if desk is not None:
            desk.close()


def build_server(
    assistant: Assistant,
    *,
    data: Path | None = None,
    only_here: bool = True,
    desk: Desk | None = None,
    from_anywhere: bool = True,
) -> FastAPI:
    """The whole web application for one assistant.

    `data` is the folder that outlives it, if any; `only_here` says that nobody but the people
    at this computer can reach it. With a `desk` the documents can be changed, `from_anywhere` or only here.
    """
    from ui.app import mount_page  # importing Gradio takes seconds: only who serves the page pays

    server = FastAPI(title=TITLE, summary=SUMMARY, docs_url=None, redoc_url=None, openapi_url=api_page.SCHEMA)
    kept = Conversations(data / "conversations.sqlite" if data else None)
    feedback = FeedbackStore(data / FEEDBACK_FILE if data else None)
    sessions = Sessions(data / SESSIONS_FILE if data else None)
    add_routes(server, assistant, kept, feedback, sessions, desk, from_anywhere=from_anywhere)
    server.include_router(quiz_page.routes(assistant, QuizStore(data / QUIZ_FILE if data else None)))
    mount_page(server, assistant, kept, title=TITLE)  # last: it answers for every address that is left
    add_guards(server, only_here=only_here)
    return server


def add_routes(
    server: FastAPI,
    assistant: Assistant,
    kept: Conversations,
    feedback: FeedbackStore,
    sessions: Sessions | None = None,
    desk: Desk | None = None,
    *,
    from_anywhere: bool = True,
) -> None:
    """Everything but Gradio's page: the plain pages, the door for programs, the style sheets."""
    answering = Answering(assistant)
    named_turns = NamedTurns(assistant, answering, kept)
    server.include_router(api.routes(answering))
    server.include_router(api_page.routes(server))
    server.include_router(plain.routes(assistant, answering))
    if isinstance(assistant, original_file.Originals):  # before the page that takes any document's id
        server.include_router(original_file.routes(assistant))
        server.include_router(page_view.routes(assistant))
    server.include_router(document_page.routes(assistant))
    server.include_router(documents_page.routes(assistant, desk, from_anywhere=from_anywhere))
    server.include_router(exporting.routes(assistant, named_turns))
    server.include_router(feedback_page.routes(named_turns, feedback))
    server.include_router(statement.routes())
    if isinstance(assistant, SessionAssistant):
        server.include_router(session_routes.routes(assistant, answering, sessions or Sessions()))
    server.include_router(training_page.routes(assistant))
    server.get("/look/{name}", include_in_schema=False)(_look)
    if isinstance(assistant, Changing):
        server.add_middleware(SameDocuments, changing=assistant)


def add_guards(server: FastAPI, *, only_here: bool) -> None:
    """What every request and every response passes through; the last one added is the outermost."""
    server.add_middleware(OwnPage)
    server.add_middleware(BrowserCookie)
    server.add_middleware(OwnVisitors, only_here=only_here)


def address(host: str, port: int) -> str:
    """The address to type into a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class OwnPage:
    """Makes the page that Gradio sends our own: language, title, style, script and what it may load."""

    def __init__(self, app: ASGIApp) -> None:
        """Stands in front of `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(_asking_for_plain_bytes(scope), receive, _Rewriter(send).send)


class _Rewriter:
    """Passes a response on; of an HTML page it keeps the parts until they can be rewritten as one."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            rewritten = _is_gradios(message)
            _guard(message, self._nonce)
            if rewritten:
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            await self._collect(message)
            return
        await self._send(message)

    async def _collect(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body", False) or self._start is None:
            return
        body = own_page(self._body, self._nonce)
        MutableHeaders(scope=self._start)["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def own_page(html: bytes, nonce: str) -> bytes:
    """Gradio's page with our language, title, style and script, and a nonce on each inline script."""
    html = PREVIEW_META.sub(b"", html)
    html = INLINE_SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), html)
    html = html.replace(b'lang="en"', b'lang="en-GB"', 1)
    head = f'<meta charset="utf-8" /><title>{TITLE}</title>{HEAD}'.encode()
    html = html.replace(b'<meta charset="utf-8" />', head, 1)
    return html.replace(b"<gradio-app", SKIP_LINK + b"<gradio-app", 1)


def _guard(start: Message, nonce: str) -> None:
    headers = MutableHeaders(scope=start)
    headers.setdefault("content-security-policy", POLICY.format(nonce=nonce))
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"  # a stricter one would hide from us who sends a form


def _is_gradios(start: Message) -> bool:
    """Whether this is Gradio's page; the plain pages bring a policy of their own and stay as they are."""
    headers = Headers(raw=start["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and "content-security-policy" not in headers


def _asking_for_plain_bytes(scope: Scope) -> Scope:
    """The request without accept-encoding, since a compressed page could not be rewritten."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


async def _look(name: str) -> Response:
    """The style sheets and the script of the pages."""
    kinds = {"page.css": "text/css", "plain.css": "text/css", "page.js": "text/javascript"}
    sheets = ("quiz.css", "training.css", "session.css", "documents.css", "page_view.css")
    kinds |= dict.fromkeys(sheets, "text/css")
    kinds |= dict.fromkeys(("session.js", "documents.js"), "text/javascript")
    if name not in kinds:
        return Response("There is nothing here.", status_code=404, media_type="text/plain")
    text = files("ui").joinpath(name).read_bytes()
    return Response(text, media_type=kinds[name], headers={"cache-control": "no-cache"})


def _listener(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a port that is taken is known before anything is built."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as problem:
        listener.close()
        raise AddressUnavailable(_refusal(problem, address(host, port))) from problem
    return listener


def _refusal(problem: OSError | OverflowError, where: str) -> str:
    if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
        return f"{where} is in use by another program: stop that one, or choose another port with --port."
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return f"{where} cannot be used ({reason}): choose another address with --host and --port."


class _AnnouncedServer(uvicorn.Server):
    """A server that says where it is once it is listening, and stops without complaint."""

    def __init__(self, config: uvicorn.Config, where: str) -> None:
        super().__init__(config)
        self._where = where

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"{COMMAND} is at {self._where}  (Ctrl+C stops it)", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An open page always waits for something; cutting it off is no error to be told about.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)
