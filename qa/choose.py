"""How much of the evidence is shown: a few sentences, a whole list, or one statement for each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.document import Document, Role, Sentence
from index.words import analyse
from qa.evidence import Evidence
from qa.question import Question

Quotation = tuple[Document, Sentence]

# docs/answers.md has the values that were compared.
_NEAR_BEST = 0.83  # of the best sentence's score: what is further off is not shown
_NEAR_BEST_OVER_TIME = 0.75  # the same for the best of another document or time
_MOST_SENTENCES = 3
LONGEST_ANSWER = 600  # characters; one sentence or one list may be longer
_LONGEST_LIST = 1_200


def choose(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What is shown, best first: at most three sentences and 600 characters, or one longer one."""
    if not ranked:
        return ()
    if question.over_time:
        firsts = _first_of_each_time(ranked)
        chosen = _best(firsts, _NEAR_BEST_OVER_TIME)
        return _best([*chosen, *(one for one in ranked if one not in chosen)], _NEAR_BEST, kept=chosen)
    return _best(ranked, _NEAR_BEST)


def _best(
    ranked: Iterable[Evidence], near_best: float, *, kept: Sequence[Evidence] = ()
) -> tuple[Evidence, ...]:
    chosen: list[Evidence] = list(kept)
    for evidence in ranked:
        if len(chosen) == _MOST_SENTENCES or (chosen and evidence.score < near_best * chosen[0].score):
            break
        if chosen and (_length(chosen) + len(evidence.words) > LONGEST_ANSWER or _repeats(evidence, chosen)):
            continue
        chosen.append(evidence)
    return tuple(chosen)


def _first_of_each_time(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each document and, within a document, of each dated section."""
    firsts: dict[object, Evidence] = {}
    for evidence in ranked:
        firsts.setdefault((evidence.document.id, evidence.passage.when), evidence)
    return list(firsts.values())


def whole_list(question: Question, chosen: Sequence[Evidence]) -> tuple[Quotation, ...]:
    """The whole of the list that the best evidence is an item of, where several things are asked for.

    Empty where they are not, or where the list is too long to be an answer.
    """
    if not (question.wants_list and chosen):
        return ()
    best = chosen[0]
    items = _items_with(best.document, best.sentence)
    length = sum(item.end - item.start for item in items)
    return (
        tuple((best.document, item) for item in items) if len(items) > 1 and length <= _LONGEST_LIST else ()
    )


def _items_with(document: Document, sentence: Sentence) -> list[Sentence]:
    """The items that share the sentence's lead, or the run of copies that it stands in."""
    if sentence.role is Role.COPIES:
        return [one for one in document.sentences if one.role is Role.COPIES]
    if sentence.role is not Role.ITEM or sentence.lead is None:
        return []
    return [one for one in document.sentences if one.lead == sentence.lead]


def _length(evidence: Iterable[Evidence]) -> int:
    return sum(len(one.words) for one in evidence)


def _repeats(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether the same words were chosen already, from this or another place."""
    words = analyse(evidence.words)
    return any(words == analyse(earlier.words) for earlier in chosen)
