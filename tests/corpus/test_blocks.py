"""Cutting text into blocks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Form, cut_into_blocks, lines_of


def quotes(text: str) -> list[tuple[Form, str, str]]:
    return [(block.form, block.marker, text[block.start : block.end]) for block in cut_into_blocks(text)]


def test_a_blank_line_ends_a_paragraph_and_a_line_end_does_not() -> None:
    text = "The council met\non Monday.\n\nIt agreed."
    assert quotes(text) == [
        (Form.PARAGRAPH, "", "The council met\non Monday."),
        (Form.PARAGRAPH, "", "It agreed."),
    ]


def test_every_list_marker_starts_an_item_and_is_left_out_of_its_words() -> None:
    text = "- one\n* two\n• three\n\uf0b7 four\n1. Five\n- a) Six\n- (b) Seven\n2.10 Eight"
    assert quotes(text) == [
        (Form.ITEM, "-", "one"),
        (Form.ITEM, "*", "two"),
        (Form.ITEM, "•", "three"),
        (Form.ITEM, "\uf0b7", "four"),
        (Form.ITEM, "1.", "Five"),
        (Form.ITEM, "a)", "Six"),
        (Form.ITEM, "(b)", "Seven"),
        (Form.ITEM, "2.10", "Eight"),
    ]


def test_a_line_that_goes_on_an_item_belongs_to_it() -> None:
    assert quotes("- one thing\n  and its rest") == [(Form.ITEM, "-", "one thing\n  and its rest")]


def test_a_number_at_the_start_of_a_line_is_no_marker_without_a_capital_after_it() -> None:
    assert len(cut_into_blocks("The visit took place in\n2. and was short.")) == 1


def test_table_rows_stand_alone_and_the_rule_is_told_from_them() -> None:
    forms = [form for form, _, _ in quotes("| Area | Year |\n|--|:--:|\n| Plans | 2009 |")]
    assert forms == [Form.ROW, Form.RULE, Form.ROW]


def test_footnotes_open_with_a_superscript_number_or_a_markdown_mark() -> None:
    assert quotes("¹ Education Act 2006\n[^2]: Working Together") == [
        (Form.FOOTNOTE, "¹", "Education Act 2006"),
        (Form.FOOTNOTE, "[^2]:", "Working Together"),
    ]


def test_marks_around_a_whole_block_are_left_out_and_marks_inside_are_kept() -> None:
    assert quotes("## **Findings**\n\nThe *whole* plan") == [
        (Form.HEADING, "##", "Findings"),
        (Form.PARAGRAPH, "", "The *whole* plan"),
    ]


def test_marks_alone_make_no_block() -> None:
    assert quotes("-\n\n---\n\n***\n\n**\n\n• \n\n# **\n\nwords") == [(Form.PARAGRAPH, "", "words")]


def test_indentation_is_remembered() -> None:
    assert [block.indent for block in cut_into_blocks("one\n\n  two\n\n    - three")] == [0, 2, 4]


def test_every_kind_of_line_end_is_one() -> None:
    assert len(cut_into_blocks("one\r\n\r\ntwo\r\rthree\x0c\x0cfour")) == 4


@settings(max_examples=300)
@given(st.text(alphabet="aB1. \n\r\t-*_#|:>¹•()'\"é\x0c\u2028😀", max_size=80))
def test_blocks_stand_in_order_inside_the_text_and_hold_every_letter_and_digit(text: str) -> None:
    blocks = cut_into_blocks(text)
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        at = block.end
    left_out = [n for n, character in enumerate(text) if character in "aB1é" and not _inside(n, blocks)]
    # Letters and digits outside blocks are only those of markers ("1.", "a)").
    assert all(any(block.start - 8 <= n < block.start and block.marker for block in blocks) for n in left_out)


@given(st.text(max_size=60))
def test_lines_tile_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in lines_of(text)) == text


def _inside(at: int, blocks: tuple[Block, ...]) -> bool:
    return any(block.start <= at < block.end for block in blocks)
