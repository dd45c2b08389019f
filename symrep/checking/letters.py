"""Letters and signs that are functions of their own, where the text gives them to something else.

B(a, b) is the beta function, Γ the gamma function, J_0 Bessel's, H an entropy, Var a variance, unless the words call
the letter by another name: *B is a bilinear form*, *J_0 is the cost*. In percent, over a finite field, of a
minimiser x^* other things hold, too.
"""

from __future__ import annotations

import re
from typing import Final

import sympy as sp

from symrep.checking.model import Link
from symrep.checking.reach import Reach
from symrep.reading.documents import SLOT, Document
from symrep.reading.latex.trees import walk

__all__ = ["of_another", "unknown_point"]

_I: Final = re.IGNORECASE
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
#: text of a call, or the head of a tree -> the letter, what it is called as usual
_LETTERS: Final = {
    "gamma": (r"\\Gamma", r"gamma(?:[\s-]function)?|factorial|euler"),
    "beta": (r"B|\\(?:mathrm|operatorname)\{B\}|\\Beta", r"beta"),
    "besselj": (r"J(?:_\{?\w\}?)?", r"bessel"),
    "besseli": (r"I(?:_\{?\w\}?)?", r"bessel"),
    "besselk": (r"K(?:_\{?\w\}?)?", r"bessel"),
    "bessely": (r"Y(?:_\{?\w\}?)?", r"bessel"),
    "zeta": (r"\\zeta", r"zeta|riemann"),
    "digamma": (r"\\psi", r"digamma|psi|derivative of"),
    "polylog": (r"\\(?:mathrm|operatorname)\{Li\}(?:_\{?\w\}?)?", r"polylog"),
    "expint": (r"E(?:_\{?\w\}?)?", r"exponential integral"),
    "lambertw": (r"W(?:_\{?\w\}?)?", r"lambert"),
    "betainc_regularized": (r"I(?:_\{?\w\}?)?", r"beta"),
    "H": (r"H|h|\\(?:mathrm|operatorname)\{H\}|\\mathcal\s?\{?H\}?", r"entrop\w+|uncertain|information|harmonic"),
    "Var": (r"\\(?:mathrm|operatorname|text)\{?\s?(?:Var|V)\}?|\\mathbb\s?\{?V\}?", r"varianc\w+"),
    "Cov": (r"\\(?:mathrm|operatorname|text)\{Cov\}", r"covarianc\w+"),
}
_IS: Final = (
    r"[\s~,)]{0,2}(?:(?:be|is|are|denotes?|stands?|for|as|being|means?|will|now|here|the"
    r"|a|an|its|their|our|of|to)[\s~]){1,4}"
)
_BEFORE: Final = re.compile(
    r"(?:write|writing|denote\w*|call\w*|use|let|put|with|by|the|an?)[\s~](?:[\w-]+[\s~]){0,2}\Z", _I
)
_RING: Final = re.compile(
    rf"\b(?:modulo|mod|characteristic)[\s~](?:two|a prime)\b|\b(?:modulo|mod|over|in)[\s~](?P<of>{_F})|"
    r"\b(?:finite fields?|the field of two|tropical|max-plus|min-plus|characteristic 2|modular arithmetic)\b",
    _I,
)
_FIELD: Final = re.compile(
    r"\s*(?:\\mathbb\s?\{?\s?(?:F|Z)\s?\}?\s?(?:_|/)|GF|\\(?:operatorname|mathrm)\{GF\}|\\Z\s*/)"
)
_PERCENT: Final = re.compile(
    r"\b(?:in|as) (?:percent|percentages|per cent|per mille|basis points)\b|\bpercentage points\b", _I
)
_POINT: Final = re.compile(
    rf"(?P<of>{_F}){_IS}(?:[\w-]+[\s~]){{0,2}}?(?:minimi[sz]ers?|maximi[sz]ers?|optimum"
    rf"|optima|solutions?|roots?|argmin|argmax|"
    r"stationary points?|fixed points?|critical points?|saddle points?|zeros?|modes?|medians?|maximum"
    r"|minimum|limits?|equilibri\w+)\b",
    _I,
)

