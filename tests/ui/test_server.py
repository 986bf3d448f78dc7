from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys

import pytest

from ui.errors import AddressUnavailable
from ui.server import address, own_page, serve

GRADIO_PAGE = b"""<!doctype html>
<html
\tlang="en"
>
<head>
<meta charset="utf-8" />
<meta
 property="og:image"
 content="https://elsewhere.invalid/picture.png"
/>
<meta name="twitter:title" content="x" />
<script>window.gradio_config = {};</script>
<script type="module" crossorigin src="./assets/index.js"></script>
</head>
<body><gradio-app></gradio-app></body></html>"""


def test_the_page_is_in_british_english_and_has_its_title_before_any_script():
    page = own_page(GRADIO_PAGE, "once").decode()
    assert 'lang="en-GB"' in page
    assert page.index("<title>Inspection QA</title>") < page.index("<script")


def test_our_script_runs_before_that_of_gradio():
    page = own_page(GRADIO_PAGE, "once").decode()
    assert page.index("/look/page.js") < page.index("./assets/index.js")


def test_inline_scripts_carry_the_nonce_and_no_others_do():
    page = own_page(GRADIO_PAGE, "once").decode()
    assert '<script nonce="once">window.gradio_config' in page
    assert page.count("nonce=") == 1


def test_pictures_of_other_hosts_for_link_previews_are_taken_out():
    page = own_page(GRADIO_PAGE, "once")
    assert b"elsewhere.invalid" not in page
    assert b"twitter:" not in page


def test_the_first_thing_on_the_page_is_a_way_to_the_question():
    assert re.search(rb'<body><a class="skip" href="#question">', own_page(GRADIO_PAGE, "once"))


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "http://127.0.0.1:7860"), ("::1", "http://[::1]:7860")]
)
def test_the_address_can_be_typed_into_a_browser(host, shown):
    assert address(host, 7860) == shown


def test_a_port_that_is_taken_is_said_in_one_sentence_before_anything_is_built():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressUnavailable, match=f"127.0.0.1:{port} is in use by another program"):
            serve(_never, host="127.0.0.1", port=port)


def _never():
    raise AssertionError("the assistant was opened although the address cannot be used")


@pytest.mark.parametrize(("host", "port"), [("nobody.invalid", 7860), ("127.0.0.1", 70_000)])
def test_an_address_that_cannot_be_used_is_said_in_one_sentence(host, port):
    with pytest.raises(AddressUnavailable, match="choose another address with --host and --port"):
        serve(_never, host=host, port=port)


SERVE_NOTHING = """
from ui.server import serve

class Nobody:
    def examples(self): return ()
    def details(self): return ()

serve(Nobody, host="127.0.0.1", port=0)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to one process on Windows")
def test_the_address_is_printed_when_it_listens_and_ctrl_c_stops_it_without_complaint():
    with subprocess.Popen(
        [sys.executable, "-c", SERVE_NOTHING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        line = server.stdout.readline()
        found = re.fullmatch(r"inspection-qa is at http://127\.0\.0\.1:(\d+)  \(Ctrl\+C stops it\)\n", line)
        assert found, line
        socket.create_connection(("127.0.0.1", int(found[1])), timeout=5).close()
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=20)
    assert (server.returncode, complaints) == (0, "")
