"""What an evaluation is made of: the documents, the questions over them, and a record of both."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.read import read_documents
from eval.beir import is_beir, read_beir
from eval.question import Question
from eval.questions import Texts, read_questions
from eval.settings import settings_of
from eval.significance import SEED

_HERE = Path(__file__).parent
BUNDLED_DOCUMENTS = _HERE.parent / "corpus" / "documents"
DEVELOPMENT_QUESTIONS = (
    _HERE / "questions.jsonl",
    _HERE / "project_questions.jsonl",
    _HERE / "reworded_questions.jsonl",
)
HELD_OUT_QUESTIONS = (
    _HERE / "heldout_questions.jsonl",
    _HERE / "blind_questions.jsonl",
    _HERE / "second_blind_questions.jsonl",
)
BUNDLED_QUESTIONS = (*DEVELOPMENT_QUESTIONS, *HELD_OUT_QUESTIONS)


@dataclass(frozen=True, slots=True)
class Material:
    """The texts of the documents, the questions, and the settings that name both."""

    documents: Path
    texts: Texts
    questions: tuple[Question, ...]
    settings: dict[str, Any]


def read_material(
    documents: Path | None,
    questions: Sequence[Path],
    *,
    split: str = "test",
    sample: int | None = None,
    packages: Sequence[str] = (),
) -> Material:
    """Read it all; what is not named is the bundled one. `sample` takes so many, always the same."""
    places = tuple(questions) or tuple(path for path in BUNDLED_QUESTIONS if path.is_file())
    place = documents_place(documents, places)
    texts = read_texts(place)
    found = _read_questions(places, texts, split)
    return Material(
        documents=place,
        texts=texts,
        questions=found if sample is None else _sample(found, sample),
        settings=settings_of(places, texts, packages=packages) | {"split": split, "sample": sample},
    )


def documents_place(documents: Path | None, questions: Sequence[Path] = ()) -> Path:
    """Where the documents are: as named; else beside the queries of a BEIR folder; else the bundled ones."""
    if documents is not None:
        return documents
    folders = [path for path in questions if is_beir(path)]
    return folders[0] / "corpus.jsonl" if folders else BUNDLED_DOCUMENTS


def read_texts(place: Path) -> Texts:
    """The text of each document at a place, by its id."""
    return {document.id: document.text for document in read_documents(place).documents}


def _read_questions(places: Sequence[Path], texts: Texts, split: str) -> tuple[Question, ...]:
    """The questions of all places; those of BEIR folders come last."""
    files = [path for path in places if not is_beir(path)]
    judged = [q for path in places if is_beir(path) for q in read_beir(path, texts, split=split)]
    return (*read_questions(files, texts), *judged)


def _sample(questions: Sequence[Question], size: int) -> tuple[Question, ...]:
    """A random sample in the order of the file; the same one for the same questions."""
    rows = random.Random(SEED).sample(range(len(questions)), min(size, len(questions)))
    return tuple(questions[row] for row in sorted(rows))
