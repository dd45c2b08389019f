r"""Derivatives by one of a family, ∂/∂x_i of what has sums over the family in it, carried out.

∂/∂x_a of Σ_j g(x_j) is the derivative of g at x_a, and Σ_j of what else there is of x_a in g: a is taken for one of the
indices of a sum that begins with the first. Coordinates whose indices may or may not be the same, x_i beside x_j, are
unread.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.notation import Binder, Derivative_
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.trees import Tree

__all__ = ["as_family", "by_coordinate"]


def as_family(m: Meaning, expr: Any) -> Any:
    """x_1 of a family x, where a function was defined by that name, as the family's member."""
    table = {}
    for s in (s for s in expr.free_symbols if isinstance(s, sp.Symbol)):
        base, _, below = s.name.partition("_")
        if base in m.sc.bases and below.isdigit():
            table[s] = m.sc.indexed(base, (sp.Integer(below),), Tree("name", 0, 0, base))
    return expr.xreplace(table) if table else expr


def by_coordinate(m: Meaning, t: Tree, expr: Any, x: Any) -> Any:
    """∂expr/∂x.

    Raises:
        Unread: there are coordinates of which it is not known whether they are x, or what cannot be differentiated so.
    """
    if len(x.indices) != 1 or expr.has(Binder, Derivative_, sp.Integral, sp.Limit):
        m.sc.fail(t, "a derivative by one coordinate of sums over them", "another")
    if not any(i.base == x.base for i in expr.atoms(sp.Indexed)):
        m.sc.fail(t, f"how this depends on {x}", "an expression without it", "undefined", f"a definition with {x}")
    m.sc.guess(t, f"carried out, {x} being one of those summed over", "a derivative by one of a family", "derivative")
    return _by(m, t, expr, x)


def _by(m: Meaning, t: Tree, expr: Any, x: Any) -> Any:
    sums = {s: sp.Dummy(f"s{k}", real=True) for k, s in enumerate(_outermost(expr, x.base))}
    body = expr.xreplace(sums)
    u = sp.Dummy("u", real=True)
    for i in body.atoms(sp.Indexed):
        if i.base == x.base and i != x and not _apart(i, x):
            m.sc.fail(t, f"whether {i} is {x}", "another index", "ambiguous")
    if body.has(sp.Sum, sp.Product) and any(e.has(x.base) for e in body.atoms(sp.Sum, sp.Product)):
        m.sc.fail(t, "a derivative of sums over the family", "another")
    body = body.xreplace({x: u})
    back = {d: s for s, d in sums.items()} | {u: x}
    out = sp.diff(body, u).xreplace(back)
    for s, d in sums.items():
        out += sp.diff(body, d).xreplace(back) * _of_sum(m, t, s, x)
    return out


def _outermost(expr: Any, base: Any) -> list[Any]:
    if isinstance(expr, sp.Sum) and expr.has(base):
        return [expr]
    return list(dict.fromkeys(s for a in expr.args for s in _outermost(a, base)))


def _apart(i: Any, x: Any) -> bool:
    return bool((i.indices[0] - x.indices[0]).is_nonzero)


def _of_sum(m: Meaning, t: Tree, s: Any, x: Any) -> Any:
    if len(s.limits) != 1 or s.limits[0][1] not in (0, 1):
        m.sc.fail(t, "sums over all of the family", "others")
    j, low, high = s.limits[0]
    at = x.indices[0]
    if at.is_Integer and (at < low or (high.is_Integer and at > high)):
        return sp.S.Zero
    mine, u = x.base[j], sp.Dummy("u", real=True)
    out = sp.diff(s.function.xreplace({mine: u}), u).xreplace({u: mine}) if s.function.has(mine) else sp.S.Zero
    rest = s.function.xreplace({mine: u})
    inside = _by(m, t, rest, x).xreplace({u: mine}) if any(i.base == x.base for i in rest.atoms(sp.Indexed)) else 0
    return out.xreplace({j: at}) + (sp.Sum(inside, (j, low, high)) if inside != 0 else 0)
