"""Other systems' default retrieval, each through its own public package, over the same embeddings.

Each function takes the documents and an encoder, and returns the chunks that the system made and a
search over them. Defaults are left as they are; where a system leaves the cutting to its user
(txtai, plain BM25, plain dense), it gets paragraphs. All are imported late: they are the extra
'peers'.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.chunks import Chunk, paragraphs
from eval.errors import MissingExtra
from eval.questions import Texts
from index.encode import Encoder

Search = Callable[[str, int], Sequence[int]]  # question and k -> rows of the chunks, best first
Built = tuple[Sequence[Chunk], Search]
Peer = Callable[[Texts, Encoder], Built]


def langchain(texts: Texts, encoder: Encoder) -> Built:
    """LangChain: RecursiveCharacterTextSplitter at 1,000 characters with 200 of overlap, FAISS store."""
    splitters = _needed("langchain_text_splitters")
    stores = _needed("langchain_community.vectorstores")
    embeddings = _needed("langchain_core.embeddings").Embeddings

    class Same(embeddings):  # type: ignore[misc, valid-type]
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return encoder.encode_documents(texts).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return encoder.encode_queries([text])[0].tolist()  # type: ignore[no-any-return]

    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = [Chunk(name, part) for name, text in texts.items() for part in splitter.split_text(text)]
    rows = [{"row": row} for row in range(len(chunks))]
    store = stores.FAISS.from_texts([chunk.text for chunk in chunks], Same(), metadatas=rows)
    return chunks, lambda question, k: [hit.metadata["row"] for hit in store.similarity_search(question, k=k)]


def llamaindex(texts: Texts, encoder: Encoder) -> Built:
    """LlamaIndex: VectorStoreIndex with its defaults (SentenceSplitter, 1,024 tokens, 200 of overlap)."""
    core = _needed("llama_index.core")
    embedding = _needed("llama_index.core.embeddings").BaseEmbedding

    class Same(embedding):  # type: ignore[misc, valid-type]
        def _get_text_embedding(self, text: str) -> list[float]:
            return encoder.encode_documents([text])[0].tolist()  # type: ignore[no-any-return]

        def _get_query_embedding(self, query: str) -> list[float]:
            return encoder.encode_queries([query])[0].tolist()  # type: ignore[no-any-return]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    documents = [core.Document(text=text, doc_id=name) for name, text in texts.items()]
    index = core.VectorStoreIndex.from_documents(documents, embed_model=Same())
    nodes = list(index.docstore.docs.values())
    row_of = {node.node_id: row for row, node in enumerate(nodes)}

    def search(question: str, k: int) -> list[int]:
        hits = index.as_retriever(similarity_top_k=k).retrieve(question)
        return [row_of[hit.node.node_id] for hit in hits]

    return [Chunk(node.ref_doc_id, node.text) for node in nodes], search


def haystack(texts: Texts, encoder: Encoder) -> Built:
    """Haystack: DocumentSplitter's defaults, BM25 and embeddings, joined by reciprocal rank fusion."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = (
        "False"  # read when it is imported; nothing leaves this machine
    )
    document = _needed("haystack").Document
    splitter = _needed("haystack.components.preprocessors").DocumentSplitter()
    retrievers = _needed("haystack.components.retrievers.in_memory")
    joiner = _needed("haystack.components.joiners").DocumentJoiner(join_mode="reciprocal_rank_fusion")
    store = _needed("haystack.document_stores.in_memory").InMemoryDocumentStore()

    splitter.warm_up()
    whole = [document(content=text, meta={"name": name}) for name, text in texts.items()]
    parts = splitter.run(documents=whole)["documents"]
    vectors = encoder.encode_documents([part.content for part in parts])
    stored = [
        document(id=str(row), content=part.content, meta=part.meta, embedding=vector.tolist())
        for row, (part, vector) in enumerate(zip(parts, vectors, strict=True))
    ]
    store.write_documents(stored)
    by_words = retrievers.InMemoryBM25Retriever(store)
    by_vector = retrievers.InMemoryEmbeddingRetriever(store)

    def search(question: str, k: int) -> list[int]:
        vector = encoder.encode_queries([question])[0].tolist()
        found = [by_words.run(query=question, top_k=k), by_vector.run(query_embedding=vector, top_k=k)]
        return [int(hit.id) for hit in joiner.run([one["documents"] for one in found], top_k=k)["documents"]]

    return [Chunk(part.meta["name"], part.content) for part in parts], search


def txtai(texts: Texts, encoder: Encoder) -> Built:
    """txtai: hybrid search (its BM25 and embeddings, half and half) over paragraphs."""
    chunks = paragraphs(texts)
    embeddings = _needed("txtai").Embeddings(
        method="external", transform=lambda parts: encoder.encode_documents(list(parts)), hybrid=True
    )
    embeddings.index((row, chunk.text, None) for row, chunk in enumerate(chunks))
    return chunks, lambda question, k: [row for row, _ in embeddings.search(question, k)]


def plain_bm25(texts: Texts, _: Encoder) -> Built:
    """BM25 (bm25s and its defaults: English stop words, no stemming) over paragraphs."""
    bm25s = _needed("bm25s")
    chunks = paragraphs(texts)
    words = bm25s.BM25()
    words.index(bm25s.tokenize([chunk.text for chunk in chunks], show_progress=False), show_progress=False)

    def search(question: str, k: int) -> list[int]:
        query = bm25s.tokenize([question], show_progress=False)
        rows, scores = words.retrieve(query, k=min(k, len(chunks)), show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return chunks, search


def plain_dense(texts: Texts, encoder: Encoder) -> Built:
    """Cosine of the embeddings over paragraphs."""
    chunks = paragraphs(texts)
    vectors = encoder.encode_documents([chunk.text for chunk in chunks])

    def search(question: str, k: int) -> list[int]:
        scores = vectors @ encoder.encode_queries([question])[0]
        return sorted(range(len(chunks)), key=lambda row: (-scores[row], row))[:k]

    return chunks, search


PEERS: Mapping[str, Peer] = {
    "langchain": langchain,
    "llamaindex": llamaindex,
    "haystack": haystack,
    "txtai": txtai,
    "bm25": plain_bm25,
    "dense": plain_dense,
}
# The distributions whose versions are written down with a run.
PACKAGES = (
    "langchain-core",
    "langchain-text-splitters",
    "langchain-community",
    "llama-index-core",
    "haystack-ai",
    "txtai",
    "bm25s",
)


def _needed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as exc:
        raise MissingExtra(module.split(".", 1)[0], "peers") from exc
