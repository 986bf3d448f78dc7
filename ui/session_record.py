"""The record of a session that was held: what was shown and when, what was asked, what stayed unanswered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from qa.session_content import answer_points
from qa.session_slides import on_screen
from ui.excerpts import Library
from ui.markup import counted, long_date
from ui.session_paper import Options, Paper, Part, Section, Words, parts_of
from ui.session_store import Run

NO_QUESTION = "No question was asked."
ALL_ANSWERED = "The documents answered every question that was asked."
NOT_SHOWN = "Nothing of this block was shown."
OPENING, CLOSING = "Opening page", "Closing page"


def record(run: Run, library: Library) -> Paper:
    """The record as a paper; its quotations are looked up again, as everywhere."""
    return Paper(
        f"{run.content.title} (record)",
        tuple(_said(run)),
        (
            Section("When it was shown", tuple(_times(run))),
            *_blocks(run, library),
            Section("What was asked", tuple(_asked(run, library))),
            Section("What the documents did not answer", tuple(_unanswered(run))),
        ),
    )


def clock_time(moment: datetime) -> str:
    """The time of day as a person reads it off a clock here."""
    return f"{moment.astimezone():%H:%M:%S}"


def _said(run: Run) -> Iterator[str]:
    begun = run.started.astimezone()
    until = f" to {run.ended.astimezone():%H:%M}" if run.ended else "; it has not ended"
    yield f"Held on {long_date(begun.date())}, {begun:%H:%M}{until}."
    slides = {one.slide for one in run.shown if 1 <= one.slide <= len(run.content.slides)}
    shown = f"{len(slides)} of {counted(len(run.content.slides), 'slide')} shown"
    taken = counted(round(run.clock.in_session(run.ended or run.started) / 60), "minute")
    timed = f", {taken} of {run.content.minutes} without pauses" if run.ended else ""
    yield f"{shown}{timed}; {counted(len(run.asked), 'question')} asked."


def _times(run: Run) -> Iterator[Part]:
    lines = tuple(
        f"{clock_time(one.at)}  {_name(run, one.slide)}{', revealed' if one.revealed else ''}"
        for one in run.shown
    )
    yield Options(lines, numbered=True) if lines else Words("Nothing was shown.")


def _name(run: Run, slide: int) -> str:
    slides = run.content.slides
    if not 1 <= slide <= len(slides):
        return OPENING if slide < 1 else CLOSING
    return f"Slide {slide}: {slides[slide - 1].title}"


def _blocks(run: Run, library: Library) -> Iterator[Section]:
    """What was really on the screen, block by block: a key only where it was revealed."""
    numbers = {one.slide for one in run.shown}
    revealed = {one.slide for one in run.shown if one.revealed}
    for place, block in enumerate(run.content.blocks):
        parts: list[Part] = [Words(remark) for remark in block.remarks]
        for number, slide in enumerate(run.content.slides, start=1):
            if slide.block != place or number not in numbers:
                continue
            for point in on_screen(slide, revealed=number in revealed):
                parts += parts_of(point, library)
            if slide.options and (slide.is_choice or number not in revealed):
                parts.append(Options(slide.options))
            if number in revealed and slide.is_choice:
                parts.append(Words(f"Answer: {slide.options[slide.right[0]]}"))
        yield Section(f"{place + 1}. {block.title}", tuple(parts) or (Words(NOT_SHOWN),))


def _asked(run: Run, library: Library) -> Iterator[Part]:
    if not run.asked:
        yield Words(NO_QUESTION)
    for one in run.asked:
        yield Words(f"{clock_time(one.at)}  {one.question}", strong=True)
        for point in answer_points(one.answer, library.document):
            yield from parts_of(point, library)


def _unanswered(run: Run) -> Iterator[Part]:
    silent = [one for one in run.asked if not one.answer.answerable]
    for one in silent:
        yield Words(one.question)
    for one in run.asked:
        yield from (Words(f"{one.question} Not found: {missing}.") for missing in one.answer.missing)
    if run.asked and not silent and not any(one.answer.missing for one in run.asked):
        yield Words(ALL_ANSWERED)
    if not run.asked:
        yield Words(NO_QUESTION)
