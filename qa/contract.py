"""An answer as the JSON object that other programs rely on."""

from __future__ import annotations

from typing import Any

from qa.answer import Answer, Citation, Hit, Status


def answer_to_json(answer: Answer, *, id: str | None, elapsed_ms: float) -> dict[str, Any]:
    """The object for one answer; `id` is left out where the question had none."""
    named = {} if id is None else {"id": id}
    return named | {
        "status": answer.status.value,
        "answerable": answer.answerable,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "citations": [_citation(citation) for citation in answer.citations],
        "passages": [_passage(hit) for hit in answer.hits],
        "searched": answer.searched,
        "elapsed_ms": round(elapsed_ms, 1),
        **_where_there_are("missing", answer.missing),
        **_where_there_are("disagreeing", answer.disagreeing),
    }


def _where_there_are(key: str, values: tuple[Any, ...]) -> dict[str, Any]:
    """Keys beyond the agreed ones are left out where there is nothing to say."""
    return {key: list(values)} if values else {}


def failure_to_json(reason: str, *, id: str | None) -> dict[str, Any]:
    """The object for a question that could not be asked: the same keys, with the reason
    in `answer` and `error`."""
    named = {} if id is None else {"id": id}
    return named | {
        "status": Status.NOT_IN_DOCUMENTS.value,
        "answerable": False,
        "confidence": 0.0,
        "answer": reason,
        "citations": [],
        "passages": [],
        "searched": "",
        "elapsed_ms": 0.0,
        "error": reason,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "document": citation.document_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "pages": list(citation.pages) if citation.pages else None,
        "locator": citation.locator,
        "date": citation.published.isoformat() if citation.published else None,
    }


def _passage(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "pages": list(passage.pages) if passage.pages else None,
        "text": passage.text,
        "score": round(hit.score, 6),
        "found_by": list(hit.found_by),
    }
