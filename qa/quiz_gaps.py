"""Questions with a gap: a number, a date, a name or a grade is missing in a verbatim statement."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from corpus.period import Period
from qa.grades import Judgement, same_area
from qa.grades_wording import Graded, find_grades
from qa.quiz_clear import flat, is_clear_alone, is_respectful
from qa.quiz_material import OPEN, SPANNED, Material, chance, from_where, question_id, shuffled_options
from qa.quiz_question import GAP, QuestionKind, QuizQuestion
from qa.quiz_statements import Quotable, near, terms_of
from qa.quiz_values import Name, NameKind, Number, find_numbers
from qa.timeline_dates import Dated, Precision, Reading, precision_of
from qa.timeline_words import in_words

_OPTIONS = 4
_FEWEST_OPTIONS = 3
_FEWEST_WORDS_LEFT = 7
_SAME_FACT = 0.5  # of the shorter statement's words: another statement may give another value


def number_questions(material: Material) -> Iterator[QuizQuestion]:
    """A number is missing; the wrong ones stand in the documents, written in the same way."""
    values = _all_numbers(material)
    for found in material.quotables:
        numbers = _numbers_of(found)
        if _add_up(numbers):
            continue
        for number in numbers:
            if (
                number.bounded
                or _is_by_the_way(found, number)
                or _is_said_again(found, number)
                or not _leaves_enough(found, number)
            ):
                continue
            fitting = [one for one in values if _goes_with_article(found.words, number, one)]
            wrong = _wrong_numbers(number, numbers, fitting, _numbers_told_nearby(found, material))
            if len(wrong) + 1 >= _FEWEST_OPTIONS:
                asked = "percentage" if number.is_percent else "number"
                yield _question(
                    QuestionKind.NUMBER,
                    f"Which {asked} is missing?",
                    found,
                    (number.start, number.end),
                    number.written,
                    wrong,
                )


def date_questions(material: Material) -> Iterator[QuizQuestion]:
    """A date is missing; the wrong ones are named in the documents with the same precision."""
    values = _all_dates(material)
    for found in material.quotables:
        for dated in found.dates:
            if not (_can_be_asked(found, dated) and _leaves_enough(found, dated)):
                continue
            wrong = _wrong_dates(found, dated, values, material)
            if len(wrong) + 1 >= _FEWEST_OPTIONS:
                asked = {Precision.DAY: "date", Precision.MONTH: "month"}.get(dated.precision, "year")
                right = in_words(dated.period)
                yield _question(
                    QuestionKind.DATE,
                    f"Which {asked} is missing?",
                    found,
                    (dated.start, dated.end),
                    right,
                    wrong,
                    hidden=(right, flat(found.words[dated.start : dated.end])),
                )


def name_questions(material: Material) -> Iterator[QuizQuestion]:
    """The name of a person in office, of a body or of an office is missing."""
    values = _all_names(material)
    for found in material.quotables:
        names = material.names.find(found.words)
        for name in names:
            if not (_name_can_be_asked(found, name, names) and _leaves_enough(found, name)):
                continue
            wrong = _wrong_names(found, name, values, material)
            if len(wrong) + 1 >= _FEWEST_OPTIONS:
                right = flat(name.written)
                hidden = (right, right.split()[-1]) if name.kind is NameKind.PERSON else (right,)
                yield _question(
                    QuestionKind.NAME,
                    _ASKED_FOR[name.kind],
                    found,
                    (name.start, name.end),
                    right,
                    wrong,
                    hidden=hidden,
                )


def grade_questions(material: Material) -> Iterator[QuizQuestion]:
    """A grade is missing; the wrong ones were given too, and not to the same area at the same time."""
    values = Counter(one.grade for one in material.judgements)
    for found in (*material.quotables, *_with_subject(material)):
        for graded in find_grades(found.words):
            judged = _judgements_at(found, graded, material)
            if not judged or graded.qualifier or not _grade_can_be_asked(found, graded):
                continue
            wrong = _wrong_grades(found, graded, judged, values, material)
            if len(wrong) + 1 < _FEWEST_OPTIONS:
                continue
            span, article = _with_article(found.words, graded)
            right, *others = (_after_article(grade, article) for grade in (graded.grade, *wrong))
            asked = f"Which grade is missing? It was given for {in_words(judged[0].period)}."
            hidden = (graded.grade,)
            yield _question(QuestionKind.GRADE, asked, found, span, right, others, hidden=hidden)


def _question(
    kind: QuestionKind,
    asked: str,
    found: Quotable,
    gap: tuple[int, int],
    right: str,
    wrong: Sequence[str],
    hidden: Sequence[str] = (),
) -> QuizQuestion:
    name = question_id(kind, [(found.document.id, found.start + gap[0], found.start + gap[1])])
    options, key = shuffled_options(right, wrong, name)
    prompt = f"{asked} {from_where(found, hidden or (right,))}"
    return QuizQuestion(name, kind, prompt, found.shown(*gap, GAP), options, key, found.citations)


def _leaves_enough(found: Quotable, gap: Number | Dated | Name) -> bool:
    """Whether what is left says enough to know what is asked."""
    rest = f"{found.introduced} {found.words[: gap.start]} {found.words[gap.end :]}"
    return len(rest.split()) >= _FEWEST_WORDS_LEFT


# Numbers

_ARTICLE = re.compile(r"\b(?P<article>[Aa]n?)\s+$")
_VOWEL = re.compile(r"[aeio]|8|11\b|18\b", re.IGNORECASE)  # as they are spoken: eight, eleven


def _numbers_of(found: Quotable) -> tuple[Number, ...]:
    return find_numbers(found.words, [(one.start, one.end) for one in found.dates])


def _all_numbers(material: Material) -> tuple[Number, ...]:
    """Every number of the documents that may be shown, each way of writing it once."""
    once: dict[str, Number] = {}
    for document in material.told:
        for statement in document:
            if is_respectful(flat(statement.words)):
                for number in find_numbers(
                    statement.words, [(one.start, one.end) for one in statement.dates]
                ):
                    once.setdefault(number.written.casefold(), number)
    return tuple(once[written] for written in sorted(once))


def _add_up(numbers: Sequence[Number]) -> bool:
    """Whether one number can be worked out from two others of the sentence."""
    values = sorted(number.value for number in numbers)
    return any(one + other in values for one, other in combinations(values, 2))


def _is_by_the_way(found: Quotable, number: Number) -> bool:
    """Whether it only names what is spoken of ("The two heads know"), or a part of it ("Seven passed")."""
    return found.lead is None and re.fullmatch(r"(?:The\s+)?", found.words[: number.start]) is not None


def _is_said_again(found: Quotable, number: Number) -> bool:
    rest = f"{found.introduced} {found.words[: number.start]} {found.words[number.end :]}"
    return any(other.value == number.value for other in find_numbers(rest))


def _numbers_told_nearby(found: Quotable, material: Material) -> frozenset[float]:
    """The values that statements of the same fact give, which might be right as well."""
    return frozenset(
        number.value
        for one in material.likeness.like(found.statement, least=_SAME_FACT)
        for number in find_numbers(one.words)
    )


def _wrong_numbers(
    right: Number, in_sentence: Sequence[Number], values: Sequence[Number], told: frozenset[float]
) -> list[str]:
    taken = {number.value for number in in_sentence} | told
    fitting = [
        one
        for one in values
        if one.value not in taken
        and _could_stand_for(one, right)
        and not (right.rough and _is_close(one, right))
    ]
    fitting.sort(key=lambda one: (abs(math.log(one.value / right.value)), one.written))
    once = {one.value: one for one in reversed(fitting)}
    ranked = sorted(once.values(), key=lambda one: (abs(math.log(one.value / right.value)), one.written))
    chosen = chance(right.written, right.unit, right.start).sample(
        ranked[:6], min(len(ranked[:6]), _OPTIONS - 1)
    )
    return [_as_written(one, right) for one in sorted(chosen, key=lambda one: one.value)]


def _could_stand_for(one: Number, right: Number) -> bool:
    """Whether a number is of the same kind, written in the same way and of a like size."""
    same = one.is_percent == right.is_percent and one.in_letters == right.in_letters
    whole = (one.value == int(one.value)) == (right.value == int(right.value))
    return same and whole and right.value / 6 <= one.value <= right.value * 6


def _is_close(one: Number, right: Number) -> bool:
    return abs(one.value - right.value) < 0.25 * right.value


def _as_written(number: Number, right: Number) -> str:
    return number.written.capitalize() if right.written[:1].isupper() else number.written.casefold()


def _goes_with_article(words: str, right: Number, one: Number) -> bool:
    """Whether "a" or "an" before the gap fits: "an" tells that it is eight."""
    article = _ARTICLE.search(words[: right.start])
    return article is None or (article["article"] == "an") == (_VOWEL.match(one.written) is not None)


# Dates

_NEARNESS = {Precision.DAY: 3 * 366, Precision.MONTH: 3 * 366, Precision.YEAR: 12 * 366}


def _can_be_asked(found: Quotable, dated: Dated) -> bool:
    """Whether one date and no other fits: named in full, once, and not as the start or end of a stretch."""
    if dated.reading is not Reading.NAMED or dated.precision is Precision.RANGE:
        return False
    before, after = found.words[: dated.start], found.words[dated.end :]
    if OPEN.search(before) or SPANNED.match(after) or str(dated.period.first.year) in before + after:
        return dated.precision is not Precision.YEAR and not (OPEN.search(before) or SPANNED.match(after))
    published = found.document.details.published
    if dated.precision is Precision.YEAR and published and published.year == dated.period.first.year:
        return False  # the date of the document, which is told beside it, gives it away
    return not (published and dated.period == Period(published, published))


def _all_dates(material: Material) -> tuple[Period, ...]:
    """The times that the documents name in full, and those of their publication."""
    named: set[Period] = set()
    for document in material.told:
        for statement in document:
            named.update(
                one.period
                for one in statement.dates
                if one.reading is Reading.NAMED and one.precision is not Precision.RANGE
            )
            published = statement.document.details.published
            if published:
                named.add(Period(published, published))
    return tuple(sorted(named, key=lambda one: (one.first, one.last)))


def _wrong_dates(found: Quotable, dated: Dated, values: Sequence[Period], material: Material) -> list[str]:
    like = material.likeness.like(found.statement, least=_SAME_FACT)
    taken = [one.period for one in found.dates]
    taken += [period for one in like for period, _ in one.times]
    published = found.document.details.published
    fitting = [
        one
        for one in values
        if precision_of(one) is dated.precision
        and not any(one.overlaps(other) for other in taken)
        and abs((one.first - dated.period.first).days) <= _NEARNESS[dated.precision]
        and (published is None or (one.first <= published) == (dated.period.first <= published))
    ]
    fitting.sort(key=lambda one: (abs((one.first - dated.period.first).days), one.first))
    nearest = fitting[:8]
    chosen = chance(found.document.id, found.start, dated.start).sample(
        nearest, min(len(nearest), _OPTIONS - 1)
    )
    return [in_words(one) for one in sorted(chosen, key=lambda one: one.first)]


# Names

_ASKED_FOR = {
    NameKind.PERSON: "Whose name is missing?",
    NameKind.BODY: "Which body is missing?",
    NameKind.OFFICE: "Which office is missing?",
}
_COMMON_IN_NAMES = frozenset(
    "board panel commission committee network partnership police department trust forum alliance group "
    "agency authority association team director officer commissioner leader chair secretary minister "
    "inspector member executive and of for the".split()
)


def _all_names(material: Material) -> tuple[Name, ...]:
    """Every name of the documents that may be shown, once."""
    once: dict[str, Name] = {}
    for document in material.told:
        for statement in document:
            if is_respectful(flat(statement.words)):
                for name in material.names.find(statement.words):
                    key = flat(name.written).casefold()
                    if key not in once or (name.after_the and not once[key].after_the):
                        once[key] = name
    return tuple(once[written] for written in sorted(once))


def _name_can_be_asked(found: Quotable, name: Name, names: Sequence[Name]) -> bool:
    """Whether nothing else in the sentence says the name, and it is not one of a list."""
    if sum(other.kind is name.kind for other in names) > 2:
        return False
    rest = terms_of(f"{found.introduced} {found.words[: name.start]} {found.words[name.end :]} {found.notes}")
    if _core(name) & rest or re.match(r"\s*\(", found.words[name.end :]):
        return False
    if name.kind is NameKind.BODY and terms_of(name.written.split()[-1]) & rest:
        return False  # "the team": the other names are none of teams
    if name.kind is NameKind.PERSON:
        return re.search(r"\b(?:he|she|his|her|him)\b", found.words) is None
    return name.after_the


def _core(name: Name) -> frozenset[str]:
    """The words that tell one name from another."""
    return terms_of(name.written) - terms_of(" ".join(_COMMON_IN_NAMES))


def _wrong_names(found: Quotable, name: Name, values: Sequence[Name], material: Material) -> list[str]:
    around = near(found, material.by_document[found.document.id])
    around += material.likeness.like(found.statement, least=_SAME_FACT)
    said = terms_of(" ".join(one.words for one in around))
    here = flat(found.words).casefold()
    fitting = [
        one
        for one in values
        if one.kind is name.kind
        and one.after_the == name.after_the
        and not _core(one) & _core(name)
        and not (_core(one) and _core(one) <= said)
        and flat(one.written).casefold() not in here
        and one.written.split()[0] != name.written.split()[0]
        and _core(one)
    ]
    chosen = chance(found.document.id, found.start, name.start).sample(
        fitting, min(len(fitting), _OPTIONS - 1)
    )
    return [flat(one.written) for one in chosen]


# Grades

_ALIKE = (  # grades that mean nearly the same in one framework or another
    frozenset({"poor", "inadequate", "weak"}),
    frozenset({"adequate", "satisfactory", "fair", "requires improvement", "requiring improvement"}),
    frozenset({"good", "strong"}),
    frozenset({"outstanding", "excellent"}),
)
_ADJECTIVES = frozenset().union(*_ALIKE)


def _judgements_at(found: Quotable, graded: Graded, material: Material) -> list[Judgement]:
    return [
        one
        for one in material.judgements
        if one.citation.document_id == found.document.id
        and one.citation.start == found.statement.start
        and one.grade == graded.grade
    ]


def _grade_can_be_asked(found: Quotable, graded: Graded) -> bool:
    rest = found.words[: graded.start] + " " + found.words[graded.end :]
    return (
        graded.grade in _ADJECTIVES
        and re.search(rf"\b{re.escape(graded.grade)}\b", rest, re.IGNORECASE) is None
    )


def _wrong_grades(
    found: Quotable, graded: Graded, judged: Sequence[Judgement], values: Counter[str], material: Material
) -> list[str]:
    """Other grades that the documents give, of another meaning, and not right for the area at that time."""
    also = {
        other.grade
        for one in judged
        for other in material.judgements
        if other.qualifier is None
        and one.period.overlaps(other.period)
        and (same_area(one.area, other.area) or not other.area)
    }
    right = also | {graded.grade}
    alike = frozenset(grade for group in _ALIKE if group & right for grade in group)
    takes_verb = re.search(r"\b(?:rated|judged|graded)\s*[\"“‘']?$", found.words[: graded.start]) is not None
    fitting = [
        grade
        for grade in sorted(values, key=lambda grade: (-values[grade], grade))
        if grade in _ADJECTIVES
        and grade not in alike
        and re.search(rf"\b{grade}\b", found.words) is None
        and (takes_verb or not grade.startswith("requir"))
    ]
    return fitting[: _OPTIONS - 1]


def _with_article(words: str, graded: Graded) -> tuple[tuple[int, int], bool]:
    """The gap; with the article before the grade, which would give it away."""
    article = _ARTICLE.search(words[: graded.start])
    if article is None:
        return (graded.start, graded.end), False
    return (article.start(), graded.end), True


def _after_article(grade: str, article: bool) -> str:
    if not article:
        return grade
    return f"an {grade}" if grade[0] in "aeiou" else f"a {grade}"


_SUBJECT_IT = re.compile(r"It (?!(?:is|was|has been|may|might|seems)\b(?! (?:rated|judged|graded)))")


def _with_subject(material: Material) -> Iterator[Quotable]:
    """Statements that begin with "It", where it is known which area that stands for; a note tells it."""
    areas = {(one.citation.document_id, one.citation.start): one.area for one in material.judgements}
    for document in material.told:
        for statement in document:
            area = areas.get((statement.document.id, statement.start), "")
            words = flat(statement.words)
            if not area or not _SUBJECT_IT.match(words) or statement.sentence.lead is not None:
                continue
            if is_clear_alone(area + words[2:]) and is_respectful(words):
                note = f"“it” is {area}"
                yield Quotable(statement, statement.start, statement.end, notes=(note,))
