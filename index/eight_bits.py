"""The dense layers of a BERT in eight bits, made from its weights in single precision.

Weights: one scale for each output, symmetric about zero. Inputs are put into eight bits when the graph
runs, with one scale for a whole text, and a few channels of MiniLM's are ten times as large as the others,
so each channel is divided by its *smoothing* first and its weights are multiplied by it (SmoothQuant, Xiao
et al. 2023). The smoothing comes from the largest values that were seen in public text (eval/smoothing.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.tensors import Tensors

_LARGEST = 127
ATTENTION = ("query", "key", "value")  # their layers are one in eight bits, for they read the same input


def dense_layers(layers: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The dense layers by the name that they have in eight bits, each with those that it is made of."""
    for number in range(layers):
        layer = f"encoder.layer.{number}"
        yield f"{layer}.attention.self", tuple(f"{layer}.attention.self.{part}" for part in ATTENTION)
        for name in ("attention.output.dense", "intermediate.dense", "output.dense"):
            yield f"{layer}.{name}", (f"{layer}.{name}",)


def in_eight_bits(weights: Tensors, smoothing: Tensors, *, layers: int) -> dict[str, NDArray[Any]]:
    """What index/bert_graph.py names in its graph in eight bits.

    `weights` are named as the published file names them; `smoothing` has one positive number for each
    input of each of `dense_layers`. What is no dense layer is passed on as it is.
    """
    made = dict(weights)
    for name, parts in dense_layers(layers):
        weight = np.concatenate([made.pop(f"{part}.weight") for part in parts])
        bias = np.concatenate([made.pop(f"{part}.bias") for part in parts])
        made |= {f"{name}.bias": bias, **_dense(name, weight, smoothing[name])}
    return made


def _dense(name: str, weight: NDArray[np.float32], smoothing: NDArray[np.float32]) -> Mapping[str, Any]:
    smoothed = weight * smoothing
    scale = np.abs(smoothed).max(axis=1) / np.float32(_LARGEST)
    smoothed /= scale[:, None]
    eight = np.rint(smoothed, out=smoothed).astype(np.int8)
    return {
        f"{name}.eight": np.ascontiguousarray(eight.T),
        f"{name}.scale": scale,
        f"{name}.shrink": 1 / smoothing,
    }
