r"""Inequalities a step may rest on: each theorem says in which relation its left side stands to its right side.

``bound`` claim {before, after, op, bound: {theorem, lhs, rhs, …}, factor}: before − after = k (lhs − rhs), and the
theorem gives lhs ≤ rhs or lhs ≥ rhs; with k ≥ 0 the same relation holds between the lines, with k ≤ 0 the opposite.

φ is *convex on (lo, hi)* here if it is C² there and φ'' ≥ 0; that |t| is convex is not seen.

* ``jensen`` {variable t, phi, low, high, inner g, law, mass}: E φ(g) ≥ φ(E g) for φ convex on (lo, hi), ≤ for −φ.
  The law has a density ≥ 0 of mass one; lo < g < hi on its support; E|g| and E|φ(g)| are finite. Then E g lies in
  (lo, hi), and φ lies above its tangent there.
* ``jensen_each`` {variable t, phi, low, high, inner G, mass}: the same for an expectation over independent coordinates
  (``theorems.draws``): E φ(G) ≥ φ(E G), lo < G < hi for all coordinates in their ranges.
* ``more_draws`` {variable t, phi, low, high, summand g, index j, mass}: E φ(1/m Σ_j g(x_j)) ≥ E φ(1/n Σ_j g(x_j)) for
  φ convex on (lo, hi), m ≥ 1 independent coordinates of one law of mass one on the left, one more, n = m + 1, on the
  right; lo < g < hi, both expectations absolutely convergent. For the mean of n numbers is the mean of the n means of
  all but one of them; φ of it is at most the mean of φ at those, and each of those has the law of the mean of m.
* ``gibbs`` {p, q, mass_p, mass_q}: E_p[log p − log q] ≥ 0 for densities p ≥ 0, q > 0 of mass one on one support, the
  expectation absolutely convergent: −log t ≥ 1 − t at t = q/p.
* ``tangent`` {variable t, phi, low, high, point a, at b}: φ(a) ≥ φ(b) + φ'(b)(a − b) for φ convex on (lo, hi) ∋ a, b.
* ``monotone`` {below f, above g, law, pointwise}: E f ≤ E g for f ≤ g on the support, density ≥ 0, both absolutely
  convergent. ``pointwise`` is an instance of ``tangent`` under lo < x < hi; without it the sign of g − f is asked for.
* ``cauchy_schwarz`` {first f, second g, law}: E[f g]² ≤ E[f²] E[g²], density ≥ 0, both second moments finite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative, unfold
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.limits import continuous, localise
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.coordinates import read_each, single
from symrep.kernel.theorems.draws import integrable_each, mass_one, nonnegative
from symrep.kernel.theorems.image import in_order
from symrep.kernel.theorems.instance import Instance, check_binders
from symrep.kernel.theorems.integrals import unit_mass
from symrep.kernel.theorems.recording import equal, noted
from symrep.kernel.theorems.summation import in_range
from symrep.kernel.theorems.under import between
from symrep.term import (
    ONE,
    ZERO,
    Term,
    add,
    fn,
    free_symbols,
    fresh,
    map_children,
    mul,
    num,
    power,
    sub,
    substitute,
    sym,
)
from symrep.verdict import Reason

__all__ = ["BOUNDS", "bound"]

#: a number that was shown to lie between two others
Value = tuple[Term, Term, Term]
#: the relation between the sides of the instance, what was used, and values shown on the way
Found = tuple[str, tuple[str, ...], tuple[Value, ...]]
_SCOPES: Final = frozenset(
    (
        "diff",
        "limit",
        "integral",
        "sum",
        "product",
        "det",
        "vector",
        "jacobian",
        "law",
        "expect",
        "sample_mean",
        "expect_sample",
        "expect_each",
        "push",
        "iprod",
        "kl",
    )
)
TURNED: Final = {"<=": ">=", ">=": "<="}


def bound(i: Instance, ctx: Context) -> tuple[str, ...]:
    """``before op after`` by one inequality; see the module.

    Raises:
        NotProved: it is not established.
    """
    step, op = i.sub("bound"), i.name("op")
    name = step.name("theorem")
    if op not in TURNED or name not in BOUNDS:
        raise NotProved(f"the kernel has no inequality {name} for the relation {op}", Reason.NOTHING_APPLIED)
    found, facts, values = BOUNDS[name](step, ctx)
    k = i.term("factor") if i.has("factor") else ONE
    if not prove_sign(k, ">=" if found == op else "<=", domain(ctx)):
        words = f"{name} gives {found}; the line needs {op}"
        raise NotProved(words, Reason.RELATION_FAILS if k == ONE else Reason.NOTHING_APPLIED)
    lines = sub(i.term("before"), i.term("after"))
    sides = mul(k, sub(step.term("lhs"), step.term("rhs")))
    (lines, sides), ctx = _named((lines, sides), values, ctx)
    before = noted()
    equal(lines, sides, ctx)
    if noted() > before:
        raise NotProved("the two lines differ from the inequality on a null set", Reason.NOTHING_APPLIED)
    return facts


def _named(terms: tuple[Term, ...], values: tuple[Value, ...], ctx: Context) -> tuple[tuple[Term, ...], Context]:
    """Terms with a symbol for each value that is known to lie between two others; where it stands under a binder or a
    derivative it stays.
    """
    for value, lo, hi in values:
        taken = {*ctx.symbols, *(n for t in (*terms, *(v for w in values for v in w)) for n in free_symbols(t))}
        name = fresh("m", taken | {n for r in ctx.given for n in free_symbols(r)})

        def put(s: Term, value: Term = value, name: str = name) -> Term:
            if s == value:
                return sym(name)
            return s if s[0] in _SCOPES else map_children(s, put, lambda c: c)

        terms, ctx = tuple(map(put, terms)), between(name, lo, hi, ctx)
    return terms, ctx


# --- pieces -------------------------------------------------------------------------------------------------------


def _density_law(law: Term, ctx: Context, mass: tuple[Instance, ...] | None) -> tuple[str, Term, Term, Term]:
    """One variable, a density that is nowhere negative, of mass one if ``mass`` is to show it."""
    if law[0] != "law" or len(law[1]) != 1:
        raise NotProved("this theorem is about a law in one variable", Reason.DOES_NOT_APPLY)
    ((x, lo, hi),) = law[1]
    if not in_order(lo, hi, ctx) or not prove_sign(law[2], ">=", domain(ctx, {x: (lo, hi)})):
        raise NotProved("the density is not known to be >= 0", Reason.DOMAIN)
    if mass is not None:
        unit_mass(law, mass, ctx)
    return x, lo, hi, law[2]


def _inside(t: Term, lo: Term, hi: Term, ctx: Context, box: Mapping[str, tuple[Term, Term]]) -> None:
    """Lo < t < hi."""
    dom = domain(ctx, box)
    below = lo == ("inf", -1) or (lo[0] != "inf" and prove_sign(sub(t, lo), ">", dom))
    above = hi == ("inf", 1) or (hi[0] != "inf" and prove_sign(sub(hi, t), ">", dom))
    if not (below and above):
        raise NotProved("a value may lie outside the interval on which the function is convex", Reason.DOMAIN)


def _convexity(i: Instance, ctx: Context, banned: frozenset[str]) -> tuple[str, Term, str, Term, Term, Term]:
    """(">=" for a convex φ and "<=" for a concave one, φ, its variable, lo, hi, φ')."""
    t, phi, lo, hi = i.name("variable"), i.term("phi"), i.term("low"), i.term("high")
    outside = free_symbols(lo) | free_symbols(hi) | banned
    spoken = frozenset[str]().union(*(free_symbols(r) for r in ctx.given)) if ctx.given else frozenset[str]()
    if t in outside or t in ctx.symbols or t in spoken:
        raise NotProved(f"the variable {t} of the convex function already means something", Reason.ERROR)
    if (free_symbols(phi) - {t}) & banned:
        raise NotProved("the convex function depends on the variable of the law", Reason.DOMAIN)
    if not in_order(lo, hi, ctx):
        raise NotProved("the ends of the interval are not known to be in order", Reason.DOMAIN)
    check_binders((("integral", phi, (t, lo, hi)),), ctx)
    slope = derivative(phi, t, ctx)
    continuous(phi, t, lo, hi, ctx)
    continuous(slope, t, lo, hi, ctx)
    bend, dom = derivative(slope, t, ctx), domain(ctx, {t: (lo, hi)})
    for op in (">=", "<="):
        if prove_sign(bend, op, dom):
            return op, phi, t, lo, hi, slope
    raise NotProved("the function is not known to be convex or concave", Reason.NOTHING_APPLIED)


# --- theorems -----------------------------------------------------------------------------------------------------


def jensen(i: Instance, ctx: Context) -> Found:
    law, g = i.term("law"), i.term("inner")
    x, low, high, density = _density_law(law, ctx, i.subs("mass"))
    op, phi, t, lo, hi, _ = _convexity(i, ctx, frozenset((x,)))
    if t in free_symbols(g) | free_symbols(law):
        raise NotProved(f"the variable {t} of the convex function already means something", Reason.ERROR)
    _inside(g, lo, hi, ctx, {x: (low, high)})
    image = substitute(phi, {t: g})
    facts = tuple(integrable(mul(b, density), law[1], ctx).text for b in (g, image))
    mean: Term = ("expect", g, law)
    values = ((mean, lo, hi),)
    equal(i.term("lhs"), ("expect", image, law), ctx)
    (stated, computed), inner = _named((i.term("rhs"), substitute(phi, {t: mean})), values, ctx)
    equal(stated, computed, inner)
    return op, (f"the function is {'convex' if op == '>=' else 'concave'}", *facts), values


def jensen_each(i: Instance, ctx: Context) -> Found:
    lhs, g = i.term("lhs"), i.term("inner")
    e = read_each(lhs, ctx)
    mass_one(e, i.subs("mass"), ctx)
    nonnegative(e, ctx)
    op, phi, t, lo, hi, _ = _convexity(i, ctx, frozenset((e.x,)))
    if t in free_symbols(g) | free_symbols(lhs):
        raise NotProved(f"the variable {t} of the convex function already means something", Reason.ERROR)
    _inside(g, lo, hi, ctx, {})
    image = substitute(phi, {t: g})
    facts = tuple(f for b in (g, image) for f in integrable_each(e, b, ctx))
    mean: Term = ("expect_each", g, *lhs[2:])
    values = ((mean, lo, hi),)
    equal(lhs, ("expect_each", image, *lhs[2:]), ctx)
    (stated, computed), inner = _named((i.term("rhs"), substitute(phi, {t: mean})), values, ctx)
    equal(stated, computed, inner)
    return op, (f"the function is {'convex' if op == '>=' else 'concave'}", *dict.fromkeys(facts)), values


def more_draws(i: Instance, ctx: Context) -> Found:
    lhs, rhs, g, j = i.term("lhs"), i.term("rhs"), i.term("summand"), i.name("index")
    few, many = read_each(lhs, ctx), read_each(rhs, ctx)
    if (few.x, few.i, few.law) != (many.x, many.i, many.law) or few.i in free_symbols(few.law):
        raise NotProved("the coordinates do not have one law on both sides", Reason.DOES_NOT_APPLY)
    if single(g, few.x) != sym(j):
        raise NotProved("the mean is not one of functions of single coordinates", Reason.DOES_NOT_APPLY)
    before = noted()
    equal(few.lo, many.lo, ctx)
    equal(add(few.hi, ONE), many.hi, ctx)
    if not prove_sign(sub(few.hi, few.lo), ">=", domain(ctx)):
        raise NotProved("there may be no coordinate at all", Reason.DOMAIN)
    mass_one(few, i.subs("mass"), ctx)
    nonnegative(few, ctx)
    op, phi, t, lo, hi, _ = _convexity(i, ctx, frozenset((few.x,)))
    if t in free_symbols(g) | free_symbols(lhs) | free_symbols(rhs) | {j}:
        raise NotProved(f"the variable {t} of the convex function already means something", Reason.ERROR)
    _inside(g, lo, hi, in_range(ctx, j, many.lo, many.hi), {})
    facts = list[str]()
    for e, side in ((few, lhs), (many, rhs)):
        facts += integrable_each(e, unfold(side[1], ctx), ctx)
        count = add(e.hi, mul(num(-1), e.lo), ONE)
        mean = mul(power(count, num(-1)), ("sum", g, (j, e.lo, e.hi)))
        equal(side, ("expect_each", substitute(phi, {t: mean}), *side[2:]), ctx)
    if noted() > before:
        raise NotProved("a line is known off a null set only", Reason.NOTHING_APPLIED)
    return op, (f"the function is {'convex' if op == '>=' else 'concave'}", *dict.fromkeys(facts)), ()


def gibbs(i: Instance, ctx: Context) -> Found:
    p, q = i.term("p"), i.term("q")
    x, lo, hi, density = _density_law(p, ctx, i.subs("mass_p"))
    y, q_lo, q_hi, _ = _density_law(q, ctx, i.subs("mass_q"))
    if (lo, hi) != (q_lo, q_hi):
        raise NotProved("the densities live on different supports", Reason.SUPPORT_WRONG)
    other = substitute(q[2], {y: sym(x)}) if x == y or x not in free_symbols(q) else None
    if other is None:
        raise NotProved(f"{x} occurs in both laws and means different things", Reason.ERROR)
    if not prove_sign(other, ">", domain(ctx, {x: (lo, hi)})):
        raise NotProved("the second density may vanish where the first does not", Reason.SUPPORT_WRONG)
    ratio = sub(fn("log", density), fn("log", other))
    fact = integrable(mul(ratio, density), p[1], ctx).text
    equal(i.term("lhs"), ("expect", ratio, p), ctx)
    equal(i.term("rhs"), ZERO, ctx)
    return ">=", ("both are densities of mass one on one support", fact), ()


def tangent(i: Instance, ctx: Context) -> Found:
    a, b = i.term("point"), i.term("at")
    op, phi, t, lo, hi, slope = _convexity(i, ctx, frozenset())
    if t in free_symbols(a) | free_symbols(b):
        raise NotProved(f"the variable {t} of the convex function already means something", Reason.ERROR)
    for end in (a, b):
        _inside(end, lo, hi, ctx, {})
    line = add(substitute(phi, {t: b}), mul(substitute(slope, {t: b}), sub(a, b)))
    equal(i.term("lhs"), substitute(phi, {t: a}), ctx)
    equal(i.term("rhs"), line, ctx)
    return op, (f"the function is {'convex' if op == '>=' else 'concave'} and lies on one side of its tangent",), ()


def monotone(i: Instance, ctx: Context) -> Found:
    law, f, g = i.term("law"), i.term("below"), i.term("above")
    x, lo, hi, density = _density_law(law, ctx, None)
    facts = tuple(integrable(mul(b, density), law[1], ctx).text for b in (f, g))
    if i.has("pointwise"):
        step = i.sub("pointwise")
        if step.name("theorem") != "tangent":
            raise NotProved("only the tangent inequality is used under an expectation", Reason.DOES_NOT_APPLY)
        inner = between(x, lo, hi, localise(ctx, frozenset((x,))))
        check_binders((step.term("lhs"), step.term("rhs")), inner)
        found, more, _ = tangent(step, inner)
        sides = (step.term("lhs"), step.term("rhs")) if found == "<=" else (step.term("rhs"), step.term("lhs"))
        box = {x: (lo, hi)}
        equal(sub(g, f), sub(sides[1], sides[0]), ctx, box)
        facts = (*facts, *more)
    elif not prove_sign(sub(g, f), ">=", domain(ctx, {x: (lo, hi)})):
        raise NotProved("the integrands are not known to be in this order everywhere", Reason.NOTHING_APPLIED)
    equal(i.term("lhs"), ("expect", f, law), ctx)
    equal(i.term("rhs"), ("expect", g, law), ctx)
    return "<=", facts, ()


def cauchy_schwarz(i: Instance, ctx: Context) -> Found:
    law, f, g = i.term("law"), i.term("first"), i.term("second")
    *_, density = _density_law(law, ctx, None)
    squares = (power(f, num(2)), power(g, num(2)))
    facts = tuple(integrable(mul(b, density), law[1], ctx).text for b in (*squares, mul(f, g)))
    equal(i.term("lhs"), power(("expect", mul(f, g), law), num(2)), ctx)
    equal(i.term("rhs"), mul(*(("expect", s, law) for s in squares)), ctx)
    return "<=", facts, ()


BOUNDS: Final[Mapping[str, Callable[[Instance, Context], Found]]] = {
    "jensen": jensen,
    "jensen_each": jensen_each,
    "more_draws": more_draws,
    "gibbs": gibbs,
    "tangent": tangent,
    "monotone": monotone,
    "cauchy_schwarz": cauchy_schwarz,
}
