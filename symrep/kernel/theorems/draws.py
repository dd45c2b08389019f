r"""Expectations over independent coordinates x_lo, …, x_hi, of a number that is a symbol: E over ``expect_each``.

Sums over indices are opened by linearity. A product of functions of coordinates with different indices has the product
of their expectations (Fubini), each under its own law; the coordinates that do not occur have mass one. Where the index
j of a sum may be equal to an index a that is in play, the term at j = a is taken out of the sum:
Σ_j B = Σ_j B′ − B′(a) + B(a), where B′ is what the product rule gives for j ≠ a, and a is shown to be one of the j.
Products over indices, and exponentials of sums, are in ``over_all``.

**Convergence.** E|b| < ∞ is shown product by product. Beside functions of single coordinates two things are bounded by
such, for a sum over all coordinates, one at least, of s_k > 0, each a function of its own: |log(c Σ_k s_k)| ≤ |log c| +
log K + Σ_k |log s_k| for c > 0, and (Σ_k s_k)^(−m) ≤ s_a^(−m), where a is one of the indices in play.
"""

from __future__ import annotations

from typing import final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import unfold
from symrep.kernel.algebra.normal import prove_equal, simplify
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.coordinates import (
    Each,
    all_names,
    in_play,
    moved,
    names_bound,
    read_each,
    same_index,
    single,
    with_variable,
)
from symrep.kernel.theorems.growing import grows, of_vectors
from symrep.kernel.theorems.image import in_order
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.integrals import unit_mass
from symrep.kernel.theorems.over_all import Group, arranged, exponentials, factors_of
from symrep.kernel.theorems.summation import in_range, integer_ends, no_gap, read_range, unused
from symrep.term import (
    MINUS_ONE,
    ZERO,
    Term,
    add,
    children,
    contains,
    fn,
    free_symbols,
    fresh,
    map_children,
    mul,
    power,
    sub,
    substitute,
    sym,
)
from symrep.verdict import Reason

__all__ = ["Opened", "all_converge", "finite_mass", "integrable_each", "mass_one", "nonnegative"]
#: powers of sums are multiplied out up to this one
_LARGEST = 4


def mass_one(e: Each, mass: tuple[Instance, ...], ctx: Context) -> None:
    """Every law has mass one."""
    unit_mass(e.law, mass, in_range(ctx, e.i, e.lo, e.hi))


def finite_mass(e: Each, ctx: Context) -> None:
    integrable(e.law[2], e.law[1], in_range(ctx, e.i, e.lo, e.hi))


# --- products opened ------------------------------------------------------------------------------------------------


