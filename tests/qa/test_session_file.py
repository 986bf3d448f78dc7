"""The TOML file of a session: what it may say, and what is said of a mistake."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date

import pytest

from corpus.period import Period
from qa.errors import BadPlan
from qa.session_file import KEYS, example_plan, read_plan, table_of, write_plan
from qa.session_plan import (
    BLOCKS,
    ComparisonBlock,
    DiscussionBlock,
    QuestionBlock,
    QuizBlock,
    SessionPlan,
    Stretch,
    ThemeBlock,
    TimelineBlock,
    block_documents,
    period_named,
)

HEAD = 'title = "A session"\nminutes = 30\n'
EVERYTHING = SessionPlan(
    "All blocks “at once”",
    'Two lines,\nwith "quotation marks" and a backslash \\',
    45,
    (
        TimelineBlock(
            title="Stretch",
            minutes=5,
            within=Stretch("2014-08", "26 August 2015", ("a.txt",)),
            events=("report",),
            about="visit",
            most=3,
        ),
        ThemeBlock(title="Theme", minutes=5, words="early help", within=Stretch("2014"), most=1),
        ComparisonBlock(
            title="Sides", minutes=5, sides=(Stretch("2014", "2014", (), "Then"), Stretch("2020")), most=2
        ),
        QuestionBlock(title="Asked", minutes=5, question="Who wrote it?", documents=("a.txt", "b.txt")),
        QuizBlock(
            title="Quiz", minutes=5, count=3, seed=0, kinds=("grade",), about="plan", pinned=("grade-1",)
        ),
        DiscussionBlock(title="Talk", minutes=5, text="One\n\nTwo", notes="Say it\nslowly"),
    ),
)


def said_of(text: str) -> BadPlan:
    with pytest.raises(BadPlan) as wrong:
        read_plan(text)
    return wrong.value


def block(kind: str, *lines: str) -> str:
    said = "\n".join((f'kind = "{kind}"', 'title = "T"', "minutes = 5", *lines))
    return f"{HEAD}\n[[block]]\n{said}\n"


def test_a_plan_is_read_back_as_it_was_written():
    assert read_plan(write_plan(EVERYTHING)) == EVERYTHING
    assert read_plan(write_plan(SessionPlan("Empty", "", 10))) == SessionPlan("Empty", "", 10)


def test_every_kind_of_block_is_in_that_test_and_has_its_keys():
    assert {type(one) for one in EVERYTHING.blocks} == set(BLOCKS)
    assert list(KEYS) == [one.kind for one in BLOCKS]
    for one in EVERYTHING.blocks:
        assert set(table_of(one)) <= set(KEYS[one.kind])


def test_the_example_fills_its_sixty_minutes_with_every_kind_of_block():
    plan = read_plan(example_plan())
    assert plan.title == "From 2000 to 2020: what changed, what came back"
    assert (plan.minutes, plan.planned) == (60, 60)
    assert {one.kind for one in plan.blocks} == set(KEYS)


def test_what_is_written_is_toml_that_a_person_can_edit():
    text = write_plan(EVERYTHING)
    assert tomllib.loads(text)["block"][1]["words"] == "early help"
    assert (
        'kind = "theme"\ntitle = "Theme"\nminutes = 5\nwords = "early help"\nfrom = "2014"\nmost = 1\n'
        in text
    )
    assert "seed = 0" in text  # a nought says something


def test_times_are_years_months_or_days_in_figures_or_words():
    plan = read_plan(block("timeline", "from = 2014", "to = 2014-09-30"))
    within = plan.blocks[0].within  # type: ignore[union-attr]
    assert (within.first, within.last) == ("2014", "2014-09-30")
    august = Period(date(2014, 8, 1), date(2014, 8, 31))
    assert [period_named(one) for one in ("2014-08", "August 2014", " 2014-08 ")] == [august] * 3
    assert period_named("soon") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "aims = 'x'\n", ("unknown key 'aims'", "Did you mean 'aim'?", "title, aim, minutes, block")),
        ("minutes = 30\n", ("'title' is missing", "text in quotation marks")),
        ('title = "A"\nminutes = "long"\n', ("'minutes' is 'long'", "a whole number from 1 to 1440")),
        ('title = "A"\nminutes = true\n', ("'minutes' is True", "a whole number")),
        (HEAD + "block = 3\n", ("'block' is 3", "[[block]]")),
        (block("poem"), ("Block 1", "'kind' is 'poem'", "timeline, theme, comparison")),
        (block("theme"), ("Block 1 (theme)", "'words' is missing")),
        (block("theme", 'words = "x"', "most = 99"), ("'most' is 99", "from 1 to 10")),
        (block("theme", 'words = "x"', "wrods = 1"), ("unknown key 'wrods'", "Did you mean 'words'?")),
        (block("timeline", 'from = "soon"'), ("'from' is 'soon'", "a year, a month or a day")),
        (block("timeline", "from = 2015", "to = 2014"), ("'to' is 2014", "not before 'from' (2015)")),
        (block("timeline", 'events = ["party"]'), ("'events' is ['party']", "inspection, report")),
        (block("comparison", "sides = [{ from = 2014 }]"), ("'sides'", "2 to 4 tables")),
        (
            block("comparison", "sides = [{ from = 2014 }, { form = 2015 }]"),
            ("Block 1 (comparison), side 2", "unknown key 'form'", "Did you mean 'from'?"),
        ),
        (block("quiz", 'kinds = ["riddle"]'), ("'kinds' is ['riddle']", "number, date")),
        (HEAD + "aim = yes\n", ("not TOML", "line 3")),
    ],
)
def test_a_mistake_is_told_with_its_key_what_was_found_and_what_is_expected(text, parts):
    said = str(said_of(text))
    for part in parts:
        assert part in said


def test_the_key_of_a_mistake_is_known_to_the_form_that_shows_it():
    assert said_of(block("theme", 'words = "x"', "most = 99")).key == "most"


def test_the_balance_says_how_the_blocks_fill_the_time():
    plan = replace(EVERYTHING, minutes=30)
    assert plan.balance == "The blocks take 30 of 30 minutes."
    assert replace(plan, minutes=40).balance.endswith("10 minutes are free.")
    assert replace(plan, minutes=25).balance.endswith("that is 5 minutes too many.")


def test_the_documents_of_a_block_are_named_once():
    assert [block_documents(one) for one in EVERYTHING.blocks] == [
        ("a.txt",),
        (),
        (),
        ("a.txt", "b.txt"),
        (),
        (),
    ]


def test_a_block_has_a_title_a_length_and_notes():
    for kind in BLOCKS:
        assert {"title", "minutes", "notes"} <= {one.name for one in fields(kind)}
