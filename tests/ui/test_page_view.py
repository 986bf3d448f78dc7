"""The view of a page: the right page, its picture, its text, and plain words where something is missing."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from tests.ui.page_view_pdfs import WIDTH, span_of
from tests.ui.page_view_site import (
    ACROSS,
    LETTER,
    NOTE,
    PLANS,
    QUESTION,
    TWICE,
    PagedAssistant,
    address,
    letter,
    paged_assistant,
)
from tests.ui.plain_site import Seen, plain_site
from ui.excerpts import checked_sources
from ui.frame import POLICY
from ui.page_view_drawing import SCALE
from ui.page_view_markup import ROOM
from ui.source_cards import beside_html

OPENED = f"/document/{LETTER}".replace(" ", "%20")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return paged_assistant(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="module")
def client(assistant):
    return plain_site(assistant)


def boxes(markup: str) -> list[tuple[int, int, int, int]]:
    """The places of the marks as they are sent, each of one line: left, top, right, bottom."""
    found = re.findall(r'<path d="M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)H\1Z"/>', markup)
    assert len(found) == markup.count("<path")
    return [
        (left + ROOM, top, right - ROOM, bottom)
        for left, top, right, bottom in (map(int, box) for box in found)
    ]


def test_a_page_has_its_printed_label_and_its_number(client):
    assert "Page i (1 of 4)" in Seen(client.get(f"{OPENED}/page/1").text).folded
    page = client.get(f"{OPENED}/page/2")
    assert "<title>Page 1 (2 of 4): Letter to the council &lt;b&gt;of 2016&lt;/b&gt; - " in page.text
    assert Seen(page.text).headings[:3] == [1, 2, 2]
    assert page.headers["content-security-policy"] == POLICY


def test_the_picture_is_the_page_in_the_size_that_is_asked_for(client):
    for zoom in (100, 200):
        markup = client.get(f"{OPENED}/page/2?zoom={zoom}").text
        source = re.search(r'<img src="([^"]+)" width="(\d+)" height="(\d+)"', markup)
        picture = client.get(source[1].replace("&amp;", "&"))
        assert picture.headers["content-type"] == "image/png"
        size = Image.open(io.BytesIO(picture.content)).size
        assert size == (int(source[2]), int(source[3]))
        assert size[0] == 10 * zoom


def test_what_is_marked_on_the_picture_is_ink_where_the_words_were_put(client, assistant):
    """The picture is looked at: dark where the words stand, white in the margin before them."""
    markup = client.get(address(assistant, PLANS)).text
    picture = Image.open(io.BytesIO(client.get(f"{OPENED}/page/2/picture").content)).convert("L")
    (box,) = boxes(markup)
    left, right = (round(side * picture.width / SCALE) for side in (box[0], box[2]))
    top, bottom = (round(side * picture.height / SCALE) for side in (box[1], box[3]))
    assert min(picture.crop((left, top, right, bottom)).get_flattened_data()) < 60
    assert min(picture.crop((0, top, left - 1, bottom)).get_flattened_data()) > 250
    assert min(picture.crop((right + 1, top, picture.width, bottom)).get_flattened_data()) > 250
    line = letter().line_with(PLANS)
    assert left == pytest.approx(line.x * picture.width / WIDTH, abs=1)


def test_one_shape_is_drawn_around_a_quotation_of_several_lines(client, assistant):
    start, end = span_of(
        assistant.documents[LETTER], "know the children whom they support well, and managers check"
    )
    (shape,) = re.findall(r'<path d="([^"]+)"', client.get(f"{OPENED}/page/2?spans={start}-{end}").text)
    assert re.fullmatch(r"M\d+ \d+H\d+V\d+H\d+V\d+H\d+V\d+H\d+Z", shape)


def test_the_text_beside_it_has_the_same_words_marked(client, assistant):
    markup = client.get(address(assistant, PLANS)).text
    assert f'<mark class="cited here" id="here" tabindex="-1">{PLANS}</mark>' in markup
    seen = Seen(markup)
    assert "The quoted words are marked on the picture and in the text." in seen.folded
    assert "Line 20 of the letter says nothing" in seen.folded
    assert "spoke to forty families" not in seen.folded  # on the next page
    assert ("aria-hidden", "true") in seen.attributes
    alternative = next(value for name, value in seen.attributes if name == "alt")
    assert alternative == (
        "Page 1 (2 of 4) of Letter to the council <b>of 2016</b>, with the quoted words marked. "
        "Its words stand under Text of the page."
    )


def test_a_quotation_across_a_page_break_leads_from_each_page_to_the_other(client, assistant):
    first, second = (client.get(address(assistant, ACROSS, page=page)).text for page in (2, 3))
    assert "The quotation continues on page 2 (3)." in Seen(first).folded
    assert "The quotation begins on page 1 (2)." in Seen(second).folded
    assert len(boxes(first)) == len(boxes(second)) == 1


def test_of_two_same_sentences_the_cited_one_is_marked(client, assistant):
    document = assistant.documents[LETTER]
    tops = []
    for nth in (0, 1):
        start, end = span_of(document, TWICE, nth=nth)
        ((_, top, _, _),) = boxes(client.get(f"{OPENED}/page/3?spans={start}-{end}").text)
        tops.append(top)
    assert tops[0] < tops[1]


def test_several_citations_are_marked_and_followed_over_the_pages(client, assistant):
    seen = Seen(client.get(address(assistant, PLANS, ACROSS, TWICE, at=1)).text)
    assert "Citation 1 of 3. To the quoted words in the text Next citation (page 1 (2))" in seen.folded
    there = next(link for link in seen.links if "/page/3" in link and "at=3" not in link)
    assert "spans=" in there
    other = Seen(client.get(address(assistant, PLANS, page=4)).text)
    assert "Back to the quoted words (page 1 (2))" in other.folded


def test_pages_are_turned_and_keep_what_was_asked(client, assistant):
    links = Seen(client.get(address(assistant, PLANS, zoom=150)).text).links
    turned = [link for link in links if re.search(r"/page/[13]\?", link)]
    assert len(turned) == 2
    assert all("zoom=150" in link and "spans=" in link for link in turned)
    first, last = Seen(client.get(f"{OPENED}/page/1").text), Seen(client.get(f"{OPENED}/page/4").text)
    assert "Previous page" not in first.folded
    assert "Next page" not in last.folded


def test_every_document_says_where_its_file_is(client):
    for name in (LETTER, NOTE):
        file = f"/document/{name}/original".replace(" ", "%20")
        assert file in Seen(client.get(f"/document/{name}").text).links
        assert client.get(file).status_code == 200


def test_a_page_without_text_says_so(client):
    assert "No text was found on it." in client.get(f"{OPENED}/page/4").text
    assert (
        "No text was found on this page; it may be a scan or a picture."
        in Seen(client.get(f"{OPENED}/page/4").text).folded
    )


def test_text_that_was_recognised_says_so_where_it_is_shown(client, assistant):
    said = "This text was recognised from a scan (OCR) and may have errors."
    assert said not in client.get(f"{OPENED}/page/4").text
    letter = assistant.documents[LETTER]
    pages = (*letter.pages[:3], replace(letter.pages[3], recognised=True))
    scanned = PagedAssistant({LETTER: replace(letter, pages=pages)}, folder=assistant.folder)
    there = plain_site(scanned)
    assert there.get(f"{OPENED}/page/4").text.count(said) == 1
    assert there.get(OPENED).text.count(said) == 1


@pytest.mark.parametrize("number", [0, 5, 99999999999999999999])
def test_a_page_that_is_not_there_is_said_in_one_sentence(client, number):
    page = client.get(f"{OPENED}/page/{number}")
    assert page.status_code == 404
    assert f"has 4 pages, and no page {number}." in Seen(page.text).folded


def test_a_document_without_pages_opens_as_text(client):
    answer = client.get(f"/document/{NOTE}/page/1?spans=2-6&at=1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/document/{NOTE}?spans=2-6&at=1#here"


@pytest.mark.parametrize(
    "asked", ["spans=x", "spans=5-2", "spans=0-99999999", "at=-1", "zoom=9999999", "spans=,,,"]
)
def test_a_wrong_address_shows_the_page_all_the_same(client, asked):
    page = client.get(f"{OPENED}/page/2?{asked}")
    assert page.status_code == 200
    assert not boxes(page.text)
    assert ("cannot be found in this document" in page.text) == asked.startswith("spans")


def test_sources_of_an_answer_open_on_their_page(client):
    markup = client.get("/plain", params={"q": QUESTION}).text
    links = [link for link in Seen(markup).links if "/page/" in link]
    assert len(links) == 2
    assert all(link.startswith(f"{OPENED}/page/2?spans=") for link in links)
    assert len(boxes(client.get(links[0].split("#")[0]).text)) == 2  # all that is quoted from this page
    assert "Open source 1 on its page" in Seen(markup).folded


def test_cards_beside_an_answer_open_on_the_page_too(assistant):
    answer = assistant.ask(QUESTION)
    seen = Seen(beside_html("a1", answer, checked_sources(answer, assistant), ()))
    opened = [link for link in seen.links if "/page/" in link]
    assert [link.split("?")[0] for link in opened] == [f"{OPENED}/page/2"] * 2
    assert seen.folded.count("Open the page at source") == 2


def test_the_whole_document_leads_to_its_pages(client, assistant):
    start, end = span_of(assistant.documents[LETTER], PLANS)
    links = Seen(client.get(f"{OPENED}?start={start}&end={end}").text).links
    assert [link for link in links if re.fullmatch(rf"{OPENED}/page/\d", link)] == [
        f"{OPENED}/page/{number}" for number in range(1, 5)
    ]
    assert f"{OPENED}/page/2?spans={start}-{end}&at=1#mark" in links


def test_a_file_that_has_changed_is_not_shown_as_the_source(tmp_path):
    assistant = paged_assistant(tmp_path)
    client = plain_site(assistant)
    path = assistant.folder / LETTER
    path.write_bytes(path.read_bytes() + b"\n")
    page = client.get(address(assistant, PLANS))
    said = Seen(page.text).folded
    assert "not shown as a picture, because its file has changed since the text was read" in said
    assert f'tabindex="-1">{PLANS}</mark>' in page.text
    assert client.get(f"{OPENED}/page/2/picture").status_code == 404
    assert client.get(f"{OPENED}/original").status_code == 409
    path.unlink()
    assert "because the file that its text was read from is not here" in client.get(f"{OPENED}/page/2").text
    assert client.get(f"{OPENED}/original").status_code == 404


def test_a_picture_that_the_browser_has_is_not_sent_again(client):
    first = client.get(f"{OPENED}/page/2/picture")
    again = client.get(f"{OPENED}/page/2/picture", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_hostile_words_of_a_file_show_as_text(client):
    seen = Seen(client.get(f"{OPENED}/page/1").text)
    assert "b" not in seen.elements
    assert "style" not in {name for name, _ in seen.attributes}
    assert "script" not in seen.elements
