r"""One draw after the other, the rest held fixed: an identity for one draw, used for each of many.

``each_draw`` {lhs, rhs, variable y, others c, total S, step}: both sides are E Σ_k … over independent coordinates x_i,
lo ≤ i ≤ hi, that have one law p, k running over all of them. ``step`` is a theorem by which E_{y~p} β(y, c) =
E_{y~p} β'(y, c) for every c of its declared kind; S = Σ_j s(x_j) over all coordinates with s ≥ 0. Put C_k = S − s(x_k),
which does not depend on x_k: the sum over the others. Then

    E Σ_k β(x_k, C_k) = E Σ_k β'(x_k, C_k):

if every β(x_k, C_k) and β'(x_k, C_k) is absolutely integrable, Fubini's theorem lets x_k be integrated over first,
where C_k is a number. It is one of the kind of c: nonnegative, or positive if s > 0 and there are two coordinates at
least. Nothing may be known of c but its kind, and the step has to hold at every value of c.
"""

from __future__ import annotations

from collections.abc import Callable

from symrep.claim import Context
from symrep.kernel.algebra.calculus import unfold
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.coordinates import Each, read_each, single
from symrep.kernel.theorems.draws import finite_mass, integrable_each
from symrep.kernel.theorems.instance import Instance, check_binders
from symrep.kernel.theorems.recording import equal, noted
from symrep.kernel.theorems.summation import in_range, read_range
from symrep.term import ONE, Term, free_symbols, fresh, sub, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["each_draw"]

#: one theorem applied to a term: the term after, facts, and whether that holds almost everywhere only
Apply = Callable[[Instance, Term, Context], tuple[Term, tuple[str, ...], bool]]


def each_draw(i: Instance, ctx: Context, apply: Apply) -> tuple[str, ...]:
    """See the module.

    Raises:
        NotProved: a condition is not established.
    """
    lhs, rhs, step = i.term("lhs"), i.term("rhs"), i.sub("step")
    e = read_each(lhs, ctx)
    if rhs[0] != "expect_each" or rhs[2:] != lhs[2:]:
        raise NotProved("the two sides are expectations over different coordinates", Reason.DOES_NOT_APPLY)
    if e.i in free_symbols(e.law):
        raise NotProved("the coordinates do not have one law", Reason.DOES_NOT_APPLY)
    y, c = i.name("variable"), i.name("others")
    spoken = frozenset[str]().union(*(free_symbols(r) for r in ctx.given)) if ctx.given else frozenset[str]()
    if y in spoken | {c, e.x, e.i} | free_symbols(e.law) or c in spoken | {e.x, e.i} | free_symbols(lhs[3]):
        raise NotProved(f"{y} or {c} means something else here", Reason.DOMAIN)
    s = _total(i.term("total"), e, ctx)
    _kind_of_others(c, s, e, ctx)
    before = noted()
    own = e.at(e.lo, y)
    first, last = _one(step, "lhs", own, ctx), _one(step, "rhs", own, ctx)
    for body in (first, last):
        if free_symbols(body) & {e.x, e.i}:
            raise NotProved(f"the step speaks of {e.x} itself", Reason.DOES_NOT_APPLY)
    check_binders((step.term("lhs"), step.term("rhs")), ctx)
    after, facts, almost = apply(step, step.term("lhs"), ctx)
    if after != step.term("rhs") or almost or noted() > before:
        raise NotProved("the step is not known at every value of what the others add up to", Reason.NOTHING_APPLIED)
    for side, body in ((lhs, first), (rhs, last)):
        _is_sum_of(side, body, y, c, s, i.term("total"), e, ctx)
    if noted() > before:
        raise NotProved("a line is known off a null set only", Reason.NOTHING_APPLIED)
    finite_mass(e, ctx)
    found = [f for side in (lhs, rhs) for f in integrable_each(e, unfold(side[1], ctx), ctx)]
    return ("one draw after the other, the others held fixed", *facts, *dict.fromkeys(found))


def _total(t: Term, e: Each, ctx: Context) -> tuple[Term, str]:
    """(s, j) of the sum over all coordinates."""
    body, (j, lo, hi) = read_range(t, "sum")
    if hi[0] == "inf" or single(body, e.x) != sym(j):
        raise NotProved("the total is no sum of functions of single coordinates", Reason.DOES_NOT_APPLY)
    for a, b in ((lo, e.lo), (hi, e.hi)):
        if prove_equal(a, b, ctx).almost_everywhere:
            raise NotProved("the total is not over all coordinates", Reason.DOES_NOT_APPLY)
    return body, j


def _kind_of_others(c: str, found: tuple[Term, str], e: Each, ctx: Context) -> None:
    """What the others add up to is of the kind that is declared of c."""
    s, j = found
    kind, inner = ctx.symbols.get(c), in_range(ctx, j, e.lo, e.hi)
    if kind == "nonnegative" and prove_sign(s, ">=", domain(inner)):
        return
    two = prove_sign(sub(sub(e.hi, e.lo), ONE), ">=", domain(ctx))
    if kind == "positive" and two and prove_sign(s, ">", domain(inner)):
        return
    raise NotProved(f"what the others add up to is not known to be {kind}, as {c} is", Reason.DOMAIN)


def _one(step: Instance, key: str, law: Term, ctx: Context) -> Term:
    """The integrand of one side of the step, an expectation under the law of one coordinate."""
    t = step.term(key)
    if t[0] != "expect" or t[2][1] != law[1]:
        raise NotProved("the step is not about an expectation under the law of one coordinate", Reason.DOES_NOT_APPLY)
    ((y, lo, hi),) = law[1]
    equal(t[2][2], law[2], ctx, {y: (lo, hi)})
    return t[1]


def _is_sum_of(
    side: Term, body: Term, y: str, c: str, found: tuple[Term, str], total: Term, e: Each, ctx: Context
) -> None:
    """The line is Σ_k body, with the coordinate k for y and what the others add up to for c."""
    t, (k, lo, hi) = read_range(side[1], "sum")
    for a, b in ((lo, e.lo), (hi, e.hi)):
        if hi[0] == "inf" or prove_equal(a, b, ctx).almost_everywhere:
            raise NotProved("the sum is not over all coordinates", Reason.DOES_NOT_APPLY)
    taken = {*ctx.symbols, *free_symbols(side), *free_symbols(body), *free_symbols(total)}
    taken |= {b for u in (side, body, total) for s in walk(u) for b in free_symbols(s)}
    new = fresh("k", taken | {n for r in ctx.given for n in free_symbols(r)})
    s, j = found
    rest = sub(total, substitute(s, {j: sym(new)}))
    wanted = substitute(body, {y: ("index", e.x, sym(new)), c: rest})
    equal(substitute(t, {k: sym(new)}), wanted, in_range(ctx, new, e.lo, e.hi))
