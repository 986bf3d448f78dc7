"""The network of the reader, its loss, and how examples become its numbers; needs torch.

It reads `[CLS] question [SEP] heading [SEP] text [SEP]` and says, from the vector of [CLS], whether the
text answers (a logit), and for every token of the text how likely an answer starts and ends there, with
[CLS] standing for "nowhere" (as in Devlin et al., 2019, for SQuAD 2.0).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from eval.reader_examples import Example
from qa.reader_input import Reading, prepare

_BATCH_TOKENS = 3_072  # padded
_POOL = 4_096  # examples that are sorted by length together
_FORBIDDEN = -1e4  # a logit that no bfloat16 overflows on


class Network(nn.Module):
    """The encoder with two heads. Its embeddings stay as they are in the bundled model."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        # "eager": the backward pass of the fused attention takes half of a step on a processor.
        self.encoder = BertModel.from_pretrained(
            str(weights),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        self.encoder.embeddings.requires_grad_(False)
        width = int(self.encoder.config.hidden_size)
        self.answers = nn.Linear(width, 1)
        self.span = nn.Linear(width, 2)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of answering, shape (batch,), and of start and end, shape (batch, tokens, 2)."""
        hidden = self.encoder(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        return self.answers(hidden[:, 0]).squeeze(-1), self.span(hidden)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as numbers; `starts` and `ends` are the tokens where an answer may start and end."""

    reading: Reading
    answers: bool
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def encode(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Encoded]:
    """The examples that fit; one whose answer lies beyond the longest input is left out."""
    encoded = []
    for example in examples:
        passage = example.passage
        reading = prepare(tokenizer, example.question, [(passage.title, passage.text)])[0]
        starts, ends = _targets(example, reading)
        if starts and ends:
            encoded.append(Encoded(reading, example.answers, starts, ends))
    return encoded


def _targets(example: Example, reading: Reading) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if not example.answers:
        return (0,), (0,)
    tokens = range(reading.text_from, reading.text_from + len(reading.offsets))
    if not example.spans:  # it answers somewhere
        return tuple(tokens), tuple(tokens)
    places = list(zip(tokens, reading.offsets, strict=True))
    starts = {start for start, _ in example.spans}
    ends = {end for _, end in example.spans}
    return (
        tuple(token for token, (start, _) in places if start in starts),
        tuple(token for token, (_, end) in places if end in ends),
    )


def batches(encoded: Sequence[Encoded], *, seed: int) -> Iterator[list[Encoded]]:
    """All examples once, in batches of about equal length and equal size, in an order that the seed fixes."""
    rng = random.Random(seed)
    order = rng.sample(list(encoded), len(encoded))
    made: list[list[Encoded]] = []
    for first in range(0, len(order), _POOL):
        made += _cut(sorted(order[first : first + _POOL], key=lambda one: len(one.reading.ids)))
    rng.shuffle(made)
    yield from made


def _cut(ascending: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    batch: list[Encoded] = []
    for one in ascending:
        if batch and len(one.reading.ids) * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def loss(network: Network, batch: Sequence[Encoded]) -> Tensor:
    """Cross-entropy of "it answers" plus that of start and end, any marked place being right."""
    longest = max(len(one.reading.ids) for one in batch)
    ids, kinds, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    open_to = torch.zeros(len(batch), longest, dtype=torch.bool)
    right = torch.zeros(len(batch), longest, 2, dtype=torch.bool)
    for row, one in enumerate(batch):
        reading, length = one.reading, len(one.reading.ids)
        ids[row, :length] = torch.tensor(reading.ids)
        kinds[row, :length] = torch.tensor(reading.kinds)
        mask[row, :length] = 1
        open_to[row, 0] = True
        open_to[row, reading.text_from : reading.text_from + len(reading.offsets)] = True
        right[row, list(one.starts), 0] = True
        right[row, list(one.ends), 1] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        answers, span = network(ids, kinds, mask)
    target = torch.tensor([float(one.answers) for one in batch])
    logits = span.float().masked_fill(~open_to.unsqueeze(-1), _FORBIDDEN)
    places = logits.logsumexp(1) - logits.masked_fill(~right, _FORBIDDEN).logsumexp(1)
    total: Tensor = functional.binary_cross_entropy_with_logits(answers.float(), target) + places.mean()
    return total
