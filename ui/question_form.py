"""What the form of the plain page says: the question, those before it, and which documents to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict

from corpus.document import Details
from qa.errors import QuestionError
from ui.answering import Answered, Answering, Refused
from ui.narrowing import NOT_NARROWED, Narrowing, scope_of

EARLIER_AT_MOST = 10  # questions that are carried along; follow-ups lean on the last few

Fields = ImmutableMultiDict[str, object]


@dataclass(frozen=True, slots=True)
class Form:
    """The fields as they were sent; `question` is None where none was."""

    question: str | None = None
    earlier: tuple[str, ...] = ()
    narrowing: Narrowing = NOT_NARROWED
    as_written: bool = False  # without correcting the spelling or adding words

    @property
    def narrowed(self) -> bool:
        """Whether only some documents are asked."""
        return self.narrowing != NOT_NARROWED

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The fields as names and values, to be sent again; empty ones are left out."""
        to = self.narrowing
        named = [("q", self.question or ""), *(("earlier", one) for one in self.earlier)]
        named += [("document", one) for one in to.documents]
        named += [("kind", one) for one in to.kinds]
        named += [("publisher", one) for one in to.publishers]
        named += [("first", to.first), ("last", to.last), ("as_written", "yes" if self.as_written else "")]
        return tuple((name, value) for name, value in named if value)

    def link(self, path: str) -> str:
        """The address that sends the same fields to `path`."""
        asked = urlencode(self.pairs())
        return f"{path}?{asked}" if asked else path

    def to_everything(self) -> Form:
        """The same question to all documents."""
        return replace(self, narrowing=NOT_NARROWED)

    def afterwards(self) -> Form:
        """The form for the question that comes after this one."""
        asked = (*self.earlier, self.question) if self.question else self.earlier
        return replace(self, question=None, earlier=asked[-EARLIER_AT_MOST:], as_written=False)


def read_form(fields: Fields) -> Form:
    """The form that was sent."""
    return Form(
        question=_text(fields, "q") if "q" in fields else None,
        earlier=_texts(fields, "earlier")[-EARLIER_AT_MOST:],
        narrowing=Narrowing(
            documents=_texts(fields, "document"),
            kinds=_texts(fields, "kind"),
            publishers=_texts(fields, "publisher"),
            first=_text(fields, "first").strip(),
            last=_text(fields, "last").strip(),
        ),
        as_written=_text(fields, "as_written") == "yes",
    )


def problem_with(narrowing: Narrowing, details: Iterable[tuple[str, Details]]) -> str | None:
    """Why nothing can be searched that way, in one plain sentence; None where it can."""
    try:
        scope_of(narrowing, details)
    except QuestionError as problem:
        return str(problem)
    return None


async def ask_form(
    answering: Answering, form: Form, details: Iterable[tuple[str, Details]]
) -> Answered | Refused:
    """The answer to the question of the form; the same fields always get the same answer."""
    try:
        scope = scope_of(form.narrowing, details)
    except QuestionError as problem:
        return Refused(str(problem), 422)
    question = form.question or ""
    return await answering.ask(question, form.earlier, as_written=form.as_written, scope=scope)


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(filter(str.strip, (_read(value) for value in fields.getlist(name))))


def _text(fields: Fields, name: str) -> str:
    return _read(fields.get(name, ""))


def _read(value: object) -> str:
    """A text that was sent; browsers send a line break as two characters. A file is no text."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""
