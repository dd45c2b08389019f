"""Formulas of an entry as numbers, at parameters in their typical ranges. For hints; no verdict rests on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from symrep.checks.evaluate import Report, evaluate
from symrep.checks.faults import OutOfTime, Unevaluable
from symrep.checks.points import in_domain
from symrep.clock import now
from symrep.errors import BadInput
from symrep.family import Family
from symrep.laws.claims import ambient
from symrep.translate import context_of, to_term

__all__ = ["Point", "points", "value", "values"]

#: symbol name -> value
Point = Mapping[str, Fraction]

_PREC: Final = 120
#: one irrational a coordinate, so that no two formulas agree at all points by chance
_STEPS: Final = (0.6180339887, 0.7548776662, 0.8191725134, 0.5698402910, 0.4142135624, 0.3247179572)
_TRIES: Final = 400


def points(family: Family, count: int = 6, given: Iterable[Any] = ()) -> list[Point]:
    """Distinct parameters in their typical ranges where the constraints and ``given`` hold; fewer if few are found."""
    symbols = list(family.parameters)
    if not symbols:
        return [{}]
    context = context_of(symbols, ambient((*family.constraints, *given)))
    out: list[Point] = []
    for n in range(1, _TRIES):
        at: dict[str, Fraction] = {}
        for i, s in enumerate(symbols):
            low, high = family.parameters[s].typical
            q = (0.271828 + n * _STEPS[i % len(_STEPS)] + 0.1 * (i // len(_STEPS))) % 1
            v = low + (high - low) * q
            if family.parameters[s].kind.endswith("integer"):
                at[s.name] = Fraction(round(v))
            else:
                at[s.name] = Fraction(v).limit_denominator(97)
        if at not in out and in_domain(at, context):
            out.append(at)
            if len(out) >= count:
                break
    return out


def value(expr: Any, at: Point, seconds: float = 1.0) -> float:
    """The real value, not-a-number where there is none or it was not found in time."""
    try:
        ball = evaluate(to_term(expr), at, {}, _PREC, now() + seconds, Report())
    except (Unevaluable, OutOfTime, BadInput, ArithmeticError, ValueError, RecursionError):
        return math.nan
    if not ball.is_finite() or float(ball.rad()) > 2e-8 * (1 + abs(float(ball.mid()))):
        return math.nan
    return float(ball.mid())


def values(expr: Any, at: Sequence[Point], seconds: float = 4.0) -> list[float]:
    until = now() + seconds
    return [value(expr, p, min(1.5, until - now())) if now() < until else math.nan for p in at]
