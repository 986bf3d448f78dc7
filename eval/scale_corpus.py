"""Large corpora for measuring size: real sentences recombined, with vectors derived from really encoded ones.

Encoding a million passages takes hours on two cores, so that only the base is encoded: the distinct
sentences of the bundled documents or, where their folder is named, 25,000 of the public sets. A passage is
a few neighbouring sentences of the base with words replaced by other words of the base, so that no two
passages are equal. Its vector is the mean of its sentences' encoded vectors plus noise, of length 1 again;
docs/scale.md compares such vectors with really encoded ones. Whatever is measured on them says so.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from corpus.document import Details, Document, Section, Sentence
from corpus.sentences import split_sentences
from eval.material import BUNDLED_DOCUMENTS, read_material, read_texts
from index.encode import Encoder, Tokens, Vectors, no_tokens

# Public sets whose contexts are written as texts are (others are in lower case).
SETS = ("qed_para", "squadshifts_new_wiki", "nq_oracle", "boolq", "condaqa", "hotpot_para", "tatqa_text")
SENTENCES_OF_A_DOCUMENT = 130  # about forty passages, ten pages

_LENGTHS = range(50, 320)  # characters of a sentence that is used
_RUN = 6  # neighbouring sentences taken from one place of the base
_REPLACED = 0.15  # of the words after the first four
_KEPT_WORDS = 4  # at the start of a sentence: by them its vector is found
_NOISE_BANK = 8192
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Base:
    """Distinct sentences in the order of their texts, and their vectors; shape (sentences, width)."""

    sentences: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Texts:
    """Where sentences and questions come from: the folder of the public sets, or what is bundled (None)."""

    public: Path | None

    @property
    def name(self) -> str:
        """For the files that are kept."""
        return "bundled" if self.public is None else "public"


def read_base_sentences(texts: Texts, *, most: int) -> tuple[str, ...]:
    """Distinct sentences of moderate length, in the order of their texts."""
    found: dict[str, str] = {}
    for text in _bundled_texts() if texts.public is None else _public_texts(texts.public):
        for start, end in split_sentences(text, 0, len(text)):
            sentence = " ".join(text[start:end].split())
            if len(sentence) in _LENGTHS and sentence.count(" ") >= 2 * _KEPT_WORDS:
                found.setdefault(_start_of(sentence), sentence)
    return tuple(found.values())[:most]


def load_base(folder: Path, texts: Texts, encoder: Encoder, *, most: int = 25_000) -> Base:
    """The base with its vectors, encoded at the first call and kept in `folder` for this encoder."""
    sentences = read_base_sentences(texts, most=most)
    made_with = f"{zlib.crc32(encoder.fingerprint.encode()):08x}"
    path = folder / f"base-{texts.name}-{len(sentences)}-{made_with}.npy"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(path, encoder.encode_documents(sentences))
    return Base(sentences, np.load(path))


def _bundled_texts() -> Iterator[str]:
    return iter(read_texts(BUNDLED_DOCUMENTS).values())


def _public_texts(public: Path) -> Iterator[str]:
    seen: set[str] = set()
    with (public / "squad2-dev" / "corpus.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)
    for name in SETS:
        with gzip.open(public / "training" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["context"]
                if text not in seen:
                    seen.add(text)
                    yield text


def _start_of(sentence: str) -> str:
    return " ".join(sentence.split()[:_KEPT_WORDS])


class LargeCorpus(Sequence[Document]):
    """`documents` documents of about forty passages, each made when it is asked for, always the same."""

    def __init__(self, base: Base, documents: int) -> None:
        self._base = base
        self._documents = documents
        words = [word for sentence in base.sentences for word in re.findall(r"[^\W\d_]{3,}", sentence)]
        self._words = words  # repeated as often as they occur: frequent ones are drawn more often

    def __len__(self) -> int:
        return self._documents

    def ids(self) -> list[str]:
        """The ids of all documents, in order."""
        return [_id(number) for number in range(self._documents)]

    def __getitem__(self, number):  # type: ignore[no-untyped-def]
        """The document with this number."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < self._documents:
            raise IndexError(f"There is no document {number}.")
        return self.made(number)

    def made(self, number: int) -> Document:
        """The document with this number, also beyond the corpus: for adding one more."""
        chance = random.Random(number)
        sentences: list[str] = []
        while len(sentences) < SENTENCES_OF_A_DOCUMENT:
            first = chance.randrange(len(self._base.sentences))
            sentences += [self._varied(one, chance) for one in self._base.sentences[first : first + _RUN]]
        return _document(number, sentences[:SENTENCES_OF_A_DOCUMENT])

    def _varied(self, sentence: str, chance: random.Random) -> str:
        words = sentence.split()
        for place in range(_KEPT_WORDS, len(words) - 1):
            if chance.random() < _REPLACED:
                words[place] = self._words[int(chance.random() * len(self._words))]
        return " ".join(words)


