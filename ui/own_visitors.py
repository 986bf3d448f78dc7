"""Keeps other websites out: a page of theirs in the same browser can read and send nothing here."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

READING = frozenset({"GET", "HEAD", "OPTIONS"})
OTHER_NAME = "This page does not answer under the name '{name}': use the address shown when it was started."
OTHER_SITE = "This was sent by a page of another website, and is refused."


def is_loopback(host: str) -> bool:
    """Whether only programs on this computer can reach what listens at `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class OwnVisitors:
    """Refuses requests under a name that is not ours, and what another website's page sends.

    A website can give its own name the address of this computer (DNS rebinding), and its pages
    could then read what is here. With `only_here`, only the names are answered by which a
    computer calls itself.
    """

    def __init__(self, app: ASGIApp, *, only_here: bool) -> None:
        """Stands in front of `app`."""
        self.app = app
        self._only_here = only_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or refuses it."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        name = _name_in(f"//{headers.get('host', '')}")
        if self._only_here and not is_loopback(name):
            return PlainTextResponse(OTHER_NAME.format(name=name), status_code=421)
        if scope["method"] not in READING and _is_from_elsewhere(headers):
            return PlainTextResponse(OTHER_SITE, status_code=403)
        return None


def _is_from_elsewhere(headers: Headers) -> bool:
    """Browsers say which site sends something in one of two headers; programs send neither."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _name_in(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
