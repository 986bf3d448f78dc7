"""Which blocks are headings, and how deep: from marks, capitals, numbers, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, Form
from corpus.period import find_periods
from corpus.sentences import continues

_LONGEST_WORDS = 14  # "Top to bottom – translating political leadership into action" has 8
_LONGEST_CHARACTERS = 110
_DIVISION = re.compile(r"(?:appendix|annex|chapter|part|section|schedule)\s+\w{1,5}$", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?$")
_LABEL = re.compile(r"[^:]{1,40}:\s+\S")  # "Item: 9" says something, it heads nothing
_CONTACT = re.compile(r"@|\bwww\.|\b\d[\d ]{8,}\d\b|\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b|[£©]")

# Depths of headings that carry no marks, outermost first. Marked headings (#) bring their own.
_DIVISION_DEPTH, _CAPITALS_DEPTH, _NUMBERED_DEPTH, _PLAIN_DEPTH, _REPEATED_DEPTH = 1, 2, 3, 4, 5
_LONGEST_LABEL_WORDS = 5  # of a heading that ends with a colon; a longer one is a sentence


@dataclass(frozen=True, slots=True)
class Heading:
    """A block that is a heading. `opens` says whether a section starts with it.

    A heading that is followed at once by another of its kind ("Key Findings", then
    "MASH August 2015") opens none: it would be an empty section.
    """

    block: int
    depth: int
    opens: bool


def find_headings(text: str, blocks: Sequence[Block], taken: frozenset[int]) -> list[Heading]:
    """The headings among `blocks`, in order; `taken` are blocks that are known to be something else."""
    depths = {
        number: depth
        for number, block in enumerate(blocks)
        if number not in taken and (depth := _depth(text, block)) is not None
    }
    depths = {number: depth for number, depth in depths.items() if not _is_body(text, blocks, depths, number)}
    repeated = {
        title for title, count in Counter(_title(text, blocks[n]) for n in depths).items() if count > 1
    }
    for number, depth in list(depths.items()):
        below_a_date = _is_below_a_date(text, blocks, depths, number)
        if depth == _PLAIN_DEPTH and (_title(text, blocks[number]) in repeated or below_a_date):
            depths[number] = _REPEATED_DEPTH
    return [
        Heading(
            number,
            depth,
            opens=depth != _PLAIN_DEPTH or number + 1 not in depths or depths[number + 1] > depth,
        )
        for number, depth in depths.items()
    ]


def _is_below_a_date(text: str, blocks: Sequence[Block], depths: dict[int, int], number: int) -> bool:
    """Whether a heading stands at once below one that names a time, and names none itself: "Strengths"."""
    above = number - 1
    if depths.get(above) != _PLAIN_DEPTH or find_periods(_title(text, blocks[number])):
        return False
    return bool(find_periods(_title(text, blocks[above])))


def _title(text: str, block: Block) -> str:
    return text[block.start : block.end].strip().casefold()


def _depth(text: str, block: Block) -> int | None:
    """The depth of a block that looks like a heading, or None."""
    words = text[block.start : block.end]
    if block.form is Form.HEADING:
        return len(block.marker)
    if len(block.lines) > 1 or not _is_short(words) or _CONTACT.search(words):
        return None
    if block.form is Form.PARAGRAPH and _DIVISION.match(words):
        return _DIVISION_DEPTH
    if _is_capitals(words):
        return None if _is_bulleted(block) else _CAPITALS_DEPTH  # "- GROW" is one partner of a list
    if block.form is Form.ITEM:
        return _NUMBERED_DEPTH if _NUMBERED.match(block.marker) and _is_title(words) else None
    if block.form is not Form.PARAGRAPH or block.indent > 0 or not _is_title(words.removesuffix(":")):
        return None
    if not words.endswith(":"):
        return _PLAIN_DEPTH
    return _REPEATED_DEPTH if len(words.split()) <= _LONGEST_LABEL_WORDS else None


def _is_short(words: str) -> bool:
    return len(words) <= _LONGEST_CHARACTERS and 1 <= len(words.split()) <= _LONGEST_WORDS


def _is_capitals(words: str) -> bool:
    letters = [character for character in words if character.isalpha()]
    return len(letters) >= 4 and words.isupper() and words[0].isalpha() and not _is_code(words)


def _is_code(words: str) -> bool:
    """Whether the words are the number of a paper: "HC1050"."""
    return len(words.split()) == 1 and any(character.isdigit() for character in words)


def _is_bulleted(block: Block) -> bool:
    return block.form is Form.ITEM and not any(character.isalnum() for character in block.marker)


def _is_title(words: str) -> bool:
    """Whether the words could be a title: they start with a capital, end without a stop, and say no date."""
    if not words[:1].isupper() or words[-1] in ".!?:;," or _LABEL.match(words) or _is_code(words):
        return False
    mentions = find_periods(words)
    only_a_date = any(mention.start == 0 and mention.end == len(words) for mention in mentions)
    return not only_a_date and not any(mention.period.first == mention.period.last for mention in mentions)


def _is_body(text: str, blocks: Sequence[Block], depths: dict[int, int], number: int) -> bool:
    """Whether what looks like a heading is something else.

    Marked headings never are. Others: the last block; words that introduce a list or a
    quotation ("During the inspection:"); what a heading itself introduces: after "REPORT OF:",
    and a plain line between two headings ("6.3 Property Implications", "None", "7. KEY RISKS").
    """
    if blocks[number].form is Form.HEADING:
        return False
    if number + 1 == len(blocks):
        return True  # nothing follows that it could head
    if depths[number] < _PLAIN_DEPTH:
        return False
    if continues(text, blocks[number], _after_footnotes(blocks, number)):
        return True  # the first half of a sentence that a page break cuts
    if text[blocks[number].end - 1] == ":" and _is_introduced(text, blocks[number + 1]):
        return True
    if number - 1 not in depths:
        return False
    before = text[blocks[number - 1].start : blocks[number - 1].end]
    if before.endswith(":"):
        return True
    between = number + 1 in depths and depths[number + 1] < depths[number]
    return between and depths[number - 1] < depths[number]


def _after_footnotes(blocks: Sequence[Block], number: int) -> Block:
    """The next block, footnotes passed over; the last footnote where nothing else follows."""
    following = number + 1
    while blocks[following].form is Form.FOOTNOTE and following + 1 < len(blocks):
        following += 1
    return blocks[following]


def _is_introduced(text: str, block: Block) -> bool:
    return block.form is not Form.PARAGRAPH or text[block.start] in "\"'“‘"
