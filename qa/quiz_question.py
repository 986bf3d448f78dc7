"""The facts of a quiz: its questions, what may be answered, and the statements that they are made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.answer import Citation


class QuestionKind(StrEnum):
    """What is asked for; the values are what the command line and files call the kinds."""

    NUMBER = "number"  # a number is missing in a statement
    DATE = "date"  # a date is missing
    NAME = "name"  # the name of an office, a body or a place is missing
    GRADE = "grade"  # a grade is missing
    INSPECTION = "inspection"  # which inspection said this
    ORDER = "order"  # put statements in the order of their dates
    MATCH = "match"  # match each statement to its year

    @property
    def label(self) -> str:
        """The kind in words."""
        return _LABELS[self]


_LABELS = {
    QuestionKind.NUMBER: "missing number",
    QuestionKind.DATE: "missing date",
    QuestionKind.NAME: "missing name",
    QuestionKind.GRADE: "missing grade",
    QuestionKind.INSPECTION: "which inspection",
    QuestionKind.ORDER: "put in order",
    QuestionKind.MATCH: "match finding to year",
}
ALL_KINDS = tuple(QuestionKind)


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """One question of a quiz with its key; the same documents and id give the same question.

    `statement` is the quotation that is asked about, with `GAP` where something is missing; it is empty
    where the options are the statements. There are three forms, told apart by `kind`:

    - one choice: `key` is the one number of the right option; `citations` is the one statement;
    - order: `options` are statements, `key` their numbers, earliest first;
    - match: `options` are statements, `key[i]` is the number of the target that goes with option i.

    Numbers count from 0. In order and match `citations[i]` is where option i stands. `targets` is empty
    but for a match. Every citation is verbatim, also in a question that was edited.
    """

    id: str  # "grade-3f9a1c20b7": the kind, and a hash of the kind and the places it is made from
    kind: QuestionKind
    prompt: str
    statement: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    citations: tuple[Citation, ...]
    targets: tuple[str, ...] = ()
    edited: bool = False  # a person changed the wording

    def __post_init__(self) -> None:
        if self.kind is QuestionKind.ORDER:
            fits = sorted(self.key) == list(range(len(self.options)))
        elif self.kind is QuestionKind.MATCH:
            fits = len(self.key) == len(self.options) and set(self.key) <= set(range(len(self.targets)))
        else:
            fits = len(self.key) == 1 and 0 <= self.key[0] < len(self.options)
        if not fits:
            raise ValueError(f"the key {self.key} does not fit the {len(self.options)} options of {self.id}")

    @property
    def answer(self) -> tuple[str, ...]:
        """The key in words, a line each: the option, the statements in order, or "statement: year"."""
        if self.kind is QuestionKind.MATCH:
            pairs = zip(self.options, self.key, strict=True)
            return tuple(f"{option}: {self.targets[number]}" for option, number in pairs)
        return tuple(self.options[number] for number in self.key)


GAP = "_____"
