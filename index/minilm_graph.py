"""Writes the graph of all-MiniLM-L6-v2, index/minilm.onnx: `python -m index.minilm_graph`.

The graph holds no weights: it names each as the published file of weights does, and whoever loads it
hands them over (index/onnx_encoder.py). It is BERT (Devlin et al. 2019) in the operators of
onnxruntime: one for the attention, one for each sum with its normalisation. Needs the extra `train`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

_LAYERS, _HEADS, _WIDTH, _INNER = 6, 12, 384, 1536
_WORDS, _PLACES, _KINDS = 30522, 512, 2
_EPSILON = 1e-12
_OPSET, _IR = 17, 8
_FUSED = "com.microsoft"  # onnxruntime's own operators


class _Drawing:
    """The nodes and the constants of a graph, as they are drawn."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []

    def weight(self, name: str, *shape: int) -> str:
        """A weight that is handed over when the graph is loaded."""
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
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

    def linear(self, inputs: str, name: str, *, rows: int, columns: int) -> str:
        """A linear layer, its weights as they are published: one row for each output."""
        weight = self.weight(f"{name}.weight", rows, columns)
        return self.add("Gemm", [inputs, weight, self.weight(f"{name}.bias", rows)], name, transB=1)

    def normalisation(self, name: str) -> list[str]:
        """The two weights of a normalisation."""
        return [self.weight(f"{name}.LayerNorm.{part}", _WIDTH) for part in ("weight", "bias")]


def draw() -> Any:
    """The whole graph.

    Inputs are `ids`, int64, and `mask`, int32, 1 where there is a token and 0 where there is padding at
    the end of a text, both of shape (texts, tokens). Outputs are `tokens`, shape (texts, tokens, width),
    and `sentences`, shape (texts, width), the mean of the tokens of each text; neither is of length 1.
    """
    drawing = _Drawing()
    for name, values in (("zero", [0]), ("one", [1]), ("width", [_WIDTH]), ("flat", [-1, _WIDTH])):
        drawing.numbers(name, *values)
    drawing.add("Shape", ["ids"], "shape")
    drawing.add("Concat", ["shape", "width"], "shape of tokens", axis=0)
    hidden = _embeddings(drawing)
    for number in range(_LAYERS):
        hidden = _layer(drawing, hidden, f"encoder.layer.{number}")
    drawing.add("Reshape", [hidden, "shape of tokens"], "tokens")
    _mean(drawing)
    return _model(drawing)


def _embeddings(drawing: _Drawing) -> str:
    words = drawing.weight("embeddings.word_embeddings.weight", _WORDS, _WIDTH)
    places = drawing.weight("embeddings.position_embeddings.weight", _PLACES, _WIDTH)
    kinds = drawing.weight("embeddings.token_type_embeddings.weight", _KINDS, _WIDTH)
    drawing.add("Gather", [words, "ids"], "words")
    drawing.add("Shape", ["ids"], "length", start=1, end=2)
    drawing.add("Slice", [places, "zero", "length", "zero"], "places")
    drawing.add("Slice", [kinds, "zero", "one", "zero"], "kind")  # a text is of the first kind
    drawing.add("Add", ["words", "places"], "placed words")
    drawing.add("Add", ["placed words", "kind"], "sums")
    normalisation = drawing.normalisation("embeddings")
    drawing.add("LayerNormalization", ["sums", *normalisation], "embeddings", axis=-1, epsilon=_EPSILON)
    return drawing.add("Reshape", ["embeddings", "flat"], "flat embeddings")


def _layer(drawing: _Drawing, hidden: str, layer: str) -> str:
    def linear(inputs: str, name: str, rows: int, columns: int) -> str:
        return drawing.linear(inputs, f"{layer}.{name}", rows=rows, columns=columns)

    def normalised(new: str, old: str, name: str) -> str:
        inputs = [new, old, *drawing.normalisation(f"{layer}.{name}")]
        return drawing.add("SkipLayerNormalization", inputs, f"{layer}.{name}.sum", _FUSED, epsilon=_EPSILON)

    projected = [
        drawing.add(
            "Reshape",
            [linear(hidden, f"attention.self.{name}", _WIDTH, _WIDTH), "shape of tokens"],
            f"{layer}.{name}",
        )
        for name in ("query", "key", "value")
    ]
    attention = [*projected, "", "mask"]
    drawing.add("MultiHeadAttention", attention, f"{layer}.attention", _FUSED, num_heads=_HEADS)
    drawing.add("Reshape", [f"{layer}.attention", "flat"], f"{layer}.attended")
    attended = linear(f"{layer}.attended", "attention.output.dense", _WIDTH, _WIDTH)
    middle = normalised(attended, hidden, "attention.output")
    inner = linear(middle, "intermediate.dense", _INNER, _WIDTH)
    drawing.add("Gelu", [inner], f"{layer}.activation", _FUSED)
    outer = linear(f"{layer}.activation", "output.dense", _WIDTH, _INNER)
    return normalised(outer, middle, "output")


def _mean(drawing: _Drawing) -> None:
    drawing.add("Cast", ["mask"], "weights", to=TensorProto.FLOAT)
    drawing.add("Unsqueeze", ["weights", "one"], "row of weights")
    drawing.add("MatMul", ["row of weights", "tokens"], "row of sums")
    drawing.add("Squeeze", ["row of sums", "one"], "sums of tokens")
    drawing.add("ReduceSum", ["weights", "one"], "numbers of tokens", keepdims=1)
    drawing.add("Div", ["sums of tokens", "numbers of tokens"], "sentences")


def _model(drawing: _Drawing) -> Any:
    inputs = [
        helper.make_tensor_value_info(name, kind, ["texts", "tokens"])
        for name, kind in (("ids", TensorProto.INT64), ("mask", TensorProto.INT32))
    ]
    outputs = [
        helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["texts", "tokens", _WIDTH]),
        helper.make_tensor_value_info("sentences", TensorProto.FLOAT, ["texts", _WIDTH]),
    ]
    graph = helper.make_graph(drawing.nodes, "all-MiniLM-L6-v2", inputs, outputs, drawing.initializers)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)


def main() -> None:
    """Writes the file beside this module."""
    path = Path(__file__).with_name("minilm.onnx")
    path.write_bytes(draw().SerializeToString(deterministic=True))
    onnx.load(path, load_external_data=False)
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
