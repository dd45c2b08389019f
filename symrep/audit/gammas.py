"""Γ and log Γ modulo whole shifts, by reflection and multiplication (DLMF 5.5.1, 5.5.3, 5.5.6); beta, factorial."""

from __future__ import annotations

from fractions import Fraction
from math import factorial as factorial_of
from typing import Final

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import POSITIVE, Unknown
from symrep.audit.data import No, fn
from symrep.audit.shifts import multiple, need_positive, opposite, parts, representative, shifted_atom
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["beta", "factorial", "gamma", "loggamma", "rising", "sine"]

HALF: Final = Fraction(1, 2)
#: Γ(a) is brought back to positive arguments from a > −BELOW
BELOW: Final = 4


def sine(alg: Algebra, b: Sum) -> tuple[Sum, Sum]:
    """(sin πb, cos πb), the first of which does not vanish (off a null set)."""
    s, c = circular.sin_cos(alg, alg.mul(alg.pi(), b))
    if alg.is_zero(s):
        raise No("sin πb is zero")
    alg.need_nonzero(s, "sin πb")
    return s, c


def rising(alg: Algebra, value: Sum, b: Sum, k: int) -> Sum:
    """Value·b(b + 1)…(b + k − 1); divided by (b − 1)…(b + k) for k < 0."""
    for j in range(abs(k)):
        step = plus(b, constant(j if k > 0 else -1 - j))
        value = alg.mul(value, step if k > 0 else alg.inverse(step))
    return value


def gamma(alg: Algebra, a: Sum) -> Sum:
    """Γ."""
    v = number(a)
    if v is not None:
        return _at(alg, v)
    if not alg.real(a):
        raise No("Γ of something complex")
    if not alg.sign(a) <= {1}:
        return _from_above(alg, a)
    n = multiple(alg, a)
    if n > 1:
        power = alg.exp(alg.mul(minus(a, constant(HALF)), alg.log_abs(constant(n))))
        circle = alg.abs_power(scaled(alg.pi(), 2), Fraction(1 - n, 2))
        return alg.product([power, circle, *(gamma(alg, z) for z in parts(a, n))])
    found = shifted_atom(alg, "gamma", a)
    if found is None and (mirrored := opposite(alg, "gamma", a)) is not None:
        atom, m = mirrored
        b = atom.args[0]
        try:  # Γ(m − b) = (1 − b)…(m − 1 − b)·π/(sin πb Γ(b))
            low = alg.mul(sine(alg, b)[0], monomial(atom.index))
            return rising(alg, alg.mul(alg.pi(), alg.inverse(low)), minus(sums.ONE, b), m - 1)
        except No:
            pass  # sin πb may vanish: both stay
    if found is None:
        r, _ = representative(alg, a)
        b = r if alg.sign(r) <= {1} else a
        atom = alg.made("gamma", fn("gamma", alg.term(b)), (b,), range=POSITIVE)
        found = shifted_atom(alg, "gamma", a) or (atom, 0)
    return rising(alg, monomial(found[0].index), found[0].args[0], found[1])


def _from_above(alg: Algebra, a: Sum) -> Sum:
    """Γ(a) = Γ(a + m)/(a(a + 1)…(a + m − 1)), off the poles, where a + m > 0."""
    for m in range(1, BELOW + 1):
        up = plus(a, constant(m))
        if alg.sign(up) <= {1}:
            for j in range(m):
                alg.need_nonzero(plus(a, constant(j)), "the distance of an argument of Γ from a pole")
            return rising(alg, gamma(alg, up), up, -m)
    raise Unknown(f"the argument of Γ is not known to be positive: {alg.text(a)}")


def _at(alg: Algebra, v: Fraction) -> Sum:
    if (v.denominator == 1 and v <= 0) or abs(v) > 200:
        raise No(f"Γ({v})")
    if v.denominator == 1:
        return constant(factorial_of(int(v) - 1))
    at, factor = v - v.numerator // v.denominator, Fraction(1)
    value = _between(alg, at)
    while at < v:
        factor, at = factor * at, at + 1
    while at > v:
        at -= 1
        factor /= at
    return scaled(value, factor)


def _between(alg: Algebra, v: Fraction) -> Sum:
    """Γ at 0 < v < 1, by π and Γ at fractions below ½; Γ(1/6) Γ(2/3) = 2^(2/3) √π Γ(1/3)."""
    root = alg.abs_power(alg.pi(), HALF)
    if v == HALF:
        return root
    if v > HALF:
        low = alg.mul(sine(alg, constant(1 - v))[0], _between(alg, 1 - v))
        return alg.mul(alg.pi(), alg.inverse(low))
    third = Fraction(1, 3)
    if v == third / 2:
        top = alg.product([alg.abs_power(constant(2), 2 * third), root, _between(alg, third)])
        return alg.mul(top, alg.inverse(_between(alg, 2 * third)))
    at = constant(v)
    return monomial(alg.made("gamma", fn("gamma", alg.term(at)), (at,), range=POSITIVE).index)


def loggamma(alg: Algebra, a: Sum) -> Sum:
    need_positive(alg, a, "the argument of log Γ")
    return alg.log_abs(gamma(alg, a))


def beta(alg: Algebra, a: Sum, b: Sum) -> Sum:
    need_positive(alg, a, "an argument of B")
    need_positive(alg, b, "an argument of B")
    return alg.product([gamma(alg, a), gamma(alg, b), alg.inverse(gamma(alg, plus(a, b)))])


def factorial(alg: Algebra, a: Sum) -> Sum:
    return gamma(alg, plus(a, sums.ONE))
