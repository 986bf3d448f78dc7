"""What README and docs say about speed is what the benchmark printed."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import ROOT

BENCH = ROOT / "docs" / "bench"


def test_readme_gives_the_figures_of_the_benchmark() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert _in_words(json.loads((BENCH / "bench.json").read_text(encoding="utf-8"))) in readme


def test_the_document_on_speed_shows_the_tables_of_the_same_run() -> None:
    speed = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    assert (BENCH / "bench.md").read_text(encoding="utf-8") in speed


def _in_words(found: dict[str, Any]) -> str:
    machine, asking = found["machine"], found["asking"]["with_reader"]
    fifty = next(one for one in found["serving"]["users"] if one["users"] == 50)
    return (
        f"On {machine['cores']} cores of an {machine['processor']} a question takes "
        f"{asking['p50']:.0f} ms ({asking['p95']:.0f} ms for 95 of 100), a first one from the command line "
        f"{found['ask_seconds']:.1f} s, the server answers {found['serving']['first_answer_seconds']:.1f} s "
        f"after its start, 50 people who ask at once wait {fifty['latency']['p95'] / 1000:.1f} s at most for "
        f"95 of 100 answers, and {found['encoding']['texts_per_second']:.0f} passages a second are encoded, "
        f"{found['encoding']['ratio']:.1f} times as many as by sentence-transformers."
    )
