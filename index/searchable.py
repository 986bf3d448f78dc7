"""What of a passage and of a sentence is turned into a vector."""

from __future__ import annotations

from corpus.document import Document, Passage, Sentence


def passage_text(passage: Passage) -> str:
    """The words of a passage below what it is searched with besides: title, publisher, date, section."""
    return passage.context + "\n" + passage.text


def sentence_text(document: Document, passage: Passage, sentence: Sentence) -> str:
    """The words of a sentence below its section path and what has to be read with it.

    "not yet embedded" alone says little; below "Key findings > Areas for development" and "These
    practices are:" it says what is not yet embedded.
    """
    parts = [" > ".join(passage.section)] if passage.section else []
    if sentence.lead is not None:
        parts.append(document.text[slice(*sentence.lead)])
    parts.append(document.text[sentence.start : sentence.end])
    return "\n".join(parts)
