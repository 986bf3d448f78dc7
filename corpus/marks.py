"""Text whose headings, list items and tables are marked as `corpus.blocks` reads them: as in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.blocks import opens_item

_STEP = "  "  # of indentation, for each level of a list
_DEEPEST_LEVEL = 8  # of a list, from 0, as in Word; what is deeper is indented no further
_DEEPEST_HEADING = 6
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def flat(words: str) -> str:
    """The words on one line, with single spaces."""
    return " ".join(words.split())


def heading(words: str, level: int) -> str:
    """A heading; levels count from 1, and below 6 there are no deeper ones."""
    return f"{'#' * min(max(level, 1), _DEEPEST_HEADING)} {flat(words)}"


def paragraph(words: str, *, level: int = 0) -> str:
    """A paragraph, its line ends kept, indented for a level of a list."""
    lines = (flat(line) for line in words.splitlines())
    indent = _STEP * min(level, _DEEPEST_LEVEL)
    return "\n".join(indent + line for line in lines if line)


def item(words: str, *, level: int = 0, marker: str = "") -> str:
    """A list item; levels count from 0. `marker` is its number or letter ("2.", "1.1", "(a)"), if any."""
    first, *others = [line for line in map(flat, words.splitlines()) if line] or [""]
    opening = f"{marker} {first}".strip()
    # A number in front of a small letter would be taken for the end of a sentence.
    opening = opening if marker and opens_item(opening) else f"- {opening}"
    indent = _STEP * min(level, _DEEPEST_LEVEL)
    return "\n".join([indent + opening, *(f"{indent}{_STEP}{line}" for line in others)])


def table(rows: Iterable[Sequence[str]], *, headings: int) -> str:
    """A table, its first `headings` rows put together as column headings; rows without words are left out.

    A bar in a cell is written as a broken one, since bars part the cells.
    """
    cells = [[flat(cell).replace("|", "¦") for cell in row] for row in rows]
    width = max((len(row) for row in cells), default=0)
    cells = [row + [""] * (width - len(row)) for row in cells]
    columns = [flat(" ".join(_distinct(column))) for column in zip(*cells[:headings], strict=True)]
    lines = [_row(row) for row in cells[headings:] if any(row)]
    if any(columns):
        lines = [_row(columns), "|" + "--|" * width, *lines]
    return "\n".join(lines)


def superscript(digits: str) -> str:
    """The digits as small raised ones, as the mark of a footnote."""
    return digits.translate(_SUPERSCRIPTS)


def joined(blocks: Iterable[str]) -> str:
    """The blocks as one text, with a blank line between them."""
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))
