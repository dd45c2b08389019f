"""Equations that are conditions on a name, to be solved, rather than lines of a derivation."""

from __future__ import annotations

import re

from symrep.checking.attitudes import satisfied, solution
from symrep.checking.conditional import slope
from symrep.checking.cues import Cue
from symrep.checking.model import Chain, Place
from symrep.checking.names import head_of, uses
from symrep.checking.sayings import valued
from symrep.checking.scope import Scope
from symrep.checking.settling import Settled
from symrep.reading.documents import Document

__all__ = ["solved_for"]


def solved_for(
    document: Document, scope: Scope, chain: Chain, settled: Settled, cue: Cue, pair: tuple[int, int, str]
) -> str:
    """Why the claim between two places of a chain may be an equation to be solved, or what solves one; else empty."""
    a, b, op = pair
    left, right = chain.places[a], chain.places[b]
    solve = settled.solve or settled.implicit.get(a, "")
    if solve or op != "=":
        return solve
    head = head_of(chain.places[0])
    zero = right.latex.strip(" .,;\n") == "0"
    if zero and cue.solve:
        return f"the text speaks of it: {cue.solve}"
    if cue.solve and head is not None and not head.parameters and head.name in uses(right) and a == 0:
        return f"the text speaks of it: {cue.solve}"
    if zero and slope(left):
        return "a derivative that is to be 0"
    if zero and (found := _solved_next(document, right)):
        return found
    one = any(valued(p.tree) for p in (left, right)) and len(chain.places) == 2
    if one and any(scope.symbol(n) is None and n not in scope.seen for n in uses(left) | uses(right)):
        solve = satisfied(document, left.formula)
    if not solve and a == 0 and head is not None and not head.parameters and valued(right.tree):
        solve = solution(document, left.formula, left.latex.strip())
    return solve


_NAMED = re.compile(r"\s*(\\?[A-Za-z]+(?:_(?:\w|\{\w{1,12}\}))?)\s*=")


def _solved_next(document: Document, right: Place) -> str:
    """Does the formula after … = 0 say what solves it?"""
    k = right.formula + 1
    m = _NAMED.match(document.formulas[k].body.text) if k < len(document.formulas) else None
    return solution(document, k, m[1]) if m is not None else ""
