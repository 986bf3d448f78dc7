"""What each part of the search adds: the whole system beside the same with one part switched off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from eval.answers import parse_all
from eval.compare import LEVEL, compare_measure
from eval.measure import BY_NAME, Scored, score_all
from eval.question import Question
from eval.questions import Texts
from eval.run import Assistant, Progress, ask_all
from eval.summary import held_out
from eval.table import NOTHING, Table, figure
from qa.weights import SHIPPED, Weights

Open = Callable[[Weights], Assistant]

COLUMNS = ("coverage@5", "coverage@2000c", "MRR@10", "correct", "citation_recall", "citation_precision")
WHOLE = "the whole system"


@dataclass(frozen=True, slots=True)
class Variant:
    """The system, whole or without a part, and what its answers are worth."""

    name: str
    scored: tuple[Scored, ...]


def ablate(
    open_assistant: Open,
    parts: Sequence[str],
    questions: Sequence[Question],
    texts: Texts,
    *,
    progress: Progress,
) -> tuple[Variant, ...]:
    """The whole system first, then it without each part by itself, all asked the same questions."""
    variants = {WHOLE: weights_without(()), **{f"without {part}": weights_without([part]) for part in parts}}
    return tuple(
        Variant(name, _scored(open_assistant(weights), questions, texts, progress))
        for name, weights in variants.items()
    )


def weights_without(parts: Sequence[str]) -> Weights:
    """The weights with some parts switched off."""
    return reduce(Weights.without, parts, SHIPPED)


def ablation_table(variants: Sequence[Variant]) -> Table:
    """One row a variant; the first one is what the others are compared with.

    A cell has the mean over all questions and, where there are any, that over the held-out ones.
    """
    whole, *others = variants
    held = f" / {len(held_out(whole.scored))} held-out questions" if held_out(whole.scored) else ""
    caption = f"{len(whole.scored)} questions{held}; * differs from {WHOLE}, p < {LEVEL}"
    rows = (
        (variant.name, *(_cell(measure, whole, variant) for measure in COLUMNS))
        for variant in (whole, *others)
    )
    return Table(caption, ("System", *COLUMNS), tuple(rows))


def _scored(
    assistant: Assistant, questions: Sequence[Question], texts: Texts, progress: Progress
) -> tuple[Scored, ...]:
    given = parse_all(ask_all(assistant, questions, progress=progress))
    return score_all(questions, given, texts)[0]


def _cell(measure: str, whole: Variant, variant: Variant) -> str:
    parts = [_figure(measure, whole.scored, variant.scored)]
    if held_out(whole.scored):
        parts.append(_figure(measure, held_out(whole.scored), held_out(variant.scored)))
    return " / ".join(parts)


def _figure(measure: str, whole: Sequence[Scored], variant: Sequence[Scored]) -> str:
    found = compare_measure(BY_NAME[measure], whole, variant)
    if found is None:
        return NOTHING
    return figure(measure, found.b) + ("*" if found.p < LEVEL else "")
