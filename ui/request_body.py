"""The body of a request, read no further than anything that can be meant."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request

from ui.answering import Refused

LARGEST = 262_144  # bytes: room for a long conversation and no more
MOST_FIELDS = 200
TOO_LARGE = "What was sent has more than {most:,} bytes; send a shorter question or history."
NO_FORM = "What was sent is not a form that can be read; go back and send it again."


async def read_body(request: Request) -> bytes | Refused:
    """The whole body; Refused where it is too large."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return Refused(TOO_LARGE.format(most=LARGEST), 413)
    return body


async def read_fields(
    request: Request, *, most_fields: int = MOST_FIELDS
) -> ImmutableMultiDict[str, str] | Refused:
    """The fields of a form that was sent in the usual way (application/x-www-form-urlencoded)."""
    body = await read_body(request)
    if isinstance(body, Refused):
        return body
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most_fields)
    except ValueError:
        return Refused(NO_FORM, 400)
    return ImmutableMultiDict(fields)
