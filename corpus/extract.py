"""What a reader got out of one file, before anything is said about what it means."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Page
from corpus.file_kind import FileKind
from corpus.proposals import Proposal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a file that are not in its text, and why: "running head", "navigation", "attachment"."""

    page: int | None  # 1-based; None in a file without pages
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """A page that gave no text, and why."""

    page: int  # 1-based
    reason: str


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one file, and what else the file says.

    `text` holds a letter or digit. Headings, list items and tables in it are marked as in Markdown (`#`, `-`,
    `| a | b |`), which is what `corpus.blocks` reads. `pages` tile it; a file without pages has none.
    `stated` is what the file says about itself: its properties, its header.
    """

    kind: FileKind
    text: str
    pages: tuple[Page, ...] = ()
    stated: tuple[Proposal, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    empty_pages: tuple[EmptyPage, ...] = ()
    recognised: tuple[int, ...] = ()  # the pages whose text was recognised in a picture, 1-based
    tables: int = 0
