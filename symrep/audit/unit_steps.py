"""An integral from one integer to another, or to ∞, as the sum of those from each integer to the next."""

from __future__ import annotations

from symrep.audit.context import Ctx
from symrep.audit.data import MINUS, ONE, No, add, free, sub, sym
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable
from symrep.audit.normal import need_same
from symrep.audit.regular import proved
from symrep.audit.signs import holds
from symrep.audit.summing import among, integers
from symrep.audit.values import value_of

__all__ = ["unit_steps"]


def unit_steps(i: Data, ctx: Ctx) -> None:
    """Countable additivity: for a half line it takes an integrand of one sign, or one that is absolutely integrable."""
    lhs, k = i.term("lhs"), i.name("index")
    if lhs[0] != "integral" or len(lhs) != 3:
        raise No("this theorem is about an integral over one variable")
    t, (x, lo, hi) = lhs[1], lhs[2]
    if lo[0] == "inf" or hi == ("inf", -1):
        raise No("a range without a first step")
    known = {*ctx.kinds, *(b.name for b in ctx.bound)}.union(*map(free, (*ctx.given, *ctx.facts)))
    if k in known | free(t) | free(lo) | free(hi) | {x} or any(x in free(r) for r in (*ctx.given, *ctx.facts, lo, hi)):
        raise No("an index or a variable that means something already")
    integers(ctx, lo, hi)
    if hi[0] != "inf" and not proved(sub(hi, lo), ">=", ctx):
        raise No("the upper end may lie below the lower one")
    last = hi if hi[0] == "inf" else add(hi, MINUS)
    there, low, high = among((k, lo, last), ctx), sym(k), add(sym(k), ONE)
    value = value_of(t, x, low, high, i.subs("parts"), there)
    step = there.inside({x: (low, high)})
    if hi[0] == "inf" and not (holds(t, ">=", step) or holds(t, "<=", step)):
        integrable(t, ((x, lo, hi),), ctx)
    need_same(i.term("rhs"), ("sum", value, (k, lo, last)), ctx, "the sum is another one")
