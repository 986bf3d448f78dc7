"""How much of the evidence is shown."""

from __future__ import annotations

from datetime import date

import numpy as np

from corpus.document import Details, Document, Passage, Role, Sentence
from corpus.period import Period
from qa.choose import choose, quotations
from qa.compose import answer_text, cite
from qa.evidence import Evidence
from qa.question import parse

NOTHING = np.zeros(1, np.float32)


def document(
    name: str, *sentences: Sentence, text: str = "x" * 5_000, published: date | None = None
) -> Document:
    return Document(name, Details(name, published=published), "0" * 64, text, sentences=sentences)


def evidence(
    start: int, end: int, score: float, *, of: Document | None = None, when: Period | None = None
) -> Evidence:
    """A sentence of numbers, so that no two are alike."""
    text = " ".join(str(number) for number in range(2_000))
    source = of or document("a", text=text)
    passage = Passage("p", source.id, 0, 1, "", "", (), when, None, ())
    return Evidence(source, passage, 0, Sentence(start, end), score, 0.0, 0.0, NOTHING, NOTHING)


def test_at_most_three_sentences_are_shown_best_first() -> None:
    ranked = [evidence(100 * n, 100 * n + 50, 1 - n / 100) for n in range(6)]
    assert choose(parse("what was wrong"), ranked) == tuple(ranked[:3])


def test_what_is_far_behind_the_best_is_not_shown() -> None:
    best, near, far = evidence(0, 50, 1.0), evidence(100, 150, 0.9), evidence(200, 250, 0.5)
    assert choose(parse("what was wrong"), [best, near, far]) == (best, near)


def test_six_hundred_characters_are_not_exceeded_unless_one_sentence_is_longer() -> None:
    long, short, fits = evidence(0, 700, 1.0), evidence(800, 810, 0.99), evidence(900, 1_000, 1.0)
    assert choose(parse("what was wrong"), [long, short]) == (long,)
    assert choose(parse("what was wrong"), [fits, evidence(1_100, 1_650, 0.99), short]) == (fits, short)


def test_the_same_words_are_shown_once() -> None:
    one, other = document("a", text="It was poor. It was poor."), document("b", text="It was poor.")
    ranked = [evidence(0, 12, 1.0, of=one), evidence(13, 25, 0.99, of=one), evidence(0, 12, 0.98, of=other)]
    assert choose(parse("what was wrong"), ranked) == (ranked[0],)


def test_a_question_over_time_gets_the_best_of_each_document_first() -> None:
    text = " ".join(str(number) for number in range(2_000))
    old, new = document("old", text=text), document("new", text=text + " end")
    ranked = [
        evidence(0, 50, 1.0, of=old),
        evidence(100, 150, 0.99, of=old),
        evidence(200, 250, 0.98, of=old),
        evidence(300, 350, 0.8, of=new),
    ]
    assert ranked[3] in choose(parse("how did it change over the years"), ranked)
    assert ranked[3] not in choose(parse("what was wrong"), ranked)


LEAD = Sentence(0, 16)
ITEMS = tuple(Sentence(start, start + 9, Role.ITEM, lead=(0, 16)) for start in (20, 30, 40))
AFTER = Sentence(60, 75)
LISTED = document("list", LEAD, *ITEMS, AFTER, text="We have visited: " + "   a park   " * 20)
SEVERAL, ONE = parse("Which parks were visited?"), parse("Why was it visited?")


def of_list(sentence: Sentence, score: float, *items: Sentence) -> Evidence:
    passage = Passage("p", LISTED.id, 0, 1, "", "", (), None, None, ())
    return Evidence(LISTED, passage, 0, sentence, score, 0.0, 0.0, NOTHING, NOTHING, items)


def test_a_question_for_several_things_gets_the_whole_list_with_what_introduces_it() -> None:
    chosen = choose(SEVERAL, [of_list(ITEMS[1], 1.0), of_list(AFTER, 0.99)])
    assert quotations(chosen) == tuple((LISTED, one) for one in (LEAD, *ITEMS))


def test_a_question_for_one_thing_gets_the_item_alone() -> None:
    assert quotations(choose(ONE, [of_list(ITEMS[1], 1.0)])) == ((LISTED, ITEMS[1]),)


def test_what_introduces_a_list_brings_the_list_and_stands_for_its_items() -> None:
    chosen = choose(ONE, [of_list(ITEMS[1], 1.0), of_list(LEAD, 0.99, *ITEMS), of_list(ITEMS[2], 0.98)])
    assert quotations(chosen) == tuple((LISTED, one) for one in (LEAD, *ITEMS))


def test_a_list_that_is_nearly_the_best_comes_before_other_sentences() -> None:
    best, others = evidence(0, 50, 1.0), [evidence(100 * n, 100 * n + 50, 0.99) for n in (1, 2, 3)]
    near, far = of_list(ITEMS[0], 0.91), of_list(ITEMS[0], 0.89)
    assert (LISTED, LEAD) in quotations(choose(SEVERAL, [best, *others, near]))
    assert (LISTED, LEAD) not in quotations(choose(SEVERAL, [best, *others, far]))
    assert choose(SEVERAL, [best, *others, near])[0] == best


def test_a_list_is_cited_with_what_introduces_it_once_and_in_its_order() -> None:
    citations = cite(quotations(choose(SEVERAL, [of_list(ITEMS[1], 1.0)])), by_date=False)
    assert [(one.start, one.number) for one in citations] == [(0, 1), (20, 2), (30, 3), (40, 4)]


def test_items_are_paragraphs_of_their_own() -> None:
    citations = cite([(LISTED, one) for one in (LEAD, *ITEMS[:2], AFTER)], by_date=False)
    paragraphs = answer_text(citations, lambda _: LISTED).split("\n\n")
    assert [paragraph[-3:] for paragraph in paragraphs] == ["[1]", "[2]", "[3]", "[4]"]
    prose = cite([(LISTED, LEAD), (LISTED, AFTER)], by_date=False)
    assert "\n" not in answer_text(prose, lambda _: LISTED)


def test_an_answer_over_time_is_in_the_order_of_the_documents_dates() -> None:
    old = document("old", published=date(2014, 9, 30))
    new = document("new", published=date(2020, 12, 4))
    quotations = [(new, Sentence(0, 5)), (old, Sentence(0, 5))]
    assert [citation.document_id for citation in cite(quotations, by_date=True)] == ["old", "new"]
    assert [citation.document_id for citation in cite(quotations, by_date=False)] == ["new", "old"]
