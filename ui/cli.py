"""The command line: `inspection-qa serve | ask | index | batch | timeline | quiz | ... | bench`."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import CorpusError
from corpus.file_report import in_words
from index.errors import SearchIndexError
from qa.errors import QuestionError
from ui.errors import UiError, UsageError
from ui.progress_line import ProgressLine
from ui.quiz_command import add_quiz_options, run_quiz
from ui.session_command import add_build_options, run_build, run_example
from ui.timeline_command import add_timeline_options, run_timeline
from ui.training_commands import add_json, print_theme, print_themes, run_grades
from ui.visible import VisibleStream

if TYPE_CHECKING:
    from corpus.collection import Collection
    from index.build import BuildReport
    from qa.answer import Answer
    from qa.assistant import Assistant
    from qa.live_assistant import LiveAssistant
    from ui.documents_desk import Desk

_HANDED_OVER = {"eval": "eval.cli", "bench": "eval.bench_cli"}  # commands of another package
_DONE, _FAULT, _WRONG_INPUT = 0, 1, 2
_TRACEBACK = "INSPECTION_QA_TRACEBACK"
OPEN_ADDRESS = (
    "'{host}' may be reached from other computers, and there is no sign-in: whoever reaches it can read "
    "the documents. Add --open-to-the-network if that is meant, or leave --host away."
)
_EXPECTED = (CorpusError, SearchIndexError, QuestionError, UiError)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status is 0 when done, 2 for wrong usage or input, 1 for a fault."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in _HANDED_OVER:
        return _hand_over(_HANDED_OVER[arguments[0]], arguments[1:])
    options = _parser().parse_args(arguments)
    try:
        with redirect_stdout(VisibleStream(sys.stdout)):  # what documents hold gives a terminal no orders
            return int(options.run(options))
    except _EXPECTED as exc:
        return _say_wrong(str(exc), _WRONG_INPUT)
    except OSError as exc:
        return _say_wrong(f"{exc.filename or 'A file'} cannot be used: {exc.strerror or exc}.", _FAULT)
    except KeyboardInterrupt:
        return _say_wrong("Stopped.", _FAULT)
    except Exception as exc:  # a fault of the program: whoever reports it can ask for the traceback
        if os.environ.get(_TRACEBACK):
            raise
        fault = " ".join(f"{type(exc).__name__}: {exc}".split())
        return _say_wrong(f"A fault in the program ({fault}); set {_TRACEBACK}=1 to see where.", _FAULT)


def _say(sentence: str) -> None:
    print(f"inspection-qa: {sentence}", file=sys.stderr)


def _say_wrong(sentence: str, status: int) -> int:
    _say(sentence)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspection-qa", description="Answers from documents, in quotations."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = _command(commands, "serve", _serve, "serve the page in a browser")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument(
        "--open-to-the-network",
        action="store_true",
        help="let --host be an address that others can reach: there is no sign-in, so whoever "
        "reaches it can read the documents",
    )
    serve.add_argument(
        "--anyone-may-change-documents",
        action="store_true",
        help="let whoever reaches the page from another computer add and remove documents too",
    )
    serve.add_argument("--port", type=_port, default=7860, help="port to listen on (default: 7860)")

    ask = _command(commands, "ask", _ask, "ask one question")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")

    index = _command(commands, "index", _index, "bring the index up to date with the documents")
    index.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="documents (as --documents)")
    index.add_argument("--json", action="store_true", help="print the report as one JSON object")
    index.add_argument(
        "--watch", action="store_true", help="index again whenever a file changes, until Ctrl+C"
    )

    batch = _command(commands, "batch", _batch, "answer a file of questions")
    batch.add_argument("questions", metavar="QUESTIONS.jsonl", type=Path)
    batch.add_argument("--out", metavar="ANSWERS.jsonl", type=Path, required=True)

    _add_training(commands)

    feedback = _command(commands, "feedback", _feedback, "count or export what people said of answers")
    feedback.add_argument(
        "--export", metavar="FILE", type=Path, help="write it as a question file for the evaluation"
    )

    commands.add_parser("eval", help="score the assistant: see `inspection-qa eval --help`")
    commands.add_parser("bench", help="measure how fast it is: see `inspection-qa bench --help`")
    return parser


def _add_training(commands: Any) -> None:
    """The commands of the second use: what the documents say over time, a quiz, a session."""
    timeline = _command(commands, "timeline", _timeline, "list what the documents date")
    add_timeline_options(timeline)

    quiz = _command(commands, "quiz", _quiz, "make quiz questions from statements in the documents")
    add_quiz_options(quiz)

    session = commands.add_parser("session", help="papers of a training session")
    session_commands = session.add_subparsers(required=True, metavar="COMMAND")
    add_build_options(
        _command(session_commands, "build", _session, "write handout, key and quiz of a session")
    )
    _command(session_commands, "example", _session_example, "print an example of a session file")

    themes = _command(commands, "themes", _themes, "list the themes that recur, or what is said of one")
    themes.add_argument("words", metavar="WORDS", nargs="?", help="a theme, in any words")
    add_json(themes)
    add_json(_command(commands, "grades", _grades, "list the grades that the documents give"))


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], purpose: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=purpose, description=purpose)
    parser.set_defaults(run=run)
    parser.add_argument(
        "--documents", metavar="PATH", type=Path, help="a folder, one document, or corpus.jsonl"
    )
    parser.add_argument("--data", metavar="DIR", type=Path, help="where the index is kept")
    parser.add_argument("--model", metavar="NAME", help="a sentence-transformers model, by name or folder")
    parser.add_argument(
        "--reader",
        metavar="NAME",
        help="a sentence-transformers cross-encoder, by name or folder, in place of the bundled reader; "
        "'none' for no reader",
    )
    return parser


def _port(text: str) -> int:
    if not (text.isdigit() and int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"'{text}' is not a port; give a number from 0 to 65535")
    return int(text)


def bundled_documents() -> Path:
    """The documents that ship with the software."""
    found = find_spec("corpus")
    if found is None or found.origin is None:
        raise UsageError("The bundled documents are not installed; name a folder with --documents.")
    return Path(found.origin).parent / "documents"


def data_folder(named: Path | None) -> Path:
    """Where indexes are kept: --data, else INSPECTION_QA_DATA, else the user's own data folder."""
    if named is not None:
        return named
    from_environment = os.environ.get("INSPECTION_QA_DATA")
    if from_environment:
        return Path(from_environment)
    from platformdirs import user_data_path

    return user_data_path("inspection-qa", appauthor=False)


