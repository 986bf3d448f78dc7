"""Sentences as spans of the text, also where a page break cuts one in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Form

_ENDED = re.compile(r"[.!?:;][\"'”’)\]*_¹²³⁴⁵⁶⁷⁸⁹⁰\d]{0,4}\s*$")
_QUOTATION_MARKS = "\"“”‘’'"
_CLOSING_MARKS = "\"”’'"
_QUOTES = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, " "))
_QUOTATION_END = re.compile(r"[\"”’'][.,]?$")
_LONGEST_SPEAKER_WORDS = 7  # "A member of the Improvement Board" has 6
_LONGEST_END = 8  # characters that decide whether a trimmed span ends a sentence or a quotation
_LONGEST_QUOTED = 300  # characters; a longer quotation is cut at the sentences inside it
# Characters that the library is given at once: its time grows with the square of their number
# where brackets or quotation marks are left open.
_LONGEST_WINDOW = 20_000
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
            spans += _with_quotation_marks(text, inner, within=(first, last))
        else:
            spans.append((first, last))
    return _with_speakers(text, spans)


def _with_speakers(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, with "A senior officer" joined to the quotation before it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        words = text[start:end].split()
        is_speaker = len(words) <= _LONGEST_SPEAKER_WORDS and not _ends(_ENDED, text, start, end)
        if joined and is_speaker and _ends(_QUOTATION_END, text, *joined[-1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _ends(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether the trimmed span ends in the way that the pattern says."""
    return bool(pattern.search(text, max(start, end - _LONGEST_END), end))


def continues(text: str, before: Block, after: Block) -> bool:
    """Whether a page break between the two blocks cuts a sentence that goes on in the second."""
    if after.form is not Form.PARAGRAPH or before.form not in (Form.PARAGRAPH, Form.ITEM):
        return False
    if _ends(_ENDED, text, before.start, before.end):
        return False
    if after.indent > 0 and before.form is not Form.ITEM:
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
    last: int | None = None  # the last block that is no footnote
    for number, block in enumerate(blocks):
        if block.form is Form.FOOTNOTE:
            continue
        may_join = last is not None and last not in kept and number not in kept
        if last is not None and may_join and continues(text, blocks[last], block):
            joined[last] = number
        last = number
    return joined


def _boundaries(words: str, offset: int) -> list[tuple[int, int]]:
    """Where the library cuts `words`; spans are trimmed and moved by `offset`."""
    import sentencex  # a compiled library, loaded when documents are read and not before

    # A line end would be taken for the end of a paragraph; one character for one keeps the offsets.
    flat = re.sub(r"\s", " ", words)
    spans = []
    for first, last in _windows(flat):
        for boundary in sentencex.get_sentence_boundaries("en", flat[first:last]):
            piece = flat[first + boundary["start_index"] : first + boundary["end_index"]]
            if piece.strip():
                start = offset + first + boundary["start_index"] + len(piece) - len(piece.lstrip())
                spans.append((start, start + len(piece.strip())))
    return spans


def _windows(words: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most 20,000 characters, cut after a full stop or at a space where there is one."""
    start = 0
    while start < len(words):
        end = min(start + _LONGEST_WINDOW, len(words))
        if end < len(words):
            stop = words.rfind(". ", start, end)
            stop = stop if stop > start else words.rfind(" ", start, end)
            end = stop + 1 if stop > start else end
        yield start, end
        start = end


def _with_quotation_marks(
    text: str, spans: Sequence[tuple[int, int]], *, within: tuple[int, int]
) -> list[tuple[int, int]]:
    """The spans, widened so that every quotation mark between them belongs to one of them.

    Closing marks that touch the end of a sentence are its own; all others open the next one.
    """
    widened: list[tuple[int, int]] = []
    start, limit = within
    for number, (_, end) in enumerate(spans):
        is_last = number + 1 == len(spans)
        next_start = limit if is_last else spans[number + 1][0]
        while end < next_start and text[end] in _CLOSING_MARKS:
            end += 1
        end = limit if is_last else end
        widened.append((start, end))
        start = end + len(text[end:next_start]) - len(text[end:next_start].lstrip())
    return widened
