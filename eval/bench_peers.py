"""Other systems on the same documents and weights: indexing them, and finding ten passages for a question.

Each runs as its makers ship it (eval/peers.py), its embeddings made by sentence-transformers, which is
what they use; this program runs its default path. What is compared is unequal in one direction only: this
program also encodes each sentence, each token and the vocabulary, and its `ask` writes the answer. So a
second row is timed that does what they do, with this program's reader, passages and encoder: encode each
passage, and find the ten nearest to a question.
LlamaIndex is handed one text at a time by the wrapper that both use; its indexing would gain by batches.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import faiss

from corpus.passages import split
from corpus.read import read_documents
from eval.bench_timing import seconds_of
from eval.chunks import paragraphs
from eval.errors import MissingExtra
from eval.peers import PEERS, Built, Peer
from eval.questions import Texts
from index.encode import Encoder
from index.minilm import load_encoder, reference_encoder
from index.searchable import passage_text
from qa.assistant import open_assistant

_DEPTH = 10
OURS, ALIKE = "inspection-qa", "inspection-qa, passages only"
_NAMES = ("langchain", "llamaindex", "txtai")


@dataclass(frozen=True, slots=True)
class PeerTimes:
    """`note` says why a system was not measured; the times and ratios are None then.

    The ratios are its time by ours: above 1, this program is faster. `alike` are those to what this program
    takes for the same work.
    """

    name: str
    index_seconds: float | None = None
    ask_ms: float | None = None
    index_ratio: float | None = None
    ask_ratio: float | None = None
    index_ratio_alike: float | None = None
    ask_ratio_alike: float | None = None
    note: str | None = None


def chroma(texts: Texts, encoder: Encoder) -> Built:
    """Chroma: a collection in memory with its defaults, over paragraphs."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"  # read when it is imported; nothing leaves this machine
    chunks = paragraphs(texts)
    try:
        client = importlib.import_module("chromadb").EphemeralClient()
    except ModuleNotFoundError as exc:
        raise MissingExtra("chromadb", "peers") from exc
    collection = client.get_or_create_collection("documents")
    vectors = encoder.encode_documents([chunk.text for chunk in chunks])
    names = [str(row) for row in range(len(chunks))]
    collection.upsert(ids=names, embeddings=vectors, documents=[chunk.text for chunk in chunks])

    def search(question: str, k: int) -> list[int]:
        found = collection.query(query_embeddings=encoder.encode_queries([question]), n_results=k)
        return [int(name) for name in found["ids"][0]]

    return chunks, search


def measure_peers(documents: Path, questions: Sequence[str], *, repeats: int) -> tuple[PeerTimes, ...]:
    """This program first, then the others; medians of indexing and of asking, taken in turns."""
    texts = {document.id: document.text for document in read_documents(documents).documents}
    encoder = reference_encoder()
    encoder.encode_documents(["loaded before anything is timed"])
    systems: dict[str, Callable[[], Callable[[str], object]]] = {
        OURS: lambda: _ours(documents),
        ALIKE: lambda: _alike(documents),
    }
    notes: dict[str, str] = {}
    for name, peer in (*((name, PEERS[name]) for name in _NAMES), ("chroma", chroma)):
        try:
            _theirs(peer, {"one": "A first text."}, encoder)
        except MissingExtra as missing:
            notes[name] = str(missing)
        else:
            systems[name] = lambda peer=peer: _theirs(peer, texts, encoder)  # type: ignore[misc]
    found = _times(systems, questions, repeats=repeats)
    (index, ask), (index_alike, ask_alike) = found[OURS], found[ALIKE]
    measured = [
        PeerTimes(
            name,
            took_index,
            1000 * took_ask,
            took_index / index,
            took_ask / ask,
            took_index / index_alike,
            took_ask / ask_alike,
        )
        for name, (took_index, took_ask) in found.items()
    ]
    return (*measured, *(PeerTimes(name, note=note) for name, note in notes.items()))


def _times(
    systems: dict[str, Callable[[], Callable[[str], object]]], questions: Sequence[str], *, repeats: int
) -> dict[str, tuple[float, float]]:
    """Median seconds of indexing and of one question for each system."""
    indexing: dict[str, list[float]] = {name: [] for name in systems}
    searches: dict[str, Callable[[str], object]] = {}
    for _ in range(repeats):
        for name, build in systems.items():
            indexing[name].append(seconds_of(lambda n=name, b=build: searches.update({n: b()})))  # type: ignore[misc]
    asking: dict[str, list[float]] = {name: [] for name in systems}
    for question in questions:
        for name, search in searches.items():
            asking[name].append(seconds_of(lambda s=search, q=question: s(q)))  # type: ignore[misc]
    return {name: (median(indexing[name]), median(asking[name])) for name in systems}


def _ours(documents: Path) -> Callable[[str], object]:
    data = Path(tempfile.mkdtemp(prefix="bench-"))
    assistant = open_assistant(documents, data)
    return assistant.ask


def _alike(documents: Path) -> Callable[[str], object]:
    """The work of the others: each passage encoded, and the ten nearest to a question found."""
    passages = [passage for document in read_documents(documents).documents for passage in split(document)]
    encoder = load_encoder()
    vectors = faiss.IndexFlatIP(encoder.width)
    vectors.add(encoder.encode_documents([passage_text(passage) for passage in passages]))
    return lambda question: vectors.search(encoder.encode_queries([question]), _DEPTH)


def _theirs(peer: Peer, texts: Texts, encoder: Encoder) -> Callable[[str], object]:
    _, search = peer(texts, encoder)
    return lambda question: search(question, _DEPTH)
