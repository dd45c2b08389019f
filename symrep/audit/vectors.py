r"""Undetermined functions of vectors, f(p, …, v), v with the entries v_k, lo ≤ k ≤ hi; and expectations over
independent coordinates x_i of what is built from such functions of vectors with polynomials in the x_i as entries.

*Size.* With M = 1 + max|x_i| a term is at most a constant times M^N, for an N found from the inside out: 0 for what is
free of the coordinates, 1 for one of them, sums and products as one expects, N·m for f(p, v) of growth m at entries of
size N. As M^N ≤ c (1 + Σ|x_i|^N), moments of the order N suffice for E of it.

*Theorems.* ``linear_each``: both sides agree when every expectation is taken apart, each part finite.
``interchange_vector``: d/dθ of E h, the constant being locally bounded in θ for dh/dθ. ``parts_each``: for the density
p of x_a on the line, p′ = −s p, and u = h p as a function of x_a alone, u and u′ = (dh/dx_a − s h) p are integrable for
almost all values of the other coordinates (Fubini), so that u tends to 0 at ±∞ and ∫ u′ = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    MINUS,
    ONE,
    ZERO,
    No,
    Term,
    add,
    binding,
    free,
    fresh,
    has,
    mul,
    num,
    power,
    rebuild,
    sub,
    substitute,
    sym,
    value,
    walk,
)
from symrep.audit.derive import derivative, slope_of
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable, open_domain
from symrep.audit.normal import need_same, same_everywhere
from symrep.audit.regular import CONTINUOUS, SMOOTH, Interior, proved, whole
from symrep.audit.summing import Range, among, integers

__all__ = ["everywhere_finite", "vector_theorems"]

MOST: Final = 40
#: (name of the coordinates, their range, the law of each)
Over = tuple[str, Range, Term]


def _over(node: Term, ctx: Ctx) -> Over:
    if node[0] != "expect_each":
        raise No(f"this theorem is not about {node[0]}")
    _, _, x, (_, i, lo, hi, law) = node
    if x in free(node[3]) or len(law[1]) != 1 or "inf" in (lo[0], hi[0]):
        raise No("laws that depend on the coordinates, or infinitely many")
    integers(ctx, lo, hi)
    return x, (i, lo, hi), law


def _names(*ts: Term) -> frozenset[str]:
    return frozenset(n for t in ts for s in walk(t) for n in free(s) | {b[0] for b in binding(s)})


def _done(t: Term, ctx: Ctx) -> Term:
    """Derivatives of numbers carried out; those of expectations are left."""
    t = rebuild(t, lambda s: _done(s, ctx), lambda s: _done(s, ctx))
    return derivative(t[1], t[2], ctx) if t[0] == "diff" and not has(t[1], "expect_each") else t


# --- size -------------------------------------------------------------------------------------------------------------


def _size(t: Term, over: Over, ctx: Ctx, theta: str = "", level: int = CONTINUOUS) -> int:
    """N; what is free of the coordinates has the level in θ, if one is given."""
    x, (_, low, high), _ = over
    still = frozenset((theta,)) if theta else frozenset[str]()

    def each(body: Term, where: Range, ctx: Ctx) -> int:
        k, lo, hi = where
        if hi[0] == "inf" or lo[0] == "inf" or (still | {x}) & (free(lo) | free(hi)) or k in still | {x}:
            raise No("how many terms there are is not fixed")
        integers(ctx, lo, hi)
        return go(body, among(where, ctx))

    def go(t: Term, ctx: Ctx) -> int:
        if x not in free(t):
            interior = Interior(ctx, still)
            if interior.level(t) < level:
                raise No("a number is not as smooth in the parameter as is needed")
            return 0
        head = t[0]
        if head == "index" and t[1] == x:
            inside = len(t) == 3 and whole(t[2], ctx) and not free(t[2]) & (still | {x})
            if not inside or not all(proved(d, ">=", ctx) for d in (sub(t[2], low), sub(high, t[2]))):
                raise No("a coordinate there may not be")
            return 1
        if head == "add":
            found = max(go(c, ctx) for c in t[1:])
        elif head == "mul":
            found = sum(go(c, ctx) for c in t[1:])
        elif head == "pow" and (e := value(t[2])) is not None and e.denominator == 1 and e >= 0:
            found = int(e) * go(t[1], ctx)
        elif head == "sum":
            found = each(t[1], t[2], ctx)
        elif head == "app" and t[3][-1][0] == "vector":
            found = function(t, ctx)
        else:
            raise No(f"nothing is known of the size of {head}", covered=False)
        if found > MOST:
            raise No("moments of so high an order are not asked for", covered=False)
        return found

    def function(t: Term, ctx: Ctx) -> int:
        _, f, orders, (*others, v) = t
        spec = ctx.functions.get(f)
        if spec is None or not spec.vector or spec.growth is None or spec.smooth is None or any(orders):
            raise No(f"the growth of {f} is not declared")
        if spec.arity != len(orders) or (level == SMOOTH and spec.smooth < 1):
            raise No(f"{f} is not declared to be differentiable")
        for p in others:
            if free(p) & (still | {x}):
                raise No("only the vector may depend on coordinates and parameter")
            Interior(ctx, ()).level(p)
        return spec.growth * each(v[1], v[2], ctx)

    return go(t, ctx)


def _moment(n: int, over: Over, ctx: Ctx) -> None:
    _, where, law = over
    inner, ((y, _, _),) = among(where, ctx), law[1]
    integrable(law[2], law[1], inner)
    if n:
        integrable(mul(power(sym(y), num(n + n % 2)), law[2]), law[1], inner)


def everywhere_finite(node: Term, body: Term, ctx: Ctx) -> None:
    """Raises No unless E|body| < ∞ over the coordinates of the node."""
    over = _over(node, ctx)
    _moment(_size(_done(body, ctx), over, ctx), over, ctx)


# --- linearity --------------------------------------------------------------------------------------------------------


def _linear(i: Data, ctx: Ctx) -> None:
    quiet = ctx.quiet()
    left, right = (_flat(_done(i.term(k), ctx), quiet) for k in ("lhs", "rhs"))
    if quiet.notes:
        raise No("something is known off a null set only")
    need_same(left, right, ctx, "the two sides are not the same by linearity")


def _flat(t: Term, ctx: Ctx) -> Term:
    if t[0] == "expect_each":
        return _terms(t, [t[1]], ctx)
    if t[0] in ("add", "mul"):
        return (t[0], *(_flat(c, ctx) for c in t[1:]))
    if t[0] == "sum" and has(t[1], "expect_each") and "inf" not in (t[2][1][0], t[2][2][0]):
        k, lo, hi = t[2]
        j = fresh(_names(t) | ctx.known(), k)
        return ("sum", _flat(substitute(t[1], {k: sym(j)}), among((j, lo, hi), ctx)), (j, lo, hi))
    return t


def _terms(node: Term, factors: list[Term], ctx: Ctx) -> Term:
    """E of the product over the coordinates of the node."""
    x, out = node[2], list[Term]()
    factors = [g for f in factors for g in (f[1:] if f[0] == "mul" else (f,))]
    if any(f[0] == "mul" for f in factors):
        return _terms(node, factors, ctx)
    for place, f in enumerate(factors):
        if x not in free(f) or f[0] not in ("add", "sum"):
            continue
        rest = [*factors[:place], *factors[place + 1 :]]
        if f[0] == "add":
            return add(*(_terms(node, [c, *rest], ctx) for c in f[1:]))
        k, lo, hi = f[2]
        if "inf" in (lo[0], hi[0]) or x in free(lo) | free(hi):
            raise No("an infinite sum, or a range that the coordinates say")
        integers(ctx, lo, hi)
        j = fresh(_names(node, *factors) | ctx.known(), k)
        inner = _terms(node, [substitute(f[1], {k: sym(j)}), *rest], among((j, lo, hi), ctx))
        return ("sum", inner, (j, lo, hi))
    body = mul(*(f for f in factors if x in free(f)))
    everywhere_finite(node, body, ctx)
    out += [f for f in factors if x not in free(f)]
    return mul(*out, ("expect_each", body, *node[2:]))


# --- derivatives ------------------------------------------------------------------------------------------------------


def _interchange(i: Data, ctx: Ctx) -> None:
    lhs = i.term("lhs")
    if lhs[0] != "diff":
        raise No("this theorem is about derivatives")
    _, node, theta = lhs
    over = _over(node, ctx)
    if theta in free(node[3]) or theta in (over[0], over[1][0]):
        raise No(f"the laws depend on {theta}")
    open_domain(theta, ctx)
    body = _done(node[1], ctx)
    slope = derivative(body, theta, ctx)
    size = max(_size(body, over, ctx, theta, SMOOTH), _size(slope, over, ctx, theta))
    _moment(size, over, ctx)
    need_same(i.term("rhs"), ("expect_each", slope, *node[2:]), ctx, "the other side is not the derivative")


def _by_parts(i: Data, ctx: Ctx) -> None:
    lhs, a, y, s = i.term("lhs"), i.term("index"), i.name("variable"), i.term("score")
    h, quiet = _done(i.term("factor"), ctx), ctx.quiet()
    over = _over(lhs, quiet)
    x, (k, _, _), law = over
    if x in free(a) or free(s) & {x, k} or y in ctx.known() | free(law) | {x, k}:
        raise No("a name means two things")
    ((v, lo, hi),) = law[1]
    if (lo, hi) != (("inf", -1), ("inf", 1)):
        raise No("a law that is not on the whole line has ends")
    density = substitute(law[2], {k: a, v: sym(y)})
    line = quiet.inside({y: (lo, hi)})
    if Interior(line, (y,)).level(density) < SMOOTH:
        raise No("the density is not continuously differentiable")
    slope_of_density = derivative(density, y, ctx)
    need_same(mul(s, density), mul(MINUS, slope_of_density), line, "the score is another")
    scored = mul(substitute(s, {y: ("index", x, a)}), h)
    _size(h, over, quiet, "", SMOOTH)
    slope = _along(h, x, a, quiet, frozenset())
    _moment(max(_size(t, over, quiet) for t in (h, scored, slope)), over, quiet)
    if quiet.notes or line.notes:
        raise No("something is known off a null set only")
    for side, body in ((lhs, scored), (i.term("rhs"), slope)):
        need_same(side, ("expect_each", body, *lhs[2:]), ctx, "a side is not what the theorem says")


def _along(t: Term, x: str, a: Term, ctx: Ctx, apart: frozenset[str]) -> Term:
    """The derivative by x_a; coordinates whose index is one of ``apart`` are looked at by whoever binds it."""
    if x not in free(t):
        return ZERO
    head = t[0]
    if head == "index":
        b = t[2]
        if b[0] == "sym" and b[1] in apart:
            return ZERO
        if free(b) & apart:
            raise No("an index that moves with that of a sum")
        if b == a or same_everywhere(a, b, ctx):
            return ONE
        if proved(sub(a, b), "!=", ctx):
            return ZERO
        raise No("it is not known which coordinate is meant")
    if head == "add":
        return add(*(_along(c, x, a, ctx, apart) for c in t[1:]))
    if head == "mul":
        rows = [(*t[1:n], _along(c, x, a, ctx, apart), *t[n + 1 :]) for n, c in enumerate(t[1:], 1)]
        return add(*(mul(*row) for row in rows if ZERO not in row))
    if head == "pow" and (e := value(t[2])) is not None and e.denominator == 1 and e >= 1:
        return mul(t[2], power(t[1], num(e - 1)), _along(t[1], x, a, ctx, apart))
    if head == "sum":
        return _collected(t, ONE, x, a, ctx, apart)
    if head == "app" and t[3][-1][0] == "vector":
        v = t[3][-1]
        k = fresh(_names(t, a) | ctx.known() | apart, v[2][0])
        renamed = ("vector", substitute(v[1], {v[2][0]: sym(k)}), (k, *v[2][1:]))
        return _collected(renamed, slope_of(t, sym(k), ctx), x, a, ctx, apart)
    raise No(f"no derivative of {head} by a coordinate", covered=False)


def _collected(t: Term, outer: Term, x: str, a: Term, ctx: Ctx, apart: frozenset[str]) -> Term:
    """Of Σ_k outer·body: what has other indices under the sum, and what has the index k at k = a."""
    k, lo, hi = t[2]
    if k in free(a) or k in apart or (k in free(outer) and outer[0] == "num"):
        raise No("an index means two things")
    if k in ctx.known():
        j = fresh(_names(t, outer, a) | ctx.known() | apart, k)
        t, outer = (t[0], substitute(t[1], {k: sym(j)}), (j, lo, hi)), substitute(outer, {k: sym(j)})
        k = j
    body, inner = t[1], among((k, lo, hi), ctx)
    under = _along(body, x, a, inner, apart | {k})
    y = fresh(_names(body, a) | ctx.known() | apart | {k}, "y")
    marked = _marked(body, ("index", x, sym(k)), sym(y))
    out: Term = ("sum", mul(outer, under), (k, lo, hi)) if under != ZERO else ZERO
    if marked == body:
        return out
    if not all(proved(d, ">=", ctx) for d in (sub(a, lo), sub(hi, a))):
        raise No("an index may or may not be one of a range")
    own = derivative(marked, y, inner.with_kind(y, "real"))
    return add(out, mul(substitute(outer, {k: a}), substitute(substitute(own, {y: ("index", x, sym(k))}), {k: a})))


def _marked(t: Term, old: Term, new: Term) -> Term:
    return new if t == old else rebuild(t, lambda s: _marked(s, old, new), lambda s: _marked(s, old, new))


def vector_theorems() -> Mapping[str, Callable[[Data, Ctx], None]]:
    return {"linear_each": _linear, "interchange_vector": _interchange, "parts_each": _by_parts}
