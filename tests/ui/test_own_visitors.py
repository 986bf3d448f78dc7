"""Other websites are kept out of what is served on this computer."""

from __future__ import annotations

import pytest

from tests.ui.plain_site import plain_site
from ui.own_visitors import is_loopback


@pytest.fixture(scope="module")
def client(assistant):
    return plain_site(assistant)


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "localhost", "[::1]:7860", "127.0.0.2"])
def test_the_names_of_this_computer_are_answered(client, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["elsewhere.invalid", "127.0.0.1.elsewhere.invalid", "10.0.0.1", "[::1", ""])
def test_any_other_name_is_refused(client, host):
    answer = client.get("/healthz", headers={"host": host})
    assert answer.status_code == 421
    assert "use the address" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.invalid"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_a_page_of_another_website_sends_is_refused(client, headers):
    answer = client.post("/api/ask", json={"question": "How do workers feel?"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_own_pages_and_programs_may_send(client, headers):
    answer = client.post("/api/ask", json={"question": "How do workers feel?"}, headers=headers)
    assert answer.status_code == 200


def test_a_link_from_another_website_may_be_followed(client):
    assert client.get("/plain", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "here"),
    [(host, True) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost")]
    + [(host, False) for host in ("0.0.0.0", "::", "", "10.0.0.1", "example.org")],
)
def test_which_addresses_only_this_computer_can_reach(host, here):
    assert is_loopback(host) is here
