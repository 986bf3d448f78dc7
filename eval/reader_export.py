"""The trained network as the files that ship: its graph, and its weights in eight bits.

The embeddings are not among the weights: training leaves them as they are in the bundled model, whose file
is read for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors.numpy import save_file

from eval.reader_network import Encoded, Network
from eval.smoothing import smoothing
from index.bert_graph import LAYERS, WIDTH, Drawing, draw_body, finish, write_graph
from index.eight_bits import in_eight_bits
from qa.reader import GRAPH_FILE, WEIGHTS_FILE

_SEEN = 200  # examples from which it is learnt how large the inputs of layers get
_EMBEDDINGS = "embeddings."


def export(network: Network, folder: Path, seen: Sequence[Encoded], *, eight_bits: bool = True) -> None:
    """Writes graph and weights into `folder`; `seen` are examples like those that will be read."""
    encoder = network.encoder
    weights = {name: values.numpy() for name, values in encoder.state_dict().items()}
    if eight_bits:
        every = max(1, len(seen) // _SEEN)
        runs = [partial(encoder, **_inputs(one)) for one in seen[::every][:_SEEN]]
        weights = in_eight_bits(weights, smoothing(encoder, runs), layers=LAYERS)
    kept = {name: values for name, values in weights.items() if not name.startswith(_EMBEDDINGS)}
    for name, head in (("answers", network.answers), ("span", network.span)):
        kept |= {f"{name}.{part}": values.numpy() for part, values in head.state_dict().items()}
    save_file(kept, folder / WEIGHTS_FILE)
    (folder / WEIGHTS_FILE).chmod(0o644)
    write_graph(_draw(eight_bits=eight_bits), folder / GRAPH_FILE)


def _inputs(one: Encoded) -> dict[str, torch.Tensor]:
    return {
        "input_ids": torch.tensor([one.reading.ids]),
        "token_type_ids": torch.tensor([one.reading.kinds]),
        "attention_mask": torch.ones(1, len(one.reading.ids), dtype=torch.long),
    }


def _draw(*, eight_bits: bool) -> Any:
    """Inputs are ids and kinds, of one text without padding.

    Outputs are answering, shape (texts,), and spans, shape (texts, tokens, 2).
    """
    drawing = Drawing(eight_bits=eight_bits)
    hidden = draw_body(drawing, kinds="kinds", padded=False)
    drawing.numbers("two", 2)
    drawing.add("Reshape", [hidden, "shape of tokens"], "tokens")
    drawing.add("Slice", ["tokens", "zero", "one", "one"], "first token")
    drawing.add("Reshape", ["first token", "flat"], "first")
    drawing.add("Squeeze", [drawing.linear("first", "answers", rows=1, columns=WIDTH), "one"], "answering")
    drawing.add("Concat", ["shape", "two"], "shape of span", axis=0)
    drawing.add("Reshape", [drawing.linear(hidden, "span", rows=2, columns=WIDTH), "shape of span"], "spans")
    outputs: dict[str, list[str | int]] = {"answering": ["texts"], "spans": ["texts", "tokens", 2]}
    return finish(drawing, inputs=("ids", "kinds"), outputs=outputs)
