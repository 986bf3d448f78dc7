"""Sentences in which the documents themselves say how the grades of one scheme read in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Sentence
from qa.answer import Citation
from qa.compose import cite
from qa.grades_frameworks import FRAMEWORKS
from qa.timeline_statements import Statement

_SCALES = [framework.grades for framework in FRAMEWORKS if len(framework.grades) > 2]
_GRADES = sorted({grade for scale in _SCALES for grade in scale}, key=lambda one: (-len(one), one))
_GRADE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _GRADES))})\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:terminology|would (?:now )?be (?:seen|called|known|rated|judged)"
    r"|(?:is|are|was) now (?:called|known)"
    r"|equivalent|replac(?:ed|es|ing)|formerly (?:called|known)|in other words|new grade)\b",
    re.IGNORECASE,
)


def comparisons(told: Iterable[Sequence[Statement]]) -> tuple[Citation, ...]:
    """The statements that name a grade and say what it is called or means elsewhere, in text order."""
    return tuple(one for document in told for one in _in(document))


def _in(told: Sequence[Statement]) -> Iterator[Citation]:
    for statement in told:
        if _COMPARES.search(statement.words) and _GRADE.search(statement.words):
            quotation = (statement.document, Sentence(statement.start, statement.end))
            yield cite([quotation], by_date=False)[0]
