"""The questions of the public sets made into examples of the size that the reader meets when it is used."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.reader_examples import Asked, Example, Passage, occurrences, pieces
from eval.reader_negatives import Embed, Mine, names_in, removed, swapped
from index.words import analyse

_TARGETS = (200, 350, 500)  # characters; passages differ in length
# How often a positive example gets each kind of negative beside it. Sets that have negatives of their own
# get fewer of ours.
_REMOVED, _SWAPPED, _SIMILAR = 0.4, 0.25, 0.6
_HAVE_NEGATIVES = frozenset(
    "squad2 unansq_para unansq_sent squad_sent_nqg qed_sent tatqa_text pubmedqa".split()
)
_FEWER = 0.35


def examples(asked: Sequence[Asked], embed: Embed, *, seed: int) -> list[Example]:
    """The examples of all questions, with negatives, in a fixed order. Sets stay together.

    `embed` gives the vectors by which similar passages are found.
    """
    made: list[Example] = []
    for source, group in groupby(asked, key=lambda one: one.source):
        rng = random.Random(f"{seed} {source} examples")
        own = list(group)
        read = [example for one in own for example in _read(one, rng)]
        positives = [example for example in read if example.answers]
        made += read + _negatives(positives, own, embed, rng)
    return made


def _negatives(
    positives: Sequence[Example], asked: Sequence[Asked], embed: Embed, rng: random.Random
) -> list[Example]:
    if not positives:
        return []
    share = _FEWER if positives[0].source in _HAVE_NEGATIVES else 1.0
    names = names_in([one.question for one in asked])
    made: list[Example] = []
    for example in positives:
        if example.spans and rng.random() < share * _REMOVED and (less := removed(example)):
            made.append(less)
        if rng.random() < share * _SWAPPED and (other := swapped(example, names, rng)):
            made.append(other)
    wanted = [example for example in positives if rng.random() < share * _SIMILAR]
    passages = dict.fromkeys(
        Passage(one.title, piece) for one in asked for piece in pieces(one.paragraph, _TARGETS[1])
    )
    return made + Mine(tuple(passages), embed).similar(wanted, rng)


def _read(one: Asked, rng: random.Random) -> Iterator[Example]:
    """The piece of the paragraph that answers; where none does, the one that looks most like it."""
    runs = pieces(one.paragraph, rng.choice(_TARGETS))
    title = one.title if rng.random() < 0.8 else ""
    if not runs:
        return
    if not one.answerable:
        yield Example(one.question, Passage(title, _most_alike(one.question, runs)), False, (), one.source)
        return
    if len(runs) == 1 or not one.answers:
        text = runs[0] if len(runs) == 1 else one.paragraph[:LONGEST_UNMARKED]
        yield Example(one.question, Passage(title, text), True, occurrences(text, one.answers), one.source)
        return
    holding = [run for run in runs if occurrences(run, one.answers)]
    if holding:
        text = _most_alike(one.question, holding)
        yield Example(one.question, Passage(title, text), True, occurrences(text, one.answers), one.source)


LONGEST_UNMARKED = 900  # characters of a paragraph whose answer nobody marked; it is not cut in pieces


def _most_alike(question: str, runs: Sequence[str]) -> str:
    asked = frozenset(analyse(question))
    return max(runs, key=lambda run: len(asked & frozenset(analyse(run))))
