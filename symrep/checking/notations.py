"""What a text says of its own notation: that P is a distribution function, that a prime is no derivative, what the
second argument of D(· ‖ ·) is, that E is short for an expectation given something.

A claim that holds with the usual meaning of the sign says something else then.
"""

from __future__ import annotations

import re
from typing import Final

import sympy as sp

from symrep.checking.facts import plain_name
from symrep.checking.model import Link
from symrep.checking.names import uses
from symrep.checking.reach import Reach
from symrep.checking.scope import Scope
from symrep.notation import Binder, Divergence
from symrep.reading.documents import SLOT, Document
from symrep.reading.latex.trees import walk

__all__ = ["meant_otherwise"]

_I: Final = re.IGNORECASE
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_OF: Final = re.compile(r"brackets of (\\?\w+)|\A(\\?\w+) is (?:a density|a function|some law)")
_CUMULATIVE: Final = (
    r"(?:distribution function|c\.?d\.?f|cumulative|survival|hazard|quantile|(?:moment |probability )?generating|"
    r"characteristic function|potential|energy|polynomial)"
)
_UNNORMALISED: Final = (
    r"(?:(?:un|non-?|not )normali[sz]ed|improper|sub-?probability|sub-?density|defective"
    r"|up to (?:a|the|its) (?:constant|normali))"
)
#: what is a density where nobody says what it is
_DENSITIES: Final = frozenset("p q P Q pi rho".split())
_HEAD: Final = re.compile(
    r"\s*(?P<name>(?:\\(?:tilde|hat|bar|widetilde)\s*\{?)?\\?[A-Za-z]+\}?(?:_\{?\\?\w+\}?)?)\s*"
    r"(?:\(.{0,20}\)|:.*)?\s*",
    re.DOTALL,
)
_PRIME: Final = re.compile(
    r"\b(?:primes?|primed)\b[^.;]{0,60}\b(?:not|no|never|rather than|instead of|without)\b"
    r"[^.;]{0,30}\b(?:deriv|differen)"
    r"|\b(?:not|no|never|rather than|instead of)\b[^.;]{0,30}\b(?:deriv|differen)[^.;]{0,60}\bprimes?\b"
    r"|\b(?:prime|dash|apostrophe)s?\b[^.;]{0,20}\b(?:denotes?|means?|stands? for|indicates?|marks?|signif\w+"
    r"|refers?)\b"
    r"(?![^.;]{0,40}(?:deriv|differen|slope))",
    _I,
)
_SWAPPED: Final = re.compile(
    r"\b(?:expectation|average|mean|integral|integrat\w+|weight\w*)\b[^.;]{0,60}\b(?:second"
    r"|latter|right(?:-hand)?|last)\s"
    r"(?:argument|law|distribution|entry|density|slot)"
    r"|\barguments?\b[^.;]{0,40}\b(?:swapped|reversed|exchanged|interchanged|in the (?:other|opposite|reverse) order)"
    r"|\b(?:opposite|reversed?|other)\s(?:convention|order|notation)\b",
    _I,
)
_ALL: Final = r"(?:all|every|any|from (?:now|here) on|henceforth|hereafter|throughout|in this section|below)"
_GIVEN: Final = re.compile(
    rf"\b{_ALL}\b[^.;]{{0,40}}\b(?:expectations?|moments?|variances?|probabilit(?:y|ies))\b[^.;]{{0,50}}\b"
    rf"(?:conditional|posterior|given|conditioned)\b"
    rf"|(?P<sign>{_F})\s(?:means|denotes|stands for|is short for|abbreviates|is shorthand for|will mean|now means)\s"
    rf"(?:[\w-]+\s){{0,6}}(?P<what>{_F}|(?:the )?(?:posterior|conditional))",
    _I,
)


def meant_otherwise(document: Document, reach: Reach, link: Link) -> str:
    """Why the signs of a claim may stand for something else in this text; empty: nothing is said of them."""
    if not isinstance(link.scope, Scope):
        return ""
    words = document.words.text
    sides = [s for p in (link.left, link.right) for _, s in p.variants]
    letters = {(a or b).lstrip("\\") for s in sides for g in s.guesses for a, b in _OF.findall(g.read)}
    bare = {n for n in uses(link.left) | uses(link.right) if n.partition("_")[0] in _DENSITIES}
    for name in sorted(letters | bare):
        if _called(document, reach, name):
            return f"right or wrong of a density {name}, and the text calls {name} something else"
    if _PRIME.search(words) and any(
        t.head.startswith("prime") for s in sides if s.tree is not None for t in walk(s.tree)
    ):
        return "right or wrong of derivatives, and the text gives its primes another meaning"
    if any(g.code == "expectation" and g.why.startswith("E ") for s in sides for g in s.guesses) and _another_e(
        document, reach
    ):
        return "right or wrong of expectations, and the text calls something else E"
    found = [s.expr for s in sides if isinstance(s.expr, sp.Basic)]
    if any(e.has(Divergence) for e in found) and _SWAPPED.search(words):
        return "right or wrong of divergences as they are usual, and the text may take their arguments the other way"
    if any(e.has(Binder) for e in found) and _conditional(document, reach, link.left.at):
        return "right or wrong of plain expectations, and the text may take them given something"
    return ""


def _another_e(document: Document, reach: Reach) -> bool:
    """Does E stand alone, and nothing around says that it is an expectation: *the energy is E*, *an event E*?"""
    text = document.words.text
    for f in document.formulas:
        if re.fullmatch(r"\s*E(?:\s*(?:\\in(?![a-z])|\\sub|>|<|\\geq?|=).*)?\s*", f.body.text, re.DOTALL):
            at = reach.place(f.start)
            low, high = reach.sentence(at)
            if not re.search(r"expect|mean|average|operator", text[low:high], _I):
                return True
    return False


def _called(document: Document, reach: Reach, name: str) -> bool:
    """Do the words before or behind a name say that it is no density?"""
    text = document.words.text
    other = _CUMULATIVE if name.partition("_")[0] not in _DENSITIES else f"(?:{_CUMULATIVE}|{_UNNORMALISED})"
    for f in document.formulas:
        head = _HEAD.fullmatch(f.body.text.strip(" .,;"))
        if head is None or plain_name(head["name"]) != name:
            continue
        at = reach.place(f.start)
        low, high = reach.sentence(at)
        before, behind = text[max(low, at - 60) : at], text[at + 1 : min(high, at + 61)]
        if re.search(rf"{other}\w*[\s~]\(?\Z", before, _I) or re.match(
            rf"[\s~,)]{{0,3}}(?:is|be|denotes?|are|for|as|being|,|the)?\s?(?:a|an|the|its|some)?\s?(?:"
            rf"[\w-]+\s){{0,3}}?{other}",
            behind,
            _I,
        ):
            return True
    return False


def _conditional(document: Document, reach: Reach, claim: int) -> bool:
    """Does the text say before a claim, in its section, that its expectations are conditional ones?"""
    low, _ = reach.section(claim)
    for m in _GIVEN.finditer(document.words.text, low, reach.place(claim) + 1):
        sign = reach.shown(m["sign"] or "").strip()
        what = reach.shown(m["what"] or "")
        if m["sign"] is None or (
            re.fullmatch(r"\\?(?:mathbb|mathrm|operatorname)?\s*\{?\s*(?:E|Var|P|Pr)\s*\}?(?:[\[(].{0,12})?", sign)
            and (re.search(r"\\mid|\||posterior|conditional|_", what) is not None)
        ):
            return True
    return False