_NAME: Final = re.compile(r"\\?[A-Za-z]+(?:[_^]\{?[\w*\\]+\}?)?|\\(?:hat|bar|tilde)\s?\{?\\?[A-Za-z]+\}?")


def of_another(document: Document, reach: Reach, link: Link) -> str:
    """Why a claim may be about something else than its special letters and numbers are; empty: nothing is said."""
    trees = [s.tree for p in (link.left, link.right) for _, s in p.variants if s.tree is not None]
    all_ = [t for tree in trees for t in walk(tree)]
    heads = ({t.head for t in all_} | {t.text for t in all_ if t.head == "call"}) & _LETTERS.keys()
    for head in sorted(heads):
        letter, usual = _LETTERS[head]
        if _named(document, reach, re.compile(rf"\s*(?:{letter})\s*(?:\(\s*\\cdot\s*(?:,\s*\\cdot\s*)?\))?\s*"), usual):
            return f"right or wrong of the {head} that is usual, and the text calls something else so"
    words = document.words.text
    for m in _RING.finditer(words):
        if m["of"] is None or _FIELD.match(reach.shown(m["of"])) is not None:
            return "right or wrong of real numbers, and the text reckons otherwise"
    for m in _PERCENT.finditer(words):
        low, high = reach.sentence(m.start())
        if _among(document, reach, words[low:high], link):
            return "right or wrong of plain numbers, and the text gives them in percent"
    return ""


def unknown_point(document: Document, reach: Reach, link: Link) -> str:
    """Is a claim that fails about a point of which the text says where it is: the minimiser x^*? Not where it is off by
    a number, and so wrong at every point."""
    if _off_by_a_number(link):
        return ""
    low, _ = reach.section(link.left.at)
    for m in _POINT.finditer(document.words.text, low, reach.place(link.left.at) + 200):
        if _among(document, reach, m["of"], link):
            return "wrong in general; it is said of a point that the text singles out"
    return ""


def _off_by_a_number(link: Link) -> bool:
    a, b = link.left.parsed.expr, link.right.parsed.expr
    if (
        not (isinstance(a, sp.Expr) and isinstance(b, sp.Expr))
        or a.has(sp.Integral, sp.Sum)
        or b.has(sp.Integral, sp.Sum)
    ):
        return False
    try:
        off = sp.expand(a - b)
        return bool(off.is_number and off.is_zero is False)
    except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError):
        return False


def _among(document: Document, reach: Reach, text: str, link: Link) -> bool:
    """Does a name that stands alone in the text stand in a claim?"""
    body = "".join(f.body.text for f in document.formulas if f.start <= link.left.at < f.end)
    for c in text:
        latex = reach.shown(c).strip(" .,;") if ord(c) >= SLOT else ""
        if _NAME.fullmatch(latex) and re.search(rf"(?<![A-Za-z\\]){re.escape(latex)}(?![A-Za-z])", body):
            return True
    return False


def _named(document: Document, reach: Reach, letter: re.Pattern[str], usual: str) -> bool:
    """Do the words name a letter that stands alone, and not as usual?"""
    text = document.words.text
    for f in document.formulas:
        if letter.fullmatch(f.body.text.strip(" .,;")) is None:
            continue
        at = reach.place(f.start)
        low, high = reach.sentence(at)
        named = re.match(_IS + r"\w", text[at + 1 : at + 60], _I) or _BEFORE.search(text[max(low, at - 40) : at])
        said = re.sub(rf"\b(?:not|no|never)\s(?:an?|the)?\s?(?:{usual})", "", text[low:high], flags=_I)
        if named is not None and not re.search(usual, said, _I):
            return True
    return False
