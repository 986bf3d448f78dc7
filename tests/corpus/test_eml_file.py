"""E-mails."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from corpus.eml_file import read_eml
from corpus.errors import UnreadableDocument
from corpus.extract import LeftOut


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {"From": "Helen Carr <h.carr@norwell.gov.uk>", **headers}.items():
        made[name] = value
    return made


def stated(content: bytes) -> dict[str, str]:
    return {one.field: one.value for one in read_eml(content).stated}


def test_header_and_words_are_read_and_attachments_reported() -> None:
    mail = message(To="Ian Thomas <i@x.org>", Subject="The visit", Date="Wed, 3 May 2017 10:15:00 +0100")
    mail.set_content("The visit is on 14 June.\n\nHelen")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="plan.pdf")
    extract = read_eml(mail.as_bytes())
    assert extract.text == (
        "# The visit\n\nFrom: Helen Carr <h.carr@norwell.gov.uk>\n\nDate: 3 May 2017, 10:15\n\n"
        "To: Ian Thomas <i@x.org>\n\nThe visit is on 14 June.\n\nHelen\n"
    )
    assert extract.left_out == (LeftOut(None, "plan.pdf (application/pdf)", "attachment"),)


def test_the_header_gives_title_people_and_date() -> None:
    mail = message(To="Ian Thomas <i@x.org>, b@x.org", Subject="The visit", Date="Wed, 3 May 2017 10:15:00 Z")
    mail.set_content("Words.")
    assert stated(mail.as_bytes()) == {
        "title": "The visit",
        "author": "Helen Carr",
        "addressee": "Ian Thomas, b@x.org",
        "kind": "e-mail",
        "published": "2017-05-03",
    }


def test_encoded_words_and_bodies_are_decoded() -> None:
    content = (
        b"From: =?utf-8?q?Zo=C3=AB_Bell?= <z@x.org>\nSubject: =?iso-8859-1?q?caf=E9?=\n"
        b"Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"It costs =A35.\n"
    )
    text = read_eml(content).text
    assert "# café" in text
    assert "From: Zoë Bell" in text
    assert "It costs £5." in text


def test_a_body_that_is_only_a_web_page_is_read_as_one() -> None:
    mail = message(Subject="The visit")
    mail.set_content("<p>It is <b>good</b>.</p><script>x()</script><p hidden>no</p>", subtype="html")
    extract = read_eml(mail.as_bytes())
    assert extract.text.endswith("It is good.\n")
    assert [one.reason for one in extract.left_out] == ["script", "hidden text"]


def test_plain_words_are_preferred_to_the_same_words_as_a_web_page() -> None:
    mail = message(Subject="The visit")
    mail.set_content("Plain words.")
    mail.add_alternative("<p>Other words.</p>", subtype="html")
    assert "Plain words." in read_eml(mail.as_bytes()).text
    assert "Other words." not in read_eml(mail.as_bytes()).text


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@b.org\nContent-Type: text/plain; charset=unknown-8\n\nWords.\n",
        b"From: a@b.org\nDate: yesterday\n\nWords.\n",
        b"From: \nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWords.\n",
        b"From: a@b.org\nContent-Type: text/plain; charset=utf-8\n\nWords.\xff\n",
    ],
)
def test_a_broken_message_is_read_as_far_as_it_goes(content: bytes) -> None:
    assert "Words." in read_eml(content).text


def test_a_message_without_words_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="it is an e-mail without words"):
        read_eml(b"From: a@b.org\n\n\n")
