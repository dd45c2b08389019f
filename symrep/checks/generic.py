"""When the agreement of points may support an equality at all.

Points show an equality of analytic expressions with moderate constants to be plausible: two such expressions that agree
to a hundred bits at twenty generic points rarely differ. They show nothing of an order, of what happens on a thin set
or beyond a far threshold, or of all functions of a class. So agreement supports only claims in which none of these can
hide.
"""

from __future__ import annotations

from typing import Final

from flint import arb

from symrep.checks.evaluate import evaluate, precision
from symrep.checks.faults import Unevaluable
from symrep.claim import Context
from symrep.term import Term, children, free_symbols, walk

__all__ = ["integer_derivative", "why_unsupportable"]

LARGE: Final = 200
SMALL: Final = 1 / 2000
#: numerators and denominators beyond this can make a difference that quadrature does not see
FINE: Final = 20_000
_PARTIAL: Final = frozenset(
    "log gamma loggamma digamma polygamma beta binomial factorial tan atanh acosh factorial2 zeta polylog expint "
    "uppergamma lowergamma betainc betainc_regularized bessely besselk ei ci chi lambertw arg".split()
)
_STEPS: Final = frozenset(("floor", "ceiling", "arg"))
_INTEGERS: Final = ("integer", "positive integer", "nonnegative integer")


def why_unsupportable(lhs: Term, op: str, rhs: Term, context: Context) -> str:
    """In words, why points cannot support the claim; empty if they can."""
    names = free_symbols(lhs) | free_symbols(rhs)
    if (n := integer_derivative(lhs, rhs, context)) is not None:
        return f"there is no derivative in the integer {n}"
    if op != "==":
        return "an inequality is not shown by points, however many agree with it" if names else ""
    counting = {n for n in names if context.symbols.get(n) in _INTEGERS}
    for t in (lhs, rhs):
        for s in walk(t):
            if s[0] == "app":
                return "points cannot speak of all functions of a class"
            if s[0] == "fn" and s[1] in _STEPS:
                return f"points may miss a step of {s[1]}"
            if s[0] == "rel" and s[1] in ("==", "!="):
                return "points may miss a set on which an equality holds"
            if counting and _may_fail(s, counting):
                return "points may miss an integer at which a side is not defined"
            if s[0] == "pow" and s[1] == ("num", 0, 1):
                return "a power of zero depends on the boundary"
            if s[0] == "num" and max(abs(s[1]), s[2]) > FINE:
                return f"with a constant as fine as {s[1]}/{s[2]} points may miss a difference"
        if (c := _extreme(t)) is not None:
            return f"with a constant as large or small as {c} points may miss a difference"
    switches = any(
        s[0] in ("piecewise",) or (s[0] == "fn" and s[1] in ("heaviside", "sign", "abs", "max", "min"))
        for t in (lhs, rhs)
        for s in walk(t)
    )
    if switches and any(context.symbols.get(n) in _INTEGERS for n in names):
        return "points may miss the integer at which a branch changes"
    return ""


def integer_derivative(lhs: Term, rhs: Term, context: Context) -> str | None:
    """An integer in which a side differentiates: that has no value, whatever a formula for real numbers would give."""
    names = {n for n in free_symbols(lhs) | free_symbols(rhs) if context.symbols.get(n) in _INTEGERS}
    return next((s[2] for t in (lhs, rhs) for s in walk(t) if s[0] == "diff" and s[2] in names), None)


def _may_fail(s: Term, counting: set[str]) -> bool:
    """Is the node one that is not defined everywhere, with more than a bare counting variable inside?"""
    if s[0] == "pow" and not (s[2][0] == "num" and s[2][2] == 1 and s[2][1] >= 0):
        inside = s[1]
    elif s[0] == "fn" and s[1] in _PARTIAL:
        return any(a[0] != "sym" and free_symbols(a) & counting for a in s[2:])
    else:
        return False
    return inside[0] != "sym" and bool(free_symbols(inside) & counting)


def _extreme(t: Term) -> str | None:
    """A constant part of ``t`` that is very large or very small, if there is one."""
    if t[0] in ("inf", "true"):
        return None
    opaque = (
        "inf",
        "limit",
        "sum",
        "product",
        "det",
        "jacobian",
        "integral",
        "expect",
        "app",
        "law",
        "rel",
        "and",
        "or",
        "not",
        "true",
    )
    if not free_symbols(t) and not any(s[0] in opaque for s in walk(t)):
        return _size(t)
    return next((c for s in children(t) if (c := _extreme(s)) is not None), None)


def _size(t: Term) -> str | None:
    try:
        with precision(64):
            value = abs(evaluate(t, {}, {}, 64))
    except (Unevaluable, ZeroDivisionError, OverflowError, ValueError):
        return "one that cannot be evaluated"
    if bool(value == 0):
        return None
    if value.contains(0):
        return "one that is next to nothing"
    if value > LARGE or value < arb(SMALL):
        return value.str(6, radius=False)
    return None
