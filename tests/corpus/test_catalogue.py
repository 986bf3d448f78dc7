"""documents.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import read_catalogue
from corpus.errors import BadCatalogue
from corpus.period import Period

ENTRY = '[[document]]\nfile = "a.txt"\ntitle = "A letter"\n'


def catalogue(folder: Path, text: str) -> Path:
    (folder / "documents.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_catalogue_has_no_entries(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path) == {}


def test_an_entry_gives_what_is_known_besides_the_text(tmp_path: Path) -> None:
    text = ENTRY + 'published = 2014-09-30\nperiod = [2014-08-01, 2014-09-30]\nexamples = ["Who led?"]\n'
    entry = read_catalogue(catalogue(tmp_path, text))["a.txt"]
    assert entry.details.title == "A letter"
    assert entry.details.published == date(2014, 9, 30)
    assert entry.details.period == Period(date(2014, 8, 1), date(2014, 9, 30))
    assert entry.examples == ("Who led?",)


def test_a_byte_order_mark_at_the_start_does_no_harm(tmp_path: Path) -> None:
    assert "a.txt" in read_catalogue(catalogue(tmp_path, "\ufeff" + ENTRY))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[document]\n", "is not valid TOML: .*at line 1, column 11.; mend the line or remove the file."),
        ('colour = "red"\n', r"should hold only \[\[document\]\] tables, found colour."),
        ('document = "a.txt"\n', r"should hold only \[\[document\]\] tables."),
        (ENTRY + 'autor = "X"\n', "a.txt has unknown keys, found autor; known are: title, publisher, author"),
        (ENTRY + "publisher = 3\n", "publisher should be a text in quotation marks, found 3."),
        (ENTRY + 'published = "2014"\n', "published should be a date such as 2014-09-30, found '2014'."),
        (ENTRY + "published = 2014-09-30T10:00:00\n", "published should be a date such as 2014-09-30"),
        (ENTRY + "period = 2014-08-01\n", "period should be two dates in brackets"),
        (ENTRY + "period = [2014-09-30, 2014-08-01]\n", "ends before it starts: 2014-09-30 to 2014-08-01."),
        (ENTRY + 'examples = "Who?"\n', "examples should be a list of questions, found 'Who\\?'."),
        (ENTRY + ENTRY, "each document needs a file of its own, but found 'a.txt'."),
        ('[[document]]\ntitle = "A"\n', "each document needs a file of its own, but found ''."),
        ('[[document]]\nfile = "a.txt"\n', "a.txt has no title."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_that_names_the_file(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(BadCatalogue, match=sentence) as caught:
        read_catalogue(catalogue(tmp_path, text))
    assert str(caught.value).startswith(str(tmp_path / "documents.toml"))


def test_a_catalogue_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_bytes(ENTRY.replace("letter", "café").encode("cp1252"))
    with pytest.raises(BadCatalogue, match="is not valid TOML: 'utf-8' codec"):
        read_catalogue(tmp_path)
