r"""Expectations of functions of vectors over independent coordinates: taken apart, differentiated, by parts."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.errors import NotApplicable
from symrep.kernel.theorems.instance import replace
from symrep.law import fresh_index, fresh_variable
from symrep.notation import EachExpectation
from symrep.rules.base import nodes, rewrite, swap, unfolded
from symrep.symbols import DomainSymbol, as_expr
from symrep.translate import to_term
from symrep.vectors import Vector, slopes_at

__all__ = ["by_parts_along", "moves", "of_vectors", "taken_apart"]


def of_vectors(e: Any) -> bool:
    """An expectation over coordinates in which a function of a vector stands?"""
    return isinstance(e, EachExpectation) and bool(e.body.atoms(Vector))


def moves(node: EachExpectation, t: Any) -> bool:
    return any(isinstance(e, sp.Indexed) and e.base == node.family for e in sp.preorder_traversal(t))


# --- linearity ------------------------------------------------------------------------------------------------------


def taken_apart(line: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Every such expectation term by term, sums over indices taken out; the theorems that lead there."""
    table, steps = [], []
    for node in nodes(line, EachExpectation, of_vectors):
        result = _apart(node, unfolded(node.body))
        if result != node:
            table.append((node, result))
            steps.append(rewrite("linear_each", node, result))
    return swap(line, table), steps


def _apart(node: EachExpectation, t: Any) -> Any:
    t = sp.expand(t, deep=False)
    if isinstance(t, sp.Add):
        return sp.Add(*(_apart(node, c) for c in t.args))
    factors = sp.Mul.make_args(t)
    free = sp.Mul(*(f for f in factors if not moves(node, f)))
    moving = [f for f in factors if moves(node, f)]
    for place, f in enumerate(moving):
        others = sp.Mul(*moving[:place], *moving[place + 1 :])
        if isinstance(f, sp.Sum):
            *inner, (k, lo, hi) = f.limits
            body = sp.Sum(f.function, *inner) if inner else f.function
            if others.has(k):
                new = fresh_index(k.name, lo, others.free_symbols | body.free_symbols)
                body, k = body.subs(k, new), new
            return free * sp.Sum(_apart(node, body * others), (k, lo, hi))
        if isinstance(f, sp.Add):
            return free * sp.Add(*(_apart(node, c * others) for c in f.args))
    return free * node.with_body(sp.Mul(*moving))


# --- integration by parts along a coordinate ------------------------------------------------------------------------


def by_parts_along(rule: str, line: Any, along: Any, hint: Any) -> tuple[Any, list[dict[str, Any]]]:
    """E[s(z_a) G] as E[∂G/∂z_a] for z_a = ``along``, under sums over indices, too; the theorems that lead there.

    Raises:
        NotApplicable: no such expectation.
    """
    needed = f"an expectation over {along} of its score times a function of a vector"
    if not isinstance(along, sp.Indexed) or len(along.indices) != 1:
        raise NotApplicable(rule, "a coordinate to go along", str(along), "along=eps[j]")
    table, steps = [], []
    for chain in _chains(line, ()):
        node = chain[-1]
        found = _one(node, along) if node.family == along.base and moves(node, node.body) else None
        if found is None:
            continue
        old, (new, step) = node, found
        for e in reversed(chain[:-1]):
            step = _inside(to_term(e), len(e.limits), step)
            old, new = e, sp.Sum(swap(e.function, [(old, new)]), *e.limits)
        table.append((old, new))
        steps.append(step)
    if not table:
        raise NotApplicable(rule, needed, str(line)[:80])
    return swap(line, table), steps


def _inside(whole: Any, sums: int, step: dict[str, Any]) -> dict[str, Any]:
    """The step put in under so many sums, the outermost of which is given."""
    if sums == 0:
        return step
    inner = _inside(whole[1], sums - 1, step)
    body, _ = replace(whole[1], inner["lhs"], inner["rhs"])
    return {"theorem": "inside", "lhs": whole, "rhs": (whole[0], body, *whole[2:]), "step": inner}


def _chains(e: Any, around: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """(outermost sum, …, expectation) in order."""
    if isinstance(e, EachExpectation):
        return [(*around, e)] if of_vectors(e) else []
    if isinstance(e, sp.Sum):
        return _chains(e.function, (*around, e))
    args = sorted(e.args, key=sp.default_sort_key) if isinstance(e, (sp.Add, sp.Mul)) else e.args
    return list(dict.fromkeys(c for a in args if isinstance(a, sp.Basic) for c in _chains(a, around)))


def _one(node: EachExpectation, along: Any) -> tuple[Any, dict[str, Any]] | None:
    (a,), (i, _, _) = along.indices, node.product.limits
    y = DomainSymbol(fresh_variable("y", node.free_symbols | node.atoms(sp.Symbol)).name, "real")
    density = node.product.law.subs(i, a).density_at(y)
    score = sp.expand(sp.simplify(-sp.diff(density, y) / density))
    factor = sp.Mul(*(1 / f for f in sp.Mul.make_args(sp.factor(score)))).subs(y, along) * unfolded(node.body)
    if any(p.exp.is_negative and moves(node, p) for p in factor.atoms(sp.Pow) if p.exp.is_number):
        return None
    slope = slopes_at(factor, node.family, as_expr(a))
    if slope is None:
        return None
    result = node.with_body(slope)
    return result, rewrite("parts_each", node, result, index=a, factor=factor, score=score) | {"variable": y.name}
