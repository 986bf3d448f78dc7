"""The time of a session that is being run: how long each block has been on the screen, without pauses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

NO_BLOCK = -1  # the page before the first block, and the one after the last


@dataclass(frozen=True, slots=True)
class Clock:
    """`spent` are seconds by block; the block on the screen counts from `since`, unless that is None.

    While it is paused, `since` is None.
    """

    block: int = NO_BLOCK
    since: datetime | None = None
    spent: tuple[tuple[int, float], ...] = ()

    @property
    def is_paused(self) -> bool:
        """Whether no time runs."""
        return self.since is None

    def moved(self, block: int, now: datetime) -> Clock:
        """The clock when another block comes on the screen."""
        if block == self.block:
            return self
        since = None if self.since is None else now
        return Clock(block, since, tuple(self._counted(now).items()))

    def paused(self, now: datetime) -> Clock:
        """The clock when it is stopped."""
        return replace(self, since=None, spent=tuple(self._counted(now).items()))

    def resumed(self, now: datetime) -> Clock:
        """The clock when it goes on; what runs already goes on running."""
        return self if self.since else replace(self, since=now)

    def in_block(self, now: datetime) -> float:
        """The seconds that the block on the screen has taken."""
        return self._counted(now).get(self.block, 0.0)

    def in_session(self, now: datetime) -> float:
        """The seconds that the whole session has taken."""
        return sum(self._counted(now).values())

    def _counted(self, now: datetime) -> dict[int, float]:
        spent = dict(self.spent)
        if self.since is not None:
            running = max(0.0, (now - self.since).total_seconds())
            spent[self.block] = spent.get(self.block, 0.0) + running
        return spent
