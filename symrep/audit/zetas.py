"""ζ, Hurwitz's ζ, η and polylogarithms: values at integers (DLMF 25.6), functional equation, relations (25.12)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb, factorial, isqrt
from typing import Final

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, Interval, Unknown
from symrep.audit.data import No, fn
from symrep.audit.gammas import gamma
from symrep.audit.shifts import MAX_SHIFT, anchored, need_positive
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["eta", "polylog", "zeta", "zeta_at"]

HALF: Final = Fraction(1, 2)
ABOVE_ONE: Final[Interval] = (Fraction(1), True, None, True)


@lru_cache(maxsize=100)
def bernoulli(n: int) -> Fraction:
    """B_n with B_1 = −½, from Σ C(n + 1, k) B_k = 0."""
    if n == 0:
        return Fraction(1)
    return -sum((comb(n + 1, k) * bernoulli(k) for k in range(n)), Fraction(0)) / (n + 1)


def _two_to(alg: Algebra, e: Sum) -> Sum:
    return alg.exp(alg.mul(e, alg.log_abs(constant(2))))


def zeta_at(alg: Algebra, s: Fraction) -> Sum:
    if s == 1 or abs(s) > 60:
        raise No(f"ζ({s})")
    if s.denominator == 1 and s <= 0:
        return constant((-1) ** (-int(s)) * bernoulli(1 - int(s)) / (1 - s))
    if s.denominator == 1 and s % 2 == 0:
        n = int(s)
        return scaled(alg.power(alg.pi(), n), abs(bernoulli(n)) * 2 ** (n - 1) / factorial(n))
    if s < 0:
        return _mirrored(alg, constant(s))
    # ζ < 0 on (0, 1); 1 < ζ(s) < s/(s − 1) above
    interval: Interval = (None, True, Fraction(0), True) if s < 1 else (Fraction(1), True, s / (s - 1), True)
    at = constant(s)
    return monomial(alg.made("zeta", fn("zeta", alg.term(at)), (at,), range=interval).index)


def _mirrored(alg: Algebra, s: Sum) -> Sum:
    """ζ(s) = 2^s π^(s−1) sin(πs/2) Γ(1 − s) ζ(1 − s) for s < 0."""
    other = minus(sums.ONE, s)
    circle = alg.exp(scaled(alg.mul(other, alg.log_abs(alg.pi())), -1))
    wave = circular.sin(alg, scaled(alg.mul(alg.pi(), s), HALF))
    return alg.product([_two_to(alg, s), circle, wave, gamma(alg, other), zeta(alg, other)])


def zeta(alg: Algebra, s: Sum, a: Sum | None = None) -> Sum:
    """ζ(s) for real s ≠ 1; ζ(s, a) for a > 0 modulo whole shifts of a."""
    if not alg.real(s):
        raise No("ζ of something complex")
    if a is not None and number(a) != 1:
        return _hurwitz(alg, s, a)
    v = number(s)
    if v is not None:
        return zeta_at(alg, v)
    if alg.sign(s) <= {-1}:
        return _mirrored(alg, s)
    above = minus(s, sums.ONE)
    alg.need_nonzero(above, "the distance from the pole of ζ")
    s = alg.canon(s)
    interval = ABOVE_ONE if alg.sign(above) <= {1} else LINE
    smooth = 0 not in alg.sign(above)
    return monomial(alg.made("zeta", fn("zeta", alg.term(s)), (s,), range=interval, smooth=smooth).index)


def _hurwitz(alg: Algebra, s: Sum, a: Sum) -> Sum:
    """ζ(s, a + 1) = ζ(s, a) − a^(−s); ζ(s, ½) = (2^s − 1) ζ(s)."""
    need_positive(alg, a, "the second argument of ζ")
    above = minus(s, sums.ONE)
    alg.need_nonzero(above, "the distance from the pole of ζ")
    v = number(a)
    if v is not None and v.denominator <= 2 and v <= MAX_SHIFT:
        b = constant(HALF if v.denominator == 2 else 1)
        k = int(v - (HALF if v.denominator == 2 else 1))
        value = zeta(alg, s)
        if v.denominator == 2:
            value = alg.mul(value, minus(_two_to(alg, s), sums.ONE))
    else:
        b, k = anchored(alg, "hurwitz", a)
        need_positive(alg, b, "the second argument of ζ")
        s = alg.canon(s)
        smooth = 0 not in alg.sign(above)
        term = fn("zeta", alg.term(s), alg.term(b))
        value = monomial(alg.made("hurwitz", term, (s, b), smooth=smooth).index)
    for j in range(k):
        step = alg.log_abs(plus(b, constant(j)))
        value = minus(value, alg.exp(scaled(alg.mul(s, step), -1)))
    return value


def eta(alg: Algebra, s: Sum) -> Sum:
    """η(s) = (1 − 2^(1−s)) ζ(s), and log 2 at 1."""
    if number(s) == 1:
        return alg.log_abs(constant(2))
    return alg.mul(minus(sums.ONE, _two_to(alg, minus(sums.ONE, s))), zeta(alg, s))


# --- polylogarithms ---------------------------------------------------------------------------------------------------


def polylog(alg: Algebra, s: Sum, z: Sum) -> Sum:
    """Li_s(z) for z < 1, and at 1 for s > 1."""
    if not alg.real(s, z):
        raise No("a polylogarithm of something complex")
    order, at = number(s), number(z)
    if alg.is_zero(z):
        return {}
    if order is not None and order.denominator == 1 and order <= 0:
        return _rational(alg, -int(order), z)
    if at == 1:
        if not alg.sign(minus(s, sums.ONE)) <= {1}:
            raise No("a polylogarithm at 1 of an order that is not known to be above 1")
        return zeta(alg, s)
    below = minus(sums.ONE, z)
    if not alg.sign(below) <= {1}:
        alg.wish_factors(below)
        raise Unknown("the argument of a polylogarithm is not known to be below 1")
    if order == 1:
        return scaled(alg.log_abs(below), -1)
    if at == -1:
        return scaled(eta(alg, s), -1)
    root = _root(alg, z)
    if root is not None:  # Li_s(r²) = 2^(s−1) (Li_s(r) + Li_s(−r))
        both = plus(polylog(alg, s, root), polylog(alg, s, scaled(root, -1)))
        return alg.mul(_two_to(alg, minus(s, sums.ONE)), both)
    s, z = alg.canon(s), alg.canon(z)
    term = fn("polylog", alg.term(s), alg.term(z))
    if order == 2:
        known = [a for a in alg.atoms if a.kind == "polylog" and number(a.args[0]) == 2]
        if not any(alg.is_zero(minus(a.args[1], z)) for a in known):
            for a in known:
                related = _dilogarithm(alg, z, below, a.args[1], monomial(a.index))
                if related is not None:
                    return related
        if at == HALF:
            log = alg.log_abs(constant(2))
            return minus(scaled(alg.power(alg.pi(), 2), Fraction(1, 12)), scaled(alg.mul(log, log), HALF))
    interval = LINE
    if alg.sign(s) <= {0, 1}:
        signs = alg.sign(z)
        interval = (Fraction(0), True, None, True) if signs <= {1} else interval
        interval = (None, True, Fraction(0), True) if signs <= {-1} else interval
    return monomial(alg.made("polylog", term, (s, z), range=interval).index)


def _rational(alg: Algebra, n: int, z: Sum) -> Sum:
    """Li_{−n}(z) = Σ k! S(n + 1, k + 1) (z/(1 − z))^(k+1), with Stirling numbers of the second kind."""
    if n > 20:
        raise No("a polylogarithm of a large negative order")
    ratio = alg.mul(z, alg.inverse(minus(sums.ONE, z)))
    stirling = {1: 1}
    for _ in range(n):
        stirling = {k: k * stirling.get(k, 0) + stirling.get(k - 1, 0) for k in range(1, max(stirling) + 2)}
    return sums.total(scaled(alg.power(ratio, k), c * factorial(k - 1)) for k, c in stirling.items())


def _root(alg: Algebra, z: Sum) -> Sum | None:
    """A real r with r² = z, when z is a square as it is written."""
    c, atoms, ps = alg.factor(z)
    tops = isqrt(max(c.numerator, 0)), isqrt(c.denominator)
    if tops[0] ** 2 != c.numerator or tops[1] ** 2 != c.denominator or any(k % 2 for _, k in ps):
        return None
    out = constant(Fraction(*tops))
    for a, e in atoms:
        if not isinstance(e, int) or e % 2:
            return None
        out = alg.mul(out, alg.whole_power(monomial(a.index), e // 2))
    for p, k in ps:
        out = alg.mul(out, alg.whole_power(p, k // 2))
    return out


def _dilogarithm(alg: Algebra, z: Sum, below: Sum, w: Sum, known: Sum) -> Sum | None:
    """Li₂(z) by Li₂(w) for w = 1 − z, z/(z − 1) or 1/z."""
    square = alg.power(alg.pi(), 2)
    signs = alg.sign(z)
    if signs <= {1} and alg.is_zero(minus(w, below)):  # π²/6 − log z log(1 − z) − Li₂(1 − z), 0 < z < 1
        logs = alg.mul(alg.log_abs(z), alg.log_abs(below))
        return minus(minus(scaled(square, Fraction(1, 6)), logs), known)
    if alg.is_zero(minus(plus(w, z), alg.mul(w, z))):  # −½ log²(1 − z) − Li₂(z/(z − 1)), z < 1
        log = alg.log_abs(below)
        return minus(scaled(alg.mul(log, log), -HALF), known)
    if signs <= {-1} and alg.is_zero(minus(alg.mul(w, z), sums.ONE)):  # −π²/6 − ½ log²(−z) − Li₂(1/z), z < 0
        log = alg.log_abs(z)
        return minus(minus(scaled(square, Fraction(-1, 6)), scaled(alg.mul(log, log), HALF)), known)
    return None
