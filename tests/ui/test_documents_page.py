"""The documents page without script: adding, correcting, replacing, removing, hiding."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.assistant import bring_up_to_date
from tests.ui.documents_site import BRIDGE, LAKE, LARGEST, PARKS, Town, build_town
from tests.ui.plain_site import Seen, plain_site
from ui.cli import main
from ui.conversations import new_id
from ui.documents_desk import State
from ui.incoming import Incoming
from ui.indexing import Phase, seconds_left

FIELD_ALONE = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
Files = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    built = build_town(tmp_path)
    yield built
    built.desk.close()


@pytest.fixture
def client(town: Town) -> TestClient:
    return plain_site(town.live, desk=town.desk)


def files(**texts: str) -> Files:
    """Text files by their names, without ".txt"."""
    return [("files", (f"{name}.txt", text.encode())) for name, text in texts.items()]


def send(town: Town, client: TestClient, sent: Files, place: str = "/documents/send") -> str:
    """Sends files and waits until they are read; the address of their page."""
    response = client.post(place, files=sent, follow_redirects=False)
    assert response.status_code == 303, response.text
    address = response.headers["location"]
    batch = town.desk.incoming.batch(address.rsplit("/", 1)[1])
    assert batch is not None
    town.until(lambda: not batch.is_reading)
    return address


def add(town: Town, client: TestClient, **texts: str) -> None:
    """Adds text files and waits until they are indexed."""
    address = send(town, client, files(**texts))
    form = Seen(client.get(address).text)
    chosen = [str(number) for number in range(1, len(texts) + 1)]
    assert form.elements.count("fieldset") == len(texts)
    assert client.post(f"{address}/add", data={"chosen": chosen}).status_code == 200
    town.indexed()


def seen(client: TestClient, address: str = "/documents") -> str:
    return Seen(client.get(address).text).folded


def test_the_list_says_of_each_document_what_it_is_and_what_it_is_at(town: Town, client: TestClient) -> None:
    page = seen(client)
    assert "2 documents can be asked about." in page
    passages = town.desk.document("parks.txt").passages
    assert passages > 0
    assert f"Inspection of parks 4 May 2018; letter; text, {passages} passages" in page
    assert "Can be asked about; comes with the folder. parks.txt" in page


def test_a_document_that_is_added_can_be_asked_about_at_once(town: Town, client: TestClient) -> None:
    add(town, client, bridge=BRIDGE)
    assert town.ids() == ["added/bridge.txt", "lake.txt", "parks.txt"]
    answer = seen(client, "/plain?q=Is+the+bridge+closed%3F")
    assert "The bridge is closed at night." in answer
    assert "Inspection of the bridge" in seen(client, "/document/added/bridge.txt")


def test_what_was_read_is_proposed_and_can_be_corrected_before_it_is_added(
    town: Town, client: TestClient
) -> None:
    address = send(town, client, files(bridge=BRIDGE))
    form = client.get(address).text
    assert 'name="f1-title" value="Inspection of the bridge"' in form
    assert 'name="f1-published" value="7 July 2022"' in form
    assert "Proposed from: date line" in form
    typed = {"f1-title": "The bridge", "f1-publisher": "Northby", "f1-published": "8/7/2022"}
    client.post(f"{address}/add", data={"chosen": "1", **typed})
    town.indexed()
    details = dict(town.live.details())["added/bridge.txt"]
    assert (details.title, details.publisher, str(details.published)) == (
        "The bridge",
        "Northby",
        "2022-07-08",
    )
    assert "details corrected" in seen(client)


def test_details_that_cannot_be_used_are_said_at_their_field_and_nothing_is_added(
    town: Town, client: TestClient
) -> None:
    address = send(town, client, files(bridge=BRIDGE))
    typed = {"chosen": "1", "f1-title": " ", "f1-published": "in summer", "f1-publisher": "Northby"}
    response = client.post(f"{address}/add", data=typed)
    assert response.status_code == 422
    page = Seen(response.text)
    assert "<title>Error: nothing was added" in response.text
    assert "'in summer' is not a day" in page.folded
    assert {"#f1-title", "#f1-published"} <= set(page.links)
    assert {"f1-title", "f1-published"} <= set(page.ids)
    assert 'value="Northby"' in response.text
    assert town.ids() == ["lake.txt", "parks.txt"]


def test_the_same_content_under_another_name_is_recognised(town: Town, client: TestClient) -> None:
    page = seen(client, send(town, client, files(copy=PARKS, bridge=BRIDGE, again=BRIDGE)))
    assert "3 files read: 1 can be added and 2 there already." in page
    assert "copy.txt The same content is there already: Inspection of parks." in page
    assert "again.txt The same content is there already: bridge.txt." in page


def test_a_file_that_cannot_be_read_is_named_with_its_reason(town: Town, client: TestClient) -> None:
    sent: Files = [
        ("files", ("empty.txt", b"")),
        ("files", ("large.txt", b"x" * (LARGEST + 1))),
        ("files", ("broken.pdf", b"%PDF-1.7 nothing more")),
        ("files", ("picture.xyz", b"\x89PNG\r\n\x1a\n\x00\x00")),
    ]
    address = send(town, client, sent)
    page = Seen(client.get(address).text)
    assert "4 files read: 0 can be added and 4 cannot be read." in page.folded
    assert "empty.txt: it is empty (0 bytes)" in page.folded
    assert "large.txt: it has more than 1 MB" in page.folded
    assert all(f"#file-{number}" in page.links and f"file-{number}" in page.ids for number in range(1, 5))
    assert client.post(f"{address}/add", data={"chosen": ["1", "2"]}).status_code == 422


def test_names_that_lead_elsewhere_are_made_harmless(town: Town, client: TestClient) -> None:
    names = ["../../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "added/../evil.txt", "C:evil.txt"]
    sent = [("files", (name, f"{BRIDGE} {number}".encode())) for number, name in enumerate(names)]
    address = send(town, client, sent)
    client.post(f"{address}/add", data={"chosen": ["1", "2", "3", "4", "5"]})
    town.indexed()
    found = [path for path in town.data.parent.rglob("*") if "evil" in path.name]
    assert len(found) == 5
    assert {path.parent.name for path in found} == {"added"}


def test_what_a_file_is_called_is_escaped(town: Town, client: TestClient) -> None:
    page = client.get(send(town, client, [("files", ("<b onclick=x>.txt", BRIDGE.encode()))])).text
    assert "<b onclick" not in page
    assert "_b onclick=x_.txt" in page


def test_files_that_are_not_added_are_gone(town: Town, client: TestClient) -> None:
    address = send(town, client, files(bridge=BRIDGE))
    assert list(town.desk.changes.incoming.iterdir())
    client.post(f"{address}/discard")
    assert not list(town.desk.changes.incoming.iterdir())
    assert client.get(address).status_code == 404


def test_what_a_server_left_behind_is_deleted_by_the_next_one(town: Town, client: TestClient) -> None:
    send(town, client, files(bridge=BRIDGE))
    Incoming(town.desk.changes).close()
    assert not list(town.desk.changes.incoming.iterdir())


def test_details_are_corrected(town: Town, client: TestClient) -> None:
    asked = client.get("/documents/correct?id=parks.txt").text
    assert 'value="Inspection of parks"' in asked
    wrong = client.post("/documents/correct", data={"id": "parks.txt", "title": ""})
    assert wrong.status_code == 422
    client.post("/documents/correct", data={"id": "parks.txt", "title": "Parks", "kind": "letter"})
    town.indexed()
    assert dict(town.live.details())["parks.txt"].title == "Parks"
    assert (town.place / "parks.txt").read_text() == PARKS


def test_a_document_is_removed_only_after_a_question_and_can_be_brought_back(
    town: Town, client: TestClient
) -> None:
    add(town, client, bridge=BRIDGE)
    assert "Remove this document?" in seen(client, "/documents/remove?id=added/bridge.txt")
    client.post("/documents/remove", data={"id": "added/bridge.txt"})
    town.indexed()
    assert town.ids() == ["lake.txt", "parks.txt"]
    page = client.get("/documents").text
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token is not None
    client.post("/documents/undo", data={"token": token[1]})
    town.indexed()
    assert "added/bridge.txt" in town.ids()
    assert "Undo" not in seen(client)


def test_a_document_is_replaced_under_its_id(town: Town, client: TestClient) -> None:
    add(town, client, bridge=BRIDGE)
    new = BRIDGE.replace("closed", "open")
    address = send(town, client, files(new=new), "/documents/send?replaces=added%2Fbridge.txt")
    assert "Replace the document" in seen(client, address)
    client.post(f"{address}/add", data={"chosen": "1"})
    town.indexed()
    assert town.live.document("added/bridge.txt").text == new


def test_a_document_of_the_folder_is_hidden_and_shown_but_never_removed(
    town: Town, client: TestClient
) -> None:
    client.post("/documents/hide", data={"id": "parks.txt"})
    town.indexed()
    assert town.ids() == ["lake.txt"]
    assert "hidden" in seen(client)
    for deed in ("hide", "remove"):
        assert client.post(f"/documents/{deed}", data={"id": "lake.txt"}).status_code == 409
    client.post("/documents/show", data={"id": "parks.txt"})
    town.indexed()
    assert town.ids() == ["lake.txt", "parks.txt"]
    assert client.post("/documents/remove", data={"id": "parks.txt"}).status_code == 409
    replaced = client.post("/documents/send?replaces=parks.txt", files=files(new=BRIDGE))
    assert replaced.status_code == 404


def test_indexing_is_shown_while_it_goes_on_and_can_be_stopped_and_begun_again(
    town: Town, client: TestClient
) -> None:
    town.run.gate.clear()
    address = send(town, client, files(bridge=BRIDGE))
    client.post(f"{address}/add", data={"chosen": "1"})
    town.until(lambda: town.desk.state().number > 0)
    page = seen(client)
    assert "Step 3 of 6: Working out what the passages mean, 1 of 4." in page
    assert "Inspection of the bridge 7 July 2022; letter Being indexed; added here." in page
    assert client.get("/documents/state").json()["phase"] == "running"
    client.post("/documents/stop")
    town.indexed()
    assert town.desk.state().phase is Phase.STOPPED
    assert "Indexing was stopped" in seen(client)
    assert town.desk.document("added/bridge.txt").state is State.WAITING
    town.run.gate.set()
    client.post("/documents/index")
    town.indexed()
    assert "added/bridge.txt" in town.ids()


def test_questions_are_answered_while_documents_are_indexed(town: Town, client: TestClient) -> None:
    town.run.gate.clear()
    address = send(town, client, files(bridge=BRIDGE))
    client.post(f"{address}/add", data={"chosen": "1"})
    assert "The lake has had a warden since 2019." in seen(client, "/plain?q=Who+has+a+warden%3F")
    town.run.gate.set()
    town.indexed()


def test_why_indexing_failed_is_said_and_the_documents_stay_as_they_were(
    town: Town, client: TestClient
) -> None:
    town.run.failure = "The disk is full."
    address = send(town, client, files(bridge=BRIDGE))
    client.post(f"{address}/add", data={"chosen": "1"})
    town.indexed()
    assert "Indexing failed The disk is full." in seen(client)
    assert town.ids() == ["lake.txt", "parks.txt"]


def test_a_change_that_comes_while_others_are_indexed_is_indexed_after_them(
    town: Town, client: TestClient
) -> None:
    town.run.gate.clear()
    client.post("/documents/hide", data={"id": "parks.txt"})
    town.until(lambda: town.desk.state().number > 0)
    client.post("/documents/show", data={"id": "parks.txt"})
    town.run.gate.set()
    town.until(lambda: town.desk.state().runs == 2)
    assert town.ids() == ["lake.txt", "parks.txt"]


def test_what_another_process_indexes_is_answered_from_too(town: Town, client: TestClient) -> None:
    (town.place / "bridge.txt").write_text(BRIDGE)
    bring_up_to_date(town.place, town.data, town.run.encoder, progress=lambda _: None)
    town.until(lambda: "bridge.txt" in town.ids())
    assert "The bridge is closed at night." in seen(client, "/plain?q=Is+the+bridge+closed%3F")


def test_a_request_sees_the_same_documents_from_its_beginning_to_its_end(town: Town) -> None:
    (town.place / "parks.txt").unlink()
    (town.place / "bridge.txt").write_text(BRIDGE)
    with town.live.kept():
        bring_up_to_date(town.place, town.data, town.run.encoder, progress=lambda _: None)
        town.until(lambda: not town.live.is_behind)
        assert town.ids() == ["lake.txt", "parks.txt"]
        assert town.live.document("parks.txt").text == PARKS
    assert town.ids() == ["bridge.txt", "lake.txt"]


def test_what_could_be_asked_next_is_left_out_for_an_answer_whose_document_is_gone(town: Town) -> None:
    answer = town.live.ask("How was the lighting in the parks?")
    assert "parks.txt" in {one.document_id for one in answer.citations}
    town.live.suggestions(answer)
    (town.place / "parks.txt").unlink()
    town.desk.index()
    town.indexed()
    assert town.live.suggestions(answer) == ()


def test_other_websites_cannot_change_anything(town: Town, client: TestClient) -> None:
    elsewhere = {"origin": "http://elsewhere.invalid"}
    deeds = ["send", "correct", "remove", "hide", "show", "undo", "stop", "index"]
    batch = send(town, client, files(bridge=BRIDGE))
    addresses = [f"/documents/{deed}" for deed in deeds] + [f"{batch}/add", f"{batch}/discard"]
    for address in addresses:
        assert client.post(address, data={"id": "parks.txt"}, headers=elsewhere).status_code == 403


def test_who_comes_from_another_computer_only_reads_unless_everybody_may_change(town: Town) -> None:
    visitor = plain_site(town.live, desk=town.desk, from_anywhere=False)  # "testclient" is no address here
    page = visitor.get("/documents").text
    assert "<form" not in page
    assert visitor.post("/documents/hide", data={"id": "parks.txt"}).status_code == 403
    assert visitor.post("/documents/send", files=files(bridge=BRIDGE)).status_code == 403
    assert visitor.get("/documents/remove?id=parks.txt").status_code == 403


def test_without_a_desk_the_page_only_lists(town: Town) -> None:
    page = plain_site(town.live).get("/documents").text
    assert "Inspection of parks" in page
    assert "<form" not in page


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"a=b", "application/x-www-form-urlencoded", 400),
        (b"a=b", "multipart/form-data", 400),
        (b"nothing of the kind", "multipart/form-data; boundary=x", 400),
        (b"--x\r\nno header at all", "multipart/form-data; boundary=x", 400),
        (b"--x\r\n" + b"A" * 5000 + b": b\r\n\r\n", "multipart/form-data; boundary=x", 400),
        (FIELD_ALONE, "multipart/form-data; boundary=x", 422),
    ],
)
def test_what_is_no_form_with_files_is_refused_and_leaves_nothing(
    town: Town, client: TestClient, content: bytes, kind: str, status: int
) -> None:
    response = client.post("/documents/send", content=content, headers={"content-type": kind})
    assert response.status_code == status
    assert not list(town.desk.changes.incoming.iterdir())


def test_a_form_that_ends_within_a_file_adds_no_half_of_it(town: Town, client: TestClient) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    client.post("/documents/send", content=head + b"half of", headers=kind)
    left = [path for path in town.desk.changes.incoming.rglob("*") if path.is_file()]
    assert left == []


def test_more_files_than_one_batch_may_have_are_refused(town: Town, client: TestClient) -> None:
    sent = files(**{f"f{number}": f"Words {number}." for number in range(201)})
    assert client.post("/documents/send", files=sent).status_code == 413


def test_addresses_of_batches_that_are_not_there_say_so(client: TestClient) -> None:
    for ending in ("", "/state"):
        assert client.get(f"/documents/batch/{new_id()}{ending}").status_code == 404
    for deed in ("add", "discard"):
        assert client.post(f"/documents/batch/{new_id()}/{deed}").status_code == 404
    assert client.get("/documents/correct?id=nothing.txt").status_code == 404


def test_a_long_list_is_shown_in_pages_and_searched(town: Town, client: TestClient) -> None:
    for number in range(60):
        (town.place / f"note-{number:02}.txt").write_text(f"Words of note {number}.")
    town.desk.index()
    town.indexed()
    assert "Page 1 of 2." in seen(client)
    assert seen(client, "/documents?page=2").count("comes with the folder") == 12
    assert "1 of 62 documents" in seen(client, "/documents?find=note-07")


def test_every_page_has_one_heading_of_the_first_level_and_labels_for_its_fields(
    town: Town, client: TestClient
) -> None:
    add(town, client, bridge=BRIDGE)
    batch = send(town, client, files(other=LAKE + "More."))
    ways = [f"/documents/{way}?id=added/bridge.txt" for way in ("correct", "replace", "remove")]
    for address in ("/documents", batch, *ways):
        page = Seen(client.get(address).text)
        assert page.headings.count(1) == 1
        labelled = {value for name, value in page.attributes if name == "for"}
        assert labelled <= set(page.ids)
        assert len(page.ids) == len(set(page.ids))


def test_nothing_is_said_of_the_time_left_before_it_can_be_known() -> None:
    assert seconds_left(1.0, 10, 100) is None
    assert seconds_left(10.0, 0, 100) is None
    assert seconds_left(10.0, 10, 100) == 90
    assert seconds_left(10.0, 100, 100) is None


def test_many_people_can_change_the_documents_at_once(town: Town, client: TestClient) -> None:
    statuses: list[int] = []

    def add_one(number: int) -> None:
        address = send(town, client, files(**{f"f{number}": f"Words of the letter {number}."}))
        statuses.append(client.post(f"{address}/add", data={"chosen": "1"}).status_code)

    threads = [threading.Thread(target=add_one, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    town.indexed()
    assert statuses == [200] * 3
    assert len(town.ids()) == 5


def test_training_pages_and_commands_see_what_was_added(
    town: Town, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    add(town, client, bridge=BRIDGE + "The council closed the bridge on 3 March 2022.\n")
    assert "The council closed the bridge" in seen(client, "/timeline")
    asked = ["timeline", "--json", "--documents", str(town.place), "--data", str(town.data)]
    assert main(asked) == 0
    events = json.loads(capsys.readouterr().out)["events"]
    assert "2022-03-03" in {event["date"] for event in events if event["document"] == "added/bridge.txt"}
