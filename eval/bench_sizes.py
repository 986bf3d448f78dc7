"""A larger folder of documents: the passages that are there, repeated with variation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from corpus.document import Passage


def write_corpus(passages: Sequence[Passage], count: int, path: Path) -> None:
    """Write `count` documents of one passage each, as corpus.jsonl.

    The k-th repetition of a passage has its sentences turned by k places and "copy k" for its title, so
    that no two texts are equal while the words are those of real documents.
    """
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            turn, which = divmod(number, len(passages))
            passage = passages[which]
            sentences = [
                passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences
            ]
            cut = turn % max(1, len(sentences))
            text = " ".join([*sentences[cut:], *sentences[:cut]]) or passage.text
            line = {"_id": f"{number:07}", "title": f"Copy {turn}", "text": text}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
