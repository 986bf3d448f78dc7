"""Names of files that people send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.file_naming import LONGEST, safe_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\Letter 2020.docx", "Letter 2020.docx"),
        ("..", "document"),
        ("", "document"),
        (".htaccess", "htaccess"),
        ("a\x00b\n.txt", "ab.txt"),
        ("invoice\u202efdp.txt", "invoicefdp.txt"),
        ("CON.txt", "CON_.txt"),
        ("what? now: <b>.txt", "what_ now_ _b_.txt"),
        ("report.txt.", "report.txt"),
        ("Cafe\u0301.txt", "Café.txt"),
    ],
)
def test_what_does_harm_in_a_name_is_taken_out(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_name_that_is_taken_gets_a_number_whatever_its_case() -> None:
    assert safe_name("Letter.pdf", {"letter.pdf", "letter (2).pdf"}) == "Letter (3).pdf"


@given(st.text(max_size=300))
def test_a_name_never_leads_anywhere_and_is_never_hidden(sent: str) -> None:
    name = safe_name(sent)
    assert name
    assert not set(name) & set('/\\\0<>:"|?*')
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert len(name) <= LONGEST
    assert safe_name(name) == name
