"""A line that is below or above another by one inequality.

The claim is that ``before`` stands to ``after`` as k·lhs to k·rhs; the theorem orders lhs and rhs, and k has a sign.
Each theorem answers +1 if lhs ≥ rhs and −1 if lhs ≤ rhs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.coordinates import absolutely, alone, family, masses, nonnegative
from symrep.audit.data import (
    MINUS,
    ONE,
    ZERO,
    No,
    Term,
    add,
    binding,
    fn,
    free,
    fresh,
    mul,
    power,
    rebuild,
    sub,
    substitute,
    sym,
)
from symrep.audit.derive import derivative
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable, ordered
from symrep.audit.normal import need_same, same_everywhere
from symrep.audit.regular import SMOOTH, Interior, proved
from symrep.audit.signs import compare, holds
from symrep.audit.summing import among
from symrep.audit.values import unit_mass

__all__ = ["bound", "sides"]

#: a number and the open interval it was shown to lie in
Placed = tuple[Term, Term, Term]
Answer = tuple[int, tuple[Placed, ...]]


def sides(step: Data) -> list[Term]:
    """Every term of an instance in which something is bound."""
    return [step.term(k) for k in ("lhs", "rhs", "law", "p", "q") if k in ("lhs", "rhs") or step.has(k)]


def bound(data: Data, ctx: Ctx) -> None:
    """Raises No unless the two lines are established to be in the relation that is claimed."""
    step = data.sub("bound")
    name, wanted = step.name("theorem"), {">=": 1, "<=": -1}.get(data.name("op"))
    if wanted is None or name not in _BOUNDS:
        raise No("no such inequality for this relation", covered=False)
    found, placed = _BOUNDS[name](step, ctx)
    factor = data.term("factor") if data.has("factor") else ONE
    if not holds(factor, ">=" if found == wanted else "<=", ctx):
        raise No("the inequality points the other way, or the sign of its factor is open")
    left = sub(data.term("before"), data.term("after"))
    right = mul(factor, sub(step.term("lhs"), step.term("rhs")))
    _same_exactly(left, right, placed, ctx, "the lines do not differ by the inequality")


def _same_exactly(a: Term, b: Term, placed: Sequence[Placed], ctx: Ctx, why: str) -> None:
    """Equal everywhere, given where some numbers in them lie."""
    for value, lo, hi in placed:
        name = fresh(free(a) | free(b) | ctx.known() | frozenset().union(*map(free, (value, *ctx.given, *ctx.facts))))
        a, b = (_rename(t, value, name) for t in (a, b))
        ctx = replace(ctx, kinds={**ctx.kinds, name: "real"}, memory={})
        for end, op in ((lo, ">"), (hi, "<")):
            if end[0] != "inf":
                ctx = ctx.assume(sym(name), op, end)
    ctx = ctx.quiet()
    need_same(a, b, ctx, why)
    if ctx.notes:
        raise No(f"{why} on a null set")


def _rename(t: Term, value: Term, name: str) -> Term:
    """A symbol for a number, where nothing binds or differentiates around it."""
    if t == value:
        return sym(name)
    if binding(t) or t[0] not in ("add", "mul", "pow", "fn", "piecewise", "rel", "and", "or", "not"):
        return t
    return rebuild(t, lambda s: _rename(s, value, name), lambda s: s)


def _measure(law: Term, ctx: Ctx) -> tuple[str, Term, Term, Ctx]:
    """The variable of a law on an interval whose density is nowhere below 0."""
    if law[0] != "law" or len(law[1]) != 1:
        raise No("a law of several variables", covered=False)
    ((x, lo, hi),) = law[1]
    inside = ctx.inside({x: (lo, hi)})
    if not ordered(lo, hi, ctx) or not holds(law[2], ">=", inside):
        raise No("a density may be negative")
    return x, lo, hi, inside


def _between(t: Term, lo: Term, hi: Term, ctx: Ctx) -> bool:
    low = lo == ("inf", -1) or (lo[0] != "inf" and compare(t, ">", lo, ctx))
    return low and (hi == ("inf", 1) or (hi[0] != "inf" and compare(t, "<", hi, ctx)))


def _bent(i: Data, ctx: Ctx, apart: frozenset[str]) -> tuple[int, Callable[[Term], Term], Callable[[Term], Term]]:
    """(1 if convex, −1 if concave; the function; its slope): C², the second derivative of one sign."""
    t, phi, lo, hi = i.name("variable"), i.term("phi"), i.term("low"), i.term("high")
    spoken = frozenset().union(*map(free, (*ctx.given, *ctx.facts)))
    if t in ctx.known() | spoken | apart | free(lo) | free(hi) or (free(phi) | free(lo) | free(hi)) & apart:
        raise No("a symbol of the convex function means something else as well")
    if not ordered(lo, hi, ctx):
        raise No("the interval of the convex function may be empty")
    inside = replace(ctx.inside({t: (lo, hi)}), fibre=frozenset())
    regular = Interior(inside, {t})
    regular.need(phi, SMOOTH)
    slope = derivative(phi, t, inside)
    regular.need(slope, SMOOTH)
    bend = derivative(slope, t, inside)
    for way, op in ((1, ">="), (-1, "<=")):
        if holds(bend, op, inside):
            return way, lambda s: substitute(phi, {t: s}), lambda s: substitute(slope, {t: s})
    raise No("the second derivative is not known to keep its sign")


def _jensen(i: Data, ctx: Ctx) -> Answer:
    law, g = i.term("law"), i.term("inner")
    x, _, _, inside = _measure(law, ctx)
    unit_mass(law, i.subs("mass"), ctx)
    way, phi, _ = _bent(i, ctx, frozenset({x}))
    lo, hi = i.term("low"), i.term("high")
    if i.name("variable") in free(g) | free(law) or not _between(g, lo, hi, inside):
        raise No("a value may lie where the function is not known to be convex")
    for s in (g, phi(g)):
        integrable(mul(s, law[2]), law[1], ctx)
    mean: Term = ("expect", g, law)
    need_same(i.term("lhs"), ("expect", phi(g), law), ctx, "the left side is not the mean of the function")
    _same_exactly(i.term("rhs"), phi(mean), [(mean, lo, hi)], ctx, "the right side is not the function of the mean")
    return way, ((mean, lo, hi),)


def _jensen_each(i: Data, ctx: Ctx) -> Answer:
    lhs, g = i.term("lhs"), i.term("inner")
    masses(lhs, i.subs("mass"), ctx)
    nonnegative(lhs, ctx)
    x, t = lhs[2], i.name("variable")
    way, phi, _ = _bent(i, ctx, frozenset({x}))
    lo, hi = i.term("low"), i.term("high")
    if t in free(g) | free(lhs) or not _between(g, lo, hi, ctx):
        raise No("a value may lie where the function is not known to be convex")
    for s in (g, phi(g)):
        absolutely(lhs, s, ctx)
    mean: Term = ("expect_each", g, *lhs[2:])
    need_same(lhs, ("expect_each", phi(g), *lhs[2:]), ctx, "the left side is not the mean of the function")
    _same_exactly(i.term("rhs"), phi(mean), [(mean, lo, hi)], ctx, "the right side is not the function of the mean")
    return way, ((mean, lo, hi),)


def _more_draws(i: Data, ctx: Ctx) -> Answer:
    """E φ(mean of m) against E φ(mean of m + 1): leave one of m + 1 out, each in turn."""
    few, many, g, j = i.term("lhs"), i.term("rhs"), i.term("summand"), i.name("index")
    less, more = family(few, ctx), family(many, ctx)
    ((k, lo, hi), (_, low, high)) = less.where, more.where
    if (less.name, less.law, k) != (more.name, more.law, more.where[0]) or k in free(less.law):
        raise No("the draws do not have one law on both sides")
    if not (
        same_everywhere(lo, low, ctx) and same_everywhere(add(hi, ONE), high, ctx) and proved(sub(hi, lo), ">=", ctx)
    ):
        raise No("the two sides do not differ by one draw, or there may be none")
    if alone(g, less.name) != sym(j):
        raise No("no mean of functions of single draws")
    masses(few, i.subs("mass"), ctx)
    nonnegative(few, ctx)
    way, phi, _ = _bent(i, ctx, frozenset({less.name}))
    if i.name("variable") in free(g) | free(few) | free(many) | {j}:
        raise No("a symbol of the convex function means something else as well")
    if not _between(g, i.term("low"), i.term("high"), among((j, low, high), ctx)):
        raise No("a value may lie where the function is not known to be convex")
    for node, (_, a, b) in ((few, less.where), (many, more.where)):
        absolutely(node, node[1], ctx)
        mean = mul(power(add(sub(b, a), ONE), MINUS), ("sum", g, (j, a, b)))
        if not same_everywhere(node, ("expect_each", phi(mean), *node[2:]), ctx):
            raise No("a side is not the mean of the function at the mean of the draws")
    return way, ()


def _gibbs(i: Data, ctx: Ctx) -> Answer:
    p, q = i.term("p"), i.term("q")
    x, lo, hi, inside = _measure(p, ctx)
    y, low, high, _ = _measure(q, ctx)
    unit_mass(p, i.subs("mass_p"), ctx)
    unit_mass(q, i.subs("mass_q"), ctx)
    if (lo, hi) != (low, high) or (x != y and x in free(q)):
        raise No("the two densities live on different sets")
    other = q[2] if x == y else substitute(q[2], {y: sym(x)})
    if not holds(other, ">", inside):
        raise No("the second density may vanish")
    ratio = sub(fn("log", p[2]), fn("log", other))
    integrable(mul(ratio, p[2]), p[1], ctx)
    need_same(i.term("lhs"), ("expect", ratio, p), ctx, "this is not the divergence of the two laws")
    need_same(i.term("rhs"), ZERO, ctx, "a divergence is compared with 0")
    return 1, ()


def _tangent(i: Data, ctx: Ctx) -> Answer:
    a, b = i.term("point"), i.term("at")
    way, phi, slope = _bent(i, ctx, frozenset())
    lo, hi, t = i.term("low"), i.term("high"), i.name("variable")
    if t in free(a) | free(b) or not all(_between(s, lo, hi, ctx) for s in (a, b)):
        raise No("a point may lie where the function is not known to be convex")
    need_same(i.term("lhs"), phi(a), ctx, "the left side is not the function at the point")
    need_same(i.term("rhs"), add(phi(b), mul(slope(b), sub(a, b))), ctx, "the right side is not the tangent")
    return way, ()


def _monotone(i: Data, ctx: Ctx) -> Answer:
    law, f, g = i.term("law"), i.term("below"), i.term("above")
    inside = _measure(law, ctx)[3]
    for s in (f, g):
        integrable(mul(s, law[2]), law[1], ctx)
    if i.has("pointwise"):
        step = i.sub("pointwise")
        if step.name("theorem") != "tangent":
            raise No("another inequality under an expectation", covered=False)
        way, _ = _tangent(step, inside)
        need_same(sub(g, f), mul(("num", way, 1), sub(step.term("lhs"), step.term("rhs"))), inside, "other integrands")
    elif not holds(sub(g, f), ">=", inside):
        raise No("the integrands are not known to be in this order")
    need_same(i.term("lhs"), ("expect", f, law), ctx, "the left side is another expectation")
    need_same(i.term("rhs"), ("expect", g, law), ctx, "the right side is another expectation")
    return -1, ()


def _cauchy_schwarz(i: Data, ctx: Ctx) -> Answer:
    law, f, g = i.term("law"), i.term("first"), i.term("second")
    _measure(law, ctx)
    for s in (mul(f, g), power(f, 2), power(g, 2)):
        integrable(mul(s, law[2]), law[1], ctx)
    need_same(i.term("lhs"), power(("expect", mul(f, g), law), 2), ctx, "the left side is another")
    right = mul(("expect", power(f, 2), law), ("expect", power(g, 2), law))
    need_same(i.term("rhs"), right, ctx, "the right side is another")
    return -1, ()


_BOUNDS: Final[Mapping[str, Callable[[Data, Ctx], Answer]]] = {
    "jensen": _jensen,
    "jensen_each": _jensen_each,
    "more_draws": _more_draws,
    "gibbs": _gibbs,
    "tangent": _tangent,
    "monotone": _monotone,
    "cauchy_schwarz": _cauchy_schwarz,
}
