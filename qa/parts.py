"""A question that asks several things, taken apart: "When was it published, and who wrote it?"."""

from __future__ import annotations

import re

from qa.question import content_terms

_ASKING = r"who|whose|whom|when|where|why|what|which|how"
# Where another question starts: after a question mark, or at "and" before a question word.
_BOUNDARY = re.compile(rf"\?\s+(?=\w)|,?\s+and\s+(?=(?:{_ASKING})\b)", re.IGNORECASE)
_STARTS_ASKING = re.compile(
    rf"(?:^|\s)(?:{_ASKING}|did|do|does|is|are|was|were|has|have|had|can)\b", re.IGNORECASE
)
_MOST_PARTS = 3
_FEWEST_TERMS = 2  # of the first part; "What good and what bad did the letter say?" is one question


def split_question(asked: str) -> tuple[str, ...]:
    """The questions that a question is made of, in order; itself alone where it cannot be taken apart.

    A part must ask on its own ("in what year and at what age" stays whole: what stands before "and"
    asks nothing yet).
    """
    parts = [part.strip(" ,") for part in _BOUNDARY.split(asked)]
    whole = (asked,)
    if not 1 < len(parts) <= _MOST_PARTS:
        return whole
    if not all(_STARTS_ASKING.search(part) and content_terms(part) for part in parts):
        return whole
    if len(content_terms(parts[0])) < _FEWEST_TERMS:
        return whole
    return tuple(part if part.endswith("?") else f"{part}?" for part in parts)
