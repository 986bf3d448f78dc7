"""Ranking measures, by ir_measures: the field's own words and figures over qrels and a run.

ir_measures rather than ranx: it wraps trec_eval itself, gives a query that the run never mentions
its zero, and brings two small packages where ranx brings numba, pandas and seaborn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encoded

from eval.answers import Given
from eval.coverage import shows
from eval.errors import MissingExtra
from eval.question import Question
from eval.span import Span

# Our names; what ir_measures calls the same measure of one query; and what it means.
MEASURES = {
    "success@1": ("Success@1", "the first passage is relevant"),
    "success@5": ("Success@5", "one of the first five passages is relevant"),
    "recall@5": ("R@5", "share of what is relevant that is among the first five passages"),
    "recall@10": ("R@10", "share of what is relevant that is among the first ten passages"),
    "MRR@10": ("RR@10", "1 / rank of the first relevant passage, if it is among the first ten"),
    "nDCG@10": ("nDCG@10", "how near the first ten passages come to the best order"),
}

Qrels = tuple[tuple[str, int], ...]  # document and grade
Ranked = tuple[str, ...]  # documents, best first


@dataclass(frozen=True, slots=True)
class Judged:
    """The ranking of one question and what is relevant to it, in TREC's words."""

    qrels: Qrels
    ranked: Ranked


def judge(question: Question, given: Given | None) -> Judged:
    """Qrels and ranking of one question; without an answer the ranking is empty."""
    passages = () if given is None else given.passages
    if question.relevant:
        whole = tuple(dict.fromkeys(_trec_id(passage.document) for passage in passages))
        return Judged(tuple((_trec_id(name), grade) for name, grade in question.relevant), whole)
    return _judge_passages(question, passages)


def score(judged: Mapping[str, Judged]) -> dict[str, dict[str, float]]:
    """Each measure of `MEASURES` for each question, by the question's id.

    The scores handed on only restate the order, so that ties cannot change it.
    """
    library = _ir_measures()
    names = {library.parse_measure(theirs): ours for ours, (theirs, _) in MEASURES.items()}
    qrels = [library.Qrel(q, doc, grade) for q, j in judged.items() for doc, grade in j.qrels]
    run = [
        library.ScoredDoc(q, doc, float(len(j.ranked) - place))
        for q, j in judged.items()
        for place, doc in enumerate(j.ranked)
    ]
    values: dict[str, dict[str, float]] = {identifier: {} for identifier in judged}
    for metric in library.iter_calc(list(names), qrels, run) if qrels else ():
        values[metric.query_id][names[metric.measure]] = float(metric.value)
    return values


def _judge_passages(question: Question, passages: Sequence[Span]) -> Judged:
    """Credit each evidence group to the first passage that shows it by itself.

    A later passage that shows the same group again is not relevant, so overlapping passages gain
    nothing; the grade is the number of groups that a passage is the first to show. A group that no
    passage shows stands in the qrels as something that was not found.
    """
    grades: dict[str, int] = {}
    missing = list(range(len(question.evidence)))
    ranked = tuple(dict.fromkeys(passages))  # the same stretch twice is one document, at its best place
    for passage in ranked:
        shown = [number for number in missing if shows([passage], question.evidence[number])]
        if shown:
            grades[_passage_id(passage)] = len(shown)
            missing = [number for number in missing if number not in shown]
    grades |= {f"not-found-{number + 1}": 1 for number in missing}
    return Judged(tuple(grades.items()), tuple(_passage_id(passage) for passage in ranked))


def _passage_id(passage: Span) -> str:
    return f"{_trec_id(passage.document)}#{passage.start}-{passage.end}"


def _trec_id(name: str) -> str:
    """A document's name without white space, which would end the field in a TREC file."""
    return percent_encoded(name, safe="/#,:;()&'+~!@=$")


def _ir_measures() -> Any:  # the package has no types
    try:
        import ir_measures
    except ModuleNotFoundError as exc:
        raise MissingExtra("ir_measures", "eval") from exc
    return ir_measures