@final
class Opened:
    """Goes through the products of functions of single coordinates; ``bounds`` also through what is bounded by such."""

    def __init__(self, e: Each, *, bounds: bool) -> None:
        self.e, self.x, self.bounds = e, e.x, bounds
        self.facts: dict[str, None] = {}

    def value(self, t: Term, ctx: Context) -> Term:
        """E t. With ``bounds`` it is no value; that every product converges has been shown."""
        if self.x not in free_symbols(t):
            return t
        if t[0] == "add":
            return add(*(self.value(c, ctx) for c in t[1:]))
        factors = factors_of(t)
        free = [f for f in factors if self.x not in free_symbols(f)]
        moving = [f for f in factors if self.x in free_symbols(f)]
        for place, f in enumerate(moving):
            if f[0] == "product" or single(f, self.x) is not None:
                continue
            if self.bounds and self._bounding(f, ctx) is not None:
                continue
            rest = moving[:place] + moving[place + 1 :]
            return mul(*free, self._open(f, rest, ctx))
        return mul(*free, self._leaf(moving, ctx))

    def _open(self, f: Term, rest: list[Term], ctx: Context) -> Term:
        """The product of f and the rest, f a sum or a power of one."""
        if f[0] == "add":
            return add(*(self.value(mul(c, *rest), ctx) for c in f[1:]))
        if f[0] == "pow" and f[2][0] == "num" and f[2][2] == 1 and 1 < f[2][1] <= _LARGEST:
            return self.value(mul(*[f[1]] * f[2][1], *rest), ctx)
        if f[0] == "sum":
            return self._sum(f, rest, ctx)
        if f[0] == "fn" and f[1] == "exp" and (parts := exponentials(f[2], self.x)) is not None:
            return self.value(mul(*parts, *rest), ctx)
        if self.bounds and (inner := self._log(f, ctx)) is not None:  # |log(c S)| is at most a constant and Σ|log s|
            return add(self.value(mul(inner, *rest), ctx), self.value(mul(*rest), ctx) if rest else ZERO)
        raise NotProved(
            f"not a polynomial in functions of single coordinates of {self.x}: {f[0]}", Reason.DOES_NOT_APPLY
        )

    def _sum(self, f: Term, rest: list[Term], ctx: Context) -> Term:
        body, (k, lo, hi) = read_range(f, "sum")
        if hi[0] == "inf" or self.x in free_symbols(lo) | free_symbols(hi):
            raise NotProved("an infinite sum, or one of as many terms as the coordinates say", Reason.DOES_NOT_APPLY)
        taken = {*ctx.symbols, k, self.x, self.e.i, *free_symbols(f), *free_symbols(self.e.law)}
        j = fresh(k, taken | all_names(f, *rest, *ctx.given))
        body = substitute(body, {k: sym(j)})
        integer_ends(ctx, lo, hi)
        no_gap(lo, hi, ctx)
        inner = in_range(ctx, j, lo, hi)
        whole = mul(body, *rest)
        others = self._elsewhere(whole, j)
        apart, meeting = inner, list[Term]()
        for a in others:
            if prove_sign(sub(a, sym(j)), "!=", domain(apart)):
                continue
            if not integer_valued(a, ctx) or not all(
                prove_sign(d, ">=", domain(ctx)) for d in (sub(a, lo), sub(hi, a))
            ):
                raise NotProved("an index may or may not be one of the range of a sum", Reason.DOMAIN)
            if any(same_index(a, b, ctx) is not False for b in meeting):
                raise NotProved("two indices may be one and the same", Reason.DOMAIN)
            meeting.append(a)
            apart = Context(apart.symbols, apart.functions, (*apart.given, ("rel", "!=", sym(j), a)), apart.assumed)
        value = self.value(whole, apart)
        out = [("sum", value, (j, lo, hi))]
        for a in meeting:
            out.append(mul(MINUS_ONE, substitute(value, {j: a})))
            out.append(self.value(substitute(whole, {j: a}), ctx))
        return add(*out)

    def _elsewhere(self, t: Term, j: str) -> list[Term]:
        """The indices in play that do not depend on j; those bound inside are met when their sum is opened."""
        out: dict[Term, None] = {}

        def go(s: Term, bound: frozenset[str]) -> None:
            if s[0] == "index" and s[1] == self.x:
                if not free_symbols(s[2]) & (bound | {j}):
                    out[s[2]] = None
                return
            own = bound | names_bound(s)

            def inner(c: Term) -> Term:
                go(c, own)
                return c

            map_children(s, inner, inner)

        go(t, frozenset())
        return list(out)

    def _leaf(self, moving: list[Term], ctx: Context) -> Term:
        groups: list[Group] = []
        products: list[Term] = []
        bounding: list[tuple[Term, Term, Term]] = []
        for f in moving:
            a = single(f, self.x)
            if a is None and f[0] == "product":
                products.append(f)
                continue
            if a is None:
                found = self._bounding(f, ctx)
                if found is None:
                    raise NotProved("not a function of one coordinate", Reason.DOES_NOT_APPLY)
                bounding.append(found)
                continue
            in_play(a, self.e, ctx)
            for b, fs in groups:
                same = same_index(a, b, ctx)
                if same is None:
                    raise NotProved("two indices may or may not be the same", Reason.DOMAIN)
                if same:
                    fs.append(moved(f, self.x, a, b))
                    break
            else:
                groups.append((a, [f]))
        over = arranged(products, groups, self.e, ctx, tuple(moving))
        if bounding and not groups:
            raise NotProved("nothing to bound the rest by", Reason.NOTHING_APPLIED)
        for s, k, m in bounding:  # S ≥ s_a > 0
            a, fs = groups[0]
            fs.append(power(substitute(s, {k[1]: a}), m))
        out = [self._one(a, fs, bool(bounding), ctx) for a, fs in groups]
        return mul(*out, *(p.value(self._factor, ctx) for p in over))

    def _factor(self, body: Term, a: Term, ctx: Context) -> Term:
        """The mean of one factor of a product, what is no function of x_a before it."""
        factors = factors_of(body)
        moving = [f for f in factors if self.x in free_symbols(f)]
        return mul(*(f for f in factors if self.x not in free_symbols(f)), self._one(a, moving, False, ctx))

    def _one(self, a: Term, fs: list[Term], simpler: bool, ctx: Context) -> Term:
        """The expectation of functions of x_a, which exists."""
        y = fresh("y", {*ctx.symbols, *all_names(self.e.law, a, *fs)})
        law = self.e.at(a, y)
        body = with_variable(mul(*fs), self.x, a, y)
        if simpler:
            body = _cancelled(body, y, law[1][0][1:], ctx)
        self.facts[_finite(mul(body, law[2]), law, ctx)] = None
        return ("expect", body, law)

    def whole_sum(self, t: Term, ctx: Context) -> tuple[Term, str] | None:
        """(summand, index) of a sum over all coordinates, at least one, each a positive function of its own."""
        if t[0] != "sum" or len(t) != 3 or self.x in free_symbols(t[2][1]) | free_symbols(t[2][2]):
            return None
        body, (k, lo, hi) = t[1], t[2]
        try:
            plain = not prove_equal(lo, self.e.lo, ctx).almost_everywhere
            if hi[0] == "inf" or not plain or prove_equal(hi, self.e.hi, ctx).almost_everywhere:
                return None
        except NotProved:
            return None
        if single(body, self.x) != sym(k) or not prove_sign(sub(hi, lo), ">=", domain(ctx)):
            return None
        inner = in_range(ctx, k, lo, hi)
        return (body, k) if prove_sign(body, ">", domain(inner)) else None

    def _bounding(self, f: Term, ctx: Context) -> tuple[Term, Term, Term] | None:
        """(s_k, k, −m) of a factor (Σ_k s_k)^(−m)."""
        if f[0] != "pow" or f[2][0] != "num" or f[2][2] != 1 or f[2][1] >= 0:
            return None
        found = self.whole_sum(f[1], ctx)
        return (found[0], sym(found[1]), f[2]) if found else None

    def _log(self, f: Term, ctx: Context) -> Term | None:
        """Σ_k log s_k for a factor log(c Σ_k s_k)."""
        if f[0] != "fn" or f[1] != "log":
            return None
        factors = factors_of(f[2])
        sums = [s for s in factors if self.x in free_symbols(s)]
        c = mul(*(s for s in factors if self.x not in free_symbols(s)))
        found = self.whole_sum(sums[0], ctx) if len(sums) == 1 else None
        if found is None or not prove_sign(c, ">", domain(ctx)):
            return None
        return ("sum", fn("log", found[0]), (found[1], sums[0][2][1], sums[0][2][2]))


