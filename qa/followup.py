"""Which earlier questions a question leans on: "And in 2016?", "Who wrote it?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.question import content_terms

_CARRIED = 2  # earlier questions; one or none found less over both question sets (docs/answers.md)
_OPENING = re.compile(
    r"^\s*(?:and|but|so|or|what about|how about|same for|any(?:thing)? else)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|that|this|these|those|there|then|such"
    r"|the (?:same|later|latter|earlier|former|other)(?: one)?|one|ones)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+")  # a capital inside a sentence
_FEWEST_TERMS = 3  # a shorter question rarely says by itself what it is about


def carried_questions(asked: str, history: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions to be searched together with `asked`, oldest first; none when it stands alone."""
    if not history or not leans_on_history(asked):
        return ()
    return tuple(history[-_CARRIED:])


def leans_on_history(asked: str) -> bool:
    """Whether the question opens or points like a follow-up, or is short and names nothing."""
    if _OPENING.search(asked) or _POINTING.search(asked):
        return True
    return len(content_terms(asked)) < _FEWEST_TERMS and not _NAME.search(asked)
