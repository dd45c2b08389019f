"""Where the other sides of a chain mean something: h''(p) = −1/(p(1 − p)) < 0 is about the p at which h has logarithms.

What one side needs, every side of its chain is about. What other chains of the formula need, a line may be about: it is
not called wrong then, nor right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.checking.holding import is_contradiction, names_in
from symrep.checking.judging import Judged, judge
from symrep.checking.meeting import convergent, natural
from symrep.checking.model import Link, Place
from symrep.errors import SymrepError
from symrep.verdict import Reason, Status, Verdict

__all__ = ["where_others_mean_something"]

_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def where_others_mean_something(
    judged: Judged, link: Link, v: int, sides: tuple[Any, Any], argument: Any, given: tuple[Any, ...], seconds: float
) -> Judged:
    """A refuted line, judged again where the sides before it are something; as it was, if that changes nothing."""
    names = names_in(sides[0]) | names_in(sides[1])
    for places, same in ((link.before, True), (link.around, False)):
        where = [r for r in _needed(places, v) if r not in given and names_in(r) & names]
        if not where:
            continue
        again = judge(sides[0], link.op, sides[1], argument, (*given, *where), seconds)
        if again.status not in _GOOD or is_contradiction(again):
            continue
        words = ", ".join(map(str, where))
        if same:
            return replace(again, notes=(*again.notes, f"meant where {words}, as the chain needs"))
        message = f"wrong in general, right where {words}, as other parts of the formula need: say what holds here"
        return replace(judged, verdict=Verdict(Status.UNDECIDED, Reason.DOMAIN, message))
    return judged


def _needed(places: Iterable[Place], v: int) -> list[Any]:
    """What has to hold for the logarithms, roots and integrals in some sides."""
    out: dict[Any, None] = {}
    for p in places:
        expr = p.variants[v][1].expr if v < len(p.variants) else None
        if not isinstance(expr, sp.Expr):
            continue
        try:
            out.update(dict.fromkeys([*natural(expr), *convergent(expr)]))
        except _FAILS:
            continue
    return list(out)
