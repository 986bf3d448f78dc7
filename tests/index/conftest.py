"""A model whose vectors a person can predict, and documents that are split at blank lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.document import Details, Document, Passage, Section, Sentence
from tests.fakes import HashedWords


def document_of(document_id: str, *paragraphs: str) -> Document:
    """A document of one section."""
    text = "\n\n".join(paragraphs)
    sentences, start = [], 0
    for paragraph in paragraphs:
        sentences += _sentences(paragraph, start)
        start += len(paragraph) + 2
    return Document(
        id=document_id,
        details=Details(title=f"Letter {document_id}"),
        sha256="0" * 64,
        text=text,
        sections=(Section(("Findings",), 0, len(text)),),
        sentences=tuple(sentences),
    )


def split_paragraphs(document: Document) -> tuple[Passage, ...]:
    """One passage for each paragraph."""
    passages, start = [], 0
    for paragraph in document.text.split("\n\n") if document.text else []:
        end = start + len(paragraph)
        passages.append(
            Passage(
                id=f"{document.id}#{start}-{end}",
                document_id=document.id,
                start=start,
                end=end,
                text=paragraph,
                context=document.details.title,
                section=("Findings",),
                when=None,
                pages=None,
                sentences=tuple(_sentences(paragraph, start)),
            )
        )
        start = end + 2
    return tuple(passages)


def _sentences(paragraph: str, start: int) -> list[Sentence]:
    """Its sentences, split at full stops."""
    sentences = []
    for sentence in paragraph.split(". "):
        sentences.append(Sentence(start, start + len(sentence)))
        start += len(sentence) + 2
    return sentences


@pytest.fixture
def encoder() -> HashedWords:
    return HashedWords()


@pytest.fixture
def other_encoder() -> HashedWords:
    return HashedWords("another model")


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document_of


@pytest.fixture
def split() -> Callable[[Document], tuple[Passage, ...]]:
    return split_paragraphs
