"""Decides what the next generation takes over from the current one and what it writes anew.

Segments are merged as in Bentley and Saxe's logarithmic method (1980): what is written takes the
smallest segments with it, as long as they are not much larger, so that there are few of them and every
passage is written again only a few times. So that adding one document never waits for a large merge,
not more than LIGHT_MERGE passages are taken along, until there are MOST_SEGMENTS.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.passages import TARGET
from corpus.read import Unread
from index.contents import Stored, document_key
from index.earlier import Earlier
from index.errors import IndexChanged
from index.rows import Place

LIGHT_MERGE = 2_000  # passages: half a second to two
MOST_SEGMENTS = 16
LARGEST_SEGMENT = 250_000  # passages: writing one takes about 2 GB of memory


@dataclass(frozen=True, slots=True)
class Sizes:
    """When segments are merged, in passages; see the module's docstring."""

    light_merge: int = LIGHT_MERGE
    most_segments: int = MOST_SEGMENTS
    largest: int = LARGEST_SEGMENT


DEFAULT_SIZES = Sizes()


@dataclass(frozen=True, slots=True)
class Written:
    """A document that goes into a new segment: a new or changed one, or one out of a merged segment."""

    position: int  # in the order of the documents
    document: Document | None
    place: Place | None
    size: int  # passages, about


@dataclass(slots=True)
class Plan:
    """`kept` are the documents that stay where they are, with their positions, segments numbered as before.

    `new_segments` are the documents of each segment to be written, in order; `removed` are those that
    leave the index, `changed` versions included.
    """

    segments: list[int] = field(default_factory=list)
    kept: list[tuple[int, Place]] = field(default_factory=list)
    new_segments: list[list[Written]] = field(default_factory=list)
    removed: list[tuple[Place, Stored]] = field(default_factory=list)

    @property
    def moved(self) -> set[int]:
        """The segments that documents are taken out of."""
        written = (one.place for segment in self.new_segments for one in segment)
        return {place.segment for place in written if place is not None}


def make_plan(
    documents: Sequence[Document | Unread], earlier: Earlier, *, sizes: Sizes, rewrite: bool = False
) -> Plan:
    """What to keep and what to write; with `rewrite` no segment is kept as it is.

    Raises IndexChanged where a document was not read because it stands in the index, and does not.
    """
    known = dict(earlier.documents) if earlier.keeps else {}
    staying: list[tuple[int, Place]] = []
    new: list[Written] = []
    seen: set[str] = set()
    for position, document in enumerate(documents):
        if document.id in seen:
            raise ValueError(f"Two documents have the id '{document.id}'; give each its own.")
        seen.add(document.id)
        found = known.get(document.id)
        if found is not None and _is_same(document, found[1]):
            staying.append((position, known.pop(document.id)[0]))
        elif isinstance(document, Unread):
            raise IndexChanged("The index was changed while its documents were read; read them again.")
        else:
            new.append(Written(position, document, None, 1 + len(document.text) // TARGET))
    writing = sum(one.size for one in new)
    segments = [] if rewrite else _staying_segments(staying, earlier, writing, sizes)
    moved = [
        Written(position, None, place, place.passages)
        for position, place in staying
        if place.segment not in segments
    ]
    return Plan(
        segments=segments,
        kept=[(position, place) for position, place in staying if place.segment in segments],
        new_segments=_in_segments(sorted([*new, *moved], key=lambda one: one.position), sizes.largest),
        removed=list(known.values()),
    )


def _is_same(document: Document | Unread, stored: Stored) -> bool:
    return isinstance(document, Unread) or document_key(document) == stored.key


def _staying_segments(
    staying: Iterable[tuple[int, Place]], earlier: Earlier, writing: int, sizes: Sizes
) -> list[int]:
    """The segments that are kept as they are."""
    live = [0] * len(earlier.segments)
    last = [-1] * len(earlier.segments)
    disordered: set[int] = set()
    for _, place in staying:
        live[place.segment] += place.passages
        if place.number < last[place.segment]:
            disordered.add(place.segment)
        last[place.segment] = place.number
    kept = []
    for number, segment in enumerate(earlier.segments):
        if last[number] < 0:
            continue
        if number in disordered or 2 * live[number] < len(segment):  # more than half of it was removed
            writing += live[number]
        else:
            kept.append(number)
    return _not_merged(kept, live, writing, sizes) if writing else kept


def _not_merged(kept: list[int], live: Sequence[int], writing: int, sizes: Sizes) -> list[int]:
    """Those that are not merged with what is written, the oldest first."""
    smallest_first = sorted(kept, key=lambda number: (live[number], -number))
    most = writing + max(sizes.light_merge, writing)
    for count, number in enumerate(smallest_first):
        many = len(kept) - count >= sizes.most_segments
        fits = live[number] <= 2 * writing and writing + live[number] <= most
        if not (many or fits) or writing + live[number] > sizes.largest:
            return sorted(smallest_first[count:])
        writing += live[number]
    return []


def _in_segments(documents: Sequence[Written], largest: int) -> list[list[Written]]:
    segments: list[list[Written]] = []
    size = 0
    for one in documents:
        if not segments or size + one.size > largest:
            segments.append([])
            size = 0
        segments[-1].append(one)
        size += one.size
    return segments
