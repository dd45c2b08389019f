"""Arguments modulo integers: which ones differ by one, and how a class is spelled."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.field import Elem
from symrep.kernel.ground import fraction

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["MAX_SHIFT", "constant_term", "integer_valued", "moving_content", "shift_class"]

MAX_SHIFT = 60


def constant_term(a: Elem) -> Fraction:
    """The rational summand of a polynomial."""
    for mono, c in a.num.terms():
        if not any(mono):
            return fraction(c) / fraction(a.den.leading_coefficient())
    return Fraction(0)


def moving_content(eng: Engine, a: Elem) -> tuple[Fraction, Elem]:
    """(c, d) with a = c·d + constant, c > 0, d with coprime integer coefficients; c = 0 when a is constant or no
    polynomial."""
    f = eng.field
    if not a.den.is_constant():
        return Fraction(0), f.zero
    moving = f.sub(a, f.constant(constant_term(a)))
    if moving.num == 0:
        return Fraction(0), f.zero
    content = abs(f.factor(moving.num)[0]) / fraction(moving.den.leading_coefficient())
    return content, f.scale(moving, 1 / content)


def shift_class(eng: Engine, kind: str, a: Elem) -> tuple[Elem, int]:
    """(r, k) with a = r + k, the same r for all arguments of the kind that differ by integers."""
    f = eng.field
    for known, r in eng.classes:
        if known == kind:
            gap = f.value(f.sub(a, r))
            if gap is not None and gap.denominator == 1:
                return r, int(gap)
    r, k = a, 0
    if a.den.is_constant():
        c = constant_term(a)
        k = c.numerator // c.denominator
        r = f.sub(a, f.constant(k))
    eng.classes.append((kind, r))
    return r, k


def integer_valued(eng: Engine, a: Elem) -> bool:
    """Is a a polynomial with integer coefficients in symbols that are integers?"""
    if not a.den.is_one() or any(fraction(c).denominator != 1 for c in a.num.coeffs()):
        return False
    return all(g.kind == "sym" and g.root == 1 and g.box.integer for g in eng.field.used(a.num))
