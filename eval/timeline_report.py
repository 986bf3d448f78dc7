"""The command `inspection-qa eval timeline`: the timeline and the grades against the readers' lists."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.read import read_documents
from eval.material import documents_place
from eval.table import Table, as_text
from eval.timeline_list import BUNDLED_EVENTS, BUNDLED_GRADES, read_events, read_grades
from eval.timeline_score import (
    WANTED_PRECISION,
    WANTED_RECALL,
    GradesScore,
    Share,
    TimelineScore,
    score_grades,
    score_timeline,
)
from qa.grades import judgements
from qa.timeline import events


def add_timeline(commands: Any, add_documents: Callable[[argparse.ArgumentParser], None]) -> None:
    """The options of the command."""
    parser = commands.add_parser(
        "timeline", help="score the timeline and the grades against a reader's lists"
    )
    add_documents(parser)
    parser.add_argument(
        "--events", type=Path, default=BUNDLED_EVENTS, metavar="FILE", help="listed statements"
    )
    parser.add_argument("--grades", type=Path, default=BUNDLED_GRADES, metavar="FILE", help="listed grades")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what is wrong")


def run_timeline(arguments: argparse.Namespace) -> int:
    """Score and print; 1 where what is wanted is not reached."""
    listed, grades = read_events(arguments.events), read_grades(arguments.grades)
    documents = read_documents(documents_place(arguments.documents)).documents
    timeline = score_timeline(events(documents), listed)
    graded = score_grades(judgements(documents), grades)
    print(as_text(timeline_table(timeline)))
    print(as_text(grades_table(graded)))
    if arguments.misses:
        print("\n".join(_misses(timeline, graded)))
    return 0 if timeline.passed and graded.passed else 1


def timeline_table(score: TimelineScore) -> Table:
    """The shares of the timeline, with what is wanted of them."""
    shares: Mapping[str, tuple[Share, str]] = {
        "listed statements that name their time, found": (score.named, f"{WANTED_RECALL:.2f}"),
        "listed statements that a heading dates, found": (score.by_section, f"{WANTED_RECALL:.2f}"),
        "optional statements, found": (score.optional, ""),
        "shown statements that are right": (score.shown, f"{WANTED_PRECISION:.2f}"),
        "of these with the listed kind": (score.kinds, ""),
    }
    rows = tuple((name, *_cells(share), wanted) for name, (share, wanted) in shares.items())
    return Table("Timeline", ("Measure", "Number", "Share", "Wanted"), rows)


def grades_table(score: GradesScore) -> Table:
    """The shares of the grades."""
    rows = (
        ("listed grades, found", *_cells(score.required), "1.00"),
        ("optional grades, found", *_cells(score.optional), ""),
        ("grades on no list", str(len(score.invented)), "", "0"),
        ("found grades with the listed framework", *_cells(score.frameworks), ""),
    )
    return Table("Grades", ("Measure", "Number", "Share", "Wanted"), rows)


def _cells(share: Share) -> tuple[str, str]:
    return f"{share.part} of {share.whole}", f"{share.value:.3f}"


def _misses(timeline: TimelineScore, graded: GradesScore) -> Iterator[str]:
    for event in timeline.missed:
        yield f"missed {event.id}, {event.periods[0].first}: {_flat(event.quote)}"
    for shown in timeline.wrong:
        cited = shown.citation
        when = f"{shown.period.first} to {shown.period.last}"
        yield f"wrong, {when}: {_flat(cited.quote)} ({cited.document_id})"
    for grade in graded.missed:
        yield f"missed {grade.id}, {grade.area}, {grade.grade}: {_flat(grade.quotes[0])}"
    for one in graded.invented:
        cited = one.citation
        yield f"on no list, {one.area}, {one.grade}: {_flat(cited.quote)} ({cited.document_id})"


def _flat(quote: str) -> str:
    return " ".join(quote.split())
