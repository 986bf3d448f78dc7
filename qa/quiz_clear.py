"""Whether a statement is clear without its neighbours, and fit for a quiz by what it speaks of."""

from __future__ import annotations

import calendar
import re

_FEWEST_WORDS, _MOST_WORDS = 7, 50
_FEWEST_BEFORE_PRONOUN = 7  # words in which stands what "it" stands for
_FEWEST_WORDS_OF_ITEM = 4
_ENDED = re.compile(r"[.][\"”’')\]]?$")
_CLAIM = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|will|would|must|should|can|could|may|might"
    r"|(?<!be )(?<!being )(?<!the )(?<!an )(?<!a )(?<!of )(?<!in )(?!need)(?!un)\w{2,}ed"
    r"|requires|began|met|found|made|led|held|told|set|became|took|gave|said|says|finds|remain|receive"
    r"|enable|know)\b"
)
_CONNECTING = re.compile(
    r"(?:However|Conversely|Similarly|Furthermore|Moreover|Additionally|Again|Indeed|Certainly|Clearly|Overall"
    r"|Positively|In (?:addition|response|particular)|For (?:instance|example)),\s+"
)
# Words that carry on from the sentence before.
_CARRIED_ON = re.compile(
    r"(?:However|Conversely|Similarly|Also|Again|Furthermore|Moreover|Therefore|Thus|Hence|Consequently"
    r"|Accordingly|Additionally|Instead|Nevertheless|Nonetheless|Meanwhile|Likewise|Otherwise|Besides|Indeed"
    r"|But|And|So|Or|Yet|Nor|Neither|Both|Then|Now|There|Here|Although|Though|Despite|While|Whilst|If|When"
    r"|Where|Too|Again|Either|Equally|Finally|Firstly|Secondly|Lastly|Positively|Others?|Another|Apart from"
    r"|(?:Teams|Cases|Files|Records|Meetings|Plans|Services|Partners|Groups|Visits|Reports)"
    r" (?:were|was|are|is|have|had|has)|No council|Organisations|Councils"
    r"|Some|Most|Many|All"
    r"|Several|Each|Every|One|An example|The (?:fact|result|reason|same|other|others"
    r"|former|latter|above|following)|In (?:addition|response|particular|turn|return|contrast|fact|some"
    r"|stark|total|one|this|that|these|those|other|such|many|most|all|spite|doing|undertaking|so)"
    r"|As (?:a result|well|such|far|part|we|you|I|set)|For (?:instance|example|this|these|that|most|some)"
    r"|At (?:the time|one point|that|this|the same)|On (?:the other|average|top)|Within (?:this|the)"
    r"|Across the years|With (?:this|regard|specific|such)|Since (?:that|then)|After (?:that|this|careful)"
    r"|(?:\w+|\d+) (?:days|weeks|months|years) (?:later|earlier|before|after)|Last|Next)\b[ ,]"
)
_PERSONS = re.compile(
    r"\b(?:I|me|my|we|us|our|ours|you|your|yours|myself|ourselves|yourself)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:this|these|those|such|there|here|therefore|below|above|aforementioned|respectively|then"
    r"|later|ago|earlier|again|however|so far|once more|yesterday|tomorrow|do so|did so)\b"
    r"|\b(?:at|of|in|during|after|before|since|from|with|on|for|to|by|over|about)\s+that\b"
    r"|\bthat (?:report|time|year|date|visit|inspection|review|period|point|meeting|group|service|plan)\b"
    r"|\b(?:the|an?) (?:same|latter|latest|above|others?|second|third|next|following|said)\b"
    r"|\bit (?:adds|added|says|said|finds|found|notes|noted|states|stated)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|some|many|several|few|any|no) others?\b"
    r"|\b(?:any|every) (?:organisation|council|authority|service)\b"
    r"|\b(?:declined|refused|agreed|did|does|do)(?=\s*[–,.;])|^The (?:current|new|previous)\b",
    re.IGNORECASE,
)
_SUBJECT_PRONOUN = re.compile(r"\b(?:it|they|he|she|him|them|one of them)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her|theirs|itself|themselves|himself|herself)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Her|His) Majesty['’]s\b|\b(?:Her|His) (?:Royal )?Highness\b")
_EXPLETIVE = re.compile(
    r"\bit (?:is|was|has been|had been|would be|may be) (?:not )?(?:\w+ (?:that|how)"
    r"|(?:hard|difficult|easy|clear|unclear|possible|impossible|important|necessary|vital|right) to)\b",
    re.IGNORECASE,
)
# "the report" and "the authority" name nothing by themselves.
_HEADS = (
    r"authority|authorities|council|report|letter|visits?|review|inspection|inquiry|inspectorate|group|panel"
    r"|author|document|documents|meeting|meetings|department|department's|committee|commission|board|team"
    r"|teams|forum|strategy|plans?|policy|post|role|posts|roles|service|services|borough|county|city|town"
    r"|organisation|agency|agencies|partners|partnership|member|members|leader|chair|officer|officers|director"
    r"|assessor|recommendations?|findings|framework|area|areas|programme|project|process|processes"
    r"|system|systems|form|files?|cases?|records?|allowance|allowances|structures?|issues?|changes?"
    r"|concerns?|methodology|delivery model|proposals?|minutes|reviews|pace|impact|table|list|study"
    r"|investigation|audit|audits|award|situation|decision|decisions|arrangements?|requirements|statute|act"
    r"|duty|membership|task group|sites?|store|shop|museum|library|school|company|trust|force|college"
)
_HOW_MANY = r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+) )?"
_BARE = re.compile(
    rf"(?<!across )\b(?:the|a) {_HOW_MANY}(?P<head>(?:local )?(?:{_HEADS}))\b(?!-)(?P<more>[^,.;]{{0,40}})",
    re.IGNORECASE,
)
_MONTHS = "|".join(name for name in calendar.month_name if name)
_QUALIFIED = re.compile(
    r"\s+(?:of|for|on|into|by|between|which|that|who|commissioned|at|about|with|from|to)\b"
    rf"|\s+in (?!the\b|\d|(?:{_MONTHS})\b)|\s+(?:[A-Z]|19|20)"
)
# A heading run into the sentence after it, or words set twice.
_RUN_TOGETHER = re.compile(
    r"[a-z] (?:The|In|On|Since|From|At|By|For|It|This|There|Inspectors?) [A-Za-z0-9]|\b(\w+ \w+) \1\b"
)
_UNSAID = re.compile(r"\[|\]|\.\.\.|…|https?:|www\.|@|\||_|[¹²³⁴⁵⁶⁷⁸⁹⁰]")

