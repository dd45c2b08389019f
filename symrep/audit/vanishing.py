"""Sums that are zero though their normal form is not empty: exponents that are fractions, radicals, logarithms."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.data import No
from symrep.audit.sums import Sum, minus, monomial

__all__ = ["vanishes"]

HALF: Final = Fraction(1, 2)


def vanishes(alg: Algebra, n: Sum) -> bool:
    """Is the sum, without negative powers of polynomials, zero?"""
    if len(n) > 60 or alg.vanishing:
        return False
    alg.vanishing = True
    try:
        return _by_radical(alg, n) or _by_logarithms(alg, n)
    except (No, ArithmeticError):
        return False
    finally:
        alg.vanishing = False


def _by_radical(alg: Algebra, n: Sum) -> bool:
    """A + b·r with r² = R, r ≥ 0: zero when a² = b²R and the signs of a and b are opposite."""
    for r in reversed(alg.of(n)):
        parts = sums.parts_in(n, r.index)
        if r.kind != "base" or set(parts) != {0, HALF} or not r.signs() <= {0, 1} or not alg.real(n):
            continue
        a, b = parts[0], parts[HALF]
        if not _empty(alg, minus(alg.mul(a, a), alg.mul(alg.mul(b, b), r.args[0]))):
            continue
        if alg.sign(a) | alg.sign(b) == {1, -1} and len(alg.sign(a)) == 1:
            return True
    return False


def _by_logarithms(alg: Algebra, n: Sum) -> bool:
    """Σ c log x with rational c is zero when Π x^c is one."""
    product = dict(sums.ONE)
    for m, c in n.items():
        if len(m) != 1 or m[0][1] != 1 or alg.atoms[m[0][0]].kind != "log" or c.denominator > 12 or abs(c) > 12:
            return False
        log = alg.atoms[m[0][0]]
        arg = log.args[0] if alg.atoms[log.data].kind == "base" else monomial(log.data)
        if not alg.sign(arg) <= {1}:
            return False
        product = alg.mul(product, alg.power(arg, int(c)) if c.denominator == 1 else alg.abs_power(arg, c))
    return _empty(alg, minus(product, sums.ONE))


def _empty(alg: Algebra, s: Sum) -> bool:
    return not alg.together(s)[0]
