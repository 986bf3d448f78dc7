"""The file of a document is given to be saved, and never runs or shows in the browser."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from corpus.document import Details, Document
from corpus.originals import original_file
from tests.ui.page_view_site import PagedAssistant
from tests.ui.plain_site import plain_site
from ui.original_file import file_name

CONTENTS = {
    "letter.pdf": b"%PDF-1.4 not really",
    "page.html": b"<script>alert(1)</script>",
    "folder/Brief über <b>.txt": b"<script>alert(1)</script>",
    "no ending": b"words",
}


@pytest.fixture
def client(tmp_path: Path):
    for name, content in CONTENTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    documents = {
        name: Document(name, Details(name), sha256(content).hexdigest(), "words")
        for name, content in CONTENTS.items()
    }
    return plain_site(PagedAssistant(documents, folder=tmp_path))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("letter.pdf", "application/pdf"),
        ("page.html", "application/octet-stream"),
        ("folder/Brief über <b>.txt", "text/plain; charset=utf-8"),
        ("no ending", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_whole_to_be_saved(client, name, kind):
    answer = client.get(f"/document/{name}/original")
    assert answer.content == CONTENTS[name]
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("document_id", "name"),
    [
        ("a/b/letter.pdf", "letter.pdf"),
        ("a\\..\\letter.pdf", "letter.pdf"),
        ('x"; filename="evil.exe', "x; filename=evil.exe"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", "document"),
        ("", "document"),
    ],
)
def test_the_name_of_a_file_holds_nothing_that_a_browser_could_misread(document_id, name):
    assert file_name(document_id) == name


def test_only_files_below_the_folder_are_originals(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "here.txt").write_text("here")
    assert original_file(folder, "here.txt") == (folder / "here.txt").resolve()
    assert original_file(folder / "here.txt", "here.txt") == (folder / "here.txt").resolve()
    for name in ("../secret.txt", "link.txt", str(tmp_path / "secret.txt"), "nowhere.txt", ".", "a\0b"):
        assert original_file(folder, name) is None
    assert original_file(tmp_path / "corpus.jsonl", "here.txt") is None


def test_a_document_that_is_not_there_has_no_file(client):
    assert client.get("/document/nowhere.pdf/original").status_code == 404
