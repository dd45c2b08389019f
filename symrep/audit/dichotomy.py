"""Cases told apart by the sign of a real polynomial d in the parameters: d > 0 (or d ≥ 0), d < 0, perhaps d = 0."""

from __future__ import annotations

from symrep.audit.context import Ctx
from symrep.audit.data import ZERO, No, Term, binding, free, has, walk
from symrep.audit.instance import Data
from symrep.audit.integrability import open_domain
from symrep.audit.signs import null_zeros

__all__ = ["cases"]


def cases(p: Data, x: str, t: Term, ctx: Ctx) -> tuple[Term, Ctx, Ctx, Ctx | None]:
    """The condition of the first case, and where each takes place, for an integral of t over x; the last one, d = 0, is
    None unless it has an entry of its own.

    Raises No unless d is a real polynomial of parameters, and unless, where d = 0 is left out, that is
    finitely many values of a parameter with an open domain, whatever the others are.
    """
    d, op = p.term("on"), p.name("op")
    if op not in (">", ">="):
        raise No("the first case is > or >=")
    bound = {x}.union(*({b[0] for b in binding(s)} for s in walk(t)))
    for s in walk(d):
        natural = s[0] == "pow" and s[2][0] == "num" and s[2][2] == 1 and s[2][1] >= 0
        if not natural and s[0] not in ("num", "add", "mul", "sym"):
            raise No("cases are told apart by a polynomial")
        if s[0] == "sym" and (s[1] in bound or ctx.kind_of(s[1]) in (None, "complex")):
            raise No(f"{s[1]} is no real parameter")
    if op == ">":
        if not any(_null_in(d, n, ctx) for n in sorted(free(d))):
            raise No("where the cases meet is not known to be a null set")
        ctx.notes.append("the cases leave out where they meet")
    apart = op == ">=" and p.has("edge")
    if apart and has(t, "diff"):
        raise No("an equality that is assumed holds at a point: nothing is differentiated under it")
    first, edge = (ctx.assume(d, ">", ZERO), ctx.assume(d, "==", ZERO)) if apart else (ctx.assume(d, op, ZERO), None)
    return ("rel", op, d, ZERO), first, ctx.assume(d, "<", ZERO), edge


def _null_in(d: Term, n: str, ctx: Ctx) -> bool:
    try:
        open_domain(n, ctx)
    except No:
        return False
    return null_zeros(d, [n], ctx)
