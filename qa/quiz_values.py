"""The numbers and names in statements: what may be left out of one, and what may stand in its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.quiz_clear import flat
from qa.timeline_statements import Statement

_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_NUMBER = re.compile(
    rf"(?<![\w£$€.,/–-])(?P<value>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?i:{'|'.join(_WORDS)}))"
    r"(?P<percent>\s?%|\sper\scent)?(?![\w/–-]|[.,]\d)"
)
# Numbers of laws, parts and pages, which nobody needs to know.
_REFERENCE = re.compile(
    r"\b(?:section|sections|paragraph|part|schedule|item|appendix|grade|page|no\.?|number|act|chapter|article"
    r"|room|floor|class|level|phase|tier|stage|ref\.?|reference|article|annex|figure|table|rule|regulation"
    r"|version|telephone)\s*$",
    re.IGNORECASE,
)
# Words before a number with which other numbers would be right as well.
_BOUND = re.compile(
    r"\b(?:over|more than|at least|up to|fewer than|less than|under|nearly|almost|no more than|below|above"
    r"|than|past|last|next|first|within|in|top|bottom|best|worst|every|maximum of|minimum of|some|between"
    r"|only|least|\d+ (?:to|and)|\w+ to (?=\d))\s*$",
    re.IGNORECASE,
)
_ROUGH = re.compile(r"\b(?:approximately|about|around|roughly|circa|estimated|average of)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_UNITS = frozenset({"degree", "degrees", "of", "to", "and", "or", "am", "pm", "x"})
_UNIT = re.compile(r"\s+(?:of\s+(?:the\s+)?)?(?P<unit>[A-Za-z][A-Za-z’'-]+)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `words[start:end]`, its value, and how it is written."""

    start: int
    end: int
    written: str
    value: float
    is_percent: bool
    in_letters: bool
    unit: str  # the word after it, in small letters
    bounded: bool  # "over 30": other numbers would be right as well
    rough: bool


def find_numbers(words: str, dated: Collection[tuple[int, int]] = ()) -> tuple[Number, ...]:
    """The numbers that count or measure something; no dates, no numbers of laws and pages, no one."""
    return tuple(_numbers(words, dated))


def _numbers(words: str, dated: Collection[tuple[int, int]]) -> Iterator[Number]:
    for match in _NUMBER.finditer(words):
        written, before = match["value"], words[: match.start()]
        in_letters = written.isalpha()
        value = float(_WORDS[written.casefold()] if in_letters else written.replace(",", ""))
        if value < 2 or any(start < match.end() and match.start() < end for start, end in dated):
            continue
        if _YEAR.fullmatch(written) or (_REFERENCE.search(before) and not match["percent"]):
            continue
        unit = _UNIT.match(words, match.end())
        if unit is not None and unit["unit"].casefold() in _NO_UNITS:
            continue
        if unit is None and not match["percent"]:
            continue
        yield Number(
            match.start(),
            match.end(),
            flat(match.group()),
            value,
            match["percent"] is not None,
            in_letters,
            unit["unit"].casefold() if unit else "",
            _BOUND.search(before) is not None,
            _ROUGH.search(before) is not None,
        )


class NameKind(StrEnum):
    """What bears a name."""

    PERSON = "person"
    BODY = "body"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `words[start:end]`, with titles; `written` is without them."""

    start: int
    end: int
    written: str
    kind: NameKind
    after_the: bool


_CAPITAL = r"[A-Z][A-Za-z]*[a-z’'-][A-Za-z’'-]*"
_RUN = re.compile(rf"\b{_CAPITAL}(?:(?: (?:and|of|for|&))? {_CAPITAL})+")
_TITLE = r"(?:Professor|Sir|Dame|Lord|Lady|Dr|Mr|Mrs|Ms|Miss|Cllr|Councillor|Baroness|Judge)"
_LETTERS_AFTER = r"(?: (?:CB|MP|CBE|OBE|MBE|QC|KC|DBE|JP|PhD))*"
_TITLED = re.compile(rf"^(?:{_TITLE} )+")
_POSSESSIVE = re.compile(r"['’]s?$")
_BODY = re.compile(
    r"\b(?:Board|Panel|Commission|Committee|Network|Partnership|Police|Department|Trust|Forum|Alliance|Group"
    r"|Agency|Authority|Association|Inspectorate|Foundation|College|School|Institute|Team|Society|Union)$"
    r"|^(?:Department|Ministry|Office) (?:for|of) "
)
_TWO_BODIES = re.compile(r"\b(?:Board|Panel|Commission|Committee|Council|Team|Police|Executive|Leader) and ")
_OFFICE = re.compile(
    r"^(?:[A-Z][\w’']+ )*(?:Director|Officer|Commissioner|Leader|Chair|Secretary|Minister|Inspector|Member"
    r"|Executive|Headteacher|Auditor|Assessor)(?: (?:of|for) .+)?$"
)
_OFFICE_NEAR = re.compile(
    r"\b(?:director|leader|executive|commissioner|chair|inspector|professor|member|minister|secretary|author"
    r"|cllr|councillor|dcs|mp|tsar|officer|head|headteacher|principal|sir|dame|dr|lord|judge|surgeon|nurse)\b",
    re.IGNORECASE,
)
_NEAR = 60  # characters around a name in which an office makes it a person's


class Names:
    """Finds the names in statements; learns from all of them which words are no names."""

    def __init__(self, told: Sequence[Sequence[Statement]]) -> None:
        texts = [flat(one.words) for document in told for one in document]
        self._common = frozenset(
            word for text in texts for word in re.findall(r"(?<![A-Za-z’'-])[a-z][a-z’'-]+", text)
        )
        self._persons = frozenset(self._likely_persons(texts))

    def find(self, words: str) -> tuple[Name, ...]:
        """The names of persons, bodies and offices, of two words or more, in order."""
        return tuple(self._found(words))

    def _found(self, words: str) -> Iterator[Name]:
        for match in _RUN.finditer(words):
            start, end = match.span()
            written = match.group()
            if first := re.match(r"(?:The|In|On|At|By|Since|After|When|For|From|And|But) ", written):
                start, written = start + first.end(), written[first.end() :]
            owned = _POSSESSIVE.search(written)
            if owned:
                end, written = end - len(owned.group()), written[: owned.start()]
            after_the = re.search(r"\b[Tt]he $", words[:start]) is not None
            bare = _TITLED.sub("", written)
            kind = self._kind(written, bare)
            if kind is NameKind.PERSON:
                end += len(re.match(_LETTERS_AFTER, words[end:]).group())  # type: ignore[union-attr]
                yield Name(start, end, bare, kind, after_the)
            elif kind is not None and " " in written:
                yield Name(start, end, written, kind, after_the)

    def _kind(self, written: str, bare: str) -> NameKind | None:
        if _TWO_BODIES.search(written):
            return None
        if bare in self._persons:
            return NameKind.PERSON
        if _BODY.search(written):
            return NameKind.BODY
        return NameKind.OFFICE if _OFFICE.match(written) else None

    def _likely_persons(self, texts: Sequence[str]) -> Iterator[str]:
        """Two words that stand nowhere in small letters, somewhere beside an office or a title."""
        for text in texts:
            for match in _RUN.finditer(text):
                bare = _POSSESSIVE.sub("", _TITLED.sub("", match.group()))
                if not re.fullmatch(r"[A-Z][a-z]+ [A-Z][A-Za-z’'-]+", bare):
                    continue
                if any(word.casefold() in self._common for word in bare.split()):
                    continue
                around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR].replace(bare, " ")
                if _OFFICE_NEAR.search(around):
                    yield bare
