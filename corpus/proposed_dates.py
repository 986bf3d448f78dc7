"""The day on which a document was published, from what it says, its name or its properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath

from corpus.blocks import Form
from corpus.document import Role, Sentence
from corpus.first_lines import first_blocks, in_role
from corpus.period import Mention, find_periods

_LABEL = re.compile(
    r"(?:(?:first |date )?(?:published|issued)|publication date|date of (?:publication|issue|report|letter|"
    r"meeting)|report date|meeting date|(?:meeting )?title and date|date)\b\s*(?:on|:|-|–)*\s*",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\b(?:first )?published(?: on|:)\s*", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^\W*(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,.]*", re.IGNORECASE
)
_TIME = re.compile(r"^[\s,]*(?:at\s*)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?\W*$", re.IGNORECASE)
_NAME_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_. ]?(?P<month>[01]\d)[-_. ]?(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>[0-3]?\d)[-_. ](?P<month>[01]?\d)[-_. ](?P<year>(?:19|20)\d\d)(?!\d)"),
)
_LONGEST_LABELLED = 80  # characters of a line that gives a date its name
_END = 1500  # characters at the end of a document in which its publication may be noted
# A file is made when its document is: a date in its properties counts only where the text speaks of days
# that lie so shortly before it. Copies that are made years afterwards have the date of the copy.
_LONGEST_WAIT = timedelta(days=92)
# What the header of an e-mail or a web page says is meant as its date; other properties are of the file.
_MEANT = ("header of the e-mail", "properties of the page")


def proposed_date(
    name: str, text: str, sentences: Sequence[Sentence], stated: tuple[str, str] | None
) -> tuple[str, str] | None:
    """The date as in 2014-09-30 and where it stands; None where nothing says it for certain.

    In the order of trust: the header of an e-mail or web page, the date line of a letter, a line that says
    what it dates, a line at the beginning that is a date and nothing else, the file's name, its properties.
    """
    if stated is not None and stated[1] in _MEANT:
        return stated
    candidates = (
        _in_date_line(text, sentences),
        _labelled(text),
        _alone(text),
        _published_at_the_end(text),
        _in_name(name),
    )
    found = next((one for one in candidates if one is not None), None)
    if found is not None:
        return found[0].isoformat(), found[1]
    return stated if stated is not None and _is_likely(date.fromisoformat(stated[0]), text) else None


def _in_date_line(text: str, sentences: Sequence[Sentence]) -> tuple[date, str] | None:
    for lines in in_role(text, sentences, Role.DATE):
        for day in _days(" ".join(lines)):
            return day, "date line of the letter"
    return None


def _labelled(text: str) -> tuple[date, str] | None:
    """A date after "Published:" or the like, in the same line or the next one."""
    blocks = [one for one in first_blocks(text) if one.form is not Form.ROW]
    lines = [text[start:end].strip(" *_\t") for block in blocks for start, end in block.lines]
    for number, line in enumerate(lines):
        match = _LABEL.match(line)
        if match is None:
            continue
        day = _behind_label(line[match.end() :].strip(" *_:"), lines[number + 1 : number + 2])
        if day is not None:
            return day, f"line “{line[: match.end()].strip(' :-–*_')}”"
    return None


def _behind_label(after: str, following: Sequence[str]) -> date | None:
    """The day with which the rest of a labelled line begins, or the next line ends where there is no rest."""
    if after:
        return next(_days_at_start(_WEEKDAY.sub("", after)), None)
    for line in following:
        mentions = [one for one in find_periods(line) if _is_day(one) and one.end == len(line)]
        if mentions and len(line) <= _LONGEST_LABELLED:
            return mentions[0].period.first
    return None


def _alone(text: str) -> tuple[date, str] | None:
    """A date in a line of its own near the beginning, where there is only one such date."""
    found = []
    for block in first_blocks(text):
        if block.form in (Form.ROW, Form.FOOTNOTE):
            continue
        for start, end in block.lines:
            line = _WEEKDAY.sub("", text[start:end].strip(" *_\t"))
            mention = next(iter(find_periods(line)), None)
            if mention is not None and _is_day(mention) and _is_all(line, mention):
                found.append(mention.period.first)
    return (found[0], "line with the date") if len(set(found)) == 1 else None


def _is_all(line: str, mention: Mention) -> bool:
    """Whether a line says a date and nothing else but the time of day."""
    before, after = line[: mention.start], line[mention.end :]
    return not before.strip(" ,.-–()") and (not after.strip(" ,.-–()") or bool(_TIME.match(after)))


def _published_at_the_end(text: str) -> tuple[date, str] | None:
    end = text[-_END:]
    days = [day for match in _PUBLISHED.finditer(end) for day in _days_at_start(end[match.end() :][:40])]
    return (days[-1], "note of publication at the end") if days else None


def _days_at_start(words: str) -> Iterator[date]:
    return (one.period.first for one in find_periods(words) if one.start == 0 and _is_day(one))


def _in_name(name: str) -> tuple[date, str] | None:
    stem = PurePosixPath(name).stem
    days = set(_days(re.sub(r"[-_]+", " ", stem)))
    for pattern in _NAME_DATES:
        for match in pattern.finditer(stem):
            try:
                days.add(date(int(match["year"]), int(match["month"]), int(match["day"])))
            except ValueError:
                continue
        if days:
            break
    return (days.pop(), "file name") if len(days) == 1 else None


def _is_likely(day: date, text: str) -> bool:
    """Whether the text speaks of days shortly before this one, and so was likely written then."""
    periods = (one.period for one in find_periods(text))
    before = [one.last for one in periods if one.last <= day and (one.last - one.first).days <= 31]
    return bool(before) and day - max(before) <= _LONGEST_WAIT


def _days(words: str) -> Iterator[date]:
    return (one.period.first for one in find_periods(words) if _is_day(one))


def _is_day(mention: Mention) -> bool:
    return mention.period.first == mention.period.last
