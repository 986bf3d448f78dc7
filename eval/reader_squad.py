"""The reader on the held-out half of SQuAD 2.0's development set: `python -m eval.reader_squad`.

F1 is that of Rajpurkar et al. (2016): the overlap of the words of what is read with those of the nearest
right answer, after lower-casing and dropping punctuation and articles; a question without an answer
counts 1 when the reader is silent and 0 when not. As there, the threshold is the best one in hindsight.
"""

from __future__ import annotations

import argparse
import random
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Passage
from eval.reader_examples import Asked, pieces
from eval.reader_sources import squad2
from index.manifest import checksum
from qa.reader import GRAPH_FILE, WEIGHTS_FILE, Reader, bundled_reader, reader_of

_TARGET = 400  # characters of a passage, as in corpus.passages
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_SEED = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reader says to one question: how surely there is an answer, and the F1 of its words."""

    sure: float
    f1: float  # of the words that it would show
    answerable: bool


@dataclass(frozen=True, slots=True)
class Result:
    """F1 and the share of questions whose answerability is told right, at the thresholds best for each."""

    questions: int
    f1: float
    accuracy: float


def read_all(reader: Reader, asked: Iterable[Asked]) -> list[Reply]:
    """One reply for each question, from the best piece of its paragraph."""
    return [_reply(reader, one) for one in asked]


def result(replies: Sequence[Reply]) -> Result:
    """The two measures over all replies."""
    order = sorted(replies, key=lambda reply: -reply.sure)
    unanswerable = sum(not reply.answerable for reply in replies)
    # the first k answer, the others are silent, for every k
    shown = np.cumsum([0.0, *(reply.f1 if reply.answerable else -1.0 for reply in order)])
    told = np.cumsum([0.0, *(1.0 if reply.answerable else -1.0 for reply in order)])
    count = max(1, len(replies))
    return Result(
        len(replies), float((unanswerable + shown).max()) / count, float((unanswerable + told).max()) / count
    )


def f1(words: str, answers: Sequence[str]) -> float:
    """The best F1 of some words against any of the answers."""
    return max((_f1(_normal(words), _normal(answer)) for answer in answers), default=0.0)


def _reply(reader: Reader, asked: Asked) -> Reply:
    passages = [_passage(asked.title, piece) for piece in pieces(asked.paragraph, _TARGET)]
    reads = reader.read(asked.question, passages)
    sure = [read.answers * (1 - (read.nowhere or 0.0)) for read in reads]
    best = int(np.argmax(sure))
    place = reads[best].best
    words = passages[best].text[place.start : place.end] if place else ""
    return Reply(sure[best], f1(words, asked.answers) if asked.answerable else 0.0, asked.answerable)


def _passage(title: str, text: str) -> Passage:
    return Passage(text, "", 0, len(text), text, title, (title,), None, None, ())


def _normal(words: str) -> list[str]:
    plain = "".join(" " if sign in string.punctuation else sign for sign in words.lower())
    return _ARTICLES.sub(" ", plain).split()


def _f1(words: Sequence[str], answer: Sequence[str]) -> float:
    common = sum((Counter(words) & Counter(answer)).values())
    return 2 * common / (len(words) + len(answer)) if common else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints both measures for the shipped reader, or for one in a file."""
    parser = argparse.ArgumentParser(prog="python -m eval.reader_squad")
    parser.add_argument("--public", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--reader", type=Path, help="the folder of a reader; the shipped one if not given")
    parser.add_argument("--sample", type=int, help="so many questions, drawn at random")
    given = parser.parse_args(arguments)
    asked = list(squad2(given.public, held_out=True))
    if given.sample is not None:
        asked = random.Random(_SEED).sample(asked, min(given.sample, len(asked)))
    if given.reader is None:
        reader = bundled_reader()
    else:
        graph, weights = (checksum(given.reader / name) for name in (GRAPH_FILE, WEIGHTS_FILE))
        reader = reader_of(given.reader, graph_sha256=graph, weights_sha256=weights)
    scored = result(read_all(reader, asked))
    print(f"{scored.questions} questions: F1 {scored.f1:.3f}, answerable or not {scored.accuracy:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
