"""What kind of event a statement tells of, by its wording."""

from __future__ import annotations

import re

from qa.timeline_event import EventKind

# Leaving and being appointed come first: their words say most, whatever else a statement names.
_FIRST = {
    EventKind.DEPARTURE: (
        r"\b(?:resign(?:s|ed|ation)?|stepp?(?:ed|s|ing)? down (?:as|from)|retire(?:d|s|ment)?|dismissed"
        r"|(?:was|were|is|are) to leave|left (?:the|his|her|their|its|office|post)\b|departure of"
        r"|in post until|ceased to be)"
    ),
    EventKind.APPOINTMENT: (
        r"\b(?:(?:was|were|is|been|be|has|have) appointed|appointed (?:as )?\w|(?:the )?appointment of"
        r"|(?:is|are|was|were) to take over|takes? over as|took (?:over|up post)|joined as"
        r"|(?:was|were|is|became|as) (?:the )?(?:\w+ )?(?:Lead Member|Leader|Director|Chief Executive|Chair"
        r"|Commissioner)\b[^.]*\b(?:from|since)\b)"
    ),
}
# Of these the one that stands nearest to the date, in its clause, else in the statement.
_NEAREST = {
    EventKind.PLAN: (
        r"\b(?:(?:action|improvement|\w+ing) plan\b|(?:transformation|improvement) programme|strategy for"
        r"|implementation of|planned\b|it is our intention|(?:an )?undertaking to|(?:is|are) due\b)"
    ),
    EventKind.REPORT: (
        r"\b(?:publish(?:ed|es|ing)?|publication|commissioned|(?:annual )?reports?\b|guidance|letters?"
        r"|serious case reviews?|independent (?:inquiry|review))\b"
    ),
    EventKind.JUDGEMENT: (
        r"\b(?:judged?|judgements?|rated|ratings?|graded?|inadequate|adequate|outstanding"
        r"|requires improvement"
        r"|weakness(?:es)?|failings?|criticis\w+|concerns?|found|highly critical|performance|performers"
        r"|declin\w+|not fit for purpose|good practice|notice to improve|unfortunate|significant(?:ly)?"
        r"|positive|effective(?:ly)?|thorough|timely)\b"
    ),
    EventKind.INSPECTION: r"\b(?:inspect(?:ed|ion|ions|ing)|visit(?:s|ed)?|revisit|re-visit)\b",
}


def _compiled(wording: dict[EventKind, str]) -> tuple[tuple[EventKind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in wording.items())


_FIRST_PATTERNS, _NEAREST_PATTERNS = _compiled(_FIRST), _compiled(_NEAREST)
_CLAUSE = re.compile(r"[;:]|,? (?:but|while|whereas|although) |,? and (?=[a-z])|, ")
_AFTER = 10  # characters: what stands after a date is a little less likely to be what it dates


def kind_of_event(words: str, at: int, columns: str = "") -> EventKind:
    """The kind of what `words` tell of the time that is named at offset `at`.

    `columns` are the column headings of a table row: they say what its dates are.
    """
    if columns:
        words, at = f"{columns} {words}", 0
        if dict(_NEAREST_PATTERNS)[EventKind.JUDGEMENT].search(words):
            return EventKind.JUDGEMENT
    start, end = _clause(words, at)
    for stretch, place in ((words[start:end], at - start), (words, at)):
        for kind, pattern in _FIRST_PATTERNS:
            if pattern.search(stretch):
                return kind
        if nearest := _nearest(stretch, place):
            return nearest
    return EventKind.EVENT


def _nearest(words: str, at: int) -> EventKind | None:
    distances = [
        (at - match.end() if match.start() < at else match.start() - at + _AFTER, place, kind)
        for place, (kind, pattern) in enumerate(_NEAREST_PATTERNS)
        for match in pattern.finditer(words)
    ]
    return min(distances)[2] if distances else None


def _clause(words: str, at: int) -> tuple[int, int]:
    start = max((match.end() for match in _CLAUSE.finditer(words) if match.end() <= at), default=0)
    end = min((match.start() for match in _CLAUSE.finditer(words) if match.start() > at), default=len(words))
    return start, end
