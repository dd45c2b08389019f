"""The value of one integral, searched for with the kernel as the judge of every step."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import sympy as sp

from symrep.claim import Context
from symrep.errors import SymrepError
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.integrals import evaluate
from symrep.rules.degenerate import degenerate
from symrep.rules.reductions import Solver
from symrep.term import ZERO, Term, free_symbols, walk
from symrep.translate import to_term

__all__ = ["FAILS", "known_sign", "value_step"]

FAILS: Final = (
    SymrepError,
    NotProved,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


#: seconds of one question to SymPy
SLOW: Final = 2.0


#: signs told apart, one inside the other
MAX_CASES: Final = 2


def known_sign(
    context: Context, unknown: list[Any] | None = None
) -> Callable[[Any, tuple[Any, Any, Any] | None], int | None]:
    """The kernel's word on signs: a function of d, and perhaps of a variable between two ends. What it does not know
    goes to ``unknown``."""

    def sign(d: Any, where: tuple[Any, Any, Any] | None) -> int | None:
        try:
            at = {where[0].name: (to_term(where[1]), to_term(where[2]))} if where else {}
            dom, term = domain(context, at), to_term(d)
            found = next((s for op, s in ((">", 1), ("<", -1), ("==", 0)) if prove_sign(term, op, dom)), None)
        except FAILS:
            return None
        if found is None and unknown is not None and where is None:
            unknown.append(d)
        return found

    return sign


def value_step(node: Term, context: Context, t: Any, x: Any, low: Any, high: Any, seconds: float, quick: bool) -> Any:
    """The data of a ``value`` theorem about the integral that the kernel accepts, or None."""
    return _value_step(node, context, (t, x, low, high), time.process_time() + seconds, quick, 0)


def _value_step(node: Term, context: Context, over: tuple[Any, Any, Any, Any], until: float, quick: bool,
                depth: int) -> Any:  # fmt: skip
    t, x, low, high = over
    name, lo, hi = node[2]
    values: list[Term] = []
    unknown: list[Any] = []

    def accepts(body: Any, v: Any, a: Any, b: Any, parts: list[dict[str, Any]]) -> bool:
        whole = body is t and v is x and (a, b) == (low, high)
        more = dict.fromkeys(solver.gaps, "positive")
        given = (r for known in solver.gaps.values() for r in known)
        inner = Context({**context.symbols, **more}, context.functions, (*context.given, *given))
        checked = tuple(map(Instance, parts))
        try:
            if whole:
                value = evaluate(node[1], name, lo, hi, checked, context)
            else:
                value = evaluate(to_term(body), v.name, to_term(a), to_term(b), checked, inner)
        except FAILS:
            return False
        if whole:
            values.append(value)
        return True

    taken = {*context.symbols, *(s[1] for s in walk(node) if s[0] == "sym"), *free_symbols(node), name}
    solver = Solver(accepts, taken, until, 0.0 if quick else SLOW, known_sign(context, unknown))
    try:
        parts = solver.solve(t, x, low, high)
    except FAILS:
        return None
    if parts is not None and values:
        return {"theorem": "value", "lhs": node, "rhs": values[-1], "parts": parts}
    if depth >= MAX_CASES:
        return None
    try:
        d = next((d for d in [*unknown, *degenerate(t, x)] if _tells_apart(d, context)), None)
        return None if d is None else _by_cases(node, context, over, until, quick, depth, d)
    except FAILS:
        return None


def _tells_apart(d: Any, context: Context) -> bool:
    """Is d a polynomial in parameters that may vanish?"""
    if not d.free_symbols or not d.is_polynomial() or any(s.name not in context.symbols for s in d.free_symbols):
        return False
    return not prove_sign(to_term(d), "!=", domain(context))


def _by_cases(node: Term, context: Context, over: tuple[Any, Any, Any, Any], until: float, quick: bool, depth: int,
              d: Any) -> Any:  # fmt: skip
    """On each side of d = 0, and there, if d can be solved for a parameter."""
    on, parts = to_term(d), {}
    for key, op in (("above", ">"), ("below", "<"), ("edge", "==")):
        side = Context(context.symbols, context.functions, (*context.given, ("rel", op, on, ZERO)))
        there = over if key != "edge" else _put_together(over, d)
        found = None if there is None else _value_step(node, side, there, until, quick, depth + 1)
        if found is not None:
            parts[key] = found["parts"]
        elif key != "edge":
            return None
    name, lo, hi = node[2]
    for op in (">=", ">"):
        part = {"kind": "cases", "integrand": node[1], "on": on, "op": op, **parts}
        try:
            value = evaluate(node[1], name, lo, hi, (Instance(part),), context)
        except FAILS:
            parts.pop("edge", None)
            continue
        return {"theorem": "value", "lhs": node, "rhs": value, "parts": [part]}
    return None


def _put_together(over: tuple[Any, Any, Any, Any], d: Any) -> tuple[Any, Any, Any, Any] | None:
    """The integral with one parameter expressed by the others, where d = 0."""
    for s in sorted(d.free_symbols, key=lambda s: s.name):
        rate = sp.diff(d, s)
        if rate.is_Number and rate != 0:
            t, x, low, high = over
            value = sp.expand(s - d / rate)
            return t.subs(s, value), x, low.subs(s, value), high.subs(s, value)
    return None
