"""Expectations under discrete laws, and sums, in closed form: proposals for the kernel to check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sympy as sp

from symrep.kernel.theorems.instance import replace as put_in
from symrep.notation import Expectation
from symrep.rules.base import rewrite
from symrep.summing.sums import closed_form
from symrep.symbols import Undetermined, as_expr
from symrep.translate import context_of, from_term, names_in, to_term

__all__ = ["closed_sum", "counted", "mass_steps", "one_index", "summand"]

#: a range of at most so many integers is written out
_WRITTEN: Final = 8

Steps = tuple[Mapping[str, Any], ...]


def counted(e: Any) -> bool:
    """An expectation under a discrete law of one variable."""
    return isinstance(e, Expectation) and len(e.variables) == 1 and e.law.discrete() and not hasattr(e.law, "images")


def one_index(e: Any) -> bool:
    """A sum over one index, or what is one by definition."""
    return counted(e) or (isinstance(e, sp.Sum) and len(e.limits) == 1 and len(e.limits[0]) == 3)


def summand(e: Any, body: Any = None) -> tuple[Any, Any, Any, Any]:
    """(summand, index, low, high), with another body in place of the expectation's own if one is given."""
    if isinstance(e, Expectation):
        (k,), (over,) = e.variables, e.law.ranges()
        return (e.body if body is None else body) * e.law.weight_at(k), k, as_expr(over.low), as_expr(over.high)
    k, low, high = e.limits[0]
    return e.function if body is None else body, k, low, high


def closed_sum(e: Any, body: Any, given: tuple[Any, ...]) -> tuple[Any, Steps] | None:
    """The value of a sum or discrete expectation, and the theorems that lead there; None when none is known.

    ``body`` is the body in a form that is easier to sum, proposed to be equal to the expectation's own.
    """
    t, k, low, high = summand(e, body)
    length = high - low
    if length.is_Integer and 0 <= length < _WRITTEN:
        return sp.Add(*(t.subs(k, low + i) for i in range(int(length) + 1))), ()
    if low is -sp.oo:
        if high is not sp.oo:
            return None
        halves = [sp.Sum(t, (k, 0, high)), sp.Sum(t.subs(k, -k), (k, 1, high))]
    else:
        halves = [sp.Sum(t, (k, low, high))]
    value, steps = sp.S.Zero, list[Mapping[str, Any]]()
    whole = sp.Add(*halves, evaluate=False) if len(halves) > 1 else halves[0]
    if to_term(e) != to_term(whole):
        steps.append(rewrite("identity", e, whole))
    for half in halves:
        found = _closed(half, given)
        if found is None:
            return None
        value += found[0]
        steps += found[1]
    return value, tuple(steps)


def _closed(whole: Any, given: tuple[Any, ...]) -> tuple[Any, Any] | None:
    term = to_term(whole)
    found = closed_form(term, context_of([whole], given))
    if found is None:
        return None
    for step in found:
        term, _ = put_in(term, step["lhs"], step["rhs"])
    value = from_term(term, names_in(whole), _functions(whole))
    return None if value.has(sp.Sum, sp.Product) else (value, found)


def _functions(e: Any) -> dict[str, Any]:
    return {f.symbol: type(f) for f in e.atoms(Undetermined) if not any(f.orders)}


def mass_steps(law: Any, k: Any, given: tuple[Any, ...]) -> Steps | None:
    """The theorems that turn E[1] into 1, in the variable it is written with."""
    one = Expectation(sp.S.One, sp.Tuple(k), law)
    found = closed_sum(one, sp.S.One, given)
    return None if found is None else found[1]
