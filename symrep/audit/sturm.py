"""Sturm's theorem: the sign of a polynomial in one variable on an interval."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

__all__ = ["sturm_sign"]

Interval = tuple[Fraction | None, bool, Fraction | None, bool]
Coefficients = list[Fraction]
MAX_DEGREE = 40


def _value(p: Coefficients, x: Fraction) -> Fraction:
    out = Fraction(0)
    for c in reversed(p):
        out = out * x + c
    return out


def _trim(p: Coefficients) -> Coefficients:
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def _divide(p: Coefficients, q: Coefficients) -> tuple[Coefficients, Coefficients]:
    rest, out = list(p), [Fraction(0)] * max(len(p) - len(q) + 1, 0)
    while len(rest) >= len(q):
        c, at = rest[-1] / q[-1], len(rest) - len(q)
        out[at] = c
        for i, v in enumerate(q):
            rest[at + i] -= c * v
        rest = _trim(rest[:-1])
    return out, rest


def _slope(p: Coefficients) -> Coefficients:
    return [c * i for i, c in enumerate(p)][1:]


def _sgn(v: Fraction) -> int:
    return (v > 0) - (v < 0)


def _changes(chain: list[Coefficients], at: Fraction | None, side: int) -> int:
    signs = []
    for p in chain:
        s = _sgn(_value(p, at)) if at is not None else _sgn(p[-1]) * (side if (len(p) - 1) % 2 else 1)
        if s:
            signs.append(s)
    return sum(a != b for a, b in pairwise(signs))


def sturm_sign(coefficients: Mapping[int, Fraction], interval: Interval) -> frozenset[int]:
    """The signs the polynomial may have on the interval; all three when it has a root inside."""
    anything = frozenset({-1, 0, 1})
    if not coefficients or min(coefficients) < 0 or max(coefficients) > MAX_DEGREE:
        return anything
    p = _trim([coefficients.get(i, Fraction(0)) for i in range(max(coefficients) + 1)])
    lo, lo_open, hi, hi_open = interval
    if lo is not None and lo == hi:
        return frozenset({_sgn(_value(p, lo))})
    q = p
    a, b = list(q), _slope(q)
    while b:  # square-free part
        a, b = b, _divide(a, b)[1]
    q = _divide(q, a)[0]
    for end in (lo, hi):
        if end is not None and _value(q, end) == 0:
            q = _divide(q, [-end, Fraction(1)])[0]
    chain = [q, _slope(q)]
    while len(chain[-1]) > 1:
        rest = _divide(chain[-2], chain[-1])[1]
        if not rest:
            break
        chain.append([-c for c in rest])
    chain = [c for c in chain if c]
    if _changes(chain, lo, -1) != _changes(chain, hi, 1):
        return anything
    if lo is not None and hi is not None:
        inside = (lo + hi) / 2
    else:
        inside = lo + 1 if lo is not None else hi - 1 if hi is not None else Fraction(0)
    out = {_sgn(_value(p, inside))}
    if lo is not None and not lo_open:
        out.add(_sgn(_value(p, lo)))
    if hi is not None and not hi_open:
        out.add(_sgn(_value(p, hi)))
    return frozenset(out)
