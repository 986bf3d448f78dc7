"""The questions that went wrong, with what should have been found and what was returned instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.answers import Given, parse_all
from eval.measure import Scored
from eval.questions import Texts
from eval.run import Kept
from eval.span import Span

SHOWN_PASSAGES = 3
LONGEST = 700  # characters of a passage that are shown


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some words and where they stand."""

    document: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Miss:
    """One question, what was expected and what came."""

    id: str
    kind: str
    question: str
    history: tuple[str, ...]
    reasons: tuple[str, ...]
    expected: str
    evidence: tuple[tuple[Excerpt, ...], ...]
    answer: str
    citations: tuple[Excerpt, ...]
    passages: tuple[Excerpt, ...]


def find_misses(kept: Kept, texts: Texts) -> tuple[Miss, ...]:
    """The questions that went wrong in any way, in the order of the question file."""
    given = parse_all(tuple(kept.answers.values()))
    rows = zip(kept.questions, kept.scored, strict=True)
    return tuple(
        _miss(question, reasons, given.get(one.id), texts)
        for question, one in rows
        if (reasons := _reasons(one, given.get(one.id)))
    )


def _reasons(one: Scored, given: Given | None) -> tuple[str, ...]:
    """Why a question is among the misses, in words."""
    if given is None:
        return ("nothing was given",)
    values = one.values
    found = (
        (values.get("silence") == 0, "it was answered, and the documents do not answer it"),
        (values.get("answered") == 0, "it was not answered, and the documents answer it"),
        (_below(values.get("coverage@5")), "the first five passages do not show all of the evidence"),
        (_below(values.get("recall@10")), "the first ten passages leave some of the evidence out"),
        (values.get("answered") == 1 and values.get("correct") == 0, "the answer lacks what was asked for"),
        (_below(values.get("verbatim")), "a citation is not word for word"),
    )
    return tuple(words for wrong, words in found if wrong)


def _below(value: float | None) -> bool:
    return value is not None and value < 1


def _miss(question: Mapping[str, Any], reasons: tuple[str, ...], given: Given | None, texts: Texts) -> Miss:
    evidence = tuple(
        tuple(Excerpt(quote["document"], "", quote["quote"]) for quote in group)
        for group in question["evidence"]
    ) or tuple((Excerpt(name, "the whole document", ""),) for name in question["relevant"])
    return Miss(
        id=question["id"],
        kind=question["type"],
        question=question["question"],
        history=tuple(question["history"]),
        reasons=reasons,
        expected=question["answer"]
        or ("" if question["answerable"] else "Silence: the documents do not answer it."),
        evidence=evidence,
        answer="" if given is None else given.answer or "",
        citations=()
        if given is None
        else tuple(_excerpt(c.span, texts, words=c.quote) for c in given.citations),
        passages=() if given is None else tuple(_excerpt(p, texts) for p in given.passages[:SHOWN_PASSAGES]),
    )


def _excerpt(span: Span, texts: Texts, *, words: str | None = None) -> Excerpt:
    if words is None:
        words = texts.get(span.document, "")[span.start : span.end]
    short = words if len(words) <= LONGEST else words[:LONGEST] + " …"
    return Excerpt(span.document, f"characters {span.start} to {span.end}", short)
