"""Quantiles as numbers, by bisection on the mass below: what a quantile or a map of noise should have been."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final

from symrep.family import Family
from symrep.laws.cdf import mass_below, spots
from symrep.laws.claims import fresh
from symrep.laws.mistakes import same
from symrep.laws.numbers import Point, value, values
from symrep.symbols import as_expr

__all__ = ["quantiles"]

_ROUNDS: Final = 60


def quantiles(family: Family, levels: Sequence[float], at: Sequence[Point]) -> list[float]:
    """X with P(X <= x) = level, at each point; not-a-number where it is not found."""
    below = _below(family)
    return [_root(partial(below, at=p), family, level, p) for level, p in zip(levels, at, strict=True)]


def _below(family: Family) -> Callable[..., float]:
    """The distribution function: as stated where it agrees with the density, which is quicker, or by integrals."""
    x = fresh("w", "real", family)
    formula = mass_below(family, x)
    if family.cdf is not None:
        somewhere = spots(family, 4)
        stated = as_expr(family.cdf)
        if same(values(stated, somewhere), values(mass_below(family, family.variable), somewhere, 3.0)):
            formula = stated.subs(family.variable, x)

    def below(v: float, *, at: Point) -> float:
        return value(formula, {**at, x.name: Fraction(v)}, 0.5)

    return below


def _root(below: Callable[[float], float], family: Family, level: float, at: Point) -> float:
    low, high = (_end(e, at) for e in (family.support.low, family.support.high))
    if math.isnan(low) or math.isnan(high):
        return math.nan
    a, b = low, high
    if math.isinf(a):
        a = (b if math.isfinite(b) else 0.0) - 1.0
        while below(a) > level and a > -1e6:
            a = 2 * a if a < 0 else a - 8
    if math.isinf(b):
        b = a + 1.0
        while below(b) < level and b < 1e6:
            b = a + 2 * (b - a)
    for _ in range(_ROUNDS):
        c = (a + b) / 2
        v = below(c)
        if math.isnan(v):
            return math.nan
        a, b = (c, b) if v < level else (a, c)
        if b - a <= 1e-12 * (1 + abs(a)):
            break
    return (a + b) / 2


def _end(e: Any, at: Point) -> float:
    from symrep.laws.density import end_value

    return end_value(e, at)
