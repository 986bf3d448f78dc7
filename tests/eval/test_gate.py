"""The gate: what passes, what does not, and what cannot be compared."""

import json

import pytest

from eval.errors import BadBaseline, DifferentQuestions
from eval.gate import Baseline, Limit, check_run, make_baseline, read_baseline, write_baseline
from eval.summary import Estimate

SETTINGS = {"questions_sha256": "aa", "documents_sha256": "bb"}
BASELINE = Baseline(
    "aa",
    "bb",
    {"coverage@5": Limit(0.8, 0.01), "answer_characters": Limit(300.0, 40.0), "verbatim": Limit(1.0, 0.0)},
)


def overall(**means: float) -> dict[str, Estimate]:
    figures = {"coverage@5": 0.8, "answer_characters": 300.0, "verbatim": 1.0} | means
    return {name: Estimate(mean, mean, mean, 10) for name, mean in figures.items()}


def failed(figures: dict[str, Estimate]) -> list[str]:
    return [one.measure for one in check_run(BASELINE, figures, SETTINGS) if not one.passed]


def test_what_is_as_it_was_passes():
    assert failed(overall()) == []


@pytest.mark.parametrize(
    ("means", "failures"),
    [
        ({"coverage@5": 0.79}, []),
        ({"coverage@5": 0.789}, ["coverage@5"]),
        ({"coverage@5": 0.95}, []),
        ({"answer_characters": 341.0}, ["answer_characters"]),
        ({"answer_characters": 100.0}, []),
        ({"verbatim": 0.999}, ["verbatim"]),
    ],
)
def test_a_measure_may_fall_by_its_tolerance_and_no_more(means, failures):
    assert failed(overall(**means)) == failures


def test_a_measure_that_has_gone_fails():
    figures = overall()
    del figures["verbatim"]
    assert failed(figures) == ["verbatim"]


@pytest.mark.parametrize(
    ("key", "what"), [("questions_sha256", "questions"), ("documents_sha256", "documents")]
)
def test_other_questions_or_documents_need_a_new_baseline(key, what):
    with pytest.raises(DifferentQuestions, match=f"on other {what} than this run"):
        check_run(BASELINE, overall(), SETTINGS | {key: "cc"})


def test_a_baseline_reads_back_as_it_was_made(tmp_path):
    made = make_baseline(overall(), SETTINGS)
    write_baseline(tmp_path / "baseline.json", made)
    assert read_baseline(tmp_path / "baseline.json") == made
    assert set(made.limits) == {"coverage@5", "answer_characters", "verbatim"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is not JSON"),
        ({"measures": {}}, "has no key 'questions_sha256'"),
        ({"measures": {"covrage": {}}}, "names the measure 'covrage', which does not exist"),
        ({"measures": {"correct": {"value": 1}}}, "has no key 'tolerance'"),
    ],
)
def test_a_broken_baseline_says_what_is_wrong(tmp_path, content, reason):
    path = tmp_path / "baseline.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(BadBaseline, match=reason):
        read_baseline(path)


def test_a_missing_baseline_says_how_to_make_one(tmp_path):
    with pytest.raises(BadBaseline, match="make one with `eval gate --record`"):
        read_baseline(tmp_path / "none.json")
