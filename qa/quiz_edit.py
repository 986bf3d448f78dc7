"""A question in a facilitator's own wording; what is quoted stays as the document has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.errors import BadEdit
from qa.quiz_clear import flat
from qa.quiz_question import QuestionKind, QuizQuestion

LONGEST_PROMPT, LONGEST_OPTION = 1_000, 300  # characters
_OF_STATEMENTS = (QuestionKind.ORDER, QuestionKind.MATCH)


@dataclass(frozen=True, slots=True)
class QuizEdit:
    """New words for a question: its prompt, and its options in their order; no options for the same ones."""

    prompt: str
    options: tuple[str, ...] = ()


def can_edit_options(question: QuizQuestion) -> bool:
    """Whether the options are no quotations, and so may be worded anew."""
    return question.kind not in _OF_STATEMENTS


def with_edit(question: QuizQuestion, edit: QuizEdit) -> QuizQuestion:
    """The question in its new wording, marked as edited; statement, key and citations stay.

    Raises BadEdit where the wording cannot be used.
    """
    prompt, options = flat(edit.prompt), tuple(flat(one) for one in edit.options) or question.options
    if not prompt or len(prompt) > LONGEST_PROMPT:
        raise BadEdit(f"The question has {len(prompt):,} characters; give it 1 to {LONGEST_PROMPT:,}.")
    if options != question.options:
        _check_options(question, options)
    if (prompt, options) == (question.prompt, question.options):
        return question
    return replace(question, prompt=prompt, options=options, edited=True)


def _check_options(question: QuizQuestion, options: tuple[str, ...]) -> None:
    if not can_edit_options(question):
        raise BadEdit(
            "These options are quotations and stay as the documents have them; change the question."
        )
    if len(options) != len(question.options):
        raise BadEdit(f"Found {len(options)} options; the question has {len(question.options)}.")
    too_long = next((one for one in options if not one or len(one) > LONGEST_OPTION), None)
    if too_long is not None:
        raise BadEdit(f"An option has {len(too_long):,} characters; give each 1 to {LONGEST_OPTION:,}.")
    if len({one.casefold() for one in options}) != len(options):
        raise BadEdit("Two options are the same; give each its own words.")
