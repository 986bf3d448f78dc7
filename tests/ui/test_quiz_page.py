"""The quiz page: made, reviewed, worded anew and taken away, without JavaScript and by keyboard."""

from __future__ import annotations

import json
import re
import sqlite3
from io import BytesIO

import docx
import pytest
from fastapi import FastAPI
from playwright.sync_api import expect
from starlette.testclient import TestClient

from corpus.read import read_documents
from qa.quiz_edit import QuizEdit
from tests.qa.gift_reader import read_gift
from tests.ui.axe import AXE
from tests.ui.browsing import IN_A_BROWSER, PATIENCE, serving
from tests.ui.conftest import DOCUMENTS, FakeAssistant
from tests.ui.plain_site import ADDRESS, Seen
from ui import quiz_page
from ui.cli import main
from ui.quiz_store import QuizStore
from ui.server import add_guards

STATES = (
    ("Quiz", "made", "/quiz?count=12"),
    ("Quiz", "narrowed", "/quiz?count=3&kind=order&kind=match&about=plans"),
    ("Quiz", "nothing fits", "/quiz?about=gymnasium"),
    ("Quiz", "impossible filter", "/quiz?first=soon"),
    ("Quiz", "print with key", "/quiz/export/print?count=12&for=facilitator"),
)


@pytest.fixture(scope="module")
def library():
    return FakeAssistant({one.id: one for one in read_documents(DOCUMENTS).documents})


@pytest.fixture(scope="module")
def client(library):
    server = FastAPI()
    server.include_router(quiz_page.routes(library, QuizStore()))
    add_guards(server, only_here=True)
    return TestClient(server, base_url=ADDRESS)


@pytest.fixture
def known(client):
    """The client as a new browser."""
    client.cookies.clear()
    assert client.get("/quiz").status_code == 200
    return client


def ids(markup):
    return re.findall(r'<section class="asked" id="([^"]+)"', markup)


def decide(client, action, name, **more):
    fields = {"count": "3", "do": action, "id": name, **more}
    return client.post("/quiz/decide", data=fields, headers={"origin": ADDRESS})


def test_the_page_shows_questions_with_their_key_and_source(known):
    answer = known.get("/quiz?count=5")
    assert len(ids(answer.text)) == 5
    assert "script" not in answer.headers["content-security-policy"]
    assert any(link.startswith("/document/") for link in Seen(answer.text).links)


def test_another_selection_is_another_seed(known):
    first = known.get("/quiz?count=5").text
    assert "seed=1" in first
    assert ids(known.get("/quiz?count=5&seed=1").text) != ids(first)


def test_a_pinned_question_stays_and_comes_first(known):
    name = ids(known.get("/quiz?count=3").text)[2]
    assert ids(decide(known, "pin", name).text)[0] == name
    assert ids(known.get("/quiz?count=3&seed=77").text)[0] == name
    assert "(pinned)" in known.get("/quiz?count=3").text


def test_a_discarded_question_is_gone_until_it_is_taken_back(known):
    before = ids(known.get("/quiz?count=3").text)
    after = decide(known, "discard", before[0])
    assert "One question was discarded." in Seen(after.text).folded
    assert before[0] not in ids(after.text)
    assert ids(decide(known, "restore", before[0]).text) == before


def test_a_question_is_worded_anew_and_its_quotation_stays(known):
    name = ids(known.get("/quiz?count=1&kind=number").text)[0]
    form = known.get(f"/quiz/edit?count=1&kind=number&id={name}").text
    options = re.findall(r'name="option" value="([^"]*)"', form)
    fields = {"count": "1", "kind": "number", "id": name, "prompt": "How many? <b>", "option": options}
    after = known.post("/quiz/edit", data=fields, headers={"origin": ADDRESS}).text
    assert "How many? &lt;b&gt;" in after
    assert "(edited)" in after
    wrong = known.post("/quiz/edit", data={**fields, "prompt": ""}, headers={"origin": ADDRESS})
    assert wrong.status_code == 422
    assert "0 characters" in wrong.text
    reset = known.post("/quiz/edit", data={**fields, "do": "reset"}, headers={"origin": ADDRESS}).text
    assert "(edited)" not in reset


def test_what_one_browser_decides_another_does_not_see(known):
    name = ids(known.get("/quiz?count=3").text)[0]
    decide(known, "discard", name)
    known.cookies.clear()
    assert name in ids(known.get("/quiz?count=3").text)


