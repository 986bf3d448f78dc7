"""What kind of answer is wanted, and what can be one."""

import pytest

from qa.kinds import Kind, asks_over_time, fits_kind, kind_of, wants_list


@pytest.mark.parametrize(
    ("kind", "words", "fits"),
    [
        (Kind.NUMBER, "Inspectors referred 13 cases back.", True),
        (Kind.NUMBER, "Seven of the files failed.", True),
        (Kind.NUMBER, "Some of the files failed.", False),
        (Kind.NUMBER, "It met on 24th September 2014 and in 2015/16.", False),
        (Kind.NUMBER, "On 24 September 2014 it looked at 13 cases.", True),
        (Kind.DATE, "It was established in July 2015.", True),
        (Kind.DATE, "It may be established soon.", False),
        (Kind.PERSON, "The letter was copied to Martin Kimber.", True),
        (Kind.PERSON, "Matt Reed\nHer Majesty's Inspector", True),
        (Kind.PERSON, "Inspectors were impressed.", False),
        (Kind.PERSON, "It was sent to the Northby Safeguarding Children Board.", False),
        (Kind.PERSON, "The Chief Executive, Ann Smith, left.", True),
        (Kind.NAME, "It was replaced by Lampkeeper in May.", True),
        (Kind.NAME, "It was replaced by another.", False),
        (Kind.PHONE, "Telephone: (020) 8379 5000", True),
        (Kind.PHONE, "T 0300 123 1231", True),
        (Kind.PHONE, "On 12 May 2014 there were 145 cases.", False),
        (Kind.EMAIL, "E mail: Ann.Lee@example.org", True),
        (Kind.EMAIL, "E mail: to be announced", False),
        (Kind.REASON, "It closed because the roof leaked.", True),
        (Kind.REASON, "It closed in May.", False),
        (Kind.OTHER, "Anything.", False),
    ],
)
def test_words_fit_a_kind_when_they_hold_one(kind: Kind, words: str, fits: bool) -> None:
    assert fits_kind(kind, words) is fits


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("List the inspectors.", True),
        ("Which three people stepped down?", True),
        ("What areas were to be improved?", True),
        ("Who were the inspectors?", True),
        ("Who else was copied in?", True),
        ("Which yearly reports already go to the committee?", True),
        ("Which people declined?", True),
        ("Which children's home was closed?", False),
        ("What has Ofsted said about progress?", False),
        ("Who wrote the letter?", False),
        ("When was it written?", False),
    ],
)
def test_a_question_for_several_things_is_recognised(asked: str, wanted: bool) -> None:
    assert wants_list(asked) is wanted


@pytest.mark.parametrize(
    ("asked", "over_time"),
    [
        ("How has this been described over the years?", True),
        ("Had the form changed?", True),
        ("Trace the ratings.", True),
        ("Is that still so?", True),
        ("What was wrong with the form?", False),
    ],
)
def test_a_question_about_several_times_is_recognised(asked: str, over_time: bool) -> None:
    assert asks_over_time(asked) is over_time


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Who wrote it?", Kind.PERSON),
        ("And by whom?", Kind.PERSON),
        ("In the report, who is quoted?", Kind.PERSON),
        ("The letter was signed by who?", Kind.PERSON),
        ("How are teenagers who abuse others helped?", Kind.OTHER),
        ("When was it written?", Kind.DATE),
        ("What is the name of the lake?", Kind.NAME),
        ("Were the records out of date?", Kind.OTHER),
        ("What is the telephone number of the lake office?", Kind.PHONE),
        ("What is Ann Lee's email?", Kind.EMAIL),
        ("Why was it written in May?", Kind.REASON),
        ("What led to the closure?", Kind.REASON),
        ("When posts were cut, what was said?", Kind.OTHER),
        ("When posts were cut, how many people left?", Kind.NUMBER),
        ("Going back to the lake, how many boats were there?", Kind.NUMBER),
    ],
)
def test_the_kind_of_answer_is_told_from_what_really_asks(asked: str, kind: Kind) -> None:
    assert kind_of(asked) is kind
