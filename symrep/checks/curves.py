"""Rational points at which an equation between symbols holds, such as α² + σ² = 1 or a b = 1.

Solved for one symbol after the other as far as the equation is of first or second degree in it, with rational roots;
where these are irrational, another symbol gets a value cos or sin of an angle whose tangent of the half is rational,
or that times the value of a third.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import isqrt

from symrep.checks.exact import rational
from symrep.term import Term

__all__ = ["onto"]

Point = dict[str, Fraction]
F = Fraction
TURNS = 6


def onto(
    gap: Term, point: Mapping[str, Fraction], names: Sequence[str], allowed: Callable[[Point], bool], rng: random.Random
) -> Point | None:
    """A point with gap = 0 that differs from ``point`` in one or two of the names; None if none was found.

    Args:
        gap: one side of the equation less the other.
        point: where to begin.
        names: the symbols of the equation that may be moved, no integers among them.
        allowed: is a point one of the domain?
        rng: where angles come from.
    """
    for v in names:
        for p in _solved(gap, point, v):
            if allowed(p):
                return p
    for _ in range(TURNS if len(names) > 1 else 0):
        w = names[rng.randrange(len(names))]
        t = F(rng.randint(1, 9), rng.randint(10, 19))
        sizes = (F(1), *(abs(point[u]) for u in names if u != w and len(names) > 2))
        for c in (r * e for r in sizes for e in ((1 - t**2) / (1 + t**2), 2 * t / (1 + t**2))):
            for v in names:
                if v == w:
                    continue
                for p in _solved(gap, {**point, w: c if point[w] >= 0 else -c}, v):
                    if allowed(p):
                        return p
    return None


def _solved(gap: Term, point: Mapping[str, Fraction], v: str) -> Iterator[Point]:
    """With the roots in one symbol of what is a polynomial of degree one or two in it, as far as four values tell."""
    values = [rational(gap, {**point, v: F(k)}) for k in (1, 2, 3, 4)]
    if any(g is None for g in values):
        return
    one, two, three, four = (g for g in values if g is not None)
    a = (three - 2 * two + one) / 2
    b = two - one - 3 * a
    c = one - a - b
    if 16 * a + 4 * b + c != four:
        return
    for root in _roots(a, b, c):
        p = {**point, v: root}
        if rational(gap, p) == 0:
            yield p


def _roots(a: Fraction, b: Fraction, c: Fraction) -> list[Fraction]:
    if a == 0:
        return [-c / b] if b != 0 else []
    square = b**2 - 4 * a * c
    if square < 0:
        return []
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if top**2 != square.numerator or bottom**2 != square.denominator:
        return []
    root = F(top, bottom)
    return [(-b + root) / (2 * a), (-b - root) / (2 * a)]
