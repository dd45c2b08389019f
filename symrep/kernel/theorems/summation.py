r"""Sums and products over integers: telescoping, splitting, another index, exchange. Each checks an instance.

Σ_{k=lo}^{hi} is over the integers lo ≤ k ≤ hi. For hi < lo − 1 there are two conventions (nothing at all, or Karr's
Σ_{k=lo}^{hi} = −Σ_{k=hi+1}^{lo−1}, which SymPy follows); they agree for hi ≥ lo − 1, which is proved where it matters.
An infinite sum is the limit of its partial sums, an infinite product that of its partial products.

Every equation between summands is proved on the integers of the range: k is a symbol of its own there, an integer with
lo ≤ k ≤ hi, so that what is undefined at one of them is not equal to anything.
"""

from __future__ import annotations

from dataclasses import replace

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.limits import limit
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.recording import equal
from symrep.term import MINUS_ONE, ONE, Term, add, div, free_symbols, fresh, mul, sub, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["Range", "exchange", "in_range", "integer_ends", "no_gap", "read_range", "reindex", "split"]
__all__ += ["telescoping", "unused", "without"]
Range = tuple[str, Term, Term]


def read_range(t: Term, *heads: str) -> tuple[Term, Range]:
    """Body and (index, lo, hi) of a sum or product over one index."""
    if t[0] not in heads or len(t) != 3 or t[2][1][0] == "inf" or t[2][2] == ("inf", -1):
        raise NotProved(f"needs a {' or '.join(heads)} over one index from a finite end on", Reason.DOES_NOT_APPLY)
    body, (k, lo, hi) = t[1], t[2]
    if k in free_symbols(lo) | free_symbols(hi):
        raise NotProved(f"the index {k} also occurs in its own range", Reason.DOMAIN)
    return body, (k, lo, hi)


def without(ctx: Context, k: str) -> Context:
    """The context without what it says of k, which is bound."""
    given = tuple(r for r in ctx.given if k not in free_symbols(r))
    symbols = {n: kind for n, kind in ctx.symbols.items() if n != k}
    return replace(ctx, symbols=symbols, given=given, assumed=tuple(a for a in ctx.assumed if k not in a.free()))


def integer_ends(ctx: Context, *ends: Term) -> None:
    for e in ends:
        if e[0] != "inf" and not integer_valued(e, ctx):
            raise NotProved("an end of the range is not known to be an integer", Reason.DOMAIN)


def no_gap(lo: Term, hi: Term, ctx: Context) -> None:
    """Proves hi ≥ lo − 1."""
    if hi[0] != "inf" and not prove_sign(add(hi, mul(MINUS_ONE, lo), ONE), ">=", domain(ctx)):
        raise NotProved("the upper end may lie more than one below the lower end", Reason.DOMAIN)


def in_range(ctx: Context, k: str, lo: Term, hi: Term) -> Context:
    """The context with an integer k, lo ≤ k ≤ hi."""
    kind = "integer"
    if lo[0] == "num" and lo[1] >= 0:
        kind = "nonnegative integer" if lo[1] == 0 else "positive integer"
    inner = without(ctx, k)
    given = inner.given
    if not (lo[0] == "num" and lo[1] in (0, 1)):
        given = (*given, ("rel", ">=", sym(k), lo))
    if hi[0] != "inf":
        given = (*given, ("rel", "<=", sym(k), hi))
    return replace(inner, symbols={**inner.symbols, k: kind}, given=given)


def unused(k: str, t: Term, ctx: Context) -> str:
    """A name for an index that occurs nowhere, bound or free."""
    taken = {k, *ctx.symbols, *(n for r in ctx.given for n in free_symbols(r))}
    for s in walk(t):
        taken |= free_symbols(s) if s[0] in ("sym", "index", "diff", "expect_each") else set()
        taken |= {b[0] for b in s[2:]} if s[0] in ("sum", "product", "vector", "integral", "det", "limit") else set()
        taken |= {b[0] for b in s[1]} if s[0] == "law" else {s[1]} if s[0] == "iprod" else set()
    return fresh(k, taken)


def telescoping(i: Instance, ctx: Context) -> Facts:
    """Σ_{k=lo}^{hi} t = Σ_{k=lo}^{hi} g + T(hi+1) − T(lo) when t(k) = g(k) + T(k+1) − T(k) for lo ≤ k ≤ hi, and
    Π_{k=lo}^{hi} t = T(hi+1)/T(lo) when T(k+1) = t(k)·T(k) and T(lo) ≠ 0.

    Data: ``antidifference`` T, a term in the index of ``lhs``; ``remainder`` g likewise, 0 when absent (sums only).
    Conditions: lo and hi integers, hi ≥ lo − 1. For hi = ∞ (without a remainder) T(hi+1) is lim_{k→∞} T(k), which has
    to be finite; it is taken over real k.
    """
    body, (k, lo, hi) = read_range(i.term("lhs"), "sum", "product")
    anti, outer = i.term("antidifference"), without(ctx, k)
    integer_ends(outer, lo, hi)
    no_gap(lo, hi, outer)
    after = substitute(anti, {k: add(sym(k), ONE)})
    inside = in_range(outer, k, lo, hi)
    start = substitute(anti, {k: lo})
    if hi[0] == "inf":
        end = limit(anti, k, hi, "-", outer, (lo, hi))
        if end[0] == "inf":
            raise NotProved("the partial sums or products are unbounded", Reason.NOT_INTEGRABLE)
    else:
        end = substitute(anti, {k: add(hi, ONE)})
    if i.term("lhs")[0] == "product":
        equal(after, mul(body, anti), inside)
        equal(i.term("rhs"), div(end, start), outer)
        return ("the partial products telescope",)
    rest: list[Term] = []
    if i.has("remainder"):
        if hi[0] == "inf":
            raise NotProved("an infinite sum is not taken apart", Reason.DOES_NOT_APPLY)
        rest = [("sum", i.term("remainder"), (k, lo, hi))]
        body = sub(body, i.term("remainder"))
    equal(sub(after, anti), body, inside)
    equal(i.term("rhs"), add(*rest, end, mul(MINUS_ONE, start)), outer)
    return ("the sum telescopes",)


