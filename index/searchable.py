"""What of a passage and of a sentence is turned into a vector."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Passage, Sentence


def passage_text(passage: Passage) -> str:
    """The words of a passage below what it is searched with besides: title, publisher, date, section."""
    return passage.context + "\n" + passage.text


def place_in_document(passage: Passage, offsets: NDArray[np.int32]) -> NDArray[np.int32]:
    """Offsets into `passage_text` as offsets into the document's text; -1 for those into the context."""
    own = len(passage.context) + 1
    return np.where(offsets >= own, offsets - own + passage.start, -1).astype(np.int32)


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
