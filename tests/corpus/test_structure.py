"""Sections, sentences and leads, put together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Role, Section, Sentence
from corpus.structure import find_structure

# Pieces of which texts of every shape can be made.
_PIECES = (
    "# H|- item|1. One|a) It|¹ Note|¹|Dear Sir|Yours sincerely|cc|By A|BY|KEY RISKS|6.1 Legal|Title|"
    '13 June 2016|It was:|said "no. No." A man|and the|goes on.|--- |**b**|**|*|:|’|😀|\uf0b7 x|  in|'
    "A plan was agreed by the whole council. |Subscribe|£5 / month|\u2028|\x0c|\r|\x00| "
).split("|")
_LINE_PIECES = ["\n", "\n\n", "| a | b |\n", "|--|--|\n"]
PIECES = st.lists(st.sampled_from([*_PIECES, *_LINE_PIECES]), max_size=25).map("".join)


def by_role(text: str, role: Role) -> list[Sentence]:
    return [sentence for sentence in find_structure(text, None)[1] if sentence.role is role]


def test_a_list_item_is_led_by_the_sentence_that_introduces_the_list() -> None:
    text = "Inspectors found:\n\n- weak plans\n- late visits"
    leads = [text[slice(*item.lead)] for item in by_role(text, Role.ITEM) if item.lead]
    assert leads == ["Inspectors found:"] * 2


def test_a_nested_item_is_led_by_the_item_above_it() -> None:
    text = "We met:\n\n- staff\n- partners such as:\n  - GROW\n- auditors"
    leads = {text[s.start : s.end]: text[slice(*s.lead)] for s in by_role(text, Role.ITEM) if s.lead}
    assert leads["GROW"] == "partners such as:"
    assert leads["auditors"] == "We met:"


def test_an_indented_paragraph_after_a_colon_is_an_item_whose_bullet_was_drawn() -> None:
    text = "We found:\n\n    weak plans\n\n    late visits\n\nThe end came soon."
    assert [text[s.start : s.end] for s in by_role(text, Role.ITEM)] == ["weak plans", "late visits"]


def test_a_table_row_is_led_by_its_column_headings() -> None:
    text = "| Area | Year |\n|--|--|\n| Plans | 2009 |\n\nText follows here."
    (row,) = by_role(text, Role.ROW)
    assert row.lead is not None
    assert text[slice(*row.lead)] == "| Area | Year |"


def test_a_paragraph_ends_a_list_and_a_table() -> None:
    text = "We found:\n\n- weak plans\n\nA new start was made.\n\n- late visits"
    assert by_role(text, Role.ITEM)[-1].lead is None


@settings(max_examples=400, deadline=None)
@given(PIECES)
def test_sections_tile_every_text(text: str) -> None:
    sections, _ = find_structure(text, "A Man")
    check_sections(text, sections)


@settings(max_examples=400, deadline=None)
@given(PIECES)
def test_sentences_stand_in_order_inside_every_text(text: str) -> None:
    check_sentences(text, find_structure(text, "A Man")[1])


@given(PIECES)
@settings(max_examples=100, deadline=None)
def test_reading_a_text_twice_gives_the_same(text: str) -> None:
    assert find_structure(text, "A Man") == find_structure(text, "A Man")


def check_sections(text: str, sections: tuple[Section, ...]) -> None:
    at = 0
    for section in sections:
        assert section.start == at < section.end
        at = section.end
    assert at == len(text)


def check_sentences(text: str, sentences: tuple[Sentence, ...]) -> None:
    at = 0
    for sentence in sentences:
        quote = text[sentence.start : sentence.end]
        assert at <= sentence.start < sentence.end <= len(text)
        assert quote == quote.strip()
        assert sentence.lead is None or sentence.lead[1] <= sentence.start
        at = sentence.end


def test_the_first_row_of_a_table_without_a_rule_names_its_columns() -> None:
    text = "Text.\n\n| Area | 2016 |\n| Lake | Poor |\n\n| One row alone |\n"
    sentences = find_structure(text, None)[1]
    roles = {text[one.start : one.end]: one.role for one in sentences}
    assert roles["| Area | 2016 |"] is Role.COLUMNS
    assert roles["| Lake | Poor |"] is Role.ROW
    assert roles["| One row alone |"] is Role.ROW
