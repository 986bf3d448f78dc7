"""Whether a statement tells of a strength or of an area for development, by the document's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.grades_wording import find_grades
from qa.timeline_statements import Statement


class Mark(StrEnum):
    """What a statement says of a theme."""

    STRENGTH = "strength"
    DEVELOPMENT = "area for development"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark and why it was given, in a sentence that quotes the wording or the heading."""

    mark: Mark
    reason: str


# Headings and introductions of lists under which inspectors put what is wrong, or what is right.
_UNDER_DEVELOPMENT = re.compile(
    r"\bareas? (?:for|of|requiring|in need of) (?:development|improvement|criticism|concern)\b"
    r"|\bneeds? to (?:improve|do|change)\b|\bneeds? improv\w+|\bweakness(?:es)?\b|\bfail(?:ing|ure)s?\b"
    r"|\bpriority actions?\b|\bconcerns?\b|\bnot (?:working|good enough)\b|\bshortcomings\b|\bcriticisms?\b",
    re.IGNORECASE,
)
_UNDER_STRENGTH = re.compile(
    r"\bstrengths?\b|\bworking well\b|\bworks? well\b|\bgood practice\b|\bachievements?\b|\bwhat is good\b",
    re.IGNORECASE,
)

# Wording, each a pattern; one that says more stands before one that it begins with.
_STRONG = """
strong; strongly; strength(?:s|ened)?; good; robust(?:ly)?; effective(?:ly)?; improved
improving(?-i:(?! [A-Z]))
(?<!for )improvements?(?! (?:board|plan|work|visits?|monitoring|notice|letter|action|journey|programme))
clear(?:ly|er)?; timely; (?<!as )well(?!-being| as); positive(?:ly)?; better; excellent; outstanding
appropriate(?:ly)?; regular(?:ly)?; detailed(?! (?:below|above|in)); thorough(?:ly)?; satisfactory
supported; valued; confident
rapid(?:ly)?; success(?:ful(?:ly)?)?; sound; encouraging; benefit(?:s|ing|ed)?; promptly; quickly; proactive
sensitive; stable; compliant; proportionate; significant (?:progress|work|learning)
(?:good|steady|positive) progress; listened to; child[- ]centred; tenacious; aligned; embedded
spoke highly; speak highly
"""
_STRONG_THOUGH_DENYING = "without delay; no delay; no concerns"
_WEAK = r"""
clear lack; never; neither
not(?! (?:only|related|least|surprising|review|look|inspect)|(?: \w+){0,2} (?:unnecessar|unreasonabl|undu))
no (?:evidence|clear|systematic|shared|longer|current|sense|permanent|single); lack(?:s|ed|ing)?
little (?:evidence|impact); limited; yet to; insufficient(?:ly)?; poor(?:ly)?; weak(?:ened)?
weakness(?:es)?; inadequate(?:ly)?; ineffective; fail(?:s|ed|ing|ings|ure|ures)?; unable; inability
too (?:high|slow|many|few|long|often|much|little|early); delays?; drift; difficult(?:y|ies)?
(?<!any )(?<!their )concerns?
shortages?; decline; declining; ha(?:s|ve|d) declined; deteriorat\w+; unclear; unfocused; narrowly; variable
inconsistent(?:ly)?; absent; absence; slippage; overdue; gaps?; needs to; (?:is|was|are|were) needed; need for
need of improvement; must; slow; disrupti\w+; tensions; overwhelmed; complacent; denial; unwelcome
unregistered; high turnover; hard to follow; requires? improvement; criticis\w+; silenc\w+; marginalised
disconnected; lamentable; misleading; only (?:evident|partly|just); confus\w+; excessive; a challenge
challenges remain; serious(?! case); unsafe; backwards; stalled; worse; undermin\w+; compromise[sd]?
prevent(?:s|ed)
"""
# After these a good word tells of a weakness: "not consistently good", "lack of clear rationale".
_DENYING = """
not; never; neither; nor; no; none; without; cannot; n['’]t; lack(?:s|ed|ing)?(?: of)?; little; limited
yet to; too early to; insufficient(?:ly)?
fail(?:s|ed|ing|ings|ure|ures)? to; inability to; unable to; unclear; few
need(?:s|ed)? to(?: be)?(?= (?:clearer|stronger|better|improve|strengthen)); need for
need(?:s|ed|ing)? (?:further|more|significant|some)
should; must; could(?: be)?; would; less; superficially
"""
# After these it tells of nothing that is there.
_OPEN = """
whether; requires?; expect(?:s|ed)? to; in order to; will; intend(?:s|ed|ing)? to; aims? to; asked; undermines
compromises
"""


