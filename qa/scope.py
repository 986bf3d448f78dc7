"""Which documents a question is put to: all of them, or those that a person narrowed it to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Details
from corpus.period import Period
from qa.errors import UnknownScope


@dataclass(frozen=True, slots=True)
class Scope:
    """What a document must have; a field that is empty asks nothing of it. All fields must agree."""

    documents: frozenset[str] = frozenset()  # ids
    kinds: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    period: Period | None = None  # that the document was published in

    @property
    def is_everything(self) -> bool:
        """Whether nothing was narrowed."""
        return self == EVERYTHING

    def holds(self, document_id: str, details: Details) -> bool:
        """Whether a document belongs to it. One without a date belongs to no period."""
        day = details.published
        return (
            (not self.documents or document_id in self.documents)
            and (not self.kinds or details.kind in self.kinds)
            and (not self.publishers or details.publisher in self.publishers)
            and (self.period is None or (day is not None and self.period.overlaps(Period(day, day))))
        )


EVERYTHING = Scope()


def documents_in(scope: Scope, details: Iterable[tuple[str, Details]]) -> frozenset[str]:
    """The ids of the documents that a scope leaves; may be none.

    Raises UnknownScope where it names a document, kind or publisher that no document has.
    """
    known = tuple(details)
    _check("document", scope.documents, {document_id for document_id, _ in known})
    _check("kind", scope.kinds, {one.kind for _, one in known if one.kind})
    _check("publisher", scope.publishers, {one.publisher for _, one in known if one.publisher})
    return frozenset(document_id for document_id, one in known if scope.holds(document_id, one))


def _check(what: str, asked: frozenset[str], known: set[str]) -> None:
    for name in sorted(asked - known):
        there = ", ".join(f"'{one}'" for one in sorted(known)) or "none"
        raise UnknownScope(f"There is no {what} '{name}'; choose among these: {there}.")
