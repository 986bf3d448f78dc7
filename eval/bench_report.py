"""What a run measured, as JSON, as the tables of Markdown that are printed, and as a plot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.bench_asking import Asking
from eval.bench_encoding import Encoding
from eval.bench_machine import Machine
from eval.bench_peers import PeerTimes
from eval.bench_program import Serving, Users
from eval.bench_sizes import Size
from eval.bench_timing import Percentiles
from eval.errors import MissingExtra

_PEER_COLUMNS = (
    "system",
    "indexing, s",
    "asking, ms",
    "indexing by ours",
    "asking by ours",
    "indexing by the same work",
    "asking by the same work",
)


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run measured; `skipped` says in sentences what it did not, and why."""

    machine: Machine
    texts: str  # what was indexed
    passages: int
    repeats: int
    encoding: Encoding | None
    index_seconds: float
    disk_mb: float
    ask_seconds: float
    asking: Asking
    serving: Serving
    users_unread: tuple[Users, ...]
    sizes: tuple[Size, ...]
    peers: tuple[PeerTimes, ...]
    skipped: tuple[str, ...]


def save(results: Results, folder: Path) -> tuple[str, ...]:
    """Write bench.json, bench.md and bench.svg; the sentences about what could not be written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")
    (folder / "bench.md").write_text(markdown(results), encoding="utf-8")
    try:
        _plot(results, folder / "bench.svg")
    except MissingExtra as missing:
        return (f"No plot was drawn: {missing}.",)
    return ()


def markdown(results: Results) -> str:
    """The tables, as they are printed and saved."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    machine = results.machine
    yield f"{machine.processor}, {machine.cores} cores, {machine.system}."
    yield f"Load in the minute before: {machine.load:.1f} (0 is an idle machine)."
    yield f"Indexed: {results.texts}, {results.passages} passages. Medians of {results.repeats}."
    yield ""
    yield from _table(("measure", "found"), _found(results))
    yield ""
    yield from _table(("milliseconds", "p50", "p95", "p99", "timings"), _latencies(results))
    if results.sizes:
        yield ""
        yield "Larger indexes, of real sentences with variation; their vectors are derived from encoded ones."
        yield ""
        yield from _table(("", *(f"{one.passages:,} passages" for one in results.sizes)), _by_size(results))
    if results.peers:
        yield ""
        yield "Times by ours: above 1, this program is faster. The last two columns are by the second row,"
        yield "which does what the others do: it encodes passages and finds the ten nearest."
        yield ""
        yield from _table(_PEER_COLUMNS, map(_peer, results.peers))
    if results.skipped:
        yield ""
        yield from results.skipped


def _found(results: Results) -> Iterator[tuple[str, str]]:
    machine = results.machine
    yield "matrix product, single precision", f"{machine.gemm_gflops:.0f} GFLOP/s"
    yield "memory read by one core", f"{machine.bandwidth_gb_s:.1f} GB/s"
    if (encoding := results.encoding) is not None:
        yield "passages encoded", f"{encoding.texts_per_second:.1f} a second"
        yield "tokens encoded", f"{encoding.tokens_per_second:.0f} a second"
        yield "sentence-transformers, same passages", f"{encoding.reference_texts_per_second:.1f} a second"
        yield "ratio to sentence-transformers", f"{encoding.ratio:.2f}"
        yield "lowest cosine to sentence-transformers", f"{encoding.lowest_cosine:.6f}"
        yield "share of the plain matrix product", f"{100 * encoding.of_gemm:.0f} %"
    yield "indexing, from the start of the program", f"{results.index_seconds:.1f} s"
    yield "index on disk", f"{results.disk_mb:.1f} MB"
    yield "cold `ask`", f"{results.ask_seconds:.2f} s"
    yield "`serve`, start to first answer", f"{results.serving.first_answer_seconds:.2f} s"
    if results.serving.resident_mb is not None:
        yield "resident memory of the server", f"{results.serving.resident_mb:.0f} MB"
    for name, one in _users(results):
        yield name, f"{one.answers_per_second:.1f} answers a second, {one.errors} errors"


