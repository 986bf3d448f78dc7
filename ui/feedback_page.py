"""The page on which somebody says whether an answer is right."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa.answer import Answer, Turn
from qa.contract import answer_to_json
from ui.answering import Refused
from ui.feedback import IN_WORDS, LONGEST_COMMENT, Feedback, FeedbackStore, Verdict
from ui.frame import escape, lines, page, problem
from ui.named_turns import Named, NamedTurns
from ui.question_form import Fields, read_form
from ui.request_body import read_fields
from ui.statements import BLANK_LINE

FIELDS = ("answer", "q", "earlier", "document", "kind", "publisher", "first", "last", "as_written")
ONE_ANSWER = "Feedback is for one answer; go back to the answer and follow its link."
KEPT = (
    "Your words are kept on the computer that runs this page, with the question and the answer. "
    "Leave out what does not belong there, such as names of children."
)
NOTHING_CHOSEN = "Choose what the answer is."
TOO_LONG = "The comment has {found:,} characters and at most {most:,} are kept; shorten it."


def routes(named_turns: NamedTurns, store: FeedbackStore) -> APIRouter:
    """`GET /feedback` asks about the answer that its fields name, `POST /feedback` keeps what was said."""
    router = APIRouter(include_in_schema=False)

    async def ask(request: Request) -> HTMLResponse:
        fields = request.query_params
        named = await _one_answer(named_turns, request, fields)
        if isinstance(named, Refused):
            return problem(named.reason, named.status)
        return page("Is this answer right?", feedback_form(named.turns[0], fields))

    async def keep(request: Request) -> HTMLResponse:
        fields = await read_fields(request)
        named = fields if isinstance(fields, Refused) else await _one_answer(named_turns, request, fields)
        if isinstance(fields, Refused) or isinstance(named, Refused):
            return _refusal(fields, named)
        wrong = _wrong(fields)
        if wrong:
            form = feedback_form(named.turns[0], fields, wrong)
            return page("Error: nothing was kept", form, status=422)
        store.add(_said(named, fields))
        return page("Thank you", _thanks(fields))

    router.get("/feedback")(ask)
    router.post("/feedback")(keep)
    return router


def feedback_form(turn: Turn, fields: Fields, wrong: str = "") -> str:
    """The main part of the page; what was filled in is still there when something is wrong."""
    chosen = fields.get("verdict")
    choices = "".join(_choice(verdict, chosen=verdict == chosen) for verdict in Verdict)
    error = f'<p class="error" id="error" role="alert">{escape(wrong)}</p>' if wrong else ""
    invalid = ' aria-invalid="true" aria-describedby="error"' if wrong else ""
    return (
        f"<h1>Is this answer right?</h1>\n<h2>Question</h2><p>{lines(turn.question)}</p>"
        f"<h2>Answer</h2>{_paragraphs(turn.answer)}<h2>What you found</h2>"
        f'<form method="post" action="/feedback">{_hidden(fields)}{error}'
        f'<fieldset role="radiogroup"{invalid}><legend>The answer</legend>{choices}</fieldset>'
        '<label for="comment">What would be right, or where it stands (optional)</label>'
        f'<p class="hint" id="kept">{KEPT}</p>'
        '<textarea id="comment" name="comment" rows="4" aria-describedby="kept">'
        f"{escape(_comment(fields))}</textarea><button>Send</button></form>"
    )


def installed_version() -> str:
    """The version of this software; "unknown" where it runs without being installed."""
    try:
        return version("inspection-qa")
    except PackageNotFoundError:
        return "unknown"


async def _one_answer(named_turns: NamedTurns, request: Request, fields: Fields) -> Named | Refused:
    """The one turn that the fields name; feedback on a whole conversation would say nothing of any answer."""
    if fields.get("conversation"):
        return Refused(ONE_ANSWER, 422)
    return await named_turns.find(request, fields)


def _said(named: Named, fields: Fields) -> Feedback:
    turn = named.turns[0]
    return Feedback(
        at=datetime.now(UTC),
        version=installed_version(),
        verdict=Verdict(str(fields["verdict"])),
        comment=_comment(fields),
        question=turn.question,
        history=named.earlier,
        answer=answer_to_json(turn.answer, id=None, elapsed_ms=0.0),
    )


def _wrong(fields: Fields) -> str:
    """What is wrong with what was filled in; empty where nothing is."""
    if fields.get("verdict") not in list(Verdict):
        return NOTHING_CHOSEN
    found = len(_comment(fields))
    return TOO_LONG.format(found=found, most=LONGEST_COMMENT) if found > LONGEST_COMMENT else ""


def _comment(fields: Fields) -> str:
    return str(fields.get("comment", "")).replace("\r\n", "\n").strip()


def _choice(verdict: Verdict, *, chosen: bool) -> str:
    checked = " checked" if chosen else ""
    return (
        f'<label class="choice"><input type="radio" name="verdict" value="{verdict}"{checked}>'
        f"{IN_WORDS[verdict]}</label>"
    )


def _paragraphs(answer: Answer) -> str:
    return "".join(f"<p>{lines(one)}</p>" for one in BLANK_LINE.split(answer.text) if one.strip())


def _hidden(fields: Fields) -> str:
    """The fields that name the answer, to be sent again."""
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(str(value))}">'
        for name in FIELDS
        for value in fields.getlist(name)
    )


def _thanks(fields: Fields) -> str:
    back = (
        f"/?answer={quote(str(fields['answer']))}"
        if fields.get("answer")
        else read_form(fields).link("/plain")
    )
    return (
        "<h1>Thank you</h1>\n<p>What you said of this answer has been kept.</p>"
        f'<p><a href="{escape(back)}">Back to the answer</a></p>'
    )


def _refusal(*found: object) -> HTMLResponse:
    refused = next(one for one in found if isinstance(one, Refused))
    return problem(refused.reason, refused.status)
