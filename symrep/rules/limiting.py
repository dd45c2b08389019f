"""Limits in a line: their values, as a worker with the kernel's own analysis proposes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from symrep.claim import Claim
from symrep.errors import NotApplicable, SymrepError
from symrep.rules.base import swap
from symrep.running.worker import call
from symrep.term import Term
from symrep.translate import context_of, from_term, names_in
from symrep.wire import from_json

__all__ = ["limit_values"]

#: theorem instances, as the kernel reads them
Steps = tuple[dict[str, Any], ...]
SECONDS: Final = 5.0
MEGABYTES: Final = 2000


def limit_values(expr: Any, found: Mapping[Any, Term], given: tuple[Any, ...]) -> tuple[Any, Steps]:
    """The line with the values of these limits put in, the inner of nested ones first, and the theorems that say so.

    Args:
        expr: the line.
        found: the limits in it, and each as a term, with the values of what stands inside it.
        given: what the derivation is given.

    Raises:
        NotApplicable: one has no value that is found, or is infinite.
    """
    table, steps = [], list[dict[str, Any]]()
    for node, term in found.items():
        value, more = _value(node, term, given)
        table.append((node, value))
        steps += [s for s in more if s not in steps]
    return swap(expr, table), tuple(steps)


def _value(node: Any, term: Term, given: tuple[Any, ...]) -> tuple[Any, list[dict[str, Any]]]:
    claim = Claim("equal", {"lhs": term, "rhs": ("num", 0, 1)}, context_of([node], given))
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
