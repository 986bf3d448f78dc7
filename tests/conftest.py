"""What several packages' tests share: the real assistant over the bundled documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.assistant import Assistant, open_assistant

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "corpus" / "documents"


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the session's index of the bundled documents is kept."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def bundled(data_folder: Path) -> Assistant:
    """The assistant as it ships, over the documents as they ship; indexing takes half a minute."""
    return open_assistant(DOCUMENTS, data_folder)


@pytest.fixture(scope="session")
def questions() -> tuple[dict[str, Any], ...]:
    """The hand-checked questions over the bundled documents."""
    lines = (ROOT / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)
