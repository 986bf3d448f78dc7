"""Peers scored like the assistant itself: their chunks, found again in the documents, as passages."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from eval.chunks import locate
from eval.errors import DifferentQuestions
from eval.jsonl import Object
from eval.material import Material
from eval.measure import Scored
from eval.peers import Peer
from eval.question import HELD_OUT, Question
from eval.run import Kept, Progress, Run
from eval.span import Span
from eval.summary import Estimates, estimates, estimates_by_set
from eval.table import NOTHING, Table, interval_of, mean_of, set_name
from index.encode import Encoder

DEPTH = 10  # passages asked for
_COLUMNS = ("coverage@5", "coverage@2000c", "MRR@10", "nDCG@10", "recall@5", "success@1")


@dataclass(frozen=True, slots=True)
class Made:
    """What a peer gave, and the chunks that it made of the documents."""

    answers: tuple[Object, ...]
    chunks: int
    unmapped: int  # chunks that could not be found in their document; they count as showing nothing


@dataclass(frozen=True, slots=True)
class Entrant:
    """One row of the table; the assistant's has no chunks of its own to count."""

    name: str
    overall: Estimates
    alone: Estimates  # over the questions that need no conversation
    sets: dict[str, Estimates]
    chunks: int | None = None
    unmapped: int | None = None


def run_peer(peer: Peer, material: Material, encoder: Encoder, *, progress: Progress) -> Made:
    """Ask a peer every question by itself: a plain retriever knows no conversation."""
    chunks, search = peer(material.texts, encoder)
    spans = locate(chunks, material.texts)
    answers: list[Object] = []
    for done, question in enumerate(material.questions, start=1):
        asked = time.perf_counter()
        rows = search(question.text, DEPTH)
        elapsed = (time.perf_counter() - asked) * 1000
        found = [spans[row] or Span(chunks[row].document, 0, 0) for row in rows]
        answers.append(_answer(question.id, found, elapsed))
        progress(done, len(material.questions))
    return Made(tuple(answers), len(chunks), sum(span is None for span in spans))


def peer_entrant(run: Run, made: Made) -> Entrant:
    """The row of a peer."""
    return _entrant(run.label, run.scored, _conversations(run.questions), made)


def own_entrant(run: Run) -> Entrant:
    """The row of the assistant, of a run made now."""
    return _entrant(run.label, run.scored, _conversations(run.questions), None)


def kept_entrant(kept: Kept, material: Material) -> Entrant:
    """The row of a run that was kept; raises DifferentQuestions where it asked others."""
    same = all(
        kept.settings.get(key) == material.settings[key] for key in ("questions_sha256", "split", "sample")
    )
    if not same:
        raise DifferentQuestions(
            f"the run '{kept.label}' is about other questions; name the same --questions as it had"
        )
    return _entrant(kept.label, kept.scored, _conversations(material.questions), None)


def peers_table(entrants: Sequence[Entrant]) -> Table:
    """The comparison over all questions; the interval is that of the first measure."""
    columns = ("System", "coverage@5", "95 % interval", "without conversations", *_COLUMNS[1:])
    return Table(
        "Systems side by side: same documents, same questions, same embeddings",
        (*columns, "Chunks", "Not found"),
        tuple(_row(entrant) for entrant in entrants),
    )


def peers_set_tables(entrants: Sequence[Entrant]) -> tuple[Table, ...]:
    """The comparison over each question set by itself, the held-out one first; none for a single set."""
    names = sorted({name for entrant in entrants for name in entrant.sets}, key=lambda n: (n != HELD_OUT, n))
    columns = ("System", "coverage@5", "95 % interval", *_COLUMNS[1:])
    return tuple(
        Table(
            f"The same, {set_name(name)} questions only",
            columns,
            tuple(_set_row(entrant.name, entrant.sets.get(name, {})) for entrant in entrants),
        )
        for name in names
        if len(names) > 1
    )


def _answer(identifier: str, found: Sequence[Span], elapsed_ms: float) -> Object:
    """In the form of an answer, with no answer in words; a chunk that was not found keeps its place."""
    return {
        "id": identifier,
        "answerable": True,
        "answer": None,
        "citations": [],
        "passages": [{"document": span.document, "start": span.start, "end": span.end} for span in found],
        "elapsed_ms": round(elapsed_ms, 1),
    }


def _conversations(questions: Sequence[Question]) -> frozenset[str]:
    return frozenset(question.id for question in questions if question.history)


def _entrant(name: str, scored: Sequence[Scored], followed: frozenset[str], made: Made | None) -> Entrant:
    return Entrant(
        name=name,
        overall=estimates(scored),
        alone=estimates([one for one in scored if one.id not in followed]),
        sets=estimates_by_set(scored),
        chunks=None if made is None else made.chunks,
        unmapped=None if made is None else made.unmapped,
    )


def _row(entrant: Entrant) -> tuple[str, ...]:
    name, first, interval, *others = _set_row(entrant.name, entrant.overall)
    alone = mean_of(entrant.alone, _COLUMNS[0])
    counts = (NOTHING if count is None else str(count) for count in (entrant.chunks, entrant.unmapped))
    return (name, first, interval, alone, *others, *counts)


def _set_row(name: str, found: Estimates) -> tuple[str, ...]:
    others = (mean_of(found, measure) for measure in _COLUMNS[1:])
    return (name, mean_of(found, _COLUMNS[0]), interval_of(found, _COLUMNS[0]), *others)
