"""The accessibility statement says what was tested and what is known to be missing, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.plain_site import Seen, plain_site
from ui.statement import Check, Gap, Results, read_gaps, read_results, statement_html

GAP = Gap("Pictures have no words.", "1.1.1 Non-text Content", "Ask for the original.")
HABIT = Gap("No person has tried it.", "", "Programs have.")


def results(*violations: str) -> Results:
    checks = (
        Check("/plain", "empty", "light", 1280, ()),
        Check("/plain", "answered", "dark", 390, violations),
        Check("/document", "searched", "light", 390, ()),
    )
    return Results(date(2026, 11, 22), "axe-core 4", "Chromium 1", checks)


def shown(found, gaps=()):
    return Seen(statement_html(found, gaps)).folded


def test_without_a_test_run_nothing_is_claimed():
    text = shown(None)
    assert "they have not been tested" in text
    assert "have not been run" in text


def test_a_run_without_violations_and_gaps_claims_no_more_than_that_none_is_known():
    assert "No part of the Web Content Accessibility Guidelines" in shown(results())
    assert "What does not comply" not in shown(results())


@pytest.mark.parametrize(("found", "gaps"), [(results("color-contrast"), ()), (results(), (GAP,))])
def test_a_violation_or_a_gap_means_that_the_pages_comply_in_part(found, gaps):
    assert "comply in part" in shown(found, gaps)


def test_violations_and_gaps_are_listed_with_their_place():
    text = shown(results("color-contrast"), (GAP, HABIT))
    assert "/plain, answered, dark, 390 pixels wide: color-contrast." in text
    assert "Pictures have no words. (WCAG 1.1.1 Non-text Content)" in text
    assert "No person has tried it. Programs have." in text


def test_the_run_is_described_with_its_day_its_tools_and_its_pages():
    text = shown(results())
    assert "22 November 2026 with axe-core 4 in Chromium 1: 3 checks of 2 pages" in text
    assert "/plain: empty, answered" in text


def test_hostile_results_show_as_text():
    hostile = Results(date(2026, 1, 1), "<script>", "<b>", (Check("<i>", "<i>", "<i>", 1, ("<i>",)),))
    seen = Seen(statement_html(hostile, (Gap("<script>", "<i>", "<i>"),)))
    assert not {"script", "i", "b"} & set(seen.elements)


def test_what_ships_can_be_read_and_names_gaps():
    assert read_gaps()
    found = read_results()
    assert found is None or found.checks


def test_the_page_has_the_parts_that_public_bodies_publish(assistant):
    text = Seen(plain_site(assistant).get("/accessibility").text).text
    for part in ("If something does not work", "Compliance", "How this statement was made", "How accessible"):
        assert part in text