def _collection(options: argparse.Namespace) -> Collection:
    """The documents of a command that needs no index."""
    from corpus.collection import collection_of

    return collection_of(options.documents or bundled_documents(), data_folder(options.data))


def _open(options: argparse.Namespace) -> Assistant:
    from qa.assistant import open_assistant

    documents = options.documents or bundled_documents()
    with ProgressLine(sys.stderr) as progress:
        return open_assistant(
            documents,
            data_folder(options.data),
            model=options.model,
            reader=options.reader,
            progress=progress,
            notice=_say,
        )


def _serve(options: argparse.Namespace) -> int:
    from ui.own_visitors import is_loopback  # brings Starlette

    if not (is_loopback(options.host) or options.open_to_the_network):
        raise UsageError(OPEN_ADDRESS.format(host=options.host))
    from ui.server import serve

    data = data_folder(options.data)
    serve(
        lambda: _open_live(options),
        host=options.host,
        port=options.port,
        data=data,
        open_desk=lambda live: _open_desk(live, options),
        from_anywhere=options.anyone_may_change_documents,
    )
    return _DONE


def _open_live(options: argparse.Namespace) -> LiveAssistant:
    """An assistant that has its model loaded, so that the first person does not wait for it."""
    from qa.live_assistant import open_live_assistant

    with ProgressLine(sys.stderr) as progress:
        assistant = open_live_assistant(
            options.documents or bundled_documents(),
            data_folder(options.data),
            model=options.model,
            reader=options.reader,
            progress=progress,
            notice=_say,
        )
    assistant.warm_up()
    return assistant


def _open_desk(live: object, options: argparse.Namespace) -> Desk | None:
    """What changes the documents of the server."""
    from qa.live_assistant import LiveAssistant
    from ui.documents_desk import open_desk

    if not isinstance(live, LiveAssistant):
        return None
    return open_desk(live, options.documents or bundled_documents(), data_folder(options.data), options.model)


def _ask(options: argparse.Namespace) -> int:
    from qa.contract import answer_to_json
    from qa.question import check

    check(options.question)  # before the slow part
    assistant = _open(options)
    started = time.perf_counter()
    answer = assistant.ask(options.question)
    if options.json:
        elapsed = 1000 * (time.perf_counter() - started)
        print(json.dumps(answer_to_json(answer, id=None, elapsed_ms=elapsed), ensure_ascii=False))
    else:
        print("\n".join(_answer_lines(answer, assistant)))
    return _DONE


