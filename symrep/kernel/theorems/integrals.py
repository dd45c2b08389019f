r"""Values of integrals, from proposed antiderivatives, substitutions and a table of stated lemmas.

``evaluate`` proves ∫ t dx = Σ_k v_k where t = Σ_k t_k is proved on the interval and each ∫ t_k, absolutely convergent,
is one of

* ``ftc``: pieces (a_i, b_i, F_i) with F_i continuous on (a_i, b_i), F_i' = t_k there, and one-sided limits at the ends
  proved; t_k absolutely integrable, so the improper integral is the Lebesgue integral;
* ``pieces``: {integrand, pieces: [{lo, hi, parts}]}: the interval cut at points proved to be in order, each piece by
  its own parts;
* ``change``: {integrand, map, variable, low, high, parts, …}: a substitution out of ``theorems.maps``;
* ``cases``: {integrand, on, op, above, below, edge}: by parts of its own on each side of d = 0, d a polynomial in the
  parameters (``theorems.dichotomy``); the value is piecewise;
* ``left``: {integrand}: left as the integral it is, absolutely convergent;
* ``gamma``: c x^(a−1) e^(−bx) on (0, ∞), a, b > 0: c Γ(a) b^(−a) (DLMF 5.9.1 with μ = 1);
* ``beta``: c x^(a−1) (1−x)^(b−1) on (0, 1), a, b > 0: c B(a, b) (DLMF 5.12.1);
* ``gaussian``: c xⁿ times a normal density, over any interval: see ``theorems.lemmas.normal_law``;
* ``mass``: a function declared a probability density, over ℝ: 1; ``at``: with which further arguments, free of x;
* ``scaled``: {factor, integrand}: a constant times an absolutely convergent integral;
* a row of the table in ``theorems.lemmas``: {c, the row's parameters as terms, its orders as whole numbers}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.limits import continuous, limit
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.dichotomy import sides_of
from symrep.kernel.theorems.image import in_order, same_end
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.lemmas import LEMMAS, instance
from symrep.kernel.theorems.lemmas.normal_law import gaussian
from symrep.kernel.theorems.lemmas.row import HALF_LINE, LINE, UNIT
from symrep.kernel.theorems.maps import change
from symrep.kernel.theorems.recording import equal
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, fn, free_symbols, mul, power, sub, sym
from symrep.verdict import Reason

__all__ = ["evaluate", "unit_mass"]


def evaluate(t: Term, x: str, lo: Term, hi: Term, parts: tuple[Instance, ...], ctx: Context) -> Term:
    """The value of ∫_lo^hi t dx as a term, each part checked.

    Raises:
        NotProved: some part does not check.
    """
    integrands, values = [], []
    for p in parts:
        kind = p.name("kind")
        if kind in LEMMAS:
            integrand, value = instance(LEMMAS[kind], p, x, lo, hi, ctx)
        elif kind in _KINDS:
            integrand, value = _KINDS[kind](p, x, lo, hi, ctx)
        else:
            raise NotProved(f"no lemma is called {kind}", Reason.NOTHING_APPLIED)
        integrands.append(integrand)
        values.append(value)
    equal(t, add(*integrands) if integrands else ZERO, ctx, {x: (lo, hi)})
    return add(*values) if values else ZERO


def unit_mass(law: Term, parts: tuple[Instance, ...], ctx: Context) -> None:
    """Proves that the law's density integrates to one.

    Raises:
        NotProved: it is not established.
    """
    if len(law[1]) != 1:
        raise NotProved("the total mass of a joint law is taken one coordinate at a time", Reason.NOTHING_APPLIED)
    ((x, lo, hi),) = law[1]
    value = evaluate(law[2], x, lo, hi, parts, ctx)
    try:
        equal(value, ONE, ctx)
    except NotProved as e:
        raise NotProved(f"the law's total mass is not known to be 1 ({e})", e.reason) from e


def _ftc(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    t = p.term("integrand")
    at = lo
    total: list[Term] = []
    for piece in p.subs("pieces"):
        a, b, f = piece.term("lo"), piece.term("hi"), piece.term("antiderivative")
        if not same_end(at, a, ctx):
            raise NotProved("the pieces leave a gap", Reason.NOTHING_APPLIED)
        if x in free_symbols(a) | free_symbols(b) or not in_order(a, b, ctx):
            raise NotProved("the pieces are not known to be in order", Reason.NOTHING_APPLIED)
        continuous(f, x, a, b, ctx)
        equal(derivative(f, x, ctx), t, ctx, {x: (a, b)})
        top = limit(f, x, b, "-", ctx, (a, b))
        bottom = limit(f, x, a, "+", ctx, (a, b))
        if top[0] == "inf" or bottom[0] == "inf":
            raise NotProved("the antiderivative is unbounded at an end", Reason.NOT_INTEGRABLE)
        total += [top, mul(MINUS_ONE, bottom)]
        at = b
    if not same_end(at, hi, ctx):
        raise NotProved("the pieces do not reach the upper limit", Reason.NOTHING_APPLIED)
    integrable(t, ((x, lo, hi),), ctx)
    return t, add(*total) if total else ZERO


def _free_of(x: str, *ts: Term) -> None:
    if any(x in free_symbols(t) for t in ts):
        raise NotProved(f"a constant of the lemma depends on {x}", Reason.NOTHING_APPLIED)


def _positive(ctx: Context, *ts: Term) -> None:
    for t in ts:
        if not prove_sign(t, ">", domain(ctx)):
            raise NotProved("a parameter of the lemma is not known to be positive", Reason.NOT_INTEGRABLE)


def _range(x_range: tuple[Term, Term], lo: Term, hi: Term) -> None:
    if (lo, hi) != x_range:
        raise NotProved("the lemma is about another interval", Reason.NOTHING_APPLIED)


def _gamma(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    c, a, b = p.term("c"), p.term("a"), p.term("b")
    _range(HALF_LINE, lo, hi)
    _free_of(x, c, a, b)
    _positive(ctx, a, b)
    t = mul(c, power(sym(x), add(a, MINUS_ONE)), fn("exp", mul(MINUS_ONE, b, sym(x))))
    return t, mul(c, fn("gamma", a), power(b, mul(MINUS_ONE, a)))


def _beta(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    c, a, b = p.term("c"), p.term("a"), p.term("b")
    _range(UNIT, lo, hi)
    _free_of(x, c, a, b)
    _positive(ctx, a, b)
    t = mul(c, power(sym(x), add(a, MINUS_ONE)), power(sub(ONE, sym(x)), add(b, MINUS_ONE)))
    return t, mul(c, fn("beta", a, b))


def _pieces(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    t = p.term("integrand")
    at, values = lo, []
    for piece in p.subs("pieces"):
        a, b = piece.term("lo"), piece.term("hi")
        if not same_end(at, a, ctx):
            raise NotProved("the pieces leave a gap", Reason.NOTHING_APPLIED)
        if x in free_symbols(a) | free_symbols(b) or not in_order(a, b, ctx):
            raise NotProved("the pieces are not known to be in order", Reason.NOTHING_APPLIED)
        values.append(evaluate(t, x, a, b, piece.subs("parts"), ctx))
        at = b
    if not same_end(at, hi, ctx):
        raise NotProved("the pieces do not reach the upper limit", Reason.NOTHING_APPLIED)
    return t, add(*values) if values else ZERO


def _change(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    t = p.term("integrand")
    new, u, low, high = change(t, x, lo, hi, p, ctx)
    return t, evaluate(new, u, low, high, p.subs("parts"), ctx)


def _cases(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    t = p.term("integrand")
    sides = sides_of(p, x, t, ctx)
    above = evaluate(t, x, lo, hi, p.subs("above"), sides.above)
    below = evaluate(t, x, lo, hi, p.subs("below"), sides.below)
    if sides.edge is not None:
        equal(evaluate(t, x, lo, hi, p.subs("edge"), sides.edge), above, sides.edge)
    return t, ("piecewise", (sides.condition, above), (("true",), below))


def _left(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    t = p.term("integrand")
    integrable(t, ((x, lo, hi),), ctx)
    return t, ("integral", t, (x, lo, hi))


def _mass(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    f = p.name("function")
    spec = ctx.functions.get(f)
    _range(LINE, lo, hi)
    if spec is None or not spec.density:
        raise NotProved(f"{f} is not declared a probability density", Reason.NOT_DECLARED)
    more = p.terms("at") if p.has("at") else ()
    if len(more) != spec.arity - 1:
        raise NotProved(f"{f} takes {spec.arity} arguments", Reason.DOMAIN)
    _free_of(x, *more)
    return ("app", f, (0,) * spec.arity, (sym(x), *more)), ONE


def _scaled(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    c, t = p.term("factor"), p.term("integrand")
    _free_of(x, c)
    integrable(t, ((x, lo, hi),), ctx)
    return mul(c, t), mul(c, ("integral", t, (x, lo, hi)))


_KINDS: Final[Mapping[str, Callable[[Instance, str, Term, Term, Context], tuple[Term, Term]]]] = {
    "ftc": _ftc,
    "gamma": _gamma,
    "beta": _beta,
    "gaussian": gaussian,
    "pieces": _pieces,
    "change": _change,
    "cases": _cases,
    "left": _left,
    "mass": _mass,
    "scaled": _scaled,
}
