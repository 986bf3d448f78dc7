"""How much of the evidence is shown: a few sentences, a whole list, or one statement for each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.document import Document, Sentence
from index.words import analyse
from qa.evidence import Evidence
from qa.lists import introduction_of, list_around
from qa.question import Question

Quotation = tuple[Document, Sentence]

# docs/answers.md has the values that were compared.
_NEAR_BEST = 0.83  # of the best sentence's score: what is further off is not shown
_LIST_NEAR_BEST = 0.9  # the same for a list that is shown before better sentences
_NEAR_BEST_OVER_TIME = 0.75  # the same for the best of another document or time
_MOST_SENTENCES = 3
LONGEST_ANSWER = 600  # characters; one sentence or one list may be longer


def choose(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What is shown, best first: at most three sentences and 600 characters, or one longer one.

    Where several things are asked for, an item of a list brings its whole list, and a list
    comes before other sentences that are less than the best.
    """
    if not ranked:
        return ()
    if question.wants_list:
        ranked = _lists_early(ranked)
    if question.over_time:
        firsts = _first_of_each_time(ranked)
        chosen = _best(firsts, _NEAR_BEST_OVER_TIME)
        return _best([*chosen, *(one for one in ranked if one not in chosen)], _NEAR_BEST, kept=chosen)
    return _best(ranked, _NEAR_BEST)


def quotations(chosen: Iterable[Evidence]) -> tuple[Quotation, ...]:
    """What is quoted of the evidence: each sentence, and each item of a list."""
    return tuple((one.document, sentence) for one in chosen for sentence in one.quoted)


def _best(
    ranked: Iterable[Evidence], near_best: float, *, kept: Sequence[Evidence] = ()
) -> tuple[Evidence, ...]:
    chosen: list[Evidence] = list(kept)
    for evidence in ranked:
        if len(chosen) == _MOST_SENTENCES or (chosen and evidence.score < near_best * chosen[0].score):
            break
        if not any(_holds(one, evidence) for one in chosen) and _has_room(evidence, chosen):
            chosen = [one for one in chosen if not _holds(evidence, one)] + [evidence]
    return tuple(chosen)


def _has_room(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    others = [one for one in chosen if not _holds(evidence, one)]
    return not others or (_length([*others, evidence]) <= LONGEST_ANSWER and not _repeats(evidence, others))


def _holds(whole: Evidence, part: Evidence) -> bool:
    """Whether what is shown of one shows the other too."""
    return whole.document.id == part.document.id and part.sentence in whole.quoted


def _first_of_each_time(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each document and, within a document, of each dated section."""
    firsts: dict[object, Evidence] = {}
    for evidence in ranked:
        firsts.setdefault((evidence.document.id, evidence.passage.when), evidence)
    return list(firsts.values())


def _whole_list(evidence: Evidence) -> Evidence | None:
    """The list that the evidence is, or that it is an item of."""
    if evidence.items:
        return evidence
    items = list_around(evidence.document, evidence.sentence)
    introduction = introduction_of(evidence.document, evidence.sentence) or evidence.sentence
    return replace(evidence, sentence=introduction, items=items) if items else None


def _lists_early(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best, then lists that are nearly as good, then all others; a list that is the best is enough."""
    best, *others = (_whole_list(one) or one for one in ranked)
    if best.items:
        return [best]
    near = [one for one in others if one.items and one.score >= _LIST_NEAR_BEST * best.score]
    return [best, *near, *(one for one in others if one not in near)]


def _length(evidence: Iterable[Evidence]) -> int:
    return sum(len(one.words) for one in evidence)


def _repeats(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether the same words were chosen already, from this or another place."""
    words = analyse(evidence.words)
    return any(words == analyse(earlier.words) for earlier in chosen)
