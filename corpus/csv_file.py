"""Tables in text (.csv): every row with its column headings."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.errors import UnreadableDocument
from corpus.extract import Extract
from corpus.file_kind import FileKind
from corpus.marks import joined, paragraph, table
from corpus.text_file import decode_text

_DELIMITERS = ",;\t|"
_LONGEST_SAMPLE = 20_000  # characters that decide about the delimiter


def read_csv(content: bytes) -> Extract:
    """Rows between blank rows make one table; its first row with two cells or more names the columns.

    Rows above that one, which have one cell, are what introduces the table. Raises UnreadableDocument for
    text in another encoding, and for rows that cannot be told apart.
    """
    text = decode_text(content)
    rows = list(_rows(text))
    blocks = [block for has_words, part in groupby(rows, any) if has_words for block in _blocks(list(part))]
    tables = sum(block.startswith("|") for block in blocks)
    if not any(character.isalnum() for block in blocks for character in block):
        raise UnreadableDocument("it is a table without words; put rows into it or remove it")
    return Extract(FileKind.TABLE, joined(blocks), tables=tables)


def _rows(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            yield [cell.strip() for cell in row]
    except csv.Error as exc:
        raise UnreadableDocument(
            f"its rows cannot be told apart near line {reader.line_num} ({exc}); save the table again as CSV"
        ) from exc


def _delimiter(text: str) -> str:
    """What parts the cells: the character that gives most lines the same number of cells, two or more."""
    lines = [line for line in text[:_LONGEST_SAMPLE].splitlines() if line.strip()]

    def regularity(delimiter: str) -> int:
        counts = Counter(number for line in lines if (number := line.count(delimiter)))
        return max(counts.values(), default=0)

    return max(_DELIMITERS, key=regularity)


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A stretch of rows with words, as paragraphs and one table."""
    names_columns = next((n for n, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    for row in rows[:names_columns]:
        yield paragraph(" ".join(row))
    if names_columns < len(rows):
        yield table(rows[names_columns:], headings=1)
