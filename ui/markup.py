"""Questions and answers as HTML in which nothing that comes from a document or a person is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.document import Details
from qa.answer import Answer, Status
from ui.excerpts import BLOCK_START, Source
from ui.references import answer_with_references
from ui.statements import Statement, paragraphs, searched_instead
from ui.visible import visible

# Everything but letters, digits, spaces and the marks below becomes a character reference: the
# page is drawn by a Markdown renderer, and what it never sees as a mark it cannot act upon.
NOT_PLAIN = re.compile("[^\\w ,;?%'\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a3]|_")
NEW_LINE = re.compile(r"\s*\n\s*")
SHORT_LINE = 50  # characters; a longer line was wrapped to fit its page, and its break says nothing

NOT_FOUND_LABEL = "Not in the documents"
PARTIAL_LABEL = "Answers a part of the question"
# The confidence is how likely it is that the documents answer; below 0.57 nothing is answered.
SURE = ((0.85, "high"), (0.7, "medium"), (0.0, "low"))
TIPS = (
    "Use the words that the documents use, or write an abbreviation out.",
    "Ask one thing at a time, and name the document, the service or the year.",
)


def escape(text: str) -> str:
    """The text, shown as it stands whatever a browser or a Markdown renderer would make of it."""
    return NOT_PLAIN.sub(lambda found: f"&#{ord(found.group())};", visible(text))


def folded(text: str) -> str:
    """The text in one line: every run of white space is one space."""
    return " ".join(text.split())


def long_date(day: date) -> str:
    """As it is written in a letter: "30 September 2014"."""
    return f"{day.day} {day:%B %Y}"


def lines(text: str) -> str:
    """Escaped text in which a line break is kept where it means something."""
    shown = ""
    parts = NEW_LINE.split(text)
    for line, following in zip(parts, [*parts[1:], None], strict=True):
        shown += escape(line)
        if following is not None:
            kept = 0 < len(line.strip()) < SHORT_LINE or BLOCK_START.match(following)
            shown += "<br>" if kept else " "
    return shown


def counted(count: int, noun: str) -> str:
    """The number with its noun: "1 source", "2 sources"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """As in a sentence: "2014, 2016 and 2020"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def button(name: str, words: str, hidden: str = "") -> str:
    """A button that page.js acts upon by its class `name`; `hidden` is read out after its words."""
    more = f'<span class="vh"> {escape(hidden)}</span>' if hidden else ""
    return f'<button type="button" class="plain {name}">{escape(words)}{more}</button>'


def copied_text(text: str) -> str:
    """Text that a button copies, one paragraph a line; it is not shown."""
    told = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return f'<div class="copied" hidden>{told}</div>'


def question_html(question: str) -> str:
    """A question as it stands in the conversation."""
    return f'<div class="asked">{lines(question)}</div>'


def answer_html(key: str, answer: Answer, sources: Sequence[Source]) -> str:
    """An answer as it stands in the conversation; `key` is what its anchors are told apart by."""
    parts = [_label(answer), *_searched(answer), *_statements(key, answer, sources)]
    parts += [_differing(key, answer, sources), _silence(answer), _left_out(answer, sources)]
    if answer.status is not Status.ABOUT_THE_ASSISTANT:
        parts.append(_status_line(key, answer, sources))
    return f'<div class="answer {answer.status.value}">{"".join(parts)}</div>'


def answer_copy(answer: Answer, sources: Sequence[Source]) -> str:
    """The button that copies an answer with its references; nothing where there are none."""
    if not sources:
        return ""
    copied = copied_text(answer_with_references(answer, sources))
    return f'<div class="copying">{button("copy", "Copy answer with references")}{copied}</div>'


def documents_html(details: Iterable[tuple[str, Details]]) -> str:
    """The documents that answers are taken from."""
    return f'<ul class="documents">{"".join(_document(*known) for known in details)}</ul>'


def how_sure(confidence: float) -> str:
    """A confidence in words, with its number: "high (93 in 100)"."""
    word = next(word for least, word in SURE if confidence >= least)
    return f"{word} ({confidence * 100:.0f} in 100)"


def _label(answer: Answer) -> str:
    if answer.status is Status.NOT_IN_DOCUMENTS:
        return f'<p class="label">{NOT_FOUND_LABEL}</p>'
    if answer.status is not Status.PARTIAL:
        return ""
    missing = f" Not found: {escape(listed(answer.missing))}." if answer.missing else ""
    return f'<p class="label">{PARTIAL_LABEL}.{missing}</p>'


def _searched(answer: Answer) -> list[str]:
    """What was searched for other than what was written, with the way back."""
    said = [escape(sentence) for sentence in searched_instead(answer)]
    if not said:
        return []
    way_back = button("as-written", "Search only for what you wrote")
    return [f'<p class="searched">{" ".join(said)} {way_back}</p>']


def _statements(key: str, answer: Answer, sources: Sequence[Source]) -> list[str]:
    """The paragraphs of the answer, without what rests on a citation that did not stand."""
    numbers = {source.citation.number for source in sources}
    linked: set[int] = set()
    shown = []
    for paragraph in paragraphs(answer):
        standing = [one for one in paragraph if numbers.issuperset(one.cited)]
        words = "".join(_statement(key, one, linked) for one in standing).strip()
        if words:
            shown.append(f"<p>{words}</p>")
    return shown


def _statement(key: str, statement: Statement, linked: set[int]) -> str:
    """Some words of the answer with the citations that they rest on."""
    links = "".join(f"&nbsp;{_citation_link(key, number, linked)}" for number in statement.cited)
    return lines(statement.words) + links


def _citation_link(key: str, number: int, linked: set[int]) -> str:
    """The [n] that leads to its source; the first of each number is where the source leads back to."""
    anchor = "" if number in linked else f' id="cite-{key}-{number}"'
    linked.add(number)
    return (
        f'<a class="cite"{anchor} href="#src-{key}-{number}">'
        f'&#91;<span class="vh">source </span>{number}&#93;</a>'
    )


def _differing(key: str, answer: Answer, sources: Sequence[Source]) -> str:
    """Statements that differ about the same fact, side by side with their dates."""
    differing = [source for source in sources if source.citation.number in answer.disagreeing]
    if len(differing) < 2:
        return ""
    linked = {source.citation.number for source in differing}  # the answer's own links are led back to
    sides = "".join(_side(key, source, linked) for source in differing)
    label = '<p class="label">The documents differ.</p>'
    return f'<div class="differing">{label}<div class="sides">{sides}</div></div>'


def _side(key: str, source: Source, linked: set[int]) -> str:
    published = source.details.published
    when = long_date(published) if published else "No date"
    link = _citation_link(key, source.citation.number, linked)
    return (
        f'<div class="side"><p class="when">{escape(when)}, {escape(source.details.title)}</p>'
        f"<p>“{lines(folded(source.citation.quote))}”&nbsp;{link}</p></div>"
    )


def _silence(answer: Answer) -> str:
    if answer.status is not Status.NOT_IN_DOCUMENTS:
        return ""
    tips = "".join(f"<li>{escape(tip)}</li>" for tip in TIPS)
    return f'<ul class="tips">{tips}</ul>'


def _status_line(key: str, answer: Answer, sources: Sequence[Source]) -> str:
    """How sure, from how many documents and years, and how many quotations were found again."""
    if answer.status is Status.NOT_IN_DOCUMENTS:
        link = f'<a class="leads" href="#beside-{key}">Closest passages</a>'
        return f'<p class="status">{link}</p>' if answer.hits else ""
    facts = [f"How sure: {how_sure(answer.confidence)}", _from_documents(sources)]
    facts.append(f"{len(sources)} of {counted(len(answer.citations), 'quotation')} checked")
    return f'<p class="status">{" · ".join(fact for fact in facts if fact)}</p>'


def _from_documents(sources: Sequence[Source]) -> str:
    documents = {source.citation.document_id for source in sources}
    years = sorted({source.citation.published.year for source in sources if source.citation.published})
    if not documents:
        return ""
    dated = f", {listed([str(year) for year in years])}" if years else ""
    return f"from {counted(len(documents), 'document')}{dated}"


def _left_out(answer: Answer, sources: Sequence[Source]) -> str:
    """Says so when a quotation is not shown because it does not stand in its document."""
    missing = len(answer.citations) - len(sources)
    if not missing:
        return ""
    verb = "is" if missing == 1 else "are"
    return (
        f'<p class="warning">{counted(missing, "quotation")} {verb} not shown, '
        "because the words were not found at their place in the document.</p>"
    )


def _document(document_id: str, details: Details) -> str:
    facts = [details.publisher, long_date(details.published) if details.published else None]
    origin = [f"Source: {details.source}" if details.source else None, details.licence]
    told = [" · ".join(fact for fact in line if fact) for line in (facts, origin)]
    shown = "".join(f"<br><span>{escape(line)}</span>" for line in told if line)
    return f"<li><strong>{escape(details.title or document_id)}</strong>{shown}</li>"