def _any_of(wording: str) -> str:
    parts = (part.strip() for line in wording.strip().splitlines() for part in line.split(";"))
    return f"(?:{'|'.join(part for part in parts if part)})"


_FEW_WORDS = r"\b(?:[\s,-]+\w+){0,4}?[\s,-]+"
_WORDING = re.compile(
    rf"\b(?:(?P<sure>{_any_of(_STRONG_THOUGH_DENYING)})"
    rf"|{_any_of(_OPEN)}{_FEW_WORDS}{_any_of(_STRONG)}"
    rf"|to (?:prevent|avoid|minimise){_FEW_WORDS}{_any_of(_WEAK)}"
    rf"|(?P<denied>{_any_of(_DENYING)}{_FEW_WORDS}{_any_of(_STRONG)})"
    rf"|(?P<weak>{_any_of(_WEAK)})"
    rf"|(?P<strong>{_any_of(_STRONG)}))\b",
    re.IGNORECASE,
)


def mark(statement: Statement) -> Marked:
    """The mark of a statement: by the heading or introduction it stands under, else by its wording.

    A grade says it plainest. A heading marks what stands under it, unless the wording plainly says the
    opposite: then the statement is marked neither, with both reasons.
    """
    weak, strong = _worded(statement.words)
    graded = _graded(statement.words)
    if graded and not (graded.mark is Mark.STRENGTH and weak):
        return graded
    above = _above(statement)
    if above is not None:
        return _under(above, weak, strong)
    if weak and strong:
        return Marked(Mark.NEITHER, f"its wording is of both kinds: {_quoted(strong)} and {_quoted(weak)}")
    if weak:
        return Marked(Mark.DEVELOPMENT, f"its wording: {_quoted(weak)}")
    if strong:
        return Marked(Mark.STRENGTH, f"its wording: {_quoted(strong)}")
    return Marked(Mark.NEITHER, "neither its heading nor its wording says which")


_GOOD_GRADES = frozenset({"outstanding", "good", "excellent", "strong", "satisfactory", "top ten performers"})


def _graded(words: str) -> Marked | None:
    """The mark that the grades in a statement give; None without grades, or with grades of both kinds."""
    grades = [(one.grade in _GOOD_GRADES and one.qualifier is None, one.grade) for one in find_grades(words)]
    if not grades or len({good for good, _ in grades}) > 1:
        return None
    good, grade = grades[0]
    return Marked(Mark.STRENGTH if good else Mark.DEVELOPMENT, f"its grade: “{grade}”")


def _under(above: tuple[Mark, str], weak: Sequence[str], strong: Sequence[str]) -> Marked:
    expected, words = above
    against = strong if expected is Mark.DEVELOPMENT else weak
    agreeing = weak if expected is Mark.DEVELOPMENT else strong
    if against and not agreeing:
        reason = f"it stands under “{words}”, but its wording is the other: {_quoted(against)}"
        return Marked(Mark.NEITHER, reason)
    return Marked(expected, f"it stands under “{words}”")


def _above(statement: Statement) -> tuple[Mark, str] | None:
    """What the nearest heading, or the introduction of its list, says of the statement."""
    lead = statement.sentence.lead
    introduced = statement.document.text[slice(*lead)] if lead else ""
    for words in (introduced, *reversed(statement.section.path)):
        flat = " ".join(words.replace("|", " ").split())
        for pattern, found in ((_UNDER_DEVELOPMENT, Mark.DEVELOPMENT), (_UNDER_STRENGTH, Mark.STRENGTH)):
            if pattern.search(flat):
                return found, flat
    return None


# "Where visits have not been possible, contact has been maintained": the first half is no finding.
_OPENING_CASE = re.compile(r"^(?:Where|When|If|Wherever|Whenever) [^,;]*\bnot\b[^,;]*, ")


def _worded(words: str) -> tuple[list[str], list[str]]:
    """The wording of a weakness and that of a strength, as written, each once."""
    flat = _OPENING_CASE.sub("", " ".join(words.split()))
    weak: dict[str, None] = {}
    strong: dict[str, None] = {}
    for match in _WORDING.finditer(flat):
        if match["strong"] or match["sure"]:
            strong[match.group()] = None
        elif match["weak"] or match["denied"]:
            weak[match.group()] = None
    return list(weak), list(strong)


def _quoted(wording: Sequence[str]) -> str:
    return ", ".join(f"“{words}”" for words in wording[:3])
