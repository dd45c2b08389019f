"""Γ, log Γ, ψ and its derivatives modulo integer shifts of the argument; beta, binomial, factorial; erf."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial as int_factorial
from typing import TYPE_CHECKING

from symrep.kernel.atoms import constant, known_gen, log_rational, make_gen
from symrep.kernel.fail import NotProved
from symrep.kernel.field import Box, Elem, Gen, too_large
from symrep.kernel.ground import fraction
from symrep.kernel.writing import to_term
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.engine import Engine

__all__ = ["TABLE"]

HALF = Fraction(1, 2)
MAX_SHIFT = 60


def _positive(eng: Engine, a: Elem, name: str) -> None:
    if not (eng.real(a) and eng.sign(a) <= {1}):
        raise NotProved(f"the argument of {name} is not known positive: {eng.show(a)}", Reason.DOMAIN)


def _shifted(
    eng: Engine, kind: str, a: Elem, box: Callable[[Elem], Box], make: Callable[[Elem], object]
) -> tuple[Gen, int]:
    """A generator kind(b) with a = b + k, k an integer, and a, b > 0; with k."""
    f = eng.field
    for g in f.gens:
        if g.kind == kind:
            k = f.value(f.sub(a, g.args[0]))
            if k is not None and k.denominator == 1 and abs(k) <= MAX_SHIFT:
                return g, int(k)
    b = a
    if a.den.is_constant():
        c = _constant_term(eng, a)
        lowest = c.numerator // c.denominator
        candidate = f.sub(a, f.constant(lowest))
        if abs(lowest) <= MAX_SHIFT and eng.sign(candidate) <= {1}:
            b = candidate
    gen = make_gen(eng, f"{kind}({f.text(b)})", kind, make(b), (b,), box(b))  # type: ignore[arg-type]
    k = f.value(f.sub(a, b))
    return gen, int(k) if k is not None else 0


def _constant_term(eng: Engine, a: Elem) -> Fraction:
    for mono, c in a.num.terms():
        if not any(mono):
            return fraction(c) / fraction(a.den.leading_coefficient())
    return Fraction(0)


def _even(eng: Engine, a: Elem) -> bool:
    """Is a = 2c + rational with c having integer coefficients, not constant?"""
    if not a.den.is_constant():
        return False
    lead = fraction(a.den.leading_coefficient())
    moving = [fraction(c) / lead for mono, c in a.num.terms() if any(mono)]
    return bool(moving) and all(c.denominator == 1 and c.numerator % 2 == 0 for c in moving)


def gamma(eng: Engine, a: Elem) -> Elem:
    """Γ(b + k) = Γ(b)·b(b+1)…(b+k−1); Γ(2c) = 2^(2c−1) Γ(c) Γ(c + ½)/√π."""
    from symrep.kernel.functions import exp

    f, value = eng.field, eng.field.value(a)
    if value is not None and value.denominator <= 2:
        return _gamma_at(eng, value)
    _positive(eng, a, "Γ")
    if _even(eng, a):
        c = f.scale(a, HALF)
        two = exp(eng, f.mul(f.sub(a, f.one), log_rational(eng, Fraction(2))))
        root = eng.abs_power(constant(eng, "pi"), -HALF)
        return f.mul(f.mul(two, root), f.mul(gamma(eng, c), gamma(eng, f.add(c, f.constant(HALF)))))
    gen, k = _shifted(eng, "gamma", a, lambda b: Box(lo=Fraction(0)), lambda b: fn("gamma", to_term(eng, b)))
    out = f.from_gen(gen)
    for j in range(abs(k)):
        factor = f.add(gen.args[0], f.constant(j if k > 0 else -1 - j))
        out = f.mul(out, factor if k > 0 else f.make(factor.den, factor.num))
    return out


def _gamma_at(eng: Engine, v: Fraction) -> Elem:
    """Γ at integers and half-integers."""
    f = eng.field
    if v.denominator == 1 and v <= 0:
        raise NotProved(f"Γ has a pole at {v}", Reason.DOMAIN)
    if abs(v) > 200:
        raise too_large(f"Γ({v})")
    if v.denominator == 1:
        return f.constant(int_factorial(int(v) - 1))
    out, at = Fraction(1), v
    while at > HALF:
        at -= 1
        out *= at
    while at < HALF:
        out /= at
        at += 1
    return f.scale(eng.abs_power(constant(eng, "pi"), HALF), out)


def loggamma(eng: Engine, a: Elem) -> Elem:
    """Log Γ(a) for a > 0."""
    _positive(eng, a, "log Γ")
    return eng.log_abs(gamma(eng, a))


def digamma(eng: Engine, a: Elem) -> Elem:
    """ψ(b + k) = ψ(b) + 1/b + … + 1/(b + k − 1)."""
    _positive(eng, a, "ψ")
    f, value = eng.field, eng.field.value(a)
    if value is not None and value.denominator <= 2:
        if value > MAX_SHIFT:
            raise too_large(f"ψ({value})")
        base = Fraction(1) if value.denominator == 1 else HALF
        out = f.neg(constant(eng, "euler_gamma"))
        if base == HALF:
            out = f.sub(out, f.scale(log_rational(eng, Fraction(2)), 2))
        return f.add(out, f.constant(sum((1 / (base + j) for j in range(int(value - base))), Fraction(0))))
    if _even(eng, a):
        c = f.scale(a, HALF)
        both = f.add(digamma(eng, c), digamma(eng, f.add(c, f.constant(HALF))))
        return f.add(f.scale(both, HALF), log_rational(eng, Fraction(2)))
    gen, k = _shifted(eng, "digamma", a, lambda b: Box(), lambda b: fn("digamma", to_term(eng, b)))
    return _harmonic(eng, gen, k, 1, Fraction(1))


def _harmonic(eng: Engine, gen: Gen, k: int, power: int, weight: Fraction) -> Elem:
    """Gen + weight·Σ (b + j)^(−power), the sum running up or down to b + k."""
    f, out = eng.field, eng.field.from_gen(gen)
    for j in range(abs(k)):
        at = f.add(gen.args[0], f.constant(j if k > 0 else -1 - j))
        step = f.scale(f.power(f.make(at.den, at.num), power), weight)
        out = f.add(out, step) if k > 0 else f.sub(out, step)
    return out


def polygamma(eng: Engine, order: Elem, a: Elem) -> Elem:
    """ψ⁽ᵐ⁾(b + k) = ψ⁽ᵐ⁾(b) + (−1)ᵐ m! Σ (b + j)^(−m−1)."""
    value = eng.field.value(order)
    if value is None or value.denominator != 1 or not 0 <= value <= 20:
        raise NotProved("polygamma of an order that is not a small integer", Reason.DOMAIN)
    m = int(value)
    if m == 0:
        return digamma(eng, a)
    _positive(eng, a, "ψ⁽ᵐ⁾")
    f = eng.field
    at = f.value(a)
    if m == 1 and at is not None and at.denominator <= 2 and at <= MAX_SHIFT:
        base = Fraction(1) if at.denominator == 1 else HALF
        top = f.scale(f.power(constant(eng, "pi"), 2), Fraction(1, 6) if base == 1 else HALF)
        return f.sub(top, f.constant(sum((1 / (base + j) ** 2 for j in range(int(at - base))), Fraction(0))))
    odd = m % 2 == 1
    sign_box = Box(lo=Fraction(0)) if odd else Box(hi=Fraction(0))
    order_term = ("num", m, 1)
    gen, k = _shifted(
        eng, f"polygamma{m}", a, lambda b: sign_box, lambda b: fn("polygamma", order_term, to_term(eng, b))
    )
    return _harmonic(eng, gen, k, m + 1, Fraction((-1) ** m * int_factorial(m)))


def beta(eng: Engine, a: Elem, b: Elem) -> Elem:
    f = eng.field
    _positive(eng, a, "B")
    _positive(eng, b, "B")
    low = gamma(eng, f.add(a, b))
    return f.mul(f.mul(gamma(eng, a), gamma(eng, b)), f.make(low.den, low.num))


def factorial(eng: Engine, a: Elem) -> Elem:
    return gamma(eng, eng.field.add(a, eng.field.one))


def binomial(eng: Engine, n: Elem, k: Elem) -> Elem:
    """Γ(n + 1)/(Γ(k + 1)Γ(n − k + 1)) where all three arguments are positive."""
    f = eng.field
    low = f.mul(factorial(eng, k), factorial(eng, f.sub(n, k)))
    return f.mul(factorial(eng, n), f.make(low.den, low.num))


def erf(eng: Engine, a: Elem) -> Elem:
    """Odd, in (−1, 1); erf(erfinv t) = t."""
    f = eng.field
    if a.num == 0:
        return f.zero
    used = f.used(a.num, a.den)
    turn, b = f.orient(a)
    if len(used) == 1 and used[0].kind == "erfinv" and b.den.is_one() and b.num == used[0].poly:
        return f.scale(used[0].args[0], turn)
    same = known_gen(eng, "erf", ("fn", "erf"), [b])
    if same is None:
        s, one, zero = eng.sign(b), Fraction(1), Fraction(0)
        box = Box(-one, one)
        if s <= {0, 1}:
            box = Box(zero, one, 0 not in s)
        elif s <= {0, -1}:
            box = Box(-one, zero, True, 0 not in s)
        same = make_gen(eng, f"erf({f.text(b)})", "erf", fn("erf", to_term(eng, b)), (b,), box)
    return f.scale(f.from_gen(same), turn)


def erfc(eng: Engine, a: Elem) -> Elem:
    return eng.field.sub(eng.field.one, erf(eng, a))


def erfinv(eng: Engine, a: Elem) -> Elem:
    """Odd, on (−1, 1); erfinv(erf t) = t."""
    f = eng.field
    up, down = f.add(f.one, a), f.sub(f.one, a)
    if not (eng.real(a) and eng.sign(up) <= {1} and eng.sign(down) <= {1}):
        raise NotProved(f"erfinv of something not known in (−1, 1): {eng.show(a)}", Reason.DOMAIN)
    if a.num == 0:
        return f.zero
    used = f.used(a.num, a.den)
    turn, b = f.orient(a)
    if len(used) == 1 and used[0].kind == "erf" and b.den.is_one() and b.num == used[0].poly:
        return f.scale(used[0].args[0], turn)
    same = known_gen(eng, "erfinv", ("fn", "erfinv"), [b])
    if same is None:
        same = make_gen(eng, f"erfinv({f.text(b)})", "erfinv", fn("erfinv", to_term(eng, b)), (b,), Box())
    return f.scale(f.from_gen(same), turn)


TABLE: dict[str, Callable[..., Elem]] = {
    "gamma": gamma,
    "loggamma": loggamma,
    "digamma": digamma,
    "polygamma": polygamma,
    "beta": beta,
    "factorial": factorial,
    "binomial": binomial,
    "erf": erf,
    "erfc": erfc,
    "erfinv": erfinv,
}
