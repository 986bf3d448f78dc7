"""`inspection-qa bench`: measures, prints the tables, and saves them as JSON, Markdown and a plot."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from corpus.document import Passage
from corpus.errors import CorpusError
from corpus.passages import split
from corpus.read import read_documents
from eval.bench_asking import disk_mb, measure_asking
from eval.bench_encoding import measure_encoding
from eval.bench_errors import BenchError, WrongUse
from eval.bench_machine import measure_machine
from eval.bench_peers import measure_peers
from eval.bench_program import measure_ask, measure_indexing, measure_serving, measure_users_unread
from eval.bench_report import Results, markdown, save
from eval.bench_sizes import measure_sizes
from eval.material import BUNDLED_DOCUMENTS
from index.errors import SearchIndexError
from index.searchable import passage_text

_DONE, _WRONG_INPUT = 0, 2
_USERS = (1, 10, 50)
_SIZES = (10_000,)
_FEWEST = 5  # repeats of which a median is told


def main(argv: Sequence[str]) -> int:
    """Runs one benchmark; the exit status is 0 when done, 2 for wrong usage or input."""
    options = _parser().parse_args(argv)
    try:
        with tempfile.TemporaryDirectory(prefix="inspection-qa-bench-") as scratch:
            results = _measure(options, Path(scratch))
    except (BenchError, CorpusError, SearchIndexError) as exc:
        print(f"inspection-qa bench: {exc}", file=sys.stderr)
        return _WRONG_INPUT
    said = save(results, options.out)
    print(markdown(results), end="")
    print("\n".join((*said, f"Saved in {options.out}.")))
    return _DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspection-qa bench", description="Measures how fast the program is on this machine."
    )
    parser.add_argument("--documents", metavar="PATH", type=Path, help="a folder, one document, corpus.jsonl")
    parser.add_argument(
        "--sizes",
        metavar="N",
        type=int,
        nargs="*",
        default=list(_SIZES),
        help="numbers of passages of larger indexes, made of real sentences with variation",
    )
    parser.add_argument("--public", metavar="FOLDER", type=Path, help="larger indexes from these public sets")
    parser.add_argument("--work", metavar="DIR", type=Path, help="keeps the larger indexes for the next time")
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("bench-results"))
    parser.add_argument("--repeats", metavar="N", type=int, default=_FEWEST, help="timings of each measure")
    parser.add_argument(
        "--texts", metavar="N", type=int, default=128, help="passages encoded beside sentence-transformers"
    )
    parser.add_argument("--questions", metavar="N", type=int, default=100, help="questions that are asked")
    parser.add_argument("--no-peers", action="store_true", help="leave other systems out")
    return parser


def _measure(options: argparse.Namespace, scratch: Path) -> Results:
    if options.repeats < _FEWEST or min(options.texts, options.questions, *options.sizes) < 1:
        raise WrongUse(f"Give --repeats of at least {_FEWEST}, and numbers above 0 for the other options.")
    if options.public is not None and not (options.public / "squad2-dev").is_dir():
        raise WrongUse(f"{options.public} has no squad2-dev/; name the folder of the public sets.")
    machine = measure_machine(repeats=options.repeats)
    documents = options.documents or BUNDLED_DOCUMENTS
    named = "the bundled documents" if options.documents is None else f"the documents of {documents.name}"
    passages = _passages(documents)
    questions, data = _questions(options.questions), scratch / "data"
    sample = [passage_text(passage) for passage in passages[:: max(1, len(passages) // options.texts)]]
    _say("encoding")
    encoding = measure_encoding(
        sample[: options.texts], gemm_gflops=machine.gemm_gflops, repeats=options.repeats
    )
    _say("indexing")
    index_seconds = measure_indexing(documents, data)
    _say("asking")
    ask_seconds = measure_ask(questions[0], documents, data, repeats=options.repeats)
    asking = measure_asking(questions, documents, data)
    _say("serving")
    serving = measure_serving(questions, documents, data, users=_USERS, repeats=options.repeats)
    unread = measure_users_unread(questions, documents, data, users=_USERS)
    sizes = measure_sizes(
        options.sizes, options.public, options.work or scratch, questions=options.questions, say=_say
    )
    _say("other systems")
    peers = () if options.no_peers else measure_peers(documents, questions[:20], repeats=options.repeats)
    skipped = ("Other systems were left out (--no-peers).",) if options.no_peers else ()
    return Results(
        machine=machine,
        texts=named,
        passages=len(passages),
        repeats=options.repeats,
        encoding=encoding,
        index_seconds=index_seconds,
        disk_mb=disk_mb(data),
        ask_seconds=ask_seconds,
        asking=asking,
        serving=serving,
        users_unread=unread,
        sizes=sizes,
        peers=peers,
        skipped=skipped,
    )


def _say(stage: str) -> None:
    print(f"measuring: {stage}", file=sys.stderr, flush=True)


def _passages(documents: Path) -> list[Passage]:
    return [passage for document in read_documents(documents).documents for passage in split(document)]


def _questions(count: int) -> list[str]:
    """The first questions of the evaluation."""
    lines = files("eval").joinpath("questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:count]]
