"""The documents' own words: which are near in meaning, how they are written, and which are names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Role
from index.encode import Vectors
from index.errors import IndexDamaged
from index.manifest import VOCABULARY, WORD_VECTORS, WRITTEN_WORDS
from index.ranking import Ranking, best
from index.words import analyse, fold, written

MOST_TERMS = 20_000  # that have a vector: 15 MB; the most frequent ones

_TITLES = frozenset({Role.HEADING, Role.COLUMNS})  # where a capital says nothing


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """How often a word (lower case) stands in the documents, and how often where a capital says something.

    `inside` counts the places that neither start a sentence nor stand in a heading, `capitals` those of
    them that have a capital. Counts of documents add up.
    """

    count: int
    inside: int
    capitals: int

    @property
    def is_name(self) -> bool:
        """Whether it is mostly written with a capital where that says something."""
        return self.capitals > self.inside / 2


@dataclass(frozen=True, slots=True)
class Term:
    """An analysed term and the word, in lower case, that it mostly comes from."""

    term: str
    word: str


_NONE = WrittenWord(0, 0, 0)
_COUNTS = ("count", "inside", "capitals")


def write_vocabulary(
    words: Mapping[str, WrittenWord], abbreviations: Sequence[tuple[str, str]], generation: Path
) -> list[Term]:
    """Write everything about the documents' words but the vectors; the terms that are to have one."""
    terms = choose_terms(words)
    pairs = [(term.term, term.word) for term in terms]
    _write_json({"terms": pairs, "abbreviations": abbreviations}, generation / VOCABULARY)
    columns = {"words": list(words)} | {
        name: [getattr(entry, name) for entry in words.values()] for name in _COUNTS
    }
    _write_json(columns, generation / WRITTEN_WORDS)  # by columns: read in a tenth of the time
    return terms


def count_words(documents: Iterable[Document]) -> dict[str, WrittenWord]:
    """Every word of the documents' sentences, in alphabetical order.

    A name is what has a capital in more than half of the places that are neither the start of a
    sentence nor in a heading.
    """
    everywhere: Counter[str] = Counter()
    untold: Counter[str] = Counter()  # where a capital says nothing
    for document in documents:
        for sentence in document.sentences:
            words = written(document.text[sentence.start : sentence.end])
            everywhere.update(words)
            untold.update(words if sentence.role in _TITLES else words[:1])
    counts: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for word, count in everywhere.items():
        form, told = fold(word), count - untold[word]
        counts[form] += count
        inside[form] += told
        capitals[form] += told if word[0].isupper() else 0
    return {form: WrittenWord(counts[form], inside[form], capitals[form]) for form in sorted(counts)}


def with_words(
    words: Mapping[str, WrittenWord], others: Mapping[str, WrittenWord], *, sign: int = 1
) -> dict[str, WrittenWord]:
    """The words of one with those of others added (or taken away: sign -1), in alphabetical order."""
    changed = dict(words)
    for word, other in others.items():
        one = changed.get(word, _NONE)
        counts = (
            one.count + sign * other.count,
            one.inside + sign * other.inside,
            one.capitals + sign * other.capitals,
        )
        changed[word] = WrittenWord(*counts)
    gone = [word for word in others if not changed[word].count]
    for word in gone:
        del changed[word]
    return {word: changed[word] for word in sorted(changed)}


def choose_terms(words: Mapping[str, WrittenWord], *, most: int = MOST_TERMS) -> list[Term]:
    """The most frequent terms of more than two letters and no digits, in alphabetical order."""
    counts: Counter[str] = Counter()
    mostly: dict[str, str] = {}
    for word, entry in sorted(words.items(), key=lambda pair: (-pair[1].count, pair[0])):
        for term in analyse(word) if len(word) > 2 and not _has_digit(word) else ():
            counts[term] += entry.count
            mostly.setdefault(term, word)
    ranked = sorted(counts, key=lambda term: (-counts[term], term))[:most]
    return [Term(term, mostly[term]) for term in sorted(ranked)]


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


class Vocabulary:
    """Reads what was written about words. Its files are mapped at once and read when first asked for."""

    def __init__(self, generation: Path) -> None:
        self._vocabulary = _mapped(generation / VOCABULARY)
        self._written_words = _mapped(generation / WRITTEN_WORDS)
        try:
            self._vectors: NDArray[np.float16] = np.load(generation / WORD_VECTORS, mmap_mode="r")
        except (OSError, ValueError) as exc:
            raise _damaged(generation / WORD_VECTORS) from exc

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms that have a vector, in alphabetical order; row i of the vectors is term i."""
        return tuple(Term(term, word) for term, word in self._lists["terms"])

    @cached_property
    def abbreviations(self) -> tuple[tuple[str, str], ...]:
        """The (short, long) forms that the documents define."""
        return tuple((short, long) for short, long in self._lists["abbreviations"])

    @cached_property
    def entries(self) -> dict[str, WrittenWord]:
        """Every word, in lower case, as it was counted."""
        columns: dict[str, list[Any]] = _parsed(self._written_words)
        counts = zip(*(columns[name] for name in _COUNTS), strict=True)
        return {word: WrittenWord(*of_word) for word, of_word in zip(columns["words"], counts, strict=True)}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each word, in lower case, stands in the documents."""
        return {word: entry.count for word, entry in self.entries.items()}

    def is_name(self, word: str) -> bool:
        """Whether a word, in whatever case, is mostly written with a capital inside sentences."""
        return self.entries.get(fold(word), _NONE).is_name

    def nearest(self, vectors: Vectors, k: int) -> list[list[tuple[str, float]]]:
        """For each row of `vectors` the `k` nearest terms with their cosines, best first, ties by term."""
        return [
            [(self.terms[row].term, cosine) for row, cosine in _best(cosines, k)]
            for cosines in vectors @ self.vectors.T
        ]

    def nearest_to(self, term: str, k: int) -> Sequence[tuple[str, float]] | None:
        """The `k` terms nearest to a term, itself among them; None where it has no vector."""
        row = self._rows.get(term)
        if row is None:
            return None
        if (term, k) not in self._nearest:  # words of questions recur
            self._nearest[term, k] = self.nearest(self.vectors[row : row + 1], k)[0]
        return self._nearest[term, k]

    @cached_property
    def _nearest(self) -> dict[tuple[str, int], list[tuple[str, float]]]:
        return {}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {entry.term: row for row, entry in enumerate(self.terms)}

    @cached_property
    def vectors(self) -> Vectors:
        """One unit vector for each term, in single precision."""
        return np.asarray(self._vectors, dtype=np.float32)

    @cached_property
    def _lists(self) -> dict[str, list[list[str]]]:
        lists: dict[str, list[list[str]]] = _parsed(self._vocabulary)
        return lists


def _best(cosines: NDArray[np.float32], k: int) -> Ranking:
    def find(asked: int) -> Ranking:
        rows = np.argpartition(-cosines, asked - 1)[:asked]
        rows = rows[np.argsort(-cosines[rows], kind="stable")]
        return list(zip(rows.tolist(), cosines[rows].tolist(), strict=True))

    return best(find, k=k, available=len(cosines))


def _write_json(content: object, path: Path) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _mapped(path: Path) -> NDArray[np.uint8]:
    """The bytes of a file, which can still be read when a newer generation has replaced it."""
    try:
        return np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as exc:
        raise _damaged(path) from exc


def _parsed(stored: NDArray[np.uint8]) -> Any:
    return json.loads(stored.tobytes().decode("utf-8"))


def _damaged(path: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} cannot be read; build the index again.")
