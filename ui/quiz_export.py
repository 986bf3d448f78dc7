"""A quiz in each form that it can be taken away in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from corpus.document import Details
from qa.quiz_files import quiz_to_csv, quiz_to_json, quiz_to_text
from qa.quiz_gift import quiz_to_gift
from qa.quiz_question import QuizQuestion
from ui.errors import UsageError
from ui.frame import framed
from ui.quiz_markup import LOOK, sheet_main

MEDIA = {
    "print": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gift": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}
NO_FORM = "There is no quiz in the form '{kind}'; choose among these: {known}."
KEY_NEEDED = (
    "A quiz in the form {kind} holds its key; there is none for participants. Choose print, docx or csv."
)
_WITH_KEY_ONLY = frozenset({"gift", "json"})


def export_quiz(
    questions: Sequence[QuizQuestion], details: Mapping[str, Details], kind: str, *, with_key: bool
) -> bytes:
    """The quiz as a file. Raises UsageError for a form that there is not, or not without the key."""
    if kind not in MEDIA:
        raise UsageError(NO_FORM.format(kind=kind, known=", ".join(MEDIA)))
    if kind in _WITH_KEY_ONLY and not with_key:
        raise UsageError(KEY_NEEDED.format(kind=kind))
    title = "Quiz: key for the facilitator" if with_key else "Quiz"
    if kind == "docx":
        from ui.quiz_docx import quiz_to_docx  # takes a quarter of a second to import

        return quiz_to_docx(title, questions, details, with_key=with_key)
    if kind == "csv":
        return quiz_to_csv(questions, details, with_key=with_key).encode("utf-8-sig")
    if kind == "print":
        return framed(title, sheet_main(title, questions, details, with_key=with_key), look=LOOK).encode()
    if kind == "text":
        return quiz_to_text(questions, details, with_key=with_key).encode()
    if kind == "gift":
        return quiz_to_gift(questions, details).encode()
    return json.dumps(quiz_to_json(questions, details), ensure_ascii=False, indent=1).encode() + b"\n"
