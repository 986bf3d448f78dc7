"""Timeline, grades and themes as pages: what they show, what they say when there is nothing to show."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from qa.assistant import Assistant
from tests.conftest import DOCUMENTS
from tests.ui.plain_site import Seen, plain_site
from tests.ui.training_site import assistant_over, write_documents
from ui.training_page import PARTS

PAGES = ("/training", "/timeline", "/grades", "/themes", "/themes?q=lighting", "/timeline?theme=lighting")
UNSEEN = Path(__file__).parents[1] / "eval" / "unseen_documents"


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("parks")
    return assistant_over(write_documents(folder / "documents"), folder / "data")


@pytest.fixture(scope="module")
def client(parks: Assistant) -> TestClient:
    return plain_site(parks)


def seen(client: TestClient, address: str) -> Seen:
    answer = client.get(address)
    assert answer.status_code == 200
    return Seen(answer.text)


def row_with(markup: str, words: str) -> str:
    """The row of the table that holds some words, in one line of text."""
    rows = [Seen(row).folded for row in re.findall(r"<tr.*?</tr>", markup, re.DOTALL)]
    return next(row for row in rows if words in row)


@pytest.mark.parametrize("address", PAGES)
def test_each_page_runs_no_script_and_loads_nothing_from_elsewhere(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = Seen(answer.text)
    assert "script" not in page.elements
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("address", PAGES)
def test_each_link_leads_somewhere(client: TestClient, address: str) -> None:
    page = seen(client, address)
    for link in sorted(set(page.links)):
        if link.startswith("#"):
            assert link[1:] in page.ids
        elif link.startswith(("/document", "/time", "/grades", "/themes", "/training", "/look")):
            assert client.get(link).status_code == 200, link


def test_the_landing_page_leads_to_every_part_and_the_plain_page_to_it(client: TestClient) -> None:
    links = seen(client, "/training").links
    assert all(part.address in links for part in PARTS)
    assert "/training" in seen(client, "/plain").links


def test_what_two_documents_say_alike_is_one_event_with_two_citations(client: TestClient) -> None:
    row = row_with(client.get("/timeline").text, "1 to 3 May 2018")
    assert "Also in:" in row
    assert row.count("visited twelve parks between 1 and 3 May 2018") == 2


def test_a_contradiction_is_shown_as_one(client: TestClient) -> None:
    row = row_with(client.get("/timeline").text, "3 March 2016")
    assert "gives another date" in row
    assert "8 April 2016" in row


def test_a_statement_that_leans_on_the_one_before_it_is_shown_with_it(client: TestClient) -> None:
    row = row_with(client.get("/timeline").text, "It was closed again in 2017.")
    assert "Before it stands: “The new boating lake was opened by the Council on 3 March 2016.”" in row


def test_who_is_named_stands_with_the_event(client: TestClient) -> None:
    row = row_with(client.get("/timeline?kind=appointment").text, "January 2020")
    assert "Mr Paul Green" in row
    assert "Director of Parks" in row


def test_an_event_opens_the_document_at_its_words(client: TestClient) -> None:
    links = seen(client, "/timeline?kind=appointment").links
    link = next(one for one in links if one.startswith("/document/"))
    assert "<mark" in client.get(link).text
    assert link.endswith("#here")


def test_the_text_of_documents_is_never_markup(client: TestClient) -> None:
    markup = client.get("/timeline?first=2019&last=2019").text
    assert "&lt;script&gt;" in markup
    assert "<script" not in markup
    assert "<b>and</b>" not in markup


def test_the_picture_has_a_lane_for_each_kind_and_its_links_narrow_the_period(client: TestClient) -> None:
    markup = client.get("/timeline").text
    picture = re.search(r"<svg class=\"picture\".*?</svg>", markup, re.DOTALL)
    assert picture
    drawn = Seen(picture.group())
    for lane in ("Inspections", "Reports", "Judgements", "Appointments", "Grades given", "poor", "good"):
        assert lane in drawn.text
    narrower = [one for one in drawn.links if one.startswith("/timeline?")]
    assert narrower
    closer = seen(client, narrower[0])
    assert "Show everything" in closer.folded


def test_the_period_can_be_made_wider_again(client: TestClient) -> None:
    links = seen(client, "/timeline?first=2018&last=2018").links
    assert "/timeline" in links
    assert any(one.startswith("/timeline?first=20") for one in links)


def test_the_filters_narrow_together(client: TestClient) -> None:
    page = seen(client, "/timeline?first=2016&last=2021&document=report.txt&kind=judgement&theme=lighting")
    assert "In 2020 lighting in the parks was judged to be good." in page.folded
    assert "boating lake" not in page.folded
    assert page.folded.count("“In 2020 lighting") == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/timeline?first=soon", "'soon' is not a date"),
        ("/timeline?first=2019&last=2018", "'2019' is later than '2018'"),
        ("/timeline?kind=party", "no kind of event 'party'"),
        ("/timeline?document=nowhere.txt", "no document 'nowhere.txt'"),
        ("/themes?q=", "There is no theme"),
    ],
)
def test_an_impossible_filter_says_so_in_a_sentence(client: TestClient, address: str, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    page = Seen(answer.text)
    assert said in page.folded
    assert "form" in page.elements


def test_a_filter_that_leaves_nothing_says_so(client: TestClient) -> None:
    assert (
        "The documents date nothing that fits this choice."
        in seen(client, "/timeline?first=1950&last=1951").folded
    )


def test_the_files_hold_what_the_filter_leaves(client: TestClient) -> None:
    query = "?first=2016&last=2016"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/timeline.csv{query}").content.decode("utf-8-sig"))))
    calendar = Calendar.from_ical(client.get(f"/timeline.ics{query}").content)
    events = client.get(f"/timeline.json{query}").json()["events"]
    assert [row["date"] for row in rows] == ["2016-03-03", "2016-04-08"]
    assert len(calendar.walk("VEVENT")) == len(events) == 2
    assert events[0]["who"] == ["Council"]
    assert events[0]["disputed_by"]


def test_a_file_for_an_impossible_filter_or_kind_is_refused(client: TestClient) -> None:
    assert client.get("/timeline.csv?first=soon").status_code == 422
    assert client.get("/timeline.xls").status_code == 404


def test_the_grades_stand_by_area_and_date_with_blank_cells_that_say_so(client: TestClient) -> None:
    text = client.get("/grades").text
    row = row_with(text, "Lighting")
    assert "poor" in row
    assert "“Lighting in the parks was judged to be poor.”" in row
    assert "Framework not named in the documents" in Seen(text).folded
    assert "Earlier and later side by side" in Seen(text).folded


def test_no_grade_is_said(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("The pool was opened in 2011.", encoding="utf-8")
    client = plain_site(assistant_over(tmp_path / "documents", tmp_path / "data"))
    assert "The documents give no grade." in seen(client, "/grades").folded
    assert "No theme recurs" in seen(client, "/themes").folded


def test_a_theme_says_what_each_inspection_said_with_mark_and_reason(client: TestClient) -> None:
    page = seen(client, "/themes?q=lighting").folded
    assert page.index("Inspection of parks (4 May 2018)") < page.index("(6 June 2021)")
    assert "area for development" in page
    assert "Marked so because of its grade: “poor”" in page


def test_a_theme_that_is_nowhere_says_so(client: TestClient) -> None:
    page = seen(client, "/themes?q=swimming").folded
    assert "The documents say nothing of this theme." in page
    assert page.count("The documents say nothing here.") == 2


def test_weaknesses_that_the_documents_list_with_their_years_came_back(client: TestClient) -> None:
    row = row_with(client.get("/themes").text, "No lighting after dark")
    assert "2012, 2015" in row
    assert "| Weakness | Found in |" in row


@pytest.mark.parametrize("gone", [path.name for path in sorted(DOCUMENTS.glob("*.txt"))])
def test_the_pages_work_without_any_one_of_the_bundled_documents(gone: str, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    shutil.copytree(DOCUMENTS, documents, ignore=shutil.ignore_patterns(gone))
    client = plain_site(assistant_over(documents, tmp_path / "data"))
    for address in ("/timeline", "/grades", "/themes", "/themes?q=early+help", "/timeline?theme=early+help"):
        page = seen(client, address)
        assert not any(gone in link for link in page.links)
    assert client.get("/timeline.json").json()["events"]


def test_the_pages_work_over_other_documents(tmp_path: Path) -> None:
    client = plain_site(assistant_over(UNSEEN, tmp_path / "data"))
    assert "Repairs" in row_with(client.get("/grades").text, "poor")
    assert "Waiting times for urgent repairs" in seen(client, "/themes").folded
    assert json.loads(client.get("/timeline.json?kind=departure").text)["events"]
