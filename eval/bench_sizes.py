"""Measures an index by its size: building, asking, recall, memory, disk, adding a document.

python -m eval.bench_scale --public FOLDER [--work FOLDER] [--passages N ...] [--questions N] [--out FILE]

FOLDER holds `squad2-dev/` and `training/` (see eval/scale_corpus.py for what the corpora are made of and
how their vectors are derived). Each size is measured in a process of its own. Prints Markdown, writes JSON.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.document import Document
from corpus.read import Source, Unread
from eval.scale_corpus import DerivedEncoder, LargeCorpus, load_base, read_questions
from index.build import build_index
from index.minilm import load_encoder
from index.store import SearchIndex, open_index
from qa.assistant import Assistant
from qa.glossary import bundled_glossary
from qa.question import parse
from qa.reader import bundled_reader

SIZES = (10_000, 100_000, 1_000_000)
PASSAGES_OF_A_DOCUMENT = 56  # of LargeCorpus
_ADDITIONS = 5
_BEYOND = 10_000_000  # numbers of documents that no corpus has
_NARROWED = 3  # a third of the documents: those of one kind

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one kind of call; `processor` is the median of what all its threads computed.

    Where other programs share the machine, only the last one says what a call takes by itself.
    """

    median: float
    p95: float
    p99: float
    processor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured at one size. Times of `asked` are in milliseconds, sizes in MB (a million bytes)."""

    passages: int
    sentences: int
    segments: int
    build_seconds: float  # without encoding: vectors are derived
    disk: float
    opened_seconds: float
    asked: dict[str, Timing]
    recall_at_10: float
    recall_at_100: float
    resident: dict[str, float]  # after asking: of the process, of it the files that are mapped
    peak: float
    add_seconds: tuple[float, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every size in a process of its own."""
    options = _parser().parse_args(argv)
    if options.one:
        print(json.dumps(asdict(measure(options.passages[0], options))))
        return 0
    measured = []
    for passages in options.passages:
        command = [sys.executable, "-m", "eval.bench_scale", "--one", "--passages", str(passages)]
        command += ["--public", str(options.public), "--work", str(options.work)]
        command += ["--questions", str(options.questions)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        measured.append(json.loads(done.stdout.splitlines()[-1]))
        print(as_markdown(measured[-1:]), flush=True)
    if options.out is not None:
        machine = {"processor": platform.processor(), "python": platform.python_version()}
        options.out.write_text(json.dumps({"machine": machine, "sizes": measured}, indent=1) + "\n")
    print(as_markdown(measured))
    return 0


def measure(passages: int, options: argparse.Namespace) -> Measured:
    """Build an index of about this many passages, unless it is there, and measure it."""
    encoder = load_encoder()
    base = load_base(options.work, options.public, encoder)
    corpus = LargeCorpus(base, round(passages / PASSAGES_OF_A_DOCUMENT))
    folder = options.work / f"index-{passages}"
    questions = read_questions(options.public, most=options.questions)
    derived = DerivedEncoder(base, encoder)
    seconds = _built(corpus, folder, derived)
    opened = time.perf_counter()
    with open_index(folder, encoder) as index:
        opened = time.perf_counter() - opened
        asked = _ask(index, encoder, questions)
        resident = _resident()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        recalls = _recalls(index, folder, encoder, questions[:100])
        counts = (index.manifest.passages, index.manifest.sentences, len(index.manifest.segments))
        disk = sum(file.size for file in index.manifest.files) / 1e6
    return Measured(
        *counts, seconds, disk, opened, asked, *recalls, resident, peak, _added(corpus, folder, derived)
    )


def _built(corpus: LargeCorpus, folder: Path, derived: DerivedEncoder) -> float:
    """Seconds that building took; kept beside the index, which is built once."""
    note = folder / "build_seconds.txt"
    if not note.is_file():
        start = time.perf_counter()
        sources = [Source(name, "bench") for name in corpus.ids()]
        build_index(corpus, (), "bench", folder, derived, progress=lambda _: None, sources=sources)
        note.write_text(str(time.perf_counter() - start))
    return float(note.read_text())


def _ask(index: SearchIndex, encoder, questions: Sequence[str]) -> dict[str, Timing]:  # type: ignore[no-untyped-def]
    """Each side alone, narrowed to a third of the documents, and whole questions with their answers."""
    vectors = encoder.encode_queries(questions)
    weights = [dict(parse(question).terms) for question in questions]
    third = index.rows_of(index.document_ids()[::_NARROWED])
    unread = Assistant(index, encoder, glossary=bundled_glossary())
    assistant = Assistant(index, encoder, glossary=bundled_glossary(), reader=bundled_reader())
    for question in questions[:20]:
        assistant.ask(question)
    return {
        "dense": _timed(lambda vector: index.dense(vector, 100), list(vectors)),
        "dense, a third": _timed(lambda vector: index.dense(vector, 100, third), list(vectors)),
        "lexical": _timed(lambda terms: index.lexical(terms, 100), weights),
        "lexical, a third": _timed(lambda terms: index.lexical(terms, 100, third), weights),
        "encoding the question": _timed(encoder.encode_question, questions),
        "whole question, without the reader": _timed(unread.ask, questions[20:]),
        "whole question": _timed(assistant.ask, questions[20:]),
    }


def _timed(call: Callable[[_T], object], over: Sequence[_T]) -> Timing:
    times = []
    for one in over:
        start, computed = time.perf_counter(), time.process_time()
        call(one)
        times.append((time.perf_counter() - start, time.process_time() - computed))
    waited, busy = (1000 * column for column in np.array(times).T)
    shares = (float(np.percentile(waited, share)) for share in (50, 95, 99))
    return Timing(*(round(one, 2) for one in (*shares, float(np.median(busy)))))


def _recalls(index: SearchIndex, folder: Path, encoder, questions: Sequence[str]) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """The share of the exact ten and hundred nearest passages that are found."""
    vectors = encoder.encode_queries(questions)
    found: dict[int, list[float]] = {10: [], 100: []}
    with open_index(folder, encoder, most_exact=sys.maxsize) as exact:
        for vector in vectors:
            rows, expected = ([row for row, _ in one.dense(vector, 100)] for one in (index, exact))
            for k, shares in found.items():
                shares.append(len(set(rows[:k]) & set(expected[:k])) / len(expected[:k]))
    return float(np.mean(found[10])), float(np.mean(found[100]))


def _resident() -> dict[str, float]:
    """Resident memory in MB, where the system says it (Linux)."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return {}
    lines = (line.split() for line in status.read_text().splitlines())
    sizes = {
        line[0].rstrip(":"): int(line[1]) * 1024 / 1e6
        for line in lines
        if line[0].startswith(("VmRSS", "Rss"))
    }
    return {"all": sizes["VmRSS"], "files": sizes["RssFile"]}


def _added(corpus: LargeCorpus, folder: Path, derived: DerivedEncoder) -> tuple[float, ...]:
    """Seconds for adding one document of ten pages in the middle, several times; then they are removed.

    The others are not read, as when their files have not changed; looking at the files comes on top.
    """
    seconds = []
    before = [(Unread(name), Source(name, "bench")) for name in corpus.ids()]
    entries: list[tuple[Document | Unread, Source]] = list(before)
    for number in range(_ADDITIONS):
        new = corpus.made(_BEYOND + number)
        entries.insert(len(entries) // 2, (new, Source(new.id, "bench")))
        start = time.perf_counter()
        _update(entries, folder, derived, f"bench {number}")
        seconds.append(round(time.perf_counter() - start, 2))
        entries = [(Unread(document.id), source) for document, source in entries]
    _update(before, folder, derived, "bench")
    return tuple(seconds)


def _update(
    entries: Sequence[tuple[Document | Unread, Source]], folder: Path, derived: DerivedEncoder, state: str
) -> None:
    documents, sources = zip(*entries, strict=True)
    build_index(documents, (), state, folder, derived, progress=lambda _: None, sources=sources)


def as_markdown(measured: Sequence[dict]) -> str:  # type: ignore[type-arg]
    """One column a size."""
    rows: list[tuple[str, Callable[[dict], str]]] = [  # type: ignore[type-arg]
        ("sentences", lambda one: f"{one['sentences']:,}"),
        ("segments", lambda one: str(one["segments"])),
        ("build, encoding apart", lambda one: f"{one['build_seconds']:.0f} s"),
        ("on disk", lambda one: f"{one['disk']:,.0f} MB"),
        ("opening", lambda one: f"{one['opened_seconds']:.2f} s"),
        ("recall@10 against exact", lambda one: f"{one['recall_at_10']:.4f}"),
        ("recall@100 against exact", lambda one: f"{one['recall_at_100']:.4f}"),
        ("resident after asking", lambda one: f"{one['resident']['all']:,.0f} MB"),
        ("of it mapped files", lambda one: f"{one['resident']['files']:,.0f} MB"),
        ("adding a document", lambda one: ", ".join(map(str, one["add_seconds"])) + " s"),
    ]
    for name in measured[0]["asked"]:
        rows.append((f"{name}, ms", lambda one, name=name: _times(one["asked"][name])))  # type: ignore[misc]
    head = ["", *(f"{one['passages']:,} passages" for one in measured)]
    lines = [head, ["---"] * len(head), *([name, *map(show, measured)] for name, show in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _times(timing: dict[str, float]) -> str:
    return f"{timing['median']} / {timing['p95']} / {timing['p99']}; {timing['processor']}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--public", type=Path, required=True, help="folder with squad2-dev/ and training/")
    parser.add_argument("--work", type=Path, default=Path("scale"), help="where corpora and indexes are kept")
    parser.add_argument("--passages", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--questions", type=int, default=220)
    parser.add_argument("--out", type=Path, help="JSON")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
