"""Builds an index from documents: splits, encodes what is new, writes beside, swaps in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document, Passage, Skipped
from corpus.passages import CHUNKING, split
from index.contents import write_contents
from index.encode import Encoder
from index.generations import clear_leftovers, new_generation, publish, writing
from index.lexical import write_lexical
from index.manifest import CONTENTS, LEXICAL, Manifest, describe_files, write_manifest
from index.progress import Progress, Report
from index.token_vectors import MOST_TOKEN_PASSAGES
from index.vectors import BuildCounts, earlier_vectors, write_vectors
from index.vocabulary import write_vocabulary
from index.words import ANALYSIS

Splitter = Callable[[Document], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What bringing the index up to date came to.

    `encoded` and `reused` count different texts, passages and sentences together; `encoded_words` and
    `reused_words` count the words of the vocabulary. Where nothing had changed, `up_to_date` is true and
    all four are 0. `note` is a sentence for the person who asked.
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


def build_index(
    documents: Sequence[Document],
    skipped: Sequence[Skipped],
    state: str,
    folder: Path,
    encoder: Encoder,
    *,
    progress: Report,
    split: Splitter = split,
    chunking: str = CHUNKING,
    most_token_passages: int = MOST_TOKEN_PASSAGES,
) -> BuildReport:
    """Index the documents, in their order, as the next generation of `folder`, and make it the current one.

    Vectors of the generation before are used again where the model is the same. Tokens are stored up to
    `most_token_passages` passages. Raises IndexBusy while another process is writing.
    """
    with writing(folder):
        earlier = earlier_vectors(folder, encoder)
        with new_generation(folder) as generation:
            passages = _split(documents, split, progress)
            counts = write_vectors(
                documents,
                passages,
                write_vocabulary(documents, generation),
                generation,
                encoder,
                earlier=earlier,
                report=progress,
                most_token_passages=most_token_passages,
            )
            _write_texts(documents, passages, generation, progress)
            manifest = Manifest(
                encoder=encoder.fingerprint,
                width=encoder.width,
                chunking=chunking,
                analysis=ANALYSIS,
                state=state,
                documents=len(documents),
                passages=len(passages),
                sentences=sum(len(passage.sentences) for passage in passages),
                skipped=tuple(skipped),
                files=describe_files(generation),
            )
            publish(generation, write_manifest(manifest, generation))
        clear_leftovers(folder)
    progress(Progress("writing", 3, 3))
    return report_on(manifest, counts)


def report_on(manifest: Manifest, counts: BuildCounts, *, up_to_date: bool = False) -> BuildReport:
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
    )


def _split(documents: Sequence[Document], split: Splitter, progress: Report) -> list[Passage]:
    passages: list[Passage] = []
    for done, document in enumerate(documents):
        progress(Progress("splitting", done, len(documents)))
        passages += split(document)
    progress(Progress("splitting", len(documents), len(documents)))
    return passages


def _write_texts(
    documents: Sequence[Document], passages: Sequence[Passage], generation: Path, progress: Report
) -> None:
    progress(Progress("writing", 0, 3))
    write_contents(documents, passages, generation / CONTENTS)
    progress(Progress("writing", 1, 3))
    write_lexical(((passage.text, passage.context) for passage in passages), generation / LEXICAL)
    progress(Progress("writing", 2, 3))
