r"""Derivatives of integrals by a parameter: when ∂_θ may pass under the integral, and what is missing when it may not.

``interchange``: ∂_θ ∫ h(θ, x) dx = ∫ ∂_θ h(θ, x) dx over a range free of θ, under the hypotheses of the theorem that
rests on dominated convergence (as in Mathlib's ``hasDerivAt_integral_of_dominated_loc_of_deriv_le`` and its Lipschitz
form): see ``analysis.integrability.dominated``.

``leibniz``: the range falls into pieces (c_i(θ), c_{i+1}(θ)) on each of which the integrand is a smooth g_i. Each
piece is straightened to a fixed interval, x = ξ_i(s, θ), there dominated convergence applies, and

    ∂_θ ∫ g_i dx = ∫ ∂_θ g_i dx + [g_i ∂_θ ξ_i] between the one-sided limits at the ends.

Where g_i is free of θ it is enough that it is continuous: that is the fundamental theorem of calculus.

Sums likewise, term by term: see ``theorems.summability.dominated_sum``.

``score``: ∂_θ E_p[f] = E_p[f S + ∂_θ f] with S p = ∂_θ p, on a support free of θ.
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative, unfold
from symrep.kernel.analysis.integrability import check_open, dominated, integrable
from symrep.kernel.analysis.limits import continuous, limit
from symrep.kernel.analysis.regular import SMOOTH, Regular
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import in_order, same_end
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.summability import dominated_sum
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, free_symbols, fresh, mul, sub, substitute, sym
from symrep.verdict import Reason

__all__ = ["interchange", "leibniz", "score"]


def _differentiated(lhs: Term) -> tuple[Term, str]:
    if lhs[0] != "diff" or lhs[1][0] not in ("expect", "integral"):
        raise NotProved("needs a derivative of an expectation or integral", Reason.DOES_NOT_APPLY)
    return lhs[1], lhs[2]


def _integrand(node: Term) -> tuple[Term, tuple[tuple[str, Term, Term], ...]]:
    if node[0] == "expect":
        return mul(node[1], node[2][2]), node[2][1]
    return node[1], node[2:]


def interchange(i: Instance, ctx: Context) -> Facts:
    """∂_θ E[h] = E[∂_θ h] when the law is free of θ and the hypotheses of dominated convergence hold; and
    ∂_θ Σ t = Σ ∂_θ t under those of ``theorems.summability``.
    """
    if (lhs := i.term("lhs"))[0] == "diff" and lhs[1][0] == "sum":
        return _termwise(lhs[1], lhs[2], i, ctx)
    node, theta = _differentiated(lhs)
    body, box = _integrand(node)
    if node[0] == "expect" and theta in free_symbols(node[2]):
        raise NotProved(
            f"the law depends on {theta}: the derivative does not act on the integrand alone. "
            f"Reparameterise first, or use the score function",
            Reason.LAW_MOVES,
            definite=True,
        )
    if any(theta in free_symbols(lo) | free_symbols(hi) for _, lo, hi in box):
        raise NotProved(
            f"the range of integration depends on {theta}: boundary terms are missing (rule leibniz)",
            Reason.SUPPORT_MOVES,
            definite=True,
        )
    bound = dominated(body, box, theta, ctx)
    if node[0] == "expect":
        result: Term = ("expect", ("diff", node[1], theta), node[2])
    else:
        result = ("integral", ("diff", node[1], theta), *node[2:])
    equal(i.term("rhs"), unfold(result, ctx), ctx)
    return (bound.text,)


def _termwise(node: Term, theta: str, i: Instance, ctx: Context) -> Facts:
    bound = dominated_sum(node, theta, ctx)
    equal(i.term("rhs"), unfold(("sum", ("diff", node[1], theta), node[2]), ctx), ctx)
    return (bound.text,)


def score(i: Instance, ctx: Context) -> Facts:
    """∂_θ E_p[f] = E_p[f S + ∂_θ f], S p = ∂_θ p on a support free of θ."""
    node, theta = _differentiated(i.term("lhs"))
    if node[0] != "expect":
        raise NotProved("needs a derivative of an expectation", Reason.DOES_NOT_APPLY)
    _, f, law = node
    for x, lo, hi in law[1]:
        if theta in free_symbols(lo) | free_symbols(hi):
            raise NotProved(
                f"the support of {x} depends on {theta}: the score function misses the boundary term (rule leibniz)",
                Reason.SUPPORT_MOVES,
                definite=True,
            )
    inside = {x: (lo, hi) for x, lo, hi in law[1]}
    s = i.term("score")
    equal(mul(s, law[2]), derivative(law[2], theta, ctx), ctx, inside)
    bound = dominated(mul(f, law[2]), law[1], theta, ctx)
    result = ("expect", add(mul(f, s), ("diff", f, theta)), law)
    equal(i.term("rhs"), unfold(result, ctx), ctx)
    return (bound.text,)


def leibniz(i: Instance, ctx: Context) -> Facts:
    """The Leibniz rule with moving limits and moving jumps; ``pieces`` (lo, hi, integrand) in order."""
    node, theta = _differentiated(i.term("lhs"))
    body, box = _integrand(node)
    if len(box) != 1:
        raise NotProved("the Leibniz rule here is about one variable", Reason.DOES_NOT_APPLY)
    ((x, lo, hi),) = box
    interior = i.term("interior")
    at = lo
    boundary: list[Term] = []
    facts: list[str] = []
    for piece in i.subs("pieces"):
        a, b, g = piece.term("lo"), piece.term("hi"), piece.term("integrand")
        if not same_end(at, a, ctx):
            raise NotProved("the pieces leave a gap", Reason.NOTHING_APPLIED)
        at = b
        if x in free_symbols(a) | free_symbols(b) or not in_order(a, b, ctx):
            raise NotProved("the pieces are not known to be in order", Reason.NOTHING_APPLIED)
        inside = {x: (a, b)}
        equal(body, g, ctx, inside)
        equal(interior, derivative(g, theta, ctx), ctx, inside)
        terms, text = _piece(g, x, a, b, theta, ctx)
        boundary += terms
        facts.append(text)
    if not same_end(at, hi, ctx):
        raise NotProved("the pieces do not reach the upper limit", Reason.NOTHING_APPLIED)
    if i.has("per_density"):
        w = i.term("per_density")
        if node[0] != "expect":
            raise NotProved("only an expectation can be written back as one", Reason.DOES_NOT_APPLY)
        equal(interior, mul(w, node[2][2]), ctx, {x: (lo, hi)})
        remaining: Term = ("expect", w, node[2])
    else:
        remaining = ("integral", interior, (x, lo, hi))
    try:  # an interior that vanishes almost everywhere contributes nothing
        equal(interior, ZERO, ctx, {x: (lo, hi)})
        zero_interior = True
    except NotProved:
        zero_interior = False
    result = add(remaining, *boundary)
    try:
        equal(i.term("rhs"), result, ctx)
    except NotProved:
        if not zero_interior:
            raise
        equal(i.term("rhs"), add(*boundary) if boundary else ZERO, ctx)
    return tuple(facts)


def _piece(g: Term, x: str, a: Term, b: Term, theta: str, ctx: Context) -> tuple[list[Term], str]:
    """Boundary terms of one piece, its derivative being dominated after straightening the interval."""
    moving_a = a[0] != "inf" and theta in free_symbols(a)
    moving_b = b[0] != "inf" and theta in free_symbols(b)
    if not moving_a and not moving_b:
        return [], dominated(g, ((x, a, b),), theta, ctx).text
    if theta not in free_symbols(g):
        return _by_its_ends(g, x, a, b, theta, ctx)
    s = fresh("s", {x, theta, *ctx.symbols, *free_symbols(g), *free_symbols(a), *free_symbols(b)})
    new_lo: Term
    new_hi: Term
    if a[0] != "inf" and b[0] != "inf":
        xi, dxi = add(a, mul(sub(b, a), sym(s))), sub(b, a)
        new_lo, new_hi = ZERO, ONE
    elif a[0] != "inf":
        xi, dxi = add(a, sym(s)), ONE
        new_lo, new_hi = ZERO, ("inf", 1)
    else:
        xi, dxi = add(b, sym(s)), ONE
        new_lo, new_hi = ("inf", -1), ZERO
    straight = mul(substitute(g, {x: xi}), dxi)
    text = dominated(straight, ((s, new_lo, new_hi),), theta, ctx).text
    integrable(derivative(g, theta, ctx), ((x, a, b),), ctx)
    continuous(g, x, a, b, ctx)
    terms: list[Term] = []
    if moving_b:
        terms.append(mul(_end_value(g, x, b, "-", (a, b), ctx), derivative(b, theta, ctx)))
    if moving_a:
        terms.append(mul(MINUS_ONE, _end_value(g, x, a, "+", (a, b), ctx), derivative(a, theta, ctx)))
    # with one moving end and the other at infinity the straightened map translates: g must vanish there
    if b[0] == "inf" and limit(g, x, b, "-", ctx, (a, b)) != ZERO:
        raise NotProved("the integrand does not vanish at infinity", Reason.BOUNDARY_TERM)
    if a[0] == "inf" and limit(g, x, a, "+", ctx, (a, b)) != ZERO:
        raise NotProved("the integrand does not vanish at infinity", Reason.BOUNDARY_TERM)
    # a fixed finite end beside a moving one does not move, so it contributes nothing; its limit must be finite
    if not moving_a and a[0] != "inf":
        _end_value(g, x, a, "+", (a, b), ctx)
    if not moving_b and b[0] != "inf":
        _end_value(g, x, b, "-", (a, b), ctx)
    return terms, text


def _by_its_ends(g: Term, x: str, a: Term, b: Term, theta: str, ctx: Context) -> tuple[list[Term], str]:
    """An integrand free of θ: the fundamental theorem of calculus. With G' = g on the range, ∫ g = G(b) − G(a).

    g is continuous inside for all parameters, so on all of the ranges together; where an end turns back at the edge of
    these its derivative is 0, and the one-sided limit is all that counts.
    """
    check_open(theta, ctx)
    for end in (a, b):
        if theta in free_symbols(end):
            Regular(ctx, {}, {theta}).check(end, SMOOTH)
    continuous(g, x, a, b, ctx, smooth=False)
    text = integrable(g, ((x, a, b),), ctx).text
    moving = [e[0] != "inf" and theta in free_symbols(e) for e in (a, b)]
    terms: list[Term] = []
    try:  # continuous beyond the moving ends, too
        continuous(g, x, ("inf", -1) if moving[0] else a, ("inf", 1) if moving[1] else b, ctx, smooth=False)
        beyond = True
    except NotProved:
        beyond = False
    for moves, end, side, sign in zip(moving, (a, b), "+-", (MINUS_ONE, ONE), strict=True):
        if moves:
            at = substitute(g, {x: end}) if beyond else _end_value(g, x, end, side, (a, b), ctx)
            terms.append(mul(sign, at, derivative(end, theta, ctx)))
    return terms, text


def _end_value(g: Term, x: str, end: Term, side: str, interval: tuple[Term, Term], ctx: Context) -> Term:
    value = limit(g, x, end, side, ctx, interval)
    if value[0] == "inf":
        raise NotProved("the integrand is unbounded at a moving end", Reason.BOUNDARY_TERM)
    return value
