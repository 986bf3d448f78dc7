"""The trained network as the file that ships: an ONNX graph with its weights in eight bits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from eval.reader_network import Network

_OPSET = 18


def export(network: Network, path: Path, *, eight_bits: bool = True) -> None:
    """Writes the network as `path`.

    Its inputs are ids, kinds and mask, each of the shape (batch, tokens); its outputs are answers, of the
    shape (batch,), and span, of the shape (batch, tokens, 2).
    """
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        _write_graph(network, whole)
        if eight_bits:
            quantize_dynamic(
                whole,
                path,
                weight_type=QuantType.QInt8,
                per_channel=True,
                extra_options={"MatMulConstBOnly": True},
            )
        else:
            onnx.save(onnx.load(whole), path)


def _write_graph(network: Network, path: Path) -> None:
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in range(3))
    batch, tokens = torch.export.Dim("batch"), torch.export.Dim("tokens", max=512)
    torch.onnx.export(
        network.eval(),
        example,
        str(path),
        input_names=["ids", "kinds", "mask"],
        output_names=["answers", "span"],
        dynamic_shapes=({0: batch, 1: tokens},) * 3,
        opset_version=_OPSET,
        dynamo=True,
        external_data=False,
    )
