r"""Theorems about expectations over independent coordinates (``theorems.draws``), of a number that is a symbol.

``independent`` {lhs, rhs, mass}: the expectation of a polynomial in functions of single coordinates, by Fubini. Sums
over indices are opened by linearity. A product of functions of coordinates with different indices has the product of
their expectations, each under its own law; the coordinates that do not occur have mass one. Where the index j of a sum
may be equal to an index a that is in play, the term at j = a is taken out of the sum: Σ_j B = Σ_j B′ − B′(a) + B(a),
where B′ is what the product rule gives for j ≠ a, and a is proved to be in the range of j. Each law has mass one, the
function of each coordinate in every product is integrable, every index lies in lo, …, hi, and every range is known not
to be turned round.

``interchange_each`` {lhs, rhs, part h}: ∂_θ E log(c Σ_k s_k) = E ∂_θ log(c Σ_k s_k), where s_k = exp h_k > 0 is a
function of the coordinate x_k alone, k runs over all coordinates (one at least), c > 0, c and the laws are free of θ,
and E h_k may be differentiated under the integral sign (``analysis.integrability.dominated``). For the
derivative is Σ_k s_k ∂h_k / Σ_k s_k, a weighted mean of the ∂h_k, so at most Σ_k |∂h_k|, and |log(c Σ_k s_k)| is at
most |log c| + log K + Σ_k |h_k|.
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import dominated
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.coordinates import read_each, single, with_variable
from symrep.kernel.theorems.draws import Opened, finite_mass, mass_one
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.over_all import factors_of
from symrep.kernel.theorems.recording import equal, noted
from symrep.kernel.theorems.summation import in_range
from symrep.term import fn, free_symbols, fresh, mul, sym
from symrep.verdict import Reason

__all__ = ["independent", "interchange_each"]


def independent(i: Instance, ctx: Context) -> Facts:
    """See the module."""
    e = read_each(i.term("lhs"), ctx)
    mass_one(e, i.subs("mass"), ctx)
    opened = Opened(e, bounds=False)
    before = noted()
    value = opened.value(e.body, ctx)
    if noted() > before:
        raise NotProved("an index or a mass is known off a null set only", Reason.NOTHING_APPLIED)
    equal(i.term("rhs"), value, ctx)
    return ("the coordinates are independent", *opened.facts)


def interchange_each(i: Instance, ctx: Context) -> Facts:
    """See the module."""
    lhs = i.term("lhs")
    if lhs[0] != "diff" or lhs[1][0] != "expect_each":
        raise NotProved("needs a derivative of an expectation over a family", Reason.DOES_NOT_APPLY)
    theta, e, h = lhs[2], read_each(lhs[1], ctx), i.term("part")
    if theta in free_symbols(lhs[1][3]):
        raise NotProved(f"the law depends on {theta}", Reason.LAW_MOVES, definite=True)
    if e.body[0] != "fn" or e.body[1] != "log":
        raise NotProved("needs the logarithm of a sum over all coordinates", Reason.DOES_NOT_APPLY)
    opened = Opened(e, bounds=True)
    finite_mass(e, ctx)
    factors = factors_of(e.body[2])
    c = [f for f in factors if e.x not in free_symbols(f)]
    sums = [f for f in factors if e.x in free_symbols(f)]
    found = opened.whole_sum(sums[0], ctx) if len(sums) == 1 else None
    if found is None or any(theta in free_symbols(f) for f in c) or not prove_sign(mul(*c), ">", domain(ctx)):
        raise NotProved(
            "needs the logarithm of a positive multiple of a sum over all coordinates", Reason.DOES_NOT_APPLY
        )
    s, k = found
    inner = in_range(ctx, k, e.lo, e.hi)
    before = noted()
    equal(s, fn("exp", h), inner)
    if noted() > before or single(h, e.x) != sym(k):
        raise NotProved("the logarithm of a summand is no function of its coordinate", Reason.DOES_NOT_APPLY)
    y = fresh("y", {*inner.symbols, *free_symbols(h), *free_symbols(e.law)})
    law = e.at(sym(k), y)
    bound = dominated(mul(with_variable(h, e.x, sym(k), y), law[2]), law[1], theta, inner)
    equal(i.term("rhs"), ("expect_each", ("diff", e.body, theta), *lhs[1][2:]), ctx)
    return (bound.text, "the derivative of log Σ exp is a weighted mean")
