"""Copies of a text as a Word document and as a web page, as an office would make them: with styles."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape

import docx

from corpus.blocks import Block, Form, cut_into_blocks


def word_copy(text: str) -> bytes:
    """A Word document with a paragraph, heading, item or table for each block of the text."""
    file = docx.Document()
    for form, blocks in _groups(text):
        words = [text[block.start : block.end] for block in blocks]
        if form is Form.ROW:
            rows = [_cells(row) for row in words]
            table = file.add_table(len(rows), max(map(len, rows)))
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    table.cell(number, column).text = cell
        elif form is Form.HEADING:
            file.add_heading(words[0], min(len(blocks[0].marker), 6))
        elif form is Form.ITEM and not any(map(str.isalnum, blocks[0].marker)):
            file.add_paragraph(words[0], style="List Bullet")
        else:
            file.add_paragraph(" ".join(filter(None, (blocks[0].marker, words[0]))))
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def page_copy(text: str) -> bytes:
    """A web page with an element for each block of the text, between navigation and a footer."""
    parts = []
    for form, blocks in _groups(text):
        words = [escape(text[block.start : block.end]).replace("\n", "<br>") for block in blocks]
        if form is Form.ROW:
            rows = ["".join(f"<td>{cell}</td>" for cell in _cells(row)) for row in words]
            rows[0] = rows[0].replace("td>", "th>")
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif form is Form.HEADING:
            level = min(len(blocks[0].marker), 6)
            parts.append(f"<h{level}>{words[0]}</h{level}>")
        elif form is Form.ITEM and not any(map(str.isalnum, blocks[0].marker)):
            parts.append(f"<ul><li>{words[0]}</ul>")
        else:
            parts.append(f"<p>{escape(blocks[0].marker)} {words[0]}</p>")
    head = "<!DOCTYPE html><meta charset=utf-8><title>x</title><nav>Home</nav>"
    return f"{head}<main>{''.join(parts)}</main><footer>Crown copyright</footer>".encode()


def _groups(text: str) -> Iterator[tuple[Form, list[Block]]]:
    """The blocks one by one, but for the rows of a table, which come together; rules are left out."""
    rows: list[Block] = []
    for block in cut_into_blocks(text):
        if block.form in (Form.ROW, Form.RULE):
            rows += [block] if block.form is Form.ROW else []
            continue
        if rows:
            yield Form.ROW, rows
            rows = []
        yield block.form, [block]
    if rows:
        yield Form.ROW, rows


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
