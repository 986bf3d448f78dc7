"""Building a session with forms alone: add, change, move, copy, delete, undo, upload, download."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from starlette.testclient import TestClient

from index.store import open_index
from qa.assistant import Assistant, bring_up_to_date, index_folder
from qa.session_file import KEYS, example_plan, read_plan
from tests.fakes import HashedWords
from tests.qa.other_texts import FOLDER, HOSPITAL
from tests.ui.plain_site import Seen, plain_site
from ui.session_pages import NO_FILE, TOO_LARGE
from ui.session_requests import NO_SESSION

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    encoder, data = HashedWords(), tmp_path_factory.mktemp("data")
    bring_up_to_date(FOLDER, data, encoder, progress=lambda _: None)
    return Assistant(open_index(index_folder(FOLDER, data), encoder), encoder, threshold=0.0)


@pytest.fixture
def anna(others: Assistant) -> TestClient:
    client = plain_site(others)
    client.get("/sessions")
    return client


def new(client: TestClient, what: str = "new") -> str:
    """The address of a new session."""
    return str(client.post("/sessions", data={"what": what}).url.path)


def plan(client: TestClient, at: str) -> object:
    return read_plan(client.get(f"{at}/plan.toml").text)


def titles(client: TestClient, at: str) -> list[str]:
    return [one.title for one in plan(client, at).blocks]  # type: ignore[attr-defined]


def add(client: TestClient, at: str, title: str) -> None:
    fields = {"kind": "discussion", "title": title, "minutes": "5", "text": "Words"}
    assert client.post(f"{at}/block", data=fields).status_code == 200


def do(client: TestClient, at: str, what: str, place: int = 0) -> None:
    assert client.post(f"{at}/do", data={"what": what, "place": str(place)}).status_code == 200


def test_blocks_are_added_moved_copied_deleted_and_every_step_is_undone(anna: TestClient) -> None:
    at = new(anna)
    for title in ("A", "B", "C"):
        add(anna, at, title)
    steps = [("up", 3), ("down", 1), ("copy", 2), ("delete", 1)]
    seen = [titles(anna, at)]
    for what, place in steps:
        do(anna, at, what, place)
        seen.append(titles(anna, at))
    assert seen[1:] == [["A", "C", "B"], ["C", "A", "B"], ["C", "A", "A", "B"], ["A", "A", "B"]]
    for expected in reversed(seen[:-1]):
        do(anna, at, "undo")
        assert titles(anna, at) == expected


@pytest.mark.parametrize("kind", list(KEYS))
def test_a_block_of_the_example_is_shown_in_its_form_and_kept_as_it_was(anna: TestClient, kind: str) -> None:
    at = new(anna, "example")
    blocks = read_plan(example_plan()).blocks
    place = next(n for n, one in enumerate(blocks, start=1) if one.kind == kind)
    form = anna.get(f"{at}/block?place={place}").text
    sent = _sent(form)
    assert ("place", str(place)) in sent
    data: dict[str, list[str]] = {}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    anna.post(f"{at}/block", data=data)
    assert plan(anna, at).blocks == blocks  # type: ignore[attr-defined]


def _sent(page: str) -> list[tuple[str, str]]:
    """What a browser sends of the form, as it stands."""
    import html

    fields = re.findall(r'<input type="(?:text|hidden)"[^>]*? name="([^"]*)"[^>]*? value="([^"]*)"', page)
    fields += re.findall(r'<input type="checkbox" name="([^"]*)" value="([^"]*)" checked', page)
    fields += re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>([^<]*)</textarea>', page)
    return [(name, html.unescape(value)) for name, value in fields]


def test_a_mistake_in_a_form_is_said_beside_its_field_and_nothing_is_lost(anna: TestClient) -> None:
    at = new(anna)
    fields = {"kind": "theme", "title": "T", "minutes": "many", "words": HOSTILE}
    answer = anna.post(f"{at}/block", data=fields)
    assert answer.status_code == 422
    assert 'id="minutes" name="minutes" class="short" value="many" aria-invalid="true"' in answer.text
    assert "&#x27;minutes&#x27; is &#x27;many&#x27;; expected a whole number from 1 to 240" in answer.text
    assert HOSTILE not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert titles(anna, at) == []


def test_the_title_the_aim_and_the_length_are_changed(anna: TestClient) -> None:
    at = new(anna)
    anna.post(at, data={"title": HOSTILE, "aim": "One\r\nTwo", "minutes": "45"})
    kept = plan(anna, at)
    assert (kept.title, kept.aim, kept.minutes) == (HOSTILE, "One\nTwo", 45)  # type: ignore[attr-defined]
    assert HOSTILE not in anna.get(at).text
    wrong = anna.post(at, data={"title": "", "aim": "", "minutes": "45"})
    assert wrong.status_code == 422
    assert "&#x27;title&#x27; is missing" in wrong.text


def test_a_session_is_taken_away_as_a_file_and_brought_back(anna: TestClient) -> None:
    at = new(anna, "example")
    text = anna.get(f"{at}/plan.toml").text
    back = anna.post("/sessions/upload", files={"file": ("s.toml", text.replace("\n", "\r\n").encode())})
    assert back.status_code == 200
    assert back.url.path != at
    assert plan(anna, str(back.url.path)) == read_plan(example_plan())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", NO_FILE),
        (b"title = 3", "&#x27;title&#x27; is 3"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"x" * 300_000, TOO_LARGE),
    ],
)
def test_a_file_that_is_no_session_is_refused_with_the_reason(
    anna: TestClient, content: bytes, said: str
) -> None:
    answer = anna.post("/sessions/upload", files={"file": ("s.toml", content)})
    assert answer.status_code == 422
    assert said in answer.text


def test_the_session_is_edited_as_text_and_a_mistake_keeps_the_text(anna: TestClient) -> None:
    at = new(anna, "example")
    text = anna.get(f"{at}/plan.toml").text
    wrong = anna.post(f"{at}/text", data={"plan": text.replace("minutes = 60", "minuts = 60")})
    assert wrong.status_code == 422
    assert "Did you mean &#x27;minutes&#x27;?" in wrong.text
    assert "minuts = 60" in wrong.text
    anna.post(f"{at}/text", data={"plan": text.replace("minutes = 60", "minutes = 70")})
    assert plan(anna, at).minutes == 70  # type: ignore[attr-defined]
    assert "10 minutes are free" in anna.get(at).text


def test_another_browser_finds_nothing(anna: TestClient, others: Assistant) -> None:
    at = new(anna, "example")
    anna.cookies.clear()
    anna.get("/sessions")
    for path in ("", "/block?kind=theme", "/text", "/plan.toml", "/present", "/ask", "/papers/handout"):
        answer = anna.get(f"{at}{path}")
        assert answer.status_code == 404
        assert NO_SESSION in answer.text


def test_a_browser_without_cookies_is_told_so(anna: TestClient) -> None:
    anna.cookies.clear()
    answer = anna.post("/sessions", data={"what": "new"}, headers={"cookie": ""})
    assert answer.status_code == 403
    assert "cookies" in answer.text


def test_a_deleted_session_is_offered_back(anna: TestClient) -> None:
    at = new(anna, "example")
    after = anna.post(f"{at}/do", data={"what": "delete-session"})
    assert "taken back for ten minutes" in after.text
    assert anna.get(at).status_code == 404
    anna.post("/sessions/restore", data={"id": at.rsplit("/", 1)[-1]})
    assert anna.get(at).status_code == 200


def test_pages_run_no_script_and_the_presenter_only_its_own(anna: TestClient) -> None:
    at = new(anna, "example")
    for path in ("/sessions", at, f"{at}/block?kind=quiz", f"{at}/text"):
        answer = anna.get(path)
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "<script" not in answer.text
    answer = anna.get(f"{at}/present")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/look/session.js" defer>']
    assert " style=" not in answer.text


def test_headings_and_ids_are_in_order_on_every_page(anna: TestClient) -> None:
    at = new(anna, "example")
    do(anna, at, "copy", 2)
    pages = ["/sessions", at, f"{at}/papers/handout", *(f"{at}/block?kind={kind}" for kind in KEYS)]
    for path in pages:
        seen = Seen(anna.get(path).text)
        assert seen.headings[0] == 1
        assert seen.headings.count(1) == 1
        assert len(seen.ids) == len(set(seen.ids))


def test_a_session_is_run_without_a_script_and_its_record_says_what_was_shown(anna: TestClient) -> None:
    at = new(anna)
    fields = {
        "kind": "question",
        "title": "Asked",
        "minutes": "5",
        "question": "Who wrote the hospital letter?",
    }
    anna.post(f"{at}/block", data=fields)
    add(anna, at, "Talk")
    first = anna.post(f"{at}/present", data={"what": "start"})
    assert "slide=0" in str(first.url)
    asked = anna.get(f"{at}/present?slide=1").text
    assert 'id="reveal"' in asked
    assert "blockquote" not in asked  # nothing of the key is in the page before it is revealed
    told = anna.get(f"{at}/present?slide=1&key=1").text
    assert "<blockquote>" in told
    stopped = anna.post(f"{at}/present", data={"what": "pause"})
    assert "key=1" in str(stopped.url)
    assert "Time stopped" in stopped.text
    assert "Start time" in stopped.text
    live = anna.post(f"{at}/ask", data={"question": "What is the hospital?"})
    assert "asked=1" in str(live.url)
    record = anna.post(f"{at}/present", data={"what": "end"})
    assert "/records/" in str(record.url)
    text = Seen(record.text).folded
    assert "Slide 1: Asked, revealed" in text
    assert "What is the hospital?" in text
    assert "Nothing of this block was shown." in text  # the second
    markdown = anna.get(f"{record.url.path}.md").text
    assert markdown.startswith("# New session (record)")
    word = docx.Document(BytesIO(anna.get(f"{record.url.path}.docx").content))
    assert any("What is the hospital?" in one.text for one in word.paragraphs)
    anna.post(f"{record.url.path}/delete")
    assert anna.get(str(record.url.path)).status_code == 404


def test_words_of_a_plan_are_never_markup(anna: TestClient) -> None:
    at = new(anna)
    fields = {"kind": "discussion", "title": HOSTILE, "minutes": "5", "text": HOSTILE, "notes": HOSTILE}
    anna.post(f"{at}/block", data=fields)
    anna.post(f"{at}/present", data={"what": "start"})
    anna.post(f"{at}/ask", data={"question": HOSTILE})
    ways = ("", "/block?place=1", "/text", "/papers/handout", "/papers/key", "/present?slide=0")
    ways += ("/present?slide=1", "/ask?asked=1")
    shown = [anna.get(f"{at}{way}").text for way in ways]
    shown.append(anna.post(f"{at}/present", data={"what": "end"}).text)
    for page in shown:
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


def test_an_empty_question_is_refused_with_the_reason(anna: TestClient) -> None:
    at = new(anna, "example")
    anna.post(f"{at}/present", data={"what": "start"})
    answer = anna.post(f"{at}/ask", data={"question": "  "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_papers_give_every_quotation_its_full_reference(anna: TestClient) -> None:
    at = new(anna)
    fields = {"kind": "timeline", "title": "Time", "minutes": "5", "documents": HOSPITAL, "most": "3"}
    anna.post(f"{at}/block", data=fields)
    page = anna.get(f"{at}/papers/handout").text
    quotations = page.count("<blockquote>")
    assert quotations == 3
    assert page.count('<p class="place">') == quotations
    assert anna.get(f"{at}/papers/poster").status_code == 404
    assert anna.get(f"{at}/papers/quiz.gift").status_code == 404


def test_an_address_of_a_block_or_slide_that_is_not_there_is_a_page_that_says_so(anna: TestClient) -> None:
    at = new(anna, "example")
    for path in (f"{at}/block?place=99", f"{at}/block?kind=poem", f"{at}/block?place=x"):
        assert anna.get(path).status_code == 404
    anna.post(f"{at}/present", data={"what": "start"})
    assert anna.get(f"{at}/present?slide=9999").status_code == 404
    assert anna.get(f"{at}/ask?asked=1").status_code == 404


def test_the_example_is_packaged_with_the_software() -> None:
    assert (
        Path(__file__).parents[2].joinpath("qa/example_session.toml").read_text(encoding="utf-8")
        == example_plan()
    )
