r"""Two terms are equal if their difference D is continuously differentiable in a symbol x on an open interval, ∂D/∂x =
0 there, and D vanishes at one point of it, or tends to 0 at an end: for relations between inverse functions that no
normal form sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, ZERO, No, Term, free, num, sub, substitute, sym, walk
from symrep.audit.derive import derivative
from symrep.audit.ends import limit
from symrep.audit.normal import same_everywhere
from symrep.audit.regular import SMOOTH, Interior
from symrep.audit.signs import compare

__all__ = ["same_by_constancy"]

_POINTS: Final = (ZERO, num(1, 2), ONE, num(-1))
_INVERSE: Final = frozenset("asin acos atan erf erfc erfinv".split())
_INTERVALS: Final[dict[str, tuple[Term, Term]]] = {
    "real": (("inf", -1), ("inf", 1)),
    "positive": (ZERO, ("inf", 1)),
    "negative": (("inf", -1), ZERO),
    "unit": (ZERO, ONE),
}


def same_by_constancy(a: Term, b: Term, ctx: Ctx) -> bool:
    """Is a = b shown at every point, by constancy in one symbol?"""
    if not any(s[0] == "fn" and s[1] in _INVERSE for t in (a, b) for s in walk(t)):
        return False
    difference = sub(a, b)
    for x in sorted(free(difference)):
        kind = ctx.kinds.get(x)
        if kind not in _INTERVALS or x in {bound.name for bound in ctx.bound}:
            continue
        lo, hi = _interval(x, kind, ctx)
        try:
            if _constant(difference, x, lo, hi, ctx) and _vanishes(difference, x, lo, hi, ctx):
                return True
        except No:
            continue
    return False


def _interval(x: str, kind: str, ctx: Ctx) -> tuple[Term, Term]:
    """An open interval that x does not leave, with numbers for ends: from its kind, narrowed by what is given."""
    lo, hi = _INTERVALS[kind]
    for _, op, left, right in ctx.given:
        if right == sym(x) and left[0] == "num":
            op, left, right = {"<": ">", ">": "<"}.get(op, ""), right, left
        if left != sym(x) or right[0] != "num":
            continue
        if op == ">" and (lo[0] == "inf" or compare(right, ">", lo, Ctx())):
            lo = right
        if op == "<" and (hi[0] == "inf" or compare(right, "<", hi, Ctx())):
            hi = right
    return lo, hi


def _constant(t: Term, x: str, lo: Term, hi: Term, ctx: Ctx) -> bool:
    inside = replace(ctx.inside({x: (lo, hi)}), fibre=frozenset(), notes=[], memory={})
    Interior(inside, {x}).need(t, SMOOTH)
    return same_everywhere(derivative(t, x, inside), ZERO, inside)


def _vanishes(t: Term, x: str, lo: Term, hi: Term, ctx: Ctx) -> bool:
    outer = ctx.without(x).quiet()
    return any(value[0] != "inf" and same_everywhere(value, ZERO, outer) for value in _values(t, x, lo, hi, outer))


def _values(t: Term, x: str, lo: Term, hi: Term, outer: Ctx) -> Iterator[Term]:
    for point in _POINTS:
        if (lo[0] == "inf" or compare(point, ">", lo, outer)) and (hi[0] == "inf" or compare(point, "<", hi, outer)):
            yield substitute(t, {x: point})
    for at in (0, 1):
        try:
            yield limit(t, x, (lo, hi), at, outer, strict=True)
        except No:
            continue
