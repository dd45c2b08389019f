"""Binomial coefficients; erf and its inverse."""

from __future__ import annotations

from fractions import Fraction
from math import factorial as factorial_of

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, Unknown
from symrep.audit.data import No, fn, power
from symrep.audit.gammas import BELOW, gamma, rising
from symrep.audit.shifts import MAX_SHIFT, anchored, need_positive
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["binomial", "erf", "erfc", "erfinv"]


def _reciprocal(alg: Algebra, a: Sum) -> Sum:
    """1/Γ(a), entire, 0 at the poles of Γ: 1/Γ(a) = a/Γ(a + 1), up to where Γ is known or to the highest asked."""
    for m in range(BELOW + 1):
        up = plus(a, constant(m))
        if alg.sign(up) <= {1}:
            return rising(alg, alg.inverse(gamma(alg, up)), a, m)
    turned, k = anchored(alg, "rgamma", scaled(a, -1))
    at = scaled(turned, -1)
    term = power(fn("gamma", alg.term(at)), -1)
    atom = alg.made("rgamma", term, (at,))
    return rising(alg, monomial(atom.index), a, k)


def binomial(alg: Algebra, n: Sum, k: Sum) -> Sum:
    """Γ(n + 1)/(Γ(k + 1) Γ(n − k + 1)) for n > −1, 0 where a Γ below has a pole; n…(n − k + 1)/k! for a literal k."""
    v = number(k)
    if v is not None and v.denominator == 1 and v <= MAX_SHIFT:
        if v < 0:
            return {}
        out = constant(Fraction(1, factorial_of(int(v))))
        for j in range(int(v)):
            out = alg.mul(out, minus(n, constant(j)))
        return out
    up = plus(n, sums.ONE)
    need_positive(alg, up, "n + 1 in a binomial coefficient")
    if not alg.real(k):
        raise No("a binomial coefficient of something complex")
    low = alg.mul(_reciprocal(alg, plus(k, sums.ONE)), _reciprocal(alg, minus(up, k)))
    return alg.mul(gamma(alg, up), low)


# --- erf ------------------------------------------------------------------------------------------------------------


def _sole(alg: Algebra, a: Sum, kind: str) -> tuple[Sum, int] | None:
    """(s, ±1) when a = ±kind(s)."""
    if len(a) != 1:
        return None
    ((m, c),) = a.items()
    if len(m) != 1 or m[0][1] != 1 or abs(c) != 1 or alg.atoms[m[0][0]].kind != kind:
        return None
    return alg.atoms[m[0][0]].args[0], int(c)


def erf(alg: Algebra, a: Sum) -> Sum:
    if (inner := _sole(alg, a, "erfinv")) is not None:
        return scaled(*inner)
    return circular.odd(alg, "erf", a, (Fraction(-1), True, Fraction(1), True))


def erfc(alg: Algebra, a: Sum) -> Sum:
    return minus(sums.ONE, erf(alg, a))


def erfinv(alg: Algebra, a: Sum) -> Sum:
    if not (alg.real(a) and alg.sign(plus(sums.ONE, a)) <= {1} and alg.sign(minus(sums.ONE, a)) <= {1}):
        raise Unknown("erfinv of something not known to be in (-1, 1)")
    if (inner := _sole(alg, a, "erf")) is not None:
        return scaled(*inner)
    return circular.odd(alg, "erfinv", a, LINE)
