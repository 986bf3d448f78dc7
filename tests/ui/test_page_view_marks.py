"""What was cited is marked exactly where its words were put on the page, or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import pytest
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from corpus.document import Document
from tests.ui.page_view_pdfs import HEIGHT, LIGATURES, WIDTH, Paper, Put, document_of, placed, read, span_of
from ui.page_view_boxes import Box, paragraphs
from ui.page_view_drawing import SCALE, draw
from ui.page_view_marks import Marked, State, find_marks

COUNCIL = (
    "The council has made progress since the last inspection.",
    "Social workers know the children whom they support well,",
    "and managers check the quality of plans every month.",
    "Some plans are still late, and the reasons are not recorded.",
)


def mark(document: Document, content: bytes, words: str, *, page: int = 1, nth: int = 0) -> Marked:
    span = span_of(document, words, nth=nth)
    leaf = draw(content, page, 1000)
    return find_marks(document, document.pages[page - 1], [span], leaf)[0]


def changed(content: bytes, change: Callable[[PageObject], object]) -> bytes:
    """The file with something done to each of its pages."""
    writer = PdfWriter(PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        change(page)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def cropped(content: bytes, left: float, bottom: float, right: float, top: float) -> bytes:
    return changed(
        content, lambda page: setattr(page, "cropbox", RectangleObject((left, bottom, right, top)))
    )


def exactly(marked: Marked, *expected: tuple[Put, str]) -> None:
    assert marked.state is State.MARKED
    wrong = [
        fault
        for (line, words), box in zip(expected, marked.boxes, strict=True)
        for fault in placed(line, words, box)
    ]
    assert wrong == []


def test_words_of_one_line_are_marked_to_half_a_point():
    paper = Paper().lines(*COUNCIL)
    content = paper.saved()
    words = "know the children"
    exactly(mark(read(content), content, words), (paper.line_with(words), words))


def test_a_quotation_over_three_lines_has_a_box_for_each():
    paper = Paper().lines(*COUNCIL)
    content = paper.saved()
    words = "support well, and managers check the quality of plans every month. Some plans are still late"
    exactly(
        mark(read(content), content, words),
        (paper.put[1], "support well,"),
        (paper.put[2], COUNCIL[2]),
        (paper.put[3], "Some plans are still late"),
    )


def test_a_quotation_goes_on_from_one_column_to_the_next():
    first = [f"Line {number} of the first column says a few words" for number in range(20)]
    second = [f"Line {number} of the second column says others" for number in range(20)]
    paper = Paper().lines(*first, "that are not finished at its foot and", x=60)
    paper.lines("go on at the head of the second one.", *second, x=320)
    content = paper.saved()
    words = "that are not finished at its foot and go on at the head of the second one."
    exactly(
        mark(read(content), content, words),
        (paper.put[20], paper.put[20].words),
        (paper.put[21], paper.put[21].words),
    )


def test_columns_that_another_reader_took_line_by_line_are_marked_line_by_line():
    paper = Paper().lines("The first column has a line here", "and its own last line down there.", x=60)
    paper.lines("The second column has other words", "which end it in another manner.", x=320)
    content = paper.saved()
    first, second = paper.put[:2], paper.put[2:]
    text = "\n".join(f"{left.words} {right.words}" for left, right in zip(first, second, strict=True))
    document = document_of(content, text + "\n")
    found = mark(document, content, "has a line here The second column has")
    exactly(found, (first[0], "has a line here"), (second[0], "The second column has"))


@pytest.mark.parametrize(
    "row", ["Leadership and management Inadequate", "| Leadership and management | Inadequate |"]
)
def test_cells_of_a_row_have_boxes_of_their_own(row):
    paper = Paper().lines("Leadership and management", x=60).lines("Inadequate", x=320)
    content = paper.saved()
    document = document_of(content, f"{row}\n")
    exactly(
        mark(document, content, row),
        (paper.put[0], paper.put[0].words),
        (paper.put[1], paper.put[1].words),
    )


def test_a_word_that_is_divided_at_the_end_of_a_line_is_marked_on_both():
    paper = Paper().lines("The inspectors found that safe-", "guarding is a priority for the council.")
    content = paper.saved()
    joined = document_of(content, "The inspectors found that safeguarding is a priority for the council.\n")
    kept = document_of(content, "The inspectors found that safe-\nguarding is a priority for the council.\n")
    for document in (joined, kept):
        exactly(
            mark(document, content, "that safeguarding is a priority"),
            (paper.put[0], "that safe-"),
            (paper.put[1], "guarding is a priority"),
        )


@pytest.mark.parametrize("written", ["of\ufb01ce", "office"])
def test_a_ligature_is_two_letters_whoever_reads_it(written):
    paper = Paper().lines("Every of\ufb01ce keeps its records, and re\ufb02ects on them.", font=LIGATURES)
    content = paper.saved()
    document = document_of(content, f"Every {written} keeps its records, and reflects on them.\n")
    found = mark(document, content, f"{written} keeps its records")
    exactly(found, (paper.put[0], "of\ufb01ce keeps its records"))


def test_of_a_quotation_across_a_page_break_each_page_marks_its_part():
    paper = Paper().lines(*COUNCIL, "The visit began on a Monday, and the inspectors", top=120)
    paper.next_page().lines("spoke to forty families.", "They also read the plans.")
    content = paper.saved()
    document = read(content)
    words = "The visit began on a Monday, and the inspectors spoke to forty families."
    exactly(mark(document, content, words, page=1), (paper.put[4], paper.put[4].words))
    exactly(mark(document, content, words, page=2), (paper.put[5], paper.put[5].words))


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_of_a_sentence_that_stands_three_times_the_cited_one_is_marked(nth):
    paper = Paper()
    for number, about in enumerate(("Early help.", "Fostering.", "Adoption.")):
        paper.lines(f"{about} No judgement was made here.", top=760 - 40 * number)
    content = paper.saved()
    words = "No judgement was made here."
    exactly(mark(read(content), content, words, nth=nth), (paper.put[nth], words))


def test_identical_rows_are_told_apart_by_all_that_stands_around_them():
    paper = Paper().lines("Table of visits", *["Good. Good. Good."] * 5, "End of the table")
    content = paper.saved()
    for nth in range(5):
        found = mark(read(content), content, "Good. Good. Good.", nth=nth)
        exactly(found, (paper.put[nth + 1], "Good. Good. Good."))


def test_where_it_cannot_be_told_which_of_two_is_meant_nothing_is_marked():
    paper = Paper().lines("Children are safe in Rotherham.", top=700)
    paper.lines("Children are safe in Rotherham.", top=400)
    content = paper.saved()
    once = document_of(content, "Children are safe in Rotherham.\n")
    assert mark(once, content, "Children are safe") == Marked(State.UNSURE)


def test_words_that_are_not_drawn_are_not_marked():
    content = Paper().lines(*COUNCIL).saved()
    document = document_of(content, "The council has made no progress since the last inspection.\n")
    assert mark(document, content, "made no progress since") == Marked(State.UNSURE)


def test_one_letter_that_differs_is_reason_enough_to_mark_nothing():
    content = Paper().lines(*COUNCIL).saved()
    document = document_of(content, COUNCIL[0].replace("progress", "progross") + "\n")
    assert mark(document, content, "made progross since the last") == Marked(State.UNSURE)


def test_a_running_head_in_the_middle_of_a_quotation_is_not_marked():
    paper = Paper().lines("The council has made progress since", x=60, top=100)
    paper.lines("Inspection of services, 2016", x=250, top=810)
    paper.lines("the last inspection in the spring.", x=320, top=760)
    content = paper.saved()
    document = document_of(
        content, "The council has made progress since the last inspection in the spring.\n"
    )
    exactly(
        mark(document, content, "made progress since the last inspection"),
        (paper.put[0], "made progress since"),
        (paper.put[2], "the last inspection"),
    )


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_has_its_marks_turned_with_it(turn):
    paper = Paper().lines(*COUNCIL)
    content = changed(paper.saved(), lambda page: page.rotate(turn))
    words = "know the children"
    left, right, lowest, highest = paper.line_with(words).around(words)
    found = mark(read(content), content, words)
    assert found.state is State.MARKED
    (box,) = found.boxes
    turned = {
        90: (lowest / HEIGHT, left / WIDTH, highest / HEIGHT, right / WIDTH),
        180: (1 - right / WIDTH, lowest / HEIGHT, 1 - left / WIDTH, highest / HEIGHT),
        270: (1 - highest / HEIGHT, 1 - right / WIDTH, 1 - lowest / HEIGHT, 1 - left / WIDTH),
    }[turn]
    inside = Box(*(round(SCALE * side) for side in turned))
    along = ("left", "right") if turn == 180 else ("top", "bottom")
    for side in along:
        assert getattr(box, side) == pytest.approx(getattr(inside, side), abs=SCALE * 0.5 / WIDTH)
    assert inside.left - 50 <= box.left < box.right <= inside.right + 50
    assert inside.top - 50 <= box.top < box.bottom <= inside.bottom + 50


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_short_lines_are_found_in_their_order_however_the_page_is_turned(turn):
    paper = Paper().lines("13 June 2016", "Dear Mr Hill", "Background", "The visit was short.")
    content = changed(paper.saved(), lambda page: page.rotate(turn))
    document = document_of(content, "13 June 2016\nDear Mr Hill\nBackground\nThe visit was short.\n")
    found = mark(document, content, "Mr Hill Background")
    assert (found.state, len(found.boxes)) == (State.MARKED, 2)


def test_a_page_whose_lines_all_run_up_it_is_read_as_it_is_meant():
    paper = Paper()
    paper.canvas.translate(500, 100)
    paper.canvas.rotate(90)
    paper.lines("13 June 2016", "Dear Mr Hill", "Background", "The visit was short.", x=0, top=200)
    content = paper.saved()
    document = document_of(content, "13 June 2016\nDear Mr Hill\nBackground\nThe visit was short.\n")
    found = mark(document, content, "Mr Hill Background")
    assert found.state is State.MARKED
    hill, background = found.boxes
    assert hill.right <= background.left + 150  # the later line stands to the right


def test_lines_that_run_up_the_page_are_marked_as_they_run():
    paper = Paper().lines(*COUNCIL)
    paper.canvas.saveState()
    paper.canvas.translate(500, 200)
    paper.canvas.rotate(90)
    paper.canvas.drawString(0, 0, "This line runs up the page.")
    paper.canvas.restoreState()
    content = paper.saved()
    document = document_of(content, "\n".join([*COUNCIL, "This line runs up the page."]) + "\n")
    found = mark(document, content, "This line runs up the page.")
    (box,) = found.boxes
    assert box.bottom == pytest.approx(SCALE * (1 - 200 / HEIGHT), abs=50)
    assert box.right - box.left < SCALE * 16 / WIDTH < box.bottom - box.top


def test_a_cropped_page_is_measured_from_its_crop():
    paper = Paper().lines(*COUNCIL)
    content = cropped(paper.saved(), 50, 400, 450, 800)
    words = "know the children"
    (box,) = mark(read(content), content, words).boxes
    left, right, *_ = paper.line_with(words).around(words)
    assert box.left == pytest.approx(SCALE * (left - 50) / 400, abs=150)
    assert box.right == pytest.approx(SCALE * (right - 50) / 400, abs=150)
    assert box.bottom >= SCALE * (800 - paper.line_with(words).y) / 400 >= box.top


def test_words_that_are_cropped_away_are_said_to_stand_outside():
    paper = Paper().lines(*COUNCIL)
    content = cropped(paper.saved(), 50, 100, 450, 740)  # the first two lines are above it
    document = read(content)
    assert mark(document, content, "since the last inspection") == Marked(State.OUTSIDE)
    partly = mark(document, content, "support well, and managers")
    assert partly.state is State.PARTLY
    assert len(partly.boxes) == 1


def test_a_line_that_runs_off_the_page_is_marked_as_far_as_it_is_seen():
    paper = Paper().lines("The report stands at an address that is too long for the page.", x=450)
    content = paper.saved()
    found = mark(read(content), content, "an address that is too long for the page.")
    assert found.state is State.PARTLY
    assert [box.right for box in found.boxes] == [SCALE]


def test_a_scan_without_text_is_never_marked():
    paper = Paper().lines(*COUNCIL).next_page()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    content = paper.saved()
    # As a reader with character recognition has it.
    document = document_of(content, "\n".join(COUNCIL) + "\n", "Words that were recognised.\n")
    assert mark(document, content, "that were recognised", page=2) == Marked(State.NO_LETTERS)


def test_a_citation_of_another_page_is_said_to_be_elsewhere():
    content = Paper().lines(*COUNCIL).next_page().lines("A second page.").saved()
    document = read(content)
    assert mark(document, content, "A second page.", page=1) == Marked(State.ELSEWHERE)


def test_one_line_is_drawn_around_lines_that_stand_below_each_other():
    first, second, third = Box(50, 10, 90, 20), Box(10, 20, 90, 30), Box(10, 29, 40, 39)
    far, beside = Box(10, 60, 90, 70), Box(120, 70, 200, 80)
    assert paragraphs([first, second, third, far, beside]) == ((first, second, third), (far,), (beside,))


def test_boxes_of_a_quotation_do_not_lie_over_each_other():
    content = Paper().lines(*COUNCIL).saved()
    document = read(content)
    boxes = mark(document, content, " ".join(COUNCIL)).boxes
    assert len(boxes) == len(COUNCIL)
    assert all(above.bottom <= below.top + 50 for above, below in pairwise(boxes))
