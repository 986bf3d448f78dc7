"""The parts of a letter: letterhead, date, addressee, salutation, signature, copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block, Form
from corpus.document import Role
from corpus.period import find_periods

_SALUTATION = re.compile(r"dear\s+\S.{0,60}$", re.IGNORECASE)
_VALEDICTION = re.compile(
    r"yours\s+(?:sincerely|faithfully|truly)|(?:kind|best|with)\s+regards", re.IGNORECASE
)
_COPIES = re.compile(r"(?:cc|copied to|copies to|copy to)\b\W*", re.IGNORECASE)
_BYLINE = re.compile(r"(?:author|written by|by|signed|signed by)\s*:?\s+\S", re.IGNORECASE)
_LONGEST_LINE = 70  # of an address or a signature; prose lines are longer
_LONGEST_DATE_LINE = 40  # "Wednesday, November 19, 2014" has 28 characters
_LONGEST_HEAD = 2000  # characters before the salutation; a letter quoted in a report starts later
_LONGEST_SIGNATURE = 300  # of one block; a description of a handwritten signature has 145
_ANNEX = re.compile(r"(?:appendix|annex)\b", re.IGNORECASE)


def letter_roles(text: str, blocks: Sequence[Block], author: str | None) -> dict[int, Role]:
    """What each block of a letter's head and foot is, by block number; body blocks are left out.

    In a text that is no letter only bylines are found: short blocks that name the author.
    """
    roles = {n: Role.SIGNATURE for n, block in enumerate(blocks) if _is_byline(text, block, author)}
    salutation = _first(text, blocks, _SALUTATION, start=0)
    if salutation is None or blocks[salutation].start > _LONGEST_HEAD:
        return roles
    roles |= _head(text, blocks, salutation) | {salutation: Role.SALUTATION}
    valediction = _first(text, blocks, _VALEDICTION, start=salutation + 1)
    if valediction is not None:
        roles |= _foot(text, blocks, valediction)
        senders = {_first_line(text, blocks[n]) for n, role in roles.items() if role is Role.SIGNATURE}
        for number in range(salutation):  # the sender's name may stand above the salutation too
            if _first_line(text, blocks[number]) in senders:
                roles[number] = Role.SIGNATURE
    return roles


def _head(text: str, blocks: Sequence[Block], salutation: int) -> dict[int, Role]:
    """Everything before the salutation: the sender's address, the date, the addressee."""
    roles: dict[int, Role] = {}
    dated = next((n for n in range(salutation) if _starts_with_date(text, blocks[n])), None)
    for number in range(salutation):
        if number == dated:
            roles[number] = Role.DATE
        elif _is_short_lines(blocks[number]):
            after_date = number > dated if dated is not None else number == salutation - 1
            roles[number] = Role.ADDRESSEE if after_date else Role.LETTERHEAD
    return roles


def _foot(text: str, blocks: Sequence[Block], valediction: int) -> dict[int, Role]:
    """What follows the valediction: the signature, then the copies, up to a heading, annex or long text."""
    roles: dict[int, Role] = {}
    role = Role.SIGNATURE
    for number in range(valediction, len(blocks)):
        block = blocks[number]
        if _COPIES.match(text, block.start, block.end):
            role = Role.COPIES
        elif block.form is Form.FOOTNOTE:
            continue
        elif _ends_foot(text, block, role):
            break
        roles[number] = role
    roles[valediction] = Role.SALUTATION
    return roles


def _ends_foot(text: str, block: Block, role: Role) -> bool:
    if block.form is Form.HEADING or _ANNEX.match(text, block.start, block.end):
        return True
    too_long = block.end - block.start > _LONGEST_SIGNATURE
    return role is Role.SIGNATURE and (block.form is not Form.PARAGRAPH or too_long)


def copies_start(text: str, block: Block) -> int:
    """Where the names start in a block of copies: after "cc"."""
    match = _COPIES.match(text, block.start, block.end)
    return match.end() if match else block.start


def _first(text: str, blocks: Sequence[Block], pattern: re.Pattern[str], *, start: int) -> int | None:
    for number in range(start, len(blocks)):
        block = blocks[number]
        if len(block.lines) == 1 and pattern.match(text, block.start, block.end):
            return number
    return None


def _first_line(text: str, block: Block) -> str:
    start, end = block.lines[0]
    return text[start:end].strip().casefold()


def _is_short_lines(block: Block) -> bool:
    return block.form is Form.PARAGRAPH and all(end - start <= _LONGEST_LINE for start, end in block.lines)


def _starts_with_date(text: str, block: Block) -> bool:
    line = text[block.lines[0][0] : block.lines[0][1]]
    mentions = find_periods(line) if len(line) <= _LONGEST_DATE_LINE else []
    return len(mentions) == 1 and mentions[0].period.first == mentions[0].period.last


def _is_byline(text: str, block: Block, author: str | None) -> bool:
    """Whether a short block names the author: "Author: ...", "By ...", or the name that is known."""
    if not _is_short_lines(block) or len(block.lines) > 3:
        return False
    first = text[block.lines[0][0] : block.lines[0][1]]
    if _BYLINE.match(first) and len(first.split()) <= 8 and first.rstrip()[-1:] not in ".:":
        return "email" not in first.casefold()
    return author is not None and first.strip().casefold() in (author.casefold(), _surname_first(author))


def _surname_first(author: str) -> str:
    """The author's name without what follows a comma (a title): "Matt Reed, Her Majesty's Inspector"."""
    return author.split(",")[0].strip().casefold()
