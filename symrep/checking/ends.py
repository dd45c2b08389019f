"""Limits beside integrals, sums and expectations, integrals in functions and under derivatives: each replaced by its
value, where the kernel proves that it is."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.claim import Claim
from symrep.errors import SymrepError
from symrep.notation import Binder, Derivative_
from symrep.rules import evaluate
from symrep.rules.oracle import find_limit
from symrep.translate import context_of, to_term
from symrep.verdict import Status
from symrep.verifying.deciding import verdict_of

__all__ = ["with_integrals", "with_values"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_BINDERS: Final = (Binder, sp.Integral, sp.Sum, sp.Product)
_MOST: Final = 8
_FEW: Final = 3


def with_values(lhs: Any, rhs: Any, given: tuple[Any, ...], seconds: float) -> tuple[Any, Any]:
    """The sides with the values of their limits, each proved to be that; as they were if one is not.

    Only beside integrals and their like: a claim about limits alone is judged as it stands.
    """
    both = (lhs, rhs)
    limits = sorted(set().union(*(s.atoms(sp.Limit) for s in both)), key=sp.default_sort_key)
    if not limits or len(limits) > _MOST or not any(s.has(*_BINDERS) for s in both):
        return both
    free = lhs.free_symbols | rhs.free_symbols
    if any(not limit.free_symbols <= free or limit.args[0].has(sp.Limit, *_BINDERS) for limit in limits):
        return both
    table = {}
    for limit in limits:
        value = _value(limit, given, seconds)
        if value is None:
            return both
        table[limit] = value
    return lhs.xreplace(table), rhs.xreplace(table)


def with_integrals(lhs: Any, rhs: Any, given: tuple[Any, ...], seconds: float) -> tuple[Any, Any] | None:
    """The sides with the values of their integrals, each proved to be that for all parameters; None where one is not.

    Only where one stands in a function or under a derivative, d/dθ log ∫ …: others are compared as they are.
    """
    both = (lhs, rhs)
    integrals = sorted(set().union(*(s.atoms(sp.Integral) for s in both)), key=sp.default_sort_key)
    inside = any(f.has(sp.Integral) for s in both for f in s.atoms(Derivative_, sp.log, sp.exp, sp.Pow))
    if not integrals or len(integrals) > _FEW or not inside or any(s.has(Binder, sp.Sum, sp.Limit) for s in both):
        return None
    moving = {d.variable for side in both for d in side.atoms(Derivative_)}
    if any(isinstance(g, sp.Equality) and g.free_symbols & moving for g in given):
        return None  # a value that holds at a point says nothing of a derivative there
    table = {}
    for integral in integrals:
        try:
            value = evaluate().apply(integral, sp.S.Zero, given).result
            if not isinstance(value, sp.Expr) or value.has(sp.Integral, sp.Sum, sp.Limit):
                return None
            context = context_of([integral, value], given)
            claim = Claim("equal", {"lhs": to_term(integral), "rhs": to_term(value)}, context)
            verdict = verdict_of(claim, min(2.0, seconds))
        except _FAILS:
            return None
        if verdict.status is not Status.PROVED or verdict.almost_everywhere:
            return None
        table[integral] = value
    return lhs.xreplace(table), rhs.xreplace(table)


def _value(limit: Any, given: tuple[Any, ...], seconds: float) -> Any:
    expr, x, end, side = limit.args
    try:
        for value in (sp.S.Zero, None):
            if value is None:
                value = find_limit(expr, x, end, str(side), min(2.0, seconds))
            if value is None or not isinstance(value, sp.Expr) or value.is_finite is False:
                return None
            context = context_of([limit, value], given)
            claim = Claim("equal", {"lhs": to_term(limit), "rhs": to_term(value)}, context)
            if verdict_of(claim, min(2.0, seconds)).status is Status.PROVED:
                return value
    except _FAILS:
        return None
    return None
