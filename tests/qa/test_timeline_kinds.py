"""What kind of event a statement tells of."""

import pytest

from qa.timeline_event import EventKind
from qa.timeline_kinds import kind_of_event


@pytest.mark.parametrize(
    ("words", "dated", "kind"),
    [
        ("The director resigned in May 2011.", "May", EventKind.DEPARTURE),
        ("The assistant is in post until May 2011.", "May", EventKind.DEPARTURE),
        ("A new director was appointed in May 2011.", "May", EventKind.APPOINTMENT),
        ("The report was published in May 2011.", "May", EventKind.REPORT),
        ("Inspectors visited the pool in May 2011.", "May", EventKind.INSPECTION),
        ("The pool was rated inadequate in May 2011.", "May", EventKind.JUDGEMENT),
        ("The 2011 action plan was sent back.", "2011", EventKind.PLAN),
        ("The pool was opened in May 2011.", "May", EventKind.EVENT),
    ],
)
def test_the_wording_decides(words: str, dated: str, kind: EventKind) -> None:
    assert kind_of_event(words, words.index(dated)) is kind


def test_of_two_clauses_the_one_with_the_date_decides() -> None:
    words = "The inspection ended on 9 October 2014, and the report was published in November 2014."
    assert kind_of_event(words, words.index("9 October")) is EventKind.INSPECTION
    assert kind_of_event(words, words.index("November")) is EventKind.REPORT


def test_column_headings_say_what_the_dates_of_a_row_are() -> None:
    columns = "| Area of criticism | Years |"
    assert kind_of_event("| Lighting | 2011, 2012 |", 13, columns) is EventKind.JUDGEMENT
