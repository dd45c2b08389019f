"""Γ, log Γ, ψ and its derivatives modulo whole shifts of the argument; beta, binomial, factorial; erf and erfinv."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial as math_factorial
from typing import Final

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, POSITIVE, Atom, Interval, Unknown
from symrep.audit.data import No, Term, fn, num
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["beta", "binomial", "digamma", "erf", "erfc", "erfinv", "factorial", "gamma", "loggamma", "polygamma"]

HALF: Final = Fraction(1, 2)
MAX_SHIFT: Final = 60


def _need_positive(alg: Algebra, a: Sum, name: str) -> None:
    if not alg.real(a) or not alg.sign(a) <= {1}:
        raise Unknown(f"the argument of {name} is not known to be positive: {alg.text(a)}")


def _shifted(alg: Algebra, kind: str, a: Sum, interval: Interval, term: Callable[[Term], Term]) -> tuple[Atom, int]:
    """(atom of kind(b), k) with a = b + k for an integer k, where a, b > 0."""
    a = alg.canon(a)
    for g in alg.atoms:
        if g.kind == kind:
            apart = number(alg.canon(minus(a, g.args[0])))
            if apart is not None and apart.denominator == 1 and abs(apart) <= MAX_SHIFT:
                return g, int(apart)
    c = a.get((), Fraction(0))
    k = c.numerator // c.denominator
    b = minus(a, constant(k))
    if abs(k) > MAX_SHIFT or not alg.sign(b) <= {1}:
        b, k = a, 0
    return alg.made(kind, term(alg.term(b)), (b,), range=interval), k


def _doubled(alg: Algebra, a: Sum) -> bool:
    """Is a = 2b + a rational number, with whole coefficients in b, and not constant?"""
    moving = [c for m, c in alg.canon(a).items() if m]
    return bool(moving) and all(c.denominator == 1 and c.numerator % 2 == 0 for c in moving)


def gamma(alg: Algebra, a: Sum) -> Sum:
    """Γ(b + k) = Γ(b)·b…(b + k − 1) (DLMF 5.5.1); Γ(2z) = π^(−½) 2^(2z−1) Γ(z) Γ(z + ½) (DLMF 5.5.5)."""
    v = number(a)
    if v is not None and v.denominator <= 2:
        if (v.denominator == 1 and v <= 0) or abs(v) > 200:
            raise No(f"Γ({v})")
        if v.denominator == 1:
            return constant(math_factorial(int(v) - 1))
        out = Fraction(1)
        at = HALF
        while at < v:
            out, at = out * at, at + 1
        while at > v:
            at -= 1
            out /= at
        return scaled(alg.abs_power(alg.pi(), HALF), out)
    _need_positive(alg, a, "Γ")
    if _doubled(alg, a):
        b = scaled(a, HALF)
        two = alg.exp(alg.mul(minus(a, sums.ONE), alg.log_abs(constant(2))))
        rest = alg.mul(gamma(alg, b), gamma(alg, plus(b, constant(HALF))))
        return alg.product([two, alg.abs_power(alg.pi(), -HALF), rest])
    atom, k = _shifted(alg, "gamma", a, POSITIVE, lambda b: fn("gamma", b))
    out_sum = monomial(atom.index)
    for j in range(abs(k)):
        step = plus(atom.args[0], constant(j if k > 0 else -1 - j))
        out_sum = alg.mul(out_sum, step if k > 0 else alg.inverse(step))
    return out_sum


def loggamma(alg: Algebra, a: Sum) -> Sum:
    _need_positive(alg, a, "log Γ")
    return alg.log_abs(gamma(alg, a))


def _climbed(alg: Algebra, atom: Atom, k: int, order: int, weight: Fraction) -> Sum:
    out = monomial(atom.index)
    for j in range(abs(k)):
        at = plus(atom.args[0], constant(j if k > 0 else -1 - j))
        step = scaled(alg.power(alg.inverse(at), order), weight)
        out = plus(out, step) if k > 0 else minus(out, step)
    return out


def digamma(alg: Algebra, a: Sum) -> Sum:
    """ψ(z + 1) = ψ(z) + 1/z (DLMF 5.5.2); ψ(1) = −γ, ψ(½) = −γ − 2 log 2 (DLMF 5.4.12, 5.4.13)."""
    _need_positive(alg, a, "ψ")
    v = number(a)
    if v is not None and v.denominator <= 2 and v <= MAX_SHIFT:
        base = Fraction(1) if v.denominator == 1 else HALF
        out = scaled(alg.norm(("const", "euler_gamma")), -1)
        if base == HALF:
            out = minus(out, scaled(alg.log_abs(constant(2)), 2))
        return plus(out, constant(sum((1 / (base + j) for j in range(int(v - base))), Fraction(0))))
    if _doubled(alg, a):
        b = scaled(a, HALF)
        both = plus(digamma(alg, b), digamma(alg, plus(b, constant(HALF))))
        return plus(scaled(both, HALF), alg.log_abs(constant(2)))
    atom, k = _shifted(alg, "digamma", a, LINE, lambda b: fn("digamma", b))
    return _climbed(alg, atom, k, 1, Fraction(1))


def polygamma(alg: Algebra, order: Sum, a: Sum) -> Sum:
    """ψ⁽ᵐ⁾(z + 1) = ψ⁽ᵐ⁾(z) + (−1)ᵐ m! z^(−m−1) (DLMF 5.15.5); ψ′(1) = π²/6, ψ′(½) = π²/2 (DLMF 5.15.2, 5.15.3)."""
    v = number(order)
    if v is None or v.denominator != 1 or not 0 <= v <= 20:
        raise No("polygamma of an order that is not a small whole number")
    m = int(v)
    if m == 0:
        return digamma(alg, a)
    _need_positive(alg, a, "ψ⁽ᵐ⁾")
    at = number(a)
    if m == 1 and at is not None and at.denominator <= 2 and at <= MAX_SHIFT:
        base = Fraction(1) if at.denominator == 1 else HALF
        top = scaled(alg.power(alg.pi(), 2), Fraction(1, 6) if base == 1 else HALF)
        return minus(top, constant(sum((1 / (base + j) ** 2 for j in range(int(at - base))), Fraction(0))))
    interval: Interval = POSITIVE if m % 2 else (None, True, Fraction(0), True)
    atom, k = _shifted(alg, f"polygamma{m}", a, interval, lambda b: fn("polygamma", num(m), b))
    return _climbed(alg, atom, k, m + 1, Fraction((-1) ** m * math_factorial(m)))


def beta(alg: Algebra, a: Sum, b: Sum) -> Sum:
    _need_positive(alg, a, "B")
    _need_positive(alg, b, "B")
    return alg.product([gamma(alg, a), gamma(alg, b), alg.inverse(gamma(alg, plus(a, b)))])


def factorial(alg: Algebra, a: Sum) -> Sum:
    return gamma(alg, plus(a, sums.ONE))


def _over_factorial(alg: Algebra, j: Sum) -> Sum:
    """1/j! = (j+1)(j+2)…(j+d)/(j+d)!, which holds at the poles too, where both sides are 0."""
    if not alg.real(j):
        return alg.inverse(factorial(alg, j))
    for d in range(4):
        up = plus(j, constant(d))
        if alg.sign(up) <= {0, 1}:
            rising = alg.product(plus(j, constant(i)) for i in range(1, d + 1))
            return alg.mul(rising, alg.inverse(factorial(alg, up)))
    return alg.inverse(factorial(alg, j))


def binomial(alg: Algebra, n: Sum, k: Sum) -> Sum:
    """By factorials where these have no poles. For n > −1 it is defined for every real k, and 0 at poles below."""
    try:
        below = alg.mul(_over_factorial(alg, k), _over_factorial(alg, minus(n, k)))
        return alg.mul(factorial(alg, n), below)
    except No:
        if not alg.real(n, k) or not alg.sign(plus(n, sums.ONE)) <= {1}:
            raise
    n, k = alg.canon(n), alg.canon(k)
    atom = alg.made("binomial", fn("binomial", alg.term(n), alg.term(k)), (n, k), smooth=False)
    return monomial(atom.index)


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
