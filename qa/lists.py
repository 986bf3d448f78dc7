"""Lists in documents: the items that belong together, and what introduces them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, takewhile

from corpus.document import Document, Role, Sentence

LONGEST_LIST = 1_200  # characters of the items; a longer one is no answer
LONGEST_UNASKED = 600  # the same where one thing is asked for


def list_under(
    document: Document, introduction: Sentence, *, longest: int = LONGEST_LIST
) -> tuple[Sentence, ...]:
    """The items that a sentence or a heading introduces, in text order.

    None where it introduces no list, or one of more than `longest` characters. A heading introduces a
    list only where every item is one sentence: elsewhere paragraphs are marked like items.
    """
    if introduction.role is Role.HEADING:
        items = tuple(takewhile(lambda one: one.role is Role.ITEM, _after(document, introduction)))
        listed = all("\n" in document.text[one.end : next.start] for one, next in pairwise(items))
        return items if listed and _is_fit(items, longest) else ()
    if document.text[introduction.end - 1] != ":":
        return ()
    own = introduction.start, introduction.end
    below = takewhile(lambda one: one.role is Role.ITEM, _after(document, introduction))
    items = tuple(one for one in below if one.lead == own)
    return items if _is_fit(items, longest) else ()


def list_around(document: Document, item: Sentence) -> tuple[Sentence, ...]:
    """All items of the list that an item belongs to, or all lines of copies; none where there is no list."""
    if item.role is Role.COPIES:
        lines = tuple(one for one in document.sentences if one.role is Role.COPIES)
        return lines if _is_fit(lines, LONGEST_LIST) else ()
    introduction = introduction_of(document, item)
    return list_under(document, introduction) if introduction else ()


def introduction_of(document: Document, item: Sentence) -> Sentence | None:
    """The sentence or heading that introduces the list of an item."""
    if item.role is not Role.ITEM:
        return None
    sentences = document.sentences
    at = bisect_left(sentences, item.start, key=lambda one: one.start) - 1
    while at >= 0 and sentences[at].role is Role.ITEM and item.lead != _span(sentences[at]):
        at -= 1
    if at < 0 or (item.lead != _span(sentences[at]) and sentences[at].role is not Role.HEADING):
        return None
    return sentences[at]


def _span(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


def _after(document: Document, sentence: Sentence) -> Iterator[Sentence]:
    sentences = document.sentences
    first = bisect_left(sentences, sentence.end, key=lambda one: one.start)
    return (sentences[at] for at in range(first, len(sentences)))


def _is_fit(items: tuple[Sentence, ...], longest: int) -> bool:
    return len(items) > 1 and sum(one.end - one.start for one in items) <= longest
