"""Builds an index from documents: keeps the segments that hold, writes new ones beside, swaps in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.abbreviations import distinct
from corpus.document import Document, Passage, Skipped
from corpus.file_report import FileReport
from corpus.passages import CHUNKING, split
from corpus.read import Source, Unread
from index.contents import write_contents
from index.earlier import Earlier, RemovedTerms, open_earlier
from index.encode import Encoder
from index.errors import IndexChanged, IndexDamaged
from index.generations import clear_leftovers, link_files, new_generation, publish, writing
from index.known_vectors import Counts
from index.lexical import FIELDS, Statistics, write_lexical
from index.manifest import (
    CONTENTS,
    LEXICAL,
    PLACES,
    TOKEN_FILES,
    TOKEN_FREQUENCY,
    Manifest,
    StoredFile,
    describe_files,
    write_manifest,
    write_removed_terms,
)
from index.plan import DEFAULT_SIZES, Plan, Sizes, Written, make_plan
from index.progress import Progress, Report
from index.rows import Place, Rows, stretches, write_places
from index.segment import Segment
from index.sources import read_sources, write_sources
from index.token_vectors import MOST_TOKEN_PASSAGES, added
from index.vectors import BuildCounts, write_vectors, write_words
from index.vocabulary import WrittenWord, count_words, with_words, write_vocabulary
from index.words import ANALYSIS

Splitter = Callable[[Document], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What bringing the index up to date came to.

    `encoded` and `reused` count texts, passages and sentences together: those that were encoded, equal ones
    once, and those that were not because they stand in the index; `encoded_words` and `reused_words` count
    the words of the vocabulary. Where nothing had changed, `up_to_date` is true and all four are 0. `note`
    is a sentence for the person who asked. `files` has a report on every file that was read, now or before,
    in the order of the documents; the lines of a corpus.jsonl have none.
    """

    documents: int
    passages: int
    sentences: int
    encoded: int
    reused: int
    encoded_words: int
    reused_words: int
    skipped: tuple[Skipped, ...]
    up_to_date: bool = False
    note: str | None = None
    files: tuple[FileReport, ...] = ()


def build_index(
    documents: Sequence[Document | Unread],
    skipped: Sequence[Skipped],
    state: str,
    folder: Path,
    encoder: Encoder,
    *,
    progress: Report,
    sources: Sequence[Source] = (),
    split: Splitter = split,
    chunking: str = CHUNKING,
    most_token_passages: int = MOST_TOKEN_PASSAGES,
    sizes: Sizes = DEFAULT_SIZES,
    from_nothing: bool = False,
) -> BuildReport:
    """Index the documents, in their order, as the next generation of `folder`, and make it the current one.

    Documents that stand in the current generation as they are stay where they are, and vectors of texts
    that were encoded before are used again, where the model is the same. Tokens are stored up to
    `most_token_passages` passages. `from_nothing` takes nothing over: what was found damaged is not used.
    Raises IndexBusy while another process is writing, IndexNotWritten, and IndexChanged where an unread
    document does not stand in the index.
    """
    with writing(folder):
        earlier = Earlier() if from_nothing else open_earlier(folder, encoder, chunking=chunking)
        try:
            with new_generation(folder) as generation:
                _check_unread(documents, sources, earlier)
                writer = _Writer(documents, generation, encoder, earlier, split, progress)
                counts = writer.write(sizes, most_token_passages)
                write_sources(sources, generation)
                manifest = writer.manifest(chunking, state, skipped)
                publish(generation, write_manifest(manifest, generation))
        finally:
            earlier.close()
        clear_leftovers(folder)
    progress(Progress("writing", 3, 3))
    return report_on(manifest, counts, sources)


def report_on(
    manifest: Manifest, counts: BuildCounts, sources: Iterable[Source], *, up_to_date: bool = False
) -> BuildReport:
    """The report on an index that was made just now, or found."""
    return BuildReport(
        documents=manifest.documents,
        passages=manifest.passages,
        sentences=manifest.sentences,
        encoded=counts.texts.encoded,
        reused=counts.texts.reused,
        encoded_words=counts.words.encoded,
        reused_words=counts.words.reused,
        skipped=manifest.skipped,
        up_to_date=up_to_date,
        files=tuple(one.report for one in sources if one.report is not None),
    )


def _check_unread(
    documents: Sequence[Document | Unread], sources: Sequence[Source], earlier: Earlier
) -> None:
    """Raise IndexChanged unless what was not read was read from the same source before."""
    unread = {document.id for document in documents if isinstance(document, Unread)}
    before = read_sources(earlier.generation) if unread and earlier.keeps else {}
    if any(before.get(source.id) != source for source in sources if source.id in unread):
        raise IndexChanged("The index was changed while its documents were read; read them again.")


