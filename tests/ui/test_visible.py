"""Text of documents can neither turn a page's text around nor give a terminal orders."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.document import Details
from ui import frame, markup
from ui.export_markdown import escape as markdown
from ui.visible import VisibleStream, visible

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CSS = Path(__file__).parents[2] / "ui"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rated \u202edoog\u202c in 2014", "rated [U+202E]doog[U+202C] in 2014"),
        ("\u2067isolated\u2069 and \u202bembedded", "[U+2067]isolated[U+2069] and [U+202B]embedded"),
        ("\x1b[2Jcleared\x07 \x9b1m", "[U+001B][2Jcleared[U+0007] [U+009B]1m"),
        ("no\0thing", "no\ufffdthing"),
        ("half \ud800 a character", "half [U+D800] a character"),
        ("two\nlines\tand\r\nmore \u05d0\u200f", "two\nlines\tand\r\nmore \u05d0\u200f"),
    ],
)
def test_characters_that_act_are_written_out_and_all_others_stay(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_page_shows_them_written_out() -> None:
    text = "a \u202eb\u202c \x1b \0 <i>"
    assert frame.escape(text) == "a [U+202E]b[U+202C] [U+001B] \ufffd &lt;i&gt;"
    assert "U&#43;202E" in markup.escape(text)
    for escaped in (frame.escape(text), markup.escape(text), frame.origin(Details("T", publisher="x"))):
        assert not set(escaped) & set("\u202e\u202c\x1b\0")


def test_what_is_printed_gives_a_terminal_no_orders_and_json_stays_what_it_is() -> None:
    quote = "\x1b]0;title\x07 \u202e\x9b covers\rline\r\n é \u05d0"
    printed = io.StringIO()
    with redirect_stdout(VisibleStream(printed)):
        print(quote)
        print(json.dumps({"quote": quote}, ensure_ascii=False))
    plain, as_json = printed.getvalue().rsplit("\n", 2)[:2]
    assert plain == "\\u001b]0;title\\u0007 \\u202e\\u009b covers\\u000dline\r\n é \u05d0"
    assert json.loads(as_json) == {"quote": quote}
    assert not set(printed.getvalue()) & set("\x1b\x07\u202e\x9b")


def test_an_export_to_read_elsewhere_writes_them_out_as_well() -> None:
    assert markdown("a \u202eb\x1b[2J") == "a \\[U+202E\\]b\\[U+001B\\]\\[2J"


@pytest.mark.browser
@pytest.mark.parametrize("sheet", ["plain.css", "page.css"])
def test_a_title_from_right_to_left_does_not_move_the_words_beside_it(sheet: str, browser: Browser) -> None:
    title = "\u05d0\u05d1\u05d2"
    row = f'<p id="row"><a>{title}</a> 2014 <a>{title}</a> <span>{title} 9</span> 2016</p>'
    page = browser.new_page()
    page.set_content(f"<style>{(CSS / sheet).read_text()}</style><div class=gradio-container>{row}</div>")
    lefts = page.evaluate(
        """() => Array.from(document.getElementById("row").childNodes)
            .filter(node => node.textContent.trim())
            .map(node => { const r = document.createRange(); r.selectNodeContents(node);
                           return r.getBoundingClientRect().left; })"""
    )
    page.close()
    assert len(lefts) == 5
    assert lefts == sorted(lefts)
