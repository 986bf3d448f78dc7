"""Questions that could be asked next, or first: made from the documents, kept where they have an answer."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest

from corpus.document import Document
from corpus.period import Period, find_periods, month_period
from index.words import analyse
from qa.answer import Answer, Status
from qa.followup import leans_on_history
from qa.question import content_terms
from qa.themes import Inspection, inspection_of
from qa.timeline import events
from qa.timeline_dates import Precision, precision_of
from qa.timeline_event import Event, EventKind
from qa.timeline_statements import DatedBy, Statement, statements
from qa.timeline_words import in_words
from qa.topics import Topic, topics

_MOST = 3  # questions after an answer
_TRIED = 6  # candidates that are asked for them: each takes as long as a question
_DOCUMENTS = 8  # that are looked through after an answer: the cited ones, then those that were found
_SILENT_HITS = 2  # passages that stand in for the citations of a question without an answer
_EXAMPLES = 5
_EXAMPLE_DOCUMENTS = 10  # that are looked through for them
_TOPICS_TRIED = 50  # of one document
_EXAMPLES_TRIED = 3  # candidates of one document
_RECURS = 2  # statements: a phrase that stands in fewer is no theme
_EVERYWHERE = 0.04  # of the statements: a phrase that stands in more says too little
_FEW = 6  # statements: however few there are in all, this is not too many
_NEIGHBOURS = 183  # days
_LONGEST_TIME = 100  # days: "the past seven years" tells no two events apart
_FEWEST_WORDS = 6  # of a dated statement: a date alone says nothing
_LONGEST_NAME = 8  # words of an area or a title that a question can hold

_Span = tuple[int, int]

# Of each kind of event, the question for it and the wording that its statement needs to have.
_ASKS_FOR = {
    EventKind.APPOINTMENT: ("Who was appointed {when}?", r"\bappoint(?:ed|ment)\b"),
    EventKind.DEPARTURE: ("Who left {when}?", r"\b(?:leave|left|resign\w*|stepp\w* down|retire\w*)\b"),
    EventKind.REPORT: ("What was published {when}?", r"\bpublish(?:ed)?\b"),
    EventKind.INSPECTION: ("What was inspected {when}?", r"\b(?:inspect(?:ion|ed)|visit(?:ed)?)\b"),
    EventKind.PLAN: ("What was planned {when}?", r"\bplan(?:s|ned)?\b"),
}
_PUBLISHED = re.compile(r"\bpublished(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
# "Your team", "these services": what is meant stands before it.
_POINTS = re.compile(r"^(?:your|our|my|this|that|these|those|its?|they|their|such|both|all|each)\b", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the spans of a document of which the answer has to quote one.

    `form` is what makes two questions alike: of an event its kind, empty for a theme.
    """

    form: str
    question: str
    document_id: str
    spans: tuple[_Span, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document with what is asked about it; `terms` are those of each statement, between blanks."""

    document: Document
    told: tuple[Statement, ...]
    terms: tuple[str, ...]
    topics: tuple[Topic, ...]
    events: tuple[Event, ...]

    def holding(self, topic: Topic) -> tuple[Statement, ...]:
        """The statements in which the topic stands, also in the middle of a longer phrase."""
        wanted = _phrase(topic)
        return tuple(one for one, terms in zip(self.told, self.terms, strict=True) if wanted in terms)


class Suggester:
    """Makes questions for one set of documents. Safe to use from several threads.

    A candidate is kept where the assistant answers it with the very statements it was made from.
    """

    def __init__(self, document: Callable[[str], Document], ask: Callable[[str], Answer]) -> None:
        """Reads with `document`, which gives one by its id, and asks with `ask`."""
        self._document = document
        self._ask = ask
        self._one_at_a_time = threading.Lock()  # people who ask come first
        self._read = lru_cache(maxsize=64)(self._read_document)
        self._is_answered = lru_cache(maxsize=4096)(self._asked)

    def after(self, answer: Answer) -> tuple[str, ...]:
        """What follows on from an answer: the same theme elsewhere, and what happened around its time."""
        places = _places(answer)
        if not places:
            return ()
        named = dict.fromkeys(chain((name for name, _ in places), _found(answer)))
        with self._one_at_a_time:
            reads = [self._read(name) for name in list(named)[:_DOCUMENTS]]
            told = [one for read in reads for one in read.told if _is_at(one, places)]
            themes = _elsewhere(told, reads, answer)
            around = _around(told, reads, places) if answer.answerable else iter(())
            candidates = (one for pair in zip_longest(themes, around) for one in pair if one)
            return self._kept(candidates, answer.question, most=_MOST, tried=_TRIED)

    def examples(self, document_ids: Sequence[str]) -> tuple[str, ...]:
        """A question that each document answers, for the first few that have one."""
        found: list[str] = []
        with self._one_at_a_time:
            for name in document_ids[:_EXAMPLE_DOCUMENTS]:
                if len(found) < _EXAMPLES:
                    made = _of_document(self._read(name))
                    found += self._kept(made, "", most=1, tried=_EXAMPLES_TRIED)
        return tuple(dict.fromkeys(found))

    def _kept(self, candidates: Iterable[Candidate], asked: str, *, most: int, tried: int) -> tuple[str, ...]:
        """The first candidates that are answered; none twice, and not the question that was asked."""
        kept: dict[frozenset[str], str] = {frozenset(analyse(asked)): asked}
        forms: set[str] = set()
        for candidate in candidates:
            terms = frozenset(analyse(candidate.question))
            if tried == 0 or len(kept) > most:
                break
            if terms in kept or candidate.form in forms or leans_on_history(candidate.question):
                continue
            tried -= 1
            if self._is_answered(candidate):
                kept[terms] = candidate.question
                forms |= {candidate.form} - {""}
        return tuple(kept.values())[1:]

    def _asked(self, candidate: Candidate) -> bool:
        """Whether the answer quotes what the question was made from, and little else."""
        answer = self._ask(candidate.question)
        quoted = [
            cited
            for cited in answer.citations
            if cited.document_id == candidate.document_id
            and any(_overlap((cited.start, cited.end), span) for span in candidate.spans)
        ]
        enough = bool(quoted) and 2 * len(quoted) >= len(answer.citations)
        return answer.status is Status.ANSWERED and enough

    def _read_document(self, document_id: str) -> _Read:
        document = self._document(document_id)
        told = statements(document)
        terms = tuple(_between_blanks(analyse(one.words)) for one in told)
        return _Read(document, told, terms, topics(told), events([document]))


def _phrase(topic: Topic) -> str:
    return _between_blanks(topic.terms)


def _between_blanks(terms: Sequence[str]) -> str:
    return f" {' '.join(terms)} "


def _places(answer: Answer) -> list[tuple[str, _Span]]:
    """What was quoted; where nothing was, the nearest passages."""
    if answer.citations:
        return [(cited.document_id, (cited.start, cited.end)) for cited in answer.citations]
    nearest = [hit.passage for hit in answer.hits[:_SILENT_HITS]]
    return [(passage.document_id, (passage.start, passage.end)) for passage in nearest]


def _found(answer: Answer) -> Iterator[str]:
    return (hit.passage.document_id for hit in answer.hits)


def _is_at(statement: Statement, places: Sequence[tuple[str, _Span]]) -> bool:
    span = (statement.start, statement.end)
    return any(statement.document.id == name and _overlap(span, place) for name, place in places)


def _overlap(one: _Span, other: _Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _elsewhere(told: Sequence[Statement], reads: Sequence[_Read], answer: Answer) -> Iterator[Candidate]:
    """What other documents, and other dated sections, say of the themes of these statements.

    After them, what else the same ones say.
    """
    here, cited = {inspection_of(one) for one in told}, {one.document.id for one in told}
    at = {(one.document.id, one.start) for one in told}
    others, same = [], []
    for topic in _shared_topics(told, reads, answer):
        groups: dict[Inspection, list[Statement]] = {}
        for statement in chain.from_iterable(read.holding(topic) for read in reads):
            if (statement.document.id, statement.start) not in at:
                groups.setdefault(inspection_of(statement), []).append(statement)
        elsewhere = [(one, said) for one, said in groups.items() if one not in here]
        elsewhere.sort(key=lambda group: (group[0].document_id in cited, -len(group[1])))
        others += [(topic, said) for _, said in elsewhere[:1]]
        same += [(topic, said) for one, said in groups.items() if one in here and len(said) >= _RECURS]
    for topic, said in (*others, *same):
        if candidate := _about(topic, said):
            yield candidate


def _shared_topics(told: Sequence[Statement], reads: Sequence[_Read], answer: Answer) -> list[Topic]:
    """The topics of these statements that recur: those of the question first, then the rarer ones.

    Where there was no answer, only those that share a word with the question.
    """
    asked = frozenset(content_terms(answer.question))
    here = [_between_blanks(analyse(one.words)) for one in told]
    all_told = sum(len(read.told) for read in reads)
    ranked = []
    for read in reads:
        for topic in read.topics:
            if not any(_phrase(topic) in terms for terms in here):
                continue
            count = sum(len(other.holding(topic)) for other in reads)
            if _RECURS <= count <= max(_FEW, _EVERYWHERE * all_told):
                shared = len(asked & {*topic.terms}) / len(topic.terms)
                if not (shared or answer.answerable):
                    continue
                ranked.append((-shared, -len(topic.terms), count, topic.words, topic))
    return [topic for *_, topic in sorted(ranked, key=lambda one: one[:4])]


def _about(topic: Topic, said: Sequence[Statement]) -> Candidate | None:
    """What one document or dated section says of a topic; None where it has no short name."""
    document = said[0].document
    when = inspection_of(said[0]).period
    spans = tuple((one.start, one.end) for one in said)
    if when is not None:
        question = f"What was said about {topic.words} {_at(_month_of(when))}?"
        return Candidate("", question, document.id, spans)
    title = " ".join(document.details.title.split())
    if len(title.split()) > _LONGEST_NAME:
        return None
    return Candidate("", f"What does “{title}” say about {topic.words}?", document.id, spans)


def _around(
    told: Sequence[Statement], reads: Sequence[_Read], places: Sequence[tuple[str, _Span]]
) -> Iterator[Candidate]:
    """What the documents date nearest to the times of these statements, and is not quoted already."""
    times = [period for one in told for period, _ in one.times]
    if not times:
        return
    near: list[tuple[int, str, int, Event, str]] = []
    for read in reads:
        for event in read.events:
            first = event.citations[0]
            quoted = any(
                name == first.document_id and _overlap((first.start, first.end), span)
                for name, span in places
            )
            if not quoted and _can_be_asked_for(event):
                apart = min(_apart(event.period, time) for time in times)
                near.append((apart, first.document_id, first.start, event, read.document.text))
    for apart, _, _, event, text in sorted(near, key=lambda one: one[:3]):
        if apart <= _NEIGHBOURS:
            yield from _of_event(event, text)


def _of_document(read: _Read) -> Iterator[Candidate]:
    """What a document can be asked, best first: its themes in turn with what it dates."""
    held = [(topic, read.holding(topic)) for topic in read.topics[:_TOPICS_TRIED]]
    recurring = [(topic, said) for topic, said in held if len(said) >= _RECURS]
    recurring.sort(key=lambda one: -len(one[1]) * len(one[0].terms))
    themes = (_about(topic, said) for topic, said in recurring)
    dated = chain.from_iterable(
        _of_event(event, read.document.text) for event in read.events if _can_be_asked_for(event)
    )
    for pair in zip_longest(themes, dated):
        yield from (one for one in pair if one)


def _can_be_asked_for(event: Event) -> bool:
    """Whether its own words say when it was, and closely enough to tell it from others."""
    named = event.dated_by in (DatedBy.STATEMENT, DatedBy.LEAD)
    short = precision_of(event.period) is not Precision.RANGE or _days(event.period) <= _LONGEST_TIME
    return named and short and len(event.text.split()) >= _FEWEST_WORDS


def _of_event(event: Event, text: str) -> Iterator[Candidate]:
    """What asks for an event; `text` is that of its document."""
    first = event.citations[0]
    spans = ((first.start, first.end),)
    when = _at(event.period)
    for judged in event.judgements:
        if (
            judged.area
            and not _POINTS.match(judged.area)
            and 2 <= len(content_terms(judged.area)) <= _LONGEST_NAME
        ):
            yield Candidate(
                "judgement",
                f"What was the judgement on {_inside(judged.area, text)} {when}?",
                first.document_id,
                spans,
            )
    question, wording = _ASKS_FOR.get(event.kind, ("", ""))
    if question and re.search(wording, event.text, re.IGNORECASE):
        if event.kind is EventKind.REPORT and not _is_published_then(event):
            return
        if event.kind is EventKind.INSPECTION and precision_of(event.period) is not Precision.RANGE:
            return  # the day that an inspection ended, say
        yield Candidate(event.kind.value, question.format(when=when), first.document_id, spans)


def _at(period: Period) -> str:
    words = in_words(period)
    precision = precision_of(period)
    before = {Precision.DAY: "on", Precision.RANGE: "from"}.get(precision, "in")
    return f"{before} {words}"


def _month_of(period: Period) -> Period:
    """The month of a single day: a document came out on that day, and nobody asks by it."""
    is_day = period.first == period.last
    return month_period(period.first.year, period.first.month) if is_day else period


def _apart(one: Period, other: Period) -> int:
    """Days between two times; 0 where they share one."""
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


def _days(period: Period) -> int:
    return (period.last - period.first).days


def _inside(words: str, text: str) -> str:
    """The words as they stand inside a sentence: with a small letter, where the text has it so too."""
    first, *rest = words.split()
    if rest and rest[0][0].isupper():
        return words  # a name: "Children's Services"
    small = first[0].lower() + first[1:]
    is_common = re.search(rf"(?<![\w'’]){re.escape(small)}(?![\w'’])", text) is not None
    return " ".join([small if is_common else first, *rest])


def _is_published_then(event: Event) -> bool:
    """Whether "published" leads up to the date; "in January, after it was published" tells of another."""
    mentions = (one for one in find_periods(event.text) if one.period == event.period)
    return any(_PUBLISHED.search(event.text[: one.start]) for one in mentions)
