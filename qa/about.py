"""Greetings and questions about the assistant itself."""

from __future__ import annotations

import re

_GREETING = r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings)(?: there| everyone)?"
_THANKS = r"(?:thanks|thank you|many thanks|cheers|bye|goodbye)(?: (?:very|so) much| a lot)?"
_ABOUT = (
    r"(?:who|what) are you|what can (?:you|i) (?:do|ask)(?: here| you)?|how (?:do|does) (?:you|this|it) work"
    r"|what (?:is this|do you do|do you know)|(?:can|could|will) you help(?: me)?(?: please)?|help"
    r"|(?:are you|is this) (?:an? )?(?:ai|robot|bot|person|human|chatbot|language model)"
)
_PATTERN = re.compile(
    rf"(?:(?:{_GREETING})[\s,.!]*)?(?:{_GREETING}|{_THANKS}|{_ABOUT})[\s,.!?]*(?:please|thanks)?[\s.!?]*",
    re.IGNORECASE,
)


def is_about_the_assistant(asked: str) -> bool:
    """Whether the whole of what was typed is a greeting, thanks, or a question about the assistant."""
    return _PATTERN.fullmatch(asked.strip()) is not None
