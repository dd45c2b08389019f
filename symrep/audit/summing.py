r"""Sums and products over the integers lo ≤ k ≤ hi: taken apart, telescoped, written with another index.

What the notation means for hi < lo − 1 differs from author to author; hi ≥ lo − 1 is shown wherever it could matter. An
infinite sum is the limit of its partial sums. Equations between terms of a sum are shown at every integer of the range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import MINUS, ONE, No, Term, add, div, free, mul, neg, sub, substitute, sym
from symrep.audit.ends import limit
from symrep.audit.instance import Data
from symrep.audit.normal import need_same, same_everywhere
from symrep.audit.regular import proved, whole

__all__ = ["SUM_THEOREMS", "Range", "among", "at_every_index", "integers", "range_of", "telescoped"]

#: index, lower and upper end
Range = tuple[str, Term, Term]


def range_of(t: Term, ctx: Ctx, *heads: str) -> tuple[Term, Range]:
    """The body of a sum or product, and its range between integers lo ≤ hi + 1, or up to ∞."""
    if t[0] not in heads:
        raise No(f"this theorem is not about {t[0]}")
    (k, lo, hi) = t[2]
    if lo[0] == "inf" or hi == ("inf", -1) or k in free(lo) | free(hi):
        raise No("a sum from −∞, or one whose ends depend on its index")
    integers(ctx, lo, hi)
    if hi[0] != "inf" and not proved(add(sub(hi, lo), ONE), ">=", ctx):
        raise No("the upper end may lie below the lower one")
    return t[1], (k, lo, hi)


def integers(ctx: Ctx, *ends: Term) -> None:
    for e in ends:
        if e[0] != "inf" and not whole(e, ctx):
            raise No("an end of a range is not known to be an integer")


def at_every_index(a: Term, b: Term, where: Range, ctx: Ctx, why: str) -> None:
    """Raises No unless a = b at every integer of the range; what is left out for one of them is, over all, null too."""
    need_same(a, b, among(where, ctx), why)


def among(where: Range, ctx: Ctx) -> Ctx:
    """The context with the index a symbol of its own, an integer in the range."""
    k, lo, hi = where
    least = lo[1] if lo[0] == "num" else -1
    ctx = ctx.with_kind(k, "positive integer" if least > 0 else "integer" if least else "nonnegative integer")
    if least not in (0, 1):
        ctx = ctx.assume(sym(k), ">=", lo)
    return ctx if hi[0] == "inf" else ctx.assume(sym(k), "<=", hi)


def telescoped(big: Term, where: Range, ctx: Ctx) -> tuple[Term, Term]:
    """T(hi + 1), or the limit at ∞, and T(lo)."""
    k, lo, hi = where
    first = substitute(big, {k: lo})
    if hi[0] != "inf":
        return substitute(big, {k: add(hi, ONE)}), first
    last = limit(big, k, (lo, hi), 1, ctx, strict=True)  # along all reals, so along the integers
    if last[0] == "inf":
        raise No("what telescopes is unbounded")
    return last, first


def telescoping(i: Data, ctx: Ctx) -> None:
    """Σ t = Σ g + T(hi+1) − T(lo) if t(k) = g(k) + T(k+1) − T(k); Π t = T(hi+1)/T(lo) ≠ 0/0 if T(k+1) = t(k) T(k)."""
    lhs, big = i.term("lhs"), i.term("antidifference")
    body, (k, lo, hi) = range_of(lhs, ctx, "sum", "product")
    where = (k, lo, hi)
    last, first = telescoped(big, where, ctx)
    after = substitute(big, {k: add(sym(k), ONE)})
    if lhs[0] == "product":
        if not proved(first, "!=", ctx):
            raise No("a product may begin with 0")
        at_every_index(after, mul(body, big), where, ctx, "a factor is not the quotient of neighbours")
        need_same(i.term("rhs"), div(last, first), ctx, "the product is another one")
        return
    if i.has("remainder"):
        g = i.term("remainder")
        if hi[0] == "inf":
            raise No("an infinite sum is not taken apart")
        at_every_index(body, add(g, after, neg(big)), where, ctx, "a term is not the difference of neighbours")
        need_same(i.term("rhs"), add(("sum", g, where), last, neg(first)), ctx, "the sum is another one")
        return
    at_every_index(body, sub(after, big), where, ctx, "a term is not the difference of neighbours")
    need_same(i.term("rhs"), sub(last, first), ctx, "the sum is another one")


def split(i: Data, ctx: Ctx) -> None:
    """Σ_{lo}^{hi} = Σ_{lo}^{m} + Σ_{m+1}^{hi} for integers lo − 1 ≤ m ≤ hi; finite products likewise."""
    lhs, m = i.term("lhs"), i.term("at")
    body, (k, lo, hi) = range_of(lhs, ctx, "sum", "product")
    integers(ctx, m)
    if k in free(m) or not proved(add(sub(m, lo), ONE), ">=", ctx):
        raise No("a range is not known to be cut inside")
    if hi[0] != "inf" and not proved(sub(hi, m), ">=", ctx):
        raise No("a range is not known to be cut inside")
    if lhs[0] == "product" and hi[0] == "inf":
        raise No("an infinite product that begins with 0 says nothing of the rest")
    first, second = (lhs[0], body, (k, lo, m)), (lhs[0], body, (k, add(m, ONE), hi))
    result = add(first, second) if lhs[0] == "sum" else mul(first, second)
    need_same(i.term("rhs"), result, ctx, "the parts are others")


def reindex(i: Data, ctx: Ctx) -> None:
    """K = c + j, or k = c − j over a finite range."""
    lhs, j, c = i.term("lhs"), i.name("variable"), i.term("shift")
    body, (k, lo, hi) = range_of(lhs, ctx, "sum", "product")
    integers(ctx, c)
    if {j, k} & free(c) or j in free(lhs):
        raise No("the new index already means something else")
    if i.has("reversed"):
        if hi[0] == "inf":
            raise No("an infinite sum has no last term to begin with")
        new = (substitute(body, {k: sub(c, sym(j))}), (j, sub(c, hi), sub(c, lo)))
    else:
        new = (substitute(body, {k: add(c, sym(j))}), (j, sub(lo, c), hi if hi[0] == "inf" else sub(hi, c)))
    need_same(i.term("rhs"), (lhs[0], *new), ctx, "the sum with the other index is another one")


def exchange(i: Data, ctx: Ctx) -> None:
    """Σ_{x=a}^{b} Σ_{y=a}^{x−c} = Σ_{y=a}^{b−c} Σ_{x=y+c}^{b} over the same pairs, c = 0 or 1."""
    inner, (x, a, b) = range_of(i.term("lhs"), ctx, "sum")
    if b[0] == "inf" or inner[0] != "sum":
        raise No("a double sum over a finite triangle is needed")
    body, (y, low, top) = inner[1], inner[2]
    if x == y or not same_everywhere(low, a, ctx) or x in free(low) or y in free(a) | free(b) | free(top):
        raise No("the inner sum does not begin where the outer one does")
    within = among((x, a, b), ctx)
    for c, shift in ((MINUS, ONE), (None, None)):
        end = sym(x) if c is None else add(sym(x), c)
        if not same_everywhere(top, end, within):
            continue
        last = b if shift is None else sub(b, shift)
        if not proved(add(sub(last, a), ONE), ">=", ctx):
            raise No("the upper end may lie below the lower one")
        start = sym(y) if shift is None else add(sym(y), shift)
        need_same(i.term("rhs"), ("sum", ("sum", body, (x, start, b)), (y, a, last)), ctx, "other pairs of indices")
        return
    raise No("the inner sum does not end at the outer index, or one before it")


SUM_THEOREMS: Final[Mapping[str, Callable[[Data, Ctx], None]]] = {
    "telescoping": telescoping,
    "split": split,
    "reindex": reindex,
    "exchange": exchange,
}
