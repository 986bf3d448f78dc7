"""The same documents and the same question give the same ranking, whatever the hash seed of Python is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from conftest import document_of, split_paragraphs
from index.build import build_index
from index.store import open_index
from tests.fakes import HashedWords

def ignore(step): pass

folder, encoder = Path(sys.argv[1]), HashedWords()
words = "inspectors referred cases back records were poor board met twice".split()
documents = [
    document_of(f"{n}.txt", *[" ".join(words[m:] + words[:n % 4]) for m in range(9)]) for n in range(9)
]
build_index(documents, (), "s", folder, encoder, progress=ignore, split=split_paragraphs, chunking="p")
with open_index(folder, encoder, chunking="p") as index:
    print(index.dense(encoder.encode_queries(["cases referred back"])[0], 30))
    print(index.lexical({term: 1.0 for term in {"case", "refer", "back", "record", "twice"}}, 30))
"""


def test_rankings_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    here = Path(__file__).parent
    printed = set()
    for seed in ("1", "2", "3"):
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / seed), str(here), str(here.parents[1])]
        done = subprocess.run(
            command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        printed.add(done.stdout)

    assert len(printed) == 1
    assert printed.pop().count("(") == 60
