"""The boxes around words on the picture of a page: one for each line that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.page_view_drawing import SCALE, SIDEWAYS, UPRIGHT, Leaf
from ui.page_view_match import Span

_SAME_LINE = 0.5  # of the lower of two boxes
_WIDEST_GAP = 2.0  # heights between two words of a line; beyond, it is another column or cell
_CLOSE = 0.6  # heights between two lines of a paragraph
_TOUCHING = 0.4  # heights by which the boxes of two lines may lie over each other
_SEEN = 0.3  # of a box; with less of it on the picture it is not marked
_WHOLE = 0.95  # of all boxes; with less of them on the picture, some of the words cannot be read there


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture of a page, in parts of SCALE from its left and its top."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Of a box with nothing in it: 0."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)


def line_boxes(leaf: Leaf, stretches: Iterable[Span]) -> tuple[Box, ...]:
    """The boxes of the lines of these stretches of characters, in their order, also beside the picture."""
    found: list[tuple[str, Box]] = []
    for start, end in stretches:
        lines: list[tuple[str, Box]] = []
        for number in range(start, end):
            box = Box(*leaf.boxes[4 * number : 4 * number + 4])
            if not box.area or leaf.text[number].isspace():
                continue
            way = leaf.ways[number]
            if lines and _is_same_line(lines[-1], way, box):
                lines[-1] = way, _around(lines[-1][1], box)
            else:
                lines.append((way, box))
        found += lines
    return tuple(box for _, box in found)


def on_picture(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes that can be seen, cut at the edges of the picture."""
    cut = [
        Box(max(0, box.left), max(0, box.top), min(SCALE, box.right), min(SCALE, box.bottom)) for box in boxes
    ]
    return tuple(seen for box, seen in zip(boxes, cut, strict=True) if seen.area >= _SEEN * box.area)


def stand_on_picture(boxes: Sequence[Box]) -> bool:
    """Whether the boxes stand on the picture as good as whole."""
    seen = sum(box.area for box in on_picture(boxes))
    return seen >= _WHOLE * sum(box.area for box in boxes)


def paragraphs(boxes: Sequence[Box]) -> tuple[tuple[Box, ...], ...]:
    """The boxes in groups of lines that stand below each other, so that one line can be drawn around each."""
    groups: list[list[Box]] = []
    for box in boxes:
        if groups and _stands_below(box, groups[-1][-1]):
            groups[-1].append(box)
        else:
            groups.append([box])
    return tuple(map(tuple, groups))


def _stands_below(box: Box, above: Box) -> bool:
    height = above.bottom - above.top
    is_next = -_TOUCHING * height <= box.top - above.bottom <= _CLOSE * height
    return is_next and box.left < above.right and above.left < box.right


def _is_same_line(line: tuple[str, Box], way: str, box: Box) -> bool:
    before, last = line
    if way != before:
        return False
    if way == UPRIGHT:
        return _follows(
            (last.top, last.bottom), (box.top, box.bottom), (last.left, last.right), (box.left, box.right)
        )
    if way == SIDEWAYS:
        return _follows(
            (last.left, last.right), (box.left, box.right), (last.top, last.bottom), (box.top, box.bottom)
        )
    return False  # slanted: a box around several characters would reach into other lines


def _follows(high: Span, other_high: Span, along: Span, other_along: Span) -> bool:
    """Whether a box stands at the height of a line and close to it.

    The picture is measured in parts of its own width and height, which differ by less than half on
    the paper that documents are printed on: close enough for a gap.
    """
    lower = min(high[1] - high[0], other_high[1] - other_high[0])
    shared = min(high[1], other_high[1]) - max(high[0], other_high[0])
    gap = max(along[0], other_along[0]) - min(along[1], other_along[1])
    return shared >= _SAME_LINE * lower and gap <= _WIDEST_GAP * (high[1] - high[0])


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
