"""The chain rule through expectations and integrals: the derivative of a function of these."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.notation import Derivative_, Expectation
from symrep.rules.base import nodes, rewrite, swap

__all__ = ["through_integrals"]

_WHOLE = (Expectation, sp.Integral)


def through_integrals(line: Any) -> tuple[Any, list[dict[str, Any]]]:
    """The line with f′(M) D(M, x) for D(f(M), x), and the theorems that lead there."""
    table, steps = [], []
    for node in nodes(line, Derivative_, lambda d: not isinstance(d.body, (*_WHOLE, Derivative_))):
        x = node.variable
        inner = [m for m in nodes(node.body, _WHOLE) if x in m.free_symbols]
        whole = nodes(node.body, _WHOLE)
        if not inner or _speaks_of(node.body.xreplace(dict.fromkeys(whole, sp.S.One)), x, whole):
            continue
        letters = {m: sp.Dummy(f"u{n}", positive=True) for n, m in enumerate(whole)}
        outer = node.body.xreplace(letters)
        back = {u: m for m, u in letters.items()}
        slopes = [sp.diff(outer, letters[m]).xreplace(back) * Derivative_(m, x) for m in inner]
        result = sp.Add(sp.diff(outer, x).xreplace(back), *slopes)
        table.append((node, result))
        steps.append(rewrite("through", node, result, steps=[_under(m, x) for m in inner]))
    return swap(line, table), steps


def _speaks_of(rest: Any, x: Any, whole: list[Any]) -> bool:
    """Is there something else inside that is no function of numbers?"""
    return bool(nodes(rest, Derivative_)) or any(nodes(rest, type(m)) for m in whole)


def _under(m: Any, x: Any) -> dict[str, Any]:
    if isinstance(m, Expectation):
        return rewrite("interchange", Derivative_(m, x), Expectation(Derivative_(m.body, x), *m.args[1:]))
    return rewrite("interchange", Derivative_(m, x), sp.Integral(Derivative_(m.function, x), *m.limits))
