"""The plan of a training session: what is shown in which order, and how long each block takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, TypeAlias

from corpus.period import Period, find_periods

LONGEST_BLOCK = 240  # minutes
MOST_BLOCKS = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time and some documents; what is empty asks nothing.

    `first` and `last` are a year, a month or a day as written: "2014", "2014-08", "26 August 2014".
    """

    first: str = ""
    last: str = ""
    documents: tuple[str, ...] = ()
    label: str = ""

    @property
    def period(self) -> Period:
        """The days from the beginning of `first` to the end of `last`."""
        begin, end = period_named(self.first), period_named(self.last)
        return Period(begin.first if begin else date.min, end.last if end else date.max)

    @property
    def words(self) -> str:
        """The time as a person says it: "2000 to 2009", "from 2014", "2020"; empty for all time."""
        if self.first and self.last:
            return self.first if self.first == self.last else f"{self.first} to {self.last}"
        return f"from {self.first}" if self.first else f"until {self.last}" if self.last else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    title: str
    minutes: int  # 1 to LONGEST_BLOCK
    notes: str = ""  # for the facilitator: in the key, never on the screen


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineBlock(_Block):
    """Dated statements in the order of their dates; `events` are kinds of event, none means all."""

    kind: ClassVar[str] = "timeline"
    within: Stretch = field(default_factory=Stretch)
    events: tuple[str, ...] = ()
    about: str = ""  # only statements that hold one of these words
    most: int = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeBlock(_Block):
    """What each inspection said of a theme; `most` statements of each."""

    kind: ClassVar[str] = "theme"
    words: str
    within: Stretch = field(default_factory=Stretch)
    most: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonBlock(_Block):
    """Two to four sides beside each other: what was said of a theme, or the grades where it is empty."""

    kind: ClassVar[str] = "comparison"
    sides: tuple[Stretch, ...]
    words: str = ""
    most: int = 3  # of each side


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBlock(_Block):
    """A question prepared beforehand; the answer is shown when it is revealed."""

    kind: ClassVar[str] = "question"
    question: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizBlock(_Block):
    """Questions made from the documents; the same seed makes the same ones."""

    kind: ClassVar[str] = "quiz"
    count: int = 5
    seed: int = 0
    kinds: tuple[str, ...] = ()  # none means all
    within: Stretch = field(default_factory=Stretch)
    about: str = ""
    pinned: tuple[str, ...] = ()  # ids of questions that come first


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionBlock(_Block):
    """The facilitator's own words, for the room to talk about."""

    kind: ClassVar[str] = "discussion"
    text: str


Block: TypeAlias = TimelineBlock | ThemeBlock | ComparisonBlock | QuestionBlock | QuizBlock | DiscussionBlock
BLOCKS: tuple[type[Block], ...] = (
    TimelineBlock,
    ThemeBlock,
    ComparisonBlock,
    QuestionBlock,
    QuizBlock,
    DiscussionBlock,
)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as it is prepared; it may still be without blocks."""

    title: str
    aim: str
    minutes: int
    blocks: tuple[Block, ...] = ()

    @property
    def planned(self) -> int:
        """The minutes that the blocks take together."""
        return sum(block.minutes for block in self.blocks)

    @property
    def balance(self) -> str:
        """How the blocks fill the time, in one plain sentence."""
        over = self.planned - self.minutes
        if over == 0:
            return f"The blocks take {self.planned} of {self.minutes} minutes."
        rest = f"{-over} minutes are free" if over < 0 else f"that is {over} minutes too many"
        return f"The blocks take {self.planned} of {self.minutes} minutes: {rest}."


def block_documents(block: Block) -> tuple[str, ...]:
    """The documents that a block names, each once; none where it takes all."""
    if isinstance(block, ComparisonBlock):
        named = [name for side in block.sides for name in side.documents]
    elif isinstance(block, TimelineBlock | ThemeBlock | QuizBlock):
        named = list(block.within.documents)
    elif isinstance(block, QuestionBlock):
        named = list(block.documents)
    else:
        named = []
    return tuple(dict.fromkeys(named))


def period_named(written: str) -> Period | None:
    """The year, month or day that was written, in figures or in words; None for anything else."""
    text = written.strip()
    month = _month(text)
    if month is not None:
        return month
    found = find_periods(text)
    return found[0].period if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def _month(written: str) -> Period | None:
    """The month that "2014-08" names."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        return None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))
