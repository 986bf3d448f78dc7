"""The forms in which a session is built: fields named as the keys of its TOML file, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.document import Details
from qa.quiz_question import ALL_KINDS
from qa.session_file import FEWEST_SIDES, KEYS, MOST_SIDES
from qa.session_plan import SessionPlan
from qa.timeline_event import EventKind
from ui.frame import escape
from ui.question_form import Fields

KIND_NAMES = {
    "timeline": "Timeline stretch",
    "theme": "Theme",
    "comparison": "Comparison",
    "question": "Prepared question",
    "quiz": "Quiz",
    "discussion": "Text for discussion",
}
KIND_PURPOSES = {
    "timeline": "Dated statements in the order of their dates.",
    "theme": "What each inspection said of a theme.",
    "comparison": "Two to four times or documents beside each other.",
    "question": "A question whose answer is revealed.",
    "quiz": "Questions made from the documents.",
    "discussion": "Your own words for the room to talk about.",
}
DATES = "A year, a month or a day, such as 2014, 2014-08 or 26 August 2014. Leave it empty for no limit."
NUMBERS = frozenset({"minutes", "most", "questions", "seed"})
LISTS = frozenset({"documents", "events", "kinds", "pinned"})
_LABELS = {
    "title": "Title",
    "minutes": "Minutes",
    "notes": "Notes for yourself (in the key, never on the screen)",
    "from": "From",
    "to": "To",
    "events": "Only these kinds of event",
    "kinds": "Only these kinds of question",
    "about": "Only statements that hold one of these words",
    "words": "Theme, in your own words or those of the documents",
    "question": "Question",
    "questions": "Number of questions",
    "seed": "Seed: another number makes other questions",
    "text": "Text",
    "pinned": "Questions that come first: their ids, one a line (inspection-qa quiz --json lists them)",
    "documents": "Only these documents",
    "label": "Heading",
}
_MOST = {
    "timeline": "At most how many statements",
    "theme": "At most how many statements of each inspection",
    "comparison": "At most how many statements on each side",
}
_LONG = frozenset({"notes", "text", "pinned"})
_SHORT = frozenset({"minutes", "from", "to", "most", "questions", "seed"})
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "timeline": {"minutes": 10, "most": 9},
    "theme": {"minutes": 10, "most": 2},
    "comparison": {"minutes": 10, "most": 3},
    "question": {"minutes": 5},
    "quiz": {"minutes": 10, "questions": 5, "seed": 0},
    "discussion": {"minutes": 10},
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form, and the key it is wrong in."""

    said: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class BlockForm:
    """A block as it stands in a form: the values of its table, which may still be wrong."""

    kind: str
    table: Mapping[str, Any]
    documents: Sequence[tuple[str, Details]]
    wrong: Wrong = field(default_factory=Wrong)


def new_table(kind: str) -> dict[str, Any]:
    """What an empty form of this kind begins with."""
    return {"kind": kind, "title": "", **_DEFAULTS[kind]}


def table_from(kind: str, fields: Fields) -> dict[str, Any]:
    """The table that was filled in; a number that is none stays as it was written, to be refused."""
    table: dict[str, Any] = {"kind": kind}
    for key in KEYS[kind]:
        if key not in ("kind", "sides"):
            table |= _filled(key, fields, key)
    if kind == "comparison":
        table["sides"] = [side for side in (_side(n, fields) for n in range(1, MOST_SIDES + 1)) if side]
    return table


def plan_table(fields: Fields) -> dict[str, Any]:
    """The same for the title, the aim and the length of a session."""
    return {
        key: value
        for name in ("title", "aim", "minutes")
        for key, value in _filled(name, fields, name).items()
    }


def block_fields(form: BlockForm) -> str:
    """The fields of a block, with what is wrong beside the field it is wrong in."""
    keys = [key for key in KEYS[form.kind] if key not in ("kind", "sides", "notes")]
    first = [key for key in ("title", "minutes", "words", "question", "text", "questions") if key in keys]
    rest = [key for key in keys if key not in first]
    shown = [_field(form, key) for key in first]
    if form.kind == "comparison":
        shown.append(_sides(form))
    shown += [_field(form, key) for key in rest if key not in ("from", "to")]
    if "from" in keys:
        shown.insert(len(first), _dates(form.table, "", form.wrong))
    return "".join((*shown, _field(form, "notes")))


def plan_fields(
    plan: SessionPlan, filled: Mapping[str, Any] | None = None, wrong: Wrong | None = None
) -> str:
    """The fields of a session as a whole."""
    table = filled or {"title": plan.title, "aim": plan.aim, "minutes": plan.minutes}
    wrong = wrong or Wrong()
    return (
        _input("title", "Title", table.get("title", ""), wrong)
        + _area("aim", "Aim: what participants can do afterwards", str(table.get("aim", "")), wrong)
        + _input("minutes", "Length in minutes", table.get("minutes", ""), wrong, short=True)
    )


def summary(wrong: Wrong) -> str:
    """What stands above a form in which something is wrong."""
    if not wrong.said:
        return ""
    said = escape(wrong.said)
    linked = f'<a href="#{escape(wrong.key)}">{said}</a>' if wrong.key else said
    return f'<div class="error" role="alert"><h2>There is a problem</h2><p>{linked}</p></div>\n'


