"""The options of `inspection-qa eval`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import platformdirs

from eval.measure import BY_NAME
from eval.peers import PEERS
from eval.timeline_report import add_timeline
from qa.weights import PARTS

BASELINE = Path(__file__).parent / "baseline.json"
CONFIDENCE = Path(__file__).parents[1] / "qa" / "confidence.toml"
LISTED = ("coverage@5", "correct", "silence")  # whose questions `compare` lists one by one


def build_parser() -> argparse.ArgumentParser:
    """The parser; the name of the command is left in `command`."""
    parser = argparse.ArgumentParser(
        prog="inspection-qa eval", description="Scores an assistant and compares it with other systems."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _add_run(commands)
    _add_compare(commands)
    _add_report(commands)
    _add_gate(commands)
    _add_peers(commands)
    _add_ablate(commands)
    _add_calibrate(commands)
    _add_draft(commands)
    _add_check(commands)
    add_timeline(commands, _add_documents)
    return parser


def _add_run(commands: Any) -> None:
    run = commands.add_parser(
        "run", help="ask every question, print the table, write a run folder and a report"
    )
    _add_material(run)
    source = run.add_mutually_exclusive_group()
    source.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="score these answers (as `batch` writes them) instead of asking",
    )
    source.add_argument(
        "--without",
        action="append",
        default=[],
        choices=PARTS,
        metavar="PART",
        help=f"switch a part of the search off; may be repeated ({', '.join(PARTS)})",
    )
    run.add_argument("--model", help="name or folder of another embedding model")
    run.add_argument("--label", help="what the run is called (default: inspection-qa, without what is off)")
    _add_out(run)


def _add_compare(commands: Any) -> None:
    compare = commands.add_parser("compare", help="paired differences of two runs, with a randomisation test")
    compare.add_argument("a", type=Path, metavar="A", help="run folder")
    compare.add_argument("b", type=Path, metavar="B", help="run folder")
    compare.add_argument(
        "--measure",
        action="append",
        choices=tuple(BY_NAME),
        metavar="NAME",
        help=f"list the questions won and lost in it; may be repeated (default: {', '.join(LISTED)})",
    )
    compare.add_argument(
        "--equally-silent",
        action="store_true",
        help="first take back the least sure answers of the less silent run, until both are as silent",
    )
    compare.add_argument("--json", action="store_true", help="print JSON")


def _add_report(commands: Any) -> None:
    report = commands.add_parser("report", help="write the report of a run as one HTML page and as Markdown")
    report.add_argument("run", type=Path, metavar="RUN", help="run folder")
    _add_documents(report)
    report.add_argument("--out", type=Path, metavar="FOLDER", help="where it goes (default: the run folder)")


def _add_gate(commands: Any) -> None:
    gate = commands.add_parser("gate", help="fail when a measure falls below the committed baseline")
    gate.add_argument("run", type=Path, nargs="?", metavar="RUN", help="run folder (default: ask now)")
    _add_material(gate)
    gate.add_argument("--baseline", type=Path, default=BASELINE, metavar="FILE")
    gate.add_argument(
        "--record", action="store_true", help="write the baseline instead of checking against it"
    )


def _add_peers(commands: Any) -> None:
    peers = commands.add_parser("peers", help="score other systems' default retrieval beside the assistant's")
    _add_material(peers)
    peers.add_argument(
        "--system",
        action="append",
        choices=tuple(PEERS),
        metavar="NAME",
        help=f"only this one; may be repeated ({', '.join(PEERS)})",
    )
    peers.add_argument(
        "--with-run", type=Path, metavar="RUN", help="take the assistant's row from this run folder"
    )
    _add_out(peers)


def _add_ablate(commands: Any) -> None:
    ablate = commands.add_parser("ablate", help="switch each part of the search off and see what it did")
    _add_material(ablate)
    ablate.add_argument(
        "--part",
        action="append",
        choices=PARTS,
        metavar="PART",
        help=f"only this one; may be repeated ({', '.join(PARTS)})",
    )
    ablate.add_argument("--out", type=Path, metavar="FILE", help="write the table there as Markdown")


def _add_calibrate(commands: Any) -> None:
    calibrate = commands.add_parser("calibrate", help="fit the confidence of answers, and report on it")
    _add_material(calibrate, questions="the bundled ones but for the held-out set")
    calibrate.add_argument(
        "--out", type=Path, default=CONFIDENCE, metavar="FILE", help="where it goes (default: the program)"
    )


def _add_draft(commands: Any) -> None:
    draft = commands.add_parser("draft", help="propose questions from the documents, for a person to edit")
    _add_documents(draft)
    draft.add_argument("--out", type=Path, metavar="FILE", help="a new file (default: standard output)")


def _add_check(commands: Any) -> None:
    check = commands.add_parser("check", help="say which lines of a question file are wrong and why")
    check.add_argument("file", type=Path, metavar="FILE", help="a question file, or a BEIR folder")
    _add_documents(check)
    _add_split(check)


def _add_material(parser: argparse.ArgumentParser, *, questions: str = "the bundled ones") -> None:
    _add_documents(parser)
    parser.add_argument(
        "--data",
        type=Path,
        default=_default_data(),
        metavar="DIR",
        help="where the index and the runs are kept",
    )
    parser.add_argument(
        "--questions",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=f"a question file or a BEIR folder; may be repeated (default: {questions})",
    )
    parser.add_argument(
        "--sample", type=_count, metavar="N", help="only N of the questions, always the same N"
    )
    _add_split(parser)


def _add_documents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--documents",
        type=Path,
        metavar="PATH",
        help="a folder of documents or a corpus.jsonl (default: the bundled documents, or the corpus.jsonl "
        "of a BEIR folder)",
    )


def _add_split(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--split", default="test", help="which qrels of a BEIR folder (default: test)")


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the runs go (default: in --data)")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of questions")
    return int(text)


def _default_data() -> Path:
    named = os.environ.get("INSPECTION_QA_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir("inspection-qa", appauthor=False))
