"""Compares kinds of FAISS index on the vectors of an index: time, recall against exact, size, building.

python tests/index/compare_dense.py INDEX_FOLDER --public FOLDER [--most N] [--questions N]

INDEX_FOLDER is one that `inspection-qa bench --sizes N --public FOLDER --work DIR` kept,
DIR/index-public-N. The questions are real ones.
What is found among the first 1,000 (or the first 100, for kinds that keep whole numbers) is put in order
by the vectors themselves, as index/store.py does. Prints Markdown. One thread, as one question takes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eval.scale_corpus import Texts, read_questions
from index.generations import current
from index.manifest import DENSE, read_manifest
from index.minilm import load_encoder

K = 100


def vectors_of(folder: Path, most: int) -> np.ndarray:
    pointer = current(folder)
    manifest = read_manifest(pointer.generation, pointer.manifest_sha256)
    parts = []
    for name in manifest.segments:
        flat = faiss.read_index(str(pointer.generation / name / DENSE))
        parts.append(flat.reconstruct_n(0, flat.ntotal))
    return np.concatenate(parts)[:most]


def trained(index: Any, vectors: np.ndarray) -> Any:
    index.train(vectors[:: max(1, len(vectors) // 100_000)])
    index.add(vectors)
    return index


def bits(make: Callable[..., Any]) -> Callable[[np.ndarray], Any]:
    def build(vectors: np.ndarray) -> Any:
        index = make(vectors.shape[1], faiss.METRIC_INNER_PRODUCT)
        index.train(np.zeros((1, vectors.shape[1]), dtype=np.float32))
        index.add(vectors)
        return index

    return build


def of(description: str) -> Callable[[np.ndarray], Any]:
    def build(vectors: np.ndarray) -> Any:
        index = faiss.index_factory(vectors.shape[1], description, faiss.METRIC_INNER_PRODUCT)
        if "HNSW" in description:
            index.hnsw.efConstruction = 80
        return trained(index, vectors)

    return build


def lists(number: int) -> Any:
    return faiss.SearchParametersIVF(nprobe=number)


def breadth(number: int) -> Any:
    return faiss.SearchParametersHNSW(efSearch=number)


def parameters(bits_of_question: int) -> Any:
    chosen = faiss.RaBitQSearchParameters()
    chosen.qb = bits_of_question
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--most", type=int, default=250_000)
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args()
    vectors = vectors_of(options.folder, options.most)
    questions = load_encoder().encode_queries(read_questions(Texts(options.public), most=options.questions))
    centres = 4 * int(len(vectors) ** 0.5)
    ivf = {f"{number} lists": lists(number) for number in (16, 64, 128)}
    hnsw = {f"breadth {number}": breadth(number) for number in (200, 400)}
    kinds: list[tuple[str, Callable[[np.ndarray], Any], int, dict[str, Any]]] = [
        ("exact", of("Flat"), K, {"": None}),
        ("8 bits a component", of("SQ8"), 2 * K, {"": None}),
        ("1 bit, RaBitQ, 32 side by side", bits(faiss.IndexRaBitQFastScan), 1000, {"": None}),
        ("1 bit, RaBitQ, one by one", bits(faiss.IndexRaBitQ), 1000, {"": parameters(4)}),
        (f"IVF{centres}, 8 bits", of(f"IVF{centres},SQ8"), 2 * K, ivf),
        ("HNSW32, 8 bits", of("HNSW32_SQ8"), 2 * K, hnsw),
    ]
    faiss.omp_set_num_threads(2)
    exact = faiss.knn(questions, vectors, K, metric=faiss.METRIC_INNER_PRODUCT)[1]
    print(f"{len(vectors):,} vectors, {len(questions)} questions\n")
    print(
        "| kind | build | MB | median / 95 % | recall@10 | recall@100 |\n|---|---|---|---|---|---|",
        flush=True,
    )
    for name, build, asked, settings in kinds:
        start = time.perf_counter()
        index = build(vectors)
        built = f"{time.perf_counter() - start:.1f} s | {len(faiss.serialize_index(index)) / 1e6:.0f}"
        faiss.omp_set_num_threads(1)
        for setting, chosen in settings.items():
            title = f"{name}, {setting}" if setting else name
            print(
                f"| {title} | {built} | {_searched(index, vectors, questions, asked, chosen, exact)} |",
                flush=True,
            )
        faiss.omp_set_num_threads(2)


def _searched(
    index: Any, vectors: np.ndarray, questions: np.ndarray, asked: int, chosen: Any, exact: np.ndarray
) -> str:
    times, found = [], []
    for question in questions:
        start = time.perf_counter()
        rows = index.search(question[np.newaxis], asked, params=chosen)[1][0]
        rows = rows[rows >= 0]
        found.append(rows[np.argsort(-(vectors[rows] @ question))])
        times.append((time.perf_counter() - start) * 1000)
    recalls = (
        np.mean([np.isin(e[:k], f[:k]).mean() for e, f in zip(exact, found, strict=True)]) for k in (10, K)
    )
    median, high = np.percentile(times, [50, 95])
    return f"{median:.1f} / {high:.1f} ms | " + " | ".join(f"{recall:.4f}" for recall in recalls)


if __name__ == "__main__":
    main()
