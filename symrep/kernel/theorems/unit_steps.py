r"""An integral as a sum over unit intervals: what is rounded is constant on each.

``unit_steps`` {lhs, rhs, index, parts}: ∫_lo^hi t dx = Σ_{k=lo}^{hi−1} ∫_k^{k+1} t dx for integers lo ≤ hi, where the
integral from k to k + 1 is evaluated by the parts, each absolutely convergent, for an integer k of the range. For
hi = ∞ moreover t has one sign all over the range, or is absolutely integrable there: measures are countably additive
(for t of one sign both sides may be infinite, and one is when the other is).
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.integrals import evaluate
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.summation import in_range, integer_ends
from symrep.term import MINUS_ONE, ONE, Term, add, free_symbols, sub, sym
from symrep.verdict import Reason

__all__ = ["unit_steps"]


def unit_steps(i: Instance, ctx: Context) -> tuple[str, ...]:
    """See the module."""
    lhs, k = i.term("lhs"), i.name("index")
    if lhs[0] != "integral" or len(lhs) != 3:
        raise NotProved("this theorem is about an integral over one variable", Reason.DOES_NOT_APPLY)
    t, (x, lo, hi) = lhs[1], lhs[2]
    if lo[0] == "inf" or hi == ("inf", -1) or x in free_symbols(lo) | free_symbols(hi):
        raise NotProved("the range has to begin at a number", Reason.DOES_NOT_APPLY)
    spoken = frozenset[str]().union(*(free_symbols(r) for r in ctx.given)) if ctx.given else frozenset()
    if k == x or k in free_symbols(lhs) | free_symbols(t) | spoken | set(ctx.symbols) or x in spoken:
        raise NotProved(f"{k} or {x} already means something", Reason.ERROR)
    integer_ends(ctx, lo, hi)
    if hi[0] != "inf" and not prove_sign(sub(hi, lo), ">=", domain(ctx)):
        raise NotProved("the ends of the range are not known to be in order", Reason.DOMAIN)
    top: Term = hi if hi[0] == "inf" else add(hi, MINUS_ONE)
    inner, ends = in_range(ctx, k, lo, top), (sym(k), add(sym(k), ONE))
    value = evaluate(t, x, *ends, i.subs("parts"), inner)
    fact = "cut at the integers"
    if hi[0] == "inf":
        around = domain(inner, {x: ends})
        if any(prove_sign(t, op, around) for op in (">=", "<=")):
            fact += ", of one sign"
        else:
            fact += f"; {integrable(t, ((x, lo, hi),), ctx).text}"
    equal(i.term("rhs"), ("sum", value, (k, lo, top)), ctx)
    return (fact,)
