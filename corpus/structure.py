"""A text's sections and sentences, found by putting together what the other modules see in its blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, Form, cut_into_blocks, lines_of
from corpus.clutter import clutter_roles
from corpus.document import Role, Section, Sentence
from corpus.headings import Heading, find_headings
from corpus.letters import copies_start, letter_roles
from corpus.period import Period, find_periods
from corpus.sentences import join_cut_blocks, split_sentences

_Span = tuple[int, int]
_FORM_ROLES = {
    Form.ROW: Role.ROW,
    Form.FOOTNOTE: Role.FOOTNOTE,
    Form.ITEM: Role.ITEM,
    Form.PARAGRAPH: Role.PROSE,
}


def find_structure(text: str, author: str | None) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Sections that tile `text`, and its sentences in order, not overlapping."""
    blocks = cut_into_blocks(text)
    roles = clutter_roles(text, blocks) | letter_roles(text, blocks, author)
    headings = find_headings(text, blocks, frozenset(roles))
    roles |= {heading.block: Role.HEADING for heading in headings}
    roles |= _column_headings(blocks)
    return _sections(text, blocks, headings), tuple(_sentences(text, blocks, roles))


def _column_headings(blocks: Sequence[Block]) -> dict[int, Role]:
    """The rows that stand over a rule are column headings; in a table without a rule it is the first row."""
    found: dict[int, Role] = {}
    for number, block in enumerate(blocks[:-1]):
        if block.form is not Form.ROW:
            continue
        opens = number == 0 or blocks[number - 1].form not in (Form.ROW, Form.RULE)
        if blocks[number + 1].form is Form.RULE or (opens and _has_no_rule(blocks, number)):
            found[number] = Role.COLUMNS
    return found


def _has_no_rule(blocks: Sequence[Block], number: int) -> bool:
    """Whether a table that begins with row `number` has more rows and no rule."""
    after = next((n for n in range(number, len(blocks)) if blocks[n].form is not Form.ROW), len(blocks))
    return after - number > 1 and (after == len(blocks) or blocks[after].form is not Form.RULE)


def _sections(text: str, blocks: Sequence[Block], headings: Sequence[Heading]) -> tuple[Section, ...]:
    opening = [heading for heading in headings if heading.opens]
    line_starts = [start for start, _ in lines_of(text)]
    starts = [_line_start(line_starts, blocks[heading.block].start) for heading in opening]
    sections = [Section((), 0, starts[0] if starts else len(text))]
    trail: list[tuple[int, str, Period | None]] = []
    for heading, start, end in zip(opening, starts, [*starts, len(text)][1:], strict=True):
        block = blocks[heading.block]
        title = " ".join(text[block.start : block.end].split()).removesuffix(":")
        trail = [entry for entry in trail if entry[0] < heading.depth]
        trail.append((heading.depth, title, _named_period(title) or (trail[-1][2] if trail else None)))
        sections.append(Section(tuple(entry[1] for entry in trail), start, end, trail[-1][2]))
    return tuple(section for section in sections if section.start < section.end)


def _line_start(line_starts: Sequence[int], at: int) -> int:
    return line_starts[bisect_right(line_starts, at) - 1]


def _named_period(title: str) -> Period | None:
    """From the first to the last day that a heading names."""
    periods = [mention.period for mention in find_periods(title)]
    if not periods:
        return None
    return Period(min(period.first for period in periods), max(period.last for period in periods))


def _sentences(text: str, blocks: Sequence[Block], roles: dict[int, Role]) -> Iterator[Sentence]:
    joined = join_cut_blocks(text, blocks, frozenset(roles))
    inside = {number for start, end in joined.items() for number in range(start + 1, end + 1)}
    items = _unmarked_items(text, blocks)
    leads = _Leads()
    for number, block in enumerate(blocks):
        if number in inside or block.form is Form.RULE:
            continue
        end = _end_of_chain(blocks, joined, number)
        role = roles.get(number) or items.get(number) or _FORM_ROLES[block.form]
        spans = _quotable(text, block, role, end)
        lead = leads.for_block(text, block, role)
        for at, span in enumerate(spans):
            yield Sentence(*span, role, lead if at == 0 or role is Role.COPIES else None)
        if spans:
            leads.note(text, block, role, spans)


def _unmarked_items(text: str, blocks: Sequence[Block]) -> dict[int, Role]:
    """Indented paragraphs after a colon: list items whose bullets were drawn and are no text."""
    items: dict[int, Role] = {}
    for number, block in enumerate(blocks[1:], start=1):
        introduced = number - 1 in items or text[blocks[number - 1].end - 1] == ":"
        if block.form is Form.PARAGRAPH and block.indent > 0 and introduced:
            items[number] = Role.ITEM
    return items


def _end_of_chain(blocks: Sequence[Block], joined: dict[int, int], number: int) -> int:
    while number in joined:
        number = joined[number]
    return blocks[number].end


def _quotable(text: str, block: Block, role: Role, end: int) -> list[_Span]:
    """The spans of a block that can be quoted: sentences of prose, lines of copies, else the whole."""
    if role in (Role.PROSE, Role.ITEM, Role.FOOTNOTE):
        return split_sentences(text, block.start, end)
    if role is Role.COPIES:
        start = copies_start(text, block)
        return [(max(first, start), last) for first, last in block.lines if max(first, start) < last]
    if role is Role.CAPTION:
        return [block.lines[0]]  # the second line repeats the first
    return [(block.start, block.end)]


class _Leads:
    """What introduces the list items and table rows that come next."""

    def __init__(self) -> None:
        self._columns: _Span | None = None
        self._open: list[tuple[int, _Span]] = []  # (indentation, sentence that ends with a colon)

    def for_block(self, text: str, block: Block, role: Role) -> _Span | None:
        if role is Role.ROW:
            return self._columns
        if role is not Role.ITEM:
            return None
        depth = _depth(text, block)
        self._open = [entry for entry in self._open if entry[0] < depth]
        return self._open[-1][1] if self._open else None

    def note(self, text: str, block: Block, role: Role, spans: Sequence[_Span]) -> None:
        if role is Role.COLUMNS:
            self._columns = spans[0]
        elif role not in (Role.ITEM, Role.ROW, Role.FOOTNOTE):
            self._columns, self._open = None, []
        if role in (Role.PROSE, Role.ITEM) and text[spans[-1][1] - 1] == ":":
            self._open.append((_depth(text, block) if role is Role.ITEM else -1, spans[-1]))


def _depth(text: str, block: Block) -> int:
    """How deep an item is nested: its indentation; one that goes on a sentence in small letters is deeper."""
    return 2 * block.indent + text[block.start].islower()
