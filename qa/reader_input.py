"""What the reader is given: a question and a passage under its heading, as numbers of word pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Tokenizer

LONGEST_QUESTION = 64  # word pieces
LONGEST_HEADING = 32
LONGEST_INPUT = 256


@dataclass(frozen=True, slots=True)
class Reading:
    """One input: `[CLS] question [SEP] heading [SEP] text [SEP]`.

    `offsets[i]` is the character span, in the text, of the token at `text_from + i`.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]  # 0 for the question's part, 1 for the passage's
    text_from: int
    offsets: tuple[tuple[int, int], ...]


def _special(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"The tokenizer knows no {piece}; give it the one of the bundled model.")
    return number


def prepare(tokenizer: Tokenizer, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
    """The inputs for a question and passages, each a heading (may be empty) and a text.

    What is too long is cut at its end: the question, the heading, then the text. The tokenizer must add
    no special tokens and must not pad or cut.
    """
    first, between = _special(tokenizer, "[CLS]"), _special(tokenizer, "[SEP]")
    asked, _ = _pieces(tokenizer, question)
    before = (first, *asked[:LONGEST_QUESTION], between)
    readings = []
    for heading, text in passages:
        head = (*before, *_pieces(tokenizer, heading)[0][:LONGEST_HEADING], between)
        room = LONGEST_INPUT - len(head) - 1
        pieces, offsets = _pieces(tokenizer, text)
        ids = (*head, *pieces[:room], between)
        kinds = (0,) * len(before) + (1,) * (len(ids) - len(before))
        readings.append(Reading(ids, kinds, len(head), offsets[:room]))
    return readings


@lru_cache(maxsize=1_024)  # the same passages are read again and again
def _pieces(tokenizer: Tokenizer, text: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The numbers of the word pieces and their character spans."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    return tuple(encoded.ids), tuple(encoded.offsets)
