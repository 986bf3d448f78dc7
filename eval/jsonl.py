"""Reading JSON Lines: one object a line, each key of the expected type, each fault with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

Object = Mapping[str, Any]
T = TypeVar("T")

# As a person who edits the file would name them.
_NAMES: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


class BadLine(ValueError):
    """One line cannot be used; the text is the reason."""


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file that are not blank, each with its number from 1."""
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, line


def read_object(line: str) -> Object:
    """The JSON object that a line holds."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as exc:
        raise BadLine(f"is not JSON ({exc.msg} at column {exc.colno})") from exc
    if not isinstance(found, dict):
        raise BadLine(f"holds {name_of(found)}; an object was expected")
    return found


def field(content: Object, key: str, kind: type[T]) -> T:
    """The value of a key that must be there and must be of one type; a number may be whole."""
    if key not in content:
        raise BadLine(f"has no key '{key}'")
    return checked(content[key], kind, f"'{key}'")


def checked(found: object, kind: type[T], where: str) -> T:
    """`found`, if it is of the expected type; `where` names it for the reason."""
    if kind is float and type(found) is int:
        found = float(found)
    if type(found) is not kind:  # not isinstance: for JSON, true is not a number
        raise BadLine(f"has {name_of(found)} as {where}; {_NAMES[kind]} was expected")
    return found


def name_of(found: object) -> str:
    """What a JSON value is, in words."""
    return "null" if found is None else _NAMES[type(found)]


def write_lines(path: Path, objects: Iterator[Object] | list[Object]) -> None:
    """One object a line, keys in the order given, so that the same objects give the same bytes."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for content in objects:
            out.write(json.dumps(content, ensure_ascii=False) + "\n")
