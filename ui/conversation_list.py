"""The conversations of one browser as a list of links."""

from __future__ import annotations

from collections.abc import Sequence

from ui.conversations import Listed
from ui.markup import counted, escape, long_date

NONE_YET = '<p class="about">No conversation is kept in this browser yet.</p>'
NONE_FOUND = '<p class="about">No conversation holds these words.</p>'


def conversations_html(listed: Sequence[Listed], open_id: str, *, searched: bool) -> str:
    """The list; the open conversation is marked as such by page.js, from its class."""
    if not listed:
        return NONE_FOUND if searched else NONE_YET
    return f'<ul class="conversations">{"".join(_entry(one, open_id) for one in listed)}</ul>'


def _entry(one: Listed, open_id: str) -> str:
    current = " current" if one.id == open_id else ""
    told = f"{counted(one.questions, 'question')}, {long_date(one.changed.date())}"
    link = f'<a class="conversation{current}" href="/?conversation={one.id}">{escape(one.name)}</a>'
    return f"<li>{link}<br><span>{told}</span></li>"
