"""Drafts: what each rule proposes, and that a draft is a question that can be checked."""

import json

from corpus.document import Details, Document, Role, Section, Sentence
from eval.draft import as_question, draft_questions
from eval.questions import parse_question

ROWS = "| Area | Years |\n| Leadership | 2009, 2014 |\n"
LIST = "Inspectors looked at:\n- contact and referral\n- care leavers\n"
PROSE = "The report of Professor Alexis Jay was published on 26 August 2014 and covered 1,400 children.\n"


def document(text: str, *sentences: Sentence, sections: tuple[Section, ...] = ()) -> Document:
    return Document("a.txt", Details("A letter"), "", text, (), sections, sentences)


def at(text: str, words: str, role: Role = Role.PROSE, lead: str | None = None) -> Sentence:
    start = text.index(words)
    place = None if lead is None else (text.index(lead), text.index(lead) + len(lead))
    return Sentence(start, start + len(words), role, place)


def drafts(*arguments, **sections):
    return list(draft_questions([document(*arguments, **sections)]))


def test_a_table_cell_is_asked_for_by_its_column_and_row():
    row = at(ROWS, "| Leadership | 2009, 2014 |", Role.ROW, "| Area | Years |")
    (draft,) = drafts(ROWS, row)
    assert draft.question == "What does the table give as 'Years' for 'Leadership'?"
    assert draft.accept == ("2009, 2014",)


def test_a_list_is_asked_for_as_a_whole_with_a_group_for_each_item():
    lead = "Inspectors looked at:"
    items = [at(LIST, words, Role.ITEM, lead) for words in ("contact and referral", "care leavers")]
    (draft,) = drafts(LIST, *items)
    assert draft.question == "What is listed under 'Inspectors looked at'?"
    assert len(as_question(draft, 1)["evidence"]) == 2


def test_a_statement_gives_a_date_a_number_and_a_name_to_fill_in():
    made = {draft.rule: draft for draft in drafts(PROSE, at(PROSE, PROSE.strip()))}
    assert made["dated statement"].answer == "26 August 2014"
    assert made["cloze of a number"].answer == "1,400"
    assert made["cloze of a name"].answer == "Professor Alexis Jay"
    assert made["cloze of a name"].question.startswith(
        "Which name is missing: 'The report of ____ was published"
    )


def test_a_heading_is_asked_for_with_the_first_statement_under_it():
    sections = (Section(("Key findings",), 0, len(PROSE)),)
    made = {draft.rule: draft for draft in drafts(PROSE, at(PROSE, PROSE.strip()), sections=sections)}
    assert made["heading"].question == "What does 'A letter' say under 'Key findings'?"
    assert made["heading"].quotes == (PROSE.strip(),)


def test_headings_and_addresses_are_not_statements():
    assert drafts(PROSE, at(PROSE, PROSE.strip(), Role.LETTERHEAD)) == []


def test_a_draft_is_a_question_that_can_be_checked():
    for number, draft in enumerate(drafts(PROSE, at(PROSE, PROSE.strip())), start=1):
        line = json.loads(json.dumps(as_question(draft, number)))
        question = parse_question(line, {"a.txt": PROSE}, set_name="x")
        assert (question.set_name, question.answerable) == ("draft", True)
