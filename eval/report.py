"""A run as one page that stands by itself (no script, nothing fetched), and the same tables as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from eval import plots
from eval.headline import headline_table, held_out_sentence
from eval.measure import BY_NAME, SHOWN
from eval.misses import Excerpt, Miss, find_misses
from eval.questions import Texts
from eval.run import Kept
from eval.summary import Summary
from eval.table import (
    Table,
    as_markdown,
    breakdown_table,
    calibration_sentence,
    calibration_table,
    latency_sentence,
    overall_table,
    sets_table,
)

_STYLE = """
:root { color-scheme: light; --ink: #1f2933; --pale: #eef2f6; --line: #c3ccd6; --accent: #1d5a96; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; color: var(--ink); background: #fff;
       font: 1rem/1.55 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.4rem; font-size: 1.3rem; } h3 { font-size: 1.05rem; }
a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
thead th { background: var(--pale); vertical-align: bottom; }
th[scope=row] { font-weight: 400; }
figure { margin: 1rem 0; } svg { max-width: 46rem; min-width: 34rem; width: 100%; height: auto; }
article { border-top: 1px solid var(--line); padding: .6rem 0 1rem; }
article h3 { margin: .6rem 0; } dl { margin: 0; } dt { font-weight: 600; margin-top: .6rem; }
dd { margin: 0 0 0 1.2rem; overflow-wrap: anywhere; }
blockquote { margin: .3rem 0; padding: .3rem .8rem; border-left: 4px solid var(--line); white-space: pre-line;
             overflow-wrap: anywhere; }
