"""Complex numbers a + ib with real a and b: parts, moduli, exponentials, and principal values at negative reals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant
from symrep.kernel.algebra.field import Elem
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["at_negative", "imaginary_unit", "log_negative", "modulus", "norm_poly", "parts", "turned"]


def imaginary_unit(eng: Engine) -> Elem:
    return constant(eng, "i")


def _unit_index(eng: Engine) -> int | None:
    gen = eng.field.by_name.get("i()")
    return None if gen is None else gen.index


def _split(eng: Engine, p: Poly) -> tuple[Poly, Poly] | None:
    """(a, b) with p = a + ib and all generators in a and b real."""
    f, unit = eng.field, _unit_index(eng)
    if any(not g.real and g.index != unit for g in f.used(p)):
        return None
    if unit is None:
        return p, f.zero_poly
    c = f.coefficients(f.reduce(p), unit)
    return c.get(0, f.zero_poly), c.get(1, f.zero_poly)


def norm_poly(eng: Engine, p: Poly) -> Poly | None:
    """|p|² = a² + b², when p = a + ib with b not 0."""
    both = _split(eng, p)
    if both is None or both[1] == 0:
        return None
    a, b = both
    return eng.field.reduce(a * a + b * b)


def parts(eng: Engine, x: Elem) -> tuple[Elem, Elem] | None:
    """(a, b) with x = a + ib, real; the denominator, which does not vanish, is made real."""
    f = eng.field
    top, bottom = _split(eng, x.num), _split(eng, x.den)
    if top is None or bottom is None:
        return None
    (a, b), (c, d) = top, bottom
    if d == 0:
        return f.make(a, c), f.make(b, c)
    size = f.reduce(c * c + d * d)
    return f.make(a * c + b * d, size), f.make(b * c - a * d, size)


def modulus(eng: Engine, x: Elem) -> Elem:
    """√(a² + b²)."""
    both = parts(eng, x)
    if both is None:
        raise NotProved("the modulus of a complex number", Reason.DOMAIN)
    f, (a, b) = eng.field, both
    return eng.pow(f.add(f.mul(a, a), f.mul(b, b)), f.constant(Fraction(1, 2)))


def turned(eng: Engine, x: Elem) -> tuple[Elem, Elem] | None:
    """(y, b) with x = y + ib, b real and not 0, as far as x is a sum of such terms."""
    f, unit = eng.field, _unit_index(eng)
    if unit is None or (not x.num.degrees()[unit] and not x.den.degrees()[unit]):
        return None
    both = parts(eng, x)
    if both is not None:
        return both
    if any(not g.real for g in f.used(x.den)):
        return None
    inside: dict[tuple[int, ...], object] = {}
    outside: dict[tuple[int, ...], object] = {}
    for mono, c in x.num.terms():
        real = all(eng.field.gens[i].real for i, e in enumerate(mono) if e and i != unit)
        if mono[unit] and real:
            inside[(*mono[:unit], 0, *mono[unit + 1 :])] = c
        else:
            outside[tuple(mono)] = c
    if not inside:
        return None
    return f.make(f.ctx.from_dict(outside), x.den), f.make(f.ctx.from_dict(inside), x.den)


def at_negative(eng: Engine, size: Elem, c: Fraction) -> Elem:
    """(−size)**c = size**c · (cos πc + i sin πc) for size > 0; ``size`` comes raised to c already."""
    from symrep.kernel.algebra.trig import sin_cos

    f = eng.field
    sin, cos = sin_cos(eng, f.scale(constant(eng, "pi"), c))
    return f.mul(size, f.add(cos, f.mul(imaginary_unit(eng), sin)))


def log_negative(eng: Engine, log_size: Elem) -> Elem:
    """Log of a negative number: log of its size + iπ."""
    f = eng.field
    return f.add(log_size, f.mul(imaginary_unit(eng), constant(eng, "pi")))
