"""Draws BERT (Devlin et al. 2019) of all-MiniLM-L6-v2's shape as a graph: `python -m index.bert_graph`.

That writes index/minilm.onnx, index/minilm_8bit.onnx and index/eight_bit_check.onnx. A graph holds no
weights: it names each as the published file of weights does (in eight bits, as index/eight_bits.py does),
and whoever loads it hands them over. One operator of onnxruntime does the attention, and in eight bits one a
dense layer with the rounding of its input. Needs the extra `train`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.eight_bits import ATTENTION

LAYERS, _HEADS, WIDTH, _INNER = 6, 12, 384, 1536
_WORDS, _PLACES, _KINDS = 30522, 512, 2
_EPSILON = 1e-12
_OPSET, _IR = 18, 8
_CHECKED = 64  # products that are added in the check
_FUSED = "com.microsoft"  # onnxruntime's own operators


class Drawing:
    """The nodes and the constants of a graph, as they are drawn."""

    def __init__(self, *, eight_bits: bool) -> None:
        """Begins an empty one, whose dense layers are in eight bits or in single precision."""
        self.eight_bits = eight_bits
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        """A weight that is handed over when the graph is loaded."""
        tensor = TensorProto(name=name, data_type=kind, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="model.safetensors")
        self.initializers.append(tensor)
        return name

    def numbers(self, name: str, *values: int) -> str:
        """Some whole numbers that never change."""
        self.initializers.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", /, **settings: Any) -> str:
        """One operator; the name of what it gives."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **settings))
        return output

    def dense(self, inputs: str, name: str, *, rows: int, columns: int) -> str:
        """A dense layer of the encoder's, with one row of weights for each output."""
        if not self.eight_bits:
            return self.linear(inputs, name, rows=rows, columns=columns)
        eight = self.weight(f"{name}.eight", columns, rows, kind=TensorProto.INT8)
        scale, bias = self.weight(f"{name}.scale", rows), self.weight(f"{name}.bias", rows)
        shrunk = self.add("Mul", [inputs, self.weight(f"{name}.shrink", columns)], f"{name}.inputs")
        return self.add("DynamicQuantizeMatMul", [shrunk, eight, scale, "", bias], name, _FUSED)

    def split(self, inputs: str, outputs: list[str]) -> list[str]:
        """Parts of the same width."""
        parts = len(outputs)
        self.nodes.append(
            helper.make_node("Split", [inputs], outputs, name=outputs[0], axis=-1, num_outputs=parts)
        )
        return outputs

    def linear(self, inputs: str, name: str, *, rows: int, columns: int) -> str:
        """A dense layer in single precision, its weights as they are published."""
        weight = self.weight(f"{name}.weight", rows, columns)
        return self.add("Gemm", [inputs, weight, self.weight(f"{name}.bias", rows)], name, transB=1)

    def normalisation(self, name: str) -> list[str]:
        """The two weights of a normalisation."""
        return [self.weight(f"{name}.LayerNorm.{part}", WIDTH) for part in ("weight", "bias")]


def draw_encoder(*, eight_bits: bool) -> Any:
    """The graph of the encoder; in eight bits each text is a run of its own, without padding.

    Inputs are `ids`, int64, and `mask`, int32, 1 where there is a token and 0 where there is padding at
    the end of a text, both of shape (texts, tokens). Outputs are `tokens`, shape (texts, tokens, width),
    and `sentences`, shape (texts, width), the mean of the tokens of each text; neither is of length 1.
    """
    drawing = Drawing(eight_bits=eight_bits)
    hidden = draw_body(drawing, kinds=None, padded=not eight_bits)
    drawing.add("Reshape", [hidden, "shape of tokens"], "tokens")
    _mean(drawing)
    outputs: dict[str, list[str | int]] = {
        "tokens": ["texts", "tokens", WIDTH],
        "sentences": ["texts", WIDTH],
    }
    return finish(drawing, inputs=("ids", "mask"), outputs=outputs)


def draw_body(drawing: Drawing, *, kinds: str | None, padded: bool) -> str:
    """The embeddings and all layers; the name of the last, of shape (texts x tokens, width).

    Each token's kind is read from the input `kinds`; where that is None, all are of the first. Where
    `padded`, the input `mask` says what is padding; without it the attention takes a tenth less.
    """
    for name, values in (("zero", [0]), ("one", [1]), ("width", [WIDTH]), ("flat", [-1, WIDTH])):
        drawing.numbers(name, *values)
    drawing.add("Shape", ["ids"], "shape")
    drawing.add("Concat", ["shape", "width"], "shape of tokens", axis=0)
    hidden = _embeddings(drawing, kinds)
    for number in range(LAYERS):
        hidden = _layer(drawing, hidden, f"encoder.layer.{number}", padded=padded)
    return hidden


def _embeddings(drawing: Drawing, of_tokens: str | None) -> str:
    words = drawing.weight("embeddings.word_embeddings.weight", _WORDS, WIDTH)
    places = drawing.weight("embeddings.position_embeddings.weight", _PLACES, WIDTH)
    kinds = drawing.weight("embeddings.token_type_embeddings.weight", _KINDS, WIDTH)
    drawing.add("Gather", [words, "ids"], "words")
    drawing.add("Shape", ["ids"], "length", start=1, end=2)
    drawing.add("Slice", [places, "zero", "length", "zero"], "places")
    if of_tokens is None:
        drawing.add("Slice", [kinds, "zero", "one", "zero"], "kind")
    else:
        drawing.add("Gather", [kinds, of_tokens], "kind")
    drawing.add("Add", ["words", "places"], "placed words")
    drawing.add("Add", ["placed words", "kind"], "sums")
    normalisation = drawing.normalisation("embeddings")
    drawing.add("LayerNormalization", ["sums", *normalisation], "embeddings", axis=-1, epsilon=_EPSILON)
    return drawing.add("Reshape", ["embeddings", "flat"], "flat embeddings")


