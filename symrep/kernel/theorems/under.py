"""An equality under an integral or a summation sign: ∫ f dx = ∫ g dx where g is f with one subterm replaced by an equal
one.

``inside`` {lhs, rhs, step}: lhs is an integral over one variable x of a range (lo, hi) proved to be in order, or an
expectation under a law of one variable with that range, step an instance of ``value``, ``sum_value``, ``parts_each``
or ``inside`` itself under the further hypotheses lo < x < hi (whatever x is outside), and rhs the same with the
step's left side replaced by its right one. As the equality holds at every x of the open range, the two integrals are
the same, whether they converge or not. So a repeated integral is evaluated from inside, one variable after the other.

lhs may be a sum over an index k, too, from a finite end on; the step then holds at every integer k of the range, with
no exceptions. An infinite sum that is given its value has to converge absolutely.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.claim import Context
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import in_order
from symrep.kernel.theorems.instance import Instance, check_binders, derivatives_around, replace, under_a_limit
from symrep.kernel.theorems.recording import noted
from symrep.kernel.theorems.summability import summable
from symrep.kernel.theorems.summation import in_range, integer_ends, read_range
from symrep.term import Term, free_symbols, sym
from symrep.verdict import Reason

__all__ = ["between", "inside"]

ALLOWED: Final = ("value", "sum_value", "inside", "parts_each")
Theorem = Callable[[Instance, Context], tuple[str, ...]]


def between(x: str, lo: Term, hi: Term, ctx: Context) -> Context:
    """The context with x real and lo < x < hi."""
    kind, given = "real", []
    if lo[0] == "num" and lo[1] >= 0:
        kind = "unit" if (lo, hi) == (("num", 0, 1), ("num", 1, 1)) else "positive"
    elif hi[0] == "num" and hi[1] <= 0:
        kind = "negative"
    if lo[0] != "inf" and not (kind in ("positive", "unit") and lo[1] == 0):
        given.append(("rel", "<", lo, sym(x)))
    if hi[0] != "inf" and kind != "unit" and not (kind == "negative" and hi[1] == 0):
        given.append(("rel", "<", sym(x), hi))
    assumed = tuple(a for a in ctx.assumed if x not in a.free())
    return Context({**ctx.symbols, x: kind}, ctx.functions, (*ctx.given, *given), assumed)


def inside(i: Instance, ctx: Context, theorems: Mapping[str, Theorem]) -> tuple[str, ...]:
    """See the module."""
    lhs, step = i.term("lhs"), i.sub("step")
    body, (x, lo, hi), again = _opened(lhs)
    spoken = frozenset[str]().union(*(free_symbols(r) for r in ctx.given)) if ctx.given else frozenset()
    if x in spoken or x in free_symbols(lo) | free_symbols(hi):
        raise NotProved(f"{x} is bound here and means something outside; rename one of them", Reason.DOMAIN)
    counted = lhs[0] == "sum"
    if counted:
        integer_ends(ctx, lo, hi)
    elif not in_order(lo, hi, ctx):
        raise NotProved("the ends of the range are not known to be in order", Reason.DOMAIN)
    name = step.name("theorem")
    if name not in ALLOWED:
        raise NotProved(f"{name} is not applied under an integral sign", Reason.DOES_NOT_APPLY)
    old, new = step.term("lhs"), step.term("rhs")
    inner = in_range(ctx, x, lo, hi) if counted else between(x, lo, hi, ctx)
    check_binders((body, old, new), inner)
    if derivatives_around(body, old):
        raise NotProved("the term to be replaced stands under a derivative", Reason.DOES_NOT_APPLY)
    before = noted()
    facts = theorems[name](step, inner)
    if name == "sum_value" and old[2][2][0] == "inf":
        summable(old, inner)
    if noted() > before and (counted or under_a_limit(body, old)):
        raise NotProved("what holds almost everywhere is not put in under a limit or a sum", Reason.DOMAIN)
    put, count = replace(body, old, new)
    if not count:
        raise NotProved("the step's left side does not occur in the integrand", Reason.DOES_NOT_APPLY)
    if i.term("rhs") != again(put):
        raise NotProved("the right side is not the integral with the step put in", Reason.DOES_NOT_APPLY)
    return facts


def _opened(t: Term) -> tuple[Term, tuple[str, Term, Term], Callable[[Term], Term]]:
    """Body, range, and how the term is made of another body."""
    if t[0] == "integral" and len(t) == 3:
        return t[1], t[2], lambda body: ("integral", body, t[2])
    if t[0] == "expect" and len(t[2][1]) == 1:
        return t[1], t[2][1][0], lambda body: ("expect", body, t[2])
    if t[0] == "sum":
        body, where = read_range(t, "sum")
        return body, where, lambda body: ("sum", body, t[2])
    raise NotProved("this theorem is about an integral, expectation or sum over one variable", Reason.DOES_NOT_APPLY)
