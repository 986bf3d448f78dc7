"""Web pages, through selectolax: the words that a reader of the page sees, with their structure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from corpus.errors import UnreadableDocument
from corpus.extract import Extract, LeftOut
from corpus.file_kind import FileKind
from corpus.marks import flat, heading, item, joined, paragraph, superscript, table
from corpus.proposals import Proposal

_LONGEST_WORDS = 200  # of what is reported as left out
_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_LONGEST_HEAD = 1024  # bytes in which the encoding is declared (HTML standard, 13.2.3.2)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form header hgroup hr html legend li main ol p pre section summary table tbody td tfoot "
    "th thead tr ul".split()
)
_LISTS = ("ul", "ol", "menu")
# Elements whose content nobody reads as words of the page, and what each is called in a report.
_LEFT_OUT = {
    "script": "script",
    "style": "style sheet",
    "template": "template",
    "noscript": "words for browsers without scripts",
    "nav": "navigation",
    "aside": "side column",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "datalist": "form",
    "iframe": "embedded object",
    "object": "embedded object",
    "svg": "picture",
    "canvas": "picture",
    "video": "embedded object",
    "audio": "embedded object",
    "head": "head of the page",
}
_WORDLESS = ("script", "style", "template", "head")  # what is in them are no words
_LEFT_OUT_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "search": "form",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "side column",
}
_PAGE_PARTS = {"header": "page header", "footer": "page footer"}  # where they are not of an article
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
# Of style sheets: rules for printing and the like, and comments, which may be left open.
_AT_RULE = re.compile(r"@[^{;@]*(?:;|\{(?:[^{}@]*\{[^{}@]*\})*[^{}@]*\})")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_META = {
    "published": (
        "article:published_time",
        "dc.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "date",
    ),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher"),
    "author": ("author", "dc.creator", "dcterms.creator"),
}


def read_html(content: bytes) -> Extract:
    """Headings, lists and tables are kept as such; scripts, navigation and hidden text are left out.

    Where the page marks its main part, only that is read. Raises UnreadableDocument for a page without words.
    """
    page = LexborHTMLParser(_decoded(content))
    body = page.body
    if body is None:
        raise UnreadableDocument("it is a web page with frames only; save the page inside the frame")
    reading = _Reading(_main_of(body), _hidden_nodes(page))
    reading.read(body)
    text = joined(reading.blocks)
    if not any(character.isalnum() for character in text):
        raise UnreadableDocument("it is a web page without words; open it in a browser and save it as PDF")
    stated = tuple(_stated(page, reading.main_headings))
    return Extract(
        FileKind.WEB_PAGE, text, stated=stated, left_out=tuple(reading.left_out), tables=reading.tables
    )


def _decoded(content: bytes) -> str:
    """The page in the encoding that it declares, else UTF-8, else Windows-1252, as browsers have it."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    declared = _CHARSET.search(content[:_LONGEST_HEAD])
    names = [declared[1].decode("ascii")] if declared else []
    for name in (*names, "utf-8"):
        try:
            return content.decode("cp1252" if name.casefold() in ("iso-8859-1", "latin1") else name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _main_of(body: LexborNode) -> LexborNode | None:
    """The main part, where the page marks one and its heading is not outside of it."""
    mains = body.css("main, [role=main]") or body.css("article")
    if len(mains) != 1 or (body.css_first("h1") and not mains[0].css_first("h1")):
        return None
    return mains[0]


def _hidden_nodes(page: LexborHTMLParser) -> frozenset[int]:
    """The elements that the page's own style sheets do not show on a screen."""
    hidden: set[int] = set()
    for style in page.css("style"):
        rules = _AT_RULE.sub("", _COMMENT.sub("", style.text(deep=True)))
        for rule in rules.split("}"):
            selector, _, declarations = rule.partition("{")
            if _HIDDEN_STYLE.search(declarations):
                hidden |= {node.mem_id for node in _matches(page, selector.strip())}
    return frozenset(hidden)


def _matches(page: LexborHTMLParser, selector: str) -> list[LexborNode]:
    if ":" in selector:  # a state, such as :hover, or a part that is no element
        return []
    try:
        return page.css(selector)
    except SelectolaxError:  # a selector that the library does not know hides nothing
        return []


class _Reading:
    """Walks over a page, element by element, without recursion: pages may be nested without end."""

    def __init__(self, main: LexborNode | None, hidden: frozenset[int]) -> None:
        self.blocks: list[str] = []
        self.left_out: list[LeftOut] = []
        self.tables = 0
        self.main_headings: list[str] = []
        self._main = main.mem_id if main else None
        self._around_main = frozenset(_ancestors(main)) if main else frozenset()
        self._hidden = hidden
        self._words: list[str] = []  # of the block that is open
        self._lists: list[tuple[str, int]] = []  # the open lists, and the number of the next item
        self._marker: str | None = None  # of an item that has no words yet
        self._articles = 0  # open elements that headers and footers may belong to
        self._is_in_main = main is None

    def read(self, root: LexborNode) -> None:
        """Read everything below `root`."""
        self._walk(root, self._enter, self._leave)
        self._close()

    def _walk(
        self, root: LexborNode, enter: Callable[[LexborNode], bool], leave: Callable[[LexborNode], None]
    ) -> None:
        waiting: list[tuple[LexborNode, bool]] = [(root, False)]
        while waiting:
            node, is_over = waiting.pop()
            if is_over:
                leave(node)
            elif enter(node):
                waiting.append((node, True))
                waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]

    def _enter(self, node: LexborNode) -> bool:
        """Begin an element, or take a text; whether what is in it is to be read."""
        tag = node.tag or ""
        if tag == "-text":
            if self._is_in_main:
                self._words.append(re.sub(r"\s+", " ", node.text_content or ""))
            return False
        reason = self._reason(node, tag)
        if reason is not None:
            self._leave_out(node, reason)
            return False
        self._is_in_main |= node.mem_id == self._main
        if not self._is_in_main and node.mem_id not in self._around_main:
            self._leave_out(node, "outside the main part of the page")
            return False
        return self._begin(node, tag)

    def _begin(self, node: LexborNode, tag: str) -> bool:
        if tag in _BLOCKS or tag in _HEADINGS or tag in _LISTS:
            self._close(keep_marker=tag not in _LISTS and tag != "li")
        if tag == "table" and not _is_layout(node):
            self._add_table(node)
            return False
        if tag == "pre":
            self.blocks.append(paragraph(node.text(deep=True)))
            return False
        if tag in _LISTS:
            self._lists.append((tag, _number(node, "start") or 1))
        elif tag == "li":
            self._begin_item(node)
        elif tag in ("article", "main", "section"):
            self._articles += 1
        elif tag == "dd" and self.blocks and not self._lists:
            self._words.append(self.blocks.pop() + "\n")  # with its term
        self._add_inline(node, tag)
        return True

    def _add_inline(self, node: LexborNode, tag: str) -> None:
        if tag == "br":
            self._words.append("\n")
        elif tag == "q":
            self._words.append("“")
        elif tag == "img" and (alternative := flat(node.attributes.get("alt") or "")):
            self.left_out.append(LeftOut(None, alternative[:_LONGEST_WORDS], "picture"))

    def _begin_item(self, node: LexborNode) -> None:
        self._marker = ""
        if self._lists and self._lists[-1][0] == "ol":
            number = _number(node, "value") or self._lists[-1][1]
            self._lists[-1] = ("ol", number + 1)
            self._marker = f"{number}."

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _HEADINGS:
            words = flat("".join(self._words))
            self._words.clear()
            if words:
                self.blocks.append(heading(words, _HEADINGS[tag]))
                self.main_headings += [words] if tag == "h1" else []
            return
        if tag == "q":
            self._words.append("”")
        if tag == "sup":
            self._raise_digits()
        if tag in _BLOCKS or tag in _LISTS:
            self._close(keep_marker=tag != "li")
        if tag in _LISTS:
            self._lists.pop()
        if tag in ("article", "main", "section"):
            self._articles -= 1
        if node.mem_id == self._main:
            self._is_in_main = False

    def _raise_digits(self) -> None:
        if self._words and self._words[-1].strip().strip("[]").isdecimal():
            self._words[-1] = superscript(self._words[-1].strip().strip("[]"))

    def _close(self, *, keep_marker: bool = True) -> None:
        """End the open block; an item without words of its own keeps its marker for what is in it."""
        parts = re.split(r"\n\s*\n", "".join(self._words))
        self._words.clear()
        for part in parts:
            if not part.strip():
                continue
            level = max(len(self._lists) - 1, 0)
            if self._marker is not None:
                self.blocks.append(item(part, level=level, marker=self._marker))
                self._marker = None
            else:
                self.blocks.append(paragraph(part, level=level + 1 if self._lists else 0))
        if not keep_marker:
            self._marker = None

    def _add_table(self, node: LexborNode) -> None:
        caption = node.css_first("caption")
        if caption is not None and (words := self._words_in(caption)):
            self.blocks.append(paragraph(words))
        rows, headings = self._rows_of(node)
        words = table(rows, headings=headings)
        if words:
            self.blocks.append(words)
            self.tables += 1

    def _rows_of(self, node: LexborNode) -> tuple[list[list[str]], int]:
        """The cells of a table's rows, spans filled in, and how many rows of column headings come first."""
        rows: list[list[str]] = []
        headings = 0
        open_spans: dict[int, tuple[int, str]] = {}  # by column: rows that are left, words
        for row in node.css("tr"):
            cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
            if not cells or self._is_hidden(row):
                continue
            is_heading = row.parent is not None and row.parent.tag == "thead"
            is_heading |= all(cell.tag == "th" for cell in cells)
            if is_heading and headings == len(rows):
                headings += 1
            rows.append(self._cells(cells, open_spans, repeats=is_heading))
        return rows, headings

    def _cells(
        self, cells: Sequence[LexborNode], open_spans: dict[int, tuple[int, str]], *, repeats: bool
    ) -> list[str]:
        """One row: words of cells that reach down from rows above again, those that reach across once."""
        found: list[str] = []

        def fill() -> None:
            while len(found) in open_spans:
                left, words = open_spans.pop(len(found))
                if left > 1:
                    open_spans[len(found)] = (left - 1, words)
                found.append(words)

        for cell in cells:
            fill()
            words = "" if self._is_hidden(cell) else self._words_in(cell)
            down = min(_number(cell, "rowspan") or 1, 1000)
            for number in range(min(_number(cell, "colspan") or 1, 1000)):
                shown = words if number == 0 or repeats else ""
                if down > 1:
                    open_spans[len(found)] = (down - 1, shown)
                found.append(shown)
        fill()
        return found

    def _words_in(self, node: LexborNode) -> str:
        """The words of a cell, on one line."""
        words: list[str] = []

        def enter(inner: LexborNode) -> bool:
            tag = inner.tag or ""
            if tag == "-text":
                words.append(inner.text_content or "")
                return False
            if (reason := self._reason(inner, tag)) is not None:
                self._leave_out(inner, reason)
                return False
            if tag in _BLOCKS or tag == "br":
                words.append(" ")
            return True

        def leave(inner: LexborNode) -> None:
            if inner.tag in _BLOCKS:
                words.append(" ")

        self._walk(node, enter, leave)
        return flat("".join(words))

    def _reason(self, node: LexborNode, tag: str) -> str | None:
        """Why an element is left out, or None."""
        if tag in _LEFT_OUT:
            return _LEFT_OUT[tag]
        if self._is_hidden(node):
            return "hidden text"
        role = (node.attributes.get("role") or "").casefold()
        if role in _LEFT_OUT_ROLES:
            return _LEFT_OUT_ROLES[role]
        if tag in _PAGE_PARTS and not self._articles:
            return _PAGE_PARTS[tag]
        names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".casefold()
        return "cookie notice" if "cookie" in names and tag != "body" else None

    def _is_hidden(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if node.mem_id in self._hidden or (node.tag == "dialog" and "open" not in attributes):
            return True
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return True
        is_silent = (attributes.get("aria-hidden") or "").casefold() == "true"
        return is_silent or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))

    def _leave_out(self, node: LexborNode, reason: str) -> None:
        words = "" if node.tag in _WORDLESS else _first_words(node)
        if words or node.tag == "script":
            self.left_out.append(LeftOut(None, words[:_LONGEST_WORDS], reason))


