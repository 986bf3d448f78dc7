"""The measures: what each is called, which way is better, and its value for one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.answers import Given
from eval.citation import citation_precision, citation_recall, verbatim
from eval.correctness import is_correct
from eval.coverage import coverage, within_budget
from eval.question import Question
from eval.ranking import MEASURES as RANKING
from eval.ranking import Judged, judge, score
from eval.span import Span

DEPTHS = tuple(range(1, 11))
BUDGETS = (1000, 2000)  # characters

Values = dict[str, float | None]  # None: the measure says nothing about this question


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure over all questions: the mean of the means of its `parts`.

    Most have themselves as their only part. `meaning` is for the reader of a report;
    `lower_is_better` matters to comparisons.
    """

    name: str
    meaning: str
    parts: tuple[str, ...]
    lower_is_better: bool = False


def _own(name: str, meaning: str, *, lower_is_better: bool = False) -> Measure:
    return Measure(name, meaning, (name,), lower_is_better)


def _coverage(depth: int) -> Measure:
    passages = "passage shows" if depth == 1 else f"{depth} passages show"
    return _own(f"coverage@{depth}", f"share of the evidence that the first {passages}")


MEASURES = (
    *(_coverage(depth) for depth in DEPTHS),
    *(_own(f"coverage@{b}c", f"share of the evidence that the first {b:,} characters show") for b in BUDGETS),
    _own("followup_coverage@5", "coverage@5 of the questions that follow earlier ones"),
    *(_own(name, meaning) for name, (_, meaning) in RANKING.items()),
    _own("correct", "the answer says what was asked for"),
    _own("answer_characters", "length of the answer", lower_is_better=True),
    _own("citation_recall", "share of the evidence that is cited"),
    _own("citation_precision", "share of the citations that are evidence"),
    _own("verbatim", "share of the citations that are word for word what stands in the document"),
    _own("answered", "questions that the documents answer and that were answered"),
    _own("silence", "questions that the documents do not answer and that were not answered"),
    Measure("abstention", "the mean of answered and silence", ("answered", "silence")),
    _own("brier", "squared distance of the confidence from what is so", lower_is_better=True),
    _own("elapsed_ms", "milliseconds from question to answer", lower_is_better=True),
)
BY_NAME = {measure.name: measure for measure in MEASURES}

# What the printed tables show, in this order; everything is in the files.
SHOWN = (
    "coverage@1",
    "coverage@5",
    "coverage@10",
    "coverage@2000c",
    "followup_coverage@5",
    "success@1",
    "recall@5",
    "MRR@10",
    "nDCG@10",
    "correct",
    "answer_characters",
    "citation_recall",
    "citation_precision",
    "verbatim",
    "answered",
    "silence",
    "abstention",
    "brier",
    "elapsed_ms",
)

# What a run comes to, in this order: found, answered rightly, cited rightly, rightly silent.
HEADLINE = (
    "coverage@5",
    "coverage@2000c",
    "MRR@10",
    "correct",
    "answer_characters",
    "citation_recall",
    "citation_precision",
    "abstention",
    "followup_coverage@5",
    "verbatim",
)


@dataclass(frozen=True, slots=True)
class Scored:
    """The values of one question."""

    id: str
    kind: str
    set_name: str
    answerable: bool
    values: Values


def score_all(
    questions: Sequence[Question], given: Mapping[str, Given], texts: Mapping[str, str]
) -> tuple[tuple[Scored, ...], dict[str, Judged]]:
    """The values of every question, in order, and the rankings behind them.

    A question for which nothing was given counts as zero wherever it counts.
    """
    judged = {q.id: judge(q, given.get(q.id)) for q in questions if q.answerable}
    ranking = score({identifier: j for identifier, j in judged.items() if j.qrels})
    scored = tuple(
        Scored(
            id=q.id,
            kind=q.kind,
            set_name=q.set_name,
            answerable=q.answerable,
            values=_values(q, given.get(q.id), ranking.get(q.id, {}), texts),
        )
        for q in questions
    )
    return scored, judged


def _values(
    question: Question, given: Given | None, ranking: Mapping[str, float], texts: Mapping[str, str]
) -> Values:
    values: Values = {name: None for measure in MEASURES for name in measure.parts}
    if question.answerable:
        values |= ranking
        values |= _seen(question, () if given is None else given.passages)
    if given is None or given.answer is not None:
        values |= _said(question, given, texts)
    if given is not None:
        values["elapsed_ms"] = given.elapsed_ms
    return values


def _seen(question: Question, passages: Sequence[Span]) -> Values:
    """Evidence coverage; nothing where only whole documents are judged."""
    if not question.evidence:
        return {}
    at_depth: Values = {f"coverage@{k}": coverage(question, passages[:k]) for k in DEPTHS}
    in_budget = {f"coverage@{b}c": coverage(question, within_budget(passages, b)) for b in BUDGETS}
    of_followup = {"followup_coverage@5": at_depth["coverage@5"]} if question.history else {}
    return at_depth | in_budget | of_followup


def _said(question: Question, given: Given | None, texts: Mapping[str, str]) -> Values:
    """What is judged of an answer in words; a missing one is zero, whatever was asked."""
    citations = () if given is None else given.citations
    values: Values = {"verbatim": verbatim(citations, texts)}
    if question.answerable:
        values["answered"] = float(given is not None and given.answerable)
    else:
        values["silence"] = float(given is not None and _rightly_silent(question, given))
    if question.answerable and question.accept:
        values["correct"] = float(given is not None and is_correct(question, given))
    if question.answerable and question.evidence:
        values["citation_recall"] = citation_recall(question, citations)
        values["citation_precision"] = citation_precision(question, citations)
    if given is not None and given.answerable and given.answer is not None:
        values["answer_characters"] = float(len(given.answer))
    if given is not None and given.confidence is not None:
        values["brier"] = (given.confidence - float(question.answerable)) ** 2
    return values


def _rightly_silent(question: Question, given: Given) -> bool:
    """Nothing was answered; or, where the question file gives the words that contradict a false
    premise as its evidence, these were cited."""
    if not given.answerable:
        return True
    return bool(question.evidence) and citation_recall(question, given.citations) == 1.0
