"""The JSON that other programs rely on."""

import json

from qa.assistant import Assistant
from qa.contract import answer_to_json, failure_to_json

KEYS = "status answerable confidence answer citations passages searched elapsed_ms".split()


def test_an_answer_has_exactly_the_promised_keys(town: Assistant) -> None:
    value = answer_to_json(town.ask("lighting in the parks"), id="q1", elapsed_ms=12.34)
    assert list(value) == ["id", *KEYS]
    assert set(value["citations"][0]) == set("number document start end quote pages locator date".split())
    assert set(value["passages"][0]) == set("document start end pages text score found_by".split())
    assert json.loads(json.dumps(value)) == value


def test_the_values_are_those_of_the_answer(town: Assistant) -> None:
    answer = town.ask("lighting in the parks in 2021")
    value = answer_to_json(answer, id=None, elapsed_ms=12.34)
    assert "id" not in value
    assert value["status"] == "answered"
    assert value["answerable"] is True
    assert value["elapsed_ms"] == 12.3
    first = value["citations"][0]
    text = town.document(first["document"]).text
    assert text[first["start"] : first["end"]] == first["quote"]
    assert first["date"] == "2021-06-06"
    assert first["pages"] is None
    passage = value["passages"][0]
    assert town.document(passage["document"]).text[passage["start"] : passage["end"]] == passage["text"]


def test_there_are_at_least_ten_passages_where_there_are_ten(town: Assistant) -> None:
    assert len(answer_to_json(town.ask("lighting"), id=None, elapsed_ms=0)["passages"]) >= 10


def test_a_question_that_could_not_be_asked_has_the_same_keys_and_the_reason() -> None:
    value = failure_to_json("The question is empty.", id="q7")
    assert list(value) == ["id", *KEYS, "error"]
    assert value["error"] == "The question is empty."
    assert value["answerable"] is False
