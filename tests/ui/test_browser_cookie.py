from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI, Request

from ui.browser_cookie import COOKIE, BrowserCookie, browser_of, own_session

ANNA, BEN = "a" * 43, "b" * 43


async def told(request: Request) -> dict[str, str | None]:
    """What reaches Gradio of the session that a request names."""
    body = await request.body()
    content = await request.json() if body else {}
    return {
        "query": request.query_params.get("session_hash"),
        "path": request.url.path,
        "body": content.get("session_hash") if isinstance(content, dict) else None,
        "data": str(content.get("data")) if isinstance(content, dict) else None,
    }


@pytest.fixture
def client() -> httpx.AsyncClient:
    server = FastAPI()
    server.api_route("/{rest:path}", methods=["GET", "POST"])(told)
    server.add_middleware(BrowserCookie)
    return httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url="http://127.0.0.1")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


pytestmark = pytest.mark.anyio


def as_browser(secret: str) -> dict[str, str]:
    return {"cookie": f"{COOKIE}={secret}"}


async def test_the_page_gives_a_browser_a_secret_that_no_script_and_no_other_site_can_use(client):
    given = (await client.get("/")).headers["set-cookie"]
    assert browser_of(given.split(";")[0]) is not None
    assert "; HttpOnly" in given
    assert "; SameSite=Strict" in given


async def test_two_browsers_are_given_two_secrets(client):
    first = (await client.get("/")).headers["set-cookie"]
    client.cookies.clear()
    assert (await client.get("/")).headers["set-cookie"] != first


async def test_a_browser_keeps_the_secret_that_it_has(client):
    assert "set-cookie" not in (await client.get("/", headers=as_browser(ANNA))).headers


@pytest.mark.parametrize("cookie", ["", "x", "a" * 44, "a" * 42 + "%"])
async def test_a_secret_that_this_server_cannot_have_given_is_none(client, cookie):
    assert "set-cookie" in (await client.get("/", headers=as_browser(cookie))).headers


async def test_who_follows_a_link_from_another_site_keeps_the_secret_that_the_browser_held_back(client):
    response = await client.get("/", headers={"sec-fetch-site": "cross-site"})
    assert "set-cookie" not in response.headers


async def test_parts_of_the_page_that_are_loaded_at_once_give_none(client):
    assert "set-cookie" not in (await client.get("/assets/index.js")).headers


async def test_over_https_the_secret_is_never_sent_in_the_clear(client):
    response = await client.get("https://127.0.0.1/")
    assert response.headers["set-cookie"].endswith("; Secure")


async def test_the_same_session_hash_from_two_browsers_names_two_sessions(client):
    seen = [
        (await client.get("/gradio_api/queue/data?session_hash=s1&x=1", headers=as_browser(browser))).json()
        for browser in (ANNA, BEN)
    ]
    assert [one["query"] for one in seen] == [own_session(ANNA, "s1"), own_session(BEN, "s1")]
    assert seen[0]["query"] != seen[1]["query"]


async def test_a_browser_names_the_same_session_in_address_path_and_body(client):
    named = own_session(ANNA, "s1")
    beat = await client.get("/gradio_api/heartbeat/s1", headers=as_browser(ANNA))
    join = await client.post(
        "/gradio_api/queue/join",
        json={"session_hash": "s1", "data": ["Wörter"]},
        headers=as_browser(ANNA),
    )
    assert beat.json()["path"] == f"/gradio_api/heartbeat/{named}"
    assert join.json()["body"] == named
    assert join.json()["data"] == "['Wörter']"


async def test_what_is_no_session_passes_unchanged(client):
    sent = {"data": [1], "session_hash": None}
    answered = await client.post("/gradio_api/queue/join", json=sent, headers=as_browser(ANNA))
    assert answered.json()["body"] is None
    elsewhere = await client.get("/document/a.txt?session_hash=s1", headers=as_browser(ANNA))
    assert elsewhere.json()["query"] == "s1"