def _layer(drawing: Drawing, hidden: str, layer: str, *, padded: bool) -> str:
    def dense(inputs: str, name: str, rows: int, columns: int) -> str:
        return drawing.dense(inputs, f"{layer}.{name}", rows=rows, columns=columns)

    def normalised(new: str, old: str, name: str) -> str:
        # Two operators, for onnxruntime's one for both takes four times as long on a processor.
        both = drawing.add("Add", [new, old], f"{layer}.{name}.sum")
        inputs = [both, *drawing.normalisation(f"{layer}.{name}")]
        return drawing.add("LayerNormalization", inputs, f"{layer}.{name}.even", axis=-1, epsilon=_EPSILON)

    attention = [*_projections(drawing, hidden, layer), *(["", "mask"] if padded else [])]
    drawing.add("MultiHeadAttention", attention, f"{layer}.attention", _FUSED, num_heads=_HEADS)
    drawing.add("Reshape", [f"{layer}.attention", "flat"], f"{layer}.attended")
    attended = dense(f"{layer}.attended", "attention.output.dense", WIDTH, WIDTH)
    middle = normalised(attended, hidden, "attention.output")
    inner = dense(middle, "intermediate.dense", _INNER, WIDTH)
    drawing.add("Gelu", [inner], f"{layer}.activation", _FUSED)
    outer = dense(f"{layer}.activation", "output.dense", WIDTH, _INNER)
    return normalised(outer, middle, "output")


def _projections(drawing: Drawing, hidden: str, layer: str) -> list[str]:
    """Query, key and value of every token, each of shape (texts, tokens, width)."""
    names = [f"{layer}.{part}" for part in ATTENTION]
    if drawing.eight_bits:
        all_three = drawing.dense(hidden, f"{layer}.attention.self", rows=3 * WIDTH, columns=WIDTH)
        flat = drawing.split(all_three, [f"{name}.flat" for name in names])
    else:
        flat = [
            drawing.linear(hidden, f"{layer}.attention.self.{part}", rows=WIDTH, columns=WIDTH)
            for part in ATTENTION
        ]
    return [
        drawing.add("Reshape", [one, "shape of tokens"], name) for one, name in zip(flat, names, strict=True)
    ]


def _mean(drawing: Drawing) -> None:
    drawing.add("Cast", ["mask"], "weights", to=TensorProto.FLOAT)
    drawing.add("Unsqueeze", ["weights", "one"], "row of weights")
    drawing.add("MatMul", ["row of weights", "tokens"], "row of sums")
    drawing.add("Squeeze", ["row of sums", "one"], "sums of tokens")
    drawing.add("ReduceSum", ["weights", "one"], "numbers of tokens", keepdims=1)
    drawing.add("Div", ["sums of tokens", "numbers of tokens"], "sentences")


def finish(drawing: Drawing, *, inputs: tuple[str, ...], outputs: dict[str, list[str | int]]) -> Any:
    """The graph of what was drawn. Inputs are of shape (texts, tokens), `mask` int32 and the others int64."""
    given = [
        helper.make_tensor_value_info(
            name, TensorProto.INT32 if name == "mask" else TensorProto.INT64, ["texts", "tokens"]
        )
        for name in inputs
    ]
    found = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()]
    graph = helper.make_graph(drawing.nodes, "all-MiniLM-L6-v2", given, found, drawing.initializers)
    return helper.make_model(graph, opset_imports=_opsets(), ir_version=_IR)


def write_graph(graph: Any, path: Path) -> None:
    """Writes it, the same bytes each time."""
    path.write_bytes(graph.SerializeToString(deterministic=True))
    onnx.load(path, load_external_data=False)


def draw_check() -> Any:
    """Multiplies ones by the largest weights of eight bits, whose products are the largest there are.

    The input is `ones`, shape (1, 64); the outputs are `found` and `expected`, the same where a processor
    adds products of eight bits without loss.
    """
    drawing = Drawing(eight_bits=True)
    eight = numpy_helper.from_array(np.full((_CHECKED, 16), 127, dtype=np.int8), "eight")
    scale = numpy_helper.from_array(np.ones(16, dtype=np.float32), "scale")
    whole = numpy_helper.from_array(np.full((_CHECKED, 16), 127, dtype=np.float32), "whole")
    drawing.initializers += [eight, scale, whole]
    drawing.add("DynamicQuantizeMatMul", ["ones", "eight", "scale"], "found", _FUSED)
    drawing.add("MatMul", ["ones", "whole"], "expected")
    given = [helper.make_tensor_value_info("ones", TensorProto.FLOAT, [1, _CHECKED])]
    found = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 16]) for name in ("found", "expected")
    ]
    graph = helper.make_graph(drawing.nodes, "check", given, found, drawing.initializers)
    return helper.make_model(graph, opset_imports=_opsets(), ir_version=_IR)


def _opsets() -> list[Any]:
    return [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]


def main() -> None:
    """Writes the files beside this module."""
    drawn = {
        "minilm.onnx": draw_encoder(eight_bits=False),
        "minilm_8bit.onnx": draw_encoder(eight_bits=True),
        "eight_bit_check.onnx": draw_check(),
    }
    for name, graph in drawn.items():
        path = Path(__file__).with_name(name)
        write_graph(graph, path)
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
