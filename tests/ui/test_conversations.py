from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from qa.answer import Turn
from ui.conversations import LISTED_AT_MOST, Conversations, new_id

ANNA, BEN = "a" * 43, "b" * 43
WORKERS, PLANS, FRANCE = (
    "How do workers feel?",
    "How good are children's plans?",
    "What is the capital of France?",
)


@pytest.fixture
def kept(tmp_path) -> Conversations:
    return Conversations(tmp_path / "kept" / "conversations.sqlite")


def ask(kept, assistant, browser, conversation_id, question):
    turn = Turn(question, assistant.ask(question))
    return kept.keep(browser, conversation_id, turn, id=new_id()).id


def test_a_turn_comes_back_with_every_citation_as_it_was(kept, assistant):
    turn = Turn(PLANS, assistant.ask(PLANS))
    id = kept.keep(ANNA, "", turn, id=new_id(), narrowed="Ofsted").id
    (exchange,) = kept.conversation(ANNA, id).exchanges
    assert exchange.turn == turn
    assert exchange.narrowed == "Ofsted"


def test_conversations_outlive_the_program(tmp_path, assistant):
    path = tmp_path / "conversations.sqlite"
    first = Conversations(path)
    id = ask(first, assistant, ANNA, "", WORKERS)
    first.close()
    assert Conversations(path).questions(ANNA, id) == (WORKERS,)


def test_without_a_file_they_are_kept_in_memory(assistant):
    kept = Conversations()
    assert kept.questions(ANNA, ask(kept, assistant, ANNA, "", WORKERS)) == (WORKERS,)


def test_turns_stand_in_the_order_in_which_they_were_asked(kept, assistant):
    id = ask(kept, assistant, ANNA, "", WORKERS)
    for question in (PLANS, FRANCE, WORKERS):
        assert ask(kept, assistant, ANNA, id, question) == id
    asked = (WORKERS, PLANS, FRANCE, WORKERS)
    assert kept.questions(ANNA, id) == asked
    assert tuple(turn.question for turn in kept.conversation(ANNA, id).turns) == asked


def test_another_browser_finds_nothing_and_changes_nothing(kept, assistant):
    id = ask(kept, assistant, ANNA, "", WORKERS)
    exchange = kept.conversation(ANNA, id).exchanges[0]
    assert kept.listed(BEN) == ()
    assert kept.questions(BEN, id) == ()
    assert kept.conversation(BEN, id) is None
    assert kept.exchange(BEN, exchange.id) is None
    assert not kept.rename(BEN, id, "Taken")
    assert not kept.delete(BEN, id)
    assert ask(kept, assistant, BEN, id, PLANS) != id
    assert kept.questions(ANNA, id) == (WORKERS,)


def test_the_file_names_no_browser(tmp_path, assistant):
    path = tmp_path / "conversations.sqlite"
    ask(Conversations(path), assistant, ANNA, "", WORKERS)
    assert ANNA.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_the_list_begins_with_the_conversation_changed_last(kept, assistant):
    first, second = ask(kept, assistant, ANNA, "", WORKERS), ask(kept, assistant, ANNA, "", PLANS)
    assert [one.id for one in kept.listed(ANNA)] == [second, first]
    ask(kept, assistant, ANNA, first, FRANCE)
    assert [(one.id, one.questions) for one in kept.listed(ANNA)] == [(first, 2), (second, 1)]


@pytest.mark.parametrize("words", ["workers", "WELL  supported", "capital of"])
def test_search_looks_at_names_questions_and_answers(kept, assistant, words):
    id = ask(kept, assistant, ANNA, "", WORKERS)
    ask(kept, assistant, ANNA, id, FRANCE)
    ask(kept, assistant, ANNA, "", "Hello")
    assert [one.id for one in kept.listed(ANNA, words)] == [id]


@pytest.mark.parametrize("words", ["%", "_", "\\"])
def test_a_sign_in_a_search_stands_for_itself(kept, assistant, words):
    ask(kept, assistant, ANNA, "", WORKERS)
    assert kept.listed(ANNA, words) == ()


def test_the_list_has_an_end(kept, assistant):
    turn = Turn("Hello", assistant.ask("Hello"))
    for _ in range(LISTED_AT_MOST + 1):
        kept.keep(ANNA, "", turn, id=new_id())
    assert len(kept.listed(ANNA)) == LISTED_AT_MOST


def test_a_conversation_is_named_after_its_first_question_until_it_is_renamed(kept, assistant):
    id = ask(kept, assistant, ANNA, "", "Who\nsaid this? " + "word " * 40)
    assert kept.listed(ANNA)[0].name.startswith("Who said this? word")
    assert len(kept.listed(ANNA)[0].name) <= 80
    assert kept.rename(ANNA, id, "  For the   report ")
    assert kept.conversation(ANNA, id).name == "For the report"
    assert not kept.rename(ANNA, id, "   ")


def test_a_deletion_can_be_taken_back(kept, assistant):
    id = ask(kept, assistant, ANNA, "", WORKERS)
    assert kept.delete(ANNA, id)
    assert kept.listed(ANNA) == ()
    assert kept.conversation(ANNA, id) is None
    assert not kept.restore(BEN, id)
    assert kept.restore(ANNA, id)
    assert kept.questions(ANNA, id) == (WORKERS,)


def test_what_was_deleted_is_really_gone_when_the_time_for_undoing_is_over(tmp_path, assistant):
    path = tmp_path / "conversations.sqlite"
    kept = Conversations(path)
    id = ask(kept, assistant, ANNA, "", WORKERS)
    kept.delete(ANNA, id)
    long_ago = (datetime.now(UTC) - timedelta(minutes=11)).isoformat()
    with sqlite3.connect(path) as rows:
        rows.execute("UPDATE conversation SET deleted = ?", (long_ago,))
    kept.rename(ANNA, "other", "x")  # whatever is changed next
    assert not kept.restore(ANNA, id)
    assert WORKERS.encode() not in path.read_bytes()


def test_what_no_browser_can_open_any_more_is_not_kept(tmp_path, assistant):
    path = tmp_path / "conversations.sqlite"
    kept = Conversations(path)
    old, new = ask(kept, assistant, ANNA, "", WORKERS), ask(kept, assistant, ANNA, "", PLANS)
    with sqlite3.connect(path) as rows:
        year = (datetime.now(UTC) - timedelta(days=366)).isoformat()
        rows.execute("UPDATE conversation SET changed = ? WHERE id = ?", (year, old))
    kept.close()
    assert [one.id for one in Conversations(path).listed(ANNA)] == [new]


def test_a_turn_that_is_no_longer_understood_is_counted_and_left_out(tmp_path, assistant):
    path = tmp_path / "conversations.sqlite"
    kept = Conversations(path)
    id = ask(kept, assistant, ANNA, "", WORKERS)
    ask(kept, assistant, ANNA, id, PLANS)
    with sqlite3.connect(path) as rows:
        rows.execute("UPDATE exchange SET answer = '{}' WHERE question = ?", (WORKERS,))
    found = kept.conversation(ANNA, id)
    assert ([turn.question for turn in found.turns], found.unreadable) == ([PLANS], 1)


def test_only_the_passages_that_are_shown_are_kept(kept, assistant):
    answer = assistant.ask(FRANCE)
    many = replace(answer, hits=answer.hits * 5)
    id = kept.keep(ANNA, "", Turn(FRANCE, many), id=new_id()).id
    assert len(kept.conversation(ANNA, id).turns[0].answer.hits) == 3
