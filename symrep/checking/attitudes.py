"""What the words around a formula say of it that makes it no claim of the author's: a mistake that is warned of, a
question, somebody's words in quotation marks, what is supposed for a contradiction, an approximation.

Such a line is never called wrong; where the text does not mean it, it defines nothing either.
"""

from __future__ import annotations

import re
from typing import Final

from symrep.reading.documents import BREAK, SLOT, Document

__all__ = ["EARNEST", "not_meant", "satisfied", "solution"]

_I: Final = re.IGNORECASE
_F: Final = rf"[{chr(SLOT)}-\U000ffffd]"
_REACH: Final = 400
_STOP: Final = re.compile(rf"[.!?](?=[\s\"'”’)*_]|{_F}|$)|{BREAK}|\n[ \t]*(?:[-*+#]|\d+[.)])[ \t]")
_SLIPS: Final = r"mistakes?|misconceptions?|fallac(?:y|ies)|misunderstandings?|pitfalls?|blunders?|misreadings?"
#: before a formula, in its sentence
_WRONG_BEFORE: Final = re.compile(
    rf"\b(?:common|frequent|popular|widespread|tempting|classic|beginners?'?)\s(?:\w+\s)?(?:{_SLIPS}|errors?|traps?)\b"
    rf"|\b(?:a|the|another|one)\s(?:\w+\s)?(?:{_SLIPS})\s(?:is|was|would be)\b"
    r"|(?<!as )\b(?:one|you|we|people|students?|beginners?|some|many)\s(?:\w+ly\s|often\s|sometimes\s)?"
    r"(?:might|may|could|would)\s(?:\w+ly\s|perhaps\s|at first\s|well\s|be\s)?"
    r"(?:think|believe|expect|guess|hope|suppose|conjecture|tempted|argue)\b"
    r"|\b(?:first|naive|naïve|wrong|bad) (?:guess|attempt|try|idea)\b|\bat first (?:sight|glance)\b"
    r"|\btempt(?:ing|ed)\b|\b(?:naively|naïvely)\b"
    r"|\b(?:wrong|wrongly|falsely|incorrect|incorrectly|mistaken|mistakenly|erroneous|erroneously|misleading|untrue)\b"
    r"|\bfalse\b(?!\s(?:positives?|negatives?|alarms?|discover\w+|accept\w+|reject\w+|omission))"
    r"|\b(?:it is|it's|is it|this is|that is) (?:not|never|no longer) (?:\w+ )?"
    r"(?:true|the case|correct|right|valid|so)\b"
    r"|\b(?:nor|neither) is it\b|\b(?:it|this|that) is not (?:simply |just )?\Z"
    r"|\b(?:does|do|did|need|must|should) ?not\s(?:\w+ )?(?:mean|imply|follow|write|say|confuse|conclude)\b"
    r"|\b(?:one|we|you) (?:cannot|can't|must not|should not|shouldn't|may not) (?:\w+ )?"
    r"(?:write|conclude|say|expect|claim)\b"
    r"|\b(?:beware of|contrary to (?:what|popular))\b",
    _I,
)
_SAYS: Final = (
    r"(?:wrong|false|incorrect|untrue|impossible|absurd|nonsense|mistaken|invalid|not (?:\w+ )?(?:true|correct|right|"
    r"valid|the case)|a (?:\w+ )?(?:mistake|error|fallacy|contradiction|trap))\b"
)
_ADVERB: Final = r"(?:\w+ly\s|of course\s|already\s|just\s|in general\s)?"
#: after it, to the end of its sentence or at the beginning of the next one
_WRONG_AFTER: Final = re.compile(
    rf"\A[\s,;:.\"”'’)*_-]{{0,6}}(?:(?:but |and |however,? )?(?:which|this|that|it|these)\s(?:(?:equation|"
    rf"identity|formula|line|claim|statement|equality|rule)\s)?)?(?:(?:is|are|was|would be|seems)\s{_ADVERB}{_SAYS}"
    r"|(?:does not|doesn't|cannot|can't|fails to) (?:\w+ )?(?:hold|be (?:true|right))\b|fails\b)",
    _I,
)
#: what comes after these in a sentence is said in earnest again
_TURN: Final = re.compile(
    r"[;]|\b(?:but|however|instead|rather|whereas|while|actually|in fact|indeed|in truth|since|because|unless)\b"
    r"|\b(?:the )?(?:correct|right|true)\s(?:\w+\s)?(?:is|are|reads?|gives?)\b",
    _I,
)
_CONTRARY: Final = re.compile(
    r"\b(?:suppose|assume|supposing|assuming)\b[^.]{0,60}\b(?:contradiction|contrary)\b"
    r"|\b(?:for|by|towards?|to) (?:a |the sake of (?:a )?)?contradiction\b|\breductio\b",
    _I,
)
_REACHED: Final = re.compile(r"\b(?:a contradiction|contradicts|contradicting|impossible|absurd|cannot be)\b", _I)
_WOULD: Final = re.compile(
    r"(?:(?<!as one )(?<!as we )(?<!as you )(?<!as it )\bwould\b|\bif\b[^.;]{0,60}\bwere\b)"
    r"(?:(?!\b(?:but|however|whereas|while|in fact)\b)[^;])*\Z",
    _I | re.DOTALL,
)
_WOULD_AFTER: Final = re.compile(r"\A[\s,]{0,2}would\b", _I)
_ROUGHLY: Final = re.compile(
    r"\b(?:roughly|approximately|(?:about|nearly|almost) equal|asymptotically|heuristically|loosely|sloppily|"
    r"(?:to|up to|at|in) (?:the )?(?:first|second|third|leading|lowest|linear|quadratic|zeroth)[- ]order|"
    r"up to (?:an? |some |the )?(?:\w+ )?(?:constants?|factors?|errors?|multiples?|normali[sz]\w+|rounding|sign)|"
    rf"for (?:very |sufficiently )?(?:small|large)\s{_F}|neglecting|ignoring|dropping|lineari[sz]ing)",
    _I,
)
_SATISFIES: Final = re.compile(
    r"\b(?:medians?|quantiles?|percentiles?|half-li(?:fe|ves)|(?<!square )roots?|solutions?|solves?|"
    r"satisf(?:y|ies|ying)|such that)\b",
    _I,
)
_QUOTES: Final = (("“", "”"), ("„", "“"), ('"', '"'), ("``", "''"), ("«", "»"), ("»", "«"))
_SAID: Final = re.compile(
    r"\b(?:writes?|wrote|says?|said|claim(?:s|ed)?|reads?|answer(?:s|ed)?|states?|stated|put|argue[sd]?)\b"
    rf"(?:[^.;!?]|{_F}){{0,60}}\Z",
    _I,
)
_SHOW: Final = re.compile(r"\b(?:show|prove|verify|check|why|how|see)\b", _I)

