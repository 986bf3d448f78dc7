"""Narrowing a question to some of the documents."""

from datetime import date

import pytest

from corpus.document import Details
from corpus.period import Period
from qa.errors import UnknownScope
from qa.scope import EVERYTHING, Scope, documents_in

DETAILS = (
    ("a", Details("A", publisher="Northby", kind="letter", published=date(2018, 5, 1))),
    ("b", Details("B", publisher="Northby", kind="report", published=date(2021, 5, 1))),
    ("c", Details("C", publisher="Southby", kind="letter")),
)


def test_everything_holds_every_document() -> None:
    assert documents_in(EVERYTHING, DETAILS) == {"a", "b", "c"}


def test_all_that_is_asked_for_must_agree() -> None:
    assert documents_in(Scope(kinds=frozenset({"letter"})), DETAILS) == {"a", "c"}
    both = Scope(kinds=frozenset({"letter"}), publishers=frozenset({"Northby"}))
    assert documents_in(both, DETAILS) == {"a"}


def test_a_period_leaves_out_what_has_no_date() -> None:
    years = Period(date(2018, 1, 1), date(2019, 12, 31))
    assert documents_in(Scope(period=years), DETAILS) == {"a"}


def test_a_scope_may_leave_nothing() -> None:
    assert (
        documents_in(Scope(documents=frozenset({"b"}), kinds=frozenset({"letter"})), DETAILS) == frozenset()
    )


def test_a_name_that_nothing_has_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownScope, match=r"no publisher 'Westby'.*'Northby', 'Southby'"):
        documents_in(Scope(publishers=frozenset({"Westby"})), DETAILS)
