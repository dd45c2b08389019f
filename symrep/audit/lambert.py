"""Lambert's W on its principal branch; real and imaginary parts; double factorials; erfi."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Final

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, Interval, Unknown
from symrep.audit.data import No, fn
from symrep.audit.gammas import gamma
from symrep.audit.shifts import shifted_atom
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled
from symrep.audit.whole_powers import is_whole_valued

__all__ = ["arg", "conjugate", "erfi", "factorial2", "im", "lambertw", "re"]

HALF: Final = Fraction(1, 2)


# --- W ----------------------------------------------------------------------------------------------------------------


def lambertw(alg: Algebra, a: Sum) -> Sum:
    """W(t eᵗ) = t for t ≥ −1 (DLMF 4.13.1); real for a ≥ −1/e."""
    if not alg.real(a):
        raise No("W of something complex")
    if alg.is_zero(a):
        return {}
    a = alg.canon(a)
    for t in _guesses(alg, a):
        if t and alg.is_zero(minus(alg.mul(t, alg.exp(t)), a)):
            above = plus(t, sums.ONE)
            if alg.is_zero(above) or alg.sign(above) <= {0, 1}:
                return t
            alg.wish_factors(above)
    signs = alg.sign(a)
    smooth = True
    interval: Interval = (Fraction(0), 0 not in signs, None, True)
    if not signs <= {0, 1}:
        edge = plus(a, alg.exp(constant(-1)))
        if not alg.sign(edge) <= {0, 1}:
            alg.wish_factors(edge)
            raise Unknown("the argument of W is not known to be at least −1/e")
        smooth = alg.sign(edge) <= {1}
        high = Fraction(0) if 1 not in signs else None
        interval = (Fraction(-1), False, high, 0 not in signs)
    return monomial(alg.made("lambertw", fn("lambertw", alg.term(a)), (a,), range=interval, smooth=smooth).index)


def _guesses(alg: Algebra, a: Sum) -> Iterator[Sum]:
    """What t may be when a = t·eᵗ: the exponent common to all of a, and sums of logarithms in it."""
    shared = sums.content(a)
    yield sums.total(scaled(alg.atoms[i].args[0], Fraction(e)) for i, e in shared if alg.atoms[i].kind == "exp")
    logs = [monomial(x.index) for x in alg.of(a) if x.kind == "log"][:4]
    for t in [*logs, sums.total(logs)] if logs else []:
        yield t
        yield scaled(t, -1)


# --- complex numbers --------------------------------------------------------------------------------------------------

Pair = tuple[Sum, Sum]


def _times(alg: Algebra, p: Pair, q: Pair) -> Pair:
    return minus(alg.mul(p[0], q[0]), alg.mul(p[1], q[1])), plus(alg.mul(p[0], q[1]), alg.mul(p[1], q[0]))


def _power(alg: Algebra, p: Pair, n: int) -> Pair:
    if n < 0:
        size = plus(alg.mul(p[0], p[0]), alg.mul(p[1], p[1]))
        down = alg.inverse(size)
        p, n = (alg.mul(p[0], down), scaled(alg.mul(p[1], down), -1)), -n
    out: Pair = (dict(sums.ONE), {})
    for _ in range(n):
        out = _times(alg, out, p)
    return out


def _parts(alg: Algebra, a: Sum) -> Pair:
    """(re, im) of what is made of real atoms and i."""
    x: Sum = {}
    y: Sum = {}
    for m, c in a.items():
        value: Pair = (constant(c), {})
        for i, e in m:
            atom = alg.atoms[i]
            if atom.real:
                value = _times(alg, value, (alg.settle(monomial(i, e)), {}))
            elif atom.kind == "i":
                value = _times(alg, value, ({}, dict(sums.ONE)))
            elif atom.kind == "base" and isinstance(e, int):
                value = _times(alg, value, _power(alg, _parts(alg, atom.args[0]), e))
            else:
                raise No("a complex number whose parts are not known")
        x, y = plus(x, value[0]), plus(y, value[1])
    return x, y


def square_of_size(alg: Algebra, a: Sum) -> Sum:
    """|a|²."""
    x, y = _parts(alg, a)
    return plus(alg.mul(x, x), alg.mul(y, y))


def re(alg: Algebra, a: Sum) -> Sum:
    return _parts(alg, a)[0]


def im(alg: Algebra, a: Sum) -> Sum:
    return _parts(alg, a)[1]


def conjugate(alg: Algebra, a: Sum) -> Sum:
    x, y = _parts(alg, a)
    return minus(x, alg.mul(y, alg.norm(("const", "i")))) if y else x


def arg(alg: Algebra, a: Sum) -> Sum:
    """0 on the positive and π on the negative half-line; atan(y/x) for x > 0."""
    x, y = _parts(alg, a)
    s = alg.sign(x)
    if not y and s <= {-1}:
        return alg.pi()
    if not s <= {1}:
        alg.wish_factors(x)
        raise Unknown("the argument of a number with a real part of unknown sign")
    return circular.atan(alg, alg.mul(y, alg.inverse(x))) if y else {}


# --- others -----------------------------------------------------------------------------------------------------------


def erfi(alg: Algebra, a: Sum) -> Sum:
    if not alg.real(a):
        raise No("erfi of something complex")
    return circular.odd(alg, "erfi", a, LINE)


def factorial2(alg: Algebra, a: Sum) -> Sum:
    """N!! for whole n ≥ −1: (2c)!! = 2^c c!, (2c + 1)!! = 2^(c+1) Γ(c + 3/2)/√π (DLMF 5.4.2), n!! (n − 1)!! = n!."""
    v = number(a)
    if v is not None and v.denominator == 1 and -1 <= v <= 300:
        return constant(prod(range(int(v), 1, -2)))
    a = alg.canon(a)
    if not is_whole_valued(alg, a) or not alg.sign(plus(a, sums.ONE)) <= {0, 1}:
        raise No("n!! of something that is not known to be an integer n ≥ −1")
    odd = a.get((), Fraction(0)) % 2 == 1
    c = scaled(minus(a, sums.ONE) if odd else a, HALF)
    if is_whole_valued(alg, c):
        up = plus(c, sums.ONE)
        two = alg.exp(alg.mul(up if odd else c, alg.log_abs(constant(2))))
        if not odd:
            return alg.mul(two, gamma(alg, up))
        root = alg.abs_power(alg.pi(), -HALF)
        return alg.product([two, gamma(alg, plus(c, constant(Fraction(3, 2)))), root])
    found = shifted_atom(alg, "factorial2", a)
    if found is None:
        term = fn("factorial2", alg.term(a))
        found = alg.made("factorial2", term, (a,), range=(Fraction(1), False, None, True), smooth=False), 0
    atom, k = found
    at, value = atom.args[0], monomial(atom.index)
    if k % 2:
        up = plus(at, constant(1 if k > 0 else 0))
        value = alg.mul(gamma(alg, plus(up, sums.ONE)), alg.inverse(value))
        at, k = (up, k - 1) if k > 0 else (minus(at, sums.ONE), k + 1)
    for j in range(0, abs(k), 2):
        step = plus(at, constant(j + 2 if k > 0 else -j))
        value = alg.mul(value, step if k > 0 else alg.inverse(step))
    return value
