"""A corpus of two short documents and what systems say of it, small enough to work out by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

from eval.answers import Cited, Given
from eval.question import Question, Quote, places_of
from eval.span import Span

LETTER = (
    "Inspectors visited in October 2014. They referred 65 cases back to the authority. "
    "The board was not compliant. Leadership was weak."
)
REPORT = "A visit took place in March 2016. Leadership was strong. Caseloads were manageable."
TEXTS = {"letter.txt": LETTER, "report.txt": REPORT}


def place(document: str, words: str) -> Span:
    """Where some words stand for the first time."""
    start = TEXTS[document].index(words)
    return Span(document, start, start + len(words))


def quote(document: str, words: str) -> Quote:
    return Quote(document, words, places_of(words, document, TEXTS[document]))


def question(
    *groups: Sequence[Quote],
    id: str = "q1",
    kind: str = "fact",
    answerable: bool = True,
    accept: Sequence[Sequence[str]] = (),
) -> Question:
    return Question(
        id=id,
        text="How many cases were referred back?",
        history=(),
        kind=kind,
        set_name="tests",
        answerable=answerable,
        evidence=tuple(tuple(group) for group in groups),
        accept=tuple(tuple(group) for group in accept),
    )


def given(
    *passages: Span,
    id: str = "q1",
    answer: str | None = "",
    answerable: bool = True,
    cited: Sequence[Span] = (),
    confidence: float | None = None,
    elapsed_ms: float | None = None,
) -> Given:
    """What a system gave; citations quote what stands at their place."""
    citations = tuple(Cited(span, TEXTS[span.document][span.start : span.end]) for span in cited)
    return Given(id, answerable, answer, citations, passages, confidence, elapsed_ms)


def write(path: Path, lines: Sequence[object]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def answer_line(
    id: str,
    *passages: Span,
    answer: str = "",
    cited: Sequence[Span] = (),
    answerable: bool = True,
    confidence: float = 0.9,
) -> dict[str, object]:
    """One line as `batch` writes it."""
    return {
        "id": id,
        "status": "answered" if answerable else "not_in_documents",
        "answerable": answerable,
        "confidence": confidence,
        "answer": answer,
        "citations": [
            _json(span) | {"number": n, "quote": TEXTS[span.document][span.start : span.end]}
            for n, span in enumerate(cited, start=1)
        ],
        "passages": [_json(span) for span in passages],
        "searched": "",
        "elapsed_ms": 12.5,
    }


def _json(span: Span) -> dict[str, object]:
    return {"document": span.document, "start": span.start, "end": span.end}
