from __future__ import annotations

import html
import re
import sqlite3
import threading
from dataclasses import replace

import pytest

from qa.scope import EVERYTHING, Scope
from tests.ui.conftest import LETTER_2014, MISSPELT, SLOW
from ui.conversation import (
    FAULT,
    LOOKING,
    NO_COOKIE,
    NOBODY,
    NOT_KEPT_HERE,
    NOT_WRITTEN,
    STOPPED,
    Asked,
    Conversing,
    View,
)
from ui.conversations import Conversations
from ui.narrowing import Narrowing
from ui.pending import Pending

ANNA, BEN = "a" * 43, "b" * 43
WORKERS, PLANS, FRANCE = (
    "How do workers feel?",
    "How good are children's plans?",
    "What is the capital of France?",
)


@pytest.fixture
def kept() -> Conversations:
    return Conversations()


@pytest.fixture
def conversing(assistant, kept) -> Conversing:
    assistant.gate.clear()
    return Conversing(assistant, kept)


def after(conversing, *questions, browser=ANNA) -> View:
    """The last view of a conversation in which these were asked."""
    id, view = "", View()
    for question in questions:
        *_, view = conversing.ask(browser, Asked(question, id))
        id = view.conversation.id if view.conversation else id
    return view


def test_first_the_question_is_shown_as_being_looked_for_then_the_answer(conversing):
    looking, found = conversing.ask(ANNA, Asked(WORKERS))
    assert looking.status == LOOKING
    assert looking.question == ""
    assert 'class="exchange pending"' in looking.arrived
    assert found.status == "Answer ready, 1 source."
    assert found.question is None
    assert "feel well supported" in found.arrived
    assert "feel well supported" in found.read_out


def test_earlier_questions_of_the_same_conversation_are_passed_on_oldest_first(conversing, assistant):
    assistant.histories.clear()
    after(conversing, WORKERS, "Hello", PLANS)
    after(conversing, FRANCE)
    assert assistant.histories[2:] == [(WORKERS, "Hello"), ()]


def test_what_arrives_does_not_grow_with_the_conversation(conversing):
    id, sizes = "", []
    for _ in range(30):
        *_, view = conversing.ask(ANNA, Asked(WORKERS, id))
        id = view.conversation.id
        sizes.append(len(view.arrived) + len(view.listed) + len(view.conversation.exchanges))
    assert max(sizes) - min(sizes) < 20  # the count of questions in the list has a digit more


def test_no_two_parcels_and_no_two_sources_share_a_name(conversing):
    names = re.findall(r'id="(.*?)"', after(conversing, WORKERS).arrived)
    names += re.findall(r'id="(.*?)"', after(conversing, WORKERS).arrived)
    assert len(names) == len(set(names)) == 10


def test_an_opened_conversation_shows_every_answer_with_its_sources_again(conversing):
    id = after(conversing, WORKERS, PLANS, FRANCE).conversation.id
    view = conversing.open_conversation(ANNA, id)
    assert view.arrived.count('class="exchange"') == 3
    assert view.arrived.count('class="card"') == 3
    assert f'class="here" href="/?conversation={id}"' in html.unescape(view.arrived)
    assert "Conversation opened" in view.status


def test_a_citation_is_checked_again_when_its_conversation_is_opened(conversing, kept, assistant, letter):
    id = after(conversing, WORKERS).conversation.id
    shelf = Changed(assistant, letter.text.replace("feel well supported", "feel badly supported"))
    view = Conversing(shelf, kept).open_conversation(ANNA, id)
    assert "1 quotation is not shown" in view.arrived
    assert "feel well supported" not in view.arrived


class Changed:
    """The assistant over a letter that was changed after it was cited; None: that was taken away."""

    def __init__(self, assistant, text: str | None) -> None:
        self.ask, self.details, self.examples = assistant.ask, assistant.details, assistant.examples
        self._assistant = assistant
        self._text = text

    def document(self, document_id):
        if self._text is None:
            raise KeyError(document_id)
        return replace(self._assistant.document(document_id), text=self._text)


def test_quotations_of_a_document_that_was_taken_away_are_not_shown_and_that_is_said(assistant):
    view = after(Conversing(Changed(assistant, None), Conversations()), WORKERS)
    assert "1 quotation is not shown" in view.arrived
    assert "well supported" not in view.arrived


def test_an_answer_is_shown_in_its_conversation(conversing, kept):
    id = after(conversing, WORKERS, PLANS).conversation.id
    exchange = kept.conversation(ANNA, id).exchanges[0]
    view = conversing.open_answer(ANNA, exchange.id)
    assert f'class="target" href="#exchange-{exchange.id}"' in view.arrived
    assert view.arrived.count('class="exchange"') == 2


def test_another_browser_can_open_neither_conversation_nor_answer(conversing):
    view = after(conversing, WORKERS)
    exchange = view.conversation.exchanges[0]
    for other in (
        conversing.open_conversation(BEN, view.conversation.id),
        conversing.open_answer(BEN, exchange.id),
        conversing.restore(BEN, view.conversation.id),
    ):
        assert other.read_out == NOT_KEPT_HERE
        assert "workers" not in other.arrived + other.listed


def test_another_browsers_conversation_gives_no_history(conversing, assistant):
    id = after(conversing, WORKERS).conversation.id
    *_, view = conversing.ask(BEN, Asked(PLANS, id))
    assert assistant.histories[-1] == ()
    assert view.conversation.id != id


