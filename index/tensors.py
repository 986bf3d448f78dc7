"""Files of weights (safetensors), read where they lie: the arrays are views into the mapped file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable

Tensors = Mapping[str, NDArray[Any]]

_KINDS = {"F32": "<f4", "I8": "i1", "I64": "<i8"}


def read_tensors(path: Path, *, among: tuple[str, ...] = ("",)) -> dict[str, NDArray[Any]]:
    """The arrays whose names begin with one of `among`, by name.

    A file of safetensors has the length of its heading in 8 bytes, the heading in JSON, and the numbers.
    Raises ModelUnavailable for a kind of number that the program does not use.
    """
    content = np.memmap(path, dtype=np.uint8, mode="r")
    begin = 8 + int(content[:8].view("<u8")[0])
    heading: dict[str, Any] = json.loads(content[8:begin].tobytes())
    heading.pop("__metadata__", None)
    tensors = {}
    for name, entry in heading.items():
        if name.startswith(among):
            if entry["dtype"] not in _KINDS:
                known = " or ".join(_KINDS)
                raise ModelUnavailable(f"{path} holds {name} as {entry['dtype']}; expected {known}.")
            first, last = entry["data_offsets"]
            values = content[begin + first : begin + last].view(_KINDS[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
    return tensors
