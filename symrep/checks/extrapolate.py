"""Infinite sums of terms that fall like a power, a(k) ~ C k^(−p) (1 + c/k + …), p > 1: Levin's u-transformation of the
partial sums (Levin 1972; DLMF 3.9(v)). Evidence, not proof: the error is estimated from two lower orders.

The transformation also gives divergent sums a value, so that p is looked at first (Raabe): k (a(k)/a(k+1) − 1) → p, at
two places far out. Logarithms among the terms, by which a sum with p = 1 may converge or not, keep these apart.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Final

from flint import acb, arb, ctx, fmpq

from symrep.checks.faults import Unevaluable, tick

__all__ = ["BITS", "power_total"]

#: added to the precision, for what cancels
BITS: Final = 400
_HEAD, _TAIL = 96, 26
_FAR: Final = (10**5, 10**9)
_ORDERS: Final = (16, 20, 24)
_LEAST: Final = 1.1
_CLOSE: Final = 1e-3
_GOOD: Final = 2.0**-36


def power_total(item: Callable[[int], acb], first: int, deadline: float) -> acb:
    """Σ_{k ≥ first} item(k); the caller has raised the precision by :data:`BITS`.

    Raises:
        Unevaluable: the terms are not of this sort, or the orders disagree.
    """
    start = max(first, 1) + _HEAD
    head = acb(0)
    for k in range(first, start):
        tick(deadline)
        head += item(k)
    terms = [_real(item(start + j)) for j in range(_TAIL)]
    if len({bool(a > 0) for a in terms}) != 1 or any(not a for a in terms):
        raise Unevaluable("terms of both signs")
    near, far = (_falls(k, _real(item(k)), _real(item(k + 1))) for k in _FAR)
    if not min(near, far) > _LEAST or abs(near - far) > _CLOSE:
        raise Unevaluable("the terms do not fall like a power above 1")
    tick(deadline)
    low, middle, high = (_levin(terms, n, start) for n in _ORDERS)
    first_gap, gap = abs(middle - low).upper(), abs(high - middle).upper()
    size = (abs(head.real) + abs(high)).upper()
    if not (bool(gap <= first_gap) or bool(gap < size * _GOOD * _GOOD)) or not bool(gap < size * _GOOD):
        raise Unevaluable("the extrapolated values of the sum disagree")
    return head + acb(high + arb(0, 100 * gap))


def _real(v: acb) -> arb:
    if not v.is_finite() or not v.imag.is_zero():
        raise Unevaluable("a term of the sum is not a real number")
    return v.real


def _falls(k: int, a: arb, b: arb) -> float:
    """K (a/b − 1)."""
    return float(k * (a / b - 1))


def _levin(terms: list[arb], n: int, start: int) -> arb:
    above, below, partial = arb(0), arb(0), arb(0)
    for j in range(n + 1):
        partial += terms[j]
        weight = Fraction((-1) ** j * comb(n, j) * (start + j) ** (n - 2), (start + n) ** (n - 2))
        w = arb(fmpq(weight.numerator, weight.denominator)) / terms[j]
        above, below = above + w * partial, below + w
    out = above / below
    if not out.is_finite() or bool(out.rad() > abs(out).upper() * arb(2) ** (-(ctx.prec // 4))):
        raise Unevaluable("too much cancels in the extrapolation")
    return out
