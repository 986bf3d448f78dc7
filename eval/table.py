"""Tables of results, first as rows of words: the terminal, Markdown and HTML all show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.compare import Difference
from eval.gate import Checked
from eval.measure import SHOWN
from eval.question import HELD_OUT
from eval.summary import Estimates, Summary

NOTHING = "–"

# Columns of the tables by question set and by type: one for each thing that can go wrong.
BREAKDOWN = (
    "coverage@5",
    "coverage@2000c",
    "MRR@10",
    "correct",
    "citation_recall",
    "citation_precision",
    "answered",
    "silence",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the names of the columns, and rows of as many cells; the first cell names its row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(measure: str, value: float | None) -> str:
    """A value as it is printed: whole characters, tenths of milliseconds, thousandths else."""
    if value is None:
        return NOTHING
    if measure == "answer_characters":
        return f"{value:.0f}"
    return f"{value:.1f}" if measure == "elapsed_ms" else f"{value:.3f}"


def sets_table(summary: Summary) -> Table:
    """The main measures for each question set; the held-out one by its name."""
    sets = {set_name(name): found for name, found in summary.sets.items()}
    return breakdown_table("By question set", "Set", sets, summary.overall)


def set_name(name: str) -> str:
    """The name of a question set, as it is shown."""
    return "held-out" if name == HELD_OUT else name


def mean_of(found: Estimates, measure: str) -> str:
    """The mean of a measure as it is printed."""
    return figure(measure, found[measure].mean if measure in found else None)


def interval_of(found: Estimates, measure: str) -> str:
    """The 95 % interval of a measure as it is printed."""
    if measure not in found:
        return NOTHING
    return f"{figure(measure, found[measure].low)} to {figure(measure, found[measure].high)}"


def overall_table(summary: Summary) -> Table:
    """Every measure that is shown, with its interval and the number of questions."""
    overall = summary.overall
    rows = tuple(
        (name, mean_of(overall, name), interval_of(overall, name), str(overall[name].questions))
        for name in SHOWN
        if name in overall
    )
    columns = ("Measure", "Mean", "95 % interval", "Questions")
    return Table(f"All {summary.questions} questions", columns, rows)


def breakdown_table(caption: str, first: str, parts: dict[str, Estimates], overall: Estimates) -> Table:
    """The main measures for each part of the questions and, last, for all."""
    rows = [_breakdown_row(name, found) for name, found in parts.items()]
    return Table(caption, (first, "Questions", *BREAKDOWN), (*rows, _breakdown_row("all", overall)))


def calibration_table(summary: Summary) -> Table:
    """Confidence against the share of questions that the documents do answer."""
    rows = tuple(
        (
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.questions),
            figure("", one.confidence),
            figure("", one.answerable),
        )
        for one in summary.calibration.bins
    )
    columns = ("Confidence", "Questions", "Mean confidence", "Share answerable")
    return Table("Calibration of the confidence", columns, rows)


def calibration_sentence(summary: Summary) -> str:
    """The calibration in figures."""
    found = summary.calibration
    if found.expected_error is None:
        return "No confidence was given."
    return (
        f"Expected calibration error {figure('', found.expected_error)}; area under the curve, answerable "
        f"against unanswerable {figure('', found.auc)}, against near misses only "
        f"{figure('', found.auc_near_misses)}."
    )


def latency_sentence(summary: Summary) -> str:
    """The time that a question took."""
    if summary.latency is None:
        return "No times were given."
    times = summary.latency
    return (
        f"Milliseconds from question to answer: median {times.median:.1f}, 95th percentile {times.p95:.1f}, "
        f"longest {times.longest:.1f}."
    )


def comparison_table(
    a: str, b: str, differences: Sequence[Difference], shown: Sequence[str] = SHOWN
) -> Table:
    """B against A, measure by measure."""
    rows = tuple(_comparison_row(found) for found in differences if found.measure in shown)
    columns = ("Measure", f"A: {a}", f"B: {b}", "B - A", "95 % interval", "p", "Won", "Lost", "B is")
    return Table("Paired differences", columns, rows)


def gate_table(checked: Sequence[Checked]) -> Table:
    """What the gate watches."""
    rows = tuple(
        (
            one.measure,
            figure(one.measure, one.limit.value),
            figure(one.measure, one.limit.tolerance),
            figure(one.measure, one.now),
            "passed" if one.passed else "FAILED",
        )
        for one in checked
    )
    return Table("The gate", ("Measure", "Baseline", "Tolerance", "Now", "Result"), rows)


def as_text(table: Table) -> str:
    """For the terminal: columns of one width, the first to the left."""
    lines = [table.columns, *table.rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(table.columns))]
    body = "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
    return f"{table.caption}\n{body}\n"


def as_markdown(table: Table) -> str:
    """As a Markdown table under its caption."""
    rule = ("---", *("---:" for _ in table.columns[1:]))
    lines = (table.columns, rule, *table.rows)
    body = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return f"**{table.caption}**\n\n{body}\n"


def _breakdown_row(name: str, found: Estimates) -> tuple[str, ...]:
    # "answered" speaks to every answerable question and "silence" to every other one.
    parts = [found[part].questions for part in ("answered", "silence") if part in found]
    questions = sum(parts) if parts else max((one.questions for one in found.values()), default=0)
    return (name, str(questions), *(mean_of(found, measure) for measure in BREAKDOWN))


def _comparison_row(found: Difference) -> tuple[str, ...]:
    name = found.measure
    change = found.b - found.a
    return (
        name,
        figure(name, found.a),
        figure(name, found.b),
        ("+" if change > 0 else "") + figure(name, change),
        f"{figure(name, found.low)} to {figure(name, found.high)}",
        f"{found.p:.4f}",
        str(len(found.won)),
        str(len(found.lost)),
        found.verdict,
    )
