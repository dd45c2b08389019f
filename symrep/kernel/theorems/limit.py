"""A limit as a number: that it exists, from the sides that are named, and what it is."""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.limits import limit, localise
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.shapes import head
from symrep.term import MINUS_ONE, add, free_symbols, mul
from symrep.verdict import Reason

__all__ = ["limit_value"]


def limit_value(i: Instance, ctx: Context) -> Facts:
    """lim_{x→a} t, from the sides the left side names, both alike where it names two: ``analysis.limits``.

    Data: ``above``, ``below``: for the limit from above an end b > a such that t is looked at on (a, b) only, from
    below b < a; ``below`` alone for a = +∞, ``above`` alone for a = −∞.
    """
    body, (x, end, side) = head(i.term("lhs"), "limit")[1:]
    sides = {1: ("+",), -1: ("-",), 0: ("+", "-")}[side[1]]
    if end[0] == "inf":
        sides = ("-",) if end[1] > 0 else ("+",)
    if x in free_symbols(end):
        raise NotProved("the point of a limit depends on its variable", Reason.DOMAIN)
    outer = localise(ctx, frozenset((x,)))
    for way in sides:
        b = i.term("above" if way == "+" else "below")
        if x in free_symbols(b) or b[0] == "inf":
            raise NotProved("the other end has to be a number free of the variable", Reason.ERROR)
        apart = add(b, mul(MINUS_ONE, end)) if way == "+" else add(end, mul(MINUS_ONE, b))
        if end[0] != "inf" and not prove_sign(apart, ">", domain(outer)):
            raise NotProved("the other end may lie on the wrong side of the point", Reason.DOMAIN)
        interval = (end, b) if way == "+" else (b, end)
        found = limit(body, x, end, way, outer, interval)
        if found[0] == "inf":
            raise NotProved("the limit is infinite", Reason.NOTHING_APPLIED)
        equal(i.term("rhs"), found, outer)
    return ("the limit exists",)
