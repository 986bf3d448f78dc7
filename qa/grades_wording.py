"""Grades as sentences give them: the grade, the area that got it, and what limits it ("not above")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.grades_subject import clause_start, subject_of, trimmed


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade in a sentence: `words[start:end]` is the grade as written.

    `area` is as written too, empty where a pronoun stands for it, and None where nothing does.
    `qualifier` is the wording that makes it a limit and not a grade ("never moved above").
    """

    start: int
    end: int
    grade: str  # in small letters
    area: str | None
    qualifier: str | None = None


# Words that are grades wherever they are given as one, and words that are also plain adjectives.
_STRICT = (
    r"inadequate|adequate|requires improvement(?: to be good)?|requiring improvement|outstanding|satisfactory"
)
_LOOSE = r"good|poor|excellent|fair|weak|strong"
_ANY = rf"{_STRICT}|{_LOOSE}"
_OPEN, _CLOSE = r"[\"“‘'*_]*", r"[\"”’'*_]*"
_ANY_QUOTED = rf"{_OPEN}(?P<grade>(?i:{_ANY}))\b{_CLOSE}"
_STRICT_QUOTED = rf"{_OPEN}(?P<grade>(?i:{_STRICT}))\b{_CLOSE}"
_RATED = r"(?:judged|(?:re-?)?rated|(?:re-?)?graded|assessed|deemed|classed|ranked)"
_BY = r"(?: by (?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*){0,4})?"

_CEILING = re.compile(
    r"\b(?P<qualifier>(?:not|never)\b(?: \w+){0,3}? (?:above|better than|higher than))"
    rf" (?:an? )?{_ANY_QUOTED}",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"\b(?P<verb>{_RATED}|found|observed)(?: overall)?{_BY}"
    rf"(?P<as> to be| as| at)?(?: overall)? {_ANY_QUOTED}"
)
_ACTIVE = re.compile(
    rf"\b(?P<verb>{_RATED}) (?P<area>[^,.;:]{{3,90}}?) (?:to be|as) {_ANY_QUOTED}",
)
_NOUN = re.compile(
    rf"\b(?:(?:an?|the|its|their|overall) {_ANY_QUOTED}"
    r" (?:overall )?(?:rating|grade|grading|judgement|score)\b"
    rf"|(?:rating|grade|judgement) of {_OPEN}(?P<grade_of>{_ANY})\b)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:declin\w+|fell|fallen|dropp\w+|slipp\w+|improv\w+|moved?|risen|rose|return\w*|went|gone)\b"
    rf"(?: \w+){{0,2}}? (?:back )?(?:in)?to {_STRICT_QUOTED}",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf"\b(?:achiev(?:e|ed|es|ing)|remain(?:s|ed|ing)?|stay(?:s|ed)|continu(?:e|es|ed) to be) {_STRICT_QUOTED}"
    r"(?= overall|\s*[.,;:)]|\s+(?:in|from|since|until|and|at)\b)",
    re.IGNORECASE,
)
_PERFORMANCE = re.compile(
    rf"\b(?:maintained|kept|showed|delivered) an? {_ANY_QUOTED}(?: but \w+)? performance\b", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"\b(?:subject to|given|issued with|served with|received|placed under|put under|under)"
    r" (?:an? |the )?(?:\w+ )?(?P<grade>notice to improve|improvement notice)\b"
    r"|\b(?P<notice>notice to improve|improvement notice) (?:was|has been) (?:issued|served|given|imposed)\b"
    r"|\b(?:in|into|under) (?P<measures>special measures)\b"
    r"|\bidentified (?:an? |the )?(?:areas? (?:for|of) )?(?P<action>priority action)\b",
    re.IGNORECASE,
)
_ORGANISATION = (
    r"(?:Council|Authority|Service|Services|Department|Board|Trust|Force|Agency|Company|School|College)"
)
_FITNESS = re.compile(
    r"(?:^\s*|\b(?:judges?|judged|judgement|concludes?|concluded|conclusion|finds?|found|finding) that )"
    rf"(?P<area>(?:(?:The|the) )?(?:[A-Z][\w’'-]* ){{0,6}}?(?:{_ORGANISATION}|[A-Z]{{3,}}))"
    rf" (?:is|was|are|were) {_OPEN}(?P<grade>not fit for purpose)\b"
)
# "rated good for caring and inadequate for safety"
_ALSO = re.compile(
    rf"(?:,|\band) {_ANY_QUOTED} (?:overall|(?:for|in) (?P<area>[^.,;:]+?))(?=,| and\b|[.;:]|$)"
)
_RANKING = re.compile(
    r"\b(?:among|amongst|one of|in) the (?P<grade>(?:top|bottom|best|worst|lowest|highest)(?: \w+)?"
    r" (?:performers|performing \w+|authorities|councils))\b",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"\b(?:rated|rating of|awarded|received|given|scored) (?:as )?(?:an? )?"
    r"(?P<grade>(?:zero|no|one|two|three|four)[- ]stars?)\b",
    re.IGNORECASE,
)

