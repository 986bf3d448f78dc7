"""What could be asked next, or first."""

from __future__ import annotations

import pytest

from qa.answer import Status
from qa.assistant import Assistant
from tests.qa.conftest import assistant_over


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two reports that speak of one theme, without a catalogue."""
    return assistant_over(
        tmp_path_factory.mktemp("library"),
        {
            "2018.txt": "4 May 2018\n\nReport on the library\n\n"
            "The reading room is closed on Mondays. Staff in the reading room are helpful.\n\n"
            "The opening of the reading room was planned for 3 June 2018.\n",
            "2021.txt": "6 June 2021\n\nReport on the library\n\n"
            "Readers praise the reading room. The heating of the reading room was repaired.\n",
        },
    )


def test_what_follows_on_from_an_answer_is_answered_itself(library: Assistant) -> None:
    answer = library.ask("Is the reading room closed on Mondays?")
    suggested = library.suggestions(answer)
    assert suggested
    assert all(library.ask(question).status is Status.ANSWERED for question in suggested)


def test_the_theme_of_an_answer_is_followed_up(library: Assistant) -> None:
    suggested = library.suggestions(library.ask("Is the reading room closed on Mondays?"))
    assert any("the reading room" in question for question in suggested)


def test_what_was_asked_is_not_suggested_again(library: Assistant) -> None:
    answer = library.ask("Is the reading room closed on Mondays?")
    for question in library.suggestions(answer):
        assert question not in library.suggestions(library.ask(question))


def test_documents_without_a_catalogue_bring_examples_that_they_answer(library: Assistant) -> None:
    examples = library.examples()
    assert examples
    assert all(library.ask(question).status is Status.ANSWERED for question in examples)


def test_a_catalogues_examples_come_before_any_that_are_drawn(town: Assistant) -> None:
    assert town.examples() == ("How was the lighting in 2018?",)


def test_who_asks_the_assistant_about_itself_is_shown_the_examples(town: Assistant) -> None:
    assert town.suggestions(town.ask("Hello")) == town.examples()
