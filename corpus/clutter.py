"""What stands on a web page but is not part of the article: advertisements, repeated captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block, Form
from corpus.document import Role

_SELLING = re.compile(
    r"\bsubscri(?:be|ption)s?\b|[£$€]\s?\d[\d.,]*\s*(?:/|per|a)\s*(?:week|month|year)|\bsign (?:up|in)\b"
    r"|\bregister (?:now|today|for free)\b|\bnewsletters?\b|\badvertisement\b|\bsponsored\b|\bcookies?\b"
    r"|\bshare this\b|\bread more\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s*$")
_FEWEST_WORDS = 8  # of a block that is taken for a sentence of the article


def clutter_roles(text: str, blocks: Sequence[Block]) -> dict[int, Role]:
    """Which blocks are advertisements or captions, by block number."""
    roles = {n: Role.CAPTION for n, block in enumerate(blocks) if _repeats_itself(text, block)}
    tail = _tail(text, blocks)
    selling = [n for n in tail if _SELLING.search(text, blocks[n].start, blocks[n].end)]
    # One sign alone may be a closing line of the article ("Read more on the council's website").
    if len(selling) >= 2:
        roles |= dict.fromkeys(tail, Role.ADVERTISEMENT)
    return roles


def _tail(text: str, blocks: Sequence[Block]) -> range:
    """The blocks after the last one that reads like a sentence of the article."""
    last = max((n for n, block in enumerate(blocks) if _is_sentence(text, block)), default=len(blocks))
    return range(last + 1, len(blocks))


def _is_sentence(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    return bool(_SENTENCE.search(words)) and len(words.split()) >= _FEWEST_WORDS


def _repeats_itself(text: str, block: Block) -> bool:
    """Whether the block says the same line twice, as the caption and the alternative text of a picture do."""
    lines = [text[start:end].strip() for start, end in block.lines]
    return block.form is Form.PARAGRAPH and len(lines) == 2 and lines[0] == lines[1]