# Abuse itself, and whom it was done to, is no matter for a quiz.
_GRAVE = re.compile(
    r"\b(?:abus\w*|exploit\w*|CSE|victims?|survivors?|perpetrat\w*|sexual\w*|rap(?:e|ed|es|ist\w*)"
    r"|groom(?:ed|ing|ers?)|traffick\w*|assault\w*|murder\w*|kill\w*|deaths?|died|deceased|suicid\w*"
    r"|self-harm\w*|suffer\w*|violen\w*|injur\w*|tortur\w*|neglect\w*|convict\w*|criminal\w*"
    r"|offend\w*|offen[cs]es?|harm\w*|pregnan\w*|drugs?|heritage|Asian|Pakistani|rac(?:e|ist|ism|ial)"
    r"|ethnic\w*|disclos\w*|arrest\w*|prosecut\w*|missing|fatal\w*|drown\w*|tragic\w*|bull(?:y|ied)\w*"
    r"|harass\w*|terribl\w*|horr\w*|appalling\w*|Serious Case Reviews?|siblings?|fathers?|mothers?"
    r"|parents?|scandal)\b",
    re.IGNORECASE,
)
_NAMED_CHILD = re.compile(
    r"\b(?:Child|Girl|Boy|Victim|Patient|Young Person|Baby|Family|Adult) [A-Z]{1,2}\d?\b"
)
# What bears the subject in its name and is an office, a plan or an inquiry itself.
_TOPIC = (
    r"(?:(?:child |child-|organised )?(?:sexual )?exploitation(?: \(CSE\))?|CSE|sexual exploitation"
    r"|(?:child )?abuse)"
)
_OFFICE = (
    r"(?:action plans?|plans?|sub-?groups?|teams?|services?|strateg(?:y|ies)|training|tools?|board"
    r"|steering group|task (?:and|&) finish group|arrangements|co-?ordinator|policy|inquiry|report|review)"
)
_INQUIRY = r"(?:inquir(?:y|ies)|reports?|reviews?|inspections?|strategy|guidance|training|head)"
_NAMES_OF_WORK = (
    re.compile(rf"\b{_INQUIRY} (?:into|on|concerning|of|about) {_TOPIC}(?: in [A-Z]\w+)?", re.IGNORECASE),
    re.compile(rf"\b{_TOPIC} {_OFFICE}\b", re.IGNORECASE),
    re.compile(r"\b(?:[A-Z][\w’']+ )+(?:and|of|for) Neglect\b"),
)


