"""Where words of a page's stored text stand among the characters that are drawn on it.

The stored text and what pdfium reads of the same page differ: in white space and hyphens at the
ends of lines, in ligatures, in running heads that one of them leaves out, in the order of columns.
Both are therefore compared by their letters alone. Words are taken as found only where they, with
as much text around them as is needed, stand exactly once in both; anything else is left unfound,
since a mark at the wrong place is worse than none.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

Span = tuple[int, int]

_HYPHENS = "-\u00ad\u2010\u2011\u0002\ufffe"  # pdfium writes U+0002 for a hyphen at the end of a line
_BULLETS = "•·▪◦‣∙●○■□"  # one reader's bullet is another one's private character
_ALIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "|": "", "\ufffd": ""})
_LEFT_OUT = ("Z", "Cc", "Cf", "Cn", "Co", "Cs")  # separators, and what is no character to read
_LINE_ENDS = "\r\n\u0002"
_SHORTEST = 16  # letters that must agree; fewer can agree by chance
_AROUND = (0, 4, 8, 16, 32, 64, 128, 256, 100_000)  # letters on one side that are taken in addition
_WINDOWS = sorted(product(_AROUND, _AROUND), key=lambda sides: (sum(sides), sides))
_MOST_ENDS = 12  # of a piece that are tried: one before or after the right one begins as the next line does
_MOST_PIECES = 40  # that a running head or a picture cuts the words of a page into


@dataclass(frozen=True, slots=True)
class Letters:
    """A text without what readers of PDF files differ in.

    Letter i comes from character `origins[i]` of the text. `gaps` are the letters before which
    something else stands in the text, `line_starts` those before which a line ends; both hold 0
    and the number of letters.
    """

    letters: str
    origins: tuple[int, ...]
    gaps: frozenset[int]
    line_starts: frozenset[int]


def letters_of(text: str) -> Letters:
    """The letters of a text."""
    letters: list[str] = []
    origins: list[int] = []
    gaps, starts = {0}, {0}
    for number, character in enumerate(text):
        kept = _kept(character)
        if not kept:
            gaps.add(len(letters))
        if character in _LINE_ENDS:
            starts.add(len(letters))
        letters += kept
        origins += [number] * len(kept)
    end = {len(letters)}
    return Letters("".join(letters), tuple(origins), frozenset(gaps | end), frozenset(starts | end))


def find_words(stored: Letters, start: int, end: int, drawn: Letters) -> tuple[Span, ...] | None:
    """The stretches of the drawn text that are the characters from `start` to `end` of the stored one.

    Offsets are of characters. None where it is not certain; several stretches where something else is
    drawn in between.
    """
    first, last = _letters_between(stored, start, end)
    if first == last:
        return None
    found = _pieces(stored, first, last, drawn)
    if found is None or _overlap(found):
        return None
    return tuple((drawn.origins[left], drawn.origins[right - 1] + 1) for left, right in found)


def _kept(character: str) -> str:
    """What of a character is compared: nothing of a space, "fi" of a ligature."""
    if character.isascii() and character.isalnum():
        return character
    if (
        character in _HYPHENS
        or character in _BULLETS
        or unicodedata.category(character).startswith(_LEFT_OUT)
    ):
        return ""
    plain = unicodedata.normalize("NFKD", character).translate(_ALIKE)
    return "".join(one for one in plain if not one.isspace())


def _letters_between(text: Letters, start: int, end: int) -> Span:
    """The letters that come from the characters from `start` to `end`."""
    return bisect_left(text.origins, start), bisect_left(text.origins, end)


def _pieces(stored: Letters, first: int, last: int, drawn: Letters) -> list[Span] | None:
    """The words in one piece, or in several that end and begin where drawn lines do."""
    found: list[Span] = []
    at = first
    while at < last and len(found) < _MOST_PIECES:
        piece = next(_longest_first(stored, at, last, drawn), None)
        if piece is None or (found and piece[1][0] not in drawn.line_starts):
            return None
        at, place = piece
        found.append(place)
    return found if at == last else None


def _longest_first(stored: Letters, at: int, last: int, drawn: Letters) -> Iterator[tuple[int, Span]]:
    """Where the piece that begins at `at` may end, and its place; the longest one first."""
    ends = [*sorted(one for one in stored.gaps if at < one < last), last]
    # Where a stretch is not drawn, none that begins with it is: the longest one that is, is looked up.
    longest = bisect_left(ends, True, key=lambda end: stored.letters[at:end] not in drawn.letters)
    for end in reversed(ends[max(0, longest - _MOST_ENDS) : longest]):
        place = _only_place(stored.letters, at, end, drawn.letters)
        if place is not None and (end == last or place[1] in drawn.line_starts):
            yield end, place


def _only_place(stored: str, start: int, end: int, drawn: str) -> Span | None:
    """Where the letters stand that, with some around them, stand once in both texts."""
    for before, after in _WINDOWS:
        left, right = max(0, start - before), min(len(stored), end + after)
        if right - left < min(_SHORTEST, len(stored)):
            continue
        window = stored[left:right]
        place = drawn.find(window)
        is_only = stored.find(window) == left and stored.find(window, left + 1) < 0
        if is_only and place >= 0 and drawn.find(window, place + 1) < 0:
            return place + start - left, place + end - left
    return None


def _overlap(places: list[Span]) -> bool:
    ordered = sorted(places)
    return any(left[1] > right[0] for left, right in pairwise(ordered))
