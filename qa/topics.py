"""What a document speaks of: the phrases that it uses as names of things, as "early help assessments"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Role
from index.words import analyse
from qa.question import FUNCTION_TERMS
from qa.timeline_statements import Statement

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\S")
_SHORTEST, _LONGEST = 2, 4  # words; a single word says too little
_SAID = frozenset({Role.PROSE, Role.ITEM})
# A phrase names something where such a word leads up to it and such a word or sign ends it. "To" and "and"
# do not lead up to one: "to help and protect children".
_BEFORE = frozenset("the a an of in on for about with by from into their its between".split())
_AFTER = frozenset(
    "is are was were has have had in on for by of to and or that which who at from with as but within across "
    "will must should does do did".split()
)
_SIGNS = frozenset(".,;:)?")
# Words that say how much, when or which, and not what: no phrase has them.
_PLAIN_TERMS = frozenset(
    analyse(
        "first second third last next previous current recent new old high higher highest low lower large "
        "small good better best poor worse number numbers majority minority range level levels part parts "
        "time times day days week weeks month months year years place way ways case cases example examples "
        "many much several few whole full clear lack use need needs area areas point points lot kind type "
        "paragraph section page appendix report letter following different same certain significant possible "
        "because while although though unless until whether "
        "january february march april may june july august september october november december one two three "
        "four five six seven eight nine ten mr mrs ms dr sir dear"
    )
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase as its document mostly writes it, and the statements in which it stands, in text order.

    `terms` are its analysed words; `words` begin with "the" where the document mostly puts it there.
    """

    terms: tuple[str, ...]
    words: str
    statements: tuple[Statement, ...]


def topics(told: Sequence[Statement]) -> tuple[Topic, ...]:
    """The topics of a document that is given as its statements: those in most statements first."""
    where: dict[tuple[str, ...], dict[int, Statement]] = {}
    written: dict[tuple[str, ...], Counter[str]] = {}
    for place, statement in enumerate(told):
        for terms, words in _names(statement):
            where.setdefault(terms, {})[place] = statement
            written.setdefault(terms, Counter())[words] += 1
    ranked = sorted(where, key=lambda terms: (-len(where[terms]), -len(terms), terms))
    return tuple(Topic(terms, _usual(written[terms]), tuple(where[terms].values())) for terms in ranked)


def _names(statement: Statement) -> Iterator[tuple[tuple[str, ...], str]]:
    """The phrases of a statement that name something: their terms, and as written."""
    if statement.sentence.role not in _SAID:
        return
    tokens = _TOKEN.findall(statement.words)
    terms = [_content(token) for token in tokens]
    for start in range(1, len(tokens)):
        if tokens[start - 1].casefold() not in _BEFORE or not terms[start]:
            continue
        end = start
        while end < len(tokens) and terms[end]:
            end += 1
        if not (_SHORTEST <= end - start <= _LONGEST and _ends(tokens, end)):
            continue
        if not _is_cut(tokens[start:end]):
            article = "the " if tokens[start - 1].casefold() == "the" else ""
            yield tuple(terms[start:end]), article + " ".join(tokens[start:end])


def _ends(tokens: Sequence[str], end: int) -> bool:
    return end == len(tokens) or tokens[end] in _SIGNS or tokens[end].casefold() in _AFTER


def _is_cut(tokens: Sequence[str]) -> bool:
    """Whether a name goes over into what it does: "the Council operates", "Ms Smith left"."""
    named = tokens[0][0].isupper() and not tokens[0].isupper()
    return named and tokens[-1].islower()


def _content(token: str) -> str:
    """The analysed word; empty for a sign, a number and a word that says nothing of what is spoken of."""
    term = (analyse(token) or [""])[0] if token[0].isalpha() and len(token) > 1 else ""
    is_adverb = token.endswith("ly") and token.islower()
    return "" if term in FUNCTION_TERMS or term in _PLAIN_TERMS or is_adverb else term


def _usual(written: Counter[str]) -> str:
    """The wording that stands most often in the document; in small letters where any does."""
    bare: Counter[str] = Counter()
    for words, count in written.items():
        bare[words.removeprefix("the ")] += count
    small = Counter({words: count for words, count in bare.items() if words.islower()})
    counted = small or bare
    usual = min(counted, key=lambda words: (-counted[words], words))
    with_article = sum(count for words, count in written.items() if words.startswith("the "))
    return f"the {usual}" if 2 * with_article > written.total() else usual
