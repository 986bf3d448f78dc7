"""A quiz as a Word document: headings, numbered options, and the key with full references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from corpus.document import Details
from qa.quiz_files import key_words, letter, quotation
from qa.quiz_question import QuestionKind, QuizQuestion
from qa.timeline_files import reference
from ui.export_docx import INK, in_one_line, set_up

STATEMENT, OPTION, ANSWER = "Statement", "Answer option", "Answer line"  # styles
_INDENT = Mm(8)


def quiz_to_docx(
    title: str, questions: Sequence[QuizQuestion], details: Mapping[str, Details], *, with_key: bool
) -> bytes:
    """The file: a heading for each question; the key after all of them, where it is wanted."""
    document = docx.Document()
    set_up(document, title)
    _add_styles(document)
    document.add_paragraph(in_one_line(title), style="Title")
    for number, question in enumerate(questions, start=1):
        _write(document, number, question)
    if with_key:
        _write_key(document, questions, details)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Document, number: int, question: QuizQuestion) -> None:
    document.add_paragraph(f"Question {number}", style="Heading 1")
    _keep(document, question.prompt, "Normal")
    if question.statement:
        _keep(document, f"“{question.statement}”", STATEMENT)
    for place, option in enumerate(question.options):
        _keep(document, f"{letter(place)}.\t{option}", OPTION)
    if question.targets:
        _keep(document, f"Years: {', '.join(question.targets)}", "Normal")
    document.add_paragraph(_line_to_fill(question), style=ANSWER)


def _write_key(document: Document, questions: Sequence[QuizQuestion], details: Mapping[str, Details]) -> None:
    heading = document.add_paragraph("Key", style="Heading 1")
    heading.paragraph_format.page_break_before = True
    for number, question in enumerate(questions, start=1):
        document.add_paragraph(f"Question {number}", style="Heading 2")
        edited = " (worded by a person; the quotation is the document's)" if question.edited else ""
        _keep(document, f"{key_words(question)}{edited}", ANSWER)
        for citation in question.citations:
            _add(document, f"{quotation(citation)} {reference(citation, details)}", STATEMENT)


def _line_to_fill(question: QuizQuestion) -> str:
    if question.kind is QuestionKind.ORDER:
        return "Your order:"
    if question.kind is QuestionKind.MATCH:
        return "Your matches: " + ", ".join(f"{letter(place)}:" for place in range(len(question.options)))
    return "Your answer:"


def _keep(document: Document, text: str, style: str) -> None:
    """A paragraph that stays on one page with the next."""
    _add(document, text, style)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def _add(document: Document, text: str, style: str) -> None:
    first, tab, rest = text.partition("\t")
    document.add_paragraph(in_one_line(first) + tab + in_one_line(rest), style=style)


def _add_styles(document: Document) -> None:
    for name in (STATEMENT, OPTION, ANSWER):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.space_after = Pt(4)
    for name in (STATEMENT, OPTION):
        document.styles[name].paragraph_format.left_indent = _INDENT
    option = document.styles[OPTION].paragraph_format
    option.first_line_indent = -_INDENT
    option.left_indent = 2 * _INDENT
    option.tab_stops.add_tab_stop(2 * _INDENT)
    document.styles[ANSWER].font.bold = True
    heading = document.styles["Heading 2"]
    heading.font.size, heading.font.color.rgb = Pt(12), INK
    heading.font.name = document.styles["Normal"].font.name
