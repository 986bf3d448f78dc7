"""Passages that look like an answer and are none: what teaches the reader to stay silent.

Three ways. *removed*: the passage without the sentence that answers. *swapped*: the question with
another year, number or name, which the passage does not speak of. *similar*: another passage that
shares the most words with the question.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.reader_examples import Example, Passage, occurrences, without_sentences_at
from index.words import analyse

_SHORTEST_LEFT = 80  # characters of a passage whose answering sentence was taken out
_CLOSEST = 8  # of the similar passages; one of them is drawn
_AT_ONCE = 500  # questions compared with all passages at once
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,]*\d)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_FURTHEST_YEAR = 12


def removed(example: Example) -> Example | None:
    """The same question on the passage without its answer; None where too little or the answer is left."""
    text = without_sentences_at(example.passage.text, example.spans)
    words = [example.passage.text[start:end] for start, end in example.spans]
    if len(text) < _SHORTEST_LEFT or occurrences(text, words):
        return None
    passage = Passage(example.passage.title, text)
    return Example(example.question, passage, False, (), f"{example.source} removed")


def swapped(example: Example, names: Sequence[str], rng: random.Random) -> Example | None:
    """The question with a year, number or name changed to one that the passage lacks, if it has any."""
    around = f"{example.passage.title} {example.passage.text}"
    changes = []
    for pattern, other in ((_YEAR, _another_year), (_NUMBER, _another_number)):
        changes += [(match.span(), other(match.group(), rng)) for match in pattern.finditer(example.question)]
    for match in _NAME.finditer(example.question):
        if match.group() in around and names:
            changes.append((match.span(), rng.choice(names)))
    changes = [(span, new) for span, new in changes if new.casefold() not in around.casefold()]
    if not changes:
        return None
    (start, end), new = rng.choice(changes)
    question = example.question[:start] + new + example.question[end:]
    return Example(question, example.passage, False, (), f"{example.source} swapped")


def names_in(questions: Sequence[str]) -> list[str]:
    """The names in the questions, sorted, each once."""
    return sorted({match.group() for question in questions for match in _NAME.finditer(question)})


def _another_year(year: str, rng: random.Random) -> str:
    away = rng.randint(1, _FURTHEST_YEAR) * rng.choice((-1, 1))
    return str(int(year) + away)


def _another_number(number: str, rng: random.Random) -> str:
    return str(max(0, int(number) + rng.choice((-3, -2, -1, 1, 2, 3, 10))))


@dataclass(frozen=True, slots=True)
class Mine:
    """The passages from which similar ones are drawn."""

    passages: tuple[Passage, ...]

    def similar(self, examples: Sequence[Example], rng: random.Random) -> list[Example]:
        """For each answered example that there is one for: a similar passage without its answer."""
        vectorizer = TfidfVectorizer(analyzer=analyse, sublinear_tf=True, dtype=np.float32)
        matrix = vectorizer.fit_transform([f"{one.title} {one.text}" for one in self.passages])
        mined = []
        for first in range(0, len(examples), _AT_ONCE):
            batch = examples[first : first + _AT_ONCE]
            scores = (vectorizer.transform([one.question for one in batch]) @ matrix.T).toarray()
            closest = np.argsort(-scores, axis=1, kind="stable")[:, : 2 * _CLOSEST]
            for example, rows in zip(batch, closest, strict=True):
                others = [self.passages[row] for row in rows if self._is_other(example, self.passages[row])]
                if others:
                    drawn = rng.choice(others[:_CLOSEST])
                    # without a title where the positive has none: a title must not tell them apart
                    passage = drawn if example.passage.title else Passage("", drawn.text)
                    source = f"{example.source} similar"
                    mined.append(Example(example.question, passage, False, (), source))
        return mined

    def _is_other(self, example: Example, passage: Passage) -> bool:
        """Whether the passage cannot hold the answer: another text, and other words than the answer's."""
        if passage.text == example.passage.text:
            return False
        if not example.spans:  # nobody marked the answer: only another article is safe
            return passage.title != example.passage.title
        answers = {example.passage.text[start:end] for start, end in example.spans}
        return not occurrences(passage.text, sorted(answers))