def _first_words(node: LexborNode) -> str:
    """As many of the words below a node as are reported."""
    words: list[str] = []
    waiting = [node]
    while waiting and sum(map(len, words)) < _LONGEST_WORDS:
        one = waiting.pop()
        if one.tag == "-text":
            words += (one.text_content or "").split()
        elif one.tag not in _WORDLESS:
            waiting += reversed(list(one.iter(include_text=True)))
    return " ".join(words)


def _ancestors(node: LexborNode) -> Iterator[int]:
    parent = node.parent
    while parent is not None:
        yield parent.mem_id
        parent = parent.parent


def _is_layout(node: LexborNode) -> bool:
    """Whether a table only places things: it says so, holds tables, headings or lists, or has one column."""
    if (node.attributes.get("role") or "") in ("presentation", "none"):
        return True
    if node.css_first("table table, td h1, td h2, td h3, td ul, td ol") is not None:
        return True
    return all(sum(cell.tag in ("td", "th") for cell in row.iter()) < 2 for row in node.css("tr"))


def _number(node: LexborNode, name: str) -> int | None:
    value = (node.attributes.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else None


def _stated(page: LexborHTMLParser, headings: Sequence[str]) -> Iterator[Proposal]:
    """What the page says about itself."""
    title = page.css_first("head title")
    words = flat(title.text(deep=True)) if title is not None else ""
    if len(headings) == 1:
        yield Proposal("title", headings[0], "main heading")
    elif words:
        yield Proposal("title", words, "title of the page")
    metas = [(_name_of(meta), flat(meta.attributes.get("content") or "")) for meta in page.css("meta")]
    for field, names in _META.items():
        value = next((content for name in names for key, content in metas if key == name and content), "")
        if field == "published":
            value = _date_in(value) or _date_in_scripts(page)
        if value:
            yield Proposal(field, value, "properties of the page")


def _name_of(meta: LexborNode) -> str:
    return (meta.attributes.get("property") or meta.attributes.get("name") or "").casefold()


def _date_in(value: str) -> str:
    match = _ISO_DATE.match(value)
    return match.group() if match else ""


def _date_in_scripts(page: LexborHTMLParser) -> str:
    for script in page.css('script[type="application/ld+json"]'):
        match = _JSON_DATE.search(script.text(deep=True))
        if match:
            return match[1]
    return ""
