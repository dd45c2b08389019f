"""Two moments compared by their values: each is proved to have its value, for all parameters, and those compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from symrep.claim import Claim
from symrep.notation import Divergence, EachExpectation, Expectation, Variance
from symrep.rules import evaluate
from symrep.translate import context_of, to_term
from symrep.verdict import Status, Verdict
from symrep.verifying.deciding import verdict_of

__all__ = ["MOMENTS", "by_values"]

MOMENTS = (Expectation, EachExpectation, Variance, Divergence)
_OPEN = (*MOMENTS, sp.Integral, sp.Limit)


def by_values(
    lhs: Any, rhs: Any, given: tuple[Any, ...], seconds: float, step: Callable[[Any, Any], Any]
) -> Verdict | None:
    """What the values say; None where one is not found or not proved. ``step`` judges one side against its value."""
    if not any(s.has(*MOMENTS) for s in (lhs, rhs)):
        return None
    values = []
    for side in (lhs, rhs):
        value = side
        if side.has(*MOMENTS):
            value = evaluate().apply(side, sp.S.Zero, given).result
            if not isinstance(value, sp.Expr) or value.has(*_OPEN):
                return None
            found = step(side, value)
            if found is None or found.status is not Status.PROVED or found.almost_everywhere:
                return None
        values.append(value)
    left, right = values
    claim = Claim("equal", {"lhs": to_term(left), "rhs": to_term(right)}, context_of([left, right], given))
    verdict = verdict_of(claim, seconds)
    return verdict if verdict.status in (Status.PROVED, Status.REFUTED) else None
