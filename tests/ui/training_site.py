"""The pages of the training over a folder of documents, with a model that a person can predict."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from index.store import open_index
from qa.assistant import Assistant, bring_up_to_date, index_folder
from tests.fakes import HashedWords
from ui.conversations import Conversations
from ui.documents_desk import Desk
from ui.feedback import FeedbackStore
from ui.server import add_guards, add_routes

LETTER = """Northby Inspectorate

4 May 2018

Dear Ms Smith

Inspection of parks

The inspectors visited twelve parks between 1 and 3 May 2018. Lighting in the parks was judged to be poor.

The new boating lake was opened by the Council on 3 March 2016. It was closed again in 2017.

| Weakness | Found in |
|---|---|
| No lighting after dark | 2012, 2015 |

Yours sincerely
"""
REPORT = """REPORT TO THE PARKS COMMITTEE

6 June 2021

The inspectors visited twelve parks between 1 and 3 May 2018 and wrote a letter. In 2020 lighting in the
parks was judged to be good.

The new boating lake was opened by the Council on 8 April 2016.

Mr Paul Green was appointed as Director of Parks in January 2020.

A note on <script>document.title = 'taken'</script> was published in July 2019.
"""
CATALOGUE = """
[[document]]
file = "letter.txt"
title = "Inspection of parks"
publisher = "Northby Inspectorate"
published = 2018-05-04

[[document]]
file = "report.txt"
title = "Parks in 2021 <b>and</b> later"
publisher = "Northby Council"
published = 2021-06-06
"""


def write_documents(folder: Path) -> Path:
    """Two documents that say one thing alike and date another differently."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "documents.toml").write_text(CATALOGUE, encoding="utf-8")
    return folder


def assistant_over(documents: Path, data: Path) -> Assistant:
    """An assistant over a folder of documents."""
    encoder = HashedWords()
    bring_up_to_date(documents, data, encoder, progress=lambda _: None)
    return Assistant(open_index(index_folder(documents, data), encoder), encoder)


@contextmanager
def serving_plain_pages(assistant: Any, desk: Desk | None = None) -> Iterator[str]:
    """The address of a server of everything but Gradio's page."""
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    add_routes(site, assistant, Conversations(), FeedbackStore(), desk=desk)
    add_guards(site, only_here=True)
    server = uvicorn.Server(uvicorn.Config(site, port=0, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
