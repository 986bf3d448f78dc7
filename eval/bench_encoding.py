"""Encoding: the default path against sentence-transformers, same texts, same weights, in turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from eval.bench_timing import medians
from index.minilm import load_encoder, model_folder, reference_encoder

# Multiplications and additions of the linear layers for one token: six layers of four 384 x 384 and two
# 384 x 1536 matrices. What attention adds (0.15 % a token of the text) is left out.
_FLOP_PER_TOKEN = 2 * 6 * (4 * 384 * 384 + 2 * 384 * 1536)


@dataclass(frozen=True, slots=True)
class Encoding:
    """`tokens` counts those the model reads; `of_gemm` is the share of the plain matrix product's speed."""

    texts: int
    tokens: int
    texts_per_second: float
    tokens_per_second: float
    reference_texts_per_second: float
    ratio: float  # to sentence-transformers; above 1 is faster
    lowest_cosine: float  # of the two, over the texts
    of_gemm: float


def measure_encoding(texts: Sequence[str], *, gemm_gflops: float, repeats: int) -> Encoding:
    """Encode the texts with both, in turns."""
    ours, reference = load_encoder(), reference_encoder()
    took, took_reference = medians(
        [lambda: ours.encode_documents(texts), lambda: reference.encode_documents(texts)], repeats=repeats
    )
    cosines = (ours.encode_documents(texts) * reference.encode_documents(texts)).sum(axis=1)
    tokens = _tokens(texts)
    return Encoding(
        texts=len(texts),
        tokens=tokens,
        texts_per_second=len(texts) / took,
        tokens_per_second=tokens / took,
        reference_texts_per_second=len(texts) / took_reference,
        ratio=took_reference / took,
        lowest_cosine=float(cosines.min()),
        of_gemm=tokens * _FLOP_PER_TOKEN / took / 1e9 / gemm_gflops,
    )


def _tokens(texts: Sequence[str]) -> int:
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    return sum(len(reading.ids) for reading in tokenizer.encode_batch(list(texts)))
