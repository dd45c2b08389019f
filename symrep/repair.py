"""What is wrong with a refuted line: the factor or term it is off by, and the line as it should be, judged again."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.derivation import Line
from symrep.judge import Limits, StepVerdict, decide
from symrep.claim import Claim
from symrep.printing import latex
from symrep.translate import context_of, to_term
from symrep.verdict import Diagnosis, Status

__all__ = ["diagnose"]


def diagnose(before: Line, line: Line, step: StepVerdict, given: tuple[Any, ...], limits: Limits) -> Diagnosis | None:
    """The diagnosis of a refuted step, or None when nothing useful can be said."""
    right = step.result
    if right is None or line.op != "=":
        return None
    factor = sp.simplify(line.expr / right)
    term = sp.simplify(line.expr - right)
    claim = Claim(
        "equal", {"lhs": to_term(before.expr), "rhs": to_term(right)}, context_of([before.expr, right], given)
    )
    verdict = decide(claim, limits)
    if verdict.status < Status.SUPPORTED:
        return None
    return Diagnosis(
        "off by a factor", latex(factor), latex(term), latex(sp.simplify(right)), verdict.status.name.lower()
    )
