"""The door for programs: what comes in, what goes out, and that its description tells the truth."""

from __future__ import annotations

import json

import pytest

from tests.ui.plain_site import Seen, plain_site
from ui import api_shapes


@pytest.fixture(scope="module")
def client(assistant):
    return plain_site(assistant)


def test_a_question_gets_the_answer_of_the_contract(client, assistant):
    answer = client.post("/api/ask", json={"question": "How do workers feel?", "id": "q1"})
    content = answer.json()
    assert answer.status_code == 200
    assert (content["id"], content["status"], content["answerable"]) == ("q1", "answered", True)
    (citation,) = content["citations"]
    text = assistant.document(citation["document"]).text
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_that_the_documents_do_not_answer_is_no_failure(client):
    answer = client.post("/api/ask", json={"question": "What is the capital of France?"})
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["citations"]) == ("not_in_documents", [])
    assert "id" not in answer.json()


def test_the_history_reaches_the_assistant_oldest_first(client, assistant):
    client.post("/api/ask", json={"question": "How do workers feel?", "history": ["one", "two"]})
    assert assistant.histories[-1] == ("one", "two")


def test_an_id_that_is_a_number_comes_back_as_text(client):
    assert client.post("/api/ask", json={"question": "Hello", "id": 7}).json()["id"] == "7"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "The body is not JSON (line 1, column 2)"),
        (b"\xff\xfe\xfa", 400, "The body is not JSON"),
        (b"[" * 100_000, 400, "The body is not JSON"),
        (b"", 400, "The body is not JSON"),
        (b"[]", 422, "no text under 'question'"),
        (b"{}", 422, "no text under 'question'"),
        (b'{"question": 1}', 422, "no text under 'question'"),
        (b'{"question": "  "}', 422, "There is no question"),
        (b'{"question": "Why?", "history": "Who?"}', 422, "'history' should be a list"),
        (b'{"question": "Why?", "history": [1]}', 422, "'history' should be a list"),
        (b'{"question": "Why?", "id": {}}', 422, "'id' should be a text"),
        (b'{"question": "Why?", "id": true}', 422, "'id' should be a text"),
        (b'{"question": "half \\ud800"}', 422, "half of a character"),
        (b" " * 300_000, 413, "more than 262,144 bytes"),
        (b'{"question": "Break"}', 500, "because of a fault in this program"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(client, body, status, said):
    answer = client.post("/api/ask", content=body)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert said in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_question_that_is_not_sent_with_post_is_told_so(client, method):
    answer = client.request(method, "/api/ask")
    assert answer.status_code == 405
    assert "sent with POST" in answer.json()["error"]


def test_the_server_says_that_it_is_there(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "question",
    ["Are children protected?", "How quickly did the service change?", "What is the capital?", "Hello"],
)
def test_the_description_names_every_key_that_is_sent(client, question):
    content = client.post("/api/ask", json={"question": question, "id": "1"}).json()
    api_shapes.Answer.model_validate(content, strict=True)


def test_the_description_is_openapi_and_names_the_two_calls_and_no_page(client):
    schema = client.get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    assert set(schema["paths"]) == {"/api/ask", "/healthz"}
    assert set(schema["paths"]["/api/ask"]["post"]["responses"]) == {"200", "400", "413", "422", "500"}


def test_the_example_of_the_description_can_be_sent(client):
    schema = client.get("/api/openapi.json").json()
    shape = schema["paths"]["/api/ask"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert client.post("/api/ask", json=shape["example"]).status_code == 200


def test_the_page_about_the_interface_shows_every_key_and_loads_nothing_from_elsewhere(client):
    page = client.get("/api")
    seen = Seen(page.text)
    for shape in (api_shapes.Question, api_shapes.Answer, api_shapes.Citation, api_shapes.Passage):
        for name, field in shape.model_fields.items():
            assert name in seen.text
            assert (field.description or "") in seen.folded
    assert all(link.startswith(("/", "#", "data:,")) for link in seen.links)
    assert "script" not in seen.elements


def test_the_page_about_the_interface_shows_an_example_that_is_json(client):
    markup = client.get("/api").text
    shown = Seen(markup[markup.index("<pre") : markup.index("</pre>")])
    assert set(json.loads(shown.text)) == {"question", "history", "id"}
