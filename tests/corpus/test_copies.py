"""A document says the same as a Word document and as a web page as it does as a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Role, Sentence
from corpus.docx_file import read_docx
from corpus.extract import Extract
from corpus.html_file import read_html
from corpus.structure import find_structure
from tests.corpus.copies import page_copy, word_copy

BUNDLED = sorted((Path(__file__).parents[2] / "corpus" / "documents").glob("*.txt"))
QUOTABLE = (Role.PROSE, Role.ITEM, Role.ROW, Role.COLUMNS)


def as_word(text: str) -> Extract:
    return read_docx(word_copy(text))


def as_page(text: str) -> Extract:
    return read_html(page_copy(text))


def words_of(text: str, sentence: Sentence) -> str:
    return " ".join(text[sentence.start : sentence.end].split())


def quotable(text: str) -> list[str]:
    return [words_of(text, one) for one in find_structure(text, None)[1] if one.role in QUOTABLE]


@pytest.mark.parametrize("copy", [as_word, as_page])
@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_a_copy_has_the_sentences_items_and_rows_of_the_text(
    path: Path, copy: Callable[[str], Extract]
) -> None:
    text = path.read_text(encoding="utf-8")
    found = set(quotable(copy(text).text))
    assert [one for one in quotable(text) if one not in found] == []


@pytest.mark.parametrize("copy", [as_word, as_page])
@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_rows_of_a_copy_are_led_by_the_same_column_headings(
    path: Path, copy: Callable[[str], Extract]
) -> None:
    text = path.read_text(encoding="utf-8")
    assert rows(copy(text).text) == rows(text)


def rows(text: str) -> list[tuple[str, str]]:
    """The rows of the tables, with their column headings."""
    sentences = (one for one in find_structure(text, None)[1] if one.role is Role.ROW)
    return [(words_of(text, one), text[slice(*one.lead)] if one.lead else "") for one in sentences]
