"""What a document says about itself (title, publisher, kind, date), each with where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Details, Sentence
from corpus.proposed_dates import proposed_date
from corpus.proposed_kinds import proposed_kind
from corpus.proposed_people import proposed_addressee, proposed_author, proposed_publisher
from corpus.proposed_titles import proposed_title, title_from_name


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field of `Details`, and where in the file it was found: "date line", "file name".

    The value of `published` is a date as in 2014-09-30.
    """

    field: str
    value: str
    source: str


def propose(
    name: str, text: str, sentences: Sequence[Sentence], stated: Sequence[Proposal]
) -> tuple[Proposal, ...]:
    """At most one proposal a field, in the order of `Details`; there always is one for the title.

    `stated` is what the file's own properties say. Where it is uncertain what is right, nothing is proposed.
    """
    return tuple(_proposals(name, text, sentences, {one.field: one for one in stated}))


def _proposals(
    name: str, text: str, sentences: Sequence[Sentence], stated: dict[str, Proposal]
) -> Iterator[Proposal]:
    def from_file(field: str) -> tuple[str, str] | None:
        return (stated[field].value, stated[field].source) if field in stated else None

    title = proposed_title(text, sentences, from_file("title")) or title_from_name(name)
    found = {
        "title": title,
        "publisher": proposed_publisher(text, sentences, from_file("publisher")),
        "author": proposed_author(text, sentences, from_file("author")),
        "addressee": proposed_addressee(text, sentences, from_file("addressee")),
        "kind": from_file("kind") or proposed_kind(title[0], text, sentences),
        "published": proposed_date(name, text, sentences, from_file("published")),
    }
    for field, one in found.items():
        if one is not None:
            yield Proposal(field, *one)


def details_of(proposals: Sequence[Proposal]) -> Details:
    """The details that the proposals make up; one of them is a title."""
    values = {one.field: one.value for one in proposals}
    published = values.get("published")
    return Details(
        values["title"],
        publisher=values.get("publisher"),
        author=values.get("author"),
        addressee=values.get("addressee"),
        kind=values.get("kind"),
        published=date.fromisoformat(published) if published else None,
    )
