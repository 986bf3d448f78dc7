"""The page in a real browser: conversations that are kept, links to them, and two people at once."""

from __future__ import annotations

import json
import re
import threading

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.browsing import IN_A_BROWSER, PATIENCE
from ui.conversation import NOT_KEPT_HERE

pytestmark = IN_A_BROWSER
WORKERS, PLANS = "How do workers feel?", "How good are children's plans?"


def test_a_reload_shows_the_same_conversation_with_its_citations(visit):
    visit.ask(WORKERS)
    visit.ask(PLANS)
    shown = [visit.page.inner_html("#log .answer >> nth=0"), visit.page.inner_html("#sources")]
    visit.reload()
    expect(visit.answers).to_have_count(2)
    assert [visit.page.inner_html("#log .answer >> nth=0"), visit.page.inner_html("#sources")] == shown
    visit.page.locator("#log a.cite").first.click()
    expect(visit.page.locator("#sources .card:visible mark")).to_have_text(
        "All workers spoken to feel well supported."
    )


def test_a_question_after_a_reload_belongs_to_the_same_conversation(visit, assistant):
    visit.ask(WORKERS)
    visit.reload()
    visit.ask(PLANS)
    assert assistant.histories[-1] == (WORKERS,)
    expect(visit.page.locator("#listed .current")).to_have_count(1)


def test_the_link_to_an_answer_shows_it_to_the_same_browser_and_to_no_other(visit, ben):
    visit.ask(WORKERS)
    visit.ask(PLANS)
    link = visit.page.locator("#log a.link", has_text="Link to this answer").first.get_attribute("href")
    visit.go(link)
    expect(visit.page.locator("#sources .card:visible mark")).to_have_text(
        "All workers spoken to feel well supported."
    )
    ben.go(link)
    expect(ben.page.locator("#log")).to_have_text(NOT_KEPT_HERE)


def test_a_question_in_the_address_is_put_into_the_text_box_and_not_asked(visit, assistant):
    asked = len(assistant.histories)
    visit.go("/?q=How%20do%20workers%20feel%3F%20%3Cb%3E")
    expect(visit.question).to_have_value("How do workers feel? <b>")
    expect(visit.answers).to_have_count(0)
    assert len(assistant.histories) == asked


def test_a_new_conversation_is_listed_beside_the_old_one_which_can_be_opened_again(visit):
    visit.ask("Hello")
    visit.new_conversation()
    visit.ask(PLANS)
    visit.page.locator("#listed a.conversation", has_text="Hello").first.click()
    visit.ready()
    expect(visit.answers).to_have_count(1)
    expect(visit.page.locator("#listed .current")).to_have_text("Hello")
    expect(visit.page.locator("#listed .current")).to_have_attribute("aria-current", "page")


def test_a_conversation_is_renamed_and_deleted_and_the_deletion_undone(visit):
    visit.ask(WORKERS)
    visit.page.get_by_label("Name", exact=True).fill("For the report")
    visit.page.get_by_role("button", name="Rename").click()
    current = visit.page.locator("#listed .current")
    expect(current).to_have_text("For the report")
    visit.page.get_by_role("button", name="Delete").click()
    expect(visit.answers).to_have_count(0)
    expect(visit.page.locator("#listed")).not_to_contain_text("For the report")
    visit.page.get_by_role("button", name="Undo the deletion").click()
    expect(visit.answers).to_have_count(1)
    expect(current).to_have_text("For the report")
    expect(visit.page.get_by_role("button", name="Undo the deletion")).to_have_count(0)


def test_conversations_are_kept_by_keyboard_alone(visit):
    visit.ask(WORKERS)
    visit.tab_to("Name", backwards=True)
    visit.press("Control+a")
    visit.page.keyboard.type("By keyboard")
    visit.press("Enter")
    current = visit.page.locator("#listed .current")
    expect(current).to_have_text("By keyboard")
    visit.tab_to("Delete")
    visit.press("Enter")
    expect(visit.answers).to_have_count(0)
    visit.tab_to("Undo the deletion", backwards=True)
    visit.press("Enter")
    expect(current).to_have_text("By keyboard")


