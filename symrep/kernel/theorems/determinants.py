r"""Determinants of n × n matrices given by their entries, for every n: det[a_ij], 1 ≤ i, j ≤ n.

``sylvester``: det(I_n + AB) = det(I_m + BA) for A of n × m and B of m × n (Weinstein and Aronszajn; by the two ways to
eliminate in the block matrix with rows (I_n, −A) and (B, I_m)). ``rank_one``: det(c I_n + u wᵀ) = c^{n−1}(c + wᵀu) for
c ≠ 0, the matrix determinant lemma, which is its case m = 1. ``triangular``: a matrix that is zero above, or below, its
diagonal has the product of the diagonal for its determinant.

The entries may be any numbers; these are identities of polynomials in them.
"""

from __future__ import annotations

from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.recording import equal
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, free_symbols, fresh, mul, power, substitute, sym
from symrep.verdict import Reason

__all__ = ["rank_one", "sylvester", "triangular"]
_OF_ALL_SIZES: Final = "for matrices of every size"


def _read(t: Term, ctx: Context) -> tuple[Term, str, str, Term]:
    """(entry, row index, column index, size)."""
    if t[0] != "det":
        raise NotProved(f"needs a determinant, not {t[0]}", Reason.DOES_NOT_APPLY)
    _, entry, (i, lo, n), (j, low, other) = t
    if lo != ONE or low != ONE or n != other or i == j or {i, j} & free_symbols(n):
        raise NotProved("a determinant is of a square matrix, its rows and columns counted from 1", Reason.ERROR)
    _size(n, ctx)
    return entry, i, j, n


def _size(n: Term, ctx: Context) -> None:
    literal = n[0] == "num" and n[2] == 1 and n[1] >= 1
    if not literal and not (n[0] == "sym" and ctx.symbols.get(n[1]) == "positive integer"):
        raise NotProved("the size of a matrix has to be a positive integer", Reason.DOMAIN)


def _delta(i: str, j: str) -> Term:
    return ("piecewise", (("rel", "==", sym(i), sym(j)), ONE), (("true",), ZERO))


def _matrix(entry: Term, i: str, j: str, n: Term) -> Term:
    return ("det", entry, (i, ONE, n), (j, ONE, n))


def sylvester(i: Instance, ctx: Context) -> Facts:
    """det(I_n + AB) = det(I_m + BA). Data: ``left`` a_ik and ``right`` b_kj in the indices of the left side and in the
    index ``inner`` k, which runs from 1 to ``size`` m."""
    lhs = i.term("lhs")
    _, row, col, n = _read(lhs, ctx)
    a, b, k, m = i.term("left"), i.term("right"), i.name("inner"), i.term("size")
    _size(m, ctx)
    if k in {row, col, *free_symbols(lhs), *free_symbols(n), *free_symbols(m)} or {row, col} & free_symbols(m):
        raise NotProved(f"the inner index {k} already means something else", Reason.ERROR)
    if col in free_symbols(a) or row in free_symbols(b):
        raise NotProved("the left factor depends on the column, or the right one on the row", Reason.DOES_NOT_APPLY)
    product: Term = ("sum", mul(a, b), (k, ONE, m))
    equal(lhs, _matrix(add(_delta(row, col), product), row, col, n), ctx)
    new = fresh(k, {row, col, k, *free_symbols(a), *free_symbols(b), *free_symbols(lhs), *ctx.symbols})
    turned: Term = ("sum", mul(substitute(b, {col: sym(row)}), substitute(a, {k: sym(new)})), (row, ONE, n))
    equal(i.term("rhs"), _matrix(add(_delta(k, new), turned), k, new, m), ctx)
    return ("Sylvester's determinant identity", _OF_ALL_SIZES)


def rank_one(i: Instance, ctx: Context) -> Facts:
    """det(c I + u wᵀ) = c^{n−1}(c + Σ_i u_i w_i) for c ≠ 0. Data: ``scale`` c, ``left`` u_i in the row index, ``right``
    w_j in the column index."""
    lhs = i.term("lhs")
    _, row, col, n = _read(lhs, ctx)
    c, u, w = i.term("scale"), i.term("left"), i.term("right")
    if {row, col} & free_symbols(c) or col in free_symbols(u) or row in free_symbols(w):
        raise NotProved("the parts depend on indices they must not depend on", Reason.DOES_NOT_APPLY)
    if not prove_sign(c, "!=", domain(ctx)):
        raise NotProved("the multiple of the identity is not known to be nonzero", Reason.DOMAIN)
    equal(lhs, _matrix(add(mul(c, _delta(row, col)), mul(u, w)), row, col, n), ctx)
    inner: Term = ("sum", mul(u, substitute(w, {col: sym(row)})), (row, ONE, n))
    equal(i.term("rhs"), mul(power(c, add(n, MINUS_ONE)), add(c, inner)), ctx)
    return ("the matrix determinant lemma", _OF_ALL_SIZES)


def triangular(i: Instance, ctx: Context) -> Facts:
    """Det = Π_i a_ii where a_ij = 0 for i < j (``zero``: "above") or for i > j ("below")."""
    lhs, where = i.term("lhs"), i.name("zero")
    entry, row, col, n = _read(lhs, ctx)
    if where not in ("above", "below"):
        raise NotProved("the zeros stand above or below the diagonal", Reason.ERROR)
    taken = {*ctx.symbols, *free_symbols(lhs), row, col}
    a = fresh(row, taken)
    b = fresh(col, {*taken, a})
    low, high = (a, b) if where == "above" else (b, a)
    inside = Context(
        {**ctx.symbols, a: "positive integer", b: "positive integer"},
        ctx.functions,
        (*ctx.given, ("rel", "<", sym(low), sym(high)), ("rel", "<=", sym(high), n)),
    )
    if prove_equal(substitute(entry, {row: sym(a), col: sym(b)}), ZERO, inside).almost_everywhere:
        raise NotProved(f"an entry {where} the diagonal may be something else than 0", Reason.NOTHING_APPLIED)
    equal(i.term("rhs"), ("product", substitute(entry, {col: sym(row)}), (row, ONE, n)), ctx)
    return ("a triangular matrix", _OF_ALL_SIZES)
