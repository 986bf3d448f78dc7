"""What was measured stands in the tables and in the JSON; what was not is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench_asking import Asking
from eval.bench_cli import main
from eval.bench_encoding import Encoding
from eval.bench_machine import Machine
from eval.bench_peers import PeerTimes
from eval.bench_program import Serving, Users
from eval.bench_report import Results, markdown, save
from eval.bench_sizes import Size
from eval.bench_timing import Percentiles

FOUND = Percentiles(10.0, 20.0, 30.0, 40)
RESULTS = Results(
    machine=Machine("A processor", 2, "Linux", 0.5, 100.0, 10.0),
    texts="three documents",
    passages=12,
    repeats=5,
    encoding=Encoding(12, 600, 90.0, 4500.0, 30.0, 3.0, 0.9999, 0.4),
    index_seconds=4.0,
    disk_mb=1.5,
    ask_seconds=0.9,
    asking=Asking(FOUND, FOUND),
    serving=Serving(3.5, 250.0, (Users(50, 0, 8.0, FOUND),)),
    users_unread=(Users(50, 0, 30.0, FOUND),),
    sizes=(
        Size(
            10_807, 23_270, 1, 12.0, 67.0, 16.0, 0.01, {"question": FOUND}, 1.0, 0.99, 105.0, 60.0, 700.0, 0.9
        ),
    ),
    peers=(PeerTimes("ours", 4.0, 10.0, 1.0, 1.0), PeerTimes("theirs", note="the package is not installed")),
    skipped=("Something was left out.",),
)


def test_the_tables_name_the_machine_and_what_was_found() -> None:
    said = markdown(RESULTS)

    assert "A processor, 2 cores" in said
    assert "| ratio to sentence-transformers | 3.00 |" in said
    assert "| 50 users at once | 8.0 answers a second, 0 errors |" in said
    assert "| 50 users at once | 10.0 | 20.0 | 30.0 | 40 |" in said


def test_users_are_also_counted_without_the_reader() -> None:
    assert "| 50 users at once, without the reader | 30.0 answers a second, 0 errors |" in markdown(RESULTS)


def test_larger_indexes_have_a_column_each() -> None:
    said = markdown(RESULTS)

    assert "| | 10,807 passages |" in said.replace("|  |", "| |")
    assert "| recall@10 against exact | 1.0000 |" in said
    assert "| question, ms | 10.0 / 20.0 / 30.0 |" in said
    assert "| reading the vectors compared, at the memory's rate | 1.6 ms |" in said
    assert "| encoding it, at the rate above | at most 6 min |" in said


def test_what_was_not_measured_is_said_in_words() -> None:
    said = markdown(RESULTS)

    assert "| theirs | the package is not installed |" in said
    assert said.rstrip().endswith("Something was left out.")


def test_the_same_figures_are_saved(tmp_path: Path) -> None:
    save(RESULTS, tmp_path)

    saved = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert saved["encoding"]["ratio"] == 3.0
    assert saved["serving"]["users"][0]["latency"]["p95"] == 20.0
    assert (tmp_path / "bench.md").read_text(encoding="utf-8") == markdown(RESULTS)
    assert "<svg" in (tmp_path / "bench.svg").read_text(encoding="utf-8")


def test_too_few_repeats_are_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--repeats", "1"]) == 2
    assert "Give --repeats of at least 5" in capsys.readouterr().err


def test_a_folder_without_the_public_sets_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--public", str(tmp_path)]) == 2
    assert "has no squad2-dev/; name the folder of the public sets." in capsys.readouterr().err
