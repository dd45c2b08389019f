"""An equality under an integral or summation sign: g is f with one subterm replaced by an equal one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, binding, free, has, rebuild, walk
from symrep.audit.instance import Data
from symrep.audit.integrability import ordered
from symrep.audit.summability import summable
from symrep.audit.summing import among, integers

__all__ = ["inside"]

#: values of inner integrals only: nothing that asks for an open set of x, or for more than almost every x
_ALLOWED: Final = frozenset({"value", "sum_value", "inside", "parts_each"})


def inside(i: Data, ctx: Ctx, theorems: Mapping[str, Callable[[Data, Ctx], None]]) -> None:
    """The step holds for (almost) every x of the range, so the integrals agree, whether they converge or not; in a sum
    it holds for every index."""
    lhs, step = i.term("lhs"), i.sub("step")
    if lhs[0] not in ("integral", "expect", "sum") or step.name("theorem") not in _ALLOWED:
        raise No("this theorem is about values inside an integral", covered=lhs[0] in ("integral", "sum"))
    body, ranges = lhs[1], lhs[2][1] if lhs[0] == "expect" else lhs[2:]
    if len(ranges) != 1:
        raise No("this theorem is about one variable")
    ((x, lo, hi),) = ranges
    old, new = step.term("lhs"), step.term("rhs")
    spoken = frozenset().union(*map(free, (*ctx.given, *ctx.facts))) | {x}
    if any(x in free(r) for r in (*ctx.given, *ctx.facts)) or x in {b.name for b in ctx.bound} | free(lo) | free(hi):
        raise No("the variable of an integral means something outside")
    if any(spoken & {b[0] for b in binding(s)} for t in (body, old, new) for s in walk(t)):
        raise No("a hypothesis, or an integral around, speaks of a bound variable")
    counted = lhs[0] == "sum"
    if has(body, "diff") or not (counted or ordered(lo, hi, ctx)):
        raise No("a derivative in the integrand, or ends that are not known to be in order")
    if counted and (lo[0] == "inf" or hi == ("inf", -1)):
        raise No("a sum from −∞ on")
    if counted:
        integers(ctx, lo, hi)
    around = among((x, lo, hi), ctx).quiet() if counted else ctx.inside({x: (lo, hi)})
    theorems[step.name("theorem")](step, around)
    if counted and around.notes:
        raise No("what holds off a null set is not put in under a sum")
    if step.name("theorem") == "sum_value" and old[2][2] == ("inf", 1):
        summable(old, around)
    found = 0

    def put(s: Term) -> Term:
        nonlocal found
        if s == old:
            found += 1
            return new
        return rebuild(s, put, put)

    result = (lhs[0], put(body), *lhs[2:])
    if not found or i.term("rhs") != result:
        raise No("the other side is not the same with the step put in")
