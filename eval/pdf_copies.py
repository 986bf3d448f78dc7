"""The evaluation over copies of the documents as PDFs: `python -m eval.pdf_copies`.

Each copy is the same documents set by another program, in one or two columns, or scanned. The
questions stay as they are; their evidence is looked up in what was read of each copy. What the
copies lose against the text files is what reading PDFs loses.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.catalogue import CATALOGUE_NAME
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.read import read_documents
from eval.ablation import weights_without
from eval.errors import EvaluationError
from eval.evidence_match import Squashed, match_quote
from eval.jsonl import Object
from eval.material import BUNDLED_DOCUMENTS, BUNDLED_QUESTIONS
from eval.pdf_typeset import scan, typeset_with_libreoffice, typeset_with_reportlab
from eval.question import Question, Quote
from eval.questions import read_questions
from eval.run import Run, ask_all, save_run, score_run
from eval.span import Span
from eval.table import Table, as_markdown, as_text
from qa.weights import PARTS

TEXT = "text"  # the files themselves, which the copies are compared with
SCANNED = "scan"  # of the copy by LibreOffice in one column
_FOOT = 400  # letters and digits at the end of a page, footnotes too, where what a break cuts off must stand
_SHORT = 20  # letters and digits; words as short as that must stand as they are
_LIKENESS = 85.0  # of 100 (Indel similarity)


@dataclass(frozen=True, slots=True)
class Copy:
    """What became of one copy of the documents."""

    name: str
    pages: int
    seconds: float  # for reading and indexing all of it, where that was not done before
    lost: tuple[str, ...]  # ids of the questions with a quote that was not found in the copy
    run: Run
    cited: int
    rightly_paged: int


def main(argv: Sequence[str] | None = None) -> int:
    """Make the copies, ask every question over each, print the table."""
    arguments = _parser().parse_args(argv)
    try:
        copies = _evaluated(arguments)
    except (EvaluationError, CorpusError) as exc:
        print(f"eval.pdf_copies: {exc}", file=sys.stderr)
        return 2
    table = _table(copies)
    (arguments.out / "copies.md").write_text(as_markdown(table), encoding="utf-8", newline="\n")
    print(as_text(table))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.pdf_copies", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="copies, indexes and runs")
    parser.add_argument(
        "--copy", action="append", choices=(TEXT, *MAKERS), help="only this one; may be repeated"
    )
    parser.add_argument(
        "--without", action="append", default=[], choices=PARTS, help="switch a part of the search off"
    )
    return parser


def _evaluated(arguments: argparse.Namespace) -> list[Copy]:
    texts = read_documents(BUNDLED_DOCUMENTS).documents
    questions = read_questions(BUNDLED_QUESTIONS, {one.id: one.text for one in texts})
    found = []
    for name in arguments.copy or (TEXT, *MAKERS):
        place = BUNDLED_DOCUMENTS if name == TEXT else make_copy(name, texts, arguments.out)
        found.append(_evaluate(name, place, arguments, questions, texts))
    return found


def make_copy(name: str, documents: Sequence[Document], out: Path) -> Path:
    """The folder of a copy, made where it is not there yet; its catalogue says what the original's says."""
    catalogue = BUNDLED_DOCUMENTS / CATALOGUE_NAME
    folder = out / "copies" / name
    if not (folder / CATALOGUE_NAME).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        MAKERS[name](documents, folder)
        entries = catalogue.read_text(encoding="utf-8").replace('.txt"', '.pdf"')
        (folder / CATALOGUE_NAME).write_text(entries, encoding="utf-8", newline="\n")
    return folder


def _scanned(documents: Sequence[Document], folder: Path) -> None:
    typeset_with_libreoffice(documents, folder, columns=1)
    for path in sorted(folder.glob("*.pdf")):
        path.write_bytes(scan(path.read_bytes()))


MAKERS: Mapping[str, Callable[[Sequence[Document], Path], None]] = {
    "libreoffice-1": lambda documents, folder: typeset_with_libreoffice(documents, folder, columns=1),
    "libreoffice-2": lambda documents, folder: typeset_with_libreoffice(documents, folder, columns=2),
    "reportlab-1": lambda documents, folder: typeset_with_reportlab(documents, folder, columns=1),
    "reportlab-2": lambda documents, folder: typeset_with_reportlab(documents, folder, columns=2),
    SCANNED: _scanned,
}


