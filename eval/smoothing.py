"""The smoothing that eight-bit weights are made with: `python -m eval.smoothing --public FOLDER`.

It runs the default model over paragraphs of squad2-dev, notes the largest value of each input of each dense
layer, and writes index/minilm_smoothing.safetensors. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import nn
from transformers import AutoTokenizer, BertModel

from eval.reader_sources import squad2
from index.eight_bits import dense_layers
from index.manifest import checksum
from index.minilm import model_folder

# How far a channel is evened out: 0 not at all, 1 completely. Lowest and mean cosine of the vectors of the
# bundled passages to those in single precision: 0 .986 .9931, .7 .993 .9972, .85 .997 .9981, .9 .996 .9980,
# 1 .993 .9972.
_STRENGTH = 0.85
_TEXTS = 200
_SMALLEST = 1e-3


def smoothing(encoder: BertModel, runs: Iterable[Callable[[], object]]) -> dict[str, NDArray[np.float32]]:
    """One positive number for each input of each dense layer of a BERT, their geometric mean 1.

    `runs` are calls that each run the encoder over some text.
    """
    layers = dict(dense_layers(encoder.config.num_hidden_layers))
    largest: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    with ExitStack() as hooks, torch.no_grad():
        for name, parts in layers.items():
            module = encoder.get_submodule(parts[0])
            hooks.callback(module.register_forward_pre_hook(_noting(largest[name])).remove)
        for run in runs:
            run()
    return {
        name: _factors(
            np.max(largest[name], axis=0), [encoder.get_parameter(f"{part}.weight") for part in parts]
        )
        for name, parts in layers.items()
    }


def _noting(largest: list[NDArray[np.float32]]) -> Callable[[nn.Module, tuple[Any, ...]], None]:
    def note(_: nn.Module, inputs: tuple[Any, ...]) -> None:
        values = inputs[0].detach().float().abs()
        largest.append(values.reshape(-1, values.shape[-1]).max(0).values.numpy())

    return note


def _factors(inputs: NDArray[np.float32], weights: Sequence[torch.Tensor]) -> NDArray[np.float32]:
    """Equation 4 of Xiao et al. 2023, scaled to a geometric mean of 1."""
    outputs = torch.cat([weight.detach().float() for weight in weights]).abs().max(0).values.numpy()
    factors = np.maximum(inputs, _SMALLEST) ** _STRENGTH / np.maximum(outputs, _SMALLEST) ** (1 - _STRENGTH)
    even: NDArray[np.float32] = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return even


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file, and says its hash, which index/onnx_encoder.py names."""
    parser = argparse.ArgumentParser(prog="python -m eval.smoothing", description=__doc__)
    parser.add_argument("--public", type=Path, required=True, help="the folder of the public sets")
    given = parser.parse_args(arguments)
    folder = str(model_folder())
    encoder = BertModel.from_pretrained(folder, add_pooling_layer=False)
    encoder.train(False)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    paragraphs = list(dict.fromkeys(one.paragraph for one in squad2(given.public, held_out=False)))
    chosen = paragraphs[:: max(1, len(paragraphs) // _TEXTS)][:_TEXTS]
    inputs = [tokenizer(text, return_tensors="pt", truncation=True, max_length=256) for text in chosen]
    found = smoothing(encoder, [partial(encoder, **one) for one in inputs])
    path = Path(__file__).parents[1] / "index" / "minilm_smoothing.safetensors"
    save_file(found, path)
    print(f"{path}: SHA-256 {checksum(path)}, from {len(chosen)} paragraphs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
