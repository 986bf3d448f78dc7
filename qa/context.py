"""What has to be read before a quotation to understand it: the sentences or the headings that it leans on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from corpus.document import Document, Role, Sentence
from qa.answer import Citation
from qa.compose import cite

_MOST = 3  # sentences before a quotation
_PROSE = frozenset({Role.PROSE, Role.ITEM})
# How a sentence begins that says something only after the one before it.
_LEANING = re.compile(
    r"[\"“'‘]?(?:(?:This|That|These|Those|It|They|He|She|We|His|Her|Their|Its|Such|Both|Neither|All of these"
    r"|However|But|And|Also|Again|Instead|Conversely|Therefore|Similarly|Nevertheless|Otherwise|Then|There"
    r"|Thereafter|Meanwhile|Furthermore|Moreover|One of (?:these|them)|The same|The (?:former|latter))\b"
    r"|(?:In addition|As a result|At th(?:is|at|e same) (?:time|point)|By then|Since (?:then|that)|Apart from"
    r"|For (?:instance|example)|In (?:this|that|the same)|While we accept this|At this|On this)\b"
    r"|(?:\w+ )?(?:days?|weeks?|months?|years?) (?:later|earlier|before|after)\b"
    r"|The (?:report|review|inquiry|inspection|visit|letter|panel|group|plan|team)\b)"
)


def context_of(document: Document, citation: Citation) -> tuple[Citation, ...]:
    """What stands before a quotation of `document` and is needed with it, in text order; mostly nothing.

    Of a table row the column headings, of a list item the sentence that introduces the list, of a
    sentence that begins with "This", "However" and the like the few sentences before it.
    """
    sentences = document.sentences
    at = bisect_left(sentences, citation.start, key=lambda one: one.start)
    if at == len(sentences) or sentences[at].start != citation.start:
        return ()
    lead = sentences[at].lead
    needed = [Sentence(*lead)] if lead else _before(document, at)
    return cite([(document, Sentence(one.start, one.end)) for one in needed], by_date=False)


def dates_its_document(document: Document, citation: Citation) -> bool:
    """Whether a quotation is the line that dates its document: it says nothing without the title."""
    at = bisect_left(document.sentences, citation.start, key=lambda one: one.end)
    return at < len(document.sentences) and document.sentences[at].role in (Role.DATE, Role.SIGNATURE)


def leans(words: str) -> bool:
    """Whether a statement begins as one that says something only after the sentence before it."""
    return _LEANING.match(words) is not None


def _before(document: Document, at: int) -> list[Sentence]:
    """The sentences that the one at index `at` leans on, within its section."""
    needed: list[Sentence] = []
    here = _section(document, document.sentences[at])
    while at > 0 and len(needed) < _MOST and leans(_words(document, document.sentences[at])):
        at -= 1
        before = document.sentences[at]
        if before.role not in _PROSE or _section(document, before) != here:
            break
        needed.insert(0, before)
    return needed


def _section(document: Document, sentence: Sentence) -> int:
    return bisect_right(document.sections, sentence.start, key=lambda one: one.start)


def _words(document: Document, sentence: Sentence) -> str:
    return document.text[sentence.start : sentence.end]
