"""The quiz that a facilitator sees: what was chosen, with what they pinned, discarded and worded anew."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from corpus.document import Details
from qa.compose import is_verbatim
from qa.errors import BadEdit, UnknownQuestion
from qa.quiz import QuizMaker
from qa.quiz_edit import QuizEdit, with_edit
from qa.quiz_question import QuizQuestion
from ui.conversation import Assistant
from ui.quiz_form import QuizWish
from ui.quiz_store import Decisions, QuizStore


@dataclass(frozen=True, slots=True)
class Shown:
    """The questions of a quiz in their order, those that are pinned first.

    `lost` counts decisions on questions that cannot be made any more, since the documents changed.
    """

    questions: tuple[QuizQuestion, ...]
    pinned: frozenset[str]
    discarded: tuple[QuizQuestion, ...]
    lost: int


class QuizDesk:
    """Makes quizzes over the documents of an assistant. Safe to use from several threads."""

    def __init__(self, assistant: Assistant, store: QuizStore) -> None:
        """Makes nothing before it is asked."""
        self._assistant = assistant
        self._store = store
        self._lock = threading.Lock()
        self._made: tuple[tuple[str, ...], QuizMaker] | None = None

    @property
    def details(self) -> dict[str, Details]:
        """The documents by their ids."""
        return dict(self._assistant.details())

    def shown(self, browser: str, wish: QuizWish) -> Shown:
        """The quiz for a browser: pinned questions first, then others until there are enough.

        Raises UnknownQuestion never: what cannot be made any more is counted.
        """
        maker, decided = self._maker(), self._store.of(browser)
        pinned = [one for name in decided.pinned for one in _known(maker, name)]
        discarded = [one for name in decided.discarded for one in _known(maker, name)]
        chosen = maker.choose(
            count=max(0, wish.count - len(pinned)),
            seed=wish.seed,
            kinds=wish.kinds,
            narrowed=wish.narrowed,
            without={*decided.pinned, *decided.discarded},
            beside=pinned,
        )
        questions = tuple(self._checked(_worded(one, decided)) for one in (*pinned, *chosen))
        lost = len(decided.pinned) + len(decided.discarded) - len(pinned) - len(discarded)
        return Shown(questions, frozenset(one.id for one in pinned), tuple(discarded), lost)

    def question(self, browser: str, name: str) -> tuple[QuizQuestion, QuizQuestion]:
        """One question as it is made and as it is worded now. Raises UnknownQuestion."""
        made = self._maker().by_id([name])[0]
        return made, self._checked(_worded(made, self._store.of(browser)))

    def decide(self, browser: str, action: str, name: str) -> None:
        """Keeps a decision on a question. Raises UnknownQuestion for one that there is not."""
        if action in ("pin", "discard"):
            self._maker().by_id([name])
        self._store.decide(browser, action, name)

    def edit(self, browser: str, name: str, edit: QuizEdit | None) -> None:
        """Keeps a new wording, or none. Raises UnknownQuestion, and BadEdit for one that cannot be used."""
        made = self._maker().by_id([name])[0]
        worded = with_edit(made, edit) if edit else made
        self._store.decide(browser, "edit", name, edit if worded.edited else None)

    def _maker(self) -> QuizMaker:
        """The maker for the documents as they are now."""
        with self._lock:
            documents = [self._assistant.document(name) for name, _ in self._assistant.details()]
            known = tuple(one.sha256 for one in documents)
            if self._made is None or self._made[0] != known:
                self._made = (known, QuizMaker(documents))
            return self._made[1]

    def _checked(self, question: QuizQuestion) -> QuizQuestion:
        """The question, once each quotation was compared with its document."""
        for citation in question.citations:
            if not is_verbatim(citation, self._assistant.document):
                raise UnknownQuestion(
                    f"Question '{question.id}' quotes words that its document does not hold."
                )
        return question


def _known(maker: QuizMaker, name: str) -> tuple[QuizQuestion, ...]:
    try:
        return maker.by_id([name])
    except UnknownQuestion:
        return ()


def _worded(question: QuizQuestion, decided: Decisions) -> QuizQuestion:
    """The question in its new wording; in its own where the new one does not fit it any more."""
    edit = decided.edits.get(question.id)
    if edit is None:
        return question
    try:
        return with_edit(question, edit)
    except BadEdit:
        return question