def _field(form: BlockForm, key: str) -> str:
    value = form.table.get(key, "")
    if key == "documents":
        return _documents(key, form, form.table.get(key, ()))
    if key == "events":
        return _boxes(key, _LABELS[key], [(kind.value, kind.value) for kind in EventKind], value or ())
    if key == "kinds":
        return _boxes(key, _LABELS[key], [(kind.value, kind.label) for kind in ALL_KINDS], value or ())
    label = _MOST[form.kind] if key == "most" else _LABELS[key]
    if form.kind == "comparison" and key == "words":
        label = "Theme; leave it empty to compare the grades"
    if key in _LONG:
        text = "\n".join(value) if isinstance(value, list | tuple) else str(value)
        return _area(key, label, text, form.wrong)
    return _input(key, label, value, form.wrong, short=key in _SHORT)


def _sides(form: BlockForm) -> str:
    sides = list(form.table.get("sides", ()))
    shown = []
    for number in range(1, MOST_SIDES + 1):
        side = sides[number - 1] if number <= len(sides) else {}
        needed = "" if number <= FEWEST_SIDES else " (may stay empty)"
        at = Wrong(form.wrong.said, f"{form.wrong.key}-{number}") if side else Wrong()
        anchor = ' id="sides"' if number == 1 else ""
        shown.append(
            f"<fieldset{anchor}><legend>Side {number}{needed}</legend>"
            f"{_input(f'label-{number}', _LABELS['label'], side.get('label', ''), at)}"
            f"{_dates(side, f'-{number}', at)}"
            f"{_documents(f'documents-{number}', form, side.get('documents', ()))}</fieldset>"
        )
    return "".join(shown)


def _dates(table: Mapping[str, Any], ending: str, wrong: Wrong) -> str:
    first, last = f"from{ending}", f"to{ending}"
    hint = f"dates{ending}"
    return (
        f'<p class="hint" id="{hint}">{DATES}</p><div class="beside">'
        f"<div>{_input(first, 'From', table.get('from', ''), wrong, short=True, hint=hint)}</div>"
        f"<div>{_input(last, 'To', table.get('to', ''), wrong, short=True, hint=hint)}</div></div>"
    )


def _documents(name: str, form: BlockForm, chosen: Sequence[str]) -> str:
    """Boxes for the documents here, and for those that the plan names and that are not here."""
    known = {document_id: details.title or document_id for document_id, details in form.documents}
    offered = list(known.items()) + [(one, f"{one} (not here)") for one in chosen if one not in known]
    opened = " open" if chosen else ""
    boxes = _boxes(name, _LABELS["documents"], offered, chosen)
    return f"<details{opened}><summary>{_LABELS['documents']}</summary>{boxes}</details>"


def _boxes(name: str, legend: str, offered: Iterable[tuple[str, str]], chosen: Sequence[str]) -> str:
    boxes = "".join(
        f'<label class="choice"><input type="checkbox" name="{name}" value="{escape(value)}"'
        f"{' checked' if value in chosen else ''}>{escape(shown)}</label>"
        for value, shown in offered
    )
    hint = '<p class="hint">None chosen means all.</p>'
    return f'<fieldset id="{name}"><legend>{legend}</legend>{hint}{boxes}</fieldset>'


def _input(name: str, label: str, value: object, wrong: Wrong, *, short: bool = False, hint: str = "") -> str:
    kind = ' class="short"' if short else ""
    return (
        f'<label for="{name}">{label}</label>{_error(name, wrong)}'
        f'<input type="text" id="{name}" name="{name}"{kind} value="{escape(str(value))}"'
        f"{_tied(name, wrong, hint)}>"
    )


def _area(name: str, label: str, value: str, wrong: Wrong) -> str:
    return (
        f'<label for="{name}">{label}</label>{_error(name, wrong)}'
        f'<textarea id="{name}" name="{name}" rows="4"{_tied(name, wrong, "")}>{escape(value)}</textarea>'
    )


def _error(name: str, wrong: Wrong) -> str:
    return f'<p class="error" id="{name}-error">{escape(wrong.said)}</p>' if wrong.key == name else ""


def _tied(name: str, wrong: Wrong, hint: str) -> str:
    """What ties a field to its hint and its error."""
    is_wrong = wrong.key == name
    ids = " ".join(filter(None, [hint, f"{name}-error" if is_wrong else ""]))
    return (' aria-invalid="true"' if is_wrong else "") + (f' aria-describedby="{ids}"' if ids else "")


def _filled(key: str, fields: Fields, name: str) -> dict[str, Any]:
    """The key with what was written in the field `name`; nothing where that is empty."""
    if key in LISTS:
        values = [str(one) for one in fields.getlist(name)]
        said = [line.strip() for one in values for line in one.splitlines() if line.strip()]
        return {key: said} if said else {}
    text = str(fields.get(name, "")).replace("\r\n", "\n").strip()
    if not text:
        return {}
    return {key: int(text) if key in NUMBERS and text.isascii() and text.isdigit() else text}


def _side(number: int, fields: Fields) -> dict[str, Any]:
    keys = ("label", "from", "to", "documents")
    return {key: value for name in keys for key, value in _filled(name, fields, f"{name}-{number}").items()}
