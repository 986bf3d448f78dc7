"""Kills `inspection-qa index` at random moments, as with kill -9, and looks at what is left each time.

python -m tests.index.kill_many TIMES [SEED]

Between two kills documents come, change and go. After each the index must be, byte for byte, the one before
or the new one, with every document of it; the next indexing starts from what was left. Now and then a
question is asked. Ends with status 1, naming the kill, where anything is lost.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from corpus.read import state_of
from index.minilm import load_encoder
from index.store import open_index
from qa.assistant import index_folder
from tests.corpus.pdf_builder import pdf

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-m", "ui.cli"]
_STAGES = (
    "start",
    "reading",
    "splitting",
    "encoding passages",
    "encoding sentences",
    "encoding words",
    "writing",
)
_ASKED_EVERY = 20
_COUNCILS = "Ashby Barlow Cresswell Dinton Elmsley Farnham Garth Hexley".split()


class Killing:
    """A folder of documents and its index, of which is known what may be in it."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self.documents, self.data = place / "documents", place / "data"
        self._chance = chance
        self._encoder = load_encoder(None)
        self._known: dict[str, tuple[str, ...]] = {}  # the documents of each state of the folder
        self.kept: Counter[str] = Counter()
        self.documents.mkdir()

    def change(self) -> None:
        """Let documents come, change and go; three to eight stay."""
        names = sorted(self.documents.iterdir())
        if len(names) > 8 or (len(names) > 3 and self._chance.random() < 0.3):
            self._chance.choice(names).unlink()
        for _ in range(self._chance.randint(1, 2)):
            council = self._chance.choice(_COUNCILS)
            plan = self._chance.randint(1, 999)
            lines = [
                f"{council} council met on {day} May 2016 and agreed plan {plan}." for day in range(1, 12)
            ]
            if self._chance.random() < 0.5:
                (self.documents / f"{council}.pdf").write_bytes(pdf(lines, lines[::-1]))
            else:
                (self.documents / f"{council}.txt").write_text("\n\n".join(lines))
        found = sorted(path.name for path in self.documents.iterdir())
        self._known[state_of(self.documents)] = tuple(found)

    def index(self) -> subprocess.Popen[str]:
        """The command, started."""
        return subprocess.Popen(
            [*_COMMAND, "index", str(self.documents), "--data", str(self.data)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )

    def kill(self, longest: float) -> str:
        """Start indexing and kill it: a moment after some stage begins, or any time after the start."""
        stage = self._chance.choice(_STAGES)
        process = self.index()
        assert process.stderr is not None
        if stage == "start":
            time.sleep(self._chance.uniform(0, longest))
        else:
            next((line for line in process.stderr if line.startswith(stage)), None)
            time.sleep(self._chance.expovariate(1 / 0.03))
        ended = process.poll()
        process.kill()
        process.communicate()
        return "it had ended" if ended is not None else f"killed in '{stage}'"

    def check(self) -> None:
        """Raise unless the index is whole and holds all documents of a state that the folder has had."""
        with open_index(index_folder(self.documents, self.data), self._encoder) as index:
            index.verify()
            expected = self._known[index.state]
            assert index.document_ids() == expected, f"{index.document_ids()} instead of {expected}"
            for name in expected:
                document = index.document(name)
                assert document.text.strip()
                assert len(index.rows_of([name])) == 1
            found = index.dense(self._encoder.encode_queries(["a plan was agreed"])[0], 1000)
            assert len(found) == len(index) > 0
            self.kept["new" if index.state == state_of(self.documents) else "old"] += 1

    def ask(self) -> None:
        """Raise unless the program starts and answers."""
        question = [*_COMMAND, "ask", "Who agreed a plan?", "--json", "--documents", str(self.documents)]
        done = subprocess.run([*question, "--data", str(self.data)], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["passages"]
        self.check()


def main() -> int:
    times, seed = int(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        killing = Killing(Path(place), random.Random(seed))
        killing.change()
        assert killing.index().wait() == 0
        killing.check()
        killing.change()
        started = time.monotonic()
        assert killing.index().wait() == 0
        longest = 1.2 * (time.monotonic() - started)
        killing.kept.clear()
        moments: Counter[str] = Counter()
        for number in range(1, times + 1):
            killing.change()
            moments[killing.kill(longest)] += 1
            try:
                killing.check()
                if number % _ASKED_EVERY == 0:
                    killing.ask()
            except Exception as exc:
                print(f"kill {number} of seed {seed}: {type(exc).__name__}: {exc}", flush=True)
                return 1
    print(f"{times} kills with seed {seed} in {(time.monotonic() - began) / 60:.1f} minutes")
    print("left:", ", ".join(f"the {which} index {count} times" for which, count in killing.kept.items()))
    for moment, count in sorted(moments.items()):
        print(f"{count:6d}  {moment}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
