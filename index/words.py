"""The one analyser: the same terms come out of documents and of questions.

A word is case-folded, brought to its compatibility form (NFKC) and stemmed (Snowball, English); a
hyphen splits, an apostrophe does not, and the stemmer drops the possessive. Numbers are kept whole:
"1,400" is 1400, "3.5" is one term, "19th" is 19. Footnote marks (superscript digits) belong to no word.
Common words stay in: whoever asks decides how much each term weighs.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import chain

import Stemmer

ANALYSIS = "words 1, snowball english"  # to be changed with anything here: it makes indexes out of date

_APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and joiners
_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_LETTER = rf"(?:[^\W_{_SUPERSCRIPT}]|[\u0300-\u036f])"
_WORD = re.compile(
    rf"""
    (?P<thousands> [0-9]{{1,3}} (?: ,[0-9]{{3}} )+ (?![0-9]) (?:\.[0-9]+)? )
    | (?P<ordinal> [0-9]+ ) (?: st | nd | rd | th ) (?!{_LETTER})
    | (?P<decimal> (?<![0-9]\.) [0-9]+\.[0-9]+ ) (?! [0-9] | \.[0-9] )  # but not a dotted date
    | (?P<word> {_LETTER}+ (?: [{_APOSTROPHES}{_INVISIBLE}]+ {_LETTER}+ )* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_INVISIBLE)})
_REMEMBERED = 200_000  # stretches without white space; at most about 50 MB

_stemmers = threading.local()  # a Snowball stemmer must not be shared between threads


def analyse(text: str) -> list[str]:
    """The terms of a text, in order, repeated as often as they occur."""
    return list(chain.from_iterable(map(_terms, text.split())))


def spans(text: str) -> list[tuple[str, int, int]]:
    """The terms of a text with the place of each word: (term, start, end)."""
    return [(_term(match.group(), match.lastgroup), *match.span()) for match in _WORD.finditer(text)]


def written(text: str) -> list[str]:
    """The words of a text as they stand in it, in order."""
    return [match.group() for match in _WORD.finditer(text)]


def fold(word: str) -> str:
    """A written word in lower case, with plain apostrophes, without soft hyphens."""
    plain = unicodedata.normalize("NFKC", word.translate(_PLAIN)).casefold()
    return "".join(plain.split())  # a few signs decompose into several words


@lru_cache(maxsize=_REMEMBERED)  # texts repeat themselves: ten times faster than without
def _terms(unbroken: str) -> tuple[str, ...]:
    """The terms of a stretch without white space, which no word reaches across."""
    return tuple(_term(match.group(), match.lastgroup) for match in _WORD.finditer(unbroken))


def _term(word: str, kind: str | None) -> str:
    if kind == "thousands":
        return word.replace(",", "")
    if kind == "ordinal":
        return word[:-2]
    if kind == "decimal":
        return word
    return _stem(fold(word))


def _stem(word: str) -> str:
    if not hasattr(_stemmers, "english"):
        _stemmers.english = Stemmer.Stemmer("english")
    stem: str = _stemmers.english.stemWord(word)
    return stem