class _Writer:
    """Writes one generation: the segments first, then what belongs to all of them."""

    def __init__(
        self,
        documents: Sequence[Document | Unread],
        generation: Path,
        encoder: Encoder,
        earlier: Earlier,
        split: Splitter,
        progress: Report,
    ) -> None:
        self._documents = documents
        self._generation = generation
        self._encoder = encoder
        self._earlier = earlier
        self._split = split
        self._progress = progress
        self._names: list[str] = []  # of the segments
        self._places: dict[int, Place] = {}  # of the documents, by position
        self._taken_over: list[StoredFile] = []
        self._entering: dict[str, WrittenWord] = {}  # words of new and changed documents
        self._counts = Counts()
        self._written = Statistics(0, (0, 0))

    def write(self, sizes: Sizes, most_token_passages: int) -> BuildCounts:
        """Write all files of the generation but those that say what is in it."""
        plan = make_plan(self._documents, self._earlier, sizes=sizes)
        passages = self._count(plan) + sum(place.passages for _, place in plan.kept)
        with_tokens = passages <= most_token_passages
        if with_tokens and plan.kept and not self._earlier.has_tokens:
            plan = make_plan(self._documents, self._earlier, sizes=sizes, rewrite=True)
        try:
            for number in sorted(plan.moved):
                self._earlier.verify(number)  # what is copied has to be what was written
        except IndexDamaged:
            self._earlier.close()
            self._earlier = Earlier()
            plan = make_plan(self._documents, self._earlier, sizes=sizes)
        self._keep(plan, with_tokens=with_tokens)
        for number in range(len(plan.new_segments)):
            self._write_segment(plan, number, with_tokens=with_tokens)
        words = self._write_vocabulary(plan)
        self._write_lists(plan, with_tokens=with_tokens)
        return BuildCounts(self._counts, words)

    def manifest(self, chunking: str, state: str, skipped: Sequence[Skipped]) -> Manifest:
        """What the generation says about itself; needs `write`."""
        segments = self._opened()
        try:
            rows = Rows(self._generation / PLACES, [len(segment) for segment in segments])
            total = Statistics(0, (0, 0))
            sentences = 0
            for number, segment in enumerate(segments):
                live = stretches(rows.of_segment(number) >= 0)
                total += segment.lexical.statistics_of(live)
                sentences += segment.sentences.count(live)
        finally:
            _close(segments)
        return Manifest(
            encoder=self._encoder.fingerprint,
            width=self._encoder.width,
            chunking=chunking,
            analysis=ANALYSIS,
            state=state,
            documents=len(self._documents),
            passages=total.passages,
            sentences=sentences,
            terms=total.lengths,
            segments=tuple(self._names),
            skipped=tuple(skipped),
            files=describe_files(self._generation, self._taken_over),
        )

    def _count(self, plan: Plan) -> int:
        """How many passages the new segments will have."""
        total, done, passages = sum(map(len, plan.new_segments)), 0, 0
        for segment in plan.new_segments:
            for one in segment:
                self._progress(Progress("splitting", done, total))
                passages += len(self._split(self._read(one)))
                done += 1
        self._progress(Progress("splitting", total, total))
        return passages

    def _read(self, one: Written) -> Document:
        if one.place is not None:
            return self._earlier.document(one.place)
        if one.document is None:
            raise LookupError(f"Document {one.position} is neither given nor stored.")
        return one.document

    def _keep(self, plan: Plan, *, with_tokens: bool) -> None:
        """Take over the segments that stay, with new numbers."""
        numbers = {}
        for number in plan.segments:
            numbers[number] = len(self._names)
            name = self._earlier.names[number]
            files = [
                file
                for file in self._earlier.files_of(number)
                if with_tokens or Path(file.name).name not in TOKEN_FILES
            ]
            link_files([file.name for file in files], self._earlier.generation, self._generation)
            self._names.append(name)
            self._taken_over += files
        for position, place in plan.kept:
            self._places[position] = replace(place, segment=numbers[place.segment])
        reused = sum(place.passages for _, place in plan.kept)
        for number in plan.segments:
            rows = [place.rows for _, place in plan.kept if place.segment == number]
            reused += self._earlier.segments[number].sentences.count(rows)
        self._counts += Counts(reused=reused)

    def _write_segment(self, plan: Plan, number: int, *, with_tokens: bool) -> None:
        """Write some documents as a segment of their own."""
        folder = self._generation / f"segment-{self._next_number():06d}"
        folder.mkdir()
        written = plan.new_segments[number]
        documents = [self._read(one) for one in written]
        split = [self._split(document) for document in documents]
        first = 0
        for order, (one, parts) in enumerate(zip(written, split, strict=True)):
            self._places[one.position] = Place(len(self._names), order, first, len(parts))
            first += len(parts)
        self._names.append(folder.name)
        passages = [passage for parts in split for passage in parts]
        new = [
            document
            for document, one in zip(documents, plan.new_segments[number], strict=True)
            if one.document
        ]
        self._entering = with_words(self._entering, count_words(new)) if self._entering else count_words(new)
        self._counts += write_vectors(
            documents,
            passages,
            folder,
            self._encoder,
            earlier=self._earlier,
            report=self._progress,
            with_tokens=with_tokens,
        )
        self._progress(Progress("writing", 0, 3))
        write_contents(documents, passages, folder / CONTENTS)
        self._progress(Progress("writing", 1, 3))
        write_lexical(((passage.text, passage.context) for passage in passages), folder / LEXICAL)
        self._progress(Progress("writing", 2, 3))

    def _next_number(self) -> int:
        """Segments are numbered for ever: two with the same name are the same."""
        used = [*self._names, *self._earlier.names]
        return 1 + max((int(name.removeprefix("segment-")) for name in used), default=0)

    def _write_vocabulary(self, plan: Plan) -> Counts:
        """The words of the generation before, with those of the documents that came and went."""
        words = self._entering
        if self._earlier.keeps:
            words = self._earlier.vocabulary.entries
            gone = count_words(self._earlier.document(place) for place, _ in plan.removed)
            for others, sign in ((gone, -1), (self._entering, 1)):
                words = with_words(words, others, sign=sign) if others else words
        terms = write_vocabulary(words, self._abbreviations(), self._generation)
        return write_words(
            terms, self._generation, self._encoder, self._earlier.known_words(), self._progress
        )

    def _abbreviations(self) -> tuple[tuple[str, str], ...]:
        """Those of all documents, in the order of their first definition."""
        segments = self._opened()
        try:
            defined = [segment.contents.abbreviations() for segment in segments]
        finally:
            _close(segments)
        return distinct(
            (short, long)
            for position in sorted(self._places)
            for short, long in defined[self._places[position].segment].get(self._places[position].number, ())
        )

    def _write_lists(self, plan: Plan, *, with_tokens: bool) -> None:
        """Where the documents lie, and the statistics that change with what is removed."""
        write_places([self._places[position] for position in sorted(self._places)], self._generation / PLACES)
        removed = {self._earlier.names[number]: self._removed_terms(plan, number) for number in plan.segments}
        write_removed_terms(removed, self._generation)
        if with_tokens:
            np.save(self._generation / TOKEN_FREQUENCY, self._token_frequency(plan))

    def _removed_terms(self, plan: Plan, number: int) -> RemovedTerms:
        """Of a segment that stays: in how many of its removed passages each term stands."""
        rows = [row for place, _ in plan.removed if place.segment == number for row in place.rows]
        before = self._earlier.removed_terms[number]
        lexical = self._earlier.segments[number].lexical
        return {
            name: dict(Counter(before[name]) + Counter(lexical.terms_of(rows, field)))
            for field, name in enumerate(FIELDS)
        }

    def _token_frequency(self, plan: Plan) -> NDArray[np.int64]:
        """In how many passages each token stands: of the segments that stay what is live, and of the new."""
        total = np.zeros(0, dtype=np.int64)
        kept = len(plan.segments)
        if kept:
            total = self._earlier.token_frequency()
            for number, segment in enumerate(self._earlier.segments):
                gone = [place.rows for place in self._leaving(plan, number)]
                if segment.tokens is not None:
                    total = added(total, segment.tokens.frequency_of(gone), sign=-1)
        for name in self._names[kept:]:
            total = added(total, np.load(self._generation / name / TOKEN_FREQUENCY))
        return total

    def _leaving(self, plan: Plan, number: int) -> list[Place]:
        """The documents that were in a segment and are not, or are written into another."""
        moved = [one.place for segment in plan.new_segments for one in segment if one.place is not None]
        gone = [place for place, _ in plan.removed]
        return [place for place in (*gone, *moved) if place.segment == number]

    def _opened(self) -> list[Segment]:
        return [Segment(self._generation / name, width=self._encoder.width) for name in self._names]


def _close(segments: Iterable[Segment]) -> None:
    for segment in segments:
        segment.close()