def test_without_a_cookie_nothing_is_kept_and_that_is_said(client):
    client.cookies.clear()
    refused = decide(client, "pin", "grade-0")
    assert refused.status_code == 403
    assert "sent no cookie" in refused.text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("count=0", "from 1 to 60"),
        ("count=many", "from 1 to 60"),
        ("seed=x", "selection"),
        ("kind=riddle", "no kind of question"),
        ("document=none.txt", "no document"),
        ("first=soon", "no date"),
        ("first=2016&last=2014", "earlier date first"),
        ("about=" + "a" * 201, "at most 200"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(known, asked, message):
    answer = known.get(f"/quiz?{asked}")
    assert answer.status_code == 422
    assert message in Seen(answer.text).folded


def test_unknown_questions_and_forms_are_not_found(known):
    assert decide(known, "pin", "grade-0").status_code == 404
    assert decide(known, "burn", "grade-0").status_code == 422
    assert known.get("/quiz/edit?id=grade-0").status_code == 404
    assert known.get("/quiz/export/pdf?for=facilitator").status_code == 404
    assert known.get("/quiz/export/print").status_code == 404
    assert known.get("/quiz/export/gift?for=participants").status_code == 404


def test_the_same_questions_are_taken_away_as_are_seen(known):
    seen = ids(known.get("/quiz?count=4").text)
    gift = read_gift(known.get("/quiz/export/gift?count=4&for=facilitator").text)
    assert [one.title.split()[-1] for one in gift] == seen
    sheet = docx.Document(BytesIO(known.get("/quiz/export/docx?count=4&for=participants").content))
    headings = [one.text for one in sheet.paragraphs if one.style.name.startswith("Heading")]
    assert headings == ["Question 1", "Question 2", "Question 3", "Question 4"]
    key = docx.Document(BytesIO(known.get("/quiz/export/docx?count=4&for=facilitator").content))
    assert "Key" in [one.text for one in key.paragraphs]
    assert "Key" not in Seen(known.get("/quiz/export/print?count=4&for=participants").text).folded


def test_decisions_outlive_the_program_and_the_secret_is_not_kept(tmp_path):
    path = tmp_path / "quiz.sqlite"
    store = QuizStore(path)
    store.decide("secret", "pin", "a")
    store.decide("secret", "edit", "a", QuizEdit("Q", ("x", "y")))
    store.close()
    decided = QuizStore(path).of("secret")
    assert (decided.pinned, decided.edits) == (("a",), {"a": QuizEdit("Q", ("x", "y"))})
    assert "secret" not in str(sqlite3.connect(path).execute("SELECT * FROM quiz").fetchall())


def test_the_command_prints_and_writes(capsys, tmp_path):
    assert main(["quiz", "--count", "4", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["questions"]) == 4
    out = tmp_path / "quiz.docx"
    assert main(["quiz", "--count", "2", "--kinds", "date,grade", "--format", "docx", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"PK")
    assert main(["quiz", "--count", "2", "--without-key"]) == 0
    assert "Key" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--format", "docx"], "--out"), (["--kinds", "riddle"], "riddle"), (["--count", "0"], "'0'")],
)
def test_the_command_refuses_what_it_cannot_use(capsys, options, message):
    assert main(["quiz", *options]) == 2
    assert message in capsys.readouterr().err


@pytest.fixture(scope="module")
def quiz_site(library):
    with serving(library) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


class TestInABrowser:
    """What only a browser can say."""

    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize(("name", "state", "address"), STATES)
    def test_axe_finds_nothing(self, window, quiz_site, findings, name, state, address):
        if not AXE.is_file():
            pytest.skip(f"axe-core is not at {AXE}: `make browser` fetches it")
        window.goto(quiz_site + address)
        assert findings.look(window, name, state) == []
        window.set_viewport_size({"width": 320, "height": 640})
        assert window.evaluate("() => document.documentElement.scrollWidth") <= 320
        window.set_viewport_size({"width": 1280, "height": 900})

    def test_it_is_reviewed_by_keyboard_alone(self, browser, quiz_site, findings):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{quiz_site}/quiz?count=2")
        first = page.locator("section.asked").first.get_attribute("id")
        for action, seen in (("pin", "(pinned)"), ("discard", "One question was discarded.")):
            _tab_to(page, f'button[value="{action}"]')
            with page.expect_navigation():
                page.keyboard.press("Enter")
            expect(page.locator("main")).to_contain_text(seen)
        _tab_to(page, "#undo button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(f"#{first}")).to_have_count(1)
        _tab_to(page, 'a[href^="/quiz/edit"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if AXE.is_file():
            address = page.url
            looked = browser.new_context(storage_state=context.storage_state()).new_page()
            looked.goto(address)
            assert findings.look(looked, "Quiz", "editing") == []
            looked.context.close()
        context.close()


def _tab_to(page, selector):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")
