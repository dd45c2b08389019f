r"""Derivatives of integrals and expectations by a parameter θ.

``interchange``: d/dθ ∫ h = ∫ ∂_θ h over a range, and under a law, free of θ; for sums term by term
(:mod:`symrep.audit.summability`). ``score``: d/dθ E_p f = E_p[f S + ∂_θ f]
with S p = ∂_θ p on a support free of θ. Both by dominated convergence (:mod:`symrep.audit.integrability`).

``leibniz``: on consecutive intervals (a_i(θ), b_i(θ)) the integrand is g_i, and

    d/dθ ∫ g_i dx = ∫ ∂_θ g_i dx + g_i(θ, b_i) b_i' − g_i(θ, a_i) a_i'.

Either g_i is C¹ in (x, θ) on an interval that contains the moving ends: then near a value of θ the integral splits at
a fixed point beside each moving end; next to it the classical rule holds on a compact set, and the rest has fixed
ends and is dominated. Or x = ξ(s, θ) maps a fixed interval onto (a_i, b_i), the derivative of g_i(ξ, θ) ∂_s ξ is
dominated, and its integral is ∫ ∂_θ g_i dx plus the difference of the limits of g_i ∂_θ ξ.
"""

from __future__ import annotations

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, ZERO, No, Term, add, free, fresh, mul, neg, sub, substitute, sym
from symrep.audit.derive import derivative
from symrep.audit.ends import limit
from symrep.audit.images import same_end
from symrep.audit.instance import Data
from symrep.audit.integrability import converges_at, differentiable, integrable, open_domain, ordered, unfolded
from symrep.audit.normal import need_same, same
from symrep.audit.regular import CONTINUOUS, SMOOTH, Interior
from symrep.audit.summability import differentiable_sum, summand
from symrep.audit.summing import range_of

__all__ = ["integrand", "interchange", "leibniz", "score"]

Bindings = tuple[tuple[str, Term, Term], ...]


def integrand(node: Term) -> tuple[Term, Bindings]:
    """An integral or expectation as integrand and range."""
    if node[0] == "expect":
        return mul(node[1], node[2][2]), tuple(node[2][1])
    if node[0] == "integral":
        return node[1], tuple(node[2:])
    raise No("this theorem is about integrals and expectations")


def _gradient(lhs: Term) -> tuple[Term, str, Term, Bindings]:
    if lhs[0] != "diff":
        raise No("this theorem is about derivatives")
    return (lhs[1], lhs[2], *integrand(lhs[1]))


def _fixed_range(theta: str, box: Bindings) -> None:
    if any(theta in free(lo) | free(hi) for _, lo, hi in box):
        raise No(f"the range of integration moves with {theta}")


def interchange(i: Data, ctx: Ctx) -> None:
    if i.term("lhs")[0] == "diff" and i.term("lhs")[1][0] == "sum":
        _term_by_term(i, ctx)
        return
    node, theta, t, box = _gradient(i.term("lhs"))
    _fixed_range(theta, box)
    if node[0] == "expect" and theta in free(node[2]):
        raise No(f"the law depends on {theta}")
    differentiable(t, box, theta, ctx)
    slope = unfolded(("diff", node[1], theta), ctx, box)
    result = ("expect", slope, node[2]) if node[0] == "expect" else ("integral", slope, *box)
    need_same(_carried_out(i.term("rhs"), ctx), result, ctx, "the other side is not the integral of the derivative")


def _term_by_term(i: Data, ctx: Ctx) -> None:
    _, node, theta = i.term("lhs")
    result, rhs = differentiable_sum(node, theta, ctx), i.term("rhs")
    if rhs[0] == "sum":
        body, where = range_of(rhs, ctx, "sum")
        rhs = ("sum", summand(body, where, ctx), where)
    need_same(rhs, result, ctx, "the other side is not the sum of the derivatives")


def _carried_out(t: Term, ctx: Ctx) -> Term:
    """Derivatives written in the integrand of one integral or expectation, carried out."""
    if t[0] not in ("expect", "integral"):
        return t
    _, box = integrand(t)
    return (t[0], unfolded(t[1], ctx, box), *t[2:])


def score(i: Data, ctx: Ctx) -> None:
    node, theta, t, box = _gradient(i.term("lhs"))
    if node[0] != "expect":
        raise No("the score function is about expectations")
    _fixed_range(theta, box)
    f, law = node[1], node[2]
    inside = ctx.inside({x: (lo, hi) for x, lo, hi in box})
    s = i.term("score")
    need_same(mul(s, law[2]), derivative(law[2], theta, inside), inside, "this is not the score of the law")
    differentiable(t, box, theta, ctx)
    result = ("expect", add(mul(f, s), unfolded(("diff", f, theta), ctx, box)), law)
    need_same(_carried_out(i.term("rhs"), ctx), result, ctx, "the other side is not the expectation with the score")


