"""Terms with a rational value, computed exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symrep.term import Term

__all__ = ["rational"]


def rational(t: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    """The value of a term built from rationals by +, ·, and small integer powers; None for every other term."""
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
    return None
