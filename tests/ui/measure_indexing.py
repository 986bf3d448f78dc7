"""How long a question takes while documents are indexed, against without (run it as a module).

Starts the program as people do, over the bundled documents, asks one question after the other, adds
documents through the page while it goes on asking, and says when the first new document answered.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

QUESTIONS = (
    "What was the overall judgement?",
    "How good are children's plans?",
    "What did the inspectors say about management oversight?",
    "Are children protected?",
)
NEW = "Which lantern stands at the Northby crossing?"
WORDS = (
    "The team at the {place} office reviewed {number} plans in the year and found that {share} per cent of "
    "them named who would do what by when. Managers at {place} said that workers met children more often "
    "than before. The review asked for a further visit to {place} within {months} months.\n\n"
)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--paragraphs", type=int, default=60, help="of each file")
    parser.add_argument("--seconds", type=float, default=30.0, help="of asking before anything is added")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as address:
        client = httpx.Client(base_url=address, timeout=300, headers={"host": address.split("//")[1]})
        _ask(client, 0)
        before = _asking(client, time.monotonic() + options.seconds)
        _say("without indexing", before)
        during, lasted, opened = _while_indexing(client, options.files, options.paragraphs)
        _say("while indexing", during)
        print(f"indexing of {options.files} files took {lasted:.1f} s; the first new document answered "
              f"{opened:.1f} s after its end")  # fmt: skip


def _while_indexing(client: httpx.Client, files: int, paragraphs: int) -> tuple[list[float], float, float]:
    sent = [("files", (f"note-{one}.txt", _text(one, paragraphs).encode())) for one in range(files)]
    batch = client.post("/documents/send", files=sent).headers["location"]
    while client.get(f"{batch}/state").json()["reading"]:
        time.sleep(0.2)
    numbers = [str(number) for number in range(1, files + 1)]
    began = time.monotonic()
    client.post(f"{batch}/add", data={"chosen": numbers})
    took: list[float] = []
    done = threading.Event()

    def ask_on() -> None:
        own = httpx.Client(base_url=client.base_url, timeout=300, headers=dict(client.headers))
        while not done.is_set():
            took.append(_ask(own, len(took)))

    asking = threading.Thread(target=ask_on)
    asking.start()
    while (state := client.get("/documents/state").json())["step"] != "Opening the new index":
        if state["phase"] != "running":
            break
        time.sleep(0.1)
    ended = time.monotonic()
    done.set()
    asking.join()
    while "Northby crossing is the green one" not in client.get("/plain", params={"q": NEW}).text:
        time.sleep(0.2)
    return took, ended - began, time.monotonic() - ended


def _asking(client: httpx.Client, until: float) -> list[float]:
    took: list[float] = []
    while time.monotonic() < until:
        took.append(_ask(client, len(took)))
    return took


def _ask(client: httpx.Client, number: int) -> float:
    started = time.perf_counter()
    # A number makes each question another one, whatever may be remembered.
    question = f"{QUESTIONS[number % len(QUESTIONS)]} ({number})"
    client.get("/plain", params={"q": question}).raise_for_status()
    return time.perf_counter() - started


def _say(what: str, took: list[float]) -> None:
    ordered = sorted(took)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
    print(f"{what}: {len(ordered)} questions, p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms, "
          f"longest {1000 * ordered[-1]:.0f} ms", flush=True)  # fmt: skip


def _text(number: int, paragraphs: int) -> str:
    lantern = "The lantern at the Northby crossing is the green one.\n\n" if number == 0 else ""
    said = (
        WORDS.format(
            place=f"Office {number}-{one}", number=number + one, share=one % 100, months=one % 12 + 1
        )
        for one in range(paragraphs)
    )
    return f"Note {number}\n\n{lantern}{''.join(said)}"


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            line = (server.stdout.readline() if server.stdout else "") or ""
            found = re.search(r"http://\S+", line)
            if found is None:
                raise SystemExit("The server did not start.")
            yield found[0]
        finally:
            with suppress(ProcessLookupError):
                server.terminate()


if __name__ == "__main__":
    main()
