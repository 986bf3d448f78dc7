"""Finding headings."""

from __future__ import annotations

from corpus.structure import find_structure


def paths(text: str) -> list[tuple[str, ...]]:
    return [section.path for section in find_structure(text, None)[0]]


def test_a_short_line_that_starts_with_a_capital_and_has_no_stop_heads_what_follows() -> None:
    assert paths("Audit function\n\nWe looked at the plans.") == [("Audit function",)]


def test_a_marked_heading_is_one_even_at_the_end_of_the_text() -> None:
    assert paths("The plan was agreed.\n\n# Annex") == [(), ("Annex",)]


def test_the_last_line_heads_nothing() -> None:
    assert paths("We looked at the plans.\n\nTracey Metcalfe") == [()]


def test_marks_say_how_deep_a_heading_is() -> None:
    text = "# Findings\n\nOne.\n\n## Early help\n\nTwo.\n\n# Actions\n\nThree."
    assert paths(text) == [("Findings",), ("Findings", "Early help"), ("Actions",)]


def test_an_appendix_stands_above_capitals_and_capitals_above_numbers() -> None:
    text = "Appendix A\n\nText.\n\n6. COMMENTS OF THE DIRECTOR\n\nText.\n\n6.1 Legal Implications\n\nText."
    assert paths(text)[-1] == ("Appendix A", "COMMENTS OF THE DIRECTOR", "Legal Implications")


def test_a_heading_that_comes_again_is_below_the_others() -> None:
    text = (
        "Early help\n\nGood.\n\nAreas for development\n\nBad.\n\nLeadership\n\nGood.\n\n"
        "Areas for development\n\nBad."
    )
    assert paths(text) == [
        ("Early help",),
        ("Early help", "Areas for development"),
        ("Leadership",),
        ("Leadership", "Areas for development"),
    ]


def test_a_heading_right_above_another_of_its_kind_opens_no_empty_section() -> None:
    assert paths("Key Findings\n\nMASH August 2015\n\nGood.") == [(), ("MASH August 2015",)]


def test_a_bulleted_word_in_capitals_is_an_item_of_its_list() -> None:
    assert paths("The partners are:\n\n- Council of Mosques\n- GROW\n- Learners First") == [()]


def test_contact_lines_dates_labels_and_numbers_of_papers_are_no_headings() -> None:
    for line in ("michael@example.org", "WC2B 6SE", "13 June 2016", "Item: 9", "HC1050", "© Crown copyright"):
        assert paths(f"{line}\n\nThe text goes on.") == [()], line


def test_words_that_introduce_a_list_are_no_heading() -> None:
    assert paths("During the inspection:\n\n- the leader left.") == [()]


def test_a_section_speaks_of_the_period_that_its_heading_or_the_one_above_names() -> None:
    text = "# Visit October 2015\n\nText.\n\n## Areas for development\n\nText.\n\n# Next\n\nText."
    visit, areas, following = find_structure(text, None)[0]
    assert str(visit.when and visit.when.first) == "2015-10-01"
    assert areas.when == visit.when
    assert following.when is None


def test_a_section_starts_with_the_line_of_its_heading_whatever_ends_the_lines() -> None:
    for line_end in ("\n", "\r\n", "\r"):
        text = "Text.\n\n## Findings\n\nText.".replace("\n", line_end)
        assert text[find_structure(text, None)[0][1].start :].startswith("## Findings")


def test_a_plain_heading_at_once_below_a_dated_one_belongs_to_it() -> None:
    text = "Home visit January 2016\n\nStrengths\n\nText one.\n\nWard visit May 2016\n\nDrift\n\nText two."
    found = find_structure(text, None)[0]
    assert [section.path for section in found if section.path[1:]] == [
        ("Home visit January 2016", "Strengths"),
        ("Ward visit May 2016", "Drift"),
    ]
    assert all(section.when for section in found if section.path[1:])