def is_clear_alone(words: str, *, resolved: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence, its line breaks folded, is whole and names all it speaks of.

    `resolved` are nouns in small letters that need no name, since something else says what "the" one is.
    """
    if not _FEWEST_WORDS <= len(words.split()) <= _MOST_WORDS:
        return False
    if not _ENDED.search(words) or not _CLAIM.search(words) or _UNSAID.search(words) or _is_torn(words):
        return False
    return not (_CARRIED_ON.match(words) or _PERSONS.search(words) or _points_away(words, resolved))


def is_clear_with_lead(item: str, lead: str, *, resolved: frozenset[str] = frozenset()) -> bool:
    """Whether a list item is clear where the sentence that introduces the list stands before it."""
    if not lead.endswith(":") or len(item.split()) < _FEWEST_WORDS_OF_ITEM or ":" in item:
        return False
    both = f"{lead} {item}"
    if len(both.split()) > _MOST_WORDS or _UNSAID.search(both) or _is_torn(both):
        return False
    return not (_CARRIED_ON.match(lead) or _PERSONS.search(both) or _points_away(both, resolved))


def opening_to_leave_out(words: str) -> int:
    """How many characters of a connecting phrase at the start can go: "However, ", "For example, "."""
    match = _CONNECTING.match(words)
    return match.end() if match else 0


def is_respectful(words: str) -> bool:
    """Whether a statement keeps to inspections, findings, dates and offices, and leaves suffering alone."""
    rest = words
    for pattern in _NAMES_OF_WORK:
        rest = pattern.sub(" ", rest)
    return not (_GRAVE.search(rest) or _NAMED_CHILD.search(rest))


def flat(words: str) -> str:
    """The words with every line break and run of spaces as one space."""
    return " ".join(words.split())


def _is_torn(words: str) -> bool:
    """Whether a bracket or a quotation is left open, or two texts have run together."""
    if words.count("(") != words.count(")") or words.count("“") != words.count("”"):
        return True
    if words.count('"') % 2 == 1 or re.search(r"(?:^|\s)['‘](?!\w+s?['’])[^'’]*$", words):
        return True
    return _RUN_TOGETHER.search(words) is not None


def _points_away(words: str, resolved: frozenset[str]) -> bool:
    """Whether something in the sentence stands for what another sentence names."""
    words = _TITLE.sub("Majesty's", words)
    if any(not _is_said_before(words, match) for match in _POINTING.finditer(words)):
        return True
    pronoun = _SUBJECT_PRONOUN.search(_EXPLETIVE.sub(" ", words))
    if pronoun and len(words[: pronoun.start()].split()) < _FEWEST_BEFORE_PRONOUN:
        return True
    possessive = _POSSESSIVE.search(words)
    if possessive and not _has_owner(words[: possessive.start()], possessive.group().casefold()):
        return True
    return any(
        _names_nothing(words, match)
        for match in _BARE.finditer(words)
        if match["head"].casefold() not in resolved
    )


def _is_said_before(words: str, pointing: re.Match[str]) -> bool:
    """Whether "that Act" points back to an Act earlier in the same sentence."""
    noun = re.match(r"(?:\s*\w+\s+)?(\w{3,})", words[pointing.end() :])
    pointed = re.search(r"\b(?:this|that|these|those|the same)\b", pointing.group(), re.IGNORECASE)
    if noun is None or pointed is None:
        return False
    return re.search(rf"\b{re.escape(noun[1])}\b", words[: pointing.start()]) is not None


def _has_owner(before: str, possessive: str) -> bool:
    """Whether the words before "its" or "her" can name the owner; "her" needs a name."""
    if possessive in ("his", "her", "himself", "herself"):
        return re.search(r"[A-Z][a-z]+ [A-Z][a-z]+", before) is not None
    words = before.split()
    return len(words) >= 2 and not (len(words) < 6 and words[-1] in ("of", "with", "on", "by", "in"))


def _names_nothing(words: str, match: re.Match[str]) -> bool:
    """Whether "the council" comes with no name, neither after it nor earlier in the sentence."""
    if _QUALIFIED.match(match["more"]):
        return False
    head = re.escape(match["head"].casefold().removesuffix("s"))
    named = re.search(rf"\b[A-Z][\w’']+ (?:[\w’']+ )*?(?i:{head})", words[: match.start()])
    return named is None or named.group().split()[0] in ("The", "A", "An")