def _answer_lines(answer: Answer, assistant: Assistant) -> Iterator[str]:
    yield answer.text
    details = dict(assistant.details())
    for citation in answer.citations:
        title = details[citation.document_id].title
        date = f", {citation.published:%d %B %Y}".replace(", 0", ", ") if citation.published else ""
        yield f"[{citation.number}] {title}{date}: {citation.locator} ({citation.document_id})"
    if not answer.answerable:
        for hit in answer.hits[:3]:
            yield f"- {details[hit.passage.document_id].title}: {' '.join(hit.passage.text.split())}"


def _index(options: argparse.Namespace) -> int:
    from index.minilm import load_encoder
    from qa.assistant import bring_up_to_date

    if len(options.paths) + (options.documents is not None) > 1:
        raise UsageError("Name one place with documents: a folder, one document or a corpus.jsonl.")
    documents = options.documents or next(iter(options.paths), None) or bundled_documents()
    if options.watch:
        return _watch(options, documents)
    with ProgressLine(sys.stderr) as progress:
        report = bring_up_to_date(
            documents,
            data_folder(options.data),
            load_encoder(options.model),
            progress=progress,
            most_checked=math.inf,
        )
    if options.json:
        print(json.dumps(_report_to_json(report), ensure_ascii=False))
    else:
        print("\n".join(_report_lines(report)))
    return _DONE


def _watch(options: argparse.Namespace, documents: Path) -> int:
    from index.minilm import load_encoder
    from qa.assistant import bring_up_to_date
    from ui.watch import watch

    if options.json:
        raise UsageError("--watch prints a line for each change; leave --json away.")
    if not documents.exists():
        raise UsageError(f"{documents} does not exist; name the folder that is to be watched.")
    encoder = load_encoder(options.model)

    def index() -> BuildReport:
        return bring_up_to_date(documents, data_folder(options.data), encoder, progress=lambda _: None)

    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is ended, and no fault
        watch(documents, index)
    return _DONE


def _batch(options: argparse.Namespace) -> int:
    from ui.batch import answer_all, read_questions

    lines = read_questions(options.questions)
    failed = answer_all(lines, _open(options), options.out)
    if failed:
        counted = f"{failed} of {len(lines)} lines could not be asked"
        print(f"inspection-qa: {counted}; see `error` in {options.out}.", file=sys.stderr)
    return _DONE


def _timeline(options: argparse.Namespace) -> int:
    about = None
    if options.theme is not None:
        from qa.question import check

        check(options.theme)  # before the slow part
        about = _open(options).inspection_history().finder.places(options.theme)
    return run_timeline(options, _collection(options), about)


def _themes(options: argparse.Namespace) -> int:
    from qa.question import check

    if options.words is None:
        return print_themes(_open(options).inspection_history(), as_json=options.json)
    check(options.words)  # before the slow part
    history = _open(options).inspection_history()
    return print_theme(history.theme(options.words), history.details, as_json=options.json)


def _grades(options: argparse.Namespace) -> int:
    return run_grades(_collection(options), as_json=options.json)


def _quiz(options: argparse.Namespace) -> int:
    return run_quiz(options, _collection(options))


def _session(options: argparse.Namespace) -> int:
    return run_build(options, lambda: _open(options))


def _session_example(_: argparse.Namespace) -> int:
    return run_example()


def _feedback(options: argparse.Namespace) -> int:
    from ui.feedback import IN_WORDS, open_feedback
    from ui.feedback_questions import question_lines

    said = open_feedback(data_folder(options.data)).all()
    if options.export is None:
        for verdict, words in IN_WORDS.items():
            print(f"{words}: {sum(one.verdict is verdict for _, one in said)}")
        return _DONE
    lines, incomplete = question_lines(said)
    options.export.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(
        f"{len(lines)} questions written to {options.export}; {incomplete} of them must be completed by a "
        "person first: see 'to_complete' in their lines."
    )
    return _DONE


def _hand_over(module: str, arguments: list[str]) -> int:
    # By name, since ui and eval never import each other: the command line only hands over.
    from importlib import import_module

    return int(import_module(module).main(arguments))


def _report_to_json(report: BuildReport) -> dict[str, Any]:
    return asdict(report)


def _report_lines(report: BuildReport) -> Iterator[str]:
    done = f"encoded {report.encoded} texts, reused {report.reused}"
    state = "the index was up to date" if report.up_to_date else done
    yield f"{report.documents} documents, {report.passages} passages; {state}."
    if report.note:
        yield report.note
    yield from map(in_words, report.files)
    for skipped in report.skipped:
        page = f", page {skipped.page}" if skipped.page else ""
        yield f"Not read: {skipped.path}{page}: {skipped.reason}."


if __name__ == "__main__":
    sys.exit(main())
