"""A quiz in the GIFT format, which Moodle and other learning platforms import.

Of https://docs.moodle.org/en/GIFT_format: "::title:: question {answers}", "=" before what is right, "~"
before what is wrong, "#" before feedback, "####" before general feedback, "->" in matches; the signs
~ = # { } : and the backslash are escaped. GIFT has no questions of order: there each statement is matched
to its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.document import Details
from qa.quiz_clear import flat
from qa.quiz_files import quotation
from qa.quiz_question import QuestionKind, QuizQuestion
from qa.timeline_files import reference

_CATEGORY = "$CATEGORY: Inspection QA"
_SPECIAL = re.compile(r"[\\~=#{}:]")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def quiz_to_gift(questions: Sequence[QuizQuestion], details: Mapping[str, Details]) -> str:
    """The file: UTF-8 text, a blank line between two questions, none within one."""
    written = [_question(number, one, details) for number, one in enumerate(questions, start=1)]
    return "\n\n".join([_CATEGORY, *written]) + "\n"


def _question(number: int, question: QuizQuestion, details: Mapping[str, Details]) -> str:
    statement = f" “{question.statement}”" if question.statement else ""
    asked = escaped(f"{question.prompt}{statement}")
    title = escaped(f"{number:02} {question.kind.label} {question.id}")
    sources = " ".join(f"{quotation(one)} {reference(one, details)}" for one in question.citations)
    answers = "\n".join(_answers(question))
    return f"::{title}::[plain]{asked} {{\n{answers}\n####{escaped(sources)}\n}}"


def _answers(question: QuizQuestion) -> list[str]:
    if question.kind is QuestionKind.MATCH:
        pairs = zip(question.options, question.key, strict=True)
        matched = [_match(option, question.targets[target]) for option, target in pairs]
        left = [one for place, one in enumerate(question.targets) if place not in question.key]
        return [*matched, *(f"\t= -> {escaped(one)}" for one in left)]
    if question.kind is QuestionKind.ORDER:
        places = {option: place for place, option in enumerate(question.key)}
        return [_match(option, _PLACES[places[number]]) for number, option in enumerate(question.options)]
    right = question.key[0]
    return [
        f"\t{'=' if number == right else '~'}{escaped(one)}" for number, one in enumerate(question.options)
    ]


def _match(option: str, target: str) -> str:
    return f"\t={escaped(option.replace('->', '→'))} -> {escaped(target)}"


def escaped(text: str) -> str:
    """The text in one line, with a backslash before every sign that means something in the format."""
    return _SPECIAL.sub(r"\\\g<0>", flat(text))
