"""Greetings, and what is addressed to the assistant itself: questions about it and commands."""

from __future__ import annotations

import re

_GREETING = r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings)(?: there| everyone)?"
_THANKS = (
    r"(?:(?:ok|okay|great|good|perfect|lovely)[\s,.!]*)?(?:thanks|thank you|many thanks|cheers|bye|goodbye)"
    r"(?: (?:very|so) much| a lot)?(?: for (?:your|the|all your) help)?"
)
_CLOSING = (
    r"(?:that(?:['’]s| is| was|['’]ll be| will be)?|this is) (?:all|it|everything)"
    r"(?: for (?:today|now|the moment)| from me)?"
)
_ABOUT = (
    r"(?:who|what) are you|what (?:can|could|do) (?:you|i) (?:do|ask|help)(?: (?:me|us|people))?"
    r"(?: (?:with|about|for))?(?: here| you| me| us)?|how (?:do|does) (?:you|this|it) work"
    r"|what (?:is this|do you do|do you know)|(?:can|could|will) you help(?: me)?(?: please)?|help"
    r"|(?:are you|is this) (?:an? )?(?:ai|robot|bot|person|human|chatbot|language model)"
)
# What asks the assistant to be or to do something else than to answer from the documents.
_COMMAND = re.compile(
    r"\s*(?:please |can you |could you |would you )*(?:"
    r"(?:ignore|forget|disregard|override|bypass) (?:all |any )?(?:your|the|these|previous|earlier|prior)\b"
    r"|(?:write|compose|invent|make up|draw|sing|tell) (?:me |us )?(?:a|an|another|some) (?:\w+ )?"
    r"(?:poem|story|song|joke|essay|email|e-mail|letter|speech|picture|script|program|code)\b"
    r"|(?:e-?mail|send|forward|print|delete|translate|rewrite) (?:me |us )?"
    r"(?:this|that|it|my|the (?:answer|chat|conversation))\b"
    r"|(?:pretend|act|behave) (?:to be|as|like)\b|you are now\b)",
    re.IGNORECASE,
)
_PATTERN = re.compile(
    rf"(?:(?:{_GREETING})[\s,.!]*)?(?:{_GREETING}|{_THANKS}|{_ABOUT}|{_CLOSING})"
    rf"(?:[\s,.!]+{_CLOSING})?[\s,.!?]*(?:please|thanks|thank you)?[\s.!?]*",
    re.IGNORECASE,
)


def is_about_the_assistant(asked: str) -> bool:
    """Whether what was typed is a greeting, thanks, a question about the assistant, or a command to it."""
    return _PATTERN.fullmatch(asked.strip()) is not None or _COMMAND.match(asked) is not None
