"""Integers: which elements are integers, and (−1)**n as a generator of square 1."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import make_gen
from symrep.kernel.algebra.field import Box, Elem, Gen
from symrep.kernel.ground import fraction
from symrep.term import MINUS_ONE, power

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["integer_part", "is_integer", "parity"]


def _whole(g: Gen) -> bool:
    return g.box.integer and g.root == 1


def is_integer(eng: Engine, a: Elem) -> bool:
    """Is a a polynomial with integer coefficients in what are integers?"""
    if not a.den.is_constant() or not all(_whole(g) for g in eng.field.used(a.num)):
        return False
    lead = fraction(a.den.leading_coefficient())
    return all((fraction(c) / lead).denominator == 1 for _, c in a.num.terms())


def integer_part(eng: Engine, a: Elem) -> tuple[Elem, Elem]:
    """(n, b) with a = n + b, n an integer: the terms with integer coefficients in integers, the whole part of the
    constant."""
    f = eng.field
    if not a.den.is_constant():
        return f.zero, a
    lead, n = fraction(a.den.leading_coefficient()), f.zero
    for mono, c in a.num.terms():
        q = fraction(c) / lead
        if not any(mono):
            n = f.add(n, f.constant(q.numerator // q.denominator))
            continue
        term = Elem(f.ctx.from_dict({tuple(mono): c}), a.den)
        if is_integer(eng, term):
            n = f.add(n, term)
    return n, f.sub(a, n)


def parity(eng: Engine, e: Elem) -> Elem:
    """(−1)**e for an integer e, through (−1)**n of the integers n in it: n**k is as odd as n, and nm is odd when both
    are, (−1)**(nm) = 1 − (1 − (−1)**n)(1 − (−1)**m)/2."""
    f, out = eng.field, eng.field.one
    lead = fraction(e.den.leading_coefficient())
    for mono, c in e.num.terms():
        if int(fraction(c) / lead) % 2:
            odd: Elem | None = None
            for i, k in enumerate(mono):
                if k:
                    one = f.scale(f.sub(f.one, _of(eng, f.gens[i])), Fraction(1, 2))
                    odd = one if odd is None else f.mul(odd, one)
            turn = f.neg(f.one) if odd is None else f.sub(f.one, f.scale(odd, 2))
            out = f.mul(out, turn)
    return out


def _of(eng: Engine, n: Gen) -> Elem:
    f, name = eng.field, f"parity({n.name})"
    gen = f.by_name.get(name)
    if gen is None:
        box = Box(Fraction(-1), Fraction(1), False, False, nonzero=True)
        gen = make_gen(eng, name, "parity", power(MINUS_ONE, n.base), (f.from_gen(n),), box, analytic=False)
        f.relate(gen, 2, f.one_poly)
    return f.from_gen(gen)
