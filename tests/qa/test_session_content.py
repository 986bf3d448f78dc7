"""What a session shows: verbatim, cited, nothing of a key too early, and whatever documents there are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.store import open_index
from qa.assistant import Assistant, bring_up_to_date, index_folder
from qa.session_content import ALL_GONE, NOTHING_HERE, SILENT, SessionContent, session_content
from qa.session_file import example_plan, read_plan
from qa.session_plan import (
    ComparisonBlock,
    DiscussionBlock,
    QuestionBlock,
    QuizBlock,
    SessionPlan,
    Stretch,
    ThemeBlock,
    TimelineBlock,
)
from qa.session_slides import LETTERS, LINES, on_screen
from tests.conftest import DOCUMENTS
from tests.fakes import HashedWords
from tests.qa.other_texts import FOLDER, HOSPITAL

TEXTS = sorted(path.name for path in DOCUMENTS.glob("*.txt"))


def assistant_over(folder: Path, data: Path) -> Assistant:
    """Knows words and no meaning: what is tested here is what becomes of what it finds."""
    encoder = HashedWords()
    bring_up_to_date(folder, data, encoder, progress=lambda _: None)
    return Assistant(open_index(index_folder(folder, data), encoder), encoder, threshold=0.0)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(FOLDER, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def example(bundled: Assistant) -> SessionContent:
    return session_content(read_plan(example_plan()), bundled)


def over(assistant: Assistant, *blocks: object) -> SessionContent:
    return session_content(SessionPlan("T", "", 10, tuple(blocks)), assistant)  # type: ignore[arg-type]


def texts(content: SessionContent) -> str:
    return "\n".join(
        " ".join((point.heading, point.words, point.citation.quote if point.citation else ""))
        for slide in content.slides
        for point in (*slide.points, *slide.key)
    )


def all_stand(content: SessionContent, assistant: Assistant) -> int:
    """How many quotations there are, each of which stands at its place."""
    cited = [
        point.citation for slide in content.slides for point in (*slide.points, *slide.key) if point.citation
    ]
    for one in cited:
        assert assistant.document(one.document_id).text[one.start : one.end] == one.quote
    return len(cited)


def test_every_quotation_of_the_example_stands_in_its_document(example, bundled):
    assert all_stand(example, bundled) > 40


def test_every_block_of_the_example_has_something_to_show(example):
    assert len(example.blocks) == 9
    assert all(not block.remarks for block in example.blocks)
    for said in (NOTHING_HERE + "\n", SILENT, ALL_GONE):
        assert said not in texts(example)


def test_no_answer_of_the_example_is_seen_before_it_is_revealed(example):
    for slide in example.slides:
        shown = {point.citation for point in on_screen(slide, revealed=False) if point.citation}
        hidden = {point.citation for point in slide.key if point.citation}
        notes = [point.note for point in on_screen(slide, revealed=False)]
        assert not (shown & hidden) or not any(notes)  # of a theme the mark is what is revealed
        if slide.options:
            assert not shown


def test_each_group_of_points_fits_a_slide_or_is_one_point_alone(example):
    for slide in example.slides:
        for points in ([slide.key] if slide.key else []) + [
            column.points for column in slide.columns if len(slide.columns) == 1
        ]:
            assert len(points) == 1 or sum(one.lines(LETTERS) for one in points) <= LINES


def test_the_same_plan_over_the_same_documents_shows_the_same(example, bundled):
    assert session_content(read_plan(example_plan()), bundled) == example


@pytest.mark.parametrize("removed", TEXTS)
def test_the_example_goes_on_with_any_one_document_removed(removed, tmp_path):
    folder = tmp_path / "documents"
    shutil.copytree(DOCUMENTS, folder)
    folder.joinpath(removed).unlink()
    here = assistant_over(folder, tmp_path / "data")
    content = session_content(read_plan(example_plan()), here)
    assert len(content.blocks) == 9
    assert all(block.slides for block in content.blocks)
    assert all_stand(content, here) > 10
    told = [block.title for block in content.blocks if any(removed in one for one in block.remarks)]
    named = example_plan().count(removed)
    assert len(told) == named
    assert (ALL_GONE in texts(content)) == (named == 1)


def test_the_example_over_a_folder_of_other_documents_says_what_is_not_there(others):
    content = session_content(read_plan(example_plan()), others)
    assert all(block.slides for block in content.blocks)
    assert ALL_GONE in texts(content)
    assert all_stand(content, others) > 0


def test_a_session_over_other_documents_shows_what_they_say(others):
    within = Stretch(documents=(HOSPITAL,))
    content = over(
        others,
        TimelineBlock(title="Time", minutes=1, within=within, most=4),
        ThemeBlock(title="Theme", minutes=1, words="staff"),
        ComparisonBlock(title="Grades", minutes=1, sides=(Stretch("2018", "2018"), Stretch("2019", "2021"))),
        QuizBlock(title="Quiz", minutes=1, count=2),
    )
    timeline, theme, comparison, quiz = content.blocks
    cited = [point.citation for slide in timeline.slides for point in slide.points if point.citation]
    assert 1 < len(cited) <= 4
    assert {one.document_id for one in cited} == {HOSPITAL}
    assert any(slide.key for slide in theme.slides)
    assert len(comparison.slides[0].columns) == 2
    assert len(quiz.quiz) == 2
    assert len({slide.reveals for slide in quiz.slides}) == 2


def test_a_stretch_in_which_nothing_is_dated_says_so(others):
    content = over(others, TimelineBlock(title="T", minutes=1, within=Stretch("1950", "1960")))
    assert texts(content).strip() == NOTHING_HERE


def test_a_block_with_some_of_its_documents_shows_the_others_and_names_the_missing(others):
    block = TimelineBlock(title="T", minutes=1, within=Stretch(documents=("gone.txt", HOSPITAL)))
    content = over(others, block)
    assert content.blocks[0].remarks == ("Not among the documents here: gone.txt.",)
    assert all_stand(content, others) > 0


def test_fewer_quiz_questions_than_planned_are_told(others):
    content = over(others, QuizBlock(title="Q", minutes=1, count=40, kinds=("grade",)))
    found = len(content.quiz)
    assert found < 40
    assert f"give {found} of the 40 questions" in content.blocks[0].remarks[0]


def test_pinned_questions_come_first_and_one_that_is_gone_is_told(others):
    some = over(others, QuizBlock(title="Q", minutes=1, count=3)).quiz
    pinned = (some[2].id, "grade-0000000000")
    content = over(others, QuizBlock(title="Q", minutes=1, count=2, pinned=pinned))
    assert content.quiz[0].id == some[2].id
    assert len(content.quiz) == 2
    assert "grade-0000000000" in content.blocks[0].remarks[0]


def test_what_cannot_be_asked_says_why_and_the_rest_goes_on(others):
    unasked = QuestionBlock(title="Q", minutes=1, question="x" * 3000)
    content = over(others, unasked, DiscussionBlock(title="D", minutes=1, text="One"))
    assert "The question has 3,000 characters" in texts(content)
    assert content.blocks[1].slides


def test_a_question_to_a_document_that_is_gone_says_so_and_the_rest_goes_on(others):
    gone = QuestionBlock(title="Q", minutes=1, question="Who?", documents=("gone.txt",))
    content = over(others, gone, DiscussionBlock(title="D", minutes=1, text="One\n\nTwo"))
    assert ALL_GONE in texts(content)
    assert [point.words for point in content.blocks[1].slides[0].points] == ["One", "Two"]


def test_notes_of_the_facilitator_are_on_no_slide(example):
    notes = [block.notes for block in example.blocks if block.notes]
    assert notes
    assert not any(note in texts(example) for note in notes)