_MISTAKE: Final = "the text speaks of it as wrong"
_QUESTION: Final = "a question"
_QUOTED: Final = "somebody's words, in quotation marks"
_SUPPOSED: Final = "supposed for a contradiction, or what would be if something were so"
_ABOUT: Final = "the text speaks of an approximation"
_SOLVED: Final = re.compile(
    r"(?:which|that|this|and|the|so|hence|thus|therefore|i\.e\.|e\.g\.|is|are|has|have|with|at|where|when|for|if|"
    r"solution|root|solved|by|gives|yields|giving|holds|we|get|find|obtain|happens|only|exactly|means|[,:\s])*",
    _I,
)
_SOLVES: Final = "what solves the equation before it"
_CONDITION: Final = "a condition on a name that is not defined otherwise"
#: what may define something all the same
EARNEST: Final = ("", _QUESTION, _ABOUT)


def satisfied(document: Document, formula: int) -> str:
    """Why an equation of a name and a number is a condition on the name: *let m be the median: F(m) = 1/2*."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    return _CONDITION if place >= 0 and _SATISFIES.search(_before(text, place)) else ""


def solution(document: Document, formula: int, name: str) -> str:
    """Why ``v = 1`` is what solves an equation: the display before it, … = 0, speaks of v."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    if formula == 0 or document.formulas[formula].display or not document.formulas[formula - 1].display:
        return ""
    before = document.formulas[formula - 1].body.text
    zero = re.search(r"=\s*0(?:\s|\\[,;]|[.,;]|\\end\{\w+\*?\})*\Z", before) is not None
    between = text[text.find(chr(SLOT + formula - 1)) + 1 : place]
    if (
        zero
        and len(between) < 80
        and _SOLVED.fullmatch(between)
        and re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", before)
    ):
        return _SOLVES
    return ""


