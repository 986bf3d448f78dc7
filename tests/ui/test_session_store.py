"""Sessions are kept for their browser alone; changes can be undone; runs remember what was shown."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from qa.answer import Answer, Status
from qa.session_content import BlockContent, SessionContent
from qa.session_plan import DiscussionBlock, SessionPlan
from qa.session_slides import Column, Point, Slide
from ui.session_store import Sessions

PLAN = SessionPlan("A session", "An aim", 20, (DiscussionBlock(title="Talk", minutes=20, text="One"),))
SLIDES = (
    Slide(0, "Talk", (Column((Point(words="asked"),)),), key=(Point(words="told"),), reveals=0),
    Slide(0, "Talk", (Column((Point(words="asked"),)),), key=(Point(words="more"),), reveals=0, part=2),
    Slide(0, "Talk", (Column((Point(words="asked again"),)),), key=(Point(words="told"),), reveals=1),
)
CONTENT = SessionContent("A session", "", 20, (BlockContent("Talk", "discussion", 20, "", (), SLIDES),))
SILENT = Answer("Who?", Status.NOT_IN_DOCUMENTS, "None.", (), (), 0.1, "Who?")


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def id(sessions: Sessions) -> str:
    added = sessions.add("anna", PLAN)
    assert added
    return added


def test_a_session_is_found_by_its_browser_alone(sessions: Sessions, id: str) -> None:
    kept = sessions.find("anna", id)
    assert kept
    assert kept.plan == PLAN
    assert sessions.find("ben", id) is None
    assert [one.id for one in sessions.listed("anna")] == [id]
    assert sessions.listed("ben") == ()
    assert not sessions.change("ben", id, PLAN, "x")
    assert not sessions.delete("ben", id)
    assert sessions.start("ben", id, CONTENT) is None
    assert sessions.runs("ben", id) == ()


def test_changes_are_undone_one_after_the_other(sessions: Sessions, id: str) -> None:
    for title in ("Second", "Third"):
        sessions.change("anna", id, replace(PLAN, title=title), f"calling it {title}")
    kept = sessions.find("anna", id)
    assert kept
    assert (kept.plan.title, kept.undo) == ("Third", "calling it Third")
    assert sessions.undo("anna", id)
    assert sessions.undo("anna", id)
    kept = sessions.find("anna", id)
    assert kept
    assert (kept.plan, kept.undo) == (PLAN, "")
    assert not sessions.undo("anna", id)


def test_a_deleted_session_can_be_taken_back(sessions: Sessions, id: str) -> None:
    assert sessions.delete("anna", id)
    assert sessions.listed("anna") == ()
    assert not sessions.restore("ben", id)
    assert sessions.restore("anna", id)
    assert sessions.find("anna", id)


def test_a_run_keeps_what_was_on_the_screen_and_not_what_was_loaded_again(
    sessions: Sessions, id: str
) -> None:
    sessions.start("anna", id, CONTENT)
    for slide, revealed in ((0, False), (1, False), (1, False), (1, True), (3, False)):
        sessions.show("anna", id, slide, revealed=revealed)
    run = sessions.open_run("anna", id)
    assert run
    assert [(one.slide, one.revealed) for one in run.shown] == [(0, False), (1, False), (1, True), (3, False)]
    assert run.was_revealed(2)  # its key goes on from the one that was revealed
    assert not run.was_revealed(3)
    assert run.clock.block == 0


def test_a_question_is_kept_with_its_answer_and_the_slide_it_came_up_at(sessions: Sessions, id: str) -> None:
    sessions.start("anna", id, CONTENT)
    sessions.show("anna", id, 2, revealed=False)
    run = sessions.ask("anna", id, "Who?", SILENT)
    assert run
    assert [(one.question, one.slide, one.answer) for one in run.asked] == [("Who?", 2, SILENT)]


def test_an_ended_run_stays_as_it_was_and_a_new_one_can_begin(sessions: Sessions, id: str) -> None:
    sessions.start("anna", id, CONTENT)
    ended = sessions.end("anna", id)
    assert ended
    assert ended.clock.is_paused
    assert sessions.ask("anna", id, "Who?", SILENT) is None
    assert sessions.show("anna", id, 1, revealed=False) is None
    sessions.start("anna", id, CONTENT)
    assert [run.ended is None for run in sessions.runs("anna", id)] == [True, False]
    assert sessions.delete_run("anna", id, ended.id)
    assert len(sessions.runs("anna", id)) == 1


def test_starting_again_ends_the_run_that_is_open(sessions: Sessions, id: str) -> None:
    sessions.start("anna", id, CONTENT)
    sessions.start("anna", id, CONTENT)
    assert sum(run.ended is None for run in sessions.runs("anna", id)) == 1


def test_everything_outlives_the_program_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    first = Sessions(path)
    id = first.add("anna", PLAN)
    assert id
    first.start("anna", id, CONTENT)
    first.show("anna", id, 1, revealed=True)
    again = Sessions(path)
    run = again.open_run("anna", id)
    assert run
    assert run.content == CONTENT
    assert run.slide == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"anna" not in path.read_bytes()
