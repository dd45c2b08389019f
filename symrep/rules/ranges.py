"""Sums over one index: split at a place, written over another index, folded into expectations."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.errors import BadInput
from symrep.notation import Expectation
from symrep.rules.base import Applied, nodes, rewrite, swap
from symrep.rules.counting import counted, one_index, summand
from symrep.symbols import as_expr

__all__ = ["folded_sums", "is_range", "shifted", "split_sum", "sums_over"]


def is_range(e: Any) -> bool:
    """A sum over one index."""
    return isinstance(e, sp.Sum) and one_index(e)


def split_sum(node: Any, at: Any) -> tuple[Any, dict[str, Any]]:
    """Σ up to and including ``at`` and Σ from the next integer on, and the theorem."""
    k, low, high = node.limits[0]
    if at.has(k):
        raise BadInput("split_at", f"a place free of {k}", str(at))
    result = sp.Sum(node.function, (k, low, at)) + sp.Sum(node.function, (k, at + 1, high))
    return result, rewrite("split", node, result, at=at)


def sums_over(line: Any, k: Any) -> list[Any]:
    """The sums over the index k alone."""
    return nodes(line, sp.Sum, lambda e: is_range(e) and e.limits[0][0] == k)


def shifted(rule: str, node: Any, value: Any, j: Any) -> tuple[Any, dict[str, Any]]:
    """The sum over j with k = c + j or k = c − j, and the theorem.

    Raises:
        BadInput: no new index, or ``value`` is neither a shift of it nor its reflection.
    """
    k, low, high = node.limits[0]
    if not isinstance(j, sp.Symbol) or not value.has(j):
        raise BadInput(rule, f"the new index as third argument, occurring in {value}", str(j))
    way = sp.expand(value).coeff(j, 1)
    c = sp.expand(value - way * j)
    if way not in (1, -1) or c.has(j):
        raise BadInput(rule, "a shift c + j of the index, or its reflection c - j", str(value))
    body = node.function.subs(k, value)
    if way == 1:
        new = sp.Sum(body, (j, low - c, high - c))
        return new, rewrite("reindex", node, new, variable=j.name, shift=c)
    new = sp.Sum(body, (j, c - high, c - low))
    return new, rewrite("reindex", node, new, variable=j.name, shift=c, reversed=True)


def folded_sums(before: Any, hint: Any) -> Applied | None:
    """Σ t over the support of a discrete law as E[t/pmf], where the stated line has an expectation of a multiple of
    t/pmf which the line before has not: by definition the two are one sum, and the kernel compares their terms."""
    if not isinstance(hint, sp.Basic) or not before.has(sp.Sum):
        return None
    left, stood = nodes(before, sp.Sum, is_range), set(nodes(before, Expectation))
    table = []
    for e in nodes(hint, Expectation, lambda e: counted(e) and e not in stood):
        t, k, low, high = summand(e)
        for node in left:
            index, a, b = node.limits[0]
            ratio = sp.gammasimp(sp.powsimp(node.function.xreplace({index: k}) / t))
            if (a, b) == (as_expr(low), as_expr(high)) and (not ratio.has(k) and ratio != 0):
                left.remove(node)
                table.append((node, Expectation(ratio * e.body, *e.args[1:])))
                break
    return Applied(swap(before, table), mentions=(hint,)) if table else None
