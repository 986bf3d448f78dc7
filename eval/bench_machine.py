"""The machine, by its processor and cores, and what it reaches: matrix product and memory bandwidth."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.bench_timing import medians

_SIDE = 1024  # of the matrices
_BYTES = 256 * 2**20  # scanned; far more than any cache holds


@dataclass(frozen=True, slots=True)
class Machine:
    """`load` is the average number of processes that were running or waiting in the minute before."""

    processor: str
    cores: int
    system: str
    load: float
    gemm_gflops: float  # single precision, both cores
    bandwidth_gb_s: float  # one core reading


def measure_machine(*, repeats: int) -> Machine:
    """The machine that this runs on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    matrix = np.random.default_rng(0).random((_SIDE, _SIDE), dtype=np.float32)
    memory = np.ones(_BYTES // 4, dtype=np.float32)
    product, scan = medians([lambda: matrix @ matrix, lambda: memory.max()], repeats=repeats)
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        load=load,
        gemm_gflops=2 * _SIDE**3 / product / 1e9,
        bandwidth_gb_s=_BYTES / scan / 1e9,
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
