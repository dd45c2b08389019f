r"""The density of an image of a law.

*One variable.* Let the support be, up to end points, a union of intervals I_i on each of which h is C¹ with h' of one
strict sign. Then h maps I_i onto the open interval J_i between its one-sided limits, with an inverse g_i whose
derivative is 1/h'(g_i), and substituting in ∫ over each I_i shows that the density of h(X) is

    Σ_i 1{y ∈ J_i} f(g_i(y)) / |h'(g_i(y))|       for almost every y.

A monotone function of the line onto itself whose inverse g is declared C¹ has f(g(y)) |g'(y)|: differentiate F(g(y)).

*Several variables.* h a C¹ bijection of open boxes with C¹ inverse g, det Dg ≠ 0: f(g(y)) |det Dg(y)|.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, ZERO, No, Term, add, div, fn, free, has, mul, neg, substitute, sym
from symrep.audit.derive import derivative
from symrep.audit.ends import limit
from symrep.audit.instance import Data
from symrep.audit.integrability import ordered
from symrep.audit.normal import same, same_everywhere
from symrep.audit.regular import SMOOTH, Interior
from symrep.audit.signs import compare, holds, nonzero
from symrep.audit.split import determinant

__all__ = ["Image", "image", "image_in_space", "monotone", "same_end"]


@dataclass(frozen=True)
class Image:
    """Densities at the target symbols, any of which may be used, and the intervals J_i."""

    densities: tuple[Term, ...]
    intervals: tuple[tuple[Term, Term], ...]


def same_end(a: Term, b: Term, ctx: Ctx) -> bool:
    """Are two ends of intervals proved equal?"""
    if a[0] == "inf" or b[0] == "inf":
        return a == b
    return a == b or same_everywhere(a, b, ctx)


def monotone(h: Term, x: str, lo: Term, hi: Term, ctx: Ctx) -> tuple[int, Term, Term, Term]:
    """(1 or −1, h', lower and upper end of the image) of a C¹ map with h' ≠ 0 on (lo, hi)."""
    if not ordered(lo, hi, ctx):
        raise No("the ends of an interval are not known to be in order")
    inside = ctx.inside({x: (lo, hi)})
    Interior(inside, {x}).need(h, SMOOTH)
    slope = derivative(h, x, inside)
    if holds(slope, ">", inside):
        return 1, slope, limit(h, x, (lo, hi), 0, ctx), limit(h, x, (lo, hi), 1, ctx)
    if holds(slope, "<", inside):
        return -1, slope, limit(h, x, (lo, hi), 1, ctx), limit(h, x, (lo, hi), 0, ctx)
    raise No("the derivative of a map is not known to keep one strict sign")


def where(names: Sequence[str], box: Sequence[tuple[Term, Term]], value: Term) -> Term:
    """The value in the box, and 0 elsewhere."""
    conditions: list[Term] = []
    for t, (lo, hi) in zip(names, box, strict=True):
        conditions += [("rel", ">", sym(t), lo)] if lo[0] != "inf" else []
        conditions += [("rel", "<", sym(t), hi)] if hi[0] != "inf" else []
    if not conditions:
        return value
    condition = conditions[0] if len(conditions) == 1 else ("and", *conditions)
    return ("piecewise", (condition, value), (("true",), ZERO))


def image(law: Term, h: Term, branches: Sequence[Data], t: str, ctx: Ctx) -> Image:
    """The density of h under a law of one variable; raises No unless every condition is established."""
    ((x, lo, hi),) = law[1]
    if t in free(law) | free(h) | ctx.known() | {x}:
        raise No("the symbol for the value of a map already occurs")
    at = lo
    sums: tuple[list[Term], list[Term]] = ([], [])
    intervals = []
    for branch in branches:
        a, b, c, d, g = (branch.term(k) for k in ("x_lo", "x_hi", "y_lo", "y_hi", "inverse"))
        if x in free(g) or any({x, t} & free(e) for e in (a, b, c, d)):
            raise No("an inverse, or an end of a branch, depends on the variable of the law")
        if not same_end(at, a, ctx) or not ordered(a, b, ctx):
            raise No("the branches do not follow each other in the support")
        at = b
        density = substitute(law[2], {x: g})
        slopes = _branch(x, h, (a, b), (c, d), g, t, ctx)
        for total, slope in zip(sums, slopes, strict=True):
            total.append(where([t], [(c, d)], mul(density, slope)))
        intervals.append((c, d))
    if not branches or not same_end(at, hi, ctx):
        raise No("the branches do not cover the support")
    return Image(tuple(add(*s) for s in sums), tuple(intervals))


def _branch(
    x: str, h: Term, source: tuple[Term, Term], target: tuple[Term, Term], g: Term, t: str, ctx: Ctx
) -> tuple[Term, Term]:
    """Two spellings of |g'|, after everything about the branch was checked."""
    inside = ctx.inside({t: target})
    whole = source == target == (("inf", -1), ("inf", 1))
    if whole and h[0] == "app" and not any(h[2]) and h[3][0] == sym(x) and not any(x in free(p) for p in h[3][1:]):
        declared = _declared(h, g, source, target, t, ctx)
        slope = derivative(g, t, inside)
        return (slope, slope) if declared > 0 else (neg(slope), neg(slope))
    direction, slope, c, d = monotone(h, x, *source, ctx)
    if not (same_end(c, target[0], ctx) and same_end(d, target[1], ctx)):
        raise No("the image of a branch is not the interval that is stated")
    back = same_everywhere(substitute(g, {t: h}), sym(x), ctx.inside({x: source}))
    if not back:
        if not same_everywhere(substitute(h, {x: g}), sym(t), inside):
            raise No("an inverse is not known to undo its map")
        if not _within([g], [source], inside):
            raise No("an inverse is not known to lead back into its branch")
    if direction < 0:
        slope = neg(slope)
    over = div(ONE, substitute(slope, {x: g}))
    try:
        dg = derivative(g, t, inside)
    except No:
        return over, over
    return over, dg if direction > 0 else neg(dg)


def _declared(h: Term, g: Term, source: object, target: object, t: str, ctx: Ctx) -> int:
    line = (("inf", -1), ("inf", 1))
    spec = ctx.functions.get(h[1])
    if spec is None or spec.inverse is None or spec.monotone is None or spec.arity != len(h[3]):
        raise No(f"{h[1]} is not declared to have an inverse")
    own = ctx.functions.get(spec.inverse)
    if (
        g != ("app", spec.inverse, h[2], (sym(t), *h[3][1:]))
        or own is None
        or own.arity != spec.arity
        or own.smooth is None
        or own.smooth < 1
        or own.monotone not in (None, spec.monotone)
        or own.inverse not in (None, h[1])
    ):
        raise No(f"the inverse of {h[1]} is not the continuously differentiable one that is declared")
    if source != line or target != line:
        raise No("a map with a declared inverse maps the line onto itself")
    return 1 if spec.monotone == "increasing" else -1


def _within(ts: Sequence[Term], box: Sequence[tuple[Term, Term]], inside: Ctx) -> bool:
    return all(
        (lo[0] == "inf" or compare(t, ">", lo, inside)) and (hi[0] == "inf" or compare(t, "<", hi, inside))
        for t, (lo, hi) in zip(ts, box, strict=True)
    )


def image_in_space(
    law: Term,
    maps: Sequence[Term],
    inverses: Sequence[Term],
    box: Sequence[tuple[Term, Term]],
    ts: Sequence[str],
    ctx: Ctx,
) -> Image:
    """The density of a bijection of open boxes."""
    xs = [b[0] for b in law[1]]
    source = [(b[1], b[2]) for b in law[1]]
    n = len(xs)
    if not n == len(set(xs)) == len(set(ts)) == len(ts) == len(maps) == len(inverses) == len(box):
        raise No("a density needs as many coordinates as there are variables")
    ends = [e for pair in (*box, *source) for e in pair]
    if set(ts) & ({*xs} | free(law) | ctx.known() | frozenset().union(*map(free, maps))):
        raise No("the symbols for the values of a map already occur")
    if any({*xs} & free(g) for g in inverses) or any({*xs, *ts} & free(e) for e in ends):
        raise No("an inverse, or an end, depends on the variables of the law")
    if not all(ordered(lo, hi, ctx) for lo, hi in (*box, *source)):
        raise No("the ends of an interval are not known to be in order")
    here = ctx.inside(dict(zip(xs, source, strict=True)))
    there = ctx.inside(dict(zip(ts, box, strict=True)))
    for terms, where_, names in ((maps, here, xs), (inverses, there, ts)):
        regular = Interior(where_, names)
        for s in terms:
            if has(s, "piecewise", "diff"):
                raise No("a map of several variables is one formula here")
            regular.need(s, SMOOTH)
    if not (_within(maps, box, here) and _within(inverses, source, there)):
        raise No("a map, or its inverse, is not known to stay in its box")
    into, back = dict(zip(ts, maps, strict=True)), dict(zip(xs, inverses, strict=True))
    for x, g in zip(xs, inverses, strict=True):
        if not same(substitute(g, into), sym(x), here):
            raise No(f"an inverse does not undo its map in {x}")
    for t, h in zip(ts, maps, strict=True):
        if not same(substitute(h, back), sym(t), there):
            raise No(f"a map does not undo its inverse in {t}")
    det = determinant([[derivative(g, t, there) for t in ts] for g in inverses])
    if not nonzero(det, there):
        raise No("a Jacobian determinant is not known to vanish nowhere")
    size = det if holds(det, ">", there) else neg(det) if holds(det, "<", there) else fn("abs", det)
    density = where(ts, box, mul(substitute(law[2], back), size))
    return Image((density,), tuple(box))
