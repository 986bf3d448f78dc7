"""Web pages."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableDocument
from corpus.html_file import read_html


def text(page: str) -> str:
    return read_html(page.encode()).text


def left_out(page: str) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in read_html(page.encode()).left_out]


def stated(page: str) -> dict[str, tuple[str, str]]:
    return {one.field: (one.value, one.source) for one in read_html(page.encode()).stated}


def test_headings_paragraphs_and_lists_keep_their_structure() -> None:
    page = """<h1>Visit</h1><p>We <b>met</b>
      staff.<br>All of them.<h2>Findings</h2>It was:<ul><li>weak<ul><li>very</ul><li><p>late<p>twice</ul>
      <ol start=3><li>The plan<li value=7>to note</ol>"""
    assert text(page) == (
        "# Visit\n\nWe met staff.\nAll of them.\n\n## Findings\n\nIt was:\n\n- weak\n\n  - very\n\n"
        "- late\n\n  twice\n\n3. The plan\n\n- 7. to note\n"
    )


def test_a_table_keeps_its_headings_and_fills_cells_that_reach_over_rows() -> None:
    page = """<table><caption>Grades</caption>
      <thead><tr><th rowspan=2>Area<th colspan=2>Year<tr><th>2016<th>2019</thead>
      <tr><td rowspan=2>Gas<td>Poor<td>Good<tr><td>A|b<td><p>C<p>D<script>x</script></table>"""
    extract = read_html(page.encode())
    assert extract.text == (
        "Grades\n\n| Area | Year 2016 | Year 2019 |\n|--|--|--|\n| Gas | Poor | Good |\n| Gas | A¦b | C D |\n"
    )
    assert extract.tables == 1


def test_a_table_that_only_places_things_is_no_table() -> None:
    extract = read_html(b"<table><tr><td><h2>Menu</h2><td><table><tr><td>Words.</table></table>")
    assert extract.text == "## Menu\n\nWords.\n"
    assert extract.tables == 0


def test_what_nobody_reads_is_left_out_and_reported() -> None:
    page = """<style>.x, #y { display: none } @media print { p { display: none } }</style>
      <header>Site</header><nav>Home</nav><p>Words.</p><script>alert(1)</script><p hidden>a</p>
      <p style="display:none">b</p><p class=x>c</p><p id=y>d</p><p aria-hidden=true>e</p>
      <div class=cookie-banner>Cookies</div><button>Send</button><aside>More</aside><footer>Foot</footer>"""
    assert text(page) == "Words.\n"
    assert left_out(page) == [
        ("page header", "Site"),
        ("navigation", "Home"),
        ("script", ""),
        *(("hidden text", letter) for letter in "abcde"),
        ("cookie notice", "Cookies"),
        ("form", "Send"),
        ("side column", "More"),
        ("page footer", "Foot"),
    ]


def test_where_a_page_marks_its_main_part_only_that_is_read() -> None:
    page = "<div>Before</div><div><main><h1>Visit</h1><header>By us.</header></main></div><p>After"
    assert text(page) == "# Visit\n\nBy us.\n"
    assert left_out(page) == [
        ("outside the main part of the page", "Before"),
        ("outside the main part of the page", "After"),
    ]
    assert "Title" in text("<h1>Title</h1><main>Words.</main>")


def test_a_term_stands_with_what_is_said_about_it_and_small_digits_mark_notes() -> None:
    page = "<dl><dt>Published<dd>13 June 2016</dl><p>It failed.<sup>12</sup> CO<sub>2</sub>"
    assert text(page) == "Published\n13 June 2016\n\nIt failed.¹² CO2\n"


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset=windows-1252><p>café".encode("cp1252"),
        "<p>café".encode("cp1252"),
        "<p>café".encode(),
        "<p>café".encode("utf-16"),
        b"<meta charset=nonsense><p>caf\xc3\xa9",
        b"<p>caf&eacute;",
    ],
)
def test_a_page_is_read_in_its_encoding(content: bytes) -> None:
    assert read_html(content).text == "café\n"


def test_a_page_says_its_title_date_and_publisher() -> None:
    page = """<title>Visit - Norwell</title><meta property=og:site_name content="Norwell Council">
      <meta property=article:published_time content="2016-06-13T09:00:00Z"><h1>The visit</h1>"""
    assert stated(page) == {
        "title": ("The visit", "main heading"),
        "published": ("2016-06-13", "properties of the page"),
        "publisher": ("Norwell Council", "properties of the page"),
    }
    dated = '<script type="application/ld+json">{"datePublished": "2016-06-13"}</script><p>Words.'
    assert stated(dated)["published"] == ("2016-06-13", "properties of the page")


def test_elements_nested_without_end_are_read() -> None:
    assert text("<div>" * 5_000 + "Words.") == "Words.\n"


@pytest.mark.parametrize("page", ["<html><body><script>x</script>", "<body><img src=x>", "<p hidden>a"])
def test_a_page_without_words_is_refused(page: str) -> None:
    with pytest.raises(UnreadableDocument, match="it is a web page without words"):
        read_html(page.encode())
