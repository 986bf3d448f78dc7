"""Which browser a request comes from: a random secret in a cookie, to which all that is private is tied.

Gradio keys a session by a hash that the browser chooses, so that whoever sends another's hash would
be in the other's session. Here the hash is replaced by a checksum of hash and secret before Gradio
sees it: the same hash from two browsers names two sessions.
"""

from __future__ import annotations

import json
import re
import secrets
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "inspection_qa_browser"
ONE_YEAR = 365 * 24 * 3600  # seconds
SECRET = re.compile(r"[\w-]{43}", re.ASCII)  # what token_urlsafe(32) makes
# Only here a cookie is given out, one at a time: the page's parts are asked for all at once.
GIVING = frozenset({"/", "/look/page.js", "/plain", "/quiz", "/sessions"})
GRADIO = "/gradio_api/"
SESSION_IN_PATH = re.compile(r"(?<=/gradio_api/)(heartbeat|stream)/([^/]+)")


def browser_of(cookies: str) -> str | None:
    """The secret in a "cookie" header; None where there is none that this server can have given."""
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return found.value if found and SECRET.fullmatch(found.value) else None


class BrowserCookie:
    """Gives each browser its secret, and keeps the sessions of two browsers apart."""

    def __init__(self, app: ASGIApp) -> None:
        """Stands in front of `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        browser = browser_of(Headers(scope=scope).get("cookie", ""))
        if GRADIO in scope["path"]:
            scope, receive = await _in_own_session(scope, receive, browser or "")
        giving = browser is None and scope["path"] in GIVING and _is_own_request(scope)
        await self.app(scope, receive, _giving(scope, send) if giving else send)


def own_session(browser: str, chosen: str) -> str:
    """The name under which Gradio knows the session that a browser calls `chosen`."""
    return sha256(f"{browser}:{chosen}".encode()).hexdigest()[:32]


def _is_own_request(scope: Scope) -> bool:
    """Whether it was not another site that led here: then the browser holds its cookie back."""
    return Headers(scope=scope).get("sec-fetch-site", "none") in ("none", "same-origin")


def _giving(scope: Scope, send: Send) -> Send:
    """Sends on what is sent, with a new secret."""
    secure = "; Secure" if scope["scheme"] == "https" else ""
    cookie = (
        f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={ONE_YEAR}; HttpOnly; SameSite=Strict{secure}"
    )

    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return send_with_cookie


async def _in_own_session(scope: Scope, receive: Receive, browser: str) -> tuple[Scope, Receive]:
    """The request with each session hash in it replaced by the browser's own."""

    def own(chosen: str) -> str:
        return own_session(browser, chosen)

    path = SESSION_IN_PATH.sub(lambda found: f"{found[1]}/{own(found[2])}", scope["path"])
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if any(name == "session_hash" for name, _ in asked):
        asked = [(name, own(value) if name == "session_hash" else value) for name, value in asked]
        scope = {**scope, "query_string": urlencode(asked).encode("latin-1")}
    scope = {**scope, "path": path, "raw_path": path.encode()}
    if "json" not in Headers(scope=scope).get("content-type", ""):
        return scope, receive
    body = await _whole(receive)
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if isinstance(content, dict) and isinstance(content.get("session_hash"), str):
        body = json.dumps({**content, "session_hash": own(content["session_hash"])}).encode()
    headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    headers.append((b"content-length", str(len(body)).encode()))
    return {**scope, "headers": headers}, _again(body, receive)


async def _whole(receive: Receive) -> bytes:
    """The body of a request; what came until then, where the browser went away."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Receives the body that has been read, then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
