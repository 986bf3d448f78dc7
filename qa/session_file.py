"""A session plan as a TOML file that people share and edit by hand: read strictly, written plainly."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, String, Table

from qa.errors import BadPlan
from qa.question import LONGEST as LONGEST_QUESTION
from qa.quiz_question import ALL_KINDS
from qa.session_plan import (
    LONGEST_BLOCK,
    MOST_BLOCKS,
    Block,
    ComparisonBlock,
    DiscussionBlock,
    QuestionBlock,
    QuizBlock,
    SessionPlan,
    Stretch,
    ThemeBlock,
    TimelineBlock,
    period_named,
)
from qa.timeline_event import EventKind

LONGEST_LINE, LONGEST_TEXT = 200, 4000  # characters
LONGEST_SESSION = 24 * 60  # minutes
MOST_EVENTS, MOST_STATEMENTS, MOST_QUESTIONS = 60, 10, 40
FEWEST_SIDES, MOST_SIDES = 2, 4
_COMMON = ("kind", "title", "minutes", "notes")
_STRETCH = ("from", "to", "documents")
KEYS: Mapping[str, tuple[str, ...]] = {
    TimelineBlock.kind: (*_COMMON, *_STRETCH, "events", "about", "most"),
    ThemeBlock.kind: (*_COMMON, *_STRETCH, "words", "most"),
    ComparisonBlock.kind: (*_COMMON, "words", "sides", "most"),
    QuestionBlock.kind: (*_COMMON, "question", "documents"),
    QuizBlock.kind: (*_COMMON, *_STRETCH, "questions", "seed", "kinds", "about", "pinned"),
    DiscussionBlock.kind: (*_COMMON, "text"),
}
_PLAN_KEYS = ("title", "aim", "minutes", "block")
_SIDE_KEYS = ("label", *_STRETCH)


def example_plan() -> str:
    """The example session that ships with the software, as TOML."""
    return files("qa").joinpath("example_session.toml").read_text(encoding="utf-8")


def read_plan(text: str) -> SessionPlan:
    """The plan that a TOML text says. Raises BadPlan, which names the key, what was found and expected."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise BadPlan(f"The file is not TOML: {exc}. Correct it there, or start from the example.") from exc
    return plan_of(table)


def plan_of(table: Mapping[str, Any]) -> SessionPlan:
    """The same for TOML that was read already."""
    keys = _Keys(table, "The plan")
    keys.check(_PLAN_KEYS)
    blocks = table.get("block", [])
    if not isinstance(blocks, list) or not all(isinstance(one, dict) for one in blocks):
        raise keys.wrong("block", "tables, each under a line [[block]]")
    if len(blocks) > MOST_BLOCKS:
        raise BadPlan(f"The plan has {len(blocks)} blocks; at most {MOST_BLOCKS} are expected.")
    return SessionPlan(
        title=keys.line("title", required=True),
        aim=keys.text("aim"),
        minutes=keys.number("minutes", 1, LONGEST_SESSION),
        blocks=tuple(block_of(one, f"Block {place}") for place, one in enumerate(blocks, start=1)),
    )


def block_of(table: Mapping[str, Any], where: str) -> Block:
    """One block; `where` begins what is said of a mistake. Raises BadPlan."""
    keys = _Keys(table, where)
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KEYS:
        raise keys.wrong("kind", f"one of: {', '.join(KEYS)}")
    keys = _Keys(table, f"{where} ({kind})")
    keys.check(KEYS[kind])
    return _READERS[kind](keys)


def write_plan(plan: SessionPlan) -> str:
    """The plan as TOML; `read_plan` makes the same plan of it."""
    document = tomlkit.document()
    document.add("title", tomlkit.item(plan.title))
    document.add("aim", _string(plan.aim))
    document.add("minutes", tomlkit.item(plan.minutes))
    blocks: AoT = tomlkit.aot()
    for block in plan.blocks:
        blocks.append(_table(block))
    if plan.blocks:
        document.add("block", blocks)
    return tomlkit.dumps(document)