def leibniz(i: Data, ctx: Ctx) -> None:
    node, theta, t, box = _gradient(i.term("lhs"))
    if len(box) != 1:
        raise No("the Leibniz rule of several variables", covered=False)
    ((x, lo, hi),) = box
    if theta == x:
        raise No("the parameter is the variable of integration")
    open_domain(theta, ctx)
    t = unfolded(t, ctx, box)
    interior, at = i.term("interior"), lo
    boundary: list[Term] = []
    for piece in i.subs("pieces"):
        a, b, g = piece.term("lo"), piece.term("hi"), piece.term("integrand")
        if x in free(a) | free(b) or not same_end(at, a, ctx) or not ordered(a, b, ctx):
            raise No("the pieces do not follow each other")
        at = b
        inside = ctx.inside({x: (a, b)})
        need_same(t, g, inside, "a piece is not the integrand there")
        need_same(interior, derivative(g, theta, inside), inside, "the interior is not the derivative of a piece")
        boundary += _piece(g, x, a, b, theta, ctx)
    if not same_end(at, hi, ctx):
        raise No("the pieces do not reach the upper limit")
    if i.has("per_density"):
        if node[0] != "expect":
            raise No("only an expectation can be written as one again")
        w = i.term("per_density")
        need_same(interior, mul(w, node[2][2]), ctx.inside({x: (lo, hi)}), "a factor of the density is wrong")
        rest: Term = ("expect", w, node[2])
    else:
        rest = ("integral", interior, (x, lo, hi))
    rhs = i.term("rhs")
    if same(interior, ZERO, ctx.quiet().inside({x: (lo, hi)})) and same(rhs, add(*boundary), ctx):
        return
    need_same(rhs, add(rest, *boundary), ctx, "the other side is not the derivative with its boundary terms")


def _piece(g: Term, x: str, a: Term, b: Term, theta: str, ctx: Ctx) -> list[Term]:
    """The boundary terms of one piece, after everything about it was checked."""
    moving = [theta in free(e) for e in (a, b)]
    if not any(moving):
        differentiable(g, ((x, a, b),), theta, ctx)
        return []
    for end, moves in zip((a, b), moving, strict=True):
        if moves:
            Interior(ctx, {theta}).need(end, SMOOTH)
    try:
        return _through(g, x, a, b, theta, ctx)
    except No as first:
        try:
            return _straightened(g, x, a, b, theta, ctx)
        except No as no:
            raise No(f"{first}; {no}") from no


def _through(g: Term, x: str, a: Term, b: Term, theta: str, ctx: Ctx) -> list[Term]:
    """The integrand is C¹ on both sides of its moving ends, or only continuous if the ends alone move."""
    wide = (("inf", -1) if theta in free(a) else a, ("inf", 1) if theta in free(b) else b)
    around = ctx.inside({x: wide})
    if theta in free(g):
        Interior(around, {x, theta}).need(g, SMOOTH)
        slope = derivative(g, theta, around)
        for at, end in enumerate((a, b)):
            if theta not in free(end):
                converges_at(g, x, (a, b), at, ctx, None)
                converges_at(slope, x, (a, b), at, ctx, theta)
    else:  # d/db ∫ g = g(b) where g is continuous: the fundamental theorem
        Interior(around, {x}).need(g, CONTINUOUS)
        integrable(g, ((x, a, b),), ctx)
    out = []
    for end, sign in ((b, 1), (a, -1)):
        if theta in free(end):
            term = mul(substitute(g, {x: end}), derivative(end, theta, ctx))
            out.append(term if sign > 0 else neg(term))
    return out


def _straightened(g: Term, x: str, a: Term, b: Term, theta: str, ctx: Ctx) -> list[Term]:
    """A fixed interval is mapped onto the piece: linearly, or by a shift if one end is infinite."""
    s = fresh(ctx.known() | free(g) | free(a) | free(b) | {x, theta}, "s")
    if a[0] == "inf" or b[0] == "inf":
        base = b if a[0] == "inf" else a
        xi, factor = add(base, sym(s)), ONE
        fixed = (("inf", -1), ZERO) if a[0] == "inf" else (ZERO, ("inf", 1))
    else:
        xi, factor, fixed = add(a, mul(sub(b, a), sym(s))), sub(b, a), (ZERO, ONE)
    differentiable(mul(substitute(g, {x: xi}), factor), ((s, *fixed),), theta, ctx)
    inside = ctx.inside({x: (a, b)})
    Interior(inside, {x, theta}).need(g, SMOOTH)
    integrable(derivative(g, theta, inside), ((x, a, b),), ctx)
    out = []
    for at, (end, sign) in enumerate(((a, -1), (b, 1))):
        value = limit(g, x, (a, b), at, ctx)
        if end[0] == "inf":
            if value != ZERO:
                raise No("an integrand does not vanish at infinity")
            continue
        if value[0] == "inf":
            raise No("an integrand is unbounded at an end")
        if theta in free(end):
            term = mul(value, derivative(end, theta, ctx))
            out.append(term if sign > 0 else neg(term))
    return out
