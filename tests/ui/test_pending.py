from __future__ import annotations

import threading

import pytest

from qa.answer import Answer, Status
from ui.pending import Pending, Stopped

ANSWER = Answer("Why?", Status.ANSWERED, "", (), (), 1.0, "")


def test_an_answer_comes_when_it_is_computed():
    pending = Pending()
    assert pending.wait(pending.begin("anna", lambda: ANSWER)) is ANSWER


def test_what_goes_wrong_while_it_is_computed_is_told_to_who_waits():
    pending = Pending()
    with pytest.raises(ZeroDivisionError):
        pending.wait(pending.begin("anna", lambda: 1 // 0))


def test_a_stopped_job_is_not_waited_for():
    pending, gate = Pending(), threading.Event()
    job = pending.begin("anna", lambda: gate.wait(20) and ANSWER)
    assert pending.stop("anna", job.id)
    with pytest.raises(Stopped):
        pending.wait(job)
    gate.set()


def test_a_job_is_stopped_once_and_by_its_own_browser_only():
    pending = Pending()
    job = pending.begin("anna", lambda: ANSWER)
    assert not pending.stop("ben", job.id)
    assert pending.stop("anna", job.id)
    assert not pending.stop("anna", job.id)
    assert not pending.stop("anna", "unknown")


def test_no_more_are_computed_at_once_than_was_said_and_one_that_was_stopped_never_begins():
    pending, gate, begun = Pending(at_once=1), threading.Event(), []

    def answer(name):
        begun.append(name)
        gate.wait(20)
        return ANSWER

    first, second, third = (pending.begin("anna", lambda name=name: answer(name)) for name in "123")
    pending.stop("anna", second.id)
    pending.end(second)
    gate.set()
    assert [pending.wait(job) for job in (first, third)] == [ANSWER, ANSWER]
    assert begun == ["1", "3"]
