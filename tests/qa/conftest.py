"""A small town's two letters and an assistant over them that needs no model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from index.store import SearchIndex, open_index
from qa.assistant import Assistant, bring_up_to_date, index_folder
from tests.fakes import HashedWords

LETTER_2018 = """Northby Inspectorate
1 High Street
Northby
NB1 2CD

4 May 2018

Ms Ann Smith
Director of Parks
Northby Council

Dear Ms Smith

Inspection of parks

The inspectors visited twelve parks between 1 and 3 May 2018.

Findings

Lighting in the parks was poor. Three parks had no lighting at all.

The inspectors recommend:

- new lighting in every park
- a warden for the lake

Yours sincerely

John Brown
Lead Inspector
"""
LETTER_2021 = """6 June 2021

Dear Ms Smith

Inspection of parks

Lighting in the parks was good. The lake has had a warden since 2019.

Yours sincerely

Mary White
Lead Inspector
"""
CATALOGUE = """
[[document]]
file = "2018.txt"
title = "Inspection of parks 2018"
publisher = "Northby Inspectorate"
published = 2018-05-04
examples = ["How was the lighting in 2018?"]

[[document]]
file = "2021.txt"
title = "Inspection of parks 2021"
publisher = "Northby Inspectorate"
published = 2021-06-06
"""


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    (folder / "2018.txt").write_text(LETTER_2018, encoding="utf-8")
    (folder / "2021.txt").write_text(LETTER_2021, encoding="utf-8")
    (folder / "documents.toml").write_text(CATALOGUE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    data = tmp_path_factory.mktemp("data")
    encoder = HashedWords()
    bring_up_to_date(letters, data, encoder, progress=lambda _: None)
    return open_index(index_folder(letters, data), encoder)


@pytest.fixture(scope="session")
def town(index: SearchIndex) -> Assistant:
    """Answers whatever it can: hashed words know no meaning, so that its confidence says nothing."""
    return Assistant(index, HashedWords(), examples=("How was the lighting in 2018?",), threshold=0.0)


@pytest.fixture(scope="session")
def silent_town(index: SearchIndex) -> Assistant:
    """The same, never confident enough."""
    return Assistant(index, HashedWords(), threshold=1.0)


def assistant_over(folder: Path, texts: Mapping[str, str]) -> Assistant:
    """An assistant over these texts, by their names, that answers whatever it can."""
    documents = folder / "documents"
    documents.mkdir()
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    encoder = HashedWords()
    bring_up_to_date(documents, folder / "data", encoder, progress=lambda _: None)
    return Assistant(open_index(index_folder(documents, folder / "data"), encoder), encoder, threshold=0.0)
