"""An index by its size: building, asking, recall, memory, disk, adding a document.

`inspection-qa bench --sizes N ...` measures each size in a process of its own, so that one's memory is not
counted with another's; eval/scale_corpus.py says what the corpora are made of, and how their vectors are.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np

from corpus.document import Document
from corpus.passages import CHUNKING
from corpus.read import Source, Unread
from eval.bench_errors import ProgramFailed
from eval.bench_timing import Percentiles, percentiles, seconds_of
from eval.scale_corpus import DerivedEncoder, LargeCorpus, Texts, load_base, read_questions
from index.build import build_index
from index.dense import MOST_EXACT
from index.encode import Encoder
from index.manifest import DENSE, DENSE_FAST
from index.minilm import load_encoder
from index.store import SearchIndex, open_index
from qa.assistant import Assistant
from qa.glossary import bundled_glossary
from qa.question import parse
from qa.reader import bundled_reader

PASSAGES_OF_A_DOCUMENT = 56  # of LargeCorpus
_ADDITIONS = 5
_BEYOND = 10_000_000  # numbers of documents that no corpus has
_NARROWED = 3  # a third of the documents: those of one kind
_WARM_UP = 20  # questions that are not timed
_COMPARED = 100  # questions whose nearest passages are compared with the exact ones

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size. Sizes are in MB, a million bytes."""

    passages: int
    sentences: int
    segments: int
    build_seconds: float  # without encoding: vectors are derived
    disk: float
    scanned: float  # vectors, or their bits, that a search looks through
    opened_seconds: float
    asked: dict[str, Percentiles]
    recall_at_10: float
    recall_at_100: float
    resident: float  # after asking
    resident_files: float  # of it, files that are mapped
    peak: float
    add_seconds: float  # median; the document is encoded, the others are not read


def measure_sizes(
    sizes: Sequence[int], public: Path | None, work: Path, *, questions: int, say: Callable[[str], None]
) -> tuple[Size, ...]:
    """Every size in processes of its own. `work` keeps corpora and indexes for the next time."""
    return tuple(_in_processes(size, public, work, questions, say) for size in sizes)


def _in_processes(
    size: int, public: Path | None, work: Path, questions: int, say: Callable[[str], None]
) -> Size:
    """Built in one and measured in another, or the memory of building would be counted with asking."""
    say(f"{size:,} passages")
    options = ["--passages", str(size), "--work", str(work), "--questions", str(questions)]
    options += ["--public", str(public)] if public is not None else []
    _run([*options, "--only-build"], size)
    found = json.loads(_run(options, size).splitlines()[-1])
    asked = {name: Percentiles(**timing) for name, timing in found["asked"].items()}
    return Size(**{**found, "asked": asked})


