"""The parts of the parameters' domain on which a polynomial d is positive, negative, and 0."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

from symrep.claim import Context
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance, check_binders
from symrep.kernel.theorems.recording import distinct
from symrep.term import ZERO, Term, walk
from symrep.verdict import Reason

__all__ = ["Sides", "sides_of"]

_POLYNOMIAL = frozenset(("num", "sym", "add", "mul", "pow"))


@final
@dataclass(frozen=True)
class Sides:
    """The condition of the first case, and the context in each; ``edge`` where d = 0, if that is a case of its own."""

    condition: Term
    above: Context
    below: Context
    edge: Context | None


def sides_of(p: Instance, x: str, t: Term, ctx: Context) -> Sides:
    """Where the cases of an integral of t over x take place.

    Data:
        ``on`` d: a polynomial in real symbols of the context, so that it has a sign everywhere; free of x and of what
            is bound in t.
        ``op``: ``">="``; or ``">"``: then nothing is said where d = 0, which has to be a null set.
        ``edge``, with ``">="``: how the integral is found where d = 0; without it that belongs to the first case.

    Raises:
        NotProved: d is no such polynomial, or vanishes on more than a null set that is left out.
    """
    d, op = p.term("on"), p.name("op")
    if op not in (">", ">="):
        raise NotProved("the first case is d >= 0 or d > 0, the other d < 0", Reason.DOES_NOT_APPLY)
    for s in walk(d):
        if s[0] not in _POLYNOMIAL or (s[0] == "pow" and not (s[2][0] == "num" and s[2][2] == 1 and s[2][1] >= 0)):
            raise NotProved("cases are told apart by the sign of a polynomial", Reason.DOES_NOT_APPLY)
        if s[0] == "sym" and (s[1] == x or ctx.symbols.get(s[1], "complex") == "complex"):
            raise NotProved(f"{s[1]} is no real symbol of the context", Reason.DOMAIN)
    alone = op == ">=" and p.has("edge")
    relations = (">" if alone else op, "<", "==")
    above, below, edge = (replace(ctx, given=(*ctx.given, ("rel", r, d, ZERO))) for r in relations)
    check_binders((t,), above)
    if op == ">":
        distinct(d, ZERO, ctx)
    if alone and any(s[0] == "diff" for s in walk(t)):
        raise NotProved("derivatives under a given equality are not taken: it holds at a point only", Reason.DOMAIN)
    return Sides(("rel", op, d, ZERO), above, below, edge if alone else None)
