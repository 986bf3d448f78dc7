"""The title of a document, from what it says, its properties or its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from corpus.blocks import Block, Form
from corpus.document import Role, Sentence
from corpus.first_lines import first_blocks, in_role, words_of

_LABEL = re.compile(r"(?:subject|re|title(?: of report)?|report title)\s*:\s*", re.IGNORECASE)
_LONGEST = 200  # characters; "Advice note provided on ..., Secretary of State for Education" has 134
_LONGEST_WORDS = 28
_BEGINNING = 3000  # characters in which a document bears its title
# What a sentence has and a title seldom: a verb in the present or past of the commonest kinds.
_VERB = re.compile(
    r"\b(?:i|we|you|is|are|was|were|am|has|have|had|will|would|write|writing|thank|please)\b", re.IGNORECASE
)
_ADDRESSES_SOMEBODY = re.compile(r"\b(?:i|we|you|thank|please)\b", re.IGNORECASE)
# Headings that every document may have; none says what it is about.
_GENERAL = frozenset(
    "agenda|background|contents|executive summary|foreword|introduction|key findings|overview|purpose|"
    "purpose of report|purpose of the report|recommendations|report|summary|table of contents|preface|"
    "conclusion|conclusions|findings|main findings|next steps|notes|appendix|annex|letter|memo|memorandum|"
    "official|official sensitive|confidential|private and confidential|draft|minutes".split("|")
)
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[ivx]{1,4}\.)\s+", re.IGNORECASE)
# What programs put into the properties of a file: its name, or that nobody gave it one.
_NOT_A_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled\b.*|(?:document|presentation|book|doc)\s*\d*|"
    r"word document|print|template|normal|.*\.(?:docx?|pdf|indd|qxd|rtf|odt|xlsx?|pptx?))$",
    re.IGNORECASE,
)
_MEANT = ("title of the document", "main heading", "header of the e-mail")
_FILE_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[-_ ]*")


def proposed_title(
    text: str, sentences: Sequence[Sentence], stated: tuple[str, str] | None
) -> tuple[str, str] | None:
    """The title and where it stands; None where the document does not say one."""
    if stated is not None and (_NOT_A_TITLE.match(stated[0]) or _is_general(stated[0])):
        stated = None
    if stated is not None and (stated[1] in _MEANT or _stands_in(stated[0], text)):
        return stated
    blocks = first_blocks(text)
    return (
        _subject_of_letter(text, sentences, blocks)
        or _labelled(text, blocks)
        or _first_heading(text, sentences)
        or stated
    )


def title_from_name(name: str) -> tuple[str, str]:
    """The name of the file without its date and ending."""
    stem = PurePosixPath(name).stem
    plain = " ".join(_FILE_DATE.sub("", stem).replace("-", " ").replace("_", " ").split())
    return plain or stem, "file name"


def _stands_in(title: str, text: str) -> bool:
    """Whether the document has these words near its beginning; one word alone stands in many places."""
    words = _plain(title)
    return " " in words and f" {words} " in f" {_plain(text[:_BEGINNING])} "


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _is_general(title: str) -> bool:
    return _NUMBER.sub("", title.strip(" :*_")).casefold() in _GENERAL


def _subject_of_letter(
    text: str, sentences: Sequence[Sentence], blocks: Sequence[Block]
) -> tuple[str, str] | None:
    """The line below "Dear ...", where it is one that names the subject."""
    greeting = next((one for one in sentences if one.role is Role.SALUTATION), None)
    if greeting is None:
        return None
    below = next((one for one in blocks if one.start > greeting.start), None)
    if below is None or below.form not in (Form.PARAGRAPH, Form.HEADING):
        return None
    words = words_of(text, below)
    reads_like_one = len(words) <= _LONGEST and len(words.split()) <= _LONGEST_WORDS and words[:1].isupper()
    if not reads_like_one or words[-1] in ",:;" or _VERB.search(words) or _is_general(words):
        return None
    return _LABEL.sub("", words).removesuffix("."), "subject of the letter"


def _labelled(text: str, blocks: Sequence[Block]) -> tuple[str, str] | None:
    """What stands behind "Subject:" or the like, or in the block below it."""
    for number, block in enumerate(blocks):
        words = words_of(text, block)
        match = _LABEL.match(words)
        if match is None or block.form is Form.ROW:
            continue
        after = words[match.end() :] or (
            words_of(text, blocks[number + 1]) if number + 1 < len(blocks) else ""
        )
        if after and len(after) <= _LONGEST:
            return after.removesuffix("."), f"line “{words[: match.end()].strip(' :')}”"
    return None


def _first_heading(text: str, sentences: Sequence[Sentence]) -> tuple[str, str] | None:
    for lines in in_role(text, sentences[:12], Role.HEADING):
        words = " ".join(" ".join(lines).split())
        if not _is_general(words) and not _ADDRESSES_SOMEBODY.search(words):
            return words, "first heading"
    return None