def _run(options: Sequence[str], size: int) -> str:
    """What a process of this module printed."""
    command = [sys.executable, "-m", "eval.bench_sizes", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise ProgramFailed(f"measuring an index of {size} passages stopped: {reason}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An index that is there, and what it was built from."""

    texts: Texts
    encoder: Encoder
    corpus: LargeCorpus
    folder: Path
    build_seconds: float


def prepare(passages: int, public: Path | None, work: Path) -> _Prepared:
    """Build an index of about this many passages, unless it is in `work`."""
    encoder = load_encoder()
    texts = Texts(public)
    base = load_base(work, texts, encoder)
    corpus = LargeCorpus(base, max(1, round(passages / PASSAGES_OF_A_DOCUMENT)))
    made_with = zlib.crc32(f"{encoder.fingerprint} {CHUNKING}".encode())  # an index made otherwise is no use
    folder = work / f"index-{texts.name}-{passages}-{made_with:08x}"
    return _Prepared(texts, encoder, corpus, folder, _built(corpus, folder, DerivedEncoder(base, encoder)))


def measure(passages: int, public: Path | None, work: Path, *, questions: int) -> Size:
    """Build an index of about this many passages, unless it is in `work`, and measure it."""
    there = prepare(passages, public, work)
    texts, encoder, folder = there.texts, there.encoder, there.folder
    opened = seconds_of(lambda: open_index(folder, encoder).close())
    with open_index(folder, encoder) as index:
        asked = _ask(index, encoder, read_questions(texts, most=_WARM_UP + questions))
        resident, files = _resident()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        recalls = _recalls(index, folder, encoder, read_questions(texts, most=_COMPARED))
        counts = (index.manifest.passages, index.manifest.sentences, len(index.manifest.segments))
        disk = _megabytes(index, "")
        scanned = _megabytes(index, DENSE if len(index) <= MOST_EXACT else DENSE_FAST)
    added = _added(there.corpus, folder, encoder)
    return Size(
        *counts, there.build_seconds, disk, scanned, opened, asked, *recalls, resident, files, peak, added
    )


def _megabytes(index: SearchIndex, ending: str) -> float:
    return sum(file.size for file in index.manifest.files if file.name.endswith(ending)) / 1e6


def _built(corpus: LargeCorpus, folder: Path, encoder: Encoder) -> float:
    """Seconds that building took; kept beside the index, which is built once."""
    note = folder / "build_seconds.txt"
    if not note.is_file():
        sources = [Source(name, "bench") for name in corpus.ids()]
        took = seconds_of(
            lambda: build_index(
                corpus, (), "bench", folder, encoder, progress=lambda _: None, sources=sources
            )
        )
        note.write_text(str(took))
    return float(note.read_text())


def _ask(index: SearchIndex, encoder: Encoder, questions: Sequence[str]) -> dict[str, Percentiles]:
    """Each side alone, narrowed to a third of the documents, and whole questions with their answers."""
    vectors = list(encoder.encode_queries(questions))
    weights = [dict(parse(question).terms) for question in questions]
    third = index.rows_of(index.document_ids()[::_NARROWED])
    unread = Assistant(index, encoder, glossary=bundled_glossary())
    assistant = Assistant(index, encoder, glossary=bundled_glossary(), reader=bundled_reader())
    return {
        "question, without the reader": _timed(unread.ask, questions),
        "question, with the reader": _timed(assistant.ask, questions),
        "nearest 100": _timed(lambda vector: index.dense(vector, 100), vectors),
        "nearest 100 in a third": _timed(lambda vector: index.dense(vector, 100, third), vectors),
        "best 100 by words": _timed(lambda terms: index.lexical(terms, 100), weights),
        "best 100 by words in a third": _timed(lambda terms: index.lexical(terms, 100, third), weights),
    }


def _timed(call: Callable[[_T], object], over: Sequence[_T]) -> Percentiles:
    for one in over[:_WARM_UP]:
        call(one)
    return percentiles([seconds_of(lambda given=one: call(given)) for one in over[_WARM_UP:]])  # type: ignore[misc]


def _recalls(
    index: SearchIndex, folder: Path, encoder: Encoder, questions: Sequence[str]
) -> tuple[float, float]:
    """The share of the exact ten and hundred nearest passages that are found."""
    found: dict[int, list[float]] = {10: [], 100: []}
    with open_index(folder, encoder, most_exact=sys.maxsize) as exact:
        for vector in encoder.encode_queries(questions):
            rows, expected = ([row for row, _ in one.dense(vector, 100)] for one in (index, exact))
            for k, shares in found.items():
                shares.append(len(set(rows[:k]) & set(expected[:k])) / len(expected[:k]))
    return float(np.mean(found[10])), float(np.mean(found[100]))


def _resident() -> tuple[float, float]:
    """Resident memory in MB and the mapped files' share of it; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0, 0.0
    lines = (line.split() for line in status.read_text(encoding="utf-8").splitlines())
    sizes = {line[0]: int(line[1]) * 1024 / 1e6 for line in lines if line[0].startswith(("VmRSS", "Rss"))}
    return sizes["VmRSS:"], sizes["RssFile:"]


def _added(corpus: LargeCorpus, folder: Path, encoder: Encoder) -> float:
    """Seconds for adding one document of ten pages in the middle, the median of some; then they are removed.

    Its passages and sentences are really encoded. The others are not read, as when their files have not
    changed; looking at the files comes on top.
    """
    seconds = []
    before = [(Unread(name), Source(name, "bench")) for name in corpus.ids()]
    entries: list[tuple[Document | Unread, Source]] = list(before)
    for number in range(_ADDITIONS):
        new = corpus.made(_BEYOND + number)
        entries.insert(len(entries) // 2, (new, Source(new.id, "bench")))
        state = f"bench {number}"
        seconds.append(seconds_of(lambda now=list(entries), to=state: _update(now, folder, encoder, to)))  # type: ignore[misc]
        entries = [(Unread(document.id), source) for document, source in entries]
    _update(before, folder, encoder, "bench")
    return median(seconds)


def _update(
    entries: Sequence[tuple[Document | Unread, Source]], folder: Path, encoder: Encoder, state: str
) -> None:
    documents, sources = zip(*entries, strict=True)
    build_index(documents, (), state, folder, encoder, progress=lambda _: None, sources=sources)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure one size and print it as a line of JSON, or build its index and print nothing."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_sizes", description=__doc__)
    parser.add_argument("--passages", type=int, required=True)
    parser.add_argument("--public", type=Path, help="folder with squad2-dev/ and training/")
    parser.add_argument("--work", type=Path, required=True, help="where corpora and indexes are kept")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--only-build", action="store_true")
    options = parser.parse_args(argv)
    if options.only_build:
        prepare(options.passages, options.public, options.work)
    else:
        found = measure(options.passages, options.public, options.work, questions=options.questions)
        print(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
