"""The process that draws pages: started when the first page is wanted, replaced when it fails."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ui.page_view_drawing import PICTURES, Leaf

PATIENCE = 10.0  # seconds for one page; an ordinary one takes less than 0.2
AGAIN_AFTER = 300.0  # seconds; a page that took too long would hold up the others each time it is asked for
KEPT_BYTES = 32_000_000  # of pictures and characters that are kept for the next request
PER_CHARACTER = 160  # bytes that one character with its box takes, about
REASONS = {
    "missing": "its file is not where it was",
    "changed": "its file has changed since the text was read; bring the index up to date",
    "locked": "its file is protected with a password",
    "unreadable": "its file cannot be opened as a PDF",
    "no_page": "its file has no such page",
    "broken_page": "this page of the file is broken",
    "too_slow": f"drawing it took longer than {PATIENCE:.0f} seconds",
    "died": "the program that draws pages ended on it",
    "busy": "many pages are being drawn just now; load this page again in a minute",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which page of which file is wanted, and how wide: `sha256` is of the file that the text is from."""

    path: Path
    sha256: str
    page: int  # 1-based
    width: int  # pixels


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """A page that could not be drawn, and why, as it goes on after "because"."""

    reason: str


class PageDrawer:
    """Draws pages, one after the other; safe to use from several threads."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._kept: OrderedDict[tuple[str, int, int], Leaf] = OrderedDict()
        self._failures: dict[tuple[str, int], tuple[float, NotDrawn]] = {}
        atexit.register(self.close)

    def draw(self, sheet: Sheet) -> Leaf | NotDrawn:
        """The page, or why there is none; what was drawn lately is not drawn again."""
        if not self._lock.acquire(timeout=2 * self._patience):
            return NotDrawn(REASONS["busy"])
        try:
            return self._failed_lately(sheet) or self._known(sheet) or self._draw(sheet)
        finally:
            self._lock.release()

    def close(self) -> None:
        """Ends the process; the next page starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()

    def _failed_lately(self, sheet: Sheet) -> NotDrawn | None:
        """Why there is no picture of a page that took too long or ended the process a short while ago."""
        when, failure = self._failures.get((sheet.sha256, sheet.page), (-AGAIN_AFTER, None))
        return failure if time.monotonic() - when < AGAIN_AFTER else None

    def _known(self, sheet: Sheet) -> Leaf | None:
        key = (sheet.sha256, sheet.page, sheet.width)
        leaf = self._kept.get(key)
        if leaf is not None:
            self._kept.move_to_end(key)
        return leaf

    def _keep(self, sheet: Sheet, leaf: Leaf) -> None:
        self._kept[(sheet.sha256, sheet.page, sheet.width)] = leaf
        while len(self._kept) > 1 and sum(map(_bytes, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)

    def _draw(self, sheet: Sheet) -> Leaf | NotDrawn:
        asked = {"path": str(sheet.path), "sha256": sheet.sha256, "page": sheet.page, "width": sheet.width}
        process = self._running()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._patience, end)
        timer.start()
        try:
            answer = _exchange(process, asked)
        except (OSError, ValueError, KeyError, TypeError):  # it ended, or said what makes no sense
            self.close()
            failure = NotDrawn(REASONS["too_slow" if late.is_set() else "died"])
            self._failures[(sheet.sha256, sheet.page)] = time.monotonic(), failure
            return failure
        finally:
            timer.cancel()
        if isinstance(answer, Leaf):
            self._keep(sheet, answer)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        root = str(Path(__file__).parents[1])  # so that it runs this code, wherever it was started
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ui.page_view_drawing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
        )
        return self._process


def _exchange(process: subprocess.Popen[bytes], asked: dict[str, object]) -> Leaf | NotDrawn:
    """One request and its answer. Raises OSError, ValueError, KeyError and TypeError where none comes."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process was started without pipes")
    process.stdin.write(json.dumps(asked).encode() + b"\n")
    process.stdin.flush()
    said = json.loads(process.stdout.readline())
    if "reason" in said:
        return NotDrawn(REASONS[said["reason"]])
    size = said.pop("bytes")
    picture = process.stdout.read(size)
    if len(picture) != size or said["kind"] not in PICTURES:
        raise ValueError("the picture is cut off, or none")
    return Leaf(picture=picture, boxes=tuple(said.pop("boxes")), **said)


def _bytes(leaf: Leaf) -> int:
    return len(leaf.picture) + PER_CHARACTER * len(leaf.text)
