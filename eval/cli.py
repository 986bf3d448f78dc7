"""The commands of the evaluation: `inspection-qa eval ...`, the same as `python -m eval ...`.

Exit status: 0 done, 1 the gate failed or something broke, 2 wrong usage or input.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.read import read_documents
from eval.ablation import ablate, ablation_table, weights_without
from eval.answers import read_answers
from eval.arguments import LISTED, build_parser
from eval.beir import is_beir, read_beir
from eval.compare import compare
from eval.draft import as_question, draft_questions
from eval.equal_silence import equally_silent
from eval.errors import BadRun, EvaluationError, WouldOverwrite
from eval.gate import check_run, make_baseline, read_baseline, write_baseline
from eval.headline import headline_table, held_out_sentence
from eval.jsonl import write_lines
from eval.material import (
    DEVELOPMENT_QUESTIONS,
    HELD_OUT_QUESTIONS,
    Material,
    documents_place,
    read_material,
    read_texts,
)
from eval.measure import SHOWN
from eval.peers import PACKAGES, PEERS
from eval.questions import check_questions, read_questions
from eval.run import Kept, Run, ask_all, load_run, save_run, score_run
from eval.settings import documents_sha256
from eval.side_by_side import (
    Entrant,
    kept_entrant,
    own_entrant,
    peer_entrant,
    peers_set_tables,
    peers_table,
    run_peer,
)
from eval.table import (
    as_markdown,
    as_text,
    breakdown_table,
    calibration_sentence,
    comparison_table,
    gate_table,
    latency_sentence,
    overall_table,
    sets_table,
)
from eval.timeline_report import run_timeline
from index.errors import SearchIndexError
from qa.errors import QuestionError
from qa.weights import PARTS, SHIPPED, Weights

if TYPE_CHECKING:
    from qa.assistant import Assistant

_EXPECTED = (EvaluationError, CorpusError, SearchIndexError, QuestionError, UnicodeError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as exc:  # argparse has said what is wrong, or has printed its help
        return 2 if exc.code else 0
    try:
        return _COMMANDS[arguments.command](arguments)
    except _EXPECTED as exc:
        return _say(str(exc), status=2)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as exc:
        return _say(f"{exc.filename or 'a file'} cannot be used: {exc.strerror or exc}", status=2)
    except Exception as exc:  # a person gets a sentence, whatever broke
        return _say(f"something broke that should not have ({type(exc).__name__}: {exc})", status=1)


def _run(arguments: argparse.Namespace) -> int:
    from eval.plots import check_installed
    from eval.report import write_report

    check_installed()
    material = _material(arguments)
    if arguments.answers is not None:
        answers = read_answers(arguments.answers, [question.id for question in material.questions])
    else:
        assistant = _assistant(
            arguments, material, model=arguments.model, weights=weights_without(arguments.without)
        )
        answers = ask_all(assistant, material.questions, progress=_show_progress)
    label = arguments.label or " ".join(("inspection-qa", *(f"without {part}" for part in arguments.without)))
    settings = material.settings | {"without": list(arguments.without)}
    run = score_run(label, settings, material.questions, answers, material.texts)
    folder = arguments.out or _new_folder(arguments.data)
    save_run(run, folder)
    page, _ = write_report(load_run(folder), material.texts, folder)
    _print_summary(run)
    print(f"Run folder: {folder}\nReport: {page}")
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    a, b = load_run(arguments.a), load_run(arguments.b)
    if arguments.equally_silent:
        a, b = equally_silent(a, b)
    differences = compare(a, b)
    if arguments.json:
        print(json.dumps([asdict(found) for found in differences], indent=2))
        return 0
    listed = tuple(arguments.measure or LISTED)
    print(as_text(comparison_table(a.label, b.label, differences, (*SHOWN, *listed))))
    for found in differences:
        if found.measure in listed:
            won, lost = (", ".join(ids) or "none" for ids in (found.won, found.lost))
            print(f"{found.measure}: won {won}; lost {lost}")
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from eval.report import write_report

    kept, texts = load_run(arguments.run), read_texts(documents_place(arguments.documents))
    if documents_sha256(texts) != kept.settings["documents_sha256"]:
        raise BadRun(f"the run in {arguments.run} was made on other documents; name them with --documents")
    folder = arguments.out or arguments.run
    folder.mkdir(parents=True, exist_ok=True)
    page, markdown = write_report(kept, texts, folder)
    print(f"Report: {page}\nAs Markdown: {markdown}")
    return 0


def _gate(arguments: argparse.Namespace) -> int:
    if arguments.record:
        kept = _gated_run(arguments)
        write_baseline(arguments.baseline, make_baseline(kept.summary.overall, kept.settings))
        print(f"Baseline written: {arguments.baseline}")
        return 0
    baseline = read_baseline(arguments.baseline)
    kept = _gated_run(arguments)
    checked = check_run(baseline, kept.summary.overall, kept.settings)
    print(as_text(gate_table(checked)))
    return 0 if all(one.passed for one in checked) else 1


def _peers(arguments: argparse.Namespace) -> int:
    from index.minilm import load_encoder

    material = _material(arguments, packages=PACKAGES)
    own = None if arguments.with_run is None else kept_entrant(load_run(arguments.with_run), material)
    encoder = load_encoder()
    folder = arguments.out or _new_folder(arguments.data)
    entrants: list[Entrant] = []
    for name in arguments.system or PEERS:
        print(name, file=sys.stderr)
        made = run_peer(PEERS[name], material, encoder, progress=_show_progress)
        run = score_run(name, material.settings, material.questions, made.answers, material.texts)
        save_run(run, folder / name)
        entrants.append(peer_entrant(run, made))
    entrants.append(own or own_entrant(_asked_now(arguments, material, folder / "inspection-qa")))
    tables = (peers_table(entrants), *peers_set_tables(entrants))
    markdown = "\n\n".join(as_markdown(table) for table in tables)
    (folder / "peers.md").write_text(markdown, encoding="utf-8", newline="\n")
    for table in tables:
        print(as_text(table))
    print(f"Run folders and the table as Markdown: {folder}")
    return 0


def _ablate(arguments: argparse.Namespace) -> int:
    material = _material(arguments)

    def open_with(weights: Weights) -> Assistant:
        return _assistant(arguments, material, weights=weights)

    variants = ablate(
        open_with, arguments.part or PARTS, material.questions, material.texts, progress=_show_progress
    )
    table = ablation_table(variants)
    if arguments.out is not None:
        arguments.out.write_text(as_markdown(table), encoding="utf-8", newline="\n")
    print(as_text(table))
    return 0


def _calibrate(arguments: argparse.Namespace) -> int:
    from eval.calibrate import (
        assess,
        check_questions_to_fit,
        observe,
        quality_table,
        weights_table,
        write_fitted,
    )
    from eval.logistic import fit

    held_out = () if arguments.questions else HELD_OUT_QUESTIONS
    arguments.questions = arguments.questions or list(DEVELOPMENT_QUESTIONS)
    material = _material(arguments)
    check_questions_to_fit(material.questions)
    assistant = _assistant(arguments, material)
    observed = observe(assistant, material.questions, progress=_show_progress)
    fitted, cross_validated = fit(observed)
    rows = [("cross-validated", len(observed.answerable), cross_validated)]
    for path in held_out:
        seen = observe(assistant, read_questions([path], material.texts), progress=_show_progress)
        rows.append((path.stem.replace("_", " "), len(seen.answerable), assess(fitted, seen)))
    write_fitted(arguments.out, fitted, material.settings["question_files"])
    print(as_text(weights_table(fitted)))
    print(as_text(quality_table(rows)))
    print(f"Written: {arguments.out}")
    return 0


def _draft(arguments: argparse.Namespace) -> int:
    drafts = draft_questions(read_documents(documents_place(arguments.documents)).documents)
    lines = [as_question(draft, number) for number, draft in enumerate(drafts, start=1)]
    if arguments.out is None:
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
        return 0
    if arguments.out.exists():
        raise WouldOverwrite(
            f"{arguments.out} exists already; name a new file, so that nobody's edits are lost"
        )
    write_lines(arguments.out, lines)
    print(f"{len(lines)} drafts written to {arguments.out}; edit them before any joins a question file.")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    texts = read_texts(documents_place(arguments.documents, [arguments.file]))
    if is_beir(arguments.file):
        print(f"{len(read_beir(arguments.file, texts, split=arguments.split))} questions, no problem found.")
        return 0
    questions, problems = check_questions(arguments.file, texts)
    for problem in problems:
        print(f"{arguments.file.name}, {problem}", file=sys.stderr)
    if problems:
        print(f"{len(questions)} questions can be used, {len(problems)} lines cannot.")
        return 2
    print(f"{len(questions)} questions, no problem found.")
    return 0


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "compare": _compare,
    "report": _report,
    "gate": _gate,
    "peers": _peers,
    "ablate": _ablate,
    "calibrate": _calibrate,
    "draft": _draft,
    "check": _check,
    "timeline": run_timeline,
}


def _gated_run(arguments: argparse.Namespace) -> Kept:
    """The run that was named, or one made now and not kept."""
    if arguments.run is not None:
        return load_run(arguments.run)
    with tempfile.TemporaryDirectory() as folder:
        _asked_now(arguments, _material(arguments), Path(folder))
        return load_run(Path(folder))


def _asked_now(arguments: argparse.Namespace, material: Material, folder: Path) -> Run:
    assistant = _assistant(arguments, material)
    answers = ask_all(assistant, material.questions, progress=_show_progress)
    run = score_run("inspection-qa", material.settings, material.questions, answers, material.texts)
    save_run(run, folder)
    return run


def _material(arguments: argparse.Namespace, *, packages: Sequence[str] = ()) -> Material:
    return read_material(
        arguments.documents,
        arguments.questions,
        split=arguments.split,
        sample=arguments.sample,
        packages=packages,
    )


def _assistant(
    arguments: argparse.Namespace,
    material: Material,
    *,
    model: str | None = None,
    weights: Weights = SHIPPED,
) -> Assistant:
    from qa.assistant import open_assistant  # only where something is asked: it brings the index with it

    return open_assistant(material.documents, arguments.data, model=model, weights=weights, alone=True)


def _new_folder(data: Path) -> Path:
    return data / "eval" / datetime.now().strftime("%Y%m%d-%H%M%S")


def _print_summary(run: Run) -> None:
    """The tables from the long to the short: what it comes to stands last, where it is seen."""
    summary = run.summary
    print(as_text(overall_table(summary)))
    print(as_text(breakdown_table("By type of question", "Type", summary.types, summary.overall)))
    if len(summary.sets) > 1:
        print(as_text(sets_table(summary)))
    print(calibration_sentence(summary))
    print(f"{latency_sentence(summary)}\n")
    print(as_text(headline_table(summary)))
    if sentence := held_out_sentence(summary):
        print(f"{sentence}\n")


def _show_progress(done: int, total: int) -> None:
    """One line on standard error, written over; nothing where that is not a terminal."""
    if sys.stderr.isatty():
        print(
            f"\r{done} of {total} questions", end="\n" if done == total else "", file=sys.stderr, flush=True
        )


def _say(sentence: str, *, status: int) -> int:
    print(f"inspection-qa eval: {sentence}", file=sys.stderr)
    return status
