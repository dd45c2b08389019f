"""Limits in a claim: their values as the kernel finds them, put in one after the other (proposals only)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from symrep.claim import Context
from symrep.errors import SymrepError
from symrep.kernel.algebra.normal import simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.analysis.limits import limit, localise
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.instance import replace as put_in
from symrep.kernel.theorems.table import THEOREMS
from symrep.term import ZERO, Term, add, num, sub, walk
from symrep.wire import from_json

__all__ = ["limits_in_worker"]

Step = dict[str, Any]
_FAILS: Final = (SymrepError, NotProved, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
#: how far from the point a term is looked at
_NEAR: Final = (num(1), num(1, 10), num(1, 1000))
_FAR: Final = (num(0), num(1), num(100))


def limits_in_worker(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """``{"claim": …, "seconds": …}`` in; out the data of a ``rewrite`` that takes every limit to its value, and both
    sides with the values put in; or ``{"infinite": ±1, "other": …}`` if one side is a limit that is proved to be
    infinite; or None if some value is not known."""
    data = payload["claim"]
    ctx = Context.from_json(data["context"])
    lhs, rhs = (from_json(data["data"][k]) for k in ("lhs", "rhs"))
    both = any(s[0] == "limit" for s in walk(lhs)) and any(s[0] == "limit" for s in walk(rhs))
    first, second = (lhs, rhs) if any(s[0] == "limit" for s in walk(lhs)) else (rhs, lhs)
    before, after = (sub(lhs, rhs), ZERO) if both else (first, second)
    steps: list[Step] = []
    term = before
    while True:
        node = next((s for s in walk(term) if s[0] == "limit" and not _nested(s)), None)
        if node is None:
            break
        step = next(_values(node, ctx), None)
        if step is None:
            sign = _infinite(node, ctx) if node == before and not both else 0
            return {"infinite": sign, "other": after} if sign else None
        steps.append(step)
        term, _ = put_in(term, node, step["rhs"])
    return {"data": {"before": before, "after": after, "rewrites": steps}, "lhs": term, "rhs": after}


def _nested(node: Term) -> bool:
    return any(s[0] == "limit" for s in walk(node[1]))


def _values(node: Term, ctx: Context) -> Iterator[Step]:
    """Theorems that say what one limit is."""
    outer = localise(ctx, frozenset((node[2][0],)))
    for value, up, down in _found(node, outer):
        if value[0] == "inf":
            continue
        with suppress(*_FAILS):
            with suppress(*_FAILS):
                value = simplify(value, domain(outer))
            step = {"theorem": "limit", "lhs": node, "rhs": value, "above": up, "below": down}
            THEOREMS["limit"](Instance(step), replace(ctx))
            yield step


def _infinite(node: Term, ctx: Context) -> int:
    """±1 if a limit from one side is proved to be ±∞ for all values of the parameters, else 0."""
    if node[2][1][0] != "inf" and node[2][2] not in (num(1), num(-1)):
        return 0
    outer = localise(ctx, frozenset((node[2][0],)))
    return next((int(value[1]) for value, _, _ in _found(node, outer) if value[0] == "inf"), 0)


def _found(node: Term, outer: Context) -> Iterator[tuple[Term, Term, Term]]:
    """(limit, above, below) as the kernel finds it on intervals of different length."""
    body, (x, end, side) = node[1], node[2]
    for near, far in zip(_NEAR, _FAR, strict=True):
        with suppress(*_FAILS):
            up = add(end, near) if end[0] != "inf" else num(-far[1])
            down = sub(end, near) if end[0] != "inf" else far
            if end[0] == "inf":
                interval = (down, end) if end[1] > 0 else (end, up)
                value = limit(body, x, end, "-" if end[1] > 0 else "+", outer, interval)
            elif side == num(-1):
                value = limit(body, x, end, "-", outer, (down, end))
            else:
                value = limit(body, x, end, "+", outer, (end, up))
            yield value, up, down
