"""Documents split into passages: a few whole sentences of one section each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.document import Document, Passage, Role, Section, Sentence

# Characters. Five passages of this size are about what a reader takes in (2,000 characters);
# docs/answers.md has the sizes that were compared.
TARGET, LONGEST = 400, 600
_VERSION = 5  # of the rules here, in structure.py and of the readers; a change makes every index out of date
CHUNKING = f"passages of {TARGET} to {LONGEST} characters, rules {_VERSION}"

# Parts of a page that are searched by what they are; the words are never shown.
_ROLE_WORDS = {
    Role.LETTERHEAD: "letterhead: address, telephone number, email and website of the sender",
    Role.ADDRESSEE: "addressee: who the letter was addressed and sent to, and the address",
    Role.DATE: "date of the letter: when it was written and sent",
    Role.SIGNATURE: "signature: who signed and wrote it, the author",
    Role.COPIES: "copied to: who received a copy, cc",
    Role.FOOTNOTE: "footnote",
}
# Roles that share a passage with nothing of another role; all others flow together.
_APART = frozenset(_ROLE_WORDS) | {Role.SALUTATION, Role.ADVERTISEMENT, Role.CAPTION}


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order, not overlapping; every sentence is in exactly one.

    A passage grows to about 400 characters and never beyond 600, unless a single sentence
    is longer. It does not reach across a section, and a heading stays with what it heads.
    """
    passages = []
    starts = [sentence.start for sentence in document.sentences]
    for section in document.sections:
        inside = document.sentences[bisect_left(starts, section.start) : bisect_left(starts, section.end)]
        passages += [_passage(document, section, group) for group in _groups(inside)]
    return tuple(passages)


def _groups(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and _starts_group(group, sentence):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _starts_group(group: Sequence[Sentence], sentence: Sentence) -> bool:
    last = group[-1]
    if last.role is not sentence.role and (last.role in _APART or sentence.role in _APART):
        return True
    if last.role is Role.HEADING:
        return False  # a heading alone finds nothing and says nothing
    length = sentence.end - group[0].start
    introduces = sentence.lead == (last.start, last.end)  # a list's first item stays with its lead
    return length > LONGEST or (length > TARGET and not introduces)


def _passage(document: Document, section: Section, group: Sequence[Sentence]) -> Passage:
    start, end = group[0].start, group[-1].end
    return Passage(
        id=f"{document.id}#{start}-{end}",
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        context=_context(document, section, group[0]),
        section=section.path,
        when=section.when,
        pages=pages_of(document, start, end),
        sentences=tuple(group),
    )


def pages_of(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """First and last page (1-based) of a span; None for an unpaged document."""
    first = bisect_right(document.pages, start, key=lambda page: page.end)
    last = bisect_left(document.pages, end, key=lambda page: page.start)
    touched = document.pages[first:last]
    return (touched[0].number, touched[-1].number) if touched else None


def _context(document: Document, section: Section, first: Sentence) -> str:
    """What a passage is searched with: title, publisher, date, section, role, and its list's lead."""
    details = document.details
    published = f"{details.published.day} {details.published:%B %Y}" if details.published else None
    kind = " ".join(filter(None, (details.publisher, details.kind, published)))
    path = [name for name in section.path if name.casefold() != details.title.casefold()]
    lead = " ".join(document.text[slice(*first.lead)].split()) if first.lead else None
    parts = (details.title, kind, " > ".join(path), _ROLE_WORDS.get(first.role), lead)
    return ". ".join(part for part in parts if part)
