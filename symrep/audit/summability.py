r"""Does Σ|t(k)| converge, and may Σ t(θ, k) be differentiated in θ term by term?

*Convergence* over the integers k ≥ lo. Every t(k) is a real number, and for large real k |t| ≤ C Σ m_i with sizes m_i
that are at most k^(−1−η), η > 0, or (log k)^(−1−η)/k (:mod:`symrep.audit.ends`, where what is used has to hold at
every point near ∞: the integers are a null set). These decrease in the end, so that Σ_k m_i(k) is finite as their
integral is. For that the sign of b^k, k whole, is forgotten: |b^k| = |b|^k, term by term.

*Term by term* on an open set of θ with a range free of θ: Σ t converges absolutely; every t(·, k) is C¹, kinks and
steps at no integer forgiven; and |∂_θ t| ≤ b(k) on a compact neighbourhood of each θ, Σ b finite: the sizes are uniform
there beyond one threshold, and the terms before it are finitely many continuous functions. Then the partial sums of
the derivatives converge uniformly near θ, and d/dθ Σ t = Σ ∂_θ t. A finite sum needs the second only.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, add, fn, free, mul, rebuild
from symrep.audit.derive import breakpoints, derivative
from symrep.audit.ends import End
from symrep.audit.integrability import open_domain
from symrep.audit.normal import split_linear
from symrep.audit.regular import SMOOTH, Interior, whole
from symrep.audit.signs import holds, nonzero
from symrep.audit.summing import Range, among, at_every_index, range_of

__all__ = ["differentiable_sum", "series_apart", "summable", "summand", "terms_defined"]

MAX_PARTS: Final = 60


def summand(t: Term, where: Range, ctx: Ctx) -> Term:
    """The summand with derivatives carried out, except under inner binders; each has to exist at every integer.

    Raises:
        No: one may not.
    """
    within = among(where, ctx)

    def go(s: Term) -> Term:
        s = rebuild(s, go, lambda c: c)
        if s[0] != "diff":
            return s
        open_domain(s[2], within)
        for a, what in breakpoints(s[1], s[2]):
            if s[2] in free(a) and (what == "steps" or not nonzero(a, within)):
                raise No("a summand may have no derivative")
        return derivative(s[1], s[2], within)

    return go(t)


def terms_defined(node: Term, ctx: Ctx) -> None:
    """Raises No unless every summand is a real number, for every value of the parameters."""
    body, where = range_of(node, ctx, "sum")
    Interior(among(where, ctx), ()).level(summand(body, where, ctx))


def summable(node: Term, ctx: Ctx) -> None:
    """Raises No unless the infinite sum is established to converge absolutely, for every value of the parameters."""
    body, where = range_of(node, ctx, "sum")
    if where[2] != ("inf", 1):
        raise No("this is no series")
    _absolutely(summand(body, where, ctx), where, ctx, None)


def differentiable_sum(node: Term, theta: str, ctx: Ctx) -> Term:
    """Σ D with d/dθ Σ t = Σ D at every θ of its domain; raises No unless that is established."""
    body, where = range_of(node, ctx, "sum")
    k, lo, hi = where
    if theta == k or theta in free(lo) | free(hi):
        raise No(f"the range of a sum depends on {theta}")
    open_domain(theta, ctx)
    t, within = summand(body, where, ctx), among(where, ctx)
    Interior(within, {theta}).need(t, SMOOTH)
    slope = derivative(t, theta, within)
    Interior(within, ()).level(slope)
    if hi[0] == "inf":
        _absolutely(t, where, ctx, None)
        _absolutely(slope, where, ctx, theta)
    return ("sum", slope, where)


def series_apart(node: Term, ctx: Ctx) -> Term:
    """Σ (c₁ t₁ + c₂ t₂ + …) as c₁ Σ t₁ + c₂ Σ t₂ + …, the c free of the index; raises No unless all converge."""
    body, where = range_of(node, ctx, "sum")
    t, within, out = summand(body, where, ctx), among(where, ctx), []
    pieces = split_linear(t, [where[0]], within)
    at_every_index(t, add(*(mul(c, m) for c, m in pieces)), where, ctx, "a summand is not the sum of its parts")
    for c, m in pieces:
        if where[0] in free(c):
            raise No("a coefficient depends on the index of a sum")
        _absolutely(m, where, ctx, None)
        out.append(mul(c, ("sum", m, where)))
    return add(*out)


def _absolutely(t: Term, where: Range, ctx: Ctx, theta: str | None) -> None:
    within = among(where, ctx)
    Interior(within, ()).level(t)
    for part in _unsigned(t, where[0], within):
        _converges(part, where, ctx, theta)


def _converges(t: Term, where: Range, ctx: Ctx, theta: str | None) -> None:
    k, lo, hi = where
    failed = No("a sum is not known to converge")
    for order in (3, 7):
        try:
            end = End(ctx.without(k), k, (lo, hi), 1, theta, order, strict=True)
            sizes = end.expand(t).sizes
        except No as no:
            failed = no
            continue
        if all(end.e.scale.integrable(m) for m in sizes):
            return
    raise failed


def _unsigned(t: Term, k: str, within: Ctx) -> list[Term]:
    """Terms with |t| ≤ Σ |terms| at the integers, without powers of what may be negative to whole numbers that grow.

    What has no such powers is left whole. Where it has, a sum falls into its parts: what cancels in it by signs that
    turn must not cancel when they are forgotten.
    """
    if not _turns(t, k, within):
        return [t]
    if t[0] == "pow":
        return [("pow", fn("abs", t[1]), t[2])]
    if t[0] == "fn":
        return _unsigned(t[2], k, within)
    parts = [_unsigned(c, k, within) for c in t[1:]]
    out = [s for p in parts for s in p] if t[0] == "add" else [mul(*c) for c in product(*parts)]
    if len(out) > MAX_PARTS:
        raise No("a summand has too many parts")
    return out


def _turns(t: Term, k: str, within: Ctx) -> bool:
    """Does a sign that may turn with k stand where it can be forgotten?"""
    if k not in free(t):
        return False
    if t[0] == "pow":
        return k in free(t[2]) and k not in free(t[1]) and whole(t[2], within) and not holds(t[1], ">", within)
    if t[0] == "fn":
        return bool(t[1] == "abs") and _turns(t[2], k, within)
    return t[0] in ("add", "mul") and any(_turns(c, k, within) for c in t[1:])
