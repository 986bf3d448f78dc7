"""What a run comes to, in one short table: the held-out questions first, as theirs is the honest figure."""

from __future__ import annotations

from collections.abc import Sequence

from eval.measure import HEADLINE
from eval.question import HELD_OUT
from eval.summary import Estimates, Summary
from eval.table import Table, interval_of, mean_of, set_name

_HELD_OUT_SENTENCE = (
    "The held-out questions were written without sight of the program, and nothing is fitted to them: "
    "their figures are the ones to expect of questions that nobody has seen. The other sets were at hand "
    "while the program was made, so their figures flatter it."
)


def headline_table(summary: Summary) -> Table:
    """The main measures: of the held-out questions, of each other set, and of all."""
    names = tuple(name for name in HEADLINE if name in summary.overall)
    columns = [("Measure", *names)]
    if len(summary.sets) > 1:
        for name, found in sorted(summary.sets.items(), key=lambda part: part[0] != HELD_OUT):
            columns += _columns(set_name(name), found, names, with_interval=name == HELD_OUT)
    columns += _columns("all questions", summary.overall, names, with_interval=True)
    headings, *rows = zip(*columns, strict=True)
    return Table("In short", headings, tuple(rows))


def held_out_sentence(summary: Summary) -> str:
    """What the held-out set is for; nothing where none of its questions was asked."""
    return _HELD_OUT_SENTENCE if HELD_OUT in summary.sets else ""


def _columns(
    heading: str, found: Estimates, names: Sequence[str], *, with_interval: bool
) -> list[tuple[str, ...]]:
    means = (heading, *(mean_of(found, name) for name in names))
    intervals = ("95 % interval", *(interval_of(found, name) for name in names))
    return [means, intervals] if with_interval else [means]
