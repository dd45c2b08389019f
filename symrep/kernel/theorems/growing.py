r"""Functions of vectors of any number of coordinates under independent coordinates z_lo, …, z_hi: ``expect_each``.

A body is *of bounded growth* if |body| ≤ C (1 + max|z_i|)^N for some N: sums, products, finite sums over indices and
whole powers of the coordinates, of numbers free of them, and of undetermined functions f(a, …, v) of declared growth
m, a free of the coordinates, v a vector with such entries. If every coordinate has a finite absolute moment of the
order N, E|body| < ∞: (1 + max|z_i|)^N ≤ C' Σ_i (1 + |z_i|^N), and the masses are finite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import unfold
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.regular import CONTINUOUS, SMOOTH, Regular, integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Facts
from symrep.kernel.theorems.summation import in_range, integer_ends, read_range
from symrep.term import Term, contains, free_symbols, mul, num, power, sub, sym
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.theorems.coordinates import Each

__all__ = ["Growth", "grows", "moments", "of_vectors"]

#: moments of a higher order are not asked for
_HIGHEST = 40


def of_vectors(t: Term) -> bool:
    """Is a function applied to a vector?"""
    return contains(t, ("vector",))


@final
class Growth:
    """Orders N with |t| ≤ C (1 + max|z_i|)^N; what is free of z is defined, and as regular in ``moving`` as asked."""

    def __init__(self, e: Each, moving: frozenset[str] = frozenset(), level: int = CONTINUOUS) -> None:
        self.e, self.x, self.moving, self.level = e, e.x, moving, level

    def order(self, t: Term, ctx: Context) -> int:
        found = self._order(t, ctx)
        if found > _HIGHEST:
            raise NotProved("the integrand grows too fast to ask for its moments", Reason.NOT_INTEGRABLE)
        return found

    def _order(self, t: Term, ctx: Context) -> int:
        if self.x not in free_symbols(t):
            Regular(ctx, {}, self.moving).check(t, self.level)
            return 0
        head = t[0]
        if head == "index" and t[1] == self.x:
            if len(t) != 3 or self.x in free_symbols(t[2]):
                raise NotProved("a coordinate has one index, which is no coordinate", Reason.DOES_NOT_APPLY)
            if free_symbols(t[2]) & self.moving or not integer_valued(t[2], ctx):
                raise NotProved("an index is not known to be an integer", Reason.DOMAIN)
            inside = (sub(t[2], self.e.lo), sub(self.e.hi, t[2]))
            if not all(prove_sign(d, ">=", domain(ctx)) for d in inside):
                raise NotProved(f"an index of {self.x} may lie outside the range of the coordinates", Reason.DOMAIN)
            return 1
        if head == "add":
            return max(self.order(c, ctx) for c in t[1:])
        if head == "mul":
            return sum(self.order(c, ctx) for c in t[1:])
        if head == "pow" and t[2][0] == "num" and t[2][2] == 1 and t[2][1] >= 0:
            return int(t[2][1]) * self.order(t[1], ctx)
        if head == "sum":
            return self._each(t, ctx, "sum")
        if head == "app" and t[3][-1][0] == "vector":
            return self._function(t, ctx)
        raise NotProved(
            f"the growth of {t[1] if head == 'fn' else head} in {self.x} is not known", Reason.DOES_NOT_APPLY
        )

    def _each(self, t: Term, ctx: Context, head: str) -> int:
        """The order of the summands or coordinates."""
        body, (k, lo, hi) = read_range(t, head)
        if hi[0] == "inf" or (self.moving | {self.x}) & (free_symbols(lo) | free_symbols(hi)):
            raise NotProved("how many terms there are is not fixed", Reason.DOES_NOT_APPLY)
        if k in self.moving or k == self.x:
            raise NotProved(f"{k} means something outside; rename one of them", Reason.DOMAIN)
        integer_ends(ctx, lo, hi)
        return self.order(body, in_range(ctx, k, lo, hi))

    def _function(self, t: Term, ctx: Context) -> int:
        _, f, orders, (*others, v) = t
        spec = ctx.functions.get(f)
        if spec is None or spec.growth is None or spec.smooth is None or not spec.vector or any(orders):
            raise NotProved(
                f'the growth of {f} is not declared: write vector_function("{f}", smooth=…, growth=…)',
                Reason.NOT_DECLARED,
            )
        if spec.smooth < (1 if self.level == SMOOTH else 0) or spec.arity != len(orders):
            raise NotProved(f"{f} is not declared to be smooth enough", Reason.NOT_DECLARED)
        for a in others:
            if (self.moving | {self.x}) & free_symbols(a) or a[0] == "vector":
                raise NotProved(f"an argument of {f} beside the vector moves", Reason.DOES_NOT_APPLY)
            Regular(ctx, {}, ()).check(a, CONTINUOUS)
        return spec.growth * self._each(v, ctx, "vector")


def moments(e: Each, order: int, ctx: Context) -> str:
    """Every coordinate has a finite absolute moment of this order."""
    inner = in_range(ctx, e.i, e.lo, e.hi)
    integrable(e.law[2], e.law[1], inner)
    (y, _, _), *_ = e.law[1]
    even = order + order % 2
    try:
        fact = integrable(mul(power(sym(y), num(even)), e.law[2]), e.law[1], inner).text if even else ""
    except NotProved as no:
        raise NotProved(f"a coordinate is not known to have a moment of order {even}: {no.message}", no.reason) from no
    return f"a function of bounded growth, moments of order {even} are finite" + (f": {fact}" if fact else "")


def grows(e: Each, body: Term, ctx: Context) -> Facts:
    """Proves E|body| < ∞ for a body of bounded growth.

    Raises:
        NotProved: it is not established.
    """
    return (moments(e, Growth(e).order(unfold(body, ctx), ctx), ctx),)
