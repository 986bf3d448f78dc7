"""documents.toml: what is known about documents besides their text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from corpus.document import Details
from corpus.errors import BadCatalogue
from corpus.limits import check_catalogue_size
from corpus.period import Period

CATALOGUE_NAME = "documents.toml"
_TEXT_KEYS = tuple(f.name for f in fields(Details) if f.name not in ("published", "period"))
_KEYS = (*_TEXT_KEYS, "file", "published", "period", "examples")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the catalogue: its details, and questions that it answers."""

    details: Details
    examples: tuple[str, ...]


def read_catalogue(folder: Path) -> Mapping[str, Entry]:
    """The entries of `folder`/documents.toml by file name; empty where there is no catalogue.

    Raises BadCatalogue, naming the entry, for broken TOML, unknown keys and wrong types.
    """
    path = folder / CATALOGUE_NAME
    if not path.is_file():
        return {}
    try:
        check_catalogue_size(path)
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError as exc:
        raise BadCatalogue(f"{path} holds brackets in each other without end; mend it or remove it.") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise BadCatalogue(f"{path} is not valid TOML: {exc}; mend the line or remove the file.") from exc
    except OSError as exc:
        raise BadCatalogue(f"{path} cannot be opened ({exc.strerror}).") from exc
    return entries_in(content, path)


def entries_in(content: Mapping[str, Any], path: Path) -> Mapping[str, Entry]:
    """The entries that the parsed TOML of `path` holds, by file name; raises BadCatalogue as above."""
    entries: dict[str, Entry] = {}
    for table in _tables(content, path):
        name = _text(table, "file", path) or ""
        if not name or name in entries:
            raise BadCatalogue(f"{path}: each document needs a file of its own, but found {name!r}.")
        entries[name] = Entry(_details(table, path), _examples(table, path))
    return entries


def _tables(content: Mapping[str, Any], path: Path) -> list[Mapping[str, Any]]:
    unknown = sorted(set(content) - {"document"})
    tables = content.get("document", [])
    if unknown or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadCatalogue(f"{path} should hold only [[document]] tables{_found(unknown)}.")
    return tables


def _details(table: Mapping[str, Any], path: Path) -> Details:
    name = table["file"]
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise BadCatalogue(
            f"{path}: {name} has unknown keys{_found(unknown)}; known are: {', '.join(_KEYS)}."
        )
    title, *others = (_text(table, key, path) for key in _TEXT_KEYS)
    if not title:
        raise BadCatalogue(f"{path}: {name} has no title.")
    known = dict(zip(_TEXT_KEYS[1:], others, strict=True))
    return Details(title, **known, published=_published(table, path), period=_period(table, path))


def _text(table: Mapping[str, Any], key: str, path: Path) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise BadCatalogue(f"{path}: {key} should be a text in quotation marks, found {value!r}.")
    return value


def _published(table: Mapping[str, Any], path: Path) -> date | None:
    value = table.get("published")
    if value is not None and type(value) is not date:
        raise BadCatalogue(f"{path}: published should be a date such as 2014-09-30, found {value!r}.")
    return value


def _period(table: Mapping[str, Any], path: Path) -> Period | None:
    value = table.get("period")
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(type(day) is date for day in value)):
        raise BadCatalogue(f"{path}: period should be two dates in brackets, found {value!r}.")
    if value[1] < value[0]:
        raise BadCatalogue(f"{path}: a period ends before it starts: {value[0]} to {value[1]}.")
    return Period(value[0], value[1])


def _examples(table: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    value = table.get("examples", [])
    if not (isinstance(value, list) and all(isinstance(question, str) for question in value)):
        raise BadCatalogue(f"{path}: examples should be a list of questions, found {value!r}.")
    return tuple(value)


def _found(names: list[str]) -> str:
    return f", found {', '.join(names)}" if names else ""
