"""The closed form of a side with integrals, sums or limits, found again for a diagnosis and proved.

With it the other side is a closed form that should be another one, which says much more than numbers do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from symrep.claim import Claim, Context
from symrep.errors import SymrepError
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import replace as put_in
from symrep.term import Term, contains, map_children
from symrep.wire import from_json

__all__ = ["known_value"]

_BINDERS: Final = ("integral", "sum", "product", "limit")
_FAILS: Final = (SymrepError, NotProved, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


def known_value(claim: Claim, seconds: float) -> tuple[str, Term] | None:
    """(the side that is no closed form, the closed form it is proved to have, almost everywhere at least); None if both
    sides or neither have binders, or no value is found."""
    bound = [k for k in ("lhs", "rhs") if contains(claim.data[k], _BINDERS)]
    if len(bound) != 1:
        return None
    side = claim.data[bound[0]]
    for steps in _steps(claim, seconds):
        value = side
        for step in steps:
            value, _ = put_in(value, from_json(step["lhs"]), from_json(step["rhs"]))
        if contains(value, _BINDERS):
            continue
        try:
            value = _derived(value, claim.context)
            prove(Claim("rewrite", {"before": side, "after": value, "rewrites": steps}, claim.context))
        except _FAILS:
            continue
        return bound[0], value
    return None


def _derived(t: Term, context: Context) -> Term:
    """With its derivatives taken."""

    def go(s: Term) -> Term:
        s = map_children(s, go, go)
        return derivative(s[1], s[2], context) if s[0] == "diff" else s

    return go(t)


def _steps(claim: Claim, seconds: float) -> Iterator[list[dict[str, Any]]]:
    """Rewrites of the side that may lead to its value, cheap ones first."""
    from symrep.summing.sums import sums_in_worker
    from symrep.verifying.integrals import propose_in_worker
    from symrep.verifying.limits import limits_in_worker

    payload = {"claim": claim.to_json(), "seconds": seconds}
    sides = [claim.data[k] for k in ("lhs", "rhs")]
    if any(contains(t, ("limit",)) for t in sides):
        found = _quietly(limits_in_worker, payload)
        yield from [found["data"]["rewrites"]] if found else []
        return
    if any(contains(t, ("integral",)) for t in sides):
        for quick in (True, False):
            yield from _rewrites(_quietly(propose_in_worker, {**payload, "quick": quick}))
    if any(contains(t, ("sum", "product")) for t in sides):
        yield from _rewrites(_quietly(sums_in_worker, payload))


def _rewrites(proposals: Any) -> list[list[dict[str, Any]]]:
    return [p["data"]["rewrites"] for p in proposals or () if not p["symbols"]]


def _quietly(job: Any, payload: dict[str, Any]) -> Any:
    try:
        return job(payload)
    except _FAILS:
        return None
