"""Limits in a line: their values, as a worker with the kernel's own analysis proposes them."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.claim import Claim
from symrep.errors import NotApplicable, SymrepError
from symrep.rules.base import nodes, swap
from symrep.running.worker import call
from symrep.translate import context_of, from_term, names_in, to_term
from symrep.wire import from_json

__all__ = ["limit_values", "limits_to_take"]

#: theorem instances, as the kernel reads them
Steps = tuple[dict[str, Any], ...]
SECONDS: Final = 5.0
MEGABYTES: Final = 2000


def limits_to_take(expr: Any, hint: Any) -> list[Any]:
    """The limits that the stated line no longer has."""
    kept = set(nodes(hint, sp.Limit)) if isinstance(hint, sp.Basic) else set()
    return [n for n in nodes(expr, sp.Limit) if n not in kept]


def limit_values(expr: Any, found: list[Any], given: tuple[Any, ...]) -> tuple[Any, Steps]:
    """The line with the values of these limits put in, the inner of nested ones first, and the theorems that say so.

    Raises:
        NotApplicable: one has no value that is found, or is infinite.
    """
    table, steps = [], list[dict[str, Any]]()
    for node in found:
        value, more = _value(node, given)
        table.append((node, value))
        steps += [s for s in more if s not in steps]
    return swap(expr, table), tuple(steps)


def _value(node: Any, given: tuple[Any, ...]) -> tuple[Any, list[dict[str, Any]]]:
    claim = Claim("equal", {"lhs": to_term(node), "rhs": ("num", 0, 1)}, context_of([node], given))
    try:
        answer = call("verify.limits", {"claim": claim.to_json(), "seconds": SECONDS}, SECONDS, MEGABYTES)
    except SymrepError:
        answer = None
    if answer is not None and "infinite" in answer:
        grows = "+oo" if answer["infinite"] > 0 else "-oo"
        raise NotApplicable("evaluate", "limits that are numbers", f"{str(node)[:120]}, which is {grows}")
    if answer is None:
        needs = "a limit with a value the kernel finds"
        raise NotApplicable("evaluate", needs, str(node)[:120], "another form of it before, by algebra")
    steps = [{k: v if k == "theorem" else from_json(v) for k, v in s.items()} for s in answer["data"]["rewrites"]]
    return from_term(from_json(answer["lhs"]), names_in(node)), steps
