"""What can go wrong while an assistant is evaluated.

EvaluationError
├── BadLines            lines of a file cannot be used; each with its number and the reason
│   ├── BadQuestions    of a question file
│   └── BadAnswers      of a file of answers
├── BadRun              a run folder is missing or incomplete
├── UnfitQuestions      the confidence may not or cannot be fitted on these questions
├── DifferentQuestions  two runs, or a run and a baseline, are not about the same questions
├── BadBaseline         the baseline of the gate is missing or is not what it should be
├── MissingData         the folder of public sets lacks a file
├── WouldOverwrite      a file is in the way that a person may have edited
├── MissingExtra        a package is not installed that this command needs
└── MissingProgram      a program is not installed that this command calls
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class EvaluationError(Exception):
    """Base of everything this package raises; its text is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a file."""

    line: int  # 1-based
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class BadLines(EvaluationError):
    """Lines of a file cannot be used; `problems` has them all, in the order of the file."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        super().__init__(f"{name}, {self.problems[0]}" + (f" (and {more} more lines)" if more else ""))


class BadQuestions(BadLines):
    """A question file has lines that cannot be used."""


class BadAnswers(BadLines):
    """A file of answers has lines that cannot be used."""


class BadRun(EvaluationError):
    """A run folder is missing or incomplete."""


class DifferentQuestions(EvaluationError):
    """Two runs, or a run and a baseline, are not about the same questions."""


class UnfitQuestions(EvaluationError):
    """The confidence may not or cannot be fitted on these questions."""


class BadBaseline(EvaluationError):
    """The baseline of the gate is missing or is not what it should be."""


class MissingData(EvaluationError):
    """A file of the public sets is not where it should be."""


class WouldOverwrite(EvaluationError):
    """A file is in the way that a person may have edited."""


class MissingExtra(EvaluationError):
    """A package is not installed that this command needs."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"the package {package} is not installed: install inspection-qa with its extra '{extra}' "
            f"(pip install '.[{extra}]')"
        )


class MissingProgram(EvaluationError):
    """A program is not installed that this command calls."""
