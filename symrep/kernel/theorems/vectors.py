r"""Theorems about functions of vectors of any number of coordinates under independent coordinates z_lo, …, z_hi,
``expect_each``. What is of bounded growth, and which moments it needs, see ``theorems.growing``.

``linear_each`` {lhs, rhs}: E Σ_k c_k h_k = Σ_k c_k E h_k, sums over indices among them, each h_k of bounded growth with
the moments for it.

``interchange_vector`` {lhs, rhs}: ∂_θ E h = E ∂_θ h, the laws free of θ. h is built as above of numbers that are C¹ in
θ and of C¹ functions, so that it is C¹ in θ for all z; C can be taken the same for all θ' near θ in the bounds of h and
∂_θ h, so that ∂_θ h is dominated.

``parts_each`` {lhs, rhs, index a, factor G, variable y, score s}: E[s(z_a) G] = E[∂G/∂z_a], where s(y) p_a(y) =
−p_a'(y) for the density p_a of z_a, C¹ on the whole line, and G is C¹ in the coordinates. With the other coordinates
held fixed (G p_a)' = (∂G/∂z_a − s G) p_a; for almost all values of those both sides and G p_a are integrable over y, by
Fubini's theorem, and an integrable C¹ function with an integrable derivative vanishes at both ends, so that
∫(G p_a)' dy = 0. By a coordinate Σ_{k=lo}^{hi} c_k δ_ka = c_a for lo ≤ a ≤ hi, and ∂f(v)/∂z_a = Σ_k ∂_k f(v) ∂v_k/∂z_a.
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative, partial, unfold
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import check_open
from symrep.kernel.analysis.limits import continuous
from symrep.kernel.analysis.regular import SMOOTH
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.coordinates import Each, read_each, same_index
from symrep.kernel.theorems.growing import Growth, grows, moments
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.over_all import factors_of
from symrep.kernel.theorems.recording import equal, noted
from symrep.kernel.theorems.summation import in_range, integer_ends, read_range, unused, without
from symrep.term import (
    MINUS_ONE,
    ONE,
    ZERO,
    Term,
    add,
    free_symbols,
    mul,
    num,
    power,
    sub,
    substitute,
    sym,
)
from symrep.verdict import Reason

__all__ = ["interchange_vector", "linear_each", "parts_each"]


# --- linearity ------------------------------------------------------------------------------------------------------


def linear_each(i: Instance, ctx: Context) -> Facts:
    """See the module."""
    facts: dict[str, None] = {}
    before = noted()
    left, right = (_expand(unfold(i.term(k), ctx), ctx, facts) for k in ("lhs", "rhs"))
    if noted() > before:
        raise NotProved("something is known off a null set only", Reason.NOTHING_APPLIED)
    equal(left, right, ctx)
    return ("expectations taken apart converge absolutely", *facts)


def _expand(t: Term, ctx: Context, facts: dict[str, None]) -> Term:
    """Every expectation over coordinates taken apart."""
    if t[0] == "expect_each":
        return _taken_apart(read_each(t, ctx), unfold(t[1], ctx), (), ctx, facts)
    if t[0] == "sum" and len(t) == 3 and t[2][2][0] != "inf":
        body, (k, lo, hi) = read_range(t, "sum")
        new = unused(k, t, ctx)
        return ("sum", _expand(substitute(body, {k: sym(new)}), in_range(ctx, new, lo, hi), facts), (new, lo, hi))
    if t[0] in ("add", "mul"):
        return (t[0], *(_expand(c, ctx, facts) for c in t[1:]))
    return t


def _taken_apart(e: Each, t: Term, others: tuple[Term, ...], ctx: Context, facts: dict[str, None]) -> Term:
    """E[t · others], the others being of the coordinates."""
    factors = [f for s in (t, *others) for f in factors_of(s)]
    free = [f for f in factors if e.x not in free_symbols(f)]
    moving = [f for f in factors if e.x in free_symbols(f)]
    for place, f in enumerate(moving):
        rest = tuple(moving[:place] + moving[place + 1 :])
        if f[0] == "add":
            return mul(*free, add(*(_taken_apart(e, c, rest, ctx, facts) for c in f[1:])))
        if f[0] == "sum":
            body, (k, lo, hi) = read_range(f, "sum")
            if hi[0] == "inf" or e.x in free_symbols(lo) | free_symbols(hi):
                raise NotProved("an infinite sum, or as many terms as the coordinates say", Reason.DOES_NOT_APPLY)
            integer_ends(ctx, lo, hi)
            new = unused(k, mul(f, *rest, e.node()), ctx)
            inner = in_range(ctx, new, lo, hi)
            value = _taken_apart(e, substitute(body, {k: sym(new)}), rest, inner, facts)
            return mul(*free, ("sum", value, (new, lo, hi)))
    body = mul(*moving)
    facts.update(dict.fromkeys(grows(e, body, ctx)))
    return mul(*free, e.node(body))


# --- derivatives by a parameter -------------------------------------------------------------------------------------


def interchange_vector(i: Instance, ctx: Context) -> Facts:
    """See the module."""
    lhs = i.term("lhs")
    if lhs[0] != "diff" or lhs[1][0] != "expect_each":
        raise NotProved("needs a derivative of an expectation over a family", Reason.DOES_NOT_APPLY)
    theta, e = lhs[2], read_each(lhs[1], ctx)
    if theta in free_symbols(lhs[1][3]):
        raise NotProved(f"the law depends on {theta}", Reason.LAW_MOVES, definite=True)
    if theta in (e.x, e.i):
        raise NotProved(f"{theta} is a coordinate, or the index of one", Reason.DOES_NOT_APPLY)
    check_open(theta, ctx)
    body = unfold(e.body, ctx)
    moving = frozenset((theta,))
    order = Growth(e, moving, SMOOTH).order(body, ctx)
    slope = derivative(body, theta, ctx)
    order = max(order, Growth(e, moving).order(slope, ctx))
    equal(i.term("rhs"), ("expect_each", slope, *lhs[1][2:]), ctx)
    return ("the derivative is dominated near every value of the parameter", moments(e, order, ctx))


# --- integration by parts along a coordinate ------------------------------------------------------------------------

#: c·δ_ba as (c, b), and c alone as (c, None)
Parts = list[tuple[Term, Term | None]]


def parts_each(i: Instance, ctx: Context) -> Facts:
    """See the module."""
    lhs, g, a = i.term("lhs"), unfold(i.term("factor"), ctx), i.term("index")
    y, s = i.name("variable"), i.term("score")
    e, before = read_each(lhs, ctx), noted()
    if e.x in free_symbols(a) or free_symbols(s) & {e.x, e.i} or y in {e.x, e.i, *free_symbols(e.law), *ctx.symbols}:
        raise NotProved("a name means two things here", Reason.DOMAIN)
    own = e.at(a, y)
    if own[1] != ((y, ("inf", -1), ("inf", 1)),):
        raise NotProved("the law of the coordinate is not one on the whole line", Reason.BOUNDARY_TERM)
    line: dict[str, tuple[Term, Term]] = {y: (("inf", -1), ("inf", 1))}
    continuous(own[2], y, *line[y], ctx)
    equal(mul(s, own[2]), mul(MINUS_ONE, derivative(own[2], y, ctx)), ctx, line)
    at: Term = ("index", e.x, a)
    scored = mul(substitute(s, {y: at}), g)
    Growth(e, frozenset(), SMOOTH).order(g, ctx)
    slope = _by_coordinate(g, e, a, ctx)
    order = max(Growth(e).order(t, ctx) for t in (g, scored, slope))
    rest = lhs[2:]
    equal(lhs, ("expect_each", scored, *rest), ctx)
    equal(i.term("rhs"), ("expect_each", slope, *rest), ctx)
    if noted() > before:
        raise NotProved("something is known off a null set only", Reason.NOTHING_APPLIED)
    return ("by parts along one coordinate, the others held fixed", moments(e, order, ctx))


def _by_coordinate(g: Term, e: Each, a: Term, ctx: Context) -> Term:
    out: list[Term] = []
    for c, b in _parts(g, e, a, ctx):
        same = True if b is None else same_index(b, a, ctx)
        if same is None:
            raise NotProved("it is not known which coordinate is meant", Reason.DOMAIN)
        if same:
            out.append(c)
    return add(*out) if out else ZERO


def _parts(t: Term, e: Each, a: Term, ctx: Context) -> Parts:
    """∂t/∂z_a."""
    if e.x not in free_symbols(t):
        return []
    head = t[0]
    if head == "index":
        return [(ONE, t[2])]
    if head == "add":
        return [p for c in t[1:] for p in _parts(c, e, a, ctx)]
    if head == "mul":
        out: Parts = []
        for n, f in enumerate(t[1:], 1):
            out += [(mul(*t[1:n], c, *t[n + 1 :]), b) for c, b in _parts(f, e, a, ctx)]
        return out
    if head == "pow" and t[2][0] == "num" and t[2][2] == 1 and t[2][1] >= 1:
        lower = power(t[1], num(t[2][1] - 1)) if t[2][1] > 1 else ONE
        return [(mul(t[2], lower, c), b) for c, b in _parts(t[1], e, a, ctx)]
    if head == "sum":
        return _collapsed(t, ONE, None, e, a, ctx)
    if head == "app" and t[3][-1][0] == "vector":
        v = t[3][-1]
        k = unused(v[2][0], mul(t, a, e.node()), ctx)
        return _collapsed(v, partial(t, sym(k), ctx), k, e, a, ctx)
    raise NotProved(f"no derivative of {head} by a coordinate", Reason.DOES_NOT_APPLY)


def _collapsed(t: Term, outer: Term, k: str | None, e: Each, a: Term, ctx: Context) -> Parts:
    """Of Σ_k outer·entry: Σ_k c δ_ka is c at k = a."""
    body, (own, lo, hi) = read_range(t, t[0])
    if hi[0] == "inf":
        raise NotProved("an infinite sum", Reason.DOES_NOT_APPLY)
    new = k or unused(own, mul(body, a, e.node()), ctx)
    body = substitute(body, {own: sym(new)})
    inner = in_range(without(ctx, new), new, lo, hi)
    out: Parts = []
    for c, b in _parts(body, e, a, inner):
        whole = mul(outer, c)
        if b is None or new not in free_symbols(b):
            out.append((("sum", whole, (new, lo, hi)), b))
        elif b != sym(new):
            raise NotProved("the index of a coordinate moves with that of a sum", Reason.DOES_NOT_APPLY)
        elif not all(prove_sign(d, ">=", domain(ctx)) for d in (sub(a, lo), sub(hi, a))):
            raise NotProved("an index may or may not be one of the range of a sum", Reason.DOMAIN)
        else:
            out.append((substitute(whole, {new: a}), None))
    return out