def split(i: Instance, ctx: Context) -> Facts:
    """Σ_{lo}^{hi} = Σ_{lo}^{m} + Σ_{m+1}^{hi}, finite products likewise; for sums hi may be ∞ (both sides converge or
    neither does; a product may be 0 by a factor in front of one that diverges).

    Data: ``at`` m. Conditions: lo, m, hi integers, lo − 1 ≤ m ≤ hi.
    """
    lhs, at = i.term("lhs"), i.term("at")
    body, (k, lo, hi) = read_range(lhs, "sum", "product")
    if k in free_symbols(at):
        raise NotProved("the place of the split depends on the index", Reason.DOMAIN)
    if lhs[0] == "product" and hi[0] == "inf":
        raise NotProved("an infinite product is not split: its first factors may be 0", Reason.DOMAIN)
    outer = without(ctx, k)
    integer_ends(outer, lo, at, hi)
    no_gap(lo, at, outer)
    if hi[0] != "inf" and not prove_sign(sub(hi, at), ">=", domain(outer)):
        raise NotProved("the place of the split may lie outside the range", Reason.DOMAIN)
    first, second = (lhs[0], body, (k, lo, at)), (lhs[0], body, (k, add(at, ONE), hi))
    equal(i.term("rhs"), add(first, second) if lhs[0] == "sum" else mul(first, second), outer)
    return ("a range split in two",)


def reindex(i: Instance, ctx: Context) -> Facts:
    """Σ_{k=lo}^{hi} f(k) = Σ_j f(c + j) over lo − c ≤ j ≤ hi − c, or Σ_j f(c − j) over c − hi ≤ j ≤ c − lo.

    Data: ``variable`` j, ``shift`` c, an integer free of j and k; ``reversed`` true for c − j (finite ends only).
    """
    lhs, j, c = i.term("lhs"), i.name("variable"), i.term("shift")
    body, (k, lo, hi) = read_range(lhs, "sum", "product")
    if j in free_symbols(lhs) | free_symbols(c) | ({k} & free_symbols(c)):
        raise NotProved(f"the new index {j} already occurs in the line", Reason.ERROR)
    if k in free_symbols(c):
        raise NotProved("the shift depends on the index", Reason.DOMAIN)
    outer = without(ctx, k)
    integer_ends(outer, lo, hi, c)
    if i.has("reversed"):
        if hi[0] == "inf":
            raise NotProved("an infinite sum is not reversed", Reason.DOES_NOT_APPLY)
        new = (lhs[0], substitute(body, {k: sub(c, sym(j))}), (j, sub(c, hi), sub(c, lo)))
    else:
        top = hi if hi[0] == "inf" else sub(hi, c)
        new = (lhs[0], substitute(body, {k: add(c, sym(j))}), (j, sub(lo, c), top))
    equal(i.term("rhs"), new, without(outer, j))
    return ("another index for the same terms",)


def exchange(i: Instance, ctx: Context) -> Facts:
    """Σ_{i=a}^{b} Σ_{j=a}^{i−c} f(i, j) = Σ_{j=a}^{b−c} Σ_{i=j+c}^{b} f(i, j), the same pairs (i, j); c = 0 or 1.

    Conditions: a, b integers, b ≥ a + c − 1.
    """
    outer_body, (x, a, b) = read_range(i.term("lhs"), "sum")
    body, (y, low, top) = read_range(outer_body, "sum")
    outer = without(without(ctx, x), y)
    integer_ends(outer, a, b)
    no_gap(a, b, outer)
    if b[0] == "inf" or x == y or low != a:
        raise NotProved("needs a finite triangle of indices", Reason.DOES_NOT_APPLY)
    if top == sym(x):
        new = ("sum", ("sum", body, (x, sym(y), b)), (y, a, b))
    elif top in (sub(sym(x), ONE), add(sym(x), MINUS_ONE)):
        new = ("sum", ("sum", body, (x, add(sym(y), ONE), b)), (y, a, sub(b, ONE)))
        no_gap(a, sub(b, ONE), outer)
    else:
        raise NotProved("needs an inner sum up to the outer index, or one below it", Reason.DOES_NOT_APPLY)
    equal(i.term("rhs"), new, outer)
    return ("a finite double sum in the other order",)
