"""The pages on which sessions are listed, built and edited; every step is a form that needs no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from qa.errors import BadPlan
from qa.session_content import Assistant
from qa.session_file import KEYS, block_of, example_plan, plan_of, read_plan, table_of, write_plan
from qa.session_plan import MOST_BLOCKS, Block, QuizBlock, SessionPlan
from ui.answering import Refused
from ui.exporting import file_name
from ui.frame import POLICY, escape, problem
from ui.markup import counted, long_date
from ui.request_body import LARGEST
from ui.session_forms import (
    KIND_NAMES,
    KIND_PURPOSES,
    BlockForm,
    Wrong,
    block_fields,
    new_table,
    plan_fields,
    plan_table,
    summary,
    table_from,
)
from ui.session_requests import NO_COOKIE, browser_in, built, fields_in, kept_session, not_kept, to
from ui.session_store import Kept, Run, Sessions

PURPOSE = (
    "A session is a plan of what a room looks at together: statements from the documents, each with its "
    "place, questions and a quiz. It can be shown on a screen, printed, and saved as one file."
)
FULL = "This browser keeps as many sessions as it can; delete one first."
TOO_MANY_BLOCKS = f"A session has at most {MOST_BLOCKS} blocks; delete one first."
NO_FILE = "No file was chosen; choose a session file (.toml) and send it again."
TOO_LARGE = f"The file has more than {LARGEST:,} bytes; a session file is much smaller. Choose another."
NO_TEXT = "The file is not text in UTF-8; choose a session file (.toml)."
NO_BLOCK = "There is no such block in the session; go back to it and try again."
NO_KIND = "There is no such kind of block; go back to the session and choose one."


def routes(assistant: Assistant, sessions: Sessions) -> APIRouter:
    """`/sessions` and what is below it for building."""
    router = APIRouter(include_in_schema=False)
    pages = _Pages(assistant, sessions)
    router.get("/sessions")(pages.listed)
    router.post("/sessions")(pages.add)
    router.post("/sessions/upload")(pages.upload)
    router.post("/sessions/restore")(pages.restore)
    router.get("/sessions/{id}")(pages.show)
    router.post("/sessions/{id}")(pages.save)
    router.post("/sessions/{id}/do")(pages.act)
    router.get("/sessions/{id}/block")(pages.block)
    router.post("/sessions/{id}/block")(pages.keep_block)
    router.get("/sessions/{id}/text")(pages.text)
    router.post("/sessions/{id}/text")(pages.keep_text)
    router.get("/sessions/{id}/plan.toml")(pages.download)
    return router


class _Pages:
    """The pages over one assistant and one store."""

    def __init__(self, assistant: Assistant, sessions: Sessions) -> None:
        self._assistant = assistant
        self._sessions = sessions

    async def listed(self, request: Request) -> Response:
        browser = browser_in(request)
        kept = self._sessions.listed(browser) if browser else ()
        deleted = request.query_params.get("deleted", "")
        return built("Training sessions", _list_main(kept, deleted))

    async def add(self, request: Request) -> Response:
        fields = await fields_in(request)
        if isinstance(fields, Refused):
            return problem(fields.reason, fields.status)
        if fields.get("what") == "example":
            return self._added(request, read_plan(example_plan()))
        return self._added(request, SessionPlan("New session", "", 60))

    async def upload(self, request: Request) -> Response:
        if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
            return self._refused_file(request, TOO_LARGE)
        try:
            form = await request.form(max_files=1, max_fields=5, max_part_size=LARGEST)
        except HTTPException:
            return self._refused_file(request, NO_FILE)
        sent = form.get("file")
        content = b"" if sent is None or isinstance(sent, str) else await sent.read()
        if not content.strip():
            return self._refused_file(request, NO_FILE)
        try:
            plan = read_plan(content.decode("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError:
            return self._refused_file(request, NO_TEXT)
        except BadPlan as wrong:
            return self._refused_file(request, str(wrong))
        return self._added(request, plan)

    async def restore(self, request: Request) -> Response:
        fields = await fields_in(request)
        browser = browser_in(request)
        if isinstance(fields, Refused) or not browser:
            return not_kept()
        id = str(fields.get("id", ""))
        return to(f"/sessions/{id}") if self._sessions.restore(browser, id) else not_kept()

    async def show(self, id: str, request: Request) -> Response:
        kept = kept_session(self._sessions, request, id)
        if kept is None:
            return not_kept()
        return built(kept.plan.title, self._session_main(request, kept))

    async def save(self, id: str, request: Request) -> Response:
        kept, fields = kept_session(self._sessions, request, id), await fields_in(request)
        if kept is None:
            return not_kept()
        if isinstance(fields, Refused):
            return problem(fields.reason, fields.status)
        filled = plan_table(fields)
        try:
            plan = replace(plan_of(filled), blocks=kept.plan.blocks)
        except BadPlan as wrong:
            main = self._session_main(request, kept, filled, Wrong(str(wrong), wrong.key))
            return built("Error: nothing was kept", main, status=422)
        self._change(request, kept, plan, "changing the title, the aim or the length")
        return to(f"/sessions/{id}")

    async def act(self, id: str, request: Request) -> Response:
        """Moves, copies, deletes a block; undoes; copies or deletes the session."""
        kept, fields = kept_session(self._sessions, request, id), await fields_in(request)
        browser = browser_in(request)
        if kept is None or browser is None or isinstance(fields, Refused):
            return not_kept()
        what, place = str(fields.get("what", "")), _place(str(fields.get("place", "")), kept.plan)
        if what == "undo":
            self._sessions.undo(browser, id)
        elif what == "delete-session":
            self._sessions.delete(browser, id)
            return to(f"/sessions?deleted={id}")
        elif what == "copy-session":
            return self._added(request, replace(kept.plan, title=f"Copy of {kept.plan.title}"[:200]))
        elif place is None or what not in _STEPS:
            return problem(NO_BLOCK, 404)
        elif what == "copy" and len(kept.plan.blocks) >= MOST_BLOCKS:
            return problem(TOO_MANY_BLOCKS, 422)
        else:
            blocks, change, now_at = _step(what, kept.plan.blocks, place)
            self._change(request, kept, replace(kept.plan, blocks=blocks), change)
            return to(f"/sessions/{id}#{f'block-{now_at + 1}' if blocks else 'blocks'}")
        return to(f"/sessions/{id}#blocks")

    async def block(self, id: str, request: Request) -> Response:
        kept = kept_session(self._sessions, request, id)
        if kept is None:
            return not_kept()
        kind, place = request.query_params.get("kind", ""), request.query_params.get("place", "")
        if place:
            at = _place(place, kept.plan)
            if at is None:
                return problem(NO_BLOCK, 404)
            table = table_of(kept.plan.blocks[at])
            return self._block_page(kept, str(table["kind"]), table, place)
        if kind not in KEYS:
            return problem(NO_KIND, 404)
        return self._block_page(kept, kind, new_table(kind), "")

    async def keep_block(self, id: str, request: Request) -> Response:
        kept, fields = kept_session(self._sessions, request, id), await fields_in(request)
        if kept is None:
            return not_kept()
        if isinstance(fields, Refused):
            return problem(fields.reason, fields.status)
        kind, place = str(fields.get("kind", "")), str(fields.get("place", ""))
        at = _place(place, kept.plan)
        if kind not in KEYS or (place and at is None):
            return problem(NO_KIND if kind not in KEYS else NO_BLOCK, 404)
        table = table_from(kind, fields)
        try:
            block = block_of(table, "This block")
        except BadPlan as wrong:
            return self._block_page(kept, kind, table, place, Wrong(str(wrong), wrong.key))
        if at is None and len(kept.plan.blocks) >= MOST_BLOCKS:
            return problem(TOO_MANY_BLOCKS, 422)
        blocks = list(kept.plan.blocks)
        if at is None:
            blocks.append(block)
        else:
            blocks[at] = block
        change = f"{'adding' if at is None else 'changing'} “{block.title}”"
        self._change(request, kept, replace(kept.plan, blocks=tuple(blocks)), change)
        return to(f"/sessions/{id}#block-{len(blocks) if at is None else at + 1}")

    async def text(self, id: str, request: Request) -> Response:
        kept = kept_session(self._sessions, request, id)
        return not_kept() if kept is None else self._text_page(kept, write_plan(kept.plan))

    async def keep_text(self, id: str, request: Request) -> Response:
        kept, fields = kept_session(self._sessions, request, id), await fields_in(request)
        if kept is None:
            return not_kept()
        if isinstance(fields, Refused):
            return problem(fields.reason, fields.status)
        text = str(fields.get("plan", "")).replace("\r\n", "\n")
        try:
            plan = read_plan(text)
        except BadPlan as wrong:
            return self._text_page(kept, text, Wrong(str(wrong), "plan"))
        self._change(request, kept, plan, "editing the session as text")
        return to(f"/sessions/{id}")

    async def download(self, id: str, request: Request) -> Response:
        kept = kept_session(self._sessions, request, id)
        if kept is None:
            return not_kept()
        name = file_name(kept.plan.title, "toml")
        headers = {
            "content-security-policy": POLICY,
            "cache-control": "no-store",
            "content-disposition": f"attachment; filename*=UTF-8''{name}",
        }
        return Response(write_plan(kept.plan), media_type="application/toml", headers=headers)

    def _added(self, request: Request, plan: SessionPlan) -> Response:
        browser = browser_in(request)
        if browser is None:
            return problem(NO_COOKIE, 403)
        id = self._sessions.add(browser, plan)
        return to(f"/sessions/{id}") if id else problem(FULL, 422)

    def _refused_file(self, request: Request, said: str) -> HTMLResponse:
        browser = browser_in(request)
        kept = self._sessions.listed(browser) if browser else ()
        return built("Error: the file was not read", _list_main(kept, "", Wrong(said, "file")), status=422)

    def _change(self, request: Request, kept: Kept, plan: SessionPlan, change: str) -> None:
        browser = browser_in(request)
        if browser and plan != kept.plan:
            self._sessions.change(browser, kept.id, plan, change)

    def _block_page(
        self, kept: Kept, kind: str, table: dict[str, object], place: str, wrong: Wrong | None = None
    ) -> HTMLResponse:
        form = BlockForm(kind, table, self._assistant.details(), wrong or Wrong())
        heading = f"{KIND_NAMES[kind]}: {'change' if place else 'add'}"
        main = (
            f"<h1>{escape(heading)}</h1>\n{summary(form.wrong)}<p>{escape(KIND_PURPOSES[kind])}</p>\n"
            f'<form method="post" action="/sessions/{kept.id}/block">'
            f'<input type="hidden" name="kind" value="{kind}">'
            f'<input type="hidden" name="place" value="{escape(place)}">'
            f"{block_fields(form)}<button>Keep this block</button></form>\n"
            f'<p class="way"><a href="/sessions/{kept.id}">Back without keeping it</a></p>'
        )
        return built(
            f"Error: {heading}" if form.wrong.said else heading, main, status=422 if form.wrong.said else 200
        )

    def _text_page(self, kept: Kept, text: str, wrong: Wrong | None = None) -> HTMLResponse:
        said = wrong or Wrong()
        tied = ' aria-invalid="true"' if said.said else ""
        main = (
            f"<h1>Edit as text</h1>\n{summary(said)}"
            "<p>This is the file of the session, in TOML. docs/sessions.md explains every key.</p>"
            f'<form method="post"><label for="plan">Session file</label>'
            f'<textarea id="plan" name="plan" class="code" rows="30" spellcheck="false"{tied}>{escape(text)}'
            "</textarea><button>Keep this text</button></form>\n"
            f'<p class="way"><a href="/sessions/{kept.id}">Back without keeping it</a></p>'
        )
        return built(
            "Error: Edit as text" if said.said else "Edit as text", main, status=422 if said.said else 200
        )

    def _session_main(
        self,
        request: Request,
        kept: Kept,
        filled: dict[str, object] | None = None,
        wrong: Wrong | None = None,
    ) -> str:
        browser = browser_in(request) or ""
        runs = self._sessions.runs(browser, kept.id)
        opened = " open" if wrong or not kept.plan.aim else ""
        return (
            f"<h1>{escape(kept.plan.title)}</h1>\n{summary(wrong or Wrong())}"
            f"<p>{escape(kept.plan.aim)}</p>\n{_ways(kept, runs)}"
            f"<details{opened}><summary>Change the title, the aim or the length</summary>"
            f'<form method="post" action="/sessions/{kept.id}">{plan_fields(kept.plan, filled, wrong)}'
            "<button>Keep</button></form></details>\n"
            f"{_blocks(kept)}{_adding(kept)}{_records(kept, runs)}{_whole(kept)}"
        )


_STEPS = ("up", "down", "copy", "delete")


def _step(what: str, blocks: tuple[Block, ...], place: int) -> tuple[tuple[Block, ...], str, int]:
    """The blocks after one step, what the step was, and where to look next."""
    kept, block = list(blocks), blocks[place]
    if what == "copy":
        kept.insert(place + 1, block)
        return tuple(kept), f"copying “{block.title}”", place + 1
    del kept[place]
    if what == "delete":
        return tuple(kept), f"deleting “{block.title}”", max(0, min(place, len(kept) - 1))
    target = max(0, place - 1) if what == "up" else min(len(kept), place + 1)
    kept.insert(target, block)
    return tuple(kept), f"moving “{block.title}”", target


def _place(written: str, plan: SessionPlan) -> int | None:
    """The place of a block, from 0, of its number as written, from 1."""
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    return number - 1 if 1 <= number <= len(plan.blocks) else None


def _list_main(kept: Iterable[Kept], deleted: str, wrong: Wrong | None = None) -> str:
    listed = "".join(
        f'<li><a href="/sessions/{one.id}">{escape(one.plan.title)}</a> '
        f'<span class="soft">{counted(one.plan.minutes, "minute")}, '
        f"{counted(len(one.plan.blocks), 'block')}, "
        f"changed on {long_date(one.changed.astimezone().date())}</span></li>"
        for one in kept
    )
    sessions = f'<ul class="links sessions">{listed}</ul>' if listed else "<p>You have no sessions yet.</p>"
    undo = (
        '<form method="post" action="/sessions/restore" class="note" role="status">'
        f'<input type="hidden" name="id" value="{escape(deleted)}">'
        "<p>The session was deleted. It can be taken back for ten minutes.</p>"
        "<button>Take the deletion back</button></form>\n"
    )
    said = wrong or Wrong()
    tied = ' aria-invalid="true" aria-describedby="file-error"' if said.said else ""
    error = f'<p class="error" id="file-error">{escape(said.said)}</p>' if said.said else ""
    return (
        f"<h1>Training sessions</h1>\n{summary(said)}{undo if deleted else ''}<p>{PURPOSE}</p>\n"
        f"<h2>Your sessions</h2>\n{sessions}\n<h2>Make a session</h2>\n"
        '<form method="post" action="/sessions" class="row">'
        '<button name="what" value="new">New session</button>'
        '<button name="what" value="example">Copy the example session</button></form>\n'
        '<form method="post" action="/sessions/upload" enctype="multipart/form-data">'
        f'<label for="file">Session file (.toml) from somebody else</label>{error}'
        f'<input type="file" id="file" name="file" accept=".toml"{tied}><button>Read the file</button></form>'
    )


def _ways(kept: Kept, runs: tuple[Run, ...]) -> str:
    at = f"/sessions/{kept.id}"
    has_quiz = any(isinstance(block, QuizBlock) for block in kept.plan.blocks)
    running = any(run.ended is None for run in runs)
    links = (
        (f"{at}/present", "Go on presenting" if running else "Present"),
        (f"{at}/papers/handout", "Handout for participants"),
        (f"{at}/papers/key", "Key for the facilitator"),
        *(((f"{at}/papers/quiz.gift", "Quiz for Moodle (GIFT)"),) if has_quiz else ()),
        (f"{at}/plan.toml", "Save as a file (.toml)"),
        (f"{at}/text", "Edit as text"),
    )
    listed = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in links)
    return f'<nav aria-label="What to do with this session"><ul class="links">{listed}</ul></nav>\n'


def _blocks(kept: Kept) -> str:
    plan = kept.plan
    undo = (
        f'<form method="post" action="/sessions/{kept.id}/do" class="undo" role="status">'
        f"<p>Last change: {escape(kept.undo)}.</p>"
        '<button name="what" value="undo">Undo the last change</button></form>\n'
        if kept.undo
        else ""
    )
    listed = "".join(_block(kept, number, block) for number, block in enumerate(plan.blocks, start=1))
    blocks = (
        f'<ol class="blocks">{listed}</ol>\n'
        if listed
        else "<p>There are no blocks yet: add one below.</p>\n"
    )
    balance = "balanced" if plan.planned == plan.minutes else "note"
    return (
        '<h2 id="blocks" tabindex="-1">Blocks</h2>\n'
        f'<p class="{balance}">{escape(plan.balance)}</p>\n{undo}{blocks}'
    )


def _block(kept: Kept, number: int, block: Block) -> str:
    title = escape(block.title)
    hidden = f'<span class="vh"> {title}</span>'
    first, last = number == 1, number == len(kept.plan.blocks)
    steps = [("up", "Move up", not first), ("down", "Move down", not last), ("copy", "Copy", True)]
    steps.append(("delete", "Delete", True))
    buttons = "".join(
        f'<button class="light" name="what" value="{what}">{words}{hidden}</button>'
        for what, words, there in steps
        if there
    )
    return (
        f'<li id="block-{number}" tabindex="-1"><h3>{title}</h3>'
        f'<p class="soft">{KIND_NAMES[block.kind]}, {counted(block.minutes, "minute")}</p>'
        f'<form method="post" action="/sessions/{kept.id}/do" class="row">'
        f'<input type="hidden" name="place" value="{number}">'
        f'<a class="edit" href="/sessions/{kept.id}/block?place={number}">Change{hidden}</a>'
        f"{buttons}</form></li>\n"
    )


def _adding(kept: Kept) -> str:
    listed = "".join(
        f'<li><a href="/sessions/{kept.id}/block?kind={kind}">Add: {name}</a> '
        f'<span class="soft">{KIND_PURPOSES[kind]}</span></li>'
        for kind, name in KIND_NAMES.items()
    )
    return f'<h2>Add a block</h2>\n<ul class="links">{listed}</ul>\n'


def _records(kept: Kept, runs: tuple[Run, ...]) -> str:
    listed = "".join(
        f'<li><a href="/sessions/{kept.id}/records/{run.id}">'
        f"{long_date(run.started.astimezone().date())}, {run.started.astimezone():%H:%M}</a>"
        f' <span class="soft">{counted(len(run.asked), "question")} asked</span></li>'
        for run in runs
        if run.ended is not None
    )
    return f'<h2>Records</h2>\n<ul class="links">{listed}</ul>\n' if listed else ""


def _whole(kept: Kept) -> str:
    return (
        f'<h2>The whole session</h2>\n<form method="post" action="/sessions/{kept.id}/do" class="row">'
        '<button class="light" name="what" value="copy-session">Copy the session</button>'
        '<button class="light" name="what" value="delete-session">Delete the session</button></form>'
    )
