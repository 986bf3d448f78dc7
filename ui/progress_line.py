"""Progress of long work as one line on a terminal that keeps itself up to date."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO

from index.progress import Progress


class ProgressLine:
    """Shows the stage and how far it is; a stream that is no terminal gets one line a stage."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = ""

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stage and self._stream.isatty():
            self._stream.write("\r\x1b[K")

    def __call__(self, progress: Progress) -> None:
        """Show one step."""
        if self._stream.isatty():
            self._stream.write(f"\r\x1b[K{progress.stage}: {progress.done} of {progress.total}")
        elif progress.stage != self._stage:
            self._stream.write(f"{progress.stage} ...\n")
        self._stage = progress.stage
        self._stream.flush()
