"""Damage to files, as Hypothesis draws it: seeds that are cut, repeated, mixed and filled with odd words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

from hypothesis import strategies as st

from corpus.document import Document
from tests.corpus import hostile, hostile_office
from tests.corpus.pdf_builder import pdf

LETTER = (
    "14 March 2016\n\nDear Ms Hill\n\n# Key findings\n\nThese practices are:\n\n- weak\n- slow\n\n"
    "Yours sincerely\n"
)
NEWS = """<html><head><meta charset=utf-8><title>News</title><style>.x{display:none} @media a{b{c:d}}</style>
<meta name="date" content="2016-03-14"></head><body><nav>Menu</nav><main><article><h1>News</h1><p>Words of
the news.<sup>1</sup></p><ol start=3><li>one<ul><li>two</ul></ol><table><tr><th rowspan=2>A<th>B<tr><td
colspan=3>c</table><p class=x>hidden</p><pre>as it is</pre></article></main><footer>Foot</footer></body>"""
LINES = ["Overview", "", "The visit took place in October. Staff were", "    supported.", "", "1.1 It ended."]
SEEDS: Mapping[str, Callable[[], bytes]] = {
    "plain.pdf": lambda: pdf(LINES, LINES, roman=1, title="A report"),
    "packed.pdf": lambda: hostile.compressed(LINES, LINES),
    "locked.pdf": lambda: pdf(LINES, password=""),
    "form.pdf": lambda: hostile.one_page(hostile._TEXT + b" q 1 0 0 1 0 0 cm /X1 Do Q"),
    "itself.pdf": hostile.draws_itself,
    "circle.pdf": hostile.pages_in_a_circle,
    "many.pdf": lambda: hostile.many_pages(30),
    "active.pdf": hostile.active,
    "letter.txt": LETTER.encode,
    "utf16.txt": lambda: LETTER.encode("utf-16"),
    "report.docx": hostile_office.word_document,
    "entity.docx": lambda: hostile_office.with_entity('<!ENTITY b "words">'),
    "page.html": lambda: hostile_office.active_page("http://elsewhere.invalid/"),
    "news.html": lambda: NEWS.encode(),
    "message.eml": hostile_office.message,
    "parts.eml": lambda: hostile_office.message(**{"plan.docx": "UEsDBA==", "a.html": "<p>Words</p>"}),
    "nested.eml": lambda: hostile_office.parts_in_parts(5),
    "table.csv": lambda: b'Area,2015,2016\n"Lake, east",Poor,"Good\nbetter"\nHill,,1\n\nTotal;2\n',
    "table.md": lambda: b"| Area | 2016 |\n|---|---|\n| Lake | Poor |\n\n[^1]: Source (ABC). ABC (a b c)\n",
}
_WORDS = [
    b"<<", b">>", b"[", b"]", b"(", b")", b"endobj", b"stream\n", b"endstream", b"0 R", b"xref", b"trailer",
    b"/Kids", b"/Parent 2 0 R", b"/Count -1", b"/Length 99999999999", b"/Filter /FlateDecode",
    b"/Filter /LZWDecode", b"/Filter /ASCII85Decode", b"/Filter /RunLengthDecode", b"/Filter /CCITTFaxDecode",
    b"/DecodeParms << /Predictor 15 /Columns 99999999 >>", b"/Type /ObjStm", b"/Encrypt 1 0 R",
    b"/Encoding /Identity-H", b"/ToUnicode 4 0 R", b"/Differences [1 /a 99999 /b]", b"BT", b"ET", b"BI ID EI",
    b"Tj", b"TJ", b"Tf", b"Tm", b"' ", b'" ', b"Do", b"1e999", b"-2147483649", b"99999999999999999999",
    b"nan", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xe2\x80\xa8",
    b"\r", b"\f",
    b"31 June 2015", b"between 1 and 2 May 2014", b"Dear ", b"cc ", b"|--|", b"# ", b"**", b"(IRO)",
    b"0000-00-00",
    b"<?xml version='1.0'?>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"&b;", b"&#0;",
    b"<script>", b"</", b"<table><tr><td rowspan=99999 colspan=99999>", b"PK\x03\x04", b"PK\x05\x06",
    b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"=?utf-8?q?=00?=", b'"', b",", b";", b"\n\n",
]  # fmt: skip

_Edit = tuple[str, float, float, bytes]


@st.composite
def damaged_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name and the content of a file that was whole and may not be any more."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    words = st.one_of(st.sampled_from(_WORDS), st.binary(min_size=1, max_size=12))
    kinds = st.sampled_from(("put", "put over", "cut", "repeat", "end", "mix"))
    edits = draw(st.lists(st.tuples(kinds, st.floats(0, 1), st.floats(0, 1), words), max_size=8))
    other = SEEDS[draw(st.sampled_from(sorted(SEEDS)))]()
    content = reduce(lambda so_far, edit: _damaged(so_far, edit, other), edits, SEEDS[name]())
    return draw(st.sampled_from((name, name, name, "named.pdf", "named.txt"))), content[: 2**20]


def _damaged(content: bytes, edit: _Edit, other: bytes) -> bytes:
    kind, where, much, words = edit
    at = int(where * len(content))
    length = 1 + int(much**3 * 400)
    if kind == "put":
        return content[:at] + words + content[at:]
    if kind == "put over":
        return content[:at] + words + content[at + len(words) :]
    if kind == "cut":
        return content[:at] + content[at + length :]
    if kind == "repeat":
        return content[:at] + content[at : at + length] * (1 + int(much * 50)) + content[at:]
    if kind == "end":
        return content[: max(1, at)]
    return content[:at] + other[int(much * len(other)) :][:length] + content[at:]


def check_document(document: Document) -> None:
    """Whatever was in the file: pages and sections tile the text, sentences lie in it in order."""
    text = document.text
    text.encode()  # no half characters
    for tiles in (document.pages, document.sections):
        at = 0
        for tile in tiles:
            assert tile.start == at <= tile.end
            at = tile.end
        assert not tiles or at == len(text)
    at = 0
    for sentence in document.sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        at = sentence.end