def table_of(block: Block) -> dict[str, Any]:
    """A block as the keys and values of its table; what says nothing is left out."""
    said: dict[str, Any] = {"kind": block.kind, "title": block.title, "minutes": block.minutes}
    match block:
        case TimelineBlock():
            said |= _stretch_table(block.within)
            said |= {"events": list(block.events), "about": block.about, "most": block.most}
        case ThemeBlock():
            said |= {"words": block.words, **_stretch_table(block.within), "most": block.most}
        case ComparisonBlock():
            sides = [{"label": side.label, **_stretch_table(side)} for side in block.sides]
            said |= {"words": block.words, "sides": [_filled(side) for side in sides], "most": block.most}
        case QuestionBlock():
            said |= {"question": block.question, "documents": list(block.documents)}
        case QuizBlock():
            said |= {"questions": block.count, "seed": block.seed, "kinds": list(block.kinds)}
            said |= {**_stretch_table(block.within), "about": block.about, "pinned": list(block.pinned)}
        case DiscussionBlock():
            said |= {"text": block.text}
    return _filled(said | {"notes": block.notes})


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of one table, each read as what it has to be."""

    table: Mapping[str, Any]
    where: str

    def check(self, known: Sequence[str]) -> None:
        for key in self.table:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                meant = f" Did you mean '{near[0]}'?" if near else ""
                there = ", ".join(known)
                message = f"{self.where} has the unknown key '{key}'; it may have: {there}.{meant}"
                raise BadPlan(message, key=key)

    def wrong(self, key: str, expected: str) -> BadPlan:
        found = _shown(self.table[key]) if key in self.table else "missing"
        return BadPlan(f"{self.where}: '{key}' is {found}; expected {expected}.", key=key)

    def text(self, key: str, *, required: bool = False, longest: int = LONGEST_TEXT) -> str:
        value = self.table.get(key, "")
        expected = f"text in quotation marks, at most {longest} characters" + (", not empty" * required)
        if not isinstance(value, str) or len(value) > longest or (required and not value.strip()):
            raise self.wrong(key, expected)
        return "\n".join(line.rstrip() for line in value.strip().splitlines())

    def line(self, key: str, *, required: bool = False, longest: int = LONGEST_LINE) -> str:
        return " ".join(self.text(key, required=required, longest=longest).split())

    def number(self, key: str, least: int, most: int, default: int | None = None) -> int:
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(key, f"a whole number from {least} to {most}")
        return value

    def names(self, key: str, among: Sequence[str] = ()) -> tuple[str, ...]:
        value = self.table.get(key, [])
        expected = "a list of texts in quotation marks" if not among else f"a list of: {', '.join(among)}"
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, expected)
        if among and not set(value) <= set(among):
            raise self.wrong(key, expected)
        return tuple(dict.fromkeys(value))

    def time(self, key: str) -> str:
        value = self.table.get(key, "")
        expected = 'a year, a month or a day, such as 2014, "2014-08" or "26 August 2014"'
        if isinstance(value, datetime | bool) or not isinstance(value, str | int | date):
            raise self.wrong(key, expected)
        written = value.isoformat() if isinstance(value, date) else str(value).strip()
        if written and period_named(written) is None:
            raise self.wrong(key, expected)
        return written

    def stretch(self) -> Stretch:
        first, last = self.time("from"), self.time("to")
        begin, end = period_named(first), period_named(last)
        if begin and end and end.last < begin.first:
            raise self.wrong("to", f"a time that is not before 'from' ({first})")
        label = self.line("label") if "label" in self.table else ""
        return Stretch(first, last, self.names("documents"), label)

    def common(self) -> dict[str, Any]:
        return {
            "title": self.line("title", required=True),
            "minutes": self.number("minutes", 1, LONGEST_BLOCK),
            "notes": self.text("notes"),
        }


def _timeline(keys: _Keys) -> Block:
    return TimelineBlock(
        **keys.common(),
        within=keys.stretch(),
        events=keys.names("events", [kind.value for kind in EventKind]),
        about=keys.line("about"),
        most=keys.number("most", 1, MOST_EVENTS, 9),
    )


def _theme(keys: _Keys) -> Block:
    words = keys.line("words", required=True)
    most = keys.number("most", 1, MOST_STATEMENTS, 2)
    return ThemeBlock(**keys.common(), words=words, within=keys.stretch(), most=most)


def _comparison(keys: _Keys) -> Block:
    sides = keys.table.get("sides")
    expected = f"a list of {FEWEST_SIDES} to {MOST_SIDES} tables, such as {{ from = 2014, to = 2016 }}"
    if not isinstance(sides, list) or not all(isinstance(side, dict) for side in sides):
        raise keys.wrong("sides", expected)
    if not FEWEST_SIDES <= len(sides) <= MOST_SIDES:
        raise keys.wrong("sides", expected)
    return ComparisonBlock(
        **keys.common(),
        words=keys.line("words"),
        sides=tuple(_side(side, f"{keys.where}, side {n}") for n, side in enumerate(sides, start=1)),
        most=keys.number("most", 1, MOST_STATEMENTS, 3),
    )


def _side(table: Mapping[str, Any], where: str) -> Stretch:
    keys = _Keys(table, where)
    keys.check(_SIDE_KEYS)
    return keys.stretch()


def _question(keys: _Keys) -> Block:
    asked = keys.line("question", required=True, longest=LONGEST_QUESTION)
    return QuestionBlock(**keys.common(), question=asked, documents=keys.names("documents"))


def _quiz(keys: _Keys) -> Block:
    return QuizBlock(
        **keys.common(),
        count=keys.number("questions", 1, MOST_QUESTIONS, 5),
        seed=keys.number("seed", 0, 10**9, 0),
        kinds=keys.names("kinds", ALL_KINDS),
        within=keys.stretch(),
        about=keys.line("about"),
        pinned=keys.names("pinned"),
    )


def _discussion(keys: _Keys) -> Block:
    return DiscussionBlock(**keys.common(), text=keys.text("text", required=True))


_READERS: Mapping[str, Callable[[_Keys], Block]] = {
    TimelineBlock.kind: _timeline,
    ThemeBlock.kind: _theme,
    ComparisonBlock.kind: _comparison,
    QuestionBlock.kind: _question,
    QuizBlock.kind: _quiz,
    DiscussionBlock.kind: _discussion,
}


def _stretch_table(stretch: Stretch) -> dict[str, Any]:
    return {"from": stretch.first, "to": stretch.last, "documents": list(stretch.documents)}


def _filled(table: Mapping[str, Any]) -> dict[str, Any]:
    """Without the keys that say nothing; a 0 says something."""
    return {key: value for key, value in table.items() if value not in ("", [])}


def _table(block: Block) -> Table:
    table = tomlkit.table()
    for key, value in table_of(block).items():
        if key == "sides":
            sides = tomlkit.array()
            for side in value:
                sides.append(_inline(side))
            table.add(key, sides.multiline(multiline=True))
        else:
            table.add(key, _string(value) if isinstance(value, str) else tomlkit.item(value))
    return table


def _inline(side: Mapping[str, Any]) -> InlineTable:
    inline = tomlkit.inline_table()
    inline.update(side)
    return inline


def _string(value: str) -> String:
    """A text of several lines stands in three quotation marks, as a person would write it."""
    return tomlkit.string(value, multiline="\n" in value)


def _shown(value: object) -> str:
    """What was found, short enough for a sentence."""
    words = repr(value) if not isinstance(value, str) else f"'{value}'"
    return words if len(words) <= 60 else f"{words[:57]}..."
