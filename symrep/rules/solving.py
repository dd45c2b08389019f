"""The value of one integral, searched for with the kernel as the judge of every step."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from symrep.claim import Context
from symrep.errors import SymrepError
from symrep.kernel.fail import NotProved
from symrep.kernel.instance import Instance
from symrep.kernel.integrals import evaluate
from symrep.kernel.signs import domain, prove_sign
from symrep.rules.reductions import Solver
from symrep.term import Term, free_symbols, walk
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


def known_sign(context: Context) -> Callable[[Any, tuple[Any, Any, Any] | None], int | None]:
    """The kernel's word on signs: a function of d, and perhaps of a variable between two ends."""

    def sign(d: Any, where: tuple[Any, Any, Any] | None) -> int | None:
        try:
            at = {where[0].name: (to_term(where[1]), to_term(where[2]))} if where else {}
            dom, term = domain(context, at), to_term(d)
            return next((s for op, s in ((">", 1), ("<", -1), ("==", 0)) if prove_sign(term, op, dom)), None)
        except FAILS:
            return None

    return sign


def value_step(node: Term, context: Context, t: Any, x: Any, low: Any, high: Any, seconds: float, quick: bool) -> Any:
    """The data of a ``value`` theorem about the integral that the kernel accepts, or None."""
    name, lo, hi = node[2]

    values: list[Term] = []

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
    solver = Solver(accepts, taken, time.process_time() + seconds, 0.0 if quick else SLOW, known_sign(context))
    try:
        parts = solver.solve(t, x, low, high)
    except FAILS:
        return None
    return None if parts is None or not values else {"theorem": "value", "lhs": node, "rhs": values[-1], "parts": parts}
