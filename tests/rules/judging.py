"""One step at a time: what a rule computes, what the kernel says to it, and what the judge makes of a line."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.claim import Claim
from symrep.derivation import Line, Rule
from symrep.errors import SymrepError
from symrep.judge import Limits, StepVerdict, judge_line
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.notation import Relation
from symrep.rules.base import Applied
from symrep.translate import context_of, to_term
from symrep.verdict import Reason, Status

LIMITS = Limits(kernel=15.0, first=5.0)


def rule(reason: Any) -> Rule:
    return reason() if isinstance(reason, type) else reason


def applied(before: Any, reason: Any, hint: Any = None, given: tuple[Any, ...] = ()) -> Applied:
    out: Applied = rule(reason).apply(sp.sympify(before), hint, given)
    return out


def result(before: Any, reason: Any, hint: Any = None, given: tuple[Any, ...] = ()) -> Any:
    return applied(before, reason, hint, given).result


def kernel(before: Any, line: Any, reason: Any, given: tuple[Any, ...] = ()) -> str:
    """``"proved"`` when the kernel accepts both the rule and the line, else its complaint (nothing but the kernel)."""
    before, line = sp.sympify(before), sp.sympify(line)
    try:
        a = applied(before, reason, line, given)
    except SymrepError as e:
        return f"{type(e).__name__}: {e}"
    context = context_of([before, line, a.result, *a.mentions], given)
    claims = [Claim("equal", {"lhs": to_term(a.result), "rhs": to_term(line)}, context)]
    if a.rewrites:
        data = {"before": to_term(before), "after": to_term(a.result), "rewrites": list(a.rewrites)}
        claims.insert(0, Claim("rewrite", data, context))
    elif a.result != before:
        claims.insert(0, Claim("equal", {"lhs": to_term(before), "rhs": to_term(a.result)}, context))
    for claim in claims:
        try:
            prove(claim)
        except NotProved as e:
            return f"{claim.kind}: {e.reason.value}: {e}"
    return "proved"


def step(before: Any, line: Any, reason: Any, given: tuple[Any, ...] = (), limits: Limits = LIMITS) -> StepVerdict:
    op, tolerance = "=", None
    if isinstance(line, Relation):
        op, tolerance, line = line.op, line.tolerance, line.expr
    first = Line(sp.sympify(before), "=", None, 1)
    second = Line(sp.sympify(line), op, rule(reason) if isinstance(reason, (type, Rule)) else reason, 2, tolerance)
    return judge_line(first, second, given, limits)


def outcome(before: Any, line: Any, reason: Any, given: tuple[Any, ...] = ()) -> tuple[Status, Reason]:
    v = step(before, line, reason, given)
    return v.status, v.reason
