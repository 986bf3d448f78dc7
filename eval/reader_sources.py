"""The public sets that the reader is trained on, read from the folder that holds them.

The folder has `training/NAME.jsonl.gz`, with question, context, answers, answerable and title on each
line, and `squad2-dev/` in BEIR form. Half of the articles of squad2-dev are kept back for measuring.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.errors import MissingData
from eval.reader_examples import Asked

# How many rows of each set are taken at most, drawn at random; docs/reader.md has the licences.
ROWS: Mapping[str, int] = {
    "squad2": 6_000,
    "squadshifts_new_wiki": 8_000,
    "unansq_para": 4_000,
    "unansq_sent": 3_000,
    "squad_sent_nqg": 20_000,
    "qed_sent": 4_000,
    "qed_para": 1_400,
    "nq_oracle": 2_700,
    "tatqa_text": 2_000,
    "qamr": 6_000,
    "hotpot_para": 1_500,
    "boolq": 1_500,
    "pubmedqa": 2_000,
    "medquad": 1_500,
    "condaqa": 600,
}

# Sets whose titles are numbers of articles or reports, not words.
_UNTITLED = frozenset(("condaqa", "qamr", "tatqa_text"))


def read_all(folder: Path, *, without: frozenset[str], seed: int) -> list[Asked]:
    """Every set but those named in `without`, each cut down to its number of rows."""
    asked: list[Asked] = []
    for name, most in ROWS.items():
        if name in without:
            continue
        rows = list(squad2(folder, held_out=False) if name == "squad2" else _training(folder, name))
        random.Random(f"{seed} {name}").shuffle(rows)
        asked += rows[:most]
    return asked


def squad2(folder: Path, *, held_out: bool) -> Iterator[Asked]:
    """The questions of SQuAD 2.0's development set on one half of its articles."""
    paragraphs = {row["_id"]: row for row in _lines(folder / "squad2-dev" / "corpus.jsonl")}
    for row in _lines(folder / "squad2-dev" / "queries.jsonl"):
        paragraph = paragraphs[row["context_id"]]
        if is_held_out(paragraph["title"]) == held_out:
            answers = tuple(row["answers"]) if row["answerable"] else ()
            yield _asked(
                row["text"], paragraph["title"], paragraph["text"], answers, row["answerable"], "squad2"
            )


def is_held_out(title: str) -> bool:
    """Whether an article of SQuAD 2.0 is kept for measuring: every other one, by a hash of its title."""
    return hashlib.sha256(title.encode()).digest()[0] % 2 == 1


def _training(folder: Path, name: str) -> Iterator[Asked]:
    for row in _lines(folder / "training" / f"{name}.jsonl.gz"):
        title = "" if name in _UNTITLED else row["title"]
        yield _asked(row["question"], title, row["context"], tuple(row["answers"]), row["answerable"], name)


def _asked(
    question: str, title: str, paragraph: str, answers: Iterable[str], answerable: bool, source: str
) -> Asked:
    distinct = tuple(dict.fromkeys(answers))
    return Asked(question.strip(), title.replace("_", " ").strip(), paragraph, distinct, answerable, source)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise MissingData(f"{path} is missing; name the folder that holds training/ and squad2-dev/.")
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)
