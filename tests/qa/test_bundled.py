"""The assistant as it ships, over the documents as they ship, with the real model."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from index.store import open_index
from qa.answer import Status
from qa.assistant import Assistant, bring_up_to_date, index_folder
from tests.conftest import DOCUMENTS
from tests.fakes import HashedWords

Questions = tuple[dict[str, Any], ...]
COVERED = 0.6  # of a quotation, for it to count as found


def test_every_citation_of_every_question_is_verbatim(bundled: Assistant, questions: Questions) -> None:
    citations = [
        citation
        for question in questions
        for citation in bundled.ask(question["question"], question["history"]).citations
    ]
    assert len(citations) > len(questions)
    for citation in citations:
        text = bundled.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote


def test_short_factual_questions_find_their_evidence_in_the_first_five_passages(
    bundled: Assistant, questions: Questions
) -> None:
    asked = [question for question in questions if question["type"] in ("fact", "number", "person", "date")]
    found = [_is_found(bundled, question) for question in asked]
    assert len(asked) == 14
    assert sum(found) / len(found) >= 0.7


def _is_found(assistant: Assistant, question: dict[str, Any]) -> bool:
    """Whether every group of the evidence is in the first five passages."""
    hits = assistant.ask(question["question"], question["history"]).hits[:5]
    spans = [(hit.passage.document_id, hit.passage.start, hit.passage.end) for hit in hits]
    return all(any(_covers(assistant, spans, quote) for quote in group) for group in question["evidence"])


def _covers(assistant: Assistant, spans: list[tuple[str, int, int]], quote: dict[str, str]) -> bool:
    start = assistant.document(quote["document"]).text.index(quote["quote"])
    wanted = set(range(start, start + len(quote["quote"])))
    seen = {
        at
        for document, first, last in spans
        if document == quote["document"]
        for at in range(max(first, start), last)
    }
    return len(wanted & seen) >= COVERED * len(wanted)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("How many cases did inspectors refer back to the authority?", "Inspectors referred 13 cases back"),
        ("What is Ofsted's phone number in 2014?", "0300 123 1231"),
        ("Who was the letter of June 2016 addressed to?", "Mr Ian Thomas"),
        ("Who signed the letter of December 2020?", "Matt Reed"),
        ("Who received a copy of the 2014 letter?", "Edward Timpson MP"),
        ("In which years were there concerns about teenage pregnancies?", "2006, 2008, 2014"),
    ],
)
def test_these_questions_are_answered_with_these_words(bundled: Assistant, asked: str, words: str) -> None:
    answer = bundled.ask(asked)
    assert answer.status is Status.ANSWERED
    assert words in answer.text


@pytest.mark.parametrize(
    "asked", ["What's the capital of Australia?", "give me a recipe for yorkshire puddings"]
)
def test_what_has_nothing_to_do_with_the_documents_is_met_with_silence(
    bundled: Assistant, asked: str
) -> None:
    assert bundled.ask(asked).status is Status.NOT_IN_DOCUMENTS


def test_each_documents_example_question_is_answered_from_that_document(bundled: Assistant) -> None:
    documents = [name for name, _ in bundled.details()]
    for name, example in zip(documents, bundled.examples(), strict=True):
        assert name in {citation.document_id for citation in bundled.ask(example).citations}


@pytest.mark.parametrize("gone", sorted(path.name for path in DOCUMENTS.glob("*.txt")))
def test_everything_works_with_any_one_of_the_documents_gone(gone: str, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    shutil.copytree(DOCUMENTS, documents)
    (documents / gone).unlink()
    report = bring_up_to_date(documents, tmp_path, HashedWords(), progress=lambda _: None)
    assert [skipped.path for skipped in report.skipped] == [gone]
    index = open_index(index_folder(documents, tmp_path), HashedWords())
    answer = Assistant(index, HashedWords(), threshold=0.0).ask("What was said about children's plans?")
    assert answer.citations
    assert gone not in {citation.document_id for citation in answer.citations}
