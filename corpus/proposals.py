"""What a document says about itself (title, publisher, kind, dates), each with where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.document import Details, Role, Sentence
from corpus.period import find_periods

_FILE_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[-_ ]*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field of `Details`, and where in the file it was found: "first heading", "file name".

    The value of `published` is a date as in 2014-09-30.
    """

    field: str
    value: str
    source: str


def propose(
    name: str, text: str, sentences: Sequence[Sentence], stated: Sequence[Proposal]
) -> tuple[Proposal, ...]:
    """At most one proposal a field, in the order of `Details`; there always is one for the title.

    `stated` is what the file's own properties say.
    """
    title = _title(name, text, sentences, stated)
    published = _published(name, text, sentences)
    return tuple(filter(None, (title, published)))


def details_of(proposals: Sequence[Proposal]) -> Details:
    """The details that the proposals make up; one of them is a title."""
    values = {one.field: one.value for one in proposals}
    published = values.pop("published", None)
    return Details(
        values["title"],
        publisher=values.get("publisher"),
        author=values.get("author"),
        addressee=values.get("addressee"),
        kind=values.get("kind"),
        published=date.fromisoformat(published) if published else None,
    )


def _title(name: str, text: str, sentences: Sequence[Sentence], stated: Sequence[Proposal]) -> Proposal:
    for one in stated:
        if one.field == "title":
            return one
    heading = next(_quotes(text, sentences[:12], Role.HEADING), None)
    if heading:
        return Proposal("title", heading, "first heading")
    stem = Path(name).stem
    plain = _FILE_DATE.sub("", stem).replace("-", " ").replace("_", " ").strip()
    return Proposal("title", plain or stem, "file name")


def _published(name: str, text: str, sentences: Sequence[Sentence]) -> Proposal | None:
    match = _FILE_DATE.match(Path(name).stem)
    dated = [(words, "date line") for words in _quotes(text, sentences, Role.DATE)]
    for words, source in (*dated, (match[1] if match else "", "file name")):
        for mention in find_periods(words):
            if mention.period.first == mention.period.last:
                return Proposal("published", mention.period.first.isoformat(), source)
    return None


def _quotes(text: str, sentences: Sequence[Sentence], role: Role) -> Iterator[str]:
    return (" ".join(text[s.start : s.end].split()) for s in sentences if s.role is role)
