"""Words that stand for each other: abbreviations, everyday words, the trade's words.

They come from glossary.toml, which anyone may edit, and from the documents themselves, where
they say "Independent Reviewing Officer (IRO)".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from index.words import analyse
from qa.errors import BadGlossary

_NAME = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase as it is written, and its analysed terms."""

    words: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A phrase of the question and another that stands for it."""

    said: Phrase
    other: Phrase


class Glossary:
    """Groups of phrases; within a group each stands for all the others."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups = tuple(
            tuple(Phrase(words, tuple(analyse(words))) for words in group) for group in groups
        )
        self._starting: dict[str, list[tuple[int, Phrase]]] = {}
        for number, group in enumerate(self._groups):
            for phrase in group:
                self._starting.setdefault(phrase.terms[0], []).append((number, phrase))

    def alternatives(self, terms: Sequence[str]) -> tuple[Alternative, ...]:
        """What stands for phrases in `terms` (the analysed words of a text, in order).

        In the order of the text; phrases that the text uses itself are left out.
        """
        found: list[Alternative] = []
        for at, term in enumerate(terms):
            for number, phrase in self._starting.get(term, ()):
                if tuple(terms[at : at + len(phrase.terms)]) == phrase.terms:
                    others = (other for other in self._groups[number] if not _stands_in(other.terms, terms))
                    found += [Alternative(phrase, other) for other in others]
        return tuple(dict.fromkeys(found))

    def with_abbreviations(self, defined: Iterable[tuple[str, str]]) -> Glossary:
        """This glossary and the (short, long) forms that documents define, where it does not know them."""
        known = {frozenset(phrase.terms for phrase in group) for group in self._groups}
        groups = [[phrase.words for phrase in group] for group in self._groups]
        for short, long in defined:
            pair = frozenset((tuple(analyse(short)), tuple(analyse(long))))
            if len(pair) == 2 and not any(pair <= group for group in known):
                groups.append([short, long])
        return Glossary(groups)


def bundled_glossary() -> Glossary:
    """The glossary that ships with the software."""
    return read_glossary(files("qa").joinpath(_NAME).read_text(encoding="utf-8"))


def read_glossary(text: str) -> Glossary:
    """The glossary in a TOML text. Raises BadGlossary, saying what is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise BadGlossary(f"{_NAME} is not valid TOML: {exc}.") from exc
    unknown = sorted(set(content) - {"abbreviations", "same"})
    if unknown:
        raise BadGlossary(f"{_NAME} knows [abbreviations] and [[same]], and found {', '.join(unknown)}.")
    abbreviations = content.get("abbreviations", {})
    groups = [[short, *_phrases(long, short)] for short, long in abbreviations.items()]
    groups += [_phrases(table.get("words"), "words") for table in content.get("same", [])]
    return Glossary(groups)


def _phrases(value: Any, name: str) -> list[str]:
    if not (
        isinstance(value, list)
        and value
        and all(isinstance(words, str) and analyse(words) for words in value)
    ):
        raise BadGlossary(f"{_NAME}: {name} should be a list of words or phrases, found {value!r}.")
    return value


def _stands_in(phrase: Sequence[str], terms: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(terms[at : at + size]) == tuple(phrase) for at in range(len(terms) - size + 1))
