"""The command `inspection-qa session`: the papers of a session without a browser, and the example plan."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.errors import UsageError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.session_content import SessionContent
    from qa.session_plan import SessionPlan

NOT_READ = "{path} cannot be read: {reason}. Give a session file, as `inspection-qa session example` prints."
NO_FOLDER = "{path} is a file; give a folder with --out."


def add_build_options(parser: argparse.ArgumentParser) -> None:
    """The options of `session build`, besides those that every command has."""
    parser.add_argument("plan", metavar="PLAN.toml", type=Path, help="the session file")
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="where the papers go")


def run_build(options: argparse.Namespace, open_assistant: Callable[[], Assistant]) -> int:
    """Writes handout, key, quiz and plan of a session.

    Raises BadPlan and UsageError before anything slow is done, and what opening the assistant raises.
    """
    plan = read_plan_file(options.plan)
    folder: Path = options.out
    if folder.exists() and not folder.is_dir():
        raise UsageError(NO_FOLDER.format(path=folder))
    assistant = open_assistant()
    from qa.session_content import session_content

    content = session_content(plan, assistant)
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in session_files(plan, content, assistant).items():
        folder.joinpath(name).write_bytes(written)
        print(folder / name)
    print(plan.balance)
    for block in content.blocks:
        for remark in block.remarks:
            print(f"{block.title}: {remark}", file=sys.stderr)
    return 0


def run_example() -> int:
    """Prints the example session."""
    from qa.session_file import example_plan

    print(example_plan(), end="")
    return 0


def read_plan_file(path: Path) -> SessionPlan:
    """The plan in a file. Raises UsageError where there is none, BadPlan where it cannot be used."""
    from qa.session_file import read_plan

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise UsageError(NOT_READ.format(path=path, reason=exc.strerror or exc)) from exc
    except UnicodeDecodeError as exc:
        raise UsageError(NOT_READ.format(path=path, reason="it is not text in UTF-8")) from exc
    return read_plan(text.replace("\r\n", "\n"))


def session_files(plan: SessionPlan, content: SessionContent, assistant: Assistant) -> dict[str, bytes]:
    """Every file of a session by its name; those of a quiz only where there is one."""
    from qa.quiz_files import quiz_to_csv
    from qa.quiz_gift import quiz_to_gift
    from qa.session_file import write_plan
    from ui.session_paper import handout, key, made_on
    from ui.session_paper_docx import paper_docx
    from ui.session_paper_html import standing_alone

    day = datetime.now(UTC).astimezone().date()
    papers = {
        "handout": handout(content, assistant, made_on(day)),
        "key": key(content, assistant, made_on(day)),
    }
    files = {f"{name}.docx": paper_docx(paper) for name, paper in papers.items()}
    files |= {f"{name}.html": standing_alone(paper).encode() for name, paper in papers.items()}
    if content.quiz:
        details = dict(assistant.details())
        files["quiz.gift"] = quiz_to_gift(content.quiz, details).encode()
        files["quiz.csv"] = quiz_to_csv(content.quiz, details, with_key=True).encode("utf-8-sig")
    return files | {"session.toml": write_plan(plan).encode()}
