"""Densities and distribution functions that are stated of a variable whose law is told: *X ~ N(μ, σ²), with density
f(x) = …*, *its distribution function is F(x) = …*.

The formula stands for f from there on, as the document wants it; besides, it is a claim about the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Any, Final

import sympy as sp

from symrep.checking.facts import plain_name
from symrep.checking.model import Chain
from symrep.checking.names import head_of
from symrep.checking.recognising import same_law
from symrep.checking.scope import Let, Scope
from symrep.distribution import Distribution, Law
from symrep.errors import SymrepError
from symrep.reading.documents import BREAK, SLOT, Document

__all__ = ["left_stated", "take_stated"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_DENSITY: Final = (
    r"(?:probability\s)?(?:densit(?:y|ies)(?:\sfunction)?|pdf|p\.d\.f\.?|PDF|(?:probability\s)?mass\sfunction|pmf|PMF)"
)
_CUMULATIVE: Final = r"(?:cumulative\s)?(?:distribution\sfunction|cdf|CDF|c\.d\.f\.?)"
_WORDS: Final = r"is|are|given|by|equals|reads|function|then|simply|therefore|thus|hence|and|as|=|\(PDF\)|\(CDF\)"
_LINK: Final = rf"(?:\s(?:{_WORDS}))*[\s:,]*\Z"
_STATED: Final = re.compile(
    rf"\b(?i:its|whose|with|has|having|the|a|and)\s(?:(?P<density>{_DENSITY})|(?P<cumulative>{_CUMULATIVE}))"
    rf"(?:\sof\s(?P<of>{_F}))?{_LINK}"
)
_THAT_IS: Final = re.compile(rf"{_F}\s?,?\s(?:i\.e\.|that is|meaning(?:\sthat)?|in other words)[\s,:]*\Z")
#: words after which the formula may be of something else
_OTHER: Final = re.compile(
    r"\b(?:conditional\w*|posterior|joint|marginal|proposal|target|mixture|truncat\w+|approximat\w+|unnormali[sz]ed|not|"
    r"proportional|if|unless|instead|were|would|wrong\w*|naive\w*|kernel|empirical|model\w*|fitted|assum\w+|another|"
    r"different|new|given|under|alternative|condition\w*|censor\w*|minimum|maximum|order|sum|product)\b",
    re.IGNORECASE,
)
_REACH: Final = 220
_LEAD: Final = 3


def take_stated(document: Document, formula: int, chain: Chain, scope: Scope) -> bool:
    """Take in, for one formula, that f is the density, or the distribution function, of a law."""
    let = _stated(document, formula, chain, scope)
    if let is not None:
        scope.add(let)
    return let is not None


def left_stated(chains: Iterable[Chain], scope: Scope) -> list[Chain]:
    """Take that out again; the chains that define f now."""
    lets = [x for x in scope.lets if x.what == "stated"]
    scope.drop(lets)
    heads = {x.start for x in lets}
    return [c for c in chains if c.places[0].at in heads]


def _stated(document: Document, formula: int, chain: Chain, scope: Scope) -> Let | None:
    """What f stands for in a formula that says of it what the words call the density of a variable with a law."""
    head = head_of(chain.places[0])
    if head is None or len(head.parameters) != 1 or head.logarithm or not chain.signs or chain.signs[0].op != "=":
        return None
    letter, x = head.name, head.parameters[0]
    if len(letter) != 1 or scope.environment.is_symbol(letter) or not x.isalpha():
        return None
    text = document.words.text
    at = text.find(chr(SLOT + formula))
    before = text[max(0, at - _REACH) : at].rpartition(BREAK)[2]
    squeezed = re.sub(r"[~\s]+", " ", before)
    m = _STATED.search(squeezed) or (_THAT_IS.search(squeezed) if letter in "fpq" else None)
    if m is None or chain.places[0].start > _LEAD:
        return None
    told = _whose(document, before, m, scope, x)
    if told is None or _OTHER.search(before[max(before.rfind(told[1]), 0) :]):
        return None
    law = scope.environment.random.get(told[0].name)
    if not isinstance(law, Law) or law.arity() != 1:
        return None
    cumulative = m.re is _STATED and m["cumulative"] is not None
    body = chain.places[1].parsed.expr
    if _in_other_parameters(law, body, x, cumulative, scope):
        return None
    what = "F" if cumulative else "f"
    place = chain.places[0]
    of = told[0].name
    return Let("stated", letter, (x,), of, frozenset((of,)), place.at, place.to, told[0].line, -1, what)


def _whose(document: Document, before: str, m: re.Match[str], scope: Scope, x: str) -> tuple[Let, str] | None:
    """The law that is spoken of, and the formula that told it: the last one, of X or of x, or that of the X named."""
    laws = {let.name: let for let in scope.lets if let.what == "law" and let.until < 0}
    if m.re is _STATED and m["of"]:
        of = document.formulas[ord(m["of"]) - SLOT].body.text if ord(m["of"]) - SLOT < len(document.formulas) else ""
        let = laws.get(plain_name(of) or "")
        return None if let is None or let.name.lower() != x.lower() else (let, m["of"])
    for c in reversed(before):
        k = ord(c) - SLOT
        if not 0 <= k < len(document.formulas):
            continue
        f = document.formulas[k]
        here = [let for let in laws.values() if f.start <= let.start < f.end or let.start <= f.start < let.end]
        if here:
            one = [let for let in here if let.name.lower() == x.lower()]
            return (one[0], c) if len(here) == 1 and one else None
    return None


def _in_other_parameters(law: Law, body: Any, x: str, cumulative: bool, scope: Scope) -> bool:
    """Is it of that family by other parameters, 1/λ for λ? Then it tells by which ones the law is given, where no words
    do."""
    if not isinstance(law, Distribution) or not isinstance(body, sp.Expr):
        return True
    symbol = next((s for s in body.free_symbols if getattr(s, "name", "") == x), None)
    if symbol is None:
        return True
    try:
        body = sp.diff(body, symbol) if cumulative else body
        if same_law(law, body, symbol):
            return False
        ways = [(p, 1 / p, p**2, sp.sqrt(p), 1 / p**2, 1 / sp.sqrt(p)) if p.free_symbols else (p,) for p in law.args]
        others = (type(law)(*args) for args in product(*ways) if args != law.args)
        if any(same_law(other, body, symbol) for other in others):
            names = {"*", *(s.name for s in law.free_symbols)}
            told = scope.environment.parametrised
            return not any(family == law.family.name and name in names for family, name in told)
    except _FAILS:
        return True
    return False
