"""Answers to take away: whole, checked again, and the same in every form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from corpus.document import Details, Document
from qa.answer import Answer, Citation, Status, Turn
from tests.ui.conftest import LETTER_2020, WORKERS
from tests.ui.plain_site import Seen, plain_site
from ui.browser_cookie import COOKIE
from ui.conversations import Conversations, new_id
from ui.errors import UsageError
from ui.export import checked_export
from ui.export_markdown import as_paragraph, escape
from ui.exporting import export_turns, file_name
from ui.visible import visible

DAY = date(2026, 11, 22)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
QUESTIONS = ("How good are children's plans?", "Are children protected?", "What is the capital of France?")


@pytest.fixture
def turns(assistant):
    return tuple(Turn(question, assistant.ask(question)) for question in QUESTIONS)


@pytest.fixture
def stale(assistant, wrong_citation):
    """A conversation in which one quotation no longer stands and one document is gone."""
    answer = assistant.ask("How good are children's plans?")
    gone = replace(answer.citations[1], document_id="taken-away.txt")
    return (Turn(answer.question, replace(answer, citations=(replace(wrong_citation, number=1), gone))),)


def written(turns, assistant, kind, title="Plans and protection"):
    return export_turns(turns, assistant, kind, title=title, day=DAY)


def read_docx(content):
    return docx.Document(BytesIO(content))


def footnotes(content):
    """The text of each footnote, by its id."""
    with ZipFile(BytesIO(content)) as parts:
        root = etree.fromstring(parts.read("word/footnotes.xml"))
    notes = {int(note.get(f"{W}id")): "".join(note.itertext(f"{W}t")) for note in root}
    return {number: text.strip() for number, text in notes.items() if number > 0}


def test_notes_are_numbered_through_all_turns(turns, assistant):
    export = checked_export(turns, assistant, title="A", day=DAY)
    assert [note.number for turn in export.turns for note in turn.notes] == [1, 2, 3, 4]
    cited = [one.cited for turn in export.turns for paragraph in turn.paragraphs for one in paragraph]
    assert cited == [(1,), (2,), (3,), (4,), ()]


def test_what_is_printed_as_a_quotation_stands_in_its_document(turns, assistant):
    export = checked_export(turns, assistant, title="A", day=DAY)
    for turn, kept in zip(export.turns, turns, strict=True):
        for note, citation in zip(turn.notes, kept.answer.citations, strict=True):
            text = assistant.document(citation.document_id).text
            assert note.excerpt.marked == text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("kind", ["docx", "md", "print"])
def test_a_quotation_that_no_longer_stands_is_named_and_not_printed(stale, assistant, kind):
    content = written(stale, assistant, kind)
    if kind == "docx":
        text = " ".join(one.text for one in read_docx(content).paragraphs) + str(footnotes(content))
    else:
        text = Seen(content.decode()).folded
    assert "0 of 2 quotations found again" in text
    assert "no longer stand at their place" in text
    assert "The document of this quotation is no longer here" in text
    assert "taken-away.txt" in text
    assert "not consistent for all children" not in text
    assert "50%" not in text


def test_the_word_file_has_a_title_a_language_and_headings(turns, assistant):
    content = written(turns, assistant, "docx")
    file = read_docx(content)
    assert (file.core_properties.title, file.core_properties.language) == ("Plans and protection", "en-GB")
    styles = [(one.style.name, one.text) for one in file.paragraphs]
    assert styles[0] == ("Title", "Plans and protection")
    assert [text for style, text in styles if style == "Heading 1"] == list(QUESTIONS)
    languages = {one.get(f"{W}val") for one in file.styles.element.iter(f"{W}lang")}
    assert languages == {"en-GB"}


def test_the_word_file_has_each_source_as_a_footnote_at_its_quotation(turns, assistant):
    content = written(turns, assistant, "docx")
    notes = footnotes(content)
    assert sorted(notes) == [1, 2, 3, 4]
    assert "Ofsted, Focused visit to Rotherham children's services, 4 December 2020" in notes[1]
    body = read_docx(content).element.body
    marks = [int(one.get(f"{W}id")) for one in body.iter(f"{W}footnoteReference")]
    assert marks == [1, 2, 3, 4]
    (paragraph,) = [
        one for one in read_docx(content).paragraphs if "not consistent" in one.text and "50%" in one.text
    ]
    runs = ["".join(run.itertext()) or "mark" for run in paragraph._element.iter(f"{W}r")]
    assert runs[1] == runs[3] == "mark"


def test_the_quoted_words_are_bold_in_their_footnote(turns, assistant):
    with ZipFile(BytesIO(written(turns, assistant, "docx"))) as parts:
        root = etree.fromstring(parts.read("word/footnotes.xml"))
    bold = ["".join(run.itertext()) for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert bold == [" ".join(one.quote.split()) for turn in turns for one in turn.answer.citations]


def test_a_source_cited_twice_has_one_footnote_and_a_mark_that_leads_to_it(assistant):
    answer = assistant.ask("How do workers feel?")
    turn = Turn(answer.question, replace(answer, text=f"{answer.text} And again {answer.text}"))
    content = written((turn,), assistant, "docx")
    assert len(footnotes(content)) == 1
    (field,) = read_docx(content).element.body.iter(f"{W}fldSimple")
    assert "NOTEREF note1" in field.get(f"{W}instr")


def test_the_word_file_is_made_of_parts_that_are_well_formed_and_declared(turns, assistant):
    with ZipFile(BytesIO(written(turns, assistant, "docx"))) as parts:
        declared = parts.read("[Content_Types].xml").decode()
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
    assert "/word/footnotes.xml" in declared


def test_characters_that_a_word_file_cannot_hold_are_replaced_and_the_rest_is_kept():
    text = "A\x00 b\x0b c\ud800 d < e & f"
    document = Document("a.txt", Details("T\x01itle"), "", text)

    class Shelf:
        def document(self, document_id):
            return document

    citation = Citation(1, "a.txt", 0, len(text), text, "paragraph 1", None, None)
    answer = Answer("W\x02hat?", Status.ANSWERED, f"{text} [1]", (citation,), (), 0.9, "")
    content = export_turns((Turn("W\x02hat?", answer),), Shelf(), "docx", title="\x03", day=DAY)
    assert "d < e & f" in footnotes(content)[1]


def test_a_single_answer_does_not_repeat_its_title_as_a_heading(assistant):
    turn = Turn("How do workers feel?", assistant.ask("How do workers feel?"))
    content = written((turn,), assistant, "docx", title="How do workers feel?")
    headings = [one.text for one in read_docx(content).paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Answer"]


def test_markdown_has_a_footnote_for_each_source(turns, assistant):
    text = written(turns, assistant, "md").decode()
    for number in (1, 2, 3, 4):
        assert text.count(f"[^{number}]") == 2
        assert f"\n[^{number}]: " in text
    assert "# Plans and protection\n" in text
    assert "**The quality of children's plans is not consistent for all children.**" in text


def test_markdown_of_a_hostile_document_reads_as_it_was_written(assistant):
    turn = Turn("What does the note say?", assistant.ask("What does the note say?"))
    text = written((turn,), assistant, "md", title="# *A* <b>").decode()
    seen = Seen(
        MarkdownIt("commonmark", {"linkify": False}).render(re.sub(r"^\[\^1\]: ", "", text, flags=re.M))
    )
    assert set(seen.elements) <= {"h1", "h2", "p", "strong"}
    assert visible(" ".join(turn.answer.citations[0].quote.split())) in seen.folded
    assert "# *A* <b>" in seen.folded


@pytest.mark.parametrize(
    "text",
    [
        "1. first",
        "1) first",
        "- item",
        "+ item",
        "=====",
        "* star",
        "# heading",
        "> quote",
        "~~~",
        "&lt; &#60;",
        "a_b_c *d* `e`",
        "[x](javascript:alert(1)) ![y](http://elsewhere.invalid)",
        "http://elsewhere.invalid www.elsewhere.invalid a@b.invalid",
        "<script>alert(1)</script>",
        "[^1]: note",
        "back\\slash",
    ],
)
def test_any_text_reads_in_markdown_as_it_was_written(text):
    seen = Seen(MarkdownIt("commonmark").render(as_paragraph(escape(text))))
    assert set(seen.elements) == {"p"}
    assert seen.folded == text


def test_the_page_to_print_has_numbered_notes_that_lead_there_and_back(turns, assistant):
    seen = Seen(written(turns, assistant, "print").decode())
    for number in (1, 2, 3, 4):
        assert {f"#note-{number}", f"#cite-{number}"} <= set(seen.links)
        assert {f"note-{number}", f"cite-{number}"} <= set(seen.ids)


def test_remarks_go_along_with_the_answer(assistant):
    turn = Turn("How quickly?", assistant.ask("How quickly did the service change?"))
    for kind in ("md", "print"):
        assert "Not found: the cost." in written((turn,), assistant, kind).decode()
    paragraphs = [one.text for one in read_docx(written((turn,), assistant, "docx")).paragraphs]
    assert any(text.endswith("Not found: the cost.") for text in paragraphs)


def test_remarks_name_sources_by_the_numbers_of_their_notes(turns, assistant):
    export = checked_export(turns, assistant, title="A", day=DAY)
    assert export.turns[1].remarks == ("The documents differ on this: compare [3] (2014) and [4] (2020).",)


def test_an_unknown_form_is_an_error_that_names_those_there_are(turns, assistant):
    with pytest.raises(UsageError, match="choose docx, md or print"):
        written(turns, assistant, "pdf")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How do workers feel?", "How-do-workers-feel.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("\r\nSet-Cookie: a=b", "Set-Cookie-a-b.md"),
        ("?!", "answer.md"),
        ("é", "%C3%A9.md"),
        ("x" * 500, "x" * 60 + ".md"),
    ],
)
def test_the_name_of_a_file_is_harmless(title, name):
    assert file_name(title, "md") == name


# Fetched from the site


@pytest.fixture
def kept():
    return Conversations()


@pytest.fixture
def client(assistant, kept):
    return plain_site(assistant, kept=kept)


SECRET, OTHER = "a" * 43, "b" * 43


@pytest.fixture
def conversation(assistant, kept):
    first = kept.keep(SECRET, "", Turn("Hello", assistant.ask("Hello")), id=new_id())
    turn = Turn("How do workers feel?", assistant.ask("How do workers feel?"))
    return kept.keep(SECRET, first.id, turn, id=new_id())


def as_browser(secret):
    return {"cookie": f"{COOKIE}={secret}"}


def test_a_kept_answer_and_a_kept_conversation_are_exported(client, conversation):
    (exchange,) = conversation.exchanges
    one = client.get("/export/md", params={"answer": exchange.id}, headers=as_browser(SECRET))
    whole = client.get("/export/md", params={"conversation": conversation.id}, headers=as_browser(SECRET))
    assert WORKERS in one.text
    assert "## Hello" not in one.text
    assert "## Hello" in whole.text
    assert "attachment" in one.headers["content-disposition"]
    assert one.headers["content-type"] == "text/markdown; charset=utf-8"
    assert one.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", [{}, as_browser(OTHER), as_browser("short")])
def test_nothing_of_another_browser_is_exported(client, conversation, headers):
    (exchange,) = conversation.exchanges
    for params in ({"answer": exchange.id}, {"conversation": conversation.id}):
        answer = client.get("/export/md", params=params, headers=headers)
        assert answer.status_code == 404
        assert "This browser keeps no such answer" in answer.text


def test_a_question_is_exported_as_the_plain_page_answers_it(client):
    answer = client.get("/export/docx", params={"q": "How do workers feel?"})
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert WORKERS in footnotes(answer.content)[1]


def test_what_cannot_be_exported_is_said_in_plain_words(client):
    assert client.get("/export/pdf", params={"q": "Hello"}).status_code == 404
    assert client.get("/export/md").status_code == 404
    assert client.get("/export/md", params={"q": " "}).status_code == 422


def test_the_source_of_a_kept_answer_is_named_with_its_document(client, conversation, assistant):
    (exchange,) = conversation.exchanges
    page = client.get("/export/print", params={"answer": exchange.id}, headers=as_browser(SECRET))
    assert assistant.document(LETTER_2020).details.title in Seen(page.text).folded
