from __future__ import annotations

from ui.conversation import FAULT, LOOKING, View, ask


def after(assistant, *questions) -> View:
    """The last view of a conversation in which these were asked."""
    view = View()
    for question in questions:
        *_, view = ask(assistant, question, view.exchanges)
    return view


def test_the_first_view_shows_the_question_and_that_it_is_being_looked_for(assistant):
    first = next(ask(assistant, "How do workers feel?", ()))
    assert [message.role for message in first.messages] == ["user"]
    assert first.status == LOOKING
    assert first.question == ""


def test_the_last_view_shows_the_answer_and_leaves_the_text_box_alone(assistant):
    view = after(assistant, "How do workers feel?")
    assert [message.role for message in view.messages] == ["user", "assistant"]
    assert view.status == "Answer ready, 1 source."
    assert view.question is None


def test_earlier_questions_are_passed_on_oldest_first(assistant):
    assistant.histories.clear()
    after(assistant, "How do workers feel?", "Hello", "How good are children's plans?")
    assert assistant.histories[-1] == ("How do workers feel?", "Hello")


def test_sources_of_two_answers_do_not_share_a_name(assistant):
    view = after(assistant, "How do workers feel?", "How good are children's plans?")
    assert 'id="src-1-1"' in view.beside
    assert 'id="src-2-1"' in view.beside
    assert view.beside.count('id="src-2-1"') == 1


def test_an_empty_question_is_refused_at_the_text_box_and_adds_nothing(assistant):
    view = after(assistant, "How do workers feel?", "  ")
    assert len(view.messages) == 2
    assert view.error.startswith("There is no question")
    assert view.question == "  "


def test_a_fault_is_said_plainly_and_the_question_is_not_lost(assistant, caplog):
    view = after(assistant, "Break")
    assert view.error == FAULT
    assert view.question == "Break"
    assert view.exchanges == ()
    assert "a fault made on purpose" in caplog.text


def test_a_citation_of_a_document_that_is_gone_is_a_fault_and_not_an_answer(assistant):
    class Emptied:
        ask, details, examples = assistant.ask, assistant.details, assistant.examples

        def document(self, document_id):
            raise KeyError(document_id)

    view = after(Emptied(), "How do workers feel?")
    assert (view.error, view.messages) == (FAULT, ())


def test_silence_and_part_answers_are_announced_as_such(assistant):
    assert after(assistant, "What is the capital of France?").status == (
        "The documents do not answer this question."
    )
    assert after(assistant, "How quickly did the service change?").status == "Partial answer ready, 1 source."
    assert after(assistant, "Hello").status == "Answer ready."
