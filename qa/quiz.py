"""A quiz over the documents: questions made from verbatim statements, chosen by a seed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from corpus.document import Document
from qa.quiz_question import ALL_KINDS, QuestionKind, QuizQuestion


def make_quiz(
    documents: Sequence[Document],
    *,
    count: int,
    seed: int = 0,
    kinds: Collection[QuestionKind] = ALL_KINDS,
    within: Collection[str] = (),
    first: date = date.min,
    last: date = date.max,
    about: str = "",
) -> tuple[QuizQuestion, ...]:
    """At most `count` questions; the same documents, seed and filters give the same ones.

    `within` are ids of documents that the statements have to stand in; nothing named means all. The
    statements tell of a time from `first` to `last`, and hold the words of `about`.
    """
    raise NotImplementedError


def questions_by_id(documents: Sequence[Document], ids: Sequence[str]) -> tuple[QuizQuestion, ...]:
    """The questions with these ids, in this order. Raises UnknownQuestion for one that there is not."""
    raise NotImplementedError
