"""Lists of contents: lines that lead to a page number and say nothing themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pdf_lines import Line

_LEADER = re.compile(r"\S\s*(?:(?:[.…_]\s?){4,}|…{2,})\s*(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_TITLE = re.compile(r"(?:table\s+of\s+)?contents(?:\s+page)?", re.IGNORECASE)
_ENTRY = re.compile(r".*\S\s+(\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_FEWEST = 3  # entries


def find_contents(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines of a page that are entries of a list of contents, its title too.

    They lead to their page with dots; or they stand under the title and end in a page number,
    over at most two lines each.
    """
    title = next((n for n, line in enumerate(lines) if _TITLE.fullmatch(line.words.strip(" :"))), None)
    led = [n for n, line in enumerate(lines) if _LEADER.search(line.words)]
    if len(led) >= _FEWEST:
        first = title if title is not None and title < led[0] else led[0]
        return list(range(first, led[-1] + 1)) if _is_dense(led, first) else led
    return _entries_under(lines, title) if title is not None else []


def _is_dense(led: Sequence[int], first: int) -> bool:
    """Whether what stands between the entries are their first lines, rather than text."""
    return 2 * len(led) >= led[-1] - first


def _entries_under(lines: Sequence[Line], title: int) -> list[int]:
    entries: list[int] = []
    for number in range(title + 1, len(lines)):
        if _ENTRY.fullmatch(lines[number].words) and not lines[number].is_row:
            entries.append(number)
        elif number - (entries[-1] if entries else title) > 1:
            break
    return list(range(title, entries[-1] + 1)) if len(entries) >= _FEWEST else []
