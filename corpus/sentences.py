"""Sentences as spans of the text, also where a page break cuts one in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block, Form

_ENDED = re.compile(r"[.!?:;][\"'”’)\]*_¹²³⁴⁵⁶⁷⁸⁹⁰\d]{0,4}\s*$")
_QUOTES = str.maketrans(dict.fromkeys("\"“”‘’'", " "))
_QUOTATION_END = re.compile(r"[\"”’'][.,]?$")
_LONGEST_SPEAKER_WORDS = 7  # "A member of the Improvement Board" has 6
_LONGEST_QUOTED = 300  # characters; a longer quotation is cut at the sentences inside it
# Words that cannot end a sentence: after one of them it goes on, even with a capital.
_OPEN_WORDS = frozenset(
    "a an the and or but of to in on at by for from with between into about as that which who whose "
    "is are was were be been has have had will would its their our your his her this these those "
    "not no any all both".split()
)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, as trimmed spans in order.

    A quotation is kept whole up to 300 characters, so that "he said: 'It failed. We knew.'"
    is one sentence; a longer one is cut inside.
    """
    spans: list[tuple[int, int]] = []
    for first, last in _boundaries(text[start:end], start):
        if last - first > _LONGEST_QUOTED:
            inner = _boundaries(text[first:last].translate(_QUOTES), first)
            spans += [_with_quotation_marks(text, *span, within=(first, last)) for span in inner]
        else:
            spans.append((first, last))
    return _with_speakers(text, spans)


def _with_speakers(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, with "A senior officer" joined to the quotation before it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        words = text[start:end].split()
        is_speaker = len(words) <= _LONGEST_SPEAKER_WORDS and not _ENDED.search(text, start, end)
        if joined and is_speaker and _QUOTATION_END.search(text, joined[-1][0], joined[-1][1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def continues(text: str, before: Block, after: Block) -> bool:
    """Whether a page break between the two blocks cuts a sentence that goes on in the second."""
    if after.form is not Form.PARAGRAPH or before.form not in (Form.PARAGRAPH, Form.ITEM):
        return False
    if _ENDED.search(text, before.start, before.end) or after.indent > 0:
        return False
    if text[after.start].islower():
        return True
    return text[before.start : before.end].split()[-1].casefold() in _OPEN_WORDS


def join_cut_blocks(text: str, blocks: Sequence[Block], kept: frozenset[int]) -> dict[int, int]:
    """For each block that goes on after a page break: the number of the block that continues it.

    Footnotes between the two are passed over. `kept` are blocks that stand for themselves
    (headings, letterheads, ...).
    """
    joined: dict[int, int] = {}
    for number, block in enumerate(blocks):
        following = number + 1
        while following < len(blocks) and blocks[following].form is Form.FOOTNOTE:
            following += 1
        if following == len(blocks) or number in kept or following in kept:
            continue
        if block.form is not Form.FOOTNOTE and continues(text, block, blocks[following]):
            joined[number] = following
    return joined


def _boundaries(words: str, offset: int) -> list[tuple[int, int]]:
    """Where the library cuts `words`; spans are trimmed and moved by `offset`."""
    import sentencex  # a compiled library, loaded when documents are read and not before

    # A line end would be taken for the end of a paragraph; one character for one keeps the offsets.
    flat = re.sub(r"\s", " ", words)
    spans = []
    for boundary in sentencex.get_sentence_boundaries("en", flat):
        piece = flat[boundary["start_index"] : boundary["end_index"]]
        if piece.strip():
            start = boundary["start_index"] + len(piece) - len(piece.lstrip())
            spans.append((offset + start, offset + start + len(piece.strip())))
    return spans


def _with_quotation_marks(text: str, start: int, end: int, *, within: tuple[int, int]) -> tuple[int, int]:
    """The span together with the quotation marks that touch it."""
    while start > within[0] and text[start - 1] in "\"'“‘":
        start -= 1
    while end < within[1] and text[end] in "\"'”’":
        end += 1
    return start, end