.place { color: #4b5966; font-size: .88rem; } .alternative { margin: .3rem 0 0; font-style: italic; }
@media print { body { max-width: none; padding: 0; } article { break-inside: avoid; } }
"""


def write_report(kept: Kept, texts: Texts, folder: Path) -> tuple[Path, Path]:
    """Write report.html and report.md into a folder; the JSON of the same is the run's summary.json."""
    page, markdown = folder / "report.html", folder / "report.md"
    page.write_text(as_page(kept, texts), encoding="utf-8", newline="\n")
    markdown.write_text(as_markdown_report(kept), encoding="utf-8", newline="\n")
    return page, markdown


def as_page(kept: Kept, texts: Texts) -> str:
    """The whole report as HTML."""
    summary = kept.summary
    title = f"Evaluation: {kept.label}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        _contents(),
        _result(summary),
        _by_type(summary),
        _depth(summary),
        _calibration(summary),
        _latency(kept, summary),
        _misses(find_misses(kept, texts), len(kept.questions)),
        _settings(kept),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def as_markdown_report(kept: Kept) -> str:
    """The tables of the report as Markdown."""
    summary = kept.summary
    tables = [overall_table(summary), *_breakdowns(summary), calibration_table(summary)]
    parts = [
        f"# Evaluation: {kept.label}",
        held_out_sentence(summary),
        *(as_markdown(table) for table in [headline_table(summary), *tables]),
        calibration_sentence(summary),
        latency_sentence(summary),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _breakdowns(summary: Summary) -> list[Table]:
    tables = [breakdown_table("By type of question", "Type", summary.types, summary.overall)]
    if len(summary.sets) > 1:
        tables.insert(0, sets_table(summary))
    return tables


def _contents() -> str:
    links = (
        ("result", "Result"),
        ("types", "By question set and type"),
        ("depth", "How far one has to read"),
        ("calibration", "Confidence"),
        ("latency", "Time"),
        ("misses", "What went wrong"),
        ("settings", "What was run"),
    )
    listed = "".join(f'<li><a href="#{anchor}">{words}</a></li>' for anchor, words in links)
    return f'<nav aria-label="Contents"><ul>{listed}</ul></nav>'


def _result(summary: Summary) -> str:
    sentence = held_out_sentence(summary)
    return (
        '<section><h2 id="result">Result</h2>'
        + _table(headline_table(summary))
        + (f"<p><strong>{escape(sentence)}</strong></p>" if sentence else "")
        + _table(overall_table(summary))
        + f"{_meanings(summary)}</section>"
    )


def _meanings(summary: Summary) -> str:
    shown = [BY_NAME[name] for name in SHOWN if name in summary.overall]
    listed = "".join(f"<dt>{escape(one.name)}</dt><dd>{escape(one.meaning)}</dd>" for one in shown)
    return f"<h3>What the measures say</h3><dl>{listed}</dl>"


def _by_type(summary: Summary) -> str:
    figure = (
        plots.plot_types(summary) if any("coverage@5" in found for found in summary.types.values()) else ""
    )
    tables = "".join(_table(table) for table in _breakdowns(summary))
    return f'<section><h2 id="types">By question set and type</h2>{_figure(figure)}{tables}</section>'


def _depth(summary: Summary) -> str:
    seen = "coverage@1" in summary.overall
    figure = _figure(plots.plot_depth(summary)) if seen else "<p>No question has quotations as evidence.</p>"
    return f'<section><h2 id="depth">How far one has to read</h2>{figure}</section>'


def _calibration(summary: Summary) -> str:
    claimed = summary.calibration.expected_error is not None
    shown = _figure(plots.plot_calibration(summary)) + _table(calibration_table(summary)) if claimed else ""
    body = f"{shown}<p>{escape(calibration_sentence(summary))}</p>"
    return f'<section><h2 id="calibration">Confidence</h2>{body}</section>'


def _latency(kept: Kept, summary: Summary) -> str:
    figure = _figure(plots.plot_latency(kept.scored)) if summary.latency else ""
    sentence = escape(latency_sentence(summary))
    return f'<section><h2 id="latency">Time</h2>{figure}<p>{sentence}</p></section>'


def _misses(misses: Sequence[Miss], questions: int) -> str:
    listed = "".join(_miss(miss) for miss in misses)
    count = f"<p>{len(misses)} of {questions} questions.</p>"
    return f'<section><h2 id="misses">What went wrong</h2>{count}{listed}</section>'


def _miss(miss: Miss) -> str:
    earlier = "".join(f"<dt>Asked before</dt><dd>{escape(question)}</dd>" for question in miss.history)
    expected = f"<dt>Expected</dt><dd>{escape(miss.expected)}</dd>" if miss.expected else ""
    evidence = "".join(_group(group) for group in miss.evidence)
    return (
        f"<article><h3>{escape(miss.id)} ({escape(miss.kind)}): {escape(miss.question)}</h3><dl>"
        f"<dt>Why it is here</dt><dd>{escape('; '.join(miss.reasons))}.</dd>{earlier}{expected}"
        + (f"<dt>Evidence</dt><dd>{evidence}</dd>" if evidence else "")
        + f"<dt>Answer given</dt><dd>{_said(miss.answer)}</dd>"
        + _excerpts("Cited", miss.citations)
        + _excerpts("First passages", miss.passages)
        + "</dl></article>"
    )


def _group(group: Sequence[Excerpt]) -> str:
    return '<p class="alternative">or</p>'.join(_excerpt(excerpt) for excerpt in group)


def _excerpts(name: str, excerpts: Sequence[Excerpt]) -> str:
    return f"<dt>{name}</dt><dd>{''.join(_excerpt(e) for e in excerpts)}</dd>" if excerpts else ""


def _excerpt(excerpt: Excerpt) -> str:
    place = f"{excerpt.document}, {excerpt.place}" if excerpt.place else excerpt.document
    return f'<blockquote>{escape(excerpt.words)}<div class="place">{escape(place)}</div></blockquote>'


def _said(answer: str) -> str:
    return f"<blockquote>{escape(answer)}</blockquote>" if answer else "none"


def _settings(kept: Kept) -> str:
    machine = kept.settings["machine"]
    rows = (
        ("Made", kept.settings["made"]),
        ("Questions", ", ".join(kept.settings["question_files"])),
        ("Questions, SHA-256", kept.settings["questions_sha256"]),
        ("Documents", ", ".join(kept.settings["documents"])),
        ("Documents, SHA-256", kept.settings["documents_sha256"]),
        ("Switched off", ", ".join(kept.settings.get("without", ())) or "nothing"),
        ("Versions", ", ".join(f"{name} {number}" for name, number in kept.settings["versions"].items())),
        ("Machine", f"{machine['processor'] or machine['system']}, {machine['cores']} cores"),
    )
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in rows)
    return f'<section><h2 id="settings">What was run</h2><dl>{listed}</dl></section>'


def _figure(svg: str) -> str:
    return f'<figure class="wide" tabindex="0">{svg}</figure>' if svg else ""


def _table(table: Table) -> str:
    """A table whose caption, columns and rows are named for assistive technology."""
    # The names may break at their underlines, so that eleven columns fit beside each other.
    names = [escape(name).replace("_", "_<wbr>") for name in table.columns]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(table.caption)}"><table>'
        f"<caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
