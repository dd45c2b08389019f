"""Incomplete Γ and B modulo whole shifts of their parameters, and the integrals of exponentials made of them.

Γ(s + 1, x) = s Γ(s, x) + x^s e^(−x) (DLMF 8.8.2); γ + Γ = Γ (8.2.3); E_p(x) = x^(p−1) Γ(1 − p, x) (8.19.1);
B_x(a, b) = B(a, b) − B_{1−x}(b, a) (8.17.4).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import Final

from symrep.audit import circular, sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import LINE, POSITIVE, Unknown
from symrep.audit.data import ZERO, No, fn
from symrep.audit.gammas import beta, gamma
from symrep.audit.shifts import MAX_SHIFT, anchored, need_positive, representative
from symrep.audit.special import erfc
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["betainc", "betainc_regularized", "chi", "ci", "ei", "expint", "lower", "shi", "si", "upper"]

HALF: Final = Fraction(1, 2)


def _to_the(alg: Algebra, x: Sum, e: Sum) -> Sum:
    """x**e for x > 0."""
    return alg.exp(alg.mul(e, alg.log_abs(x)))


def upper(alg: Algebra, s: Sum, x: Sum) -> Sum:
    """Γ(s, x) for x > 0; at 0 for s > 0."""
    if not alg.real(s, x):
        raise No("an incomplete Γ of something complex")
    if alg.is_zero(x):
        need_positive(alg, s, "the order of Γ(s, 0)")
        return gamma(alg, s)
    v = number(s)
    kernel = alg.exp(scaled(x, -1))
    if v is not None and v.denominator == 1 and v > 0:
        return _polynomial(alg, kernel, x, int(v))
    need_positive(alg, x, "the argument of an incomplete Γ")
    if v is not None and v.denominator == 2:
        root = alg.abs_power(alg.pi(), HALF)
        value = alg.mul(root, erfc(alg, alg.abs_power(x, HALF)))
        return _climbed(alg, value, constant(HALF), x, int(v - HALF))
    x = alg.canon(x)
    if v is not None and v.denominator == 1:
        b, k = constant(0), int(v)
    else:
        b, k = anchored(alg, "uppergamma", s, x)
    term = fn("uppergamma", alg.term(b), alg.term(x))
    atom = alg.made("uppergamma", term, (b, x), range=POSITIVE)
    return _climbed(alg, monomial(atom.index), b, x, k)


def _polynomial(alg: Algebra, kernel: Sum, x: Sum, n: int) -> Sum:
    """Γ(n, x) = (n − 1)! e^(−x) Σ_{k<n} xᵏ/k!."""
    if n > MAX_SHIFT:
        raise No("an incomplete Γ of a large order")
    out: Sum = {}
    term, factorial = dict(sums.ONE), 1
    for k in range(n):
        out = plus(out, term)
        term = scaled(alg.mul(term, x), Fraction(1, k + 1))
        factorial *= max(k, 1)
    return scaled(alg.mul(out, kernel), factorial)


def _climbed(alg: Algebra, value: Sum, s: Sum, x: Sum, k: int) -> Sum:
    if abs(k) > MAX_SHIFT:
        raise No("incomplete Γ of orders far apart")
    kernel = alg.exp(scaled(x, -1))
    for _ in range(k):
        value = plus(alg.mul(s, value), alg.mul(_to_the(alg, x, s), kernel))
        s = plus(s, sums.ONE)
    for _ in range(-k):
        s = minus(s, sums.ONE)
        value = alg.mul(minus(value, alg.mul(_to_the(alg, x, s), kernel)), alg.inverse(s))
    return value


def lower(alg: Algebra, s: Sum, x: Sum) -> Sum:
    """γ(s, x) = Γ(s) − Γ(s, x)."""
    if alg.is_zero(x):
        need_positive(alg, s, "the order of γ(s, 0)")
        return {}
    out = minus(gamma(alg, s), upper(alg, s, x))
    if alg.sign(s) <= {1} and alg.sign(x) <= {1}:
        alg.learn(out, frozenset({1}))
    return out


def expint(alg: Algebra, p: Sum, x: Sum) -> Sum:
    above = minus(p, sums.ONE)
    if alg.is_zero(x):
        need_positive(alg, above, "p − 1 in E_p(0)")
        return alg.inverse(above)
    value = upper(alg, scaled(above, -1), x)
    need = number(p)
    power = alg.power(x, int(need) - 1) if need is not None and need.denominator == 1 else None
    if power is None:
        need_positive(alg, x, "the argument of E_p")
        power = _to_the(alg, x, above)
    return alg.mul(power, value)


# --- Ei and its kin ---------------------------------------------------------------------------------------------------


def _side(alg: Algebra, x: Sum) -> int:
    s = alg.sign(x) if alg.real(x) else frozenset({-1, 0, 1})
    if s <= {1}:
        return 1
    if s <= {-1}:
        return -1
    if alg.real(x):
        alg.wish_factors(x)
    raise Unknown("an integral function at an argument of unknown sign")


def ei(alg: Algebra, x: Sum) -> Sum:
    """Ei(−x) = −Γ(0, x) for x > 0."""
    if _side(alg, x) < 0:
        return scaled(upper(alg, {}, scaled(x, -1)), -1)
    x = alg.canon(x)
    return monomial(alg.made("ei", fn("ei", alg.term(x)), (x,)).index)


def si(alg: Algebra, x: Sum) -> Sum:
    if not alg.real(x):
        raise No("Si of something complex")
    return circular.odd(alg, "si", x, LINE)


def ci(alg: Algebra, x: Sum) -> Sum:
    need_positive(alg, x, "the argument of Ci")
    x = alg.canon(x)
    return monomial(alg.made("ci", fn("ci", alg.term(x)), (x,)).index)


def shi(alg: Algebra, x: Sum) -> Sum:
    """(Ei x + E₁ x)/2 for x > 0, and odd."""
    if alg.is_zero(x):
        return {}
    turn = _side(alg, x)
    y = scaled(x, turn)
    return scaled(plus(ei(alg, y), upper(alg, {}, y)), Fraction(turn, 2))


def chi(alg: Algebra, x: Sum) -> Sum:
    need_positive(alg, x, "the argument of Chi")
    return scaled(minus(ei(alg, x), upper(alg, {}, x)), HALF)


# --- incomplete beta --------------------------------------------------------------------------------------------------


def betainc(alg: Algebra, a: Sum, b: Sum, low: Sum, high: Sum) -> Sum:
    return minus(_below(alg, a, b, high), _below(alg, a, b, low))


def betainc_regularized(alg: Algebra, a: Sum, b: Sum, low: Sum, high: Sum) -> Sum:
    return alg.mul(betainc(alg, a, b, low, high), alg.inverse(beta(alg, a, b)))


def _below(alg: Algebra, a: Sum, b: Sum, x: Sum) -> Sum:
    """B_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1."""
    need_positive(alg, a, "a parameter of an incomplete B")
    need_positive(alg, b, "a parameter of an incomplete B")
    rest = minus(sums.ONE, x)
    if alg.is_zero(x):
        return {}
    if alg.is_zero(rest):
        return beta(alg, a, b)
    need_positive(alg, x, "the argument of an incomplete B")
    need_positive(alg, rest, "one minus the argument of an incomplete B")
    n, m = number(b), number(a)
    if n is not None and n.denominator == 1 and n <= MAX_SHIFT:
        return _binomially(alg, a, int(n), x)
    if m is not None and m.denominator == 1 and m <= MAX_SHIFT:
        return minus(beta(alg, a, b), _binomially(alg, b, int(m), rest))
    if m == n == HALF:
        return scaled(circular.asin(alg, alg.abs_power(x, HALF)), 2)
    return _by_class(alg, a, b, alg.canon(x), alg.canon(rest))


def _binomially(alg: Algebra, a: Sum, n: int, x: Sum) -> Sum:
    """∫₀ˣ t^(a−1) (1 − t)^(n−1) dt = Σ C(n − 1, j) (−1)^j x^(a+j)/(a + j)."""
    out: Sum = {}
    for j in range(n):
        up = plus(a, constant(j))
        step = alg.mul(_to_the(alg, x, up), alg.inverse(up))
        out = plus(out, scaled(step, (-1) ** j * comb(n - 1, j)))
    return out


def _by_class(alg: Algebra, a: Sum, b: Sum, x: Sum, rest: Sum) -> Sum:
    """Through the lowest parameters of their classes, by x or by 1 − x.

    (a + b) B_x(a + 1, b) = a B_x(a, b) − x^a (1 − x)^b and (a + b) B_x(a, b + 1) = b B_x(a, b) + x^a (1 − x)^b, by
    parts.
    """
    (r, j), (t, k) = _lowest(alg, a), _lowest(alg, b)
    if number(r) == number(t) == HALF:
        value = scaled(circular.asin(alg, alg.abs_power(x, HALF)), 2)
    else:
        turned = [
            g
            for g in alg.atoms
            if g.kind == "incbeta" and all(alg.is_zero(minus(s, u)) for s, u in zip(g.args, (t, r, rest), strict=True))
        ]
        if turned:
            value = minus(beta(alg, r, t), monomial(turned[0].index))
        else:
            term = fn("betainc", alg.term(r), alg.term(t), ZERO, alg.term(x))
            value = monomial(alg.made("incbeta", term, (r, t, x), range=POSITIVE).index)
    for first, count in ((True, j), (False, k)):
        for _ in range(count):
            kernel = alg.mul(_to_the(alg, x, r), _to_the(alg, rest, t))
            value = minus(alg.mul(r, value), kernel) if first else plus(alg.mul(t, value), kernel)
            value = alg.mul(value, alg.inverse(plus(r, t)))
            r, t = (plus(r, sums.ONE), t) if first else (r, plus(t, sums.ONE))
    return value


def _lowest(alg: Algebra, a: Sum) -> tuple[Sum, int]:
    """(b, k) with a = b + k, k ≥ 0 and b > 0."""
    r, k = representative(alg, a)
    if k >= 0 and alg.sign(r) <= {1}:
        return anchored(alg, "incbeta", a)
    b, k = anchored(alg, "incbeta lowest", a)
    need_positive(alg, b, "the lowest parameter of an incomplete B")
    return b, k


TABLE: Final[dict[str, Callable[..., Sum]]] = {
    "uppergamma": upper,
    "lowergamma": lower,
    "expint": expint,
    "ei": ei,
    "si": si,
    "ci": ci,
    "shi": shi,
    "chi": chi,
    "betainc": betainc,
    "betainc_regularized": betainc_regularized,
}
