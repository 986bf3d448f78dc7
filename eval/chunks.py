"""Finding the chunks of other systems in the text that they were cut from, so that all are scored alike.

Splitters trim and fold white space and let chunks overlap; what they keep is the order of the other
characters. So a chunk is looked for in the text with all white space left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.span import Span

_SPACE = re.compile(r"\s+")
_VISIBLE = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a splitter made of a stretch of a document."""

    document: str
    text: str


def locate(chunks: Sequence[Chunk], texts: Mapping[str, str]) -> tuple[Span | None, ...]:
    """Where each chunk stands, or None; a document's chunks must come in the order of its text.

    Of several places with the same words the first after the start of the chunk before is taken,
    so repeated paragraphs are told apart and overlapping chunks are found.
    """
    squeezed = {name: _Squeezed.of(text) for name, text in texts.items()}
    after = dict.fromkeys(texts, 0)
    spans: list[Span | None] = []
    for chunk in chunks:
        words = _SPACE.sub("", chunk.text)
        document = squeezed[chunk.document]
        place = document.text.find(words, after[chunk.document])
        if place < 0:
            place = document.text.find(words)
        if not words or place < 0:
            spans.append(None)
            continue
        after[chunk.document] = place + 1
        last = document.offsets[place + len(words) - 1]
        spans.append(Span(chunk.document, document.offsets[place], last + 1))
    return tuple(spans)


def paragraphs(texts: Mapping[str, str]) -> tuple[Chunk, ...]:
    """The stretches between blank lines, for systems that leave the cutting to their user."""
    return tuple(
        Chunk(name, paragraph.strip())
        for name, text in texts.items()
        for paragraph in re.split(r"\n[^\S\n]*\n", text)
        if paragraph.strip()
    )


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """A text without its white space, and where each character of it stands in the whole."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Squeezed:
        return cls(_SPACE.sub("", text), tuple(found.start() for found in _VISIBLE.finditer(text)))
