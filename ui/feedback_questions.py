"""Feedback as a question file for the evaluation (docs/evaluation.md says what stands in a line)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qa.answer import Status
from ui.feedback import IN_WORDS, Feedback, Verdict

TO_COMPLETE = (
    "Say in 'answerable' whether the documents answer this (true or false); where they do, give the "
    "quotations that answer it as 'evidence', in place of those under 'given'."
)


def question_lines(said: Iterable[tuple[int, Feedback]]) -> tuple[tuple[str, ...], int]:
    """A line for each feedback on an answer from the documents, and how many a person must complete.

    A right answer becomes a question whose evidence are its citations, each of them needed; one
    that should not have been given becomes a question without an answer. Of the others nobody
    said what would be right: their line has no 'answerable', and the evaluation refuses it until
    a person has filled it in.
    """
    lines = [
        question_line(number, one)
        for number, one in said
        if one.answer["status"] != Status.ABOUT_THE_ASSISTANT
    ]
    incomplete = sum("to_complete" in line for line in lines)
    return tuple(json.dumps(line, ensure_ascii=False) for line in lines), incomplete


def question_line(number: int, feedback: Feedback) -> dict[str, Any]:
    """One line; keys that the evaluation does not know are for the person who reads it."""
    line = {
        "id": f"feedback-{number:05}",
        "question": feedback.question,
        "history": list(feedback.history),
        "type": "feedback",
        "answer": None,
    }
    return (
        line
        | _judged(feedback)
        | {
            "said": IN_WORDS[feedback.verdict],
            "comment": feedback.comment,
            "at": feedback.at.isoformat(),
            "version": feedback.version,
        }
    )


def _judged(feedback: Feedback) -> dict[str, Any]:
    given = [{"document": one["document"], "quote": one["quote"]} for one in feedback.answer["citations"]]
    if feedback.verdict is Verdict.SHOULD_NOT_KNOW or (feedback.verdict is Verdict.RIGHT and not given):
        return {"answerable": False, "evidence": [], "accept": []}
    if feedback.verdict is Verdict.RIGHT:
        return {"answerable": True, "evidence": [[one] for one in given], "accept": []}
    return {"evidence": [], "accept": [], "given": given, "to_complete": TO_COMPLETE}
