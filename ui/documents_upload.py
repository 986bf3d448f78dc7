"""A form with files, read as it arrives: each file goes to the disk piece by piece, never into memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from ui.answering import Refused
from ui.incoming import MOST_FILES, Arriving, Batch, Incoming

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

LONGEST_HEADER = 4096  # bytes of the headers of one file
NO_FORM = "What was sent is not a form with files that can be read; go back and send it again."
TOO_MANY = "More than {most} files were sent; send them in several turns."
NOTHING = "No file was chosen: choose one or several files and send them."


class _TooMany(Exception):
    """More files than one batch may have."""


@dataclass(slots=True)
class _Part:
    """One part of the form while its headers are read."""

    header: bytes = b""
    value: bytes = b""
    disposition: bytes = b""
    file: Arriving | None = None
    size_of_headers: int = 0


@dataclass(slots=True)
class _Form:
    """What the parser calls; writes into a batch."""

    incoming: Incoming
    batch: Batch
    files: int = 0
    part: _Part = field(default_factory=_Part)

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self.begin,
            "on_header_field": self.header,
            "on_header_value": self.value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_end,
            "on_part_data": self.piece,
            "on_part_end": self.end,
        }

    def begin(self) -> None:
        self.part = _Part()

    def header(self, data: bytes, start: int, end: int) -> None:
        self.part.header += data[start:end]
        self._check_headers(end - start)

    def value(self, data: bytes, start: int, end: int) -> None:
        self.part.value += data[start:end]
        self._check_headers(end - start)

    def header_end(self) -> None:
        if self.part.header.lower() == b"content-disposition":
            self.part.disposition = self.part.value
        self.part.header = self.part.value = b""

    def headers_end(self) -> None:
        _, options = parse_options_header(self.part.disposition)
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        if not name:  # a field, or a choice of files that was left empty
            return
        if len(self.batch.files) + 1 > MOST_FILES:
            raise _TooMany
        self.part.file = self.incoming.arriving(self.batch, name)
        self.files += 1

    def piece(self, data: bytes, start: int, end: int) -> None:
        if self.part.file is not None:
            self.part.file.write(data[start:end])

    def end(self) -> None:
        if self.part.file is not None:
            self.incoming.arrived(self.batch, self.part.file)
            self.part.file = None

    def cut_off(self) -> None:
        """The form ends here; what is not whole is not kept."""
        if self.part.file is not None:
            self.part.file.cut_off()
            self.incoming.take_out(self.batch, self.part.file.number)

    def _check_headers(self, more: int) -> None:
        self.part.size_of_headers += more
        if self.part.size_of_headers > LONGEST_HEADER:
            raise FormParserError("The headers of a file are too long.")


async def receive_files(request: Request, incoming: Incoming, batch: Batch) -> Refused | None:
    """Puts the files of a form into a batch; Refused where that is no such form, with 413 for too many files.

    A file that is too large or empty is in the batch, refused with its reason. Where the sender goes away,
    what did not arrive completely is deleted.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        return Refused(NO_FORM, 400)
    form = _Form(incoming, batch)
    try:
        parser = MultipartParser(boundary, form.callbacks())
        async for chunk in request.stream():
            await to_thread.run_sync(partial(parser.write, chunk))
        parser.finalize()
    except _TooMany:
        form.cut_off()
        return Refused(TOO_MANY.format(most=MOST_FILES), 413)
    except FormParserError:
        form.cut_off()
        return Refused(NO_FORM, 400)
    except BaseException:  # the sender went away, or the server ends
        form.cut_off()
        raise
    form.cut_off()  # a form that ends within a file
    return None if form.files else Refused(NOTHING, 422)
