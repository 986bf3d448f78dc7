"""The beginning of a document, where it says what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Form, cut_into_blocks
from corpus.document import Role, Sentence

_LONGEST_BEGINNING = 3000  # characters: a page of print


def first_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of the first page or so; the rules of tables are left out."""
    return tuple(one for one in cut_into_blocks(text[:_LONGEST_BEGINNING]) if one.form is not Form.RULE)


def words_of(text: str, block: Block) -> str:
    """The words of a block on one line, without the marks of emphasis."""
    return " ".join(text[block.start : block.end].split()).strip("*_ ")


def in_role(text: str, sentences: Sequence[Sentence], role: Role) -> Iterator[list[str]]:
    """The lines of each sentence with this role, in order, without the marks of emphasis."""
    for one in sentences:
        if one.role is role:
            lines = (line.strip(" *_\t") for line in text[one.start : one.end].splitlines())
            yield [line for line in lines if line]
