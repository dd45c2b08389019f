"""Products and quotients of what was read: numbers side by side are one number."""

from __future__ import annotations

from fractions import Fraction

from symrep.term import MINUS_ONE, ONE, Term, mul, num, power

__all__ = ["inverse", "product"]


def inverse(t: Term) -> Term:
    return num(1 / Fraction(t[1], t[2])) if t[0] == "num" else power(t, MINUS_ONE)


def product(parts: list[Term]) -> Term:
    """Numbers side by side become one, ``sqrt(2)/2`` keeps its shape."""
    out: list[Term] = []
    for p in parts:
        if p[0] == "num" and out and out[-1][0] == "num":
            out[-1] = num(Fraction(out[-1][1], out[-1][2]) * Fraction(p[1], p[2]))
        else:
            out.append(p)
    if len(out) > 1 and out[0] == ONE:
        out = out[1:]
    return mul(*out)
