"""What the form of the quiz page says: how many questions, of what, from where, and which selection."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict

from corpus.period import find_periods
from qa.quiz import QuizFilter
from qa.quiz_question import ALL_KINDS, QuestionKind

USUAL_COUNT, MOST_QUESTIONS, LONGEST_ABOUT = 10, 60, 200
MOST_SELECTIONS = 1_000_000
Fields = ImmutableMultiDict[str, str]

WRONG_COUNT = "Found '{found}' for the number of questions; give a number from 1 to {most}."
WRONG_SEED = "Found '{found}' for the selection; give a number from 0 to {most:,}."
WRONG_KIND = "There is no kind of question '{found}'; choose among those listed."
WRONG_DOCUMENT = "There is no document '{found}'; choose among those listed."
WRONG_DATE = "'{found}' is no date; give a day (26 August 2014), a month (August 2014) or a year (2014)."
WRONG_STRETCH = "The last date lies before the first; give the earlier date first."
WRONG_ABOUT = "The theme has {found:,} characters; give at most {most:,}."


@dataclass(frozen=True, slots=True)
class QuizForm:
    """The fields as they were sent; empty kinds and documents mean all."""

    count: str = str(USUAL_COUNT)
    seed: str = "0"
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    about: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.kinds or self.documents or self.first or self.last or self.about)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The fields as names and values, to be sent again; empty ones are left out."""
        named = [("count", self.count), ("seed", self.seed), *(("kind", one) for one in self.kinds)]
        named += [("document", one) for one in self.documents]
        named += [("first", self.first), ("last", self.last), ("about", self.about)]
        return tuple((name, value) for name, value in named if value)

    def link(self, path: str, *more: tuple[str, str]) -> str:
        """The address that sends the same fields to `path`, with more of them where they are given."""
        return f"{path}?{urlencode((*self.pairs(), *more))}"

    def next_selection(self) -> QuizForm:
        """The same settings with other questions."""
        seed = int(self.seed) if self.seed.isdigit() else 0
        return replace(self, seed=str((seed + 1) % MOST_SELECTIONS))


def read_quiz_form(fields: Fields) -> QuizForm:
    """The form that was sent; what is missing has its usual value."""
    return QuizForm(
        count=fields.get("count", "").strip() or str(USUAL_COUNT),
        seed=fields.get("seed", "").strip() or "0",
        kinds=tuple(dict.fromkeys(filter(None, fields.getlist("kind")))),
        documents=tuple(dict.fromkeys(filter(None, fields.getlist("document")))),
        first=fields.get("first", "").strip(),
        last=fields.get("last", "").strip(),
        about=" ".join(fields.get("about", "").split()),
    )


@dataclass(frozen=True, slots=True)
class QuizWish:
    """The form understood: what to choose."""

    count: int
    seed: int
    kinds: tuple[QuestionKind, ...]
    narrowed: QuizFilter


def understand(form: QuizForm, documents: Collection[str]) -> QuizWish | str:
    """What the form asks for; a plain sentence where it asks for something that there is not."""
    if not (form.count.isascii() and form.count.isdigit() and 1 <= int(form.count) <= MOST_QUESTIONS):
        return WRONG_COUNT.format(found=form.count[:20], most=MOST_QUESTIONS)
    if not (form.seed.isascii() and form.seed.isdigit() and len(form.seed) < 8):
        return WRONG_SEED.format(found=form.seed[:20], most=MOST_SELECTIONS)
    wrong = next((one for one in form.kinds if one not in list(QuestionKind)), None)
    if wrong is not None:
        return WRONG_KIND.format(found=wrong[:40])
    wrong = next((one for one in form.documents if one not in documents), None)
    if wrong is not None:
        return WRONG_DOCUMENT.format(found=wrong[:80])
    if len(form.about) > LONGEST_ABOUT:
        return WRONG_ABOUT.format(found=len(form.about), most=LONGEST_ABOUT)
    stretch = _stretch(form)
    if isinstance(stretch, str):
        return stretch
    kinds = tuple(kind for kind in ALL_KINDS if not form.kinds or kind.value in form.kinds)
    return QuizWish(int(form.count), int(form.seed), kinds, QuizFilter(form.documents, *stretch, form.about))


def _stretch(form: QuizForm) -> tuple[date, date] | str:
    days = [date.min, date.max]
    for place, written in enumerate((form.first, form.last)):
        if not written:
            continue
        found = find_periods(written)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(written)):
            return WRONG_DATE.format(found=written[:40])
        days[place] = found[0].period.last if place else found[0].period.first
    return WRONG_STRETCH if days[1] < days[0] else (days[0], days[1])
