"""The text of an answer taken apart: paragraphs of words, and the citations that the words rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer, Citation, Status

MARKER = re.compile(r"\[(\d{1,4})\]")
JUST_MARKERS = re.compile(r"[\s.,;]*")
BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """Some words of an answer and the numbers of the citations that follow them, maybe none."""

    words: str
    cited: tuple[int, ...]


def paragraphs(answer: Answer) -> tuple[tuple[Statement, ...], ...]:
    """The answer's paragraphs, each in statements; quotations are in one line, whatever cut them."""
    texts = BLANK_LINE.split(_with_quotations_folded(answer))
    return tuple(_statements(text, answer.citations) for text in texts if text.strip())


def remarks(answer: Answer) -> tuple[str, ...]:
    """What has to be known with an answer, each in one plain sentence."""
    said = []
    if answer.status is Status.PARTIAL:
        missing = ", ".join(answer.missing)
        not_found = f" Not found: {missing}." if missing else ""
        said.append(f"The documents answer a part of the question.{not_found}")
    if answer.disagreeing:
        said.append(f"The documents differ on this: compare {_dated(answer)}.")
    return tuple(said)


def searched_instead(answer: Answer) -> tuple[str, ...]:
    """What was searched for other than what was written, each in one plain sentence."""
    said = [f"Searched for “{one.read}” in place of “{one.written}”." for one in answer.corrections]
    if answer.also_searched:
        said.append(f"Also searched for: {', '.join(answer.also_searched)}.")
    return tuple(said)


def _dated(answer: Answer) -> str:
    """The citations that differ, with their years: "[1] (2014) and [3] (2016)"."""
    years = {citation.number: citation.published for citation in answer.citations}
    named = [
        f"[{number}]" + (f" ({published.year})" if (published := years.get(number)) else "")
        for number in answer.disagreeing
    ]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _statements(text: str, citations: Sequence[Citation]) -> tuple[Statement, ...]:
    """A "[2]" inside a quotation is a word of the document and no citation."""
    quoted = _quoted_spans(text, citations)
    known = {citation.number for citation in citations}
    found: list[Statement] = []
    begin = 0
    for marker in MARKER.finditer(text):
        number = int(marker[1])
        if number not in known or any(start < marker.end() and marker.start() < end for start, end in quoted):
            continue
        words = text[begin : marker.start()]
        if found and JUST_MARKERS.fullmatch(words):
            found[-1] = Statement(found[-1].words + words.rstrip(), (*found[-1].cited, number))
        else:
            found.append(Statement(words.rstrip(), (number,)))
        begin = marker.end()
    rest = text[begin:].rstrip()
    return tuple(found) if not rest else (*found, Statement(rest, ()))


def _with_quotations_folded(answer: Answer) -> str:
    text = answer.text
    for citation in answer.citations:
        text = _words_of(citation).sub(lambda found: " ".join(found.group().split()), text)
    return text


def _quoted_spans(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Where the quotations stand in an answer, whose line breaks may have been folded."""
    return [found.span() for citation in citations for found in _words_of(citation).finditer(text)]


def _words_of(citation: Citation) -> re.Pattern[str]:
    """Finds the quotation however its lines are broken; a quotation without words is found nowhere."""
    words = r"\s+".join(re.escape(word) for word in citation.quote.split())
    return re.compile(words or r"(?!)")
