"""A strict reader of GIFT files, written from the format's description and not from the writer's code."""

from __future__ import annotations

from dataclasses import dataclass, field

SPECIAL = "~=#{}:"


@dataclass
class GiftQuestion:
    """One question as a learning platform would read it."""

    title: str
    text: str
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    matches: list[tuple[str, str]] = field(default_factory=list)
    feedback: str = ""


def read_gift(text: str) -> list[GiftQuestion]:
    """The questions of a file; AssertionError where the format is broken."""
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    assert blocks[0].startswith("$CATEGORY: "), "the file names a category first"
    return [_question(block.strip("\n")) for block in blocks[1:]]


def _question(block: str) -> GiftQuestion:
    assert block.startswith("::"), "a question starts with its title"
    title, rest = _until(block[2:], "::")
    assert rest.startswith("[plain]"), "the text is said to be plain"
    asked, rest = _until(rest.removeprefix("[plain]"), "{")
    answers, rest = _until(rest, "}")
    assert rest.strip() == "", "nothing stands after the answers"
    answers, _, feedback = _cut(answers, "####")
    question = GiftQuestion(_plain(title), _plain(asked), feedback=_plain(feedback))
    for sign, words in _answers(answers):
        left, arrow, target = _cut(words, "->")
        if arrow:
            assert sign == "=", "matches are marked as right"
            question.matches.append((_plain(left), _plain(target)))
        else:
            (question.right if sign == "=" else question.wrong).append(_plain(words))
    return question


def _answers(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign == "\\":
            found[-1] = (found[-1][0], found[-1][1] + text[place : place + 2])
            place += 2
            continue
        if sign in "=~":
            found.append((sign, ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + sign)
        else:
            assert sign.isspace(), "nothing stands before the first answer"
        place += 1
    return found


def _until(text: str, mark: str) -> tuple[str, str]:
    before, found, after = _cut(text, mark)
    assert found, f"{mark!r} is missing in {text[:60]!r}"
    return before, after


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    """As str.partition, but a sign after a backslash is no mark."""
    place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(mark, place):
            return text[:place], mark, text[place + len(mark) :]
        else:
            place += 1
    return text, "", ""


def _plain(text: str) -> str:
    """The text as it is shown; a sign that means something must have its backslash."""
    shown, place = "", 0
    while place < len(text):
        if text[place] == "\\":
            assert text[place + 1] in SPECIAL + "\\n", f"\\{text[place + 1]} is no escape"
            shown += text[place + 1]
            place += 2
        else:
            assert text[place] not in SPECIAL, f"{text[place]!r} stands without a backslash in {text[:60]!r}"
            shown += text[place]
            place += 1
    return shown.strip()
