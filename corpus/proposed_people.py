"""Who published, wrote and received a document, from its letterhead, its signature and its addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.document import Role, Sentence
from corpus.first_lines import in_role

_ORGANISATION = re.compile(
    r"\b(?:council|inspectorate|authority|commission|commissioner|department|ministry|agency|trust|ombudsman|"
    r"constabulary|police|association|institute|university|college|academy|nhs|partnership|foundation|"
    r"limited|ltd|plc|society|regulator|tribunal|court|office (?:for|of)|board)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\d|\b(?:street|road|lane|avenue|house|floor|square|gate|way|court|place|telephone|tel|fax|email|e-mail)\b",
    re.IGNORECASE,
)
# The name in an address of the net: "ofsted" in www.ofsted.gov.uk and in www.gov.uk/ofsted.
_NET_NAME = re.compile(
    r"(?:@|www\.)(?:[\w-]+\.)*?(?P<name>[\w-]{3,})\.(?:gov|nhs|police|ac|org|co|com|net|eu)(?:\.uk)?\b"
    r"|\bgov\.uk/(?P<page>[a-z][a-z-]{2,})\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    "gov nhs police org com net mail email enquiries info gmail hotmail outlook yahoo btinternet "
    "government search guidance".split()
)
_BEGINNING = 2000  # characters: the head of a letter or the first page of a report
_LONGEST_NAME = 90
_STYLE = r"(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|professor|prof|cllr|councillor|the rt hon|rt hon|rev)\b\.?"
_TITLE_OF_PERSON = re.compile(_STYLE, re.IGNORECASE)
_PERSON = re.compile(
    rf"(?:(?i:{_STYLE})\s+)*(?:[A-Z][\w'’-]*\.?\s+){{1,3}}[A-Z][\w'’-]+(?:\s+[A-Z]{{2,4}})*$"
)
_OFFICE = re.compile(r"\b(?:director|chief|chair|head|leader|officer|inspector|manager)\b", re.IGNORECASE)
_BYLINE = re.compile(r"(?:author|written by|by|signed by|signed)\s*:?\s+", re.IGNORECASE)
_REPORT_OF = re.compile(r"(?:report (?:of|by|author)|author)\s*:\s*", re.IGNORECASE)
_PLACE = r"\b(?:in|across|within|near|around|throughout)\s+"  # in front of the name of a town
_ACTS = r"\s+(?:has|have|had|will|would|inspect\w*|found|publish\w*|regulat\w+|expects?|requires?)\b"
_MEANT = ("header of the e-mail", "properties of the page")


def proposed_publisher(
    text: str, sentences: Sequence[Sentence], stated: tuple[str, str] | None
) -> tuple[str, str] | None:
    """The body that published the document, and where it is named; None where that is uncertain."""
    if stated is not None:
        return stated
    for role, source in ((Role.LETTERHEAD, "letterhead"), (Role.SIGNATURE, "signature")):
        for lines in in_role(text, sentences, role):
            body = next((line for line in lines if _is_body(line)), None)
            if body is not None:
                return body, source
    names = list(dict.fromkeys(_net_names(text[:_BEGINNING])))
    found = [written for name in names if (written := _as_written(name, text))]
    # Two addresses of different bodies say nothing about whose document it is.
    return (found[0], "address in the first lines") if len(set(found)) == 1 and len(names) == 1 else None


def _is_name(line: str) -> bool:
    return len(line) <= _LONGEST_NAME and line[:1].isupper() and line[-1] not in ".:,;"


def _is_body(line: str) -> bool:
    """Whether a line is the name of a body and no more: "Care Services Inspectorate"."""
    is_office = re.search(
        r"\b(?:director|chief|chair|head|leader|officer|inspector|manager)\b", line, re.IGNORECASE
    )
    return bool(_ORGANISATION.search(line)) and not is_office and not _STREET.search(line) and _is_name(line)


def _net_names(words: str) -> Iterator[str]:
    for match in _NET_NAME.finditer(words):
        name = (match["name"] or match["page"]).casefold()
        if name not in _NOT_NAMES:
            yield name


def _as_written(name: str, text: str) -> str:
    """A name as the text writes it, with "Council" where the text has it so; empty where it is uncertain."""
    capital = rf"(?<![@./\w])(?=[A-Z])(?i:{re.escape(name)})\b"
    bodies = Counter(
        " ".join(match.group().split())
        for match in re.finditer(rf"{capital}(?:\s+(?!and\b)[A-Z][a-z]+){{0,3}}\s+Council\b", text)
    )
    if bodies:
        return min(bodies, key=lambda one: (-bodies[one], one))
    acts = re.search(rf"{capital}(?={_ACTS}|[*_ \t]*$)", text, re.MULTILINE)
    # "Enfield" is a town, of which it is not said what body there writes; "Ofsted" does things.
    return acts.group() if acts and not re.search(_PLACE + capital, text) else ""


def proposed_author(
    text: str, sentences: Sequence[Sentence], stated: tuple[str, str] | None
) -> tuple[str, str] | None:
    """Who signed the document or is named as its author; from properties only where the text has the name."""
    if stated is not None and stated[1] in _MEANT:
        return stated
    signed = _signed(text, sentences)
    if signed is not None:
        return signed
    if stated is not None and _PERSON.match(stated[0]) and stated[0].casefold() in text.casefold():
        return stated
    return None


def _signed(text: str, sentences: Sequence[Sentence]) -> tuple[str, str] | None:
    """The first person who signs the letter, with his office, or whom a line at the beginning names."""
    is_letter = any(one.role is Role.SALUTATION for one in sentences)
    for lines in in_role(text if is_letter else text[:_BEGINNING], sentences, Role.SIGNATURE):
        if not lines:  # below the beginning
            continue
        name, source = lines[0], "signature"
        if match := _BYLINE.match(name):
            name, source = name[match.end() :], "line with the author"
        if _PERSON.match(name) and not _is_body(name):
            office = next((line for line in lines[1:2] if _is_name(line) and not _STREET.search(line)), None)
            return ", ".join(filter(None, (name, office))), source
    return _report_of(text)


def _report_of(text: str) -> tuple[str, str] | None:
    """What stands behind "Report of:", in the same line or the block below."""
    lines = [line.strip(" *_#\t") for line in text[:_BEGINNING].splitlines() if line.strip(" *_#\t")]
    for number, line in enumerate(lines):
        match = _REPORT_OF.match(line)
        if match is None:
            continue
        after = line[match.end() :] or (lines[number + 1] if number + 1 < len(lines) else "")
        if after and _is_name(after):
            return after, f"line “{line[: match.end()].strip(' :')}”"
    return None


def proposed_addressee(
    text: str, sentences: Sequence[Sentence], stated: tuple[str, str] | None
) -> tuple[str, str] | None:
    """To whom a letter is addressed, with office and body, but without the street."""
    if stated is not None:
        return stated
    for lines in in_role(text, sentences, Role.ADDRESSEE):
        if not (_PERSON.match(lines[0]) or _TITLE_OF_PERSON.match(lines[0])):
            continue
        end = next((n for n, line in enumerate(lines) if _STREET.search(line)), len(lines))
        if end:
            return ", ".join(lines[: min(end, 3)]), "address of the letter"
    return None
