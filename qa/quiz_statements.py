"""The statements that questions can be made from, with what a reader has to be told beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.abbreviations import find_abbreviations
from corpus.document import Document, Role, Sentence
from index.words import analyse
from qa.answer import Citation
from qa.compose import cite
from qa.question import FUNCTION_TERMS
from qa.quiz_clear import flat, is_clear_alone, is_clear_with_lead, is_respectful, opening_to_leave_out
from qa.timeline_dates import Dated
from qa.timeline_statements import Statement

_SAID = frozenset({Role.PROSE, Role.ITEM})
_COUNCIL = re.compile(
    r"\b(?P<name>(?:[A-Z][a-z]+ )+)(?:Metropolitan |Borough |City |County |District )*Council\b"
)
_COUNCIL_WORDS = frozenset({"council", "authority", "local authority", "borough"})
_OWN_WORDS = re.compile(r"\b(?:inspection|visit|inquiry|review|audit)\b", re.IGNORECASE)
_SHORT = re.compile(r"\b[A-Z]{2,8}s?\b")
_GENERIC = frozenset({"the", "a", "an", "this", "that", "each", "no", "every", "lead", "full"})


@dataclass(frozen=True, slots=True)
class Quotable:
    """A statement that is clear alone: `document.text[start:end]`, after its list's lead where it has one.

    `notes` say what its abbreviations and "the Council" stand for, by its document's own words.
    """

    statement: Statement
    start: int
    end: int
    lead: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The document that it stands in."""
        return self.statement.document

    @property
    def words(self) -> str:
        """What it says, as it stands in its document."""
        return self.document.text[self.start : self.end]

    @property
    def introduced(self) -> str:
        """The sentence that introduces its list; empty where there is none."""
        return flat(self.document.text[slice(*self.lead)]) if self.lead else ""

    @property
    def dates(self) -> tuple[Dated, ...]:
        """The times that it names; their places count from its own start."""
        moved = self.start - self.statement.start
        return tuple(
            replace(one, start=one.start - moved, end=one.end - moved)
            for one in self.statement.dates
            if one.start >= moved
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its quotation; for a list item that of the lead too, first."""
        return cite([(self.document, Sentence(self.start, self.end, lead=self.lead))], by_date=False)

    @property
    def is_cut(self) -> bool:
        """Whether a connecting phrase at its start was left out."""
        return self.start > self.statement.start

    def shown(self, start: int = 0, end: int = 0, gap: str = "") -> str:
        """The statement with `words[start:end]` replaced; line breaks folded."""
        words = flat(self.words[:start] + gap + self.words[end:]) if end else flat(self.words)
        opened = f"{self.introduced} {words}" if self.lead else words
        return f"… {opened}" if self.is_cut else opened


def quotables(told: Sequence[Sequence[Statement]]) -> tuple[Quotable, ...]:
    """The statements of documents, each given as its statements, that a question can be made from."""
    return tuple(one for document in told if document for one in _in_document(document))


def _in_document(told: Sequence[Statement]) -> Iterator[Quotable]:
    document = told[0].document
    long_forms = dict(find_abbreviations(document.text))
    council = _only_council(document.text)
    resolved = frozenset(word.casefold() for word in _OWN_WORDS.findall(document.details.title))
    resolved |= _COUNCIL_WORDS if council else frozenset()
    seen: set[str] = set()
    for statement in told:
        found = _quotable(statement, resolved)
        if found is None or flat(found.words).casefold() in seen:
            continue
        seen.add(flat(found.words).casefold())
        yield replace(found, notes=tuple(_notes(found, long_forms, council)))


def _quotable(statement: Statement, resolved: frozenset[str]) -> Quotable | None:
    sentence = statement.sentence
    if sentence.role not in _SAID or not is_respectful(flat(statement.words)):
        return None
    if sentence.lead is not None:
        lead = flat(statement.document.text[slice(*sentence.lead)])
        clear = is_clear_with_lead(flat(statement.words), lead, resolved=resolved) and is_respectful(lead)
        return Quotable(statement, statement.start, statement.end, sentence.lead) if clear else None
    start = statement.start + opening_to_leave_out(statement.words)
    words = flat(statement.document.text[start : statement.end])
    if start == statement.start and not words[:1].isupper():
        return None
    return Quotable(statement, start, statement.end) if is_clear_alone(words, resolved=resolved) else None


def _only_council(text: str) -> str | None:
    """The council that a document names, as written most often; None where it names none or several."""
    named = Counter(flat(match.group()) for match in _COUNCIL.finditer(text))
    named = Counter(
        {name: times for name, times in named.items() if name.split()[0].casefold() not in _GENERIC}
    )
    if len({name.split()[0] for name in named}) != 1:
        return None
    return min(named, key=lambda name: (-len(name), name))


def _notes(found: Quotable, long_forms: dict[str, str], council: str | None) -> Iterator[str]:
    shown = found.shown()
    for short in dict.fromkeys(_SHORT.findall(shown)):
        long = long_forms.get(short)
        if long and long.casefold() not in shown.casefold():
            yield f"{short} stands for {long}"
    bare = re.search(r"\b[Tt]he ((?:local )?(?:[Cc]ouncil|[Aa]uthority|[Bb]orough))\b", shown)
    if council and bare and council.casefold() not in shown.casefold():
        yield f"the {bare[1]} is {council}"


def terms_of(words: str) -> frozenset[str]:
    """The content words of a text, analysed as for searching."""
    return frozenset(analyse(words)) - FUNCTION_TERMS


class Likeness:
    """Finds statements that say nearly the same, so that none of them makes another's key doubtful."""

    def __init__(self, told: Sequence[Sequence[Statement]]) -> None:
        self._statements = [one for document in told for one in document]
        self._terms = [terms_of(one.words) for one in self._statements]
        self._holding: dict[str, list[int]] = {}
        for number, terms in enumerate(self._terms):
            for term in terms:
                self._holding.setdefault(term, []).append(number)

    def like(self, found: Statement, *, least: float) -> list[Statement]:
        """The other statements that share so much of the words of the shorter of the two, in order."""
        terms = terms_of(found.words)
        shared: Counter[int] = Counter()
        for term in terms:
            shared.update(self._holding.get(term, ()))
        return [
            self._statements[number]
            for number in sorted(shared)
            if self._is_like(number, shared[number], len(terms), least)
            and not _is_same(self._statements[number], found)
        ]

    def _is_like(self, number: int, shared: int, size: int, least: float) -> bool:
        smaller = min(size, len(self._terms[number]))
        return shared >= _FEWEST_SHARED and shared >= least * smaller


_FEWEST_SHARED = 3  # words: "Key findings" is like nothing


def _is_same(one: Statement, other: Statement) -> bool:
    return (one.document.id, one.start) == (other.document.id, other.start)


def near(found: Quotable, told: Sequence[Statement], distance: int = 2) -> list[Statement]:
    """The statements around one in its own document, with itself."""
    at = next(number for number, one in enumerate(told) if _is_same(one, found.statement))
    return list(told[max(0, at - distance) : at + distance + 1])


def source_of(document: Document, hidden: Collection[str] = ()) -> str:
    """What a statement is from: title, publisher, kind and date, without what would give away the answer."""
    details = document.details
    day = details.published
    facts = [details.publisher, details.kind, f"{day.day} {day:%B %Y}" if day else None]
    told = ", ".join(fact for fact in facts if fact and not _gives_away(fact, hidden))
    if _gives_away(details.title, hidden):
        return told
    return f"“{details.title}”" + (f" ({told})" if told else "")


def heading_of(found: Quotable, hidden: Collection[str] = ()) -> str:
    """The heading that it stands under, where there is one and it gives nothing away."""
    path = found.statement.section.path
    heading = flat(path[-1].replace("*", "").replace("#", "")) if path else ""
    title = flat(found.document.details.title)
    return "" if heading in ("", title) or _gives_away(heading, hidden) else heading


def _gives_away(words: str, hidden: Collection[str]) -> bool:
    return any(re.search(rf"\b{re.escape(one)}\b", words, re.IGNORECASE) for one in hidden)