def _latencies(results: Results) -> Iterator[tuple[str, ...]]:
    yield "question, with the reader", *_percentiles(results.asking.with_reader)
    yield "question, without the reader", *_percentiles(results.asking.without_reader)
    for name, one in _users(results):
        yield name, *_percentiles(one.latency)


def _users(results: Results) -> Iterator[tuple[str, Users]]:
    for one in results.serving.users:
        yield f"{one.users} users at once", one
    for one in results.users_unread:
        yield f"{one.users} users at once, without the reader", one


def _percentiles(found: Percentiles) -> tuple[str, ...]:
    return f"{found.p50:.1f}", f"{found.p95:.1f}", f"{found.p99:.1f}", str(found.count)


def _by_size(results: Results) -> Iterator[tuple[str, ...]]:
    """One column a size; times of questions are p50 / p95 / p99 in milliseconds."""
    rows: list[tuple[str, Callable[[Size], str]]] = [
        ("building, encoding apart", lambda one: f"{one.build_seconds:.0f} s"),
        ("encoding it, at the rate above", lambda one: _encoding_time(one, results.encoding)),
        ("segments", lambda one: str(one.segments)),
        ("on disk", lambda one: f"{one.disk:,.0f} MB"),
        (
            "reading the vectors compared, at the memory's rate",
            lambda one: _at_the_limit(one, results.machine),
        ),
        ("opening", lambda one: f"{one.opened_seconds:.2f} s"),
        ("recall@10 against exact", lambda one: f"{one.recall_at_10:.4f}"),
        ("recall@100 against exact", lambda one: f"{one.recall_at_100:.4f}"),
        ("resident after asking", lambda one: f"{one.resident:,.0f} MB"),
        ("of it mapped files", lambda one: f"{one.resident_files:,.0f} MB"),
        ("adding a ten-page document", lambda one: f"{one.add_seconds:.2f} s"),
    ]
    for name in results.sizes[0].asked:
        rows.append((f"{name}, ms", lambda one, of=name: " / ".join(_percentiles(one.asked[of])[:3])))  # type: ignore[misc]
    for name, show in rows:
        yield name, *map(show, results.sizes)


def _at_the_limit(size: Size, machine: Machine) -> str:
    return f"{size.scanned / machine.bandwidth_gb_s:.1f} ms"  # MB by GB/s


def _encoding_time(size: Size, encoding: Encoding | None) -> str:
    """Of all passages and sentences, each taken for a passage: at most this long."""
    if encoding is None:
        return ""
    return f"at most {(size.passages + size.sentences) / encoding.texts_per_second / 60:.0f} min"


def _peer(peer: PeerTimes) -> tuple[str, ...]:
    if peer.note is not None:
        return peer.name, peer.note, "", "", "", "", ""
    ratios = (peer.index_ratio, peer.ask_ratio, peer.index_ratio_alike, peer.ask_ratio_alike)
    figures = (peer.index_seconds, peer.ask_ms, *ratios)
    return peer.name, *(f"{figure:.2f}" if figure is not None else "" for figure in figures)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (heading, ["---"] * len(heading), *rows):
        yield f"| {' | '.join(row)} |"


def _plot(results: Results, path: Path) -> None:
    """How long a question takes: bars for the median and for 95 of 100."""
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError as exc:
        raise MissingExtra("matplotlib", "eval") from exc
    rows = [row[:3] for row in _latencies(results)]
    figure = Figure(figsize=(7, 1 + 0.5 * len(rows)), layout="constrained")
    axes = figure.subplots()
    places = range(len(rows))
    axes.barh([place - 0.2 for place in places], [float(p50) for _, p50, _ in rows], 0.38, label="p50")
    axes.barh(
        [place + 0.2 for place in places], [float(p95) for _, _, p95 in rows], 0.38, label="p95", hatch="///"
    )
    axes.set_yticks(list(places), [name for name, _, _ in rows])
    axes.invert_yaxis()
    axes.set_xlabel("milliseconds")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
