"""The commands `inspection-qa themes` and `inspection-qa grades`: as text or JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.collection import Collection
    from corpus.document import Details
    from corpus.period import Period
    from qa.answer import Citation
    from qa.grades import Judgement
    from qa.history import InspectionHistory
    from qa.themes import Inspection, Theme

SILENT = "The documents say nothing here."


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option that both commands have."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def print_themes(history: InspectionHistory, *, as_json: bool) -> int:
    """Prints the suggested themes, and the weaknesses that the documents list with their times."""
    from qa.timeline_words import in_words

    if as_json:
        themes = [
            {"theme": one.words, "inspections": [_inspection(each) for each in one.inspections]}
            for one in history.suggestions
        ]
        back = [
            {"area": one.area, "dates": [_dates(each) for each in one.periods], **_citation(one.citation)}
            for one in history.recurrences
        ]
        return _print({"themes": themes, "came_back": back})
    for suggestion in history.suggestions:
        print(f"{suggestion.words} ({len(suggestion.inspections)} inspections or reports)")
    if not history.suggestions:
        print("No theme recurs in these documents often enough to be suggested.")
    for row in history.recurrences:
        print(f"Came back: {row.area}: {', '.join(in_words(period) for period in row.periods)}")
    return 0


def print_theme(theme: Theme, details: Mapping[str, Details], *, as_json: bool) -> int:
    """Prints what each inspection said of one theme, in the order of their dates."""
    if as_json:
        return _print({"theme": theme.words, "searched": theme.searched, "inspections": _cells(theme)})
    print("\n".join(_theme_lines(theme, details)))
    return 0


def run_grades(collection: Collection, *, as_json: bool) -> int:
    """Prints the grades of the documents, without index or model; raises what reading raises."""
    from corpus.collection import read_collection
    from qa.grades import judgements

    read = read_collection(collection).documents
    found = judgements(read)
    if as_json:
        return _print({"grades": [_grade(one) for one in found]})
    print("\n".join(_grade_lines(found, {one.id: one.details for one in read})))
    return 0


def _print(said: dict[str, Any]) -> int:
    print(json.dumps(said, ensure_ascii=False))
    return 0


def _theme_lines(theme: Theme, details: Mapping[str, Details]) -> Iterator[str]:
    from qa.timeline_files import reference
    from qa.timeline_words import in_words

    for cell in theme.cells:
        period = cell.inspection.period
        yield f"{cell.inspection.title}{f' ({in_words(period)})' if period else ''}"
        if not cell.findings:
            yield f"  {SILENT}"
        for finding in cell.findings:
            yield f"  {finding.mark.value}: “{_flat(finding.citation)}”"
            yield f"    {reference(finding.citation, details)}"
            yield f"    Reason: {finding.reason}"
        yield ""


def _grade_lines(found: tuple[Judgement, ...], details: Mapping[str, Details]) -> Iterator[str]:
    from qa.timeline_files import reference
    from qa.timeline_words import in_words

    if not found:
        yield "The documents give no grade."
    for one in found:
        grade = f"{one.qualifier} {one.grade}" if one.qualifier else one.grade
        framework = one.framework.name if one.framework else "framework not named"
        yield f"{in_words(one.period)}, {one.area or 'area not named'}: {grade} ({framework})"
        yield f"  “{_flat(one.citation)}”"
        yield f"  {reference(one.citation, details)}"


def _cells(theme: Theme) -> list[dict[str, Any]]:
    return [
        {
            **_inspection(cell.inspection),
            "findings": [
                {"mark": one.mark.value, "reason": one.reason, **_citation(one.citation)}
                for one in cell.findings
            ],
        }
        for cell in theme.cells
    ]


def _grade(judgement: Judgement) -> dict[str, Any]:
    return {
        "area": judgement.area,
        "grade": judgement.grade,
        "qualifier": judgement.qualifier,
        "framework": judgement.framework.name if judgement.framework else None,
        **_dates(judgement.period),
        **_citation(judgement.citation),
    }


def _inspection(inspection: Inspection) -> dict[str, Any]:
    named = {"document": inspection.document_id, "title": inspection.title}
    return named | (_dates(inspection.period) if inspection.period else {})


def _dates(period: Period) -> dict[str, str]:
    return {"date": period.first.isoformat(), "date_end": period.last.isoformat()}


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "text": citation.quote,
        "document": citation.document_id,
        "start": citation.start,
        "end": citation.end,
    }


def _flat(citation: Citation) -> str:
    return " ".join(citation.quote.split())
