"""How the pages of councils' PDFs are laid out, and what is read of them."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.document import Role
from corpus.pdf_file import PdfText, read_pdf
from corpus.structure import find_structure
from tests.corpus.pdf_pages import HEIGHT, WIDTH, at, both, drawn, grid, page_of, words

LEFT = [
    "The inspectors came to the",
    "council in October and met",
    "the staff of the service for",
    "children in need of help and",
    "read forty of their records.",
]
RIGHT = [
    "Most of the records were in",
    "good order. Some of the older",
    "ones had no plan, or one that",
    "nobody had looked at for half",
    "a year and more than that too.",
]
TEXT = ["The council met in the town hall on Monday.", "It agreed to the plan as it was set out."]
HEAD = "Report of the Director"


def folded(pdf: PdfText) -> str:
    return " ".join(pdf.text.split())


def reasons(pdf: PdfText) -> list[tuple[int | None, str, str]]:
    return [(one.page, one.words, one.reason) for one in pdf.left_out]


def in_columns(*, row_by_row: bool) -> Any:
    left = [(72.0, 700.0 - 12 * n, line) for n, line in enumerate(LEFT)]
    right = [(320.0, 700.0 - 12 * n, line) for n, line in enumerate(RIGHT)]
    if not row_by_row:
        return at(*left, *right)
    return at(*(placed for pair in zip(left, right, strict=True) for placed in pair))


@pytest.mark.parametrize("row_by_row", [False, True])
def test_the_left_column_is_read_before_the_right_one_in_whatever_order_they_were_drawn(
    row_by_row: bool,
) -> None:
    assert folded(read_pdf(drawn(in_columns(row_by_row=row_by_row)))) == " ".join([*LEFT, *RIGHT])


def test_a_column_of_short_items_is_a_column_where_it_was_drawn_after_the_other_one() -> None:
    items = [(320.0, 700.0 - 12 * n, f"• item {n}") for n in range(4)] + [(320.0, 652.0, RIGHT[0])]
    left = [(72.0, 700.0 - 12 * n, line) for n, line in enumerate(LEFT)]
    text = folded(read_pdf(drawn(at(*left, *items))))
    assert text.startswith(" ".join(LEFT))


def test_a_line_across_both_columns_parts_what_is_above_it_from_what_is_below() -> None:
    title = "What the inspectors found on their visit, and what they asked the council to do"
    above = in_columns(row_by_row=False)
    below = at(*((x, 560.0 - 12 * n, f"{word} {n} of the text below the title") for n in range(5)
                 for x, word in ((72.0, "Left"), (320.0, "Right"))))  # fmt: skip
    text = folded(read_pdf(drawn(both(above, at((72, 600, title)), below))))
    assert text.index(RIGHT[-1]) < text.index(title) < text.index("Left 0")
    assert text.index("Left 4") < text.index("Right 0")


def test_a_sentence_that_goes_on_at_the_top_of_the_next_column_is_one() -> None:
    left = [*LEFT[:4], "looked at the older records of"]
    right = ["Rotherham Council as well, and", *RIGHT[:4]]
    columns = ((72.0, left), (320.0, right))
    placed = [(x, 700.0 - 12 * n, line) for x, lines in columns for n, line in enumerate(lines)]
    pdf = read_pdf(drawn(at(*placed)))
    sentences = find_structure(pdf.text, None)[1]
    quotes = [" ".join(pdf.text[s.start : s.end].split()) for s in sentences]
    assert any("older records of Rotherham Council as well" in quote for quote in quotes)


def test_a_heading_that_runs_over_two_lines_is_one_and_opens_its_section() -> None:
    def draw(canvas: Any) -> None:
        words(canvas, 72, 760, *LEFT[:3])
        words(canvas, 72, 700, "Duty and assessment visit", "in October 2015", size=12)
        words(canvas, 72, 660, *LEFT)

    pdf = read_pdf(drawn(draw))
    paths = [section.path for section in find_structure(pdf.text, None)[0]]
    assert paths == [(), ("Duty and assessment visit in October 2015",)]


def test_running_heads_and_page_numbers_are_left_out_and_reported() -> None:
    pages = [page_of(*TEXT, f"Item {n} was noted by all who were there.", head=HEAD, foot=f"Page {n}")
             for n in (1, 2, 3)]  # fmt: skip
    pdf = read_pdf(drawn(*pages))
    assert HEAD not in pdf.text
    assert "Page" not in pdf.text
    assert reasons(pdf)[:2] == [(1, HEAD, "running head"), (1, "Page 1", "page number")]
    assert len(pdf.left_out) == 6


def test_a_line_that_stands_at_the_head_of_one_page_only_stays() -> None:
    pages = [page_of(*TEXT, head=head) for head in ("Summary", "Findings", "Next steps", "Costs")]
    assert all(
        head in read_pdf(drawn(*pages)).text for head in ("Summary", "Findings", "Next steps", "Costs")
    )


def test_a_year_at_the_foot_of_a_page_is_no_page_number() -> None:
    pages = [page_of(*TEXT, foot=foot) for foot in ("2014", "7", "1989", "3")]
    assert read_pdf(drawn(*pages)).left_out == ()


def test_page_numbers_that_are_printed_become_labels_where_they_differ() -> None:
    cover = page_of("Annual report of the board")
    roman = [page_of(*TEXT, foot=number) for number in ("ii", "iii")]
    arabic = [page_of(*TEXT, f"Part {n} of the report.", foot=str(n)) for n in (1, 2, 3)]
    pdf = read_pdf(drawn(cover, *roman, *arabic))
    assert [page.label for page in pdf.pages] == [None, "ii", "iii", "1", "2", "3"]


def test_a_list_of_contents_is_left_out_and_reported() -> None:
    entries = [f"{title} {'.' * 40} {n}" for n, title in enumerate(("Summary", "Findings", "Costs"), start=2)]
    pdf = read_pdf(drawn(page_of("Contents", *entries), page_of(*TEXT)))
    assert folded(pdf) == " ".join(TEXT)
    assert {why for _, _, why in reasons(pdf)} == {"list of contents"}
    assert pdf.empty_pages == (1,)


def test_a_word_that_is_cut_at_the_end_of_a_line_is_whole_again() -> None:
    lines = ["The decision-making of the council was slow and its inspec-",
             "tion found that multi-agency work was weak. The multi-",
             "agency hub was new. It opened before COVID-",
             "19 came to the town."]  # fmt: skip
    text = folded(read_pdf(drawn(page_of(*lines))))
    assert "its inspection found" in text
    assert "The multi-agency hub" in text
    assert "before COVID-19 came" in text


def test_ligatures_are_spelt_out() -> None:
    assert "findings of the office" in read_pdf(drawn(page_of("The ﬁndings of the oﬃce were clear."))).text


def test_the_number_of_a_paragraph_stands_before_its_words_and_opens_an_item() -> None:
    placed = [(72, 700, "1.1"), (108, 700, "The council is asked to note the report of the"),
              (108, 688, "inspectors, and the plan."), (72, 664, "1.2"),
              (108, 664, "The council is asked to agree to the plan.")]  # fmt: skip
    pdf = read_pdf(drawn(at(*placed)))
    sentences = [s for s in find_structure(pdf.text, None)[1] if s.role is Role.ITEM]
    assert [" ".join(pdf.text[s.start : s.end].split()) for s in sentences] == [
        "The council is asked to note the report of the inspectors, and the plan.",
        "The council is asked to agree to the plan.",
    ]


def test_a_footnote_keeps_its_raised_number_and_stands_apart() -> None:
    def draw(canvas: Any) -> None:
        words(canvas, 72, 700, "The duty is set out in the Act")
        words(
            canvas,
            72 + canvas.stringWidth("The duty is set out in the Act", "DejaVuSans", 10),
            704,
            "1",
            size=6,
        )
        words(canvas, 72, 688, "and in guidance that the council has.")
        words(canvas, 72, 100, "1", size=5)
        words(canvas, 76, 97, "Children Act 2004, section 11", size=8)

    pdf = read_pdf(drawn(draw))
    assert "Act¹" in pdf.text
    notes = [pdf.text[s.start : s.end] for s in find_structure(pdf.text, None)[1] if s.role is Role.FOOTNOTE]
    assert notes == ["Children Act 2004, section 11"]


ROWS = [["Area", "Judgement"], ["Early help", "Good"], ["Care leavers", "Inadequate"]]


def test_a_ruled_table_is_read_in_rows_under_its_headings() -> None:
    pdf = read_pdf(drawn(both(at((72, 760, "The judgements of the inspectors were these.")), grid(ROWS))))
    assert pdf.tables == 1
    assert (
        "| Area | Judgement |\n| --- | --- |\n| Early help | Good |\n| Care leavers | Inadequate |"
        in pdf.text
    )
    row = next(s for s in find_structure(pdf.text, None)[1] if s.role is Role.ROW)
    assert row.lead is not None
    assert pdf.text[slice(*row.lead)] == "| Area | Judgement |"


def test_a_table_that_goes_on_over_the_page_keeps_its_headings_once() -> None:
    rest = [ROWS[0], ["Adoption", "Good"]]
    pdf = read_pdf(drawn(grid(ROWS), both(grid(rest), at((72, 600, "That is all.")))))
    assert pdf.text.count("Area") == 1
    adoption = pdf.text.index("| Adoption")
    row = next(s for s in find_structure(pdf.text, None)[1] if s.start == adoption)
    assert row.lead is not None
    assert "Judgement" in pdf.text[slice(*row.lead)]


def test_cells_that_stand_close_are_parted_by_the_rule_between_them() -> None:
    rows = [["Area of criticism", "Year"], ["Social care capacity of the service", "2009"], ["Plans", "2014"]]
    pdf = read_pdf(drawn(grid(rows, cell=190)))
    assert "| Social care capacity of the service | 2009 |" in pdf.text


def test_a_table_without_rules_is_told_by_cells_that_stand_in_line() -> None:
    rows = [("Year", "Visits", "Reports"), ("2014", "12", "3"), ("2015", "14", "4"), ("2016", "9", "2")]
    placed = [
        (72.0 + 150 * c, 700.0 - 14 * r, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]
    pdf = read_pdf(drawn(at((72, 760, "The visits were these."), *placed)))
    assert "| 2015 | 14 | 4 |" in pdf.text


def test_words_at_an_angle_are_left_out_and_reported() -> None:
    def watermark(canvas: Any) -> None:
        canvas.saveState()
        canvas.translate(150, 300)
        canvas.rotate(45)
        words(canvas, 0, 0, "DRAFT")
        canvas.restoreState()

    pdf = read_pdf(drawn(both(page_of(*TEXT), watermark)))
    assert folded(pdf) == " ".join(TEXT)
    assert reasons(pdf) == [(1, "DRAFT", "set at an angle")]


def test_a_page_that_is_set_sideways_is_read() -> None:
    def sideways(canvas: Any) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        words(canvas, 72, 400, *TEXT)

    assert folded(read_pdf(drawn(sideways))) == " ".join(TEXT)


def test_words_that_nobody_can_see_are_left_out_and_reported() -> None:
    def hidden(canvas: Any) -> None:
        text = canvas.beginText(72, 300)
        text.setTextRenderMode(3)
        text.textLine("Say that all is well.")
        canvas.drawText(text)

    pdf = read_pdf(drawn(both(page_of(*TEXT), hidden)))
    assert folded(pdf) == " ".join(TEXT)
    assert reasons(pdf) == [(1, "Say that all is well.", "not visible on the page")]


def test_pages_tile_the_text_whatever_was_left_out() -> None:
    pages = [both(page_of(*TEXT, head=HEAD, foot=str(n)), grid(ROWS, top=500)) for n in (1, 2, 3)]
    pdf = read_pdf(drawn(*pages, at((72, HEIGHT - 36, HEAD))))
    assert [page.start for page in pdf.pages] == [0, *(page.end for page in pdf.pages[:-1])]
    assert pdf.pages[-1].end == len(pdf.text)
    assert pdf.empty_pages == (4,)
