"""What the reader is given: a question and a passage under its heading, as numbers of word pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    asked = tokenizer.encode(question, add_special_tokens=False).ids[:LONGEST_QUESTION]
    before = [first, *asked, between]
    readings = []
    headings = tokenizer.encode_batch([heading for heading, _ in passages], add_special_tokens=False)
    texts = tokenizer.encode_batch([text for _, text in passages], add_special_tokens=False)
    for heading, text in zip(headings, texts, strict=True):
        head = [*before, *heading.ids[:LONGEST_HEADING], between]
        room = LONGEST_INPUT - len(head) - 1
        ids = (*head, *text.ids[:room], between)
        kinds = (0,) * len(before) + (1,) * (len(ids) - len(before))
        readings.append(Reading(ids, kinds, len(head), tuple(text.offsets[:room])))
    return readings
