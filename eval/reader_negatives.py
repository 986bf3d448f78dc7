"""Passages that look like an answer and are none: what teaches the reader to stay silent.

Three ways. *removed*: the passage without the sentence that answers. *swapped*: the question with
another year, number or name, which the passage does not speak of. *similar*: other passages that a
search for the question finds first, by words and by meaning as qa/retrieve.py searches.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.reader_examples import Example, Passage, occurrences, without_sentences_at
from index.encode import Vectors
from index.words import analyse
from qa.weights import SHIPPED

Embed = Callable[[Sequence[str]], Vectors]  # a unit vector for each text

_SHORTEST_LEFT = 80  # characters of a passage whose answering sentence was taken out
_CLOSEST = 8  # of the passages found, from which are drawn so many:
_DRAWN = 1
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
    """The passages from which similar ones are drawn, and what turns texts into vectors."""

    passages: tuple[Passage, ...]
    embed: Embed

    def similar(self, examples: Sequence[Example], rng: random.Random) -> list[Example]:
        """For each answered example, similar passages without its answer."""
        vectorizer = TfidfVectorizer(analyzer=analyse, sublinear_tf=True, dtype=np.float32)
        texts = [f"{one.title} {one.text}" for one in self.passages]
        words, meaning = vectorizer.fit_transform(texts), self.embed(texts)
        mined = []
        for first in range(0, len(examples), _AT_ONCE):
            batch = examples[first : first + _AT_ONCE]
            asked = [one.question for one in batch]
            alike = (vectorizer.transform(asked) @ words.T).toarray()
            scores = SHIPPED.lexical * _scaled(alike) + SHIPPED.dense * _scaled(self.embed(asked) @ meaning.T)
            closest = np.argsort(-scores, axis=1, kind="stable")[:, : 2 * _CLOSEST]
            for example, rows in zip(batch, closest, strict=True):
                mined += self._drawn(example, rows.tolist(), rng)
        return mined

    def _drawn(self, example: Example, rows: Sequence[int], rng: random.Random) -> list[Example]:
        others = [self.passages[row] for row in rows if self._is_other(example, self.passages[row])]
        drawn = rng.sample(others[:_CLOSEST], min(_DRAWN, len(others[:_CLOSEST])))
        # without a title where the positive has none: a title must not tell them apart
        passages = [one if example.passage.title else Passage("", one.text) for one in drawn]
        source = f"{example.source} similar"
        return [Example(example.question, passage, False, (), source) for passage in passages]

    def _is_other(self, example: Example, passage: Passage) -> bool:
        """Whether the passage cannot hold the answer: another text, and other words than the answer's."""
        if passage.text == example.passage.text:
            return False
        if not example.spans:  # nobody marked the answer: only another article is safe
            return passage.title != example.passage.title
        answers = {example.passage.text[start:end] for start, end in example.spans}
        return not occurrences(passage.text, sorted(answers))


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row divided by its highest, as `qa.retrieve.fuse` does."""
    scaled: NDArray[np.float32] = scores / np.maximum(scores.max(axis=1, keepdims=True), np.float32(1e-6))
    return scaled
