"""The one place where flint is imported: it has no type stubs, so everything of it is ``Any`` beyond this line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Any, TypeAlias

import flint as _flint

__all__ = ["BITS", "Poly", "arb_bounds", "balls_of", "flint", "fraction", "rational", "rational_root"]

flint: Any = _flint
#: of balls whose bounds are kept as boxes
BITS = 64
Poly: TypeAlias = Any


def fraction(q: Any) -> Fraction:
    """An ``fmpq`` as a Fraction."""
    return _fraction(int(q.p), int(q.q))


#: the coefficients of an expression are few numbers over and over
_fraction = lru_cache(maxsize=4096)(Fraction)


def rational(f: Fraction | int) -> Any:
    """A Fraction as an ``fmpq``."""
    return flint.fmpq(f.numerator, f.denominator)


def _exact(a: Any) -> Fraction:
    man, exp = a.man_exp()
    return Fraction(int(man)) * (Fraction(2) ** int(exp))


def arb_bounds(a: Any) -> tuple[Fraction, Fraction] | None:
    """Rational enclosure of a finite ball; ``None`` if it is not finite."""
    if not a.is_finite():
        return None
    mid, rad = _exact(a.mid()), _exact(a.rad())
    return mid - rad, mid + rad


@contextmanager
def balls_of(bits: int) -> Iterator[None]:
    """Balls are computed with so many bits, whatever they are computed with outside."""
    old = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = old


def rational_root(q: Fraction) -> Fraction | None:
    """The rational square root of q, if it has one."""
    if q < 0:
        return None
    top, bottom = isqrt(q.numerator), isqrt(q.denominator)
    return Fraction(top, bottom) if top * top == q.numerator and bottom * bottom == q.denominator else None
