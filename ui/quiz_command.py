"""The command `inspection-qa quiz`: questions over the documents, as text or as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ui.errors import UsageError

if TYPE_CHECKING:
    from corpus.collection import Collection
    from corpus.document import Skipped
    from ui.quiz_form import QuizWish

FORMATS = ("text", "json", "gift", "csv", "docx")
_NO_QUESTIONS = "The documents give no question of this kind; ask for other kinds, or for fewer filters."


def add_quiz_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command, besides those that every command has."""
    parser.add_argument("--count", default="10", metavar="N", help="how many questions (default: 10)")
    parser.add_argument("--seed", default="0", metavar="S", help="which selection (default: 0)")
    parser.add_argument(
        "--kinds",
        nargs="+",
        default=[],
        metavar="KIND",
        help="only these: number, date, name, grade, inspection, order, match",
    )
    parser.add_argument(
        "--document", action="append", default=[], metavar="NAME", help="only this document; may be repeated"
    )
    parser.add_argument("--from", dest="first", default="", metavar="DATE", help="only from this time on")
    parser.add_argument("--to", dest="last", default="", metavar="DATE", help="only up to this time")
    parser.add_argument("--about", default="", metavar="WORDS", help="only statements that hold these words")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument("--without-key", action="store_true", help="leave out the key: text, csv, docx")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to a file; docx needs one")


def run_quiz(options: argparse.Namespace, collection: Collection) -> int:
    """Prints or writes a quiz over the documents; needs no index and no model.

    Raises UsageError for options that cannot be used, and what reading raises.
    """
    from corpus.collection import read_collection  # here, so that other commands do not wait for it
    from qa.quiz import QuizMaker
    from ui.quiz_export import export_quiz

    if options.format == "docx" and options.out is None:
        raise UsageError("A Word document is not printed; name a file for it with --out.")
    reading = read_collection(collection)
    details = {document.id: document.details for document in reading.documents}
    wish = _wish(options, list(details))
    _complain(reading.skipped)
    questions = QuizMaker(reading.documents).choose(
        count=wish.count, seed=wish.seed, kinds=wish.kinds, narrowed=wish.narrowed
    )
    if not questions:
        print(f"inspection-qa: {_NO_QUESTIONS}", file=sys.stderr)
    elif len(questions) < wish.count:
        print(f"inspection-qa: {len(questions)} questions; no more can be made.", file=sys.stderr)
    content = export_quiz(questions, details, options.format, with_key=not options.without_key)
    if options.out is not None:
        options.out.write_bytes(content)
    else:
        print(content.decode("utf-8-sig"), end="")
    return 0


def _wish(options: argparse.Namespace, documents: list[str]) -> QuizWish:
    from ui.quiz_form import QuizForm, QuizWish, understand

    form = QuizForm(
        count=options.count,
        seed=options.seed,
        kinds=tuple(one for kinds in options.kinds for one in kinds.replace(",", " ").split()),
        documents=tuple(options.document),
        first=options.first,
        last=options.last,
        about=options.about,
    )
    wish = understand(form, documents)
    if not isinstance(wish, QuizWish):
        raise UsageError(wish)
    return wish


def _complain(skipped: tuple[Skipped, ...]) -> None:
    for one in skipped:
        page = f", page {one.page}" if one.page else ""
        print(f"Not read: {one.path}{page}: {one.reason}.", file=sys.stderr)
