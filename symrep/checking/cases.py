"""Special cases that prose tells: *consider the special case that b = 1. In this case …*.

A value that a sentence gives a name may be meant by the formulas of its paragraph, and is by those after it that speak
of this case. It is used for nothing but lines that fail without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

from symrep.checking.cues import before_in_paragraph, paragraph_end, sentence_before, sentence_end
from symrep.checking.facts import plain_name
from symrep.checking.names import head_of, uses
from symrep.checking.sayings import valued
from symrep.checking.scope import Let
from symrep.reading.documents import SLOT, Document

__all__ = ["Case", "cases_at", "over", "told"]

_THIS: Final = re.compile(
    r"\b(?:in|under|for|with|by)\s+(?:this|that|such an?|these|those)\s+(?:\w+\s+){0,2}"
    r"(?:cases?|settings?|assumptions?|choices?|restrictions?|conditions?|simplifications?|conventions?|parameters?)\b",
    re.IGNORECASE,
)
#: a sentence that goes on from the one before
_THEN: Final = re.compile(r"\A\s*(?:then|so|hence|thus|therefore|now|here)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?]\s")
#: what a case may be called, and be spoken of by later on
_CALLED: Final = re.compile(
    r"\bstandard\s+(?!deviations?\b|errors?\b|estimat|scores?\b|way\b|trick\b)[A-Za-z-]{4,}", re.IGNORECASE
)
_GENERAL: Final = re.compile(
    r"\b(?:in general|generally|for (?:general|arbitrary|any|all)|more generally)\b", re.IGNORECASE
)


@final
@dataclass(frozen=True)
class Case:
    """``line`` is what was said, at ``start``; it reaches to ``until`` in the file. ``called``: of what, *the standard
    Gumbel*."""

    line: str
    name: str
    start: int
    until: int
    called: str = ""


def told(document: Document, formula: int, chain: Any, once: bool) -> list[Case]:
    """``b = 1``, ``α = β``, ``α = β = 1`` in the text: names, and at last a number or another name.

    ``once``: of its sentence only.
    """
    f = document.formulas[formula]
    if f.display or not chain.signs or any(s.op != "=" for s in chain.signs):
        return []
    *places, last = chain.places
    heads = [head_of(p) for p in places]
    if not valued(last.tree) and (last.tree is None or last.tree.head != "name"):
        return []
    if any(h is None or h.parameters or h.name in uses(last) for h in heads):
        return []
    end, value = (sentence_end if once else paragraph_end)(document, formula), last.latex.strip().rstrip(".,;")
    called = _CALLED.findall(sentence_before(document, formula))
    of = " ".join(called[-1].lower().split()) if called else ""
    pairs = zip(heads, places, strict=True)
    return [Case(f"{p.latex.strip()} = {value}", h.name, p.at, end, of) for h, p in pairs if h is not None]


def cases_at(document: Document, formula: int, known: list[Case]) -> tuple[list[str], bool]:
    """The values that may be meant at a formula, those of its paragraph; and whether it says so: *in this case*.

    Then the last that were told are meant, wherever that was.
    """
    at = document.formulas[formula].start
    before = before_in_paragraph(document, formula)
    spoken = {" ".join(c.lower().split()) for c in _CALLED.findall(before)}
    if called := [c for c in known if c.start < at and c.called in spoken]:
        own = {" ".join(c.lower().split()) for c in _CALLED.findall(sentence_before(document, formula))}
        return list({c.name: c.line for c in called}.values()), any(c.called in own for c in called)
    if _GENERAL.search(before):
        return [], False
    *earlier, sentence = _SENTENCE.split(before)
    here = [c for c in known if c.start < at <= c.until]
    said = bool(known) and _THIS.search(sentence) is not None
    said = said or bool(here and earlier and _THEN.match(sentence) and _tells(document, earlier[-1], here[-1]))
    if not here and said:
        last = max(c.start for c in known if c.start < at) if any(c.start < at for c in known) else -1
        here = [c for c in known if c.start == last]
    return list({c.name: c.line for c in here}.values()), said


_NUMBER: Final = re.compile(
    r"\s*-?(?:[0-9]+(?:\.[0-9]+)?(?:\s*/\s*[0-9]+)?|\\[dt]?frac\s*\{?[0-9]+\}?\s*\{?[0-9]+\}?)\s*[.,;]?\s*"
)
#: another name
_LETTER: Final = re.compile(r"\s*\\?[A-Za-z]+(?:_(?:\w|\{\w{1,12}\}))?\s*[.,;]?\s*")
_ALL: Final = re.compile(
    r"\b(?:in general|generally|more generally|general (?:case|result|formula|statement))\b"
    rf"|\b(?:for|of) (?:general|arbitrary|any|all|every|each)(?: \w+){{0,2}} (?P<of>[\U{SLOT:08x}-\U000ffffd])",
    re.IGNORECASE,
)


#: *for every sample size* and then the claim
_ALL_WORDS: Final = re.compile(r"\bfor (?:general|arbitrary|any|all|every|each)(?: \w+){1,3}\s*\Z", re.IGNORECASE)
#: a name that is introduced again
_ANEW: Final = re.compile(
    rf"\b(?:let|suppose|assume|assuming|consider|take|choose|fix|with|where|any|every|each|arbitrary)\b[^.;!?]*?"
    rf"(?P<of>[\U{SLOT:08x}-\U000ffffd])",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"(?P<of>[\U{SLOT:08x}-\U000ffffd])\s(?:is |now |again )*"
    r"(?:arbitrary|any|general|unknown|unspecified|free|varies)\b",
    re.IGNORECASE,
)
_NEXT_ITEM: Final = re.compile(r"\n[ \t]*(?:[-*+]|\d+[.)]|\\item)[\s\[]")


def over(document: Document, formula: int, lets: Iterable[Let], headings: Sequence[int]) -> tuple[list[Let], list[Let]]:
    """The numbers that names were given and that are not meant at a formula: a heading came between, or the end of the
    paragraph, or the name was introduced again; and those of which its sentence says that it speaks generally.
    A name that stood for another one, σ_1 = σ_2 = σ, is on its own again behind a heading, too."""
    at = document.formulas[formula].start
    symbols = [x for x in lets if x.what == "symbol" and x.until < 0]
    given = [x for x in symbols if _NUMBER.fullmatch(x.body)]
    behind = [x for x in symbols if any(x.end <= h <= at for h in headings)]
    passed = [x for x in behind if x in given or (_LETTER.fullmatch(x.body) and _met(document, x))]
    said: list[Let] = []
    before = sentence_before(document, formula) if given else ""
    for m in _ALL.finditer(before):
        k = ord(m["of"]) - SLOT if m["of"] else -1
        of = document.formulas[k].body.text if 0 <= k < len(document.formulas) else ""
        names = {plain_name(p) for p in re.split(r",|\\in\b|[<>]|\\[gl]eq?\b", of)}
        said += [x for x in given if (k < 0 or x.name in names) and x not in passed and x not in said]
    if plain_name(document.formulas[formula].body.text) is None:
        all_of_them = _ALL_WORDS.search(before) is not None
        passed += [x for x in given if x not in (*passed, *said) and (all_of_them or _left(document, x, formula))]
    return passed, said


def _met(document: Document, let: Let) -> bool:
    """Was the name of σ_1 = σ in the document before? Then it is a special case, as of equal variances."""
    name = let.line.partition("=")[0].strip()
    mark = re.compile(re.escape(name) + r"(?![A-Za-z0-9_{])" if name else r"\b\B")
    return any(f.end <= let.start and mark.search(f.body.text) for f in document.formulas)


def _left(document: Document, let: Let, formula: int) -> bool:
    """Is the paragraph of the number over, or was its name introduced again?"""
    at = document.formulas[formula].start
    own = next((i for i, f in enumerate(document.formulas) if f.start <= let.start < f.end), -1)
    if own < 0 or own == formula:
        return False
    if paragraph_end(document, own) <= at:
        return True
    text, end = document.words.text, sentence_end(document, own)
    between = text[text.find(chr(SLOT + own)) + 1 : text.find(chr(SLOT + formula))]
    if _NEXT_ITEM.search(between):
        return True
    again = (document.formulas[ord(m["of"]) - SLOT] for m in (*_ANEW.finditer(between), *_BEHIND.finditer(between)))
    return any(f.start >= end and plain_name(f.body.text) == let.name for f in again)


def _tells(document: Document, sentence: str, case: Case) -> bool:
    """Is it the sentence that told the case?"""
    formulas = [document.formulas[ord(c) - SLOT] for c in sentence if ord(c) >= SLOT]
    return any(f.start <= case.start < f.end for f in formulas)
