"""The report's pictures, as SVG for the page they stand in. Each says the same as a table beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from typing import Any

from eval.errors import MissingExtra
from eval.measure import DEPTHS, Scored
from eval.summary import Summary

_INK, _BLUE, _ORANGE, _PALE = "#1f2933", "#1d5a96", "#b4540a", "#8a97a6"


def plot_types(summary: Summary) -> str:
    """Bars of coverage and of right answers for each type of question, with their intervals."""

    names = [name for name, found in summary.types.items() if "coverage@5" in found]

    def draw(axes: Any) -> None:
        _bars(axes, summary, names, "coverage@5", shift=-0.2, colour=_BLUE, hatch=None)
        _bars(axes, summary, names, "correct", shift=0.2, colour=_ORANGE, hatch="///")
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.4, -0.6)  # the first type on top
        axes.set_xlim(0, 1)
        axes.set_xlabel("mean, with its 95 % interval")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)

    title = "Evidence coverage at 5 passages and right answers, by type of question"
    return _svg("types", title, draw, height=1.4 + 0.42 * len(names))


def plot_depth(summary: Summary) -> str:
    """Evidence coverage against the number of passages read."""

    def draw(axes: Any) -> None:
        found = [(k, summary.overall[f"coverage@{k}"]) for k in DEPTHS if f"coverage@{k}" in summary.overall]
        depths = [k for k, _ in found]
        axes.fill_between(
            depths,
            [one.low for _, one in found],
            [one.high for _, one in found],
            color=_BLUE,
            alpha=0.18,
            linewidth=0,
            label="95 % interval",
        )
        axes.plot(depths, [one.mean for _, one in found], color=_BLUE, marker="o", label="coverage")
        axes.set_xticks(DEPTHS)
        axes.set_ylim(0, 1)
        axes.set_xlabel("passages, best first")
        axes.set_ylabel("share of the evidence shown")
        axes.legend(loc="lower right", frameon=False)

    return _svg("depth", "Evidence coverage against the number of passages", draw)


def plot_calibration(summary: Summary) -> str:
    """The share of answerable questions against the confidence claimed."""

    def draw(axes: Any) -> None:
        kept = [one for one in summary.calibration.bins if one.questions]
        claimed, so = [one.confidence for one in kept], [one.answerable for one in kept]
        axes.plot([0, 1], [0, 1], color=_PALE, linestyle="--", label="as claimed")
        axes.plot(claimed, so, color=_BLUE, marker="o", label="measured")
        for one in kept:
            axes.annotate(
                f"n={one.questions}",
                (one.confidence, one.answerable),
                xytext=(0, -14),
                textcoords="offset points",
                ha="center",
                fontsize=8,
            )
        axes.set_xlim(0, 1.02)
        axes.set_ylim(-0.12, 1.05)
        axes.set_xlabel("mean confidence of the bin")
        axes.set_ylabel("share answerable")
        axes.legend(loc="upper left", frameon=False)

    return _svg("calibration", "Calibration: share of answerable questions against confidence", draw)


def plot_latency(scored: Sequence[Scored]) -> str:
    """The share of questions answered within so many milliseconds."""

    def draw(axes: Any) -> None:
        times = sorted(time for one in scored if (time := one.values.get("elapsed_ms")) is not None)
        axes.step(times, [(place + 1) / len(times) for place in range(len(times))], where="post", color=_BLUE)
        axes.set_ylim(0, 1.02)
        axes.set_xlim(left=0)
        axes.set_xlabel("milliseconds from question to answer")
        axes.set_ylabel("share of the questions")

    return _svg("latency", "Time to answer", draw)


def check_installed() -> None:
    """Raises MissingExtra before a long run is made that could not be drawn at its end."""
    _matplotlib()


def _bars(
    axes: Any,
    summary: Summary,
    names: Sequence[str],
    measure: str,
    *,
    shift: float,
    colour: str,
    hatch: str | None,
) -> None:
    """One bar a type, beside the middle of its row; hatched, so that colour is not all that tells."""
    found = [(row + shift, summary.types[name].get(measure)) for row, name in enumerate(names)]
    kept = [(row, one) for row, one in found if one is not None]
    below = [max(0.0, one.mean - one.low) for _, one in kept]  # rounding may leave a hair below zero
    above = [max(0.0, one.high - one.mean) for _, one in kept]
    axes.barh(
        [row for row, _ in kept],
        [one.mean for _, one in kept],
        0.38,
        xerr=[below, above],
        color=colour,
        hatch=hatch,
        edgecolor="white",
        ecolor=_INK,
        capsize=2,
        label=measure,
    )


def _svg(name: str, title: str, draw: Callable[[Any], None], *, height: float = 3.4) -> str:
    """A figure as an SVG element with a title for screen readers, and text that stays text."""
    library = _matplotlib()
    # Ids come from the salt, so the same run gives the same bytes and two figures share no id.
    look = {
        "svg.hashsalt": name,
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "text.parse_math": False,
    }
    with library.rc_context(look):
        figure = library.figure.Figure(figsize=(7.2, height), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        draw(axes)
        drawn = StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return _as_element(drawn.getvalue(), name, title)


def _as_element(svg: str, name: str, title: str) -> str:
    """The <svg> without its XML prologue and metadata, named for assistive technology."""
    element = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    element = re.sub(r' (width|height)="[\d.]+pt"', "", element, count=2)
    element = re.sub(r'\bid="|href="#|url\(#', lambda found: found[0] + f"{name}-", element)
    opening = f'<svg role="img" aria-labelledby="{name}-title" '
    return element.replace("<svg ", opening, 1).replace(
        ">", f'><title id="{name}-title">{escape(title)}</title>', 1
    )


def _matplotlib() -> Any:
    try:
        import matplotlib
        import matplotlib.figure
    except ModuleNotFoundError as exc:
        raise MissingExtra("matplotlib", "eval") from exc
    return matplotlib
