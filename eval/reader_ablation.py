"""What each family of its data sets does for the reader: `python -m eval.reader_ablation`.

    python -m eval.reader_ablation --public FOLDER --out FOLDER [--steps 300] [--family NAME ...]

A reader is trained on all sets and, for as many steps, without each family of them; then each reads the
questions of the evaluation and of SQuAD 2.0's held-out half. The runs are short, so that a difference
says where a set helps early, not how good a reader gets. What was measured is kept in `--out`; a run
that was stopped goes on with the next family.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.collection import Collection
from eval.answers import parse_all
from eval.calibration import area_under_curve
from eval.material import Material, read_material
from eval.measure import score_all
from eval.reader_export import export
from eval.reader_material import examples
from eval.reader_network import batches, encode
from eval.reader_sources import read_all, squad2
from eval.reader_squad import read_all as read_squad
from eval.reader_squad import result
from eval.run import ask_all
from eval.summary import held_out
from eval.table import Table, as_markdown
from eval.train_reader import Plan, tokenizer_of_examples, train
from index.manifest import checksum
from index.minilm import load_encoder
from index.store import open_index
from qa.assistant import Assistant, assistant_over, index_folder, prepare
from qa.reader import GRAPH_FILE, WEIGHTS_FILE, Reader, reader_of

ALL = "all sets"
FAMILIES: Mapping[str, tuple[str, ...]] = {
    ALL: (),
    "SQuAD 2.0, SQuADShifts": ("squad2", "squadshifts_new_wiki"),
    "SQuAD sentences": ("squad_sent_nqg",),
    "UnAnswQ": ("unansq_para", "unansq_sent"),
    "QED": ("qed_sent", "qed_para"),
    "Natural Questions": ("nq_oracle",),
    "QAMR": ("qamr",),
    "TAT-QA": ("tatqa_text",),
    "HotpotQA": ("hotpot_para",),
    "BoolQ, CondaQA": ("boolq", "condaqa"),
    "PubMedQA, MedQuAD": ("pubmedqa", "medquad"),
}
_MEASURES = ("MRR@10", "coverage@1000c", "citation_precision")
_SQUAD_SAMPLE = 600
_MEASURED = "measured.json"
_SEED = 1


def trained(public: Path, out: Path, without: tuple[str, ...], steps: int) -> Reader:
    """A reader trained without some sets, for so many steps."""
    asked = read_all(public, without=frozenset(without), seed=_SEED)
    embed = load_encoder(None).encode_documents
    encoded = encode(examples(asked, embed, seed=_SEED), tokenizer_of_examples())
    epoch = len(list(batches(encoded, seed=1_000 * _SEED)))
    out.mkdir(parents=True, exist_ok=True)
    export(train(encoded, out, Plan(steps / epoch, without, _SEED)), out, encoded)
    graph, weights = (checksum(out / name) for name in (GRAPH_FILE, WEIGHTS_FILE))
    return reader_of(out, graph_sha256=graph, weights_sha256=weights)


def measured(reader: Reader, material: Material, data: Path, public: Path) -> dict[str, float]:
    """What a reader is worth, by name; measures of held-out questions end in "held out"."""
    assistant = _assistant(reader, material.documents, data)
    given = parse_all(ask_all(assistant, material.questions, progress=lambda *_: None))
    scored = score_all(material.questions, given, material.texts)[0]
    found: dict[str, float] = {}
    for name in _MEASURES:
        for among, one in ((name, scored), (f"{name}, held out", held_out(scored))):
            values = [value for s in one if (value := s.values.get(name)) is not None]
            found[among] = sum(values) / len(values)
    signals = [(q.answerable, assistant.signals(q.text, q.history)) for q in material.questions]
    told = [(answerable, signal.read) for answerable, signal in signals if signal is not None]
    area = area_under_curve([read for yes, read in told if yes], [read for yes, read in told if not yes])
    found["area under the curve"] = area or 0.0
    asked = random.Random(_SEED).sample(list(squad2(public, held_out=True)), _SQUAD_SAMPLE)
    squad = result(read_squad(reader, asked))
    return found | {"SQuAD F1": squad.f1, "SQuAD answerable": squad.accuracy}


def table(found: Mapping[str, Mapping[str, float]]) -> Table:
    """One row a family that was left out, with the difference to all sets."""
    whole = found[ALL]
    rows = [(ALL, *(f"{value:.3f}" for value in whole.values()))]
    rows += [
        (f"without {name}", *(f"{value - whole[measure]:+.3f}" for measure, value in values.items()))
        for name, values in found.items()
        if name != ALL
    ]
    return Table("Each family of sets left out", ("trained on", *whole), tuple(rows))


def _assistant(reader: Reader, documents: Path, data: Path) -> Assistant:
    encoder = prepare(documents, data, None, progress=lambda _: None, notice=print, alone=True)
    index = open_index(index_folder(documents, data, alone=True), encoder)
    return assistant_over(index, encoder, Collection(documents), reader=reader)


def _folder(out: Path, name: str) -> Path:
    return out / name.replace(" ", "-").replace(",", "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains and measures what is not in `--out` yet, then prints the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.reader_ablation", description=__doc__)
    parser.add_argument("--public", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--family", nargs="*", default=tuple(FAMILIES), choices=tuple(FAMILIES))
    given = parser.parse_args(arguments)
    material = read_material(None, ())
    for name in given.family:
        folder = _folder(given.out, name)
        kept = folder / _MEASURED
        if not kept.is_file():
            reader = trained(given.public, folder, FAMILIES[name], given.steps)
            values = measured(reader, material, folder / "index", given.public)
            kept.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
    places = {name: _folder(given.out, name) / _MEASURED for name in FAMILIES}
    found = {name: json.loads(path.read_text()) for name, path in places.items() if path.is_file()}
    if ALL in found:
        print(as_markdown(table(found)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
