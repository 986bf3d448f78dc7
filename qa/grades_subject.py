"""What a clause speaks of: the words before its verb, as written."""

from __future__ import annotations

import re

_CLAUSES = re.compile(
    r"[;:]\s|,? (?:while|whilst|but|although|whereas|when|where|which|who|because)\s"
    r"|\bthat (?=[A-Z\"“‘']|(?:the|these|those|its|their)\s)|,? and (?=\w+ (?:was|were)\b)"
)
_VERB = re.compile(
    r",?\s(?:was|were|is|are|has|have|had|been|be|being|did|does|do|will|would|managed|maintained|remain\w*"
    r"|continu\w+|achiev\w+|receiv\w+|got|gets|went|fell|rose|declined|improved|moved|hit|stayed|kept|showed"
    r"|delivered|judged|rated|graded|identified|suffered)\b"
)
_PRONOUN = re.compile(
    r"(?:^|\s)(?:it|they|this|these|that|those|he|she|we|you|its|which|who|all|both)$", re.IGNORECASE
)
_OPENING = re.compile(
    r"^\s*(?:(?:Overall|However|Conversely|In addition|Also|Again|Now|Today|Then|Similarly)\b,?\s*"
    r"|(?:In|By|Since|From|During|Until|At|After|Before|Between|Over|Under|Following)\s[^,]{2,60},\s*"
    r"|(?:At|In|On|During|After) (?:this|that|the (?:same|latest|last|previous|next)) (?:\w+ )?"
    r"(?:inspection|visit|review|assessment|audit|time|occasion)s?,?\s+"
    r"|(?:In|By|Since|During) (?:[A-Z][a-z]+ )?(?:\d{4}|(?:the|that) (?:same |following )?year)\s+)+"
)
_ASIDE = re.compile(r"\s[–—-]\s[^–—]*\s[–—-](?=\s)|\s\([^)]*\)")


def subject_of(words: str, at: int) -> str:
    """What the clause with the offset `at` speaks of, as written; empty where only a pronoun does."""
    starts = [0, *(match.end() for match in _CLAUSES.finditer(words) if match.end() <= at)]
    for start in reversed(starts):
        subject = _subject(words[start:at])
        if subject:
            return subject
        if subject is None:
            continue
    return ""


def _subject(clause: str) -> str | None:
    """The words before the first verb; None where they are a pronoun or nothing."""
    clause = _OPENING.sub("", _ASIDE.sub("", clause))
    verb = _VERB.search(" " + clause)
    subject = clause[: max(0, verb.start() - 1) if verb else len(clause)].strip(" ,“”\"'‘’*_|")
    if not subject or _PRONOUN.search(subject) or not re.search(r"[A-Za-z]{3}", subject):
        return None
    return trimmed(subject)


def trimmed(area: str) -> str:
    """A name without what stands around it: marks, quotation marks, broken lines."""
    return " ".join(area.split()).strip(" ,“”\"'‘*_|")


def clause_start(words: str, at: int) -> int:
    """Where the clause with an offset begins."""
    return max((match.end() for match in _CLAUSES.finditer(words) if match.end() <= at), default=0)