def test_a_browser_without_cookies_is_answered_and_told_that_nothing_is_kept(conversing):
    view = after(conversing, WORKERS, browser=NOBODY)
    assert "feel well supported" in view.arrived
    assert view.status.endswith(NO_COOKIE)
    assert view.conversation is None
    assert "/?answer=" not in view.arrived


def test_an_empty_question_is_refused_at_the_text_box_and_adds_nothing(conversing, kept):
    view = after(conversing, "  ")
    assert view.error.startswith("There is no question")
    assert view.question == "  "
    assert kept.listed(ANNA) == ()


def test_a_fault_is_said_plainly_and_the_question_is_not_lost(conversing, kept, caplog):
    view = after(conversing, "Break")
    assert (view.error, view.question) == (FAULT, "Break")
    assert "a fault made on purpose" in caplog.text
    assert kept.listed(ANNA) == ()


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same_and_that_is_said(assistant, caplog):
    class Full(Conversations):
        def keep(self, *turn, **more):
            raise sqlite3.OperationalError("database or disk is full")

    view = after(Conversing(assistant, Full()), WORKERS)
    assert "feel well supported" in view.arrived
    assert view.status.endswith(NOT_WRITTEN)
    assert "/?answer=" not in view.arrived
    assert "disk is full" in caplog.text


def test_a_stopped_question_is_in_the_text_box_again_and_its_late_answer_is_dropped(
    conversing, kept, assistant
):
    views = conversing.ask(ANNA, Asked(SLOW))
    conversing.stop(ANNA, next(views).job)
    last = next(views)
    assistant.gate.set()
    assert (last.status, last.question) == (STOPPED, SLOW)
    assert list(views) == []
    assert kept.listed(ANNA) == ()


def test_only_the_browser_that_asked_can_stop_a_question(conversing, assistant):
    views = conversing.ask(ANNA, Asked(SLOW))
    job = next(views).job
    conversing.stop(BEN, job)
    threading.Timer(0.1, assistant.gate.set).start()
    assert next(views).status == "The documents do not answer this question."


def test_who_goes_away_leaves_no_question_behind_that_could_be_stopped(assistant, kept):
    pending = Pending()
    views = Conversing(assistant, kept, pending).ask(ANNA, Asked(SLOW))
    job = next(views).job
    views.close()
    assistant.gate.set()
    assert not pending.stop(ANNA, job)


def test_what_was_corrected_is_said_with_a_way_back(conversing):
    assert "Searched for “workers” in place of “wrokers”" in after(conversing, MISSPELT).arrived
    *_, view = conversing.ask(ANNA, Asked(MISSPELT, as_written=True))
    assert "Searched for" not in view.arrived


def test_a_narrowed_question_is_put_to_those_documents_only_and_the_answer_says_so(conversing, assistant):
    assistant.scopes.clear()
    *_, view = conversing.ask(ANNA, Asked(PLANS, narrowing=Narrowing(documents=[LETTER_2014])))
    *_, plain = conversing.ask(ANNA, Asked(PLANS))
    assert assistant.scopes == [Scope(documents=frozenset({LETTER_2014})), EVERYTHING]
    assert "Searched only: Advice letter" in view.arrived
    assert "Searched only" not in plain.arrived


def test_an_impossible_narrowing_is_refused_at_the_text_box(conversing):
    (view,) = conversing.ask(ANNA, Asked(PLANS, narrowing=Narrowing(first="2030")))
    assert view.error.startswith("No document fits this narrowing")
    assert view.question is None


def test_what_could_be_asked_next_is_told_for_the_latest_answer(conversing):
    id = after(conversing, WORKERS, PLANS).conversation.id
    last = conversing.open_conversation(ANNA, id).conversation.exchanges[-1]
    told = conversing.suggest(ANNA, id)
    assert f'id="follow-ups-{last.id}"' in told
    assert told.count("ask-this") == 1


def test_nothing_is_suggested_to_another_browser_or_without_a_conversation(conversing):
    id = after(conversing, WORKERS).conversation.id
    assert conversing.suggest(BEN, id) == ""
    assert conversing.suggest(ANNA, "") == ""


def test_a_conversation_can_be_renamed_deleted_and_brought_back(conversing):
    id = after(conversing, WORKERS).conversation.id
    assert "For the report" in conversing.rename(ANNA, id, "For the report").listed
    deleted = conversing.delete(ANNA, id)
    assert (deleted.closed, deleted.deleted) == (True, id)
    assert "For the report" not in deleted.listed
    assert conversing.restore(ANNA, id).conversation.name == "For the report"


def test_a_name_that_is_empty_is_not_taken(conversing):
    id = after(conversing, WORKERS).conversation.id
    assert "needs a name" in conversing.rename(ANNA, id, " ").status


def test_the_list_can_be_searched(conversing):
    after(conversing, WORKERS)
    open_id = after(conversing, PLANS).conversation.id
    found = html.unescape(conversing.search(ANNA, "WORKERS", open_id))
    assert WORKERS in found
    assert PLANS not in found
    assert "No conversation holds these words." in conversing.search(ANNA, "nothing like it", open_id)


def test_silence_and_part_answers_are_announced_as_such(conversing):
    assert after(conversing, FRANCE).status == "The documents do not answer this question."
    part = after(conversing, "How quickly did the service change?").status
    assert part == "Partial answer ready, 1 source."
    assert after(conversing, "Hello").status == "Answer ready."