def not_meant(document: Document, formula: int) -> str:
    """Why a formula is no claim of the author's; empty if it is one."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    if place < 0:
        return ""
    before, after = _before(text, place), text[place + 1 : place + 1 + _REACH]
    stop = _STOP.search(after)
    rest = after[: stop.start()] if stop is not None else after
    said = _SAID.search(text[max(0, place - 80) : place].rstrip('"“„`«» \n:,')) is not None
    if any(_quoted(text, place, a, b) for a, b in _QUOTES) and (said or _WRONG_BEFORE.search(before)):
        return _QUOTED
    if stop is not None and stop.group() == "?" and _SHOW.search(before) is None:
        return _QUESTION
    if _spoken_of(_WRONG_BEFORE, before) or _WRONG_AFTER.search(rest):
        return _MISTAKE
    if stop is not None and BREAK not in stop.group() and _WRONG_AFTER.search(after[stop.end() : stop.end() + 80]):
        return _MISTAKE
    if _WOULD.search(before) or _WOULD_AFTER.search(rest) or _contrary(text, place):
        return _SUPPOSED
    about = _ROUGHLY.search(rest)
    if _spoken_of(_ROUGHLY, before) or (about and not re.search(rf"{_F}|[,;]", rest[: about.start()])):
        return _ABOUT
    return ""


def _before(text: str, place: int) -> str:
    """The words of the sentence that leads to a formula; a colon or a comma leads over a blank line, too."""
    before = text[max(0, place - _REACH) : place]
    low = 0
    for m in _STOP.finditer(before):
        leads = before[: m.start()].rstrip()[-1:] in (":", ",") and not before[m.end() :].strip()
        low = low if BREAK in m.group() and leads else m.end()
    return before[low:]


def _spoken_of(pattern: re.Pattern[str], before: str) -> bool:
    """Do the words speak of what comes next, and not of another formula, and is nothing else said in earnest?"""
    found = None
    for m in pattern.finditer(before):
        found = m
    if found is None:
        return False
    rest = before[found.end() :]
    listed = re.search(rf"{_F}[^{chr(SLOT)}-\U000ffffd]{{0,20}}\b(?:and|or|nor)(?: that)?\s*\Z", rest)
    return _TURN.search(rest) is None and (re.search(_F, rest) is None or listed is not None)


def _quoted(text: str, place: int, opening: str, closing: str) -> bool:
    """Does it stand between quotation marks?"""
    before, after = text[max(0, place - 60) : place], text[place + 1 : place + 61]
    if opening == closing:
        return text[max(0, place - _REACH) : place].rpartition(BREAK)[2].count(opening) % 2 == 1 and closing in after
    at = before.rfind(opening)
    return at >= 0 and closing in after and closing not in before[at + len(opening) :]


def _contrary(text: str, place: int) -> bool:
    """Was something supposed for a contradiction a paragraph or two ago that has not been reached?"""
    found = None
    for m in _CONTRARY.finditer(text, max(0, place - 4 * _REACH), place):
        found = m
    if found is None:
        return False
    between = text[found.end() : place]
    reached = _REACHED.search(between)
    return between.count(BREAK) <= 4 and (reached is None or _STOP.search(between[reached.end() :]) is None)