def _id(number: int) -> str:
    return f"{number:06d}.txt"


def _document(number: int, sentences: Sequence[str]) -> Document:
    text = "\n".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(start, start + len(sentence)))
        start += len(sentence) + 1
    title = f"Report {number:06d}"
    day = _FIRST_DAY + timedelta(days=number % 9000)
    details = Details(title, kind=("letter", "report", "article")[number % 3], published=day)
    section = Section((title,), 0, len(text))
    checksum = f"{zlib.crc32(text.encode()):064x}"
    return Document(_id(number), details, checksum, text, (), (section,), tuple(spans))


class DerivedEncoder:
    """Gives the texts of a `LargeCorpus` vectors out of those of its base; questions are really encoded.

    Has no tokens. Borrows the fingerprint of the model that encoded the base, so that an index made with
    it can be asked with that model.
    """

    def __init__(self, base: Base, encoder: Encoder, *, noise: float = 0.45) -> None:
        self._base = base
        self._encoder = encoder
        self._noise = noise
        self._place = {_start_of(sentence): row for row, sentence in enumerate(base.sentences)}
        bank = np.random.default_rng(7).standard_normal((_NOISE_BANK, base.vectors.shape[1]))
        self._bank = (bank / np.linalg.norm(bank, axis=1, keepdims=True)).astype(np.float32)
        self.fingerprint = encoder.fingerprint
        self.width = encoder.width

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """The mean of the vectors of the sentences that a text holds, with noise."""
        rows, owners = [], []
        for number, text in enumerate(texts):
            found = [self._place.get(_start_of(line)) for line in text.split("\n")]
            known = [row for row in found if row is not None] or [self._other(text)]
            rows += known
            owners += [number] * len(known)
        sums = np.zeros((len(texts), self.width), dtype=np.float32)
        np.add.at(sums, owners, self._base.vectors[rows])
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        checksums = np.array([zlib.crc32(text.encode()) for text in texts], dtype=np.int64)
        noise = self._bank[checksums % _NOISE_BANK] + self._bank[(checksums >> 13) % _NOISE_BANK]
        sums += self._noise / 2**0.5 * noise
        vectors: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return vectors

    def encode_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Tokens]]:
        """As `encode_documents`; no tokens."""
        return self.encode_documents(texts), [no_tokens(self.width)] * len(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """By the model."""
        return self._encoder.encode_queries(texts)

    def encode_question(self, text: str) -> tuple[Vectors, Tokens]:
        """By the model."""
        return self._encoder.encode_question(text)

    def _other(self, text: str) -> int:
        return zlib.crc32(text.encode()) % len(self._base.sentences)


def read_questions(texts: Texts, *, most: int) -> tuple[str, ...]:
    """Real questions, spread over those of the evaluation or of SQuAD 2.0's development set."""
    if texts.public is None:
        questions = [question.text for question in read_material(None, ()).questions]
    else:
        with (texts.public / "squad2-dev" / "queries.jsonl").open(encoding="utf-8") as lines:
            questions = [json.loads(line)["text"] for line in lines]
    step = max(1, len(questions) // most)
    return tuple(questions[::step][:most])
