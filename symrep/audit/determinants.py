r"""Determinants of matrices given by their entries, of any size: Sylvester's identity, the lemma, triangular matrices.

Two matrices are shown to be one entry by entry: on the diagonal, above it and below it, each at every pair of indices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import MINUS, ONE, ZERO, No, Term, add, free, fresh, mul, power, substitute, sym, value
from symrep.audit.instance import Data
from symrep.audit.normal import need_same, same_everywhere
from symrep.audit.regular import proved
from symrep.audit.summing import among

__all__ = ["DETERMINANT_THEOREMS", "matrix", "names_of", "positive_integer", "same_entries"]


def matrix(t: Term, ctx: Ctx) -> tuple[Callable[[Term, Term], Term], Term, tuple[str, str]]:
    """The entry as a function of its two indices, the size, the names of the indices."""
    if t[0] != "det":
        raise No("this theorem is about determinants")
    (i, low, n), (j, other, columns) = t[2:]
    if i == j or low != ONE or other != ONE or n != columns or {i, j} & free(n):
        raise No("rows and columns are not counted alike")
    positive_integer(n, ctx)
    return (lambda r, c: substitute(t[1], {i: r, j: c})), n, (i, j)


def positive_integer(n: Term, ctx: Ctx) -> None:
    number = value(n)
    if number is not None and number.denominator == 1 and number > 0:
        return
    if n[0] != "sym" or ctx.kind_of(n[1]) != "positive integer":
        raise No("a size is not known to be a positive integer")


def same_entries(
    a: Callable[[Term, Term], Term], b: Callable[[Term, Term, Term], Term], n: Term, ctx: Ctx, taken: set[str]
) -> None:
    """a(r, c) = b(r, c, δ_rc) for all 1 ≤ r, c ≤ n."""
    r = fresh(taken, "row")
    c = fresh({*taken, r}, "column")
    along = among((r, ONE, n), ctx)
    if not same_everywhere(a(sym(r), sym(r)), b(sym(r), sym(r), ONE), along):
        raise No("an entry on the diagonal is another one")
    both = among((c, ONE, n), along)
    for op in ("<", ">"):
        apart = both.assume(sym(r), op, sym(c))
        if not same_everywhere(a(sym(r), sym(c)), b(sym(r), sym(c), ZERO), apart):
            raise No("an entry off the diagonal is another one")


def names_of(ctx: Ctx, *ts: Term) -> set[str]:
    return {*ctx.known(), *(n for t in ts for n in free(t))}


def sylvester(i: Data, ctx: Ctx) -> None:
    """det(I_n + AB) = det(I_m + BA) with a_ik = ``left``, b_kj = ``right``, k = ``inner`` from 1 to m = ``size``."""
    lhs, rhs = i.term("lhs"), i.term("rhs")
    entry, n, (row, col) = matrix(lhs, ctx)
    other, m, (p, q) = matrix(rhs, ctx)
    a, b, k = i.term("left"), i.term("right"), i.name("inner")
    if i.term("size") != m:
        raise No("the other determinant is not of the inner size")
    if k in (row, col) or k in free(lhs) | free(rhs) | free(n) | free(m) or {row, col} & free(m):
        raise No("the inner index already means something else")
    if col in free(a) or row in free(b):
        raise No("a factor depends on an index it must not depend on")
    taken = {*names_of(ctx, lhs, rhs, a, b), row, col, k, p, q}
    x = fresh(taken, "inner")

    def product(r: Term, c: Term, one: Term) -> Term:
        factors = mul(substitute(a, {row: r, k: sym(x)}), substitute(b, {col: c, k: sym(x)}))
        return add(one, ("sum", factors, (x, ONE, m)))

    def turned(r: Term, c: Term, one: Term) -> Term:
        factors = mul(substitute(b, {k: r, col: sym(x)}), substitute(a, {row: sym(x), k: c}))
        return add(one, ("sum", factors, (x, ONE, n)))

    same_entries(entry, product, n, ctx, {*taken, x})
    same_entries(other, turned, m, ctx, {*taken, x})


def rank_one(i: Data, ctx: Ctx) -> None:
    """det(c I + u wᵀ) = c^{n−1}(c + Σ u_i w_i), c ≠ 0: ``scale``, ``left`` and ``right``."""
    lhs = i.term("lhs")
    entry, n, (row, col) = matrix(lhs, ctx)
    c, u, w = i.term("scale"), i.term("left"), i.term("right")
    if {row, col} & free(c) or col in free(u) or row in free(w):
        raise No("a part depends on an index it must not depend on")
    if not proved(c, "!=", ctx):
        raise No("the multiple of the identity may be 0")
    taken = {*names_of(ctx, lhs, c, u, w), row, col}

    def parts(r: Term, k: Term, one: Term) -> Term:
        return add(mul(c, one), mul(substitute(u, {row: r}), substitute(w, {col: k})))

    same_entries(entry, parts, n, ctx, taken)
    x = fresh(taken, "inner")
    total = ("sum", mul(substitute(u, {row: sym(x)}), substitute(w, {col: sym(x)})), (x, ONE, n))
    need_same(i.term("rhs"), mul(power(c, add(n, MINUS)), add(c, total)), ctx, "the value is another one")


def triangular(i: Data, ctx: Ctx) -> None:
    """Det = Π a_ii where the entries ``zero`` "above" or "below" the diagonal are 0."""
    lhs, where = i.term("lhs"), i.name("zero")
    entry, n, names = matrix(lhs, ctx)
    op = {"above": "<", "below": ">"}.get(where)
    if op is None:
        raise No("the zeros stand above or below the diagonal")
    taken = {*names_of(ctx, lhs), *names}
    r = fresh(taken, "row")
    c = fresh({*taken, r}, "column")
    inside = among((c, ONE, n), among((r, ONE, n), ctx)).assume(sym(r), op, sym(c))
    if not same_everywhere(entry(sym(r), sym(c)), ZERO, inside):
        raise No("an entry that should be 0 may be something else")
    need_same(i.term("rhs"), ("product", entry(sym(r), sym(r)), (r, ONE, n)), ctx, "this is not the diagonal's product")


DETERMINANT_THEOREMS: Final[Mapping[str, Callable[[Data, Ctx], None]]] = {
    "sylvester": sylvester,
    "rank_one": rank_one,
    "triangular": triangular,
}
