"""Whether an answer says what was asked for, by the strings that a right answer contains."""

from __future__ import annotations

import re

from eval.answers import Given
from eval.question import Question


def is_correct(question: Question, given: Given) -> bool:
    """Whether the answer holds at least one string of every group of `accept`.

    Letters' case and the kind of white space do not count, as line breaks of a quotation may be
    folded. Silence is never correct here: it is judged by abstention.
    """
    if not given.answerable or given.answer is None:
        return False
    said = _plain(_without_markers(given))
    return all(any(_plain(text) in said for text in group) for group in question.accept)


def _without_markers(given: Given) -> str:
    """The answer without its [n], so that a marker is never taken for a number asked for.

    Only numbers that are citations are taken out: "[..]" may stand in a document as well.
    """
    answer = given.answer or ""
    last = len(given.citations)
    return re.sub(r"\s*\[(\d+)\]", lambda m: "" if 1 <= int(m[1]) <= last else m[0], answer)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
