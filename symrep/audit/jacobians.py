r"""The Jacobian determinant of n maps of z_1, …, z_n, for any n: the derivative by ε after one coordinate moved by ε.

In Σ_{k=1}^n g(z_k) only the summand of the coordinate that moves changes: Σ_k g(z_k) + g(z_j + ε) − g(z_j).
"""

from __future__ import annotations

from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    ONE,
    ZERO,
    No,
    Term,
    add,
    free,
    fresh,
    has,
    mul,
    neg,
    rebuild,
    substitute,
    sym,
    value,
    walk,
)
from symrep.audit.derive import derivative
from symrep.audit.determinants import matrix, names_of, positive_integer, same_entries
from symrep.audit.instance import Data
from symrep.audit.regular import proved

__all__ = ["jacobian"]

_SMOOTH: Final = frozenset(("exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf"))
_PLAIN: Final = frozenset(("add", "mul", "pow", "fn", "app", "sum", "index", "num", "sym", "const", "inf"))


def jacobian(i: Data, ctx: Ctx) -> None:
    """det[∂f_i/∂z_j] is the determinant of the matrix with these entries."""
    lhs = i.term("lhs")
    if lhs[0] != "jacobian":
        raise No("this theorem is about the Jacobian of a map")
    _, f, (row, low, n), z = lhs
    entry, size, _ = matrix(i.term("rhs"), ctx)
    positive_integer(n, ctx)
    if low != ONE or size != n or row in free(n):
        raise No("there are not as many maps as coordinates, each counted from 1")
    if ctx.kinds.get(z) != "real" or any(z in free(r) and r[1] == "==" for r in ctx.given):
        raise No("the coordinates are not free to move")
    _differentiable(f, z, ctx)
    taken = {*names_of(ctx, lhs, i.term("rhs")), row, z, *(b[0] for s in walk(f) if s[0] == "sum" for b in s[2:])}
    eps = fresh(taken, "eps")
    moving = ctx.with_kind(eps, "real")

    def slope_at(r: Term, c: Term, _: Term) -> Term:
        moved = _moved(substitute(f, {row: r}), z, r, c, n, eps)
        return substitute(_slope(moved, eps, moving, {*taken, eps}), {eps: ZERO})

    same_entries(entry, slope_at, n, ctx, {*taken, eps})


def _differentiable(f: Term, z: str, ctx: Ctx) -> None:
    """Where it has a value, in every coordinate."""
    for s in walk(f):
        if not any(t[0] == "index" and t[1] == z for t in walk(s)):
            continue
        if s[0] not in _PLAIN or (s[0] == "fn" and s[1] not in _SMOOTH) or (s[0] == "index" and len(s) != 3):
            raise No(f"{s[1] if s[0] == 'fn' else s[0]} of coordinates is not differentiated")
        if s[0] == "pow":
            exponent = value(s[2])
            if exponent is None:
                raise No("the exponent of a power of coordinates is no number")
            whole = exponent.denominator == 1
            if not (whole and exponent >= 0) and not proved(s[1], "!=" if whole else ">", ctx):
                raise No("the base of a power of coordinates may vanish")


def _moved(t: Term, z: str, row: Term, column: Term, n: Term, eps: str) -> Term:
    """T with z_column + ε for z_column. What stands at the index of a sum around it waits for that sum."""

    def go(s: Term, waiting: frozenset[str]) -> Term:
        if s[0] == "index" and s[1] == z:
            if s[2] == column:
                return add(s, sym(eps))
            if s[2] != row and not (s[2][0] == "sym" and s[2][1] in waiting):
                raise No("a coordinate has another index than that of a row or of a sum")
            return s
        if s[0] == "sum":
            return over(s, waiting)
        return rebuild(s, lambda c: go(c, waiting), lambda c: go(c, waiting))

    def over(s: Term, waiting: frozenset[str]) -> Term:
        k, low, high = s[2]
        body = go(s[1], waiting | {k})
        whole = ("sum", body, s[2])
        mine = ("index", z, sym(k))
        if not any(c == mine for c in walk(body)):
            return whole
        if (low, high) != (ONE, n):
            raise No("a sum over some of the coordinates only")
        before = substitute(body, {k: column})
        after = substitute(_put(body, mine, add(mine, sym(eps))), {k: column})
        return add(whole, after, neg(before))

    return go(t, frozenset())


def _put(t: Term, old: Term, new: Term) -> Term:
    if t == old:
        return new
    if t[0] == "sum" and old[2][1] == t[2][0]:  # bound again here: another index of the same name
        raise No("an index is bound twice, one within the other")
    return rebuild(t, lambda s: _put(s, old, new), lambda s: _put(s, old, new))


def _slope(t: Term, eps: str, ctx: Ctx, taken: set[str]) -> Term:
    """The derivative by ε, which passes under finite sums: they stand as symbols of their own meanwhile."""
    inner: dict[str, Term] = {}

    def hide(s: Term) -> Term:
        if s[0] == "sum" and eps in free(s):
            name = fresh({*taken, *inner}, "sum")
            inner[name] = s
            return sym(name)
        return rebuild(s, hide, hide) if s[0] != "sum" else s

    plain = hide(t)
    for name in inner:
        ctx = ctx.with_kind(name, "real")
    parts = [derivative(plain, eps, ctx)]
    for name, s in inner.items():
        if eps in free(s[2][1]) | free(s[2][2]) or has(s[2][2], "inf"):
            raise No("the ends of a sum move")
        along = ctx.with_kind(s[2][0], "integer")
        under = ("sum", _slope(s[1], eps, along, {*taken, *inner, s[2][0]}), s[2])
        parts.append(mul(derivative(plain, name, ctx), under))
    return substitute(add(*parts), inner)
