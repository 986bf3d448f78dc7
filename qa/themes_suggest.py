"""Themes worth looking at: what recurs from inspection to inspection, and weaknesses that came back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Role, Sentence
from corpus.period import Period
from index.words import analyse
from qa.answer import Citation
from qa.compose import cite
from qa.question import FUNCTION_TERMS
from qa.themes import Inspection, inspection_of
from qa.themes_marks import Mark, mark
from qa.timeline_statements import Statement

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")
_LONGEST, _SHORTEST = 4, 2  # words of a phrase; a single word says too little
_WITHIN = frozenset("of and the for with in to".split())  # may stand inside a phrase, not at its ends
_FEWEST_INSPECTIONS = 3
_MOSTLY = 0.5  # of the times that a phrase stands somewhere, it stands in the longer one
_SAME = 0.5  # of the shorter phrase's words: two such phrases are one theme
_EMPTY_WORDS = frozenset(
    analyse(
        "inspection inspector inspectors visit visits letter report area areas development council local "
        "authority service services child children young people person evidence case cases seen number "
        "staff member members team teams work made some all many other year years month months day time "
        "january february march april may june july august september october november december however "
        "chief executive officer director leader manager member inspectorate fit purpose "
        "well also include including need needs level high low good poor quality"
    )
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme as the documents write it, and the inspections that speak of it."""

    words: str
    inspections: tuple[Inspection, ...]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A weakness that the documents themselves list with the times it was found: a row of a table."""

    area: str
    periods: tuple[Period, ...]
    citation: Citation
    columns: str  # the column headings, as written


def suggested_themes(told: Iterable[Sequence[Statement]], most: int = 12) -> tuple[Suggestion, ...]:
    """Phrases that recur in several inspections, those in most inspections first, none twice."""
    where: dict[tuple[str, ...], dict[Inspection, None]] = {}
    written: dict[tuple[str, ...], Counter[str]] = {}
    for document in told:
        for statement in document:
            inspection = inspection_of(statement)
            for terms, words in _phrases(statement):
                where.setdefault(terms, {})[inspection] = None
                written.setdefault(terms, Counter())[words] += 1
    kept = _distinct(sorted(where, key=lambda terms: _rank(terms, where, written)), where)
    whole = _longer(written, frozenset(kept[:most]))
    return tuple(Suggestion(_usual(written[whole[terms]]), tuple(where[terms])) for terms in kept[:most])


def recurrences(told: Iterable[Sequence[Statement]]) -> tuple[Recurrence, ...]:
    """The rows of tables of criticism that name two times or more, those with most times first."""
    found = [row for document in told for statement in document for row in _recurrence(statement)]
    return tuple(
        sorted(found, key=lambda row: (-len(row.periods), row.citation.document_id, row.citation.start))
    )


def _recurrence(statement: Statement) -> Iterator[Recurrence]:
    lead = statement.sentence.lead
    if statement.sentence.role is not Role.ROW or lead is None or len(statement.dates) < 2:
        return
    if mark(statement).mark is not Mark.DEVELOPMENT:
        return
    cells = [cell.strip(" *_") for cell in statement.words.strip().strip("|").split("|")]
    area = next((cell for cell in cells if re.search(r"[A-Za-z]{3}", cell)), "")
    quotation = (statement.document, Sentence(statement.start, statement.end))
    periods = tuple(sorted((dated.period for dated in statement.dates), key=lambda one: one.first))
    yield Recurrence(
        area, periods, cite([quotation], by_date=False)[0], statement.document.text[slice(*lead)]
    )


def _phrases(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    """The phrases of a statement: their analysed content words, and as written."""
    if statement.sentence.role not in (Role.PROSE, Role.ITEM, Role.ROW):
        return
    words = _WORD.findall(statement.words)
    terms = [_content(word) for word in words]
    for start in range(len(words)):
        for length in range(_SHORTEST, _LONGEST + 1):
            end = start + length
            if end <= len(words) and _is_phrase(words[start:end], terms[start:end]):
                yield tuple(term for term in terms[start:end] if term), " ".join(words[start:end])


def _content(word: str) -> str:
    """The analysed word; empty for a sign, a name or a word that says nothing of a theme."""
    term = (analyse(word) or [""])[0]
    return "" if term in FUNCTION_TERMS else term


def _is_phrase(words: Sequence[str], terms: Sequence[str]) -> bool:
    if not (terms[0] and terms[-1]) or any(not word[0].isalpha() for word in words):
        return False
    if any(not term and word.casefold() not in _WITHIN for word, term in zip(words, terms, strict=True)):
        return False
    content = [term for term in terms if term]
    return len(content) > 1 and not all(term in _EMPTY_WORDS for term in content)


def _rank(
    terms: tuple[str, ...],
    where: Mapping[tuple[str, ...], Mapping[Inspection, None]],
    written: Mapping[tuple[str, ...], Counter[str]],
) -> tuple[object, ...]:
    empty = sum(term in _EMPTY_WORDS for term in terms) / len(terms)
    times = written[terms].total()
    return (-len(where[terms]) * (1 - empty / 2), -times * len(terms), terms)


def _distinct(
    ranked: Sequence[tuple[str, ...]], where: Mapping[tuple[str, ...], Mapping[Inspection, None]]
) -> list[tuple[str, ...]]:
    """The phrases that recur, without those that share their words with a better one."""
    kept: list[tuple[str, ...]] = []
    for terms in ranked:
        if len(where[terms]) < _FEWEST_INSPECTIONS:
            continue
        if not any(_shared(terms, other) >= _SAME for other in kept):
            kept.append(terms)
    return kept


def _longer(
    written: Mapping[tuple[str, ...], Counter[str]], kept: frozenset[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each phrase the longer one that it mostly stands in: "child sexual exploitation"."""
    longer = {terms: terms for terms in kept}
    for terms in sorted(written):
        for shorter in sorted({terms[1:], terms[:-1]} & kept):
            enough = _MOSTLY * written[shorter].total()
            best = max(enough, written[longer[shorter]].total() if longer[shorter] != shorter else enough)
            if written[terms].total() >= best:
                longer[shorter] = terms
    return longer


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    return len({*one} & {*other}) / min(len({*one}), len({*other}))


def _usual(written: Counter[str]) -> str:
    """The wording that stands most often in the documents; in small letters where any does."""
    small = Counter({words: count for words, count in written.items() if words[0].islower()})
    counted = small or written
    return min(counted, key=lambda words: (-counted[words], words))
