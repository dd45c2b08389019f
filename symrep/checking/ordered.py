"""Integrals from a to x where nobody said that a < x: upwards, over nothing, and downwards, each looked at alone."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.notation import Binder

__all__ = ["bound_in", "ordered"]

Case = tuple[Any, Any, tuple[Any, ...]]


def ordered(lhs: Any, rhs: Any, given: tuple[Any, ...]) -> list[Case]:
    """Two sides with what is given, for a < x, a = x and a > x, as far as the given leaves these open.

    What holds in all of them holds. Empty where it is known that a < x, and where the integrals have other ends.
    """
    found = {
        (low, high)
        for i in lhs.atoms(sp.Integral) | rhs.atoms(sp.Integral)
        for _, low, high in (x for x in i.limits if len(x) == 3)
        if low.free_symbols and high.free_symbols
    }
    if len(found) != 1:
        return []
    ((low, high),) = found
    if not (low.is_Symbol and high.is_Symbol) or {low, high} & bound_in(lhs, rhs):
        return []
    orders = [r for r in given if isinstance(r, sp.core.relational.Relational) and {*r.args} == {low, high}]
    if any(not isinstance(r, (sp.LessThan, sp.GreaterThan)) for r in orders):
        return []
    rest = tuple(r for r in given if r not in orders)
    below = {r.lts == low for r in orders}
    out: list[Case] = []
    if below != {False}:
        out.append((lhs, rhs, (*rest, sp.StrictLessThan(low, high))))
    at = tuple(r for r in (g.xreplace({high: low}) for g in rest) if r is not sp.true)
    if sp.false not in at:
        nothing = [_turned(e, low, high, sp.S.Zero).xreplace({high: low}) for e in (lhs, rhs)]
        out.append((nothing[0], nothing[1], at))
    if below != {True}:
        back = [_turned(e, low, high, sp.S.NegativeOne) for e in (lhs, rhs)]
        out.append((back[0], back[1], (*rest, sp.StrictLessThan(high, low))))
    return out


def bound_in(*sides: Any) -> set[Any]:
    """The variables of integrals, sums and expectations."""
    out: set[Any] = set()
    for e in (e for side in sides for e in sp.preorder_traversal(side)):
        if isinstance(e, (sp.Integral, sp.Sum, sp.Product)):
            out |= {limit[0] for limit in e.limits}
        elif isinstance(e, Binder):
            out |= {*e.variables}
    return out


def _turned(expr: Any, low: Any, high: Any, times: Any) -> Any:
    """With integrals from low to high times a number, turned round."""
    table = {}
    for i in expr.atoms(sp.Integral):
        if len(i.limits) == 1 and i.limits[0][1:] == (low, high):
            table[i] = times * sp.Integral(i.function, (i.limits[0][0], high, low))
    return expr.xreplace(table)
