"""Tables in text."""

from __future__ import annotations

import pytest

from corpus.csv_file import read_csv
from corpus.document import Role
from corpus.errors import UnreadableDocument
from corpus.structure import find_structure

ROW = "| Repairs | Poor |"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_is_led_by_its_column_headings_whatever_parts_the_cells(delimiter: str) -> None:
    text = read_csv(f"Area{delimiter}2016\r\nRepairs{delimiter}Poor\r\n".encode()).text
    (row,) = [one for one in find_structure(text, None)[1] if one.role is Role.ROW]
    assert text[row.start : row.end] == ROW
    assert row.lead is not None
    assert text[slice(*row.lead)] == "| Area | 2016 |"


def test_cells_in_quotation_marks_keep_their_commas_and_lose_their_line_ends() -> None:
    text = read_csv(b'Area,Note\n"Gas, water","first\nsecond ""x"""\n').text
    assert '| Gas, water | first second "x" |' in text


def test_what_stands_above_a_table_introduces_it_and_a_blank_row_ends_it() -> None:
    extract = read_csv(b"Grades by area,\n,\nArea,Grade\nGas,Good\n,\nYear,Number\n2016,4\n")
    assert extract.text.startswith("Grades by area\n\n| Area | Grade |\n|--|--|\n| Gas | Good |\n\n| Year |")
    assert extract.tables == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'Area,Grade\n"Gas,Good\n', "its rows cannot be told apart near line"),
        (b"Area,Caf\xe9\n", "it is not UTF-8 text"),
        (b",,\n-,-\n", "it is a table without words"),
        (b"a\0,b\n", "NUL characters"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_csv(content)
