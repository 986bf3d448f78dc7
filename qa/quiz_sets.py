"""Questions over several inspections: which one said this, put in order, match to the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.period import Period
from qa.answer import Citation
from qa.quiz_clear import flat
from qa.quiz_material import OPEN, SPANNED, Material, chance, question_id, shuffled_options
from qa.quiz_question import GAP, QuestionKind, QuizQuestion
from qa.quiz_statements import Quotable, terms_of
from qa.themes import Inspection, inspection_of, inspections_in
from qa.themes_marks import Mark, mark
from qa.timeline_dates import Precision, Reading
from qa.timeline_statements import DatedBy, Statement, document_time

_OPTIONS = 4
_FEWEST_OPTIONS = 3
_FEWEST_WORDS, _MOST_WORDS = 8, 40
_SAID_ELSEWHERE = 0.5  # of the shorter statement's words
_ROUNDS = 4  # in which the statements are put together anew
_FEWEST_DAYS = 60  # between two statements that are put in order
_TIMES_MEANT = (
    "Where a date is left out, it is that date; for the others it is the time of the inspection that says it."
)
_FOLLOWED = re.compile(r"(?:Since|After|Before|Until|Following)\b")
_YEAR_OR_MONTH = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|\bthis year\b|\blast year\b"
)


def inspection_questions(material: Material) -> Iterator[QuizQuestion]:
    """Which inspection or report says this; the wrong ones are others that the documents report."""
    there = inspections_in(material.told)
    for found in material.quotables:
        own = inspection_of(found.statement)
        if not _is_finding(found) or not _is_said_once(found, own, material):
            continue
        others = [one for one in there if not _is_part_of(one, own)]
        if len(others) + 1 < _FEWEST_OPTIONS or _names_its_inspection(found, own, others, material):
            continue
        name = question_id(QuestionKind.INSPECTION, [(found.document.id, found.start, found.end)])
        wrong = chance(name).sample(others, min(len(others), _OPTIONS - 1))
        options, key = shuffled_options(_label(own, material), [_label(one, material) for one in wrong], name)
        notes = "; ".join(found.notes)
        prompt = "Which of these inspections or reports says this?" + (f" Here {notes}." if notes else "")
        yield QuizQuestion(
            name, QuestionKind.INSPECTION, prompt, found.shown(), options, key, found.citations
        )


def order_questions(material: Material) -> Iterator[QuizQuestion]:
    """Statements of different times, their dates left out, to be put in order."""
    dated = _dated(material)
    for group in _groups(dated, QuestionKind.ORDER, _far_apart):
        name = question_id(QuestionKind.ORDER, [one.place for one in group])
        shown = list(group)
        chance(name, "options").shuffle(shown)
        ordered = sorted(range(len(shown)), key=lambda number: shown[number].period.first)
        yield QuizQuestion(
            name,
            QuestionKind.ORDER,
            "Put these statements in the order of their times, the earliest first. "
            + _TIMES_MEANT
            + _notes(group),
            "",
            tuple(one.shown for one in shown),
            tuple(ordered),
            tuple(one.citation for one in shown),
        )


def match_questions(material: Material) -> Iterator[QuizQuestion]:
    """Statements of different years, their dates left out, to be matched to their years."""
    dated = [one for one in _dated(material) if one.period.first.year == one.period.last.year]
    years = sorted({one.period.first.year for one in dated})
    for group in _groups(dated, QuestionKind.MATCH, _other_years):
        name = question_id(QuestionKind.MATCH, [one.place for one in group])
        shown = list(group)
        chance(name, "options").shuffle(shown)
        told = [one.period.first.year for one in shown]
        spare = [year for year in years if year not in told]
        targets = sorted([*told, *chance(name, "spare").sample(spare, min(1, len(spare)))])
        yield QuizQuestion(
            name,
            QuestionKind.MATCH,
            f"Match each statement to its year.{' One year is left over.' if spare else ''} {_TIMES_MEANT}"
            + _notes(group),
            "",
            tuple(one.shown for one in shown),
            tuple(targets.index(year) for year in told),
            tuple(one.citation for one in shown),
            tuple(map(str, targets)),
        )


# Which inspection


def _is_finding(found: Quotable) -> bool:
    """Whether it says that something is good or bad, in a length that can be read at a glance."""
    fits = _FEWEST_WORDS <= len(found.words.split()) <= _MOST_WORDS and found.lead is None
    return fits and mark(found.statement).mark is not Mark.NEITHER


def _is_said_once(found: Quotable, own: Inspection, material: Material) -> bool:
    """Whether no other inspection says nearly the same."""
    like = material.likeness.like(found.statement, least=_SAID_ELSEWHERE)
    return all(inspection_of(one) == own for one in like)


def _is_part_of(one: Inspection, other: Inspection) -> bool:
    """Whether one is the other, or the document that holds the other as a section."""
    if one.document_id != other.document_id:
        return False
    return one.section == other.section or one.section is None or other.section is None


def _label(inspection: Inspection, material: Material) -> str:
    """An inspection in words: the heading of its section or the title, who published it, when."""
    details = material.by_document[inspection.document_id][0].document.details
    day = details.published
    published = f"{day.day} {day:%B %Y}" if day else None
    told = ", ".join(fact for fact in (details.publisher, details.kind, published) if fact)
    title = flat(inspection.title.replace("*", ""))
    return f"{title} ({told})" if told else title


def _names_its_inspection(
    found: Quotable, own: Inspection, others: Sequence[Inspection], material: Material
) -> bool:
    """Whether words of the statement stand in its own label alone, or names tell who says it or does not."""
    said = terms_of(f"{found.shown()} {found.notes}")
    elsewhere = frozenset(term for one in others for term in terms_of(_label(one, material)))
    if said & (terms_of(_label(own, material)) - elsewhere):
        return True
    publishers = {_publisher(one, material) for one in others} - {_publisher(own, material)}
    if any(publisher and publisher in flat(found.words) for publisher in publishers):
        return True  # nobody speaks of himself by his name
    return _has_own_names(found, material)


def _publisher(inspection: Inspection, material: Material) -> str | None:
    return material.by_document[inspection.document_id][0].document.details.publisher


def _has_own_names(found: Quotable, material: Material) -> bool:
    """Whether a name in the statement stands in its own document alone, and so tells which that is."""
    texts = [one.document.text for one in _other_documents(found, material)]
    names = re.findall(r"(?<=[\w,;’'] )[A-Z][\w’'-]*\w", flat(found.words))
    return bool(texts) and any(not any(name in text for text in texts) for name in names)


def _other_documents(found: Quotable, material: Material) -> list[Statement]:
    return [told[0] for name, told in material.by_document.items() if name != found.document.id]


# Order and match


@dataclass(frozen=True, slots=True)
class _Dated:
    """A statement with its one time, and as it is shown: without it."""

    found: Quotable
    period: Period
    shown: str

    @property
    def place(self) -> tuple[str, int, int]:
        return self.found.document.id, self.found.start, self.found.end

    @property
    def citation(self) -> Citation:
        return self.found.citations[-1]


def _dated(material: Material) -> list[_Dated]:
    """The statements that tell of one time, and show nothing of it where it is left out."""
    times = {name: document_time(told) for name, told in material.by_document.items()}
    found = [(one, _one_time(one, times[one.document.id], material)) for one in material.quotables]
    return [
        dated
        for one, dated in found
        if dated is not None and one.lead is None and _is_of_no_other_time(dated, material)
    ]


def _one_time(found: Quotable, document: tuple[Period, DatedBy] | None, material: Material) -> _Dated | None:
    """The time of a statement: the one that it names, else that of its section or inspection."""
    if len(found.words.split()) > _MOST_WORDS:
        return None
    if found.dates:
        return _named_time(found)
    if not _is_finding(found) or _YEAR_OR_MONTH.search(found.words) or _has_own_names(found, material):
        return None
    around = found.statement.around
    if len(around) == 1:
        return _Dated(found, around[0][0], found.shown())
    if not around and document is not None and document[1] is DatedBy.INSPECTION:
        published = found.document.details.published or document[0].last
        return _Dated(found, Period(document[0].first, max(document[0].last, published)), found.shown())
    return None


def _named_time(found: Quotable) -> _Dated | None:
    if len(found.dates) != 1 or found.dates[0].reading is not Reading.NAMED:
        return None
    dated = found.dates[0]
    before, after = found.words[: dated.start], found.words[dated.end :]
    if _YEAR_OR_MONTH.search(before) or _YEAR_OR_MONTH.search(after) or dated.precision is Precision.RANGE:
        return None
    if OPEN.search(before) or SPANNED.match(after) or _FOLLOWED.match(found.words):
        return None  # "since 2003" tells of no one time
    return _Dated(found, dated.period, found.shown(dated.start, dated.end, GAP))


def _is_of_no_other_time(dated: _Dated, material: Material) -> bool:
    """Whether no other statement says nearly the same of another time."""
    own = inspection_of(dated.found.statement)
    for one in material.likeness.like(dated.found.statement, least=_SAID_ELSEWHERE):
        if one.times and any(period.overlaps(dated.period) for period, _ in one.times):
            continue
        if one.times or inspection_of(one) != own:
            return False
    return True


def _notes(group: Sequence[_Dated]) -> str:
    """What short forms in the statements mean, each once."""
    notes = dict.fromkeys(note for one in group for note in one.found.notes)
    return f" Here {'; '.join(notes)}." if notes else ""


def _groups(
    dated: Sequence[_Dated], kind: QuestionKind, fits: Callable[[_Dated, Sequence[_Dated]], bool]
) -> Iterator[tuple[_Dated, ...]]:
    """Statements put together by fours, in several rounds, the same every time."""
    seen: set[frozenset[tuple[str, int, int]]] = set()
    for number in range(_ROUNDS):
        left = sorted(dated, key=lambda one: one.place)
        chance(kind.value, number).shuffle(left)
        while group := _group(left, fits):
            left = [one for one in left if one not in group]
            places = frozenset(one.place for one in group)
            if places not in seen:
                seen.add(places)
                yield tuple(sorted(group, key=lambda one: one.place))


def _group(left: Sequence[_Dated], fits: Callable[[_Dated, Sequence[_Dated]], bool]) -> list[_Dated]:
    """Four statements that fit together; first of the rarest times, so that these are not left over."""
    group: list[_Dated] = []
    rarest = sorted(left, key=lambda one: sum(other.period.overlaps(one.period) for other in left))
    for one in rarest:
        if fits(one, group):
            group.append(one)
        if len(group) == _OPTIONS:
            return group
    return []


def _far_apart(one: _Dated, group: Sequence[_Dated]) -> bool:
    return all(_days_between(one.period, other.period) >= _FEWEST_DAYS for other in group)


def _other_years(one: _Dated, group: Sequence[_Dated]) -> bool:
    return all(one.period.first.year != other.period.first.year for other in group)


def _days_between(one: Period, other: Period) -> int:
    if one.overlaps(other):
        return 0
    return max((other.first - one.last).days, (one.first - other.last).days)