_AREAS_AFTER = re.compile(
    r"\s*(?:overall )?(?:in|for|across) (?:(?:all|each|both|the) )*(?:\w+ )?"
    r"(?:(?:key|main|judgement) )?areas?(?: of|:) (?P<areas>[^.;]+)"
)
_ONE_AFTER = re.compile(
    r"\s*(?:overall )?(?:in respect of|with regard to|for) (?P<areas>[^.,;]+?)(?=[.,;]| and (?:"
    rf"(?i:{_ANY}))\b|$)"
)
_LAST_NAME = re.compile(r"(?P<name>[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|and|for|the))*)\s*$")
_HYPOTHETICAL = re.compile(
    r"\b(?:would|could|might|(?-i:may)|if|whether|cannot|should|can|unless|aims? to|hopes? to|want\w* to)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|no longer|n't)\b", re.IGNORECASE)


def find_grades(words: str) -> tuple[Graded, ...]:
    """The grades that a sentence gives, in order of their places.

    A word such as "poor" counts only where it is given as a grade ("rated as poor"), and nothing
    counts that the sentence denies or only supposes ("would be seen as"). One place may give its
    grade to several areas.
    """
    flat = re.sub(r"\s", " ", words)
    places: dict[tuple[int, int], tuple[Graded, ...]] = {}
    for pattern in _FINDERS:
        for match in pattern.finditer(flat):
            span = _grade_span(match)
            if any(start < span[1] and span[0] < end for start, end in places):
                continue  # found already, by a pattern that says more
            if _is_given(flat, match, pattern):
                places[span] = tuple(_graded(flat, match, span))
    return tuple(graded for _, several in sorted(places.items()) for graded in several)


def is_grade(words: str) -> bool:
    """Whether the words are a grade and nothing else: "Requires improvement"."""
    return re.fullmatch(rf"{_ANY}", words.strip(" *_\"“”'"), re.IGNORECASE) is not None


_FINDERS = (
    _CEILING,
    _PASSIVE,
    _ACTIVE,
    _ALSO,
    _NOUN,
    _CHANGE,
    _STATE,
    _PERFORMANCE,
    _OUTCOME,
    _FITNESS,
    _RANKING,
    _STARS,
)


def _grade_span(match: re.Match[str]) -> tuple[int, int]:
    """Where the grade stands: the one group with a name of its own that took part."""
    names = ("grade", "grade_of", "notice", "measures", "action")
    name = next(name for name in names if match.groupdict().get(name))
    return match.span(name)


def _is_given(words: str, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Whether the grade is given: not denied, not supposed, and not a mere finding in an adjective."""
    start = clause_start(words, match.start())
    before = words[start : match.start()]
    if _HYPOTHETICAL.search(before):
        return False
    if pattern is _CEILING:
        return True
    if pattern is _ALSO and not _PASSIVE.search(before):
        return False
    if pattern in (_PASSIVE, _ACTIVE) and match["verb"] in ("found", "observed"):
        if match["verb"] == "observed" and match["as"] != " as":
            return False
        if match["verb"] == "found" and (match["as"] != " to be" or not _is_strict(match["grade"])):
            return False
    return _NEGATED.search(before.rpartition(" and ")[2]) is None


def _is_strict(grade: str) -> bool:
    return re.fullmatch(_STRICT, grade, re.IGNORECASE) is not None


def _graded(words: str, match: re.Match[str], span: tuple[int, int]) -> Iterator[Graded]:
    groups = match.groupdict()
    grade = words[slice(*span)].casefold()
    qualifier = " ".join(groups["qualifier"].split()) if groups.get("qualifier") else None
    for area in _areas(words, match, groups.get("area")):
        yield Graded(*span, grade, area, qualifier)


def _areas(words: str, match: re.Match[str], inside: str | None) -> Sequence[str | None]:
    """The areas that get the grade: those listed after it, the one inside the wording, or the subject."""
    if listed := _AREAS_AFTER.match(words, match.end()):
        return _listed(listed["areas"])
    if inside:
        return [trimmed(inside)]
    if one := _ONE_AFTER.match(words, match.end()):
        return [trimmed(one["areas"])]
    if needed := re.search(r"\bin respect of (?P<area>[^.,;]+)", words[match.end() :]):
        return [trimmed(needed["area"])]
    if match.group().casefold().endswith("ing", 0, match.group().find(" ")):  # "Services achieving adequate"
        return [named["name"] if (named := _LAST_NAME.search(words[: match.start()])) else ""]
    if match.groupdict().get("notice"):
        return [None]  # the notice is not what it is served on
    return [subject_of(words, match.start())]


def _listed(areas: str) -> list[str]:
    """ "A, B and C, and D" is A, "B and C", D; without a comma before the last "and" it parts too."""
    parts = re.split(r",\s+and\s+|,\s+", areas.strip())
    if ", and " not in areas and parts and " and " in parts[-1]:
        parts[-1:] = parts[-1].rsplit(" and ", 1)
    return [trimmed(part) for part in parts if part.strip()]
