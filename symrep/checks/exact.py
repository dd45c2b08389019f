"""Terms with a rational value, computed exactly."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Final

from symrep.term import Term

__all__ = ["COMPARE", "rational"]

COMPARE: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def rational(t: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    """The value of a term built from rationals by +, ·, small integer powers, |·|, steps, rounding and extrema; None of
    every other term."""
    head = t[0]
    if head == "num":
        return Fraction(t[1], t[2])
    if head == "sym":
        return point.get(t[1])
    if head in ("add", "mul"):
        out = Fraction(0 if head == "add" else 1)
        for c in t[1:]:
            v = rational(c, point)
            if v is None:
                return None
            out = out + v if head == "add" else out * v
        return out
    if head == "pow":
        b, e = rational(t[1], point), rational(t[2], point)
        if b is None or e is None or e.denominator != 1 or abs(e) > 64 or (b == 0 and e < 0):
            return None
        return b ** int(e)
    if head == "fn" and t[1] in _EXACT:
        args = [rational(a, point) for a in t[2:]]
        return None if None in args else _EXACT[t[1]](*args)
    return None


def _sign(v: Fraction) -> Fraction:
    return Fraction((v > 0) - (v < 0))


_EXACT: Final[Mapping[str, Callable[..., Fraction]]] = {
    "abs": abs,
    "sign": _sign,
    "heaviside": lambda v: (1 + _sign(v)) / 2,
    "floor": lambda v: Fraction(floor(v)),
    "ceiling": lambda v: Fraction(ceil(v)),
    "min": min,
    "max": max,
}