def _evaluate(
    name: str,
    place: Path,
    arguments: argparse.Namespace,
    questions: Sequence[Question],
    originals: Sequence[Document],
) -> Copy:
    from qa.assistant import open_assistant

    started = time.perf_counter()
    weights = weights_without(arguments.without)
    assistant = open_assistant(place, arguments.out / "data" / name, weights=weights)
    seconds = time.perf_counter() - started
    documents = [assistant.document(identifier) for identifier, _ in assistant.details()]
    moved, lost = move_evidence(questions, {one.id: one.text for one in documents})
    answers = ask_all(assistant, moved, progress=_show_progress)
    texts = {one.id: one.text for one in documents}
    run = score_run(name, {"documents": str(place), "without": arguments.without}, moved, answers, texts)
    save_run(run, arguments.out / "runs" / name)
    printed = {} if name == TEXT else printed_pages(arguments.out, name, originals)
    cited, right = check_pages(answers, printed)
    found = run.summary.overall["coverage@5"].mean
    print(f"{name}: coverage@5 {found:.3f}, {right} of {cited} citations on their page", file=sys.stderr)
    return Copy(name, sum(len(one.pages) for one in documents), seconds, lost, run, cited, right)


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done} of {total} questions", end=end, file=sys.stderr, flush=True)


def move_evidence(
    questions: Sequence[Question], texts: Mapping[str, str]
) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The questions with their evidence where it stands in the copies, and the ids of those that lost some.

    A document is the copy of the one whose name differs in its ending only. A quote that is not
    found keeps a place that nothing can cover, so that it counts against the copy.
    """
    copies = {Path(name).stem: (name, Squashed.of(text)) for name, text in texts.items()}
    lost: list[str] = []
    moved: list[Question] = []
    for question in questions:
        groups = []
        for group in question.evidence:
            quotes = [_moved(quote, *copies[Path(quote.document).stem]) for quote in group]
            lost += [question.id for quote in quotes if quote.places[0].start >= len(texts[quote.document])]
            groups.append(tuple(quotes))
        moved.append(replace(question, evidence=tuple(groups)))
    return tuple(moved), tuple(dict.fromkeys(lost))


def _moved(quote: Quote, name: str, text: Squashed) -> Quote:
    places = match_quote(quote.text, text)
    beyond = (text.length, text.length + len(quote.text))
    return Quote(name, quote.text, tuple(Span(name, *place) for place in places or [beyond]))


def printed_pages(out: Path, name: str, documents: Sequence[Document]) -> dict[str, list[str]]:
    """What stands on each page of a copy by another reader (pypdf), letters and digits only, by document.

    A scan has the pages of the copy that it is a picture of.
    """
    from pypdf import PdfReader

    source = "libreoffice-1" if name == SCANNED else name
    folder = make_copy(source, documents, out)
    return {
        path.name: [Squashed.of(page.extract_text()).letters for page in PdfReader(path).pages]
        for path in sorted(folder.glob("*.pdf"))
    }


def check_pages(answers: Sequence[Object], printed: Mapping[str, list[str]]) -> tuple[int, int]:
    """How many citations of paged documents there are, and how many begin and end on the pages they name."""
    cited = right = 0
    for citation in (one for answer in answers for one in answer.get("citations", ())):
        if citation["pages"] is None:
            continue
        cited += 1
        right += _is_on(citation, printed[citation["document"]])
    return cited, right


def _is_on(citation: Any, pages: Sequence[str]) -> bool:
    first, last = citation["pages"]
    letters = Squashed.of(citation["quote"]).letters
    if first == last:
        return _stands(letters, pages[first - 1])
    return any(
        _stands(letters[n:], pages[last - 1]) and letters[:n] in pages[first - 1][-_FOOT - n :]
        for n in range(1, len(letters))
    )


def _stands(letters: str, page: str) -> bool:
    """Whether the letters stand on the page; those of a scan may err, and a footnote may part them."""
    from rapidfuzz.fuzz import partial_ratio

    return letters in page or (len(letters) > _SHORT and partial_ratio(letters, page) >= _LIKENESS)


def _table(copies: Sequence[Copy]) -> Table:
    base = next((_coverage(copy) for copy in copies if copy.name == TEXT), None)
    rows = [
        (
            copy.name,
            str(copy.pages or "-"),
            f"{copy.seconds:.1f}",
            f"{_coverage(copy):.3f}",
            "-" if base is None else f"{_coverage(copy) - base:+.3f}",
            f"{copy.rightly_paged} of {copy.cited}" if copy.pages else "-",
            str(len(copy.lost)),
        )
        for copy in copies
    ]
    heads = (
        "Copy",
        "Pages",
        "Seconds to index",
        "coverage@5",
        "To text",
        "Citations on their page",
        "Evidence lost",
    )
    return Table("Copies as PDFs", heads, tuple(rows))


def _coverage(copy: Copy) -> float:
    return copy.run.summary.overall["coverage@5"].mean


if __name__ == "__main__":
    sys.exit(main())
