r"""Values of integrals: proposed antiderivatives, and a few integrals stated as lemmas.

* ``ftc``: on consecutive intervals F_i is C¹ with F_i' = t almost everywhere and finite limits at the ends; t is
  absolutely integrable, so that its integral is the sum of the differences of the limits.
* ``gamma``: ∫₀^∞ x^(a−1) e^(−bx) dx = Γ(a) b^(−a), a, b > 0.
* ``beta``: ∫₀¹ x^(a−1) (1−x)^(b−1) dx = B(a, b), a, b > 0.
* ``mass``: what is declared a probability density in its first argument integrates to 1 over the line.
* ``scaled``: a constant times an absolutely convergent integral.
* ``pieces``: the interval cut at points that are in order, each piece by its own parts.
* ``change``: x = φ(u) for a C¹ map φ with φ' ≠ 0 of (low, high) onto the interval, the new integral by its own parts.
* ``gaussian``: xⁿ n(x; m, s) over any interval, by parts: M_n = m M_{n−1} + (n−1) s² M_{n−2} − s² [x^{n−1} n(x; m, s)],
  M_0 the difference of distribution functions.
* ``cases``: each case by its own parts.
* ``left``: left as the integral it is, absolutely convergent.
* what stands in the table of :mod:`symrep.audit.rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    HALF,
    ONE,
    PI,
    TWO,
    ZERO,
    Bad,
    No,
    Term,
    add,
    div,
    fn,
    free,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    substitute,
    sym,
)
from symrep.audit.derive import derivative
from symrep.audit.dichotomy import cases
from symrep.audit.ends import limit
from symrep.audit.images import monotone, same_end
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable, ordered
from symrep.audit.normal import need_same
from symrep.audit.regular import SMOOTH, Interior, defined
from symrep.audit.rows import ROWS, row_instance
from symrep.audit.signs import holds

__all__ = ["LEMMAS", "unit_mass", "value_of"]

#: a proposed part of an integral over (lo, hi): its integrand and the value of its integral
Part = tuple[Term, Term]
MAX_MOMENT: Final = 12
_INFINITE: Final = (("inf", -1), ("inf", 1))


def value_of(t: Term, x: str, lo: Term, hi: Term, parts: Sequence[Data], ctx: Ctx) -> Term:
    """∫ t dx over (lo, hi) as the sum of what is proposed; raises No unless every part checks and they add up to t."""
    integrands, values = [], []
    for part in parts:
        kind = part.name("kind")
        if kind in ROWS:
            integrand, value = row_instance(ROWS[kind], part, x, lo, hi, ctx)
        elif kind in LEMMAS:
            integrand, value = LEMMAS[kind](part, x, lo, hi, ctx)
        else:
            raise No(f"no integral is known by the name {kind}", covered=False)
        integrands.append(integrand)
        values.append(value)
    need_same(t, add(*integrands), ctx.inside({x: (lo, hi)}), "the parts do not add up to the integrand")
    return add(*values)


def unit_mass(law: Term, parts: Sequence[Data], ctx: Ctx) -> None:
    """Raises No unless the density of a law is shown to integrate to 1."""
    if law[0] != "law" or len(law[1]) != 1:
        raise No("the mass of a law of several variables", covered=False)
    ((x, lo, hi),) = law[1]
    need_same(value_of(law[2], x, lo, hi, parts, ctx), ONE, ctx, "the mass of a law is not known to be 1")


def _antiderivative(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    t, at = p.term("integrand"), lo
    integrable(t, ((x, lo, hi),), ctx)
    ends: list[Term] = []
    for piece in p.subs("pieces"):
        a, b, big = piece.term("lo"), piece.term("hi"), piece.term("antiderivative")
        if x in free(a) | free(b) or not same_end(at, a, ctx) or not ordered(a, b, ctx):
            raise No("the pieces of an antiderivative do not follow each other")
        at = b
        inside = ctx.inside({x: (a, b)})
        Interior(inside, {x}).need(big, SMOOTH)
        need_same(derivative(big, x, inside), t, inside, "an antiderivative has another derivative")
        low, high = limit(big, x, (a, b), 0, ctx), limit(big, x, (a, b), 1, ctx)
        if "inf" in (low[0], high[0]):
            raise No("an antiderivative is unbounded at an end")
        ends += [high, neg(low)]
    if not ends or not same_end(at, hi, ctx):
        raise No("the pieces of an antiderivative do not reach the upper limit")
    return t, add(*ends)


def _constants(p: Data, keys: str, x: str, ctx: Ctx, positive: str) -> list[Term]:
    out = [p.term(k) for k in keys.split()]
    for key, c in zip(keys.split(), out, strict=True):
        if x in free(c):
            raise No("a constant of a lemma depends on the variable of integration")
        if key in positive.split():
            if not holds(c, ">", ctx):
                raise No("a parameter of a lemma is not known to be positive")
        else:
            defined(c, ctx)
    return out


def _over(lo: Term, hi: Term, wanted: tuple[Term, Term], ctx: Ctx) -> None:
    if not (same_end(lo, wanted[0], ctx) and same_end(hi, wanted[1], ctx)):
        raise No("a lemma is about another interval")


def _gamma(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    c, a, b = _constants(p, "c a b", x, ctx, "a b")
    _over(lo, hi, (ZERO, ("inf", 1)), ctx)
    t = mul(c, ("pow", sym(x), sub(a, ONE)), fn("exp", neg(mul(b, sym(x)))))
    return t, mul(c, fn("gamma", a), ("pow", b, neg(a)))


def _beta(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    c, a, b = _constants(p, "c a b", x, ctx, "a b")
    _over(lo, hi, (ZERO, ONE), ctx)
    t = mul(c, ("pow", sym(x), sub(a, ONE)), ("pow", sub(ONE, sym(x)), sub(b, ONE)))
    return t, mul(c, fn("beta", a, b))


def _pieces(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    t, at = p.term("integrand"), lo
    values = []
    for piece in p.subs("pieces"):
        a, b = piece.term("lo"), piece.term("hi")
        if x in free(a) | free(b) or not same_end(at, a, ctx) or not ordered(a, b, ctx):
            raise No("the pieces of an interval do not follow each other")
        at = b
        values.append(value_of(t, x, a, b, piece.subs("parts"), ctx))
    if not values or not same_end(at, hi, ctx):
        raise No("the pieces of an interval do not reach the upper limit")
    return t, add(*values)


_MAPS: Final[Mapping[str, Callable[[Term, Data], Term]]] = {
    "affine": lambda u, p: add(p.term("shift"), mul(p.term("scale"), u)),
    "power": lambda u, p: ("pow", u, p.term("exponent")),
    "exp": lambda u, p: fn("exp", u),
    "log": lambda u, p: fn("log", u),
    "logit": lambda u, p: power(add(ONE, fn("exp", neg(u))), -1),
    "sinh": lambda u, p: fn("sinh", u),
}


def _change(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    t, u, c, d = p.term("integrand"), p.name("variable"), p.term("low"), p.term("high")
    if p.name("map") not in _MAPS:
        raise No(f"no map is known by the name {p.name('map')}", covered=False)
    phi = _MAPS[p.name("map")](sym(u), p)
    if u == x or u in free(t) | free(lo) | free(hi) | free(c) | free(d) | ctx.known():
        raise No("the new variable already occurs")
    if x in free(phi) | free(c) | free(d):
        raise No("a substitution names the old variable")
    direction, slope, low, high = monotone(phi, u, c, d, ctx)
    if not (same_end(low, lo, ctx) and same_end(high, hi, ctx)):
        raise No("the new variable does not run over the range of integration")
    new = mul(substitute(t, {x: phi}), slope if direction > 0 else neg(slope))
    return t, value_of(new, u, c, d, p.subs("parts"), ctx)


def _moments(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    c, n = p.term("c"), p.raw.get("n", 0)
    if type(n) is not int:
        raise Bad("'n' is a whole number")
    if not 0 <= n <= MAX_MOMENT or x in free(c):
        raise No(f"a lemma is about moments up to {MAX_MOMENT}")
    m, s = _constants(p, "m s", x, ctx, "s")
    for end in (lo, hi):
        if end[0] != "inf":
            defined(end, ctx)
    if x in free(lo) | free(hi) or not ordered(lo, hi, ctx):
        raise No("the ends of an interval are not known to be in order")

    def density(at: Term) -> Term:
        z = div(sub(at, m), s)
        return div(fn("exp", neg(mul(HALF, power(z, 2)))), mul(s, sqrt(mul(TWO, PI))))

    def below(end: Term) -> Term:
        """The distribution function."""
        if end[0] == "inf":
            return ONE if end[1] > 0 else ZERO
        return mul(HALF, add(ONE, fn("erf", div(sub(end, m), mul(s, sqrt(TWO))))))

    def edge(end: Term, k: int) -> Term:
        return ZERO if end[0] == "inf" else mul(power(end, k) if k else ONE, density(end))

    moments = [sub(below(hi), below(lo))]
    for k in range(1, n + 1):
        before = mul(num(k - 1), power(s, 2), moments[k - 2]) if k > 1 else ZERO
        boundary = mul(power(s, 2), sub(edge(hi, k - 1), edge(lo, k - 1)))
        moments.append(add(mul(m, moments[k - 1]), before, neg(boundary)))
    return mul(c, power(sym(x), n) if n else ONE, density(sym(x))), mul(c, moments[n])


def _cases(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    t = p.term("integrand")
    condition, first, second, edge = cases(p, x, t, ctx)
    high, low = (value_of(t, x, lo, hi, p.subs(k), c) for k, c in (("above", first), ("below", second)))
    if edge is not None:
        between = value_of(t, x, lo, hi, p.subs("edge"), edge)
        need_same(between, high, edge, "where the cases meet the value is another")
    return t, ("piecewise", (condition, high), (("true",), low))


def _left(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    t = p.term("integrand")
    integrable(t, ((x, lo, hi),), ctx)
    return t, ("integral", t, (x, lo, hi))


def _mass(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    f = p.name("function")
    _over(lo, hi, _INFINITE, ctx)
    spec = ctx.functions.get(f)
    at = p.terms("at") if p.has("at") else ()
    if spec is None or not spec.density or spec.arity != 1 + len(at) or any(x in free(a) for a in at):
        raise No(f"{f} is not declared a probability density")
    for a in at:
        defined(a, ctx)
    return ("app", f, (0,) * spec.arity, (sym(x), *at)), ONE


def _multiple(p: Data, x: str, lo: Term, hi: Term, ctx: Ctx) -> Part:
    c, t = p.term("factor"), p.term("integrand")
    if x in free(c):
        raise No("a constant factor depends on the variable of integration")
    integrable(t, ((x, lo, hi),), ctx)
    return mul(c, t), mul(c, ("integral", t, (x, lo, hi)))


LEMMAS: Final[Mapping[str, Callable[[Data, str, Term, Term, Ctx], Part]]] = {
    "ftc": _antiderivative,
    "gamma": _gamma,
    "beta": _beta,
    "pieces": _pieces,
    "change": _change,
    "cases": _cases,
    "gaussian": _moments,
    "left": _left,
    "mass": _mass,
    "scaled": _multiple,
}
