"""Marked text is read back by `corpus.blocks` as what it was."""

from __future__ import annotations

from corpus.blocks import Form, count_tables, cut_into_blocks
from corpus.marks import heading, item, joined, paragraph, table


def forms(text: str) -> list[Form]:
    return [block.form for block in cut_into_blocks(text)]


def test_every_mark_is_read_back() -> None:
    rows = table([["Area", "Grade"], ["Repairs", "Good"]], headings=1)
    text = joined([heading("Findings", 2), paragraph("Words."), item("weak"), item("It", marker="1.1"), rows])
    assert forms(text) == [
        Form.HEADING,
        Form.PARAGRAPH,
        Form.ITEM,
        Form.ITEM,
        Form.ROW,
        Form.RULE,
        Form.ROW,
    ]
    assert count_tables(text) == 1


def test_an_item_keeps_its_number_where_a_sentence_starts_and_has_a_bullet_too_where_none_does() -> None:
    assert item("The plan", marker="2.") == "2. The plan"
    assert item("to note", marker="(ii)", level=1) == "  - (ii) to note"
    assert forms(item("to note", marker="(ii)")) == [Form.ITEM]


def test_cells_stay_apart_whatever_is_in_them() -> None:
    assert table([["a|b", "two\nlines"], ["", ""], ["one"]], headings=0) == "| a¦b | two lines |\n| one |  |"


def test_two_rows_of_headings_become_one() -> None:
    rows = [["Area", "Year", "Year"], ["Area", "2016", "2019"], ["Gas", "Poor", "Good"]]
    assert table(rows, headings=2).splitlines()[0] == "| Area | Year 2016 | Year 2019 |"
