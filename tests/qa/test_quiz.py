"""Quiz questions: made word for word, with one right answer, the same every time."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus.read import read_documents
from qa.errors import BadEdit, UnknownQuestion
from qa.quiz import QuizFilter, QuizMaker, make_quiz, questions_by_id
from qa.quiz_clear import flat, is_clear_alone, is_respectful
from qa.quiz_edit import QuizEdit, with_edit
from qa.quiz_files import quiz_to_csv, quiz_to_json, quiz_to_text
from qa.quiz_gift import escaped, quiz_to_gift
from qa.quiz_question import ALL_KINDS, GAP, QuestionKind, QuizQuestion
from tests.qa.gift_reader import read_gift
from tests.qa.other_texts import other_documents, read_text

BUNDLED = Path(__file__).parents[2] / "corpus" / "documents"
SETS = (QuestionKind.ORDER, QuestionKind.MATCH)


@pytest.fixture(scope="module")
def documents():
    return read_documents(BUNDLED).documents


@pytest.fixture(scope="module")
def maker(documents):
    return QuizMaker(documents)


@pytest.fixture(scope="module")
def details(documents):
    return {one.id: one.details for one in documents}


def test_every_quotation_stands_in_its_document(maker, documents):
    texts = {one.id: one.text for one in documents}
    for question in maker.questions:
        for cited in question.citations:
            assert texts[cited.document_id][cited.start : cited.end] == cited.quote


def test_the_bundled_documents_give_every_kind(maker):
    assert set(Counter(one.kind for one in maker.questions)) == set(ALL_KINDS)


def test_no_two_options_are_the_same_and_ids_are_unique(maker):
    assert len({one.id for one in maker.questions}) == len(maker.questions)
    for question in maker.questions:
        assert len({option.casefold() for option in question.options}) == len(question.options) >= 3


def test_a_gap_stands_where_the_answer_stood_and_the_answer_nowhere_else(maker):
    for question in maker.questions:
        if question.kind in (QuestionKind.NUMBER, QuestionKind.NAME):
            assert question.statement.count(GAP) == 1
            filled = flat(question.statement.replace(GAP, question.answer[0])).removeprefix("… ")
            quoted = " ".join(flat(cited.quote) for cited in question.citations)
            # a title or letters after a name belong to the gap
            assert filled == quoted or question.kind is QuestionKind.NAME
            assert question.answer[0].casefold() not in question.statement.casefold().split()


def test_the_statements_of_an_order_are_of_distinct_times_and_show_no_year(maker):
    for question in (one for one in maker.questions if one.kind in SETS):
        assert len(question.citations) == len(question.options) == 4
        assert sorted(set(question.key)) == sorted(question.key)


def test_the_same_seed_gives_the_same_quiz_and_another_seed_another(documents, maker):
    first = maker.choose(count=12, seed=3)
    assert first == make_quiz(documents, count=12, seed=3)
    assert [one.id for one in first] != [one.id for one in maker.choose(count=12, seed=4)]


def test_no_statement_is_used_twice_in_one_quiz(maker):
    chosen = maker.choose(count=40, seed=5)
    places = [
        (one.document_id, one.start)
        for question in chosen
        for one in (question.citations if question.kind in SETS else question.citations[-1:])
    ]
    assert len(chosen) == 40
    assert len(set(places)) == len(places)


def test_a_question_is_found_again_by_its_id_whatever_was_chosen(documents, maker):
    chosen = maker.choose(count=5, seed=9)
    assert questions_by_id(documents, [one.id for one in chosen]) == chosen
    with pytest.raises(UnknownQuestion, match="no question 'grade-0'"):
        maker.by_id(["grade-0"])


def test_kinds_documents_times_and_words_narrow_it(maker):
    letter = "2020-12-04-ofsted-focused-visit.txt"
    for one in maker.choose(count=40, kinds=[QuestionKind.DATE]):
        assert one.kind is QuestionKind.DATE
    for one in maker.choose(count=40, narrowed=QuizFilter(within=(letter,))):
        assert {cited.document_id for cited in one.citations} == {letter}
    early = QuizFilter(first=date(2001, 1, 1), last=date(2009, 12, 31))
    assert maker.choose(count=40, narrowed=early)
    about = maker.choose(count=40, kinds=[QuestionKind.INSPECTION], narrowed=QuizFilter(about="assessments"))
    assert about
    assert all("assess" in f"{one.statement} {one.citations[0].locator}".casefold() for one in about)


def test_the_hash_seed_changes_nothing():
    code = (
        "from pathlib import Path; from corpus.read import read_documents; from qa.quiz import make_quiz;"
        f"print([q.id for q in make_quiz(read_documents(Path({str(BUNDLED)!r})).documents, count=15)])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=BUNDLED.parents[1],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("gone", range(5))
def test_any_one_document_may_be_gone(documents, gone):
    left = [one for number, one in enumerate(documents) if number != gone]
    assert len(make_quiz(left, count=10)) == 10


def test_documents_of_other_organisations_give_questions_too():
    others = list(other_documents().values())
    chosen = make_quiz(others, count=10)
    texts = {one.id: one.text for one in others}
    assert chosen
    for cited in (cited for one in chosen for cited in one.citations):
        assert texts[cited.document_id][cited.start : cited.end] == cited.quote


def test_a_document_without_anything_to_ask_gives_no_quiz(tmp_path):
    document = read_text(tmp_path, "Dear Ms Example\n\nThank you for your letter.\n\nYours sincerely\n")
    assert make_quiz([document], count=10) == ()
    assert make_quiz([], count=10) == ()


@pytest.mark.parametrize(
    "words",
    [
        "It was found to be weak in nearly all of the areas that were looked at.",
        "However, the plans of the council were not followed by its managers.",
        "The report found evidence of good work in most of the teams that were seen.",
        "We found that the managers of the service did not read their plans.",
        "This led to the managers of the service being asked for their plans.",
        "The three files where no record was found were of staff employed for years.",
    ],
)
def test_what_is_only_clear_from_its_neighbours_is_no_question(words):
    assert not is_clear_alone(words)


def test_a_sentence_that_names_what_it_speaks_of_is_clear():
    assert is_clear_alone("In March 2014 the Audit Panel of Northtown reviewed the plan of the fire service.")


def test_suffering_is_no_question_but_an_inquiry_is():
    assert not is_respectful("The report found evidence that at least 14 children had been abused.")
    assert not is_respectful("The review following the death of Child S was published in 2012.")
    assert is_respectful("Professor Jay published an Independent Inquiry into Child Sexual Exploitation.")


def test_an_edited_question_is_marked_and_its_quotation_and_key_stay(maker):
    made = maker.choose(count=1, kinds=[QuestionKind.NUMBER])[0]
    edited = with_edit(made, QuizEdit("How many were there?"))
    assert (edited.prompt, edited.edited) == ("How many were there?", True)
    assert (edited.statement, edited.key, edited.citations) == (made.statement, made.key, made.citations)
    assert with_edit(made, QuizEdit(made.prompt)) == made


def test_words_that_a_question_cannot_have_are_refused(maker):
    made = maker.choose(count=1, kinds=[QuestionKind.NUMBER])[0]
    same = tuple("A" for _ in made.options)
    for edit, message in (
        (QuizEdit(" "), "0 characters"),
        (QuizEdit("Q", same), "the same"),
        (QuizEdit("Q", ("A",)), "Found 1 options"),
    ):
        with pytest.raises(BadEdit, match=message):
            with_edit(made, edit)
    order = maker.choose(count=1, kinds=[QuestionKind.ORDER])[0]
    with pytest.raises(BadEdit, match="quotations"):
        with_edit(order, QuizEdit("Q", ("A", "B", "C", "D")))


def test_a_key_that_does_not_fit_is_refused(maker):
    made = maker.choose(count=1, kinds=[QuestionKind.NUMBER])[0]
    with pytest.raises(ValueError, match="does not fit"):
        QuizQuestion(made.id, made.kind, "Q", "S", ("a", "b"), (2,), made.citations)


def test_a_gift_file_is_read_as_it_was_meant(maker, details):
    chosen = maker.questions
    read = read_gift(quiz_to_gift(chosen, details))
    assert len(read) == len(chosen)
    for question, gift in zip(chosen, read, strict=True):
        assert question.prompt in gift.text
        assert all(flat(cited.quote) in gift.feedback for cited in question.citations)
        if question.kind is QuestionKind.MATCH:
            years = [question.targets[number] for number in question.key]
            assert [one for one in gift.matches if one[0]] == list(zip(question.options, years, strict=True))
        elif question.kind is QuestionKind.ORDER:
            places = dict(gift.matches)
            assert [places[option] for option in question.answer] == ["first", "second", "third", "fourth"]
        else:
            assert (gift.right, len(gift.wrong)) == (list(question.answer), len(question.options) - 1)


def test_every_sign_of_the_gift_format_is_escaped():
    assert escaped("a ~ = # { } : \\ b\nc") == r"a \~ \= \# \{ \} \: \\ b c"


def test_the_sheet_of_the_participants_holds_no_key(maker, details):
    chosen = maker.choose(count=5)
    rows = list(csv.DictReader(io.StringIO(quiz_to_csv(chosen, details, with_key=False))))
    assert len(rows) == 5
    assert not {"key", "sources"} & set(rows[0])
    assert "Key" not in quiz_to_text(chosen, details, with_key=False)
    with_key = list(csv.DictReader(io.StringIO(quiz_to_csv(chosen, details, with_key=True))))
    assert all(one["key"] and one["sources"] for one in with_key)


def test_json_holds_the_place_of_every_quotation(maker, details):
    chosen = maker.choose(count=5)
    made = quiz_to_json(chosen, details)["questions"]
    assert [one["id"] for one in made] == [one.id for one in chosen]
    assert made[0]["citations"][0]["quote"] == chosen[0].citations[0].quote