def _finite(t: Term, law: Term, ctx: Context) -> str:
    """That one part diverges is no proof that the whole does."""
    try:
        return integrable(t, law[1], ctx).text
    except NotProved as no:
        raise NotProved(no.message, no.reason) from no


def _cancelled(t: Term, y: str, ends: tuple[Term, Term], ctx: Context) -> Term:
    """An integrand in y in which factors have cancelled."""
    simple = simplify(t, domain(ctx, {y: ends}))
    found = prove_equal(t, simple, ctx, {y: ends})
    return t if found.almost_everywhere and not found.fibrewise else simple


# --- what the kernel asks -------------------------------------------------------------------------------------------


def integrable_each(e: Each, body: Term, ctx: Context) -> Facts:
    """Proves E|body| < ∞ over the coordinates.

    Raises:
        NotProved: it is not established.
    """
    if of_vectors(body):
        return grows(e, body, ctx)
    opened = Opened(e, bounds=True)
    finite_mass(e, ctx)
    opened.value(body, ctx)
    return tuple(opened.facts)


def converges(t: Term, ctx: Context) -> str:
    """Proves that the expectation converges absolutely."""
    e = read_each(t, ctx)
    return "; ".join(integrable_each(e, unfold(e.body, ctx), ctx))


def all_converge(t: Term, ctx: Context) -> Facts:
    """Proves of every expectation in the term that it converges absolutely, those under a finite sum at every index."""
    if t[0] == "expect_each":
        return (converges(t, ctx), *all_converge(t[1], ctx))
    if t[0] == "sum" and len(t) == 3 and t[2][2][0] != "inf" and contains(t[1], ("expect_each",)):
        body, (k, lo, hi) = read_range(t, "sum")
        new = unused(k, t, ctx)
        return all_converge(substitute(body, {k: sym(new)}), in_range(ctx, new, lo, hi))
    return tuple(f for c in children(t) for f in all_converge(c, ctx))


def nonnegative(e: Each, ctx: Context) -> None:
    """Proves that the densities are nowhere negative.

    Raises:
        NotProved: one may be.
    """
    inner = in_range(ctx, e.i, e.lo, e.hi)
    ((y, lo, hi),) = e.law[1]
    if not in_order(lo, hi, inner) or not prove_sign(e.law[2], ">=", domain(inner, {y: (lo, hi)})):
        raise NotProved("a density is not known to be >= 0", Reason.DOMAIN)
