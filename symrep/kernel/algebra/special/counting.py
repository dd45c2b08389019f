"""Binomial coefficients and double factorials."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial as int_factorial
from math import prod
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, log_rational, make_gen
from symrep.kernel.algebra.field import Box, Elem, Gen
from symrep.kernel.algebra.special.gammas import gamma, known, positive, reciprocal
from symrep.kernel.algebra.special.shifts import MAX_SHIFT, constant_term, integer_valued
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE"]

HALF = Fraction(1, 2)


def binomial(eng: Engine, n: Elem, k: Elem) -> Elem:
    """Γ(n + 1)/(Γ(k + 1) Γ(n − k + 1)) for n > −1, where 1/Γ is 0 at the poles of Γ; n(n − 1)…(n − k + 1)/k! for
    literal k, whatever n is."""
    f, value = eng.field, eng.field.value(k)
    if value is not None and value.denominator == 1 and value <= MAX_SHIFT:
        if value < 0:
            return f.zero
        out = f.constant(Fraction(1, int_factorial(int(value))))
        for j in range(int(value)):
            out = f.mul(out, f.sub(n, f.constant(j)))
        return out
    up = f.add(n, f.one)
    positive(eng, up, "n + 1 in a binomial coefficient")
    low = f.mul(reciprocal(eng, f.add(k, f.one)), reciprocal(eng, f.sub(up, k)))
    return f.mul(gamma(eng, up), low)


def factorial2(eng: Engine, a: Elem) -> Elem:
    """N!! for integers n ≥ −1: 2^c c! for n = 2c, 2^(c+1) Γ(c + 3/2)/√π for n = 2c + 1 (DLMF 5.4.2), n!! (n − 1)!! = n!
    otherwise."""
    f, value = eng.field, eng.field.value(a)
    if value is not None and value.denominator == 1 and -1 <= value <= 300:
        return f.constant(prod(range(int(value), 1, -2)))
    if not integer_valued(eng, a) or not eng.sign(f.add(a, f.one)) <= {0, 1}:
        raise NotProved("n!! of something not known to be an integer n ≥ −1", Reason.DOMAIN)
    from symrep.kernel.algebra.functions import exp

    odd = constant_term(a) % 2 == 1
    c = f.scale(f.sub(a, f.one) if odd else a, HALF)
    if integer_valued(eng, c):
        up = f.add(c, f.one)
        two = exp(eng, f.mul(up if odd else c, log_rational(eng, Fraction(2))))
        out = f.mul(two, gamma(eng, f.add(c, f.constant(Fraction(3, 2))) if odd else up))
        return f.mul(out, eng.abs_power(constant(eng, "pi"), -HALF)) if odd else out
    gen, k = _shifted_double(eng, a)
    out, at = f.from_gen(gen), gen.args[0]
    if k % 2:
        # (b − 1)!! = b!/b!!, (b + 1)!! = (b + 1)!/b!!
        whole = gamma(eng, f.add(at, f.constant(1 if k < 0 else 2)))
        out = f.mul(whole, f.make(out.den, out.num))
        at = f.add(at, f.constant(-1 if k < 0 else 1))
        k += 1 if k < 0 else -1
    for j in range(0, abs(k), 2):
        factor = f.add(at, f.constant(j + 2 if k > 0 else -j))
        out = f.mul(out, factor if k > 0 else eng.inverse(factor))
    return out


def _shifted_double(eng: Engine, a: Elem) -> tuple[Gen, int]:
    found = known(eng, "factorial2", a)
    if found is not None:
        return found
    name = f"factorial2({eng.field.text(a)})"
    base = fn("factorial2", to_term(eng, a))
    return make_gen(eng, name, "factorial2", base, (a,), Box(lo=Fraction(1), lo_open=False), analytic=False), 0


TABLE: dict[str, Callable[..., Elem]] = {
    "binomial": binomial,
    "factorial2": factorial2,
}
