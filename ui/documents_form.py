"""The details of a document as a form: what was typed, what is wrong with it, what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.document import Details
from corpus.period import find_periods
from ui.frame import escape
from ui.markup import long_date

LONGEST = 300  # characters of one field
FIELDS = {
    "title": "Title",
    "publisher": "Publisher",
    "kind": "Kind of document",
    "published": "Date of publication",
    "author": "Author or signatory",
    "addressee": "Addressee",
}
HINTS = {
    "kind": "For example: letter, report, news article",
    "published": "For example 30 September 2014; leave it empty where there is none",
}
NO_TITLE = "Type a title: answers name the document by it."
NO_DAY = "'{found}' is not a day: write it as in 30 September 2014 or 30/9/2014, or leave it empty."
TOO_LONG = "This has {found} characters and at most {most} are kept; shorten it."


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, by their names, and what is wrong, by field; `prefix` keeps forms apart."""

    values: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""


def typed_of(details: Details, prefix: str = "") -> Typed:
    """The fields filled in with what is known."""
    published = long_date(details.published) if details.published else ""
    known = {name: getattr(details, name) or "" for name in FIELDS if name != "published"}
    return Typed({**known, "published": published}, prefix=prefix)


def read_details(fields: Mapping[str, str], before: Details, prefix: str = "") -> Details | Typed:
    """The details that were typed; what has no field stays as it was `before`. `Typed` says what is wrong."""
    values = {name: " ".join(fields.get(prefix + name, "").split()) for name in FIELDS}
    wrong = {
        name: TOO_LONG.format(found=len(value), most=LONGEST)
        for name, value in values.items()
        if len(value) > LONGEST
    }
    day = day_in(values["published"])
    if not values["title"]:
        wrong["title"] = NO_TITLE
    if values["published"] and day is None:
        wrong.setdefault("published", NO_DAY.format(found=values["published"]))
    if wrong:
        return Typed(values, wrong, prefix)
    return replace(
        before,
        title=values["title"],
        publisher=values["publisher"] or None,
        kind=values["kind"] or None,
        author=values["author"] or None,
        addressee=values["addressee"] or None,
        published=day,
    )


def day_in(written: str) -> date | None:
    """The one day that the words are; also as in 30/9/2014."""
    words = written
    day, *rest = written.split("/")
    if len(rest) == 2 and all(part.strip().isdecimal() for part in (day, *rest)):
        words = f"{int(rest[1]):04}-{int(rest[0]):02}-{int(day):02}"
    found = find_periods(words)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
        return None
    period = found[0].period
    return period.first if period.first == period.last else None


def fields_html(typed: Typed, sources: Mapping[str, str]) -> str:
    """The fields; `sources` says for each where its value was found: "first heading"."""
    return "".join(_field(name, typed, sources.get(name, "")) for name in FIELDS)


def wrong_links(typed: Typed, of: str = "") -> str:
    """What is wrong as items of a list, each a link to its field; `of` names the file."""
    named = f"{of}: " if of else ""
    return "".join(
        f'<li><a href="#{typed.prefix}{name}">{escape(named)}{FIELDS[name]}: {escape(said)}</a></li>'
        for name, said in typed.wrong.items()
    )


def _field(name: str, typed: Typed, source: str) -> str:
    id = typed.prefix + name
    wrong, hint = typed.wrong.get(name, ""), HINTS.get(name, "")
    found = f"Proposed from: {source}" if source else ""
    notes = [(f"{id}-wrong", "error", wrong), (f"{id}-hint", "hint", hint), (f"{id}-source", "hint", found)]
    said = "".join(f'<p class="{kind}" id="{at}">{escape(text)}</p>' for at, kind, text in notes if text)
    described = " ".join(at for at, _, text in notes if text)
    describes = f' aria-describedby="{described}"' if described else ""
    invalid = ' aria-invalid="true"' if wrong else ""
    required = " required" if name == "title" else ""
    return (
        f'<div class="field"><label for="{id}">{FIELDS[name]}</label>{said}'
        f'<input type="text" id="{id}" name="{id}" value="{escape(typed.values.get(name, ""))}" '
        f'autocomplete="off"{describes}{invalid}{required}></div>'
    )
