"""ζ, η and polylogarithms: values at integers, functional equation, what relates a polylogarithm to others.

For ζ at integers see DLMF 25.6(i), for polylogarithms and the dilogarithm 25.12.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import comb, factorial, isqrt
from typing import TYPE_CHECKING

from symrep.kernel.algebra.atoms import constant, constant_box, known_gen, log_rational, make_gen
from symrep.kernel.algebra.field import Box, Elem, too_large
from symrep.kernel.algebra.special.shifts import MAX_SHIFT, shift_class
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import flint, rational
from symrep.term import fn
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["TABLE", "zeta_at"]

LARGEST = 60


@cache
def _bernoulli(n: int) -> Fraction:
    """B_n, B_1 = −½."""
    if n == 0:
        return Fraction(1)
    return -sum((comb(n + 1, k) * _bernoulli(k) for k in range(n)), Fraction(0)) / (n + 1)


# --- ζ --------------------------------------------------------------------------------------------------------------


def zeta_at(eng: Engine, s: Fraction) -> Elem:
    """ζ at a rational: π powers at even integers, rationals at integers ≤ 0."""
    f = eng.field
    if s == 1:
        raise NotProved("ζ has a pole at 1", Reason.DOMAIN)
    if abs(s) > LARGEST:
        raise too_large(f"ζ({s})")
    if s.denominator == 1 and s <= 0:
        n = -int(s)
        return f.constant(Fraction((-1) ** n) * _bernoulli(n + 1) / (n + 1))
    if s.denominator == 1 and s % 2 == 0:
        n = int(s)
        c = abs(_bernoulli(n)) * 2 ** (n - 1) / factorial(n)
        return f.scale(f.power(constant(eng, "pi"), n), c)
    if s < 0:
        return _functional_equation(eng, f.constant(s))
    name = f"zeta({s})"
    gen = f.by_name.get(name)
    if gen is None:
        ball = flint.arb(rational(s)).zeta()
        base = fn("zeta", ("num", s.numerator, s.denominator))
        gen = make_gen(eng, name, "zeta", base, (f.constant(s),), constant_box(ball))
    return f.from_gen(gen)


def _functional_equation(eng: Engine, s: Elem) -> Elem:
    """ζ(s) = 2^s π^(s−1) sin(πs/2) Γ(1 − s) ζ(1 − s) for s < 0."""
    from symrep.kernel.algebra.functions import exp
    from symrep.kernel.algebra.special.gammas import gamma
    from symrep.kernel.algebra.trig import sin

    f, pi = eng.field, constant(eng, "pi")
    other = f.sub(f.one, s)
    two = exp(eng, f.mul(s, log_rational(eng, Fraction(2))))
    circle = exp(eng, f.neg(f.mul(other, eng.log_abs(pi))))
    wave = sin(eng, f.scale(f.mul(pi, s), Fraction(1, 2)))
    return f.mul(f.mul(f.mul(two, circle), f.mul(wave, gamma(eng, other))), zeta(eng, other))


def zeta(eng: Engine, s: Elem, a: Elem | None = None) -> Elem:
    """Riemann's ζ(s), s ≠ 1 real; Hurwitz's ζ(s, a) for a > 0, modulo integer shifts of a."""
    f = eng.field
    if not eng.real(s):
        raise NotProved("ζ of a complex number", Reason.DOMAIN)
    if a is not None and f.value(a) != 1:
        return _hurwitz(eng, s, a)
    value = f.value(s)
    if value is not None:
        return zeta_at(eng, value)
    signs = eng.sign(s)
    if signs <= {-1}:
        return _functional_equation(eng, s)
    above = f.sub(s, f.one)
    eng.require_nonzero(above, "the distance of s from the pole of ζ")
    same = known_gen(eng, "zeta", ("fn", "zeta"), [s])
    if same is None:
        large = eng.sign(above) <= {1}
        box = Box(lo=Fraction(1)) if large else Box()
        one_side = len(eng.sign(above)) == 1  # the pole cuts the line apart
        same = make_gen(eng, f"zeta({f.text(s)})", "zeta", fn("zeta", to_term(eng, s)), (s,), box, analytic=one_side)
    return f.from_gen(same)


def _hurwitz(eng: Engine, s: Elem, a: Elem) -> Elem:
    """ζ(s, a + 1) = ζ(s, a) − a^(−s); ζ(s, ½) = (2^s − 1) ζ(s)."""
    f = eng.field
    if not (eng.real(a) and eng.sign(a) <= {1}):
        raise NotProved("ζ(s, a) with a not known positive", Reason.DOMAIN)
    eng.require_nonzero(f.sub(s, f.one), "the distance of s from the pole of ζ")
    at = f.value(a)
    if at is not None and at.denominator <= 2 and at <= MAX_SHIFT:
        b = f.one if at.denominator == 1 else f.constant(Fraction(1, 2))
        k = int(at - (1 if at.denominator == 1 else Fraction(1, 2)))
        out = zeta(eng, s)
        if at.denominator == 2:
            out = f.mul(out, f.sub(eng.pow(f.constant(2), s), f.one))
    else:
        r, k = shift_class(eng, "hurwitz", a)
        low = eng.extreme(f"hurwitz({f.text(r)})", -k)
        b = f.sub(r, f.constant(low))
        k = k + low
        if k > MAX_SHIFT:
            raise too_large("ζ(s, a) at arguments far apart")
        same = known_gen(eng, "hurwitz", ("fn", "zeta"), [s, b])
        if same is None:
            base = fn("zeta", to_term(eng, s), to_term(eng, b))
            name = f"hurwitz({f.text(s)},{f.text(b)})"
            one_side = len(eng.sign(f.sub(s, f.one))) == 1
            same = make_gen(eng, name, "hurwitz", base, (s, b), Box(), analytic=one_side)
        out = f.from_gen(same)
    for j in range(k):
        out = f.sub(out, eng.pow(f.add(b, f.constant(j)), f.neg(s)))
    return out


def eta(eng: Engine, s: Elem) -> Elem:
    """η(s) = (1 − 2^(1−s)) ζ(s), log 2 at 1."""
    f = eng.field
    if f.value(s) == 1:
        return log_rational(eng, Fraction(2))
    factor = f.sub(f.one, eng.pow(f.constant(2), f.sub(f.one, s)))
    return f.mul(factor, zeta(eng, s))


# --- polylogarithms -------------------------------------------------------------------------------------------------


def polylog(eng: Engine, s: Elem, z: Elem) -> Elem:
    """Li_s(z) for real z < 1, and at 1 for s > 1."""
    f, order, at = eng.field, eng.field.value(s), eng.field.value(z)
    if not (eng.real(s) and eng.real(z)):
        raise NotProved("a polylogarithm of complex numbers", Reason.DOMAIN)
    if z.num == 0:
        return f.zero
    if order is not None and order.denominator == 1 and order <= 0:
        return _rational_polylog(eng, -int(order), z)
    if at == 1:
        if not eng.sign(f.sub(s, f.one)) <= {1}:
            raise NotProved("Li_s(1) of an order that is not known above 1", Reason.DOMAIN)
        return zeta(eng, s)
    below = f.sub(f.one, z)
    if not eng.sign(below) <= {1}:
        eng.note_unknown(below)
        raise NotProved(f"the argument of a polylogarithm is not known below 1: {eng.show(z)}", Reason.DOMAIN)
    if order == 1:
        return f.neg(eng.log_abs(below))
    if at == -1:
        return f.neg(eta(eng, s))
    root = _square_root(eng, z)
    if root is not None:
        # Li_s(r²) = 2^(s−1) (Li_s(r) + Li_s(−r))
        both = f.add(polylog(eng, s, root), polylog(eng, s, f.neg(root)))
        return f.mul(eng.pow(f.constant(2), f.sub(s, f.one)), both)
    same = known_gen(eng, "polylog", ("fn", "polylog"), [s, z])
    if same is not None:
        return f.from_gen(same)
    if order == 2 and (related := _dilogarithm(eng, z)) is not None:
        return related
    signs = eng.sign(z)
    box = Box()
    if eng.sign(s) <= {0, 1}:
        box = Box(lo=Fraction(0)) if signs <= {1} else Box(hi=Fraction(0)) if signs <= {-1} else Box()
    name = f"polylog({f.text(s)},{f.text(z)})"
    gen = make_gen(eng, name, "polylog", fn("polylog", to_term(eng, s), to_term(eng, z)), (s, z), box)
    return f.from_gen(gen)


def _rational_polylog(eng: Engine, n: int, z: Elem) -> Elem:
    """Li_{−n}(z) = (z d/dz)^n z/(1 − z) = Σ_k k! S(n + 1, k + 1) (z/(1 − z))^(k+1)."""
    f = eng.field
    if n > 20:
        raise too_large("a polylogarithm of a large negative order")
    ratio = f.mul(z, eng.inverse(f.sub(f.one, z)))
    row = [1]  # Stirling numbers S(m, 1 … m)
    for _ in range(n):
        row = [(row[k - 1] if k else 0) + (k + 1) * (row[k] if k < len(row) else 0) for k in range(len(row) + 1)]
    out = f.zero
    for k, c in enumerate(row):
        out = f.add(out, f.scale(f.power(ratio, k + 1), c * factorial(k)))
    return out


def _square_root(eng: Engine, z: Elem) -> Elem | None:
    """R with r² = z, a real number, when z is written as a square."""
    f, out = eng.field, eng.field.one
    for part, s in ((z.num, 1), (z.den, -1)):
        content, factors = f.factor(part)
        if content < 0 or any(k % 2 for _, k in factors):
            return None
        top, bottom = isqrt(content.numerator), isqrt(content.denominator)
        if top * top != content.numerator or bottom * bottom != content.denominator:
            return None
        piece = f.constant(Fraction(top, bottom))
        for p, k in factors:
            piece = f.mul(piece, f.power(Elem(p, f.one_poly), k // 2))
        out = f.mul(out, piece if s > 0 else f.make(piece.den, piece.num))
    return out


def _dilogarithm(eng: Engine, z: Elem) -> Elem | None:
    """Li₂ at ½, and by what is known at 1 − z, z/(z − 1) or 1/z."""
    f = eng.field
    pi2 = f.power(constant(eng, "pi"), 2)
    below = f.sub(f.one, z)
    if f.value(z) == Fraction(1, 2):
        log2 = log_rational(eng, Fraction(2))
        return f.sub(f.scale(pi2, Fraction(1, 12)), f.scale(f.mul(log2, log2), Fraction(1, 2)))
    signs = eng.sign(z)
    for g in f.gens:
        if g.kind != "polylog" or f.value(g.args[0]) != 2:
            continue
        w, known = g.args[1], f.from_gen(g)
        log_below = eng.log_abs(below)
        if signs <= {1} and f.sub(f.add(w, z), f.one).num == 0:
            # Li₂(z) + Li₂(1 − z) = π²/6 − log z log(1 − z), 0 < z < 1
            return f.sub(f.sub(f.scale(pi2, Fraction(1, 6)), f.mul(eng.log_abs(z), log_below)), known)
        if f.sub(f.add(w, z), f.mul(w, z)).num == 0:
            # Li₂(z) + Li₂(z/(z − 1)) = −½ log²(1 − z), z < 1
            return f.sub(f.scale(f.mul(log_below, log_below), Fraction(-1, 2)), known)
        if signs <= {-1} and f.sub(f.mul(w, z), f.one).num == 0:
            # Li₂(z) + Li₂(1/z) = −π²/6 − ½ log²(−z), z < 0
            log = eng.log_abs(z)
            return f.sub(f.sub(f.scale(pi2, Fraction(-1, 6)), f.scale(f.mul(log, log), Fraction(1, 2))), known)
    return None


TABLE: dict[str, Callable[..., Elem]] = {
    "zeta": zeta,
    "dirichlet_eta": eta,
    "polylog": polylog,
}