def test_conversations_can_be_searched(visit):
    visit.ask(WORKERS)
    visit.page.get_by_label("Search conversations").fill("nothing like it")
    listed = visit.page.locator("#listed")
    expect(listed).to_have_text("No conversation holds these words.")
    visit.page.get_by_label("Search conversations").fill("well SUPPORTED")
    expect(listed.locator("a.conversation").first).to_be_visible(timeout=PATIENCE)
    visit.page.get_by_label("Search conversations").fill("")


def test_two_people_do_not_see_each_others_conversations(visit, ben):
    ben.new_conversation()
    visit.ask(WORKERS)
    ben.ask(PLANS)
    assert (visit.answers.count(), ben.answers.count()) == (1, 1)
    ben.go(visit.page.url.removeprefix(visit.site))
    expect(ben.page.locator("#log")).to_have_text(NOT_KEPT_HERE)
    assert "feel well supported" not in ben.page.content()
    assert "workers feel" not in ben.page.inner_text("#listed")


def test_who_sends_anothers_session_hash_sees_nothing_of_hers(visit, site):
    joins = []
    visit.page.on("request", lambda request: joins.append(request) if "/queue/join" in request.url else None)
    visit.ask(WORKERS)
    her_hash = joins[0].post_data_json["session_hash"]
    her_conversation = visit.page.url.split("=")[1]
    ask = joins[0].post_data_json
    with httpx.Client(base_url=site, timeout=10) as other:
        other.get("/")
        heard = Listening(other, her_hash)
        visit.ask(PLANS)
        assert "plans is not consistent" not in heard.text()
        for sent, address in (
            (ask, "/gradio_api/queue/join"),  # her question again, in her conversation
            ({**ask, "fn_index": load_of(other), "data": []}, her_page(her_conversation)),
        ):
            other.post(address, json=sent)
            seen = Listening(other, her_hash).text()
            assert "process_completed" in seen
            assert "plans is not consistent" not in seen
            assert her_conversation not in seen


class Listening:
    """What a person hears on a session, for a second."""

    def __init__(self, client: httpx.Client, session: str) -> None:
        self._heard = ""
        self._thread = threading.Thread(target=self._listen, args=(client, session))
        self._thread.start()

    def text(self) -> str:
        self._thread.join()
        return self._heard

    def _listen(self, client: httpx.Client, session: str) -> None:
        try:
            with client.stream(
                "GET", "/gradio_api/queue/data", params={"session_hash": session}, timeout=1
            ) as stream:
                for line in stream.iter_lines():
                    self._heard += json.dumps(json.loads(line[5:]), ensure_ascii=False) if line else ""
        except httpx.TransportError:  # the second is over, or there is no such session
            pass


def load_of(client: httpx.Client) -> int:
    """The number of the event with which the page loads."""
    dependencies = client.get("/config").json()["dependencies"]
    return next(one["id"] for one in dependencies if any(name == "load" for _, name in one["targets"]))


def her_page(conversation: str) -> str:
    return f"/gradio_api/queue/join?conversation={conversation}"


def test_a_long_conversation_is_not_sent_again_with_each_answer(visit):
    sent: list[int] = []
    visit.page.on(
        "request",
        lambda request: sent.append(len(request.post_data or "")) if "/queue/join" in request.url else None,
    )
    received = []
    for _ in range(12):
        visit.ask(PLANS)
        received.append(len(visit.page.inner_html("#arriving")))
    assert max(sent) - min(sent) < 100
    assert max(received) - min(received) < 100


def test_the_secret_of_a_browser_is_kept_from_scripts(visit):
    assert visit.page.evaluate("() => document.cookie") == ""
    (cookie,) = visit.page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert re.fullmatch(r"[\w-]{43}", cookie["value"])


@pytest.mark.parametrize("address", ["/?conversation=none", "/?answer=none"])
def test_what_is_not_kept_is_said(visit, address):
    visit.go(address)
    expect(visit.page.locator("#log")).to_have_text(NOT_KEPT_HERE)
