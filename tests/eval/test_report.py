"""The report: one page by itself, legible to assistive technology, with every miss and nothing unescaped."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.questions import read_questions
from eval.report import as_markdown_report, as_page
from eval.run import Kept, load_run, save_run, score_run
from tests.eval.worked_example import TEXTS, answer_line, place, write

SETTINGS = {
    "made": "2020-12-04T00:00:00+00:00",
    "question_files": ["questions.jsonl"],
    "questions_sha256": "aa",
    "documents": {"letter.txt": "bb"},
    "documents_sha256": "cc",
    "versions": {"python": "3.11"},
    "machine": {"cores": 2, "processor": "", "system": "Linux"},
}
VOID = {"meta", "wbr", "path", "use", "rect", "line"}


class Outline(HTMLParser):
    """What a page is made of; fails where tags are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop() == tag


@pytest.fixture
def kept(question_file: Path, tmp_path: Path) -> Kept:
    """One right answer, one wrong one and one that should have been silence; the label has markup in it."""
    cases = place("letter.txt", "They referred 65 cases back to the authority.")
    weak = place("letter.txt", "Leadership was weak.")
    answers = [
        answer_line("q1", cases, answer="They referred 65 cases back to the authority. [1]", cited=[cases]),
        answer_line("q2", weak, answer="<script>alert(1)</script> Leadership was weak. [1]", cited=[weak]),
        answer_line("q3", weak, answer="Leadership was weak. [1]", cited=[weak], confidence=0.4),
    ]
    run = score_run("<b>tests & more</b>", SETTINGS, read_questions([question_file], TEXTS), answers, TEXTS)
    save_run(run, tmp_path / "run")
    return load_run(tmp_path / "run")


@pytest.fixture
def page(kept: Kept) -> str:
    return as_page(kept, TEXTS)


def test_the_page_is_well_formed_and_fetches_nothing(page):
    outline = Outline(page)
    assert not [tag for tag, _ in outline.tags if tag in {"script", "link", "img", "iframe"}]
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert "url(http" not in page


def test_text_of_questions_and_answers_is_escaped(page):
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<title>Evaluation: &lt;b&gt;tests &amp; more&lt;/b&gt;</title>" in page


def test_the_page_names_its_language_headings_and_tables(page):
    outline = Outline(page)
    assert ("html", {"lang": "en-GB"}) in outline.tags
    assert outline.headings[0] == 1
    assert all(
        after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)
    )
    counts = {name: sum(tag == name for tag, _ in outline.tags) for name in ("table", "caption")}
    assert counts["table"] == counts["caption"] > 2
    assert {attributes.get("scope") for tag, attributes in outline.tags if tag == "th"} == {"col", "row"}


def test_every_picture_has_a_title_and_no_id_stands_twice(page):
    outline = Outline(page)
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    pictures = [attributes for tag, attributes in outline.tags if tag == "svg"]
    assert len(pictures) == 4
    assert all(picture["aria-labelledby"] in ids for picture in pictures)
    used = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', page))
    assert used <= set(ids)


def test_misses_show_what_was_expected_and_what_came_instead(page):
    misses = page[page.index('id="misses"') :]
    assert "2 of 3 questions." in misses
    assert "q1 (number)" not in misses
    assert "How was leadership in 2016?" in misses
    assert "the first five passages do not show all of the evidence; the first ten" in misses
    assert "Leadership was strong." in misses
    assert "it was answered, and the documents do not answer it" in misses


def test_the_same_run_gives_the_same_bytes(kept, page):
    assert as_page(kept, TEXTS) == page


def test_what_the_run_comes_to_stands_first(page, kept):
    outline = page[: page.index("All 3 questions")]
    assert "<caption>In short</caption>" in outline
    text = as_markdown_report(kept)
    assert text.index("**In short**") < text.index("**All 3 questions**")


def test_the_held_out_questions_are_shown_as_the_honest_figure(question_file, question_lines, tmp_path):
    write(question_file, [question_lines[0], question_lines[1] | {"set": "heldout"}])
    run = score_run("tests", SETTINGS, read_questions([question_file], TEXTS), [], TEXTS)
    save_run(run, tmp_path / "run")
    kept = load_run(tmp_path / "run")
    for shown in (as_page(kept, TEXTS), as_markdown_report(kept)):
        assert "the ones to expect of questions that nobody has seen" in shown
        assert shown.index("held-out") < shown.index("All 2 questions")


def test_the_page_names_what_was_switched_off(kept):
    without = replace(kept, settings=SETTINGS | {"without": ["lexical", "times"]})
    assert "<dt>Switched off</dt><dd>lexical, times</dd>" in as_page(without, TEXTS)
    assert "<dt>Switched off</dt><dd>nothing</dd>" in as_page(kept, TEXTS)


def test_the_markdown_has_the_same_figures(kept):
    text = as_markdown_report(kept)
    assert "| coverage@5 | 0.500 | 0.000 to 1.000 | 2 |" in text
    assert "| near_miss | 1 | – | – | – | – | – | – | – | 0.000 |" in text
