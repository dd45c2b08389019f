"""ψ and its derivatives modulo integer shifts, reflection and multiplication; values at rationals (DLMF 5.4, 5.15)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial as int_factorial
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, log_rational
from symrep.kernel.algebra.field import Box, Elem, too_large
from symrep.kernel.algebra.special.gammas import known, multiple, opposite, parts, positive, shifted, sine
from symrep.kernel.algebra.special.shifts import MAX_SHIFT
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE"]

HALF = Fraction(1, 2)
#: denominator -> multiples of log 2 and log 3 in ψ of a fraction
GAUSS: dict[int, tuple[Fraction, Fraction]] = {
    1: (Fraction(0), Fraction(0)),
    2: (Fraction(-2), Fraction(0)),
    3: (Fraction(0), Fraction(-3, 2)),
    4: (Fraction(-3), Fraction(0)),
    6: (Fraction(-2), Fraction(-3, 2)),
}


# --- ψ --------------------------------------------------------------------------------------------------------------


def digamma(eng: Engine, a: Elem) -> Elem:
    """ψ(b + k) = ψ(b) + 1/b + … + 1/(b + k − 1); ψ(1 − b) = ψ(b) + π cot πb; ψ(nz) (DLMF 5.5.2, 5.5.4, 5.5.9)."""
    positive(eng, a, "ψ")
    f, value = eng.field, eng.field.value(a)
    if value is not None and (value_there := _digamma_at(eng, value)) is not None:
        return value_there
    n = multiple(eng, a)
    if n > 1:
        out = log_rational(eng, Fraction(n))
        for z in parts(eng, a, n):
            out = f.add(out, f.scale(digamma(eng, z), Fraction(1, n)))
        return out
    if known(eng, "digamma", a) is None and (other := opposite(eng, "digamma", a)) is not None:
        try:
            g, m = other
            s, c = sine(eng, g.args[0])
            turned = f.add(f.from_gen(g), f.mul(constant(eng, "pi"), f.mul(c, f.make(s.den, s.num))))
            return _harmonic(eng, turned, f.sub(f.one, g.args[0]), m - 1, 1, Fraction(1))
        except NotProved:
            pass
    gen, k = shifted(eng, "digamma", a, Box(), lambda b: fn("digamma", to_term(eng, b)))
    return _harmonic(eng, f.from_gen(gen), gen.args[0], k, 1, Fraction(1))


def _digamma_at(eng: Engine, v: Fraction) -> Elem | None:
    """ψ at rational numbers with denominator 1, 2, 3, 4 or 6, by Gauss's theorem."""
    f = eng.field
    if v.denominator not in GAUSS:
        return None
    if v > MAX_SHIFT:
        raise too_large(f"ψ({v})")
    base = v - (v.numerator // v.denominator) if v.denominator > 1 else Fraction(1)
    out = f.neg(constant(eng, "euler_gamma"))
    for weight, p in zip(GAUSS[v.denominator], (2, 3), strict=True):
        if weight:
            out = f.add(out, f.scale(log_rational(eng, Fraction(p)), weight))
    if v.denominator > 2:
        s, c = sine(eng, f.constant(base))
        turn = f.mul(constant(eng, "pi"), f.mul(c, f.make(s.den, s.num)))
        out = f.sub(out, f.scale(turn, HALF))
    steps = sum((1 / (base + j) for j in range(int(v - base))), Fraction(0))
    return f.add(out, f.constant(steps))


def _harmonic(eng: Engine, value: Elem, b: Elem, k: int, power: int, weight: Fraction) -> Elem:
    """Value + weight·Σ (b + j)^(−power), the sum running up or down to b + k."""
    f, out = eng.field, value
    for j in range(abs(k)):
        at = f.add(b, f.constant(j if k > 0 else -1 - j))
        step = f.scale(f.power(f.make(at.den, at.num), power), weight)
        out = f.add(out, step) if k > 0 else f.sub(out, step)
    return out


def polygamma(eng: Engine, order: Elem, a: Elem) -> Elem:
    """ψ⁽ᵐ⁾(b + k) = ψ⁽ᵐ⁾(b) + (−1)ᵐ m! Σ (b + j)^(−m−1), with multiplication and reflection (DLMF 5.15.5–5.15.7)."""
    value = eng.field.value(order)
    if value is None or value.denominator != 1 or not 0 <= value <= 20:
        raise NotProved("polygamma of an order that is not a small integer", Reason.DOMAIN)
    m = int(value)
    if m == 0:
        return digamma(eng, a)
    positive(eng, a, "ψ⁽ᵐ⁾")
    f, at = eng.field, eng.field.value(a)
    weight = Fraction((-1) ** m * int_factorial(m))
    if at is not None and (value_there := _polygamma_at(eng, m, at, weight)) is not None:
        return value_there
    n = multiple(eng, a)
    if n > 1:
        out = f.zero
        for z in parts(eng, a, n):
            out = f.add(out, f.scale(polygamma(eng, order, z), Fraction(1, n ** (m + 1))))
        return out
    kind = f"polygamma{m}"
    if m <= 6 and known(eng, kind, a) is None and (other := opposite(eng, kind, a)) is not None:
        try:
            g, top = other
            turned = f.add(f.scale(f.from_gen(g), (-1) ** m), _cotangent_derivative(eng, g.args[0], m))
            return _harmonic(eng, turned, f.sub(f.one, g.args[0]), top - 1, m + 1, weight)
        except NotProved:
            pass
    box = Box(lo=Fraction(0)) if m % 2 else Box(hi=Fraction(0))
    gen, k = shifted(eng, kind, a, box, lambda b: fn("polygamma", ("num", m, 1), to_term(eng, b)))
    return _harmonic(eng, f.from_gen(gen), gen.args[0], k, m + 1, weight)


def _cotangent_derivative(eng: Engine, b: Elem, m: int) -> Elem:
    """(−1)^m·(d/db)^m of π cot πb: with c = cot πb, the derivative of c is −π(1 + c²)."""
    f, pi = eng.field, constant(eng, "pi")
    s, co = sine(eng, b)
    c = f.mul(co, f.make(s.den, s.num))
    row = [Fraction(0), Fraction(1)]  # the polynomial in c, a power of π aside
    for _ in range(m):
        slope = [j * row[j] for j in range(1, len(row))]
        row = [Fraction(0)] * (len(row) + 1)
        for j, v in enumerate(slope):
            row[j] -= v
            row[j + 2] -= v
    out = f.zero
    for j, v in enumerate(row):
        out = f.add(out, f.scale(f.power(c, j), v))
    return f.scale(f.mul(out, f.power(pi, m + 1)), (-1) ** m)


def _polygamma_at(eng: Engine, m: int, v: Fraction, weight: Fraction) -> Elem | None:
    """At integers and half-integers by ζ(m + 1); ψ′ at quarters by π² and Catalan's constant (DLMF 5.15.2, 5.15.3)."""
    from symrep.kernel.algebra.special.zetas import zeta_at

    f = eng.field
    if v.denominator > 2 and not (v.denominator == 4 and m == 1):
        return None
    if v > MAX_SHIFT:
        raise too_large(f"ψ⁽{m}⁾({v})")
    base = v - (v.numerator // v.denominator) if v.denominator > 1 else Fraction(1)
    if v.denominator == 4:
        top = f.power(constant(eng, "pi"), 2)
        eight = f.scale(constant(eng, "catalan"), 8)
        out = f.add(top, eight) if base == Fraction(1, 4) else f.sub(top, eight)
    else:
        scale = -weight * (2 ** (m + 1) - 1 if v.denominator == 2 else 1)
        out = f.scale(zeta_at(eng, Fraction(m + 1)), scale)
    steps = sum((1 / (base + j) ** (m + 1) for j in range(int(v - base))), Fraction(0))
    return f.add(out, f.constant(weight * steps))


TABLE: dict[str, Callable[..., Elem]] = {
    "digamma": digamma,
    "polygamma": polygamma,
}
