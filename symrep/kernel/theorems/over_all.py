r"""Products over indices of functions of one coordinate each, Π_{k=lo}^{hi} b_k(x_k), beside functions of others.

The coordinates x_lo, …, x_hi are independent, so E Π b_k(x_k) · g = Π E b_k(x_k) · E g, where g holds none of them:
finitely many factors, each integrable under its own law. Two such products over the same range are one, Π b_k c_k, over
ranges that do not meet they are independent. Where g(x_a) is a function of a coordinate of the range, the factor at a
is taken out: Π_{k=lo}^{hi} b_k = Π_{k=lo}^{a−1} b_k · b_a · Π_{k=a+1}^{hi} b_k. Where E b_k is the same for every k its
power is given, of as many factors as there are, at least none since the indices taken out are different.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import final

from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.coordinates import Each, all_names, in_play, single
from symrep.kernel.theorems.summation import in_range, integer_ends, no_gap, read_range
from symrep.term import MINUS_ONE, ONE, Term, add, fn, free_symbols, fresh, mul, num, power, sub, substitute, sym
from symrep.verdict import Reason

__all__ = ["Group", "Over", "arranged", "exponentials", "factors_of"]

#: an index, and functions of that coordinate
Group = tuple[Term, list[Term]]


@final
@dataclass(frozen=True)
class Over:
    """Π body over the integers j of the parts, body a function of x_j alone; j occurs nowhere else. The parts are what
    is left of lo, …, hi when ``fewer`` of them are taken out."""

    body: Term
    j: str
    lo: Term
    hi: Term
    parts: tuple[tuple[Term, Term], ...]
    fewer: int = 0

    def value(self, mean: Callable[[Term, Term, Context], Term], ctx: Context) -> Term:
        """Π of the means of the factors, each (body, index, context): a power where these are one and the same."""
        out = [mean(self.body, sym(self.j), in_range(ctx, self.j, lo, hi)) for lo, hi in self.parts]
        if len({*out}) == 1 and self.j not in free_symbols(out[0]):
            return power(out[0], add(self.hi, mul(MINUS_ONE, self.lo), num(1 - self.fewer)))
        return mul(*(("product", m, (self.j, lo, hi)) for m, (lo, hi) in zip(out, self.parts, strict=True)))


def arranged(products: list[Term], groups: list[Group], e: Each, ctx: Context, near: tuple[Term, ...]) -> list[Over]:
    """The products as ones over integers that neither meet each other nor hold an index of a group; a factor whose
    index is one of a group goes there. ``near``: everything whose names an index must not have.

    Raises:
        NotProved: it is not known what meets what, or a factor is no function of its own coordinate.
    """
    taken = {*ctx.symbols, e.x, e.i, *all_names(e.law, *near, *ctx.given)}
    found: list[Over] = []
    for p in products:
        one = _read(p, e, ctx, taken)
        taken.add(one.j)
        found = _beside(one, found, ctx)
    for a, functions in groups:
        found = [_without(a, functions, one, e, ctx) for one in found]
    return found


def factors_of(t: Term) -> list[Term]:
    if t[0] == "pow" and t[1][0] == "mul" and t[2][0] == "num" and t[2][2] == 1:
        return [power(f, t[2]) for f in factors_of(t[1])]
    return [f for c in t[1:] for f in factors_of(c)] if t[0] == "mul" else [t]


def exponentials(a: Term, x: str) -> list[Term] | None:
    """Exp a as a product: exp(b + c) = exp b · exp c, and exp(c Σ_k s_k) = Π_k exp(c s_k); None if it is neither."""
    factors = factors_of(a)
    moving = [f for f in factors if x in free_symbols(f)]
    if len(moving) != 1 or moving[0][0] not in ("add", "sum"):
        return None
    still, (one,) = [f for f in factors if x not in free_symbols(f)], moving
    if one[0] == "add":
        return [fn("exp", mul(*still, c)) for c in one[1:]]
    body, (k, lo, hi) = read_range(one, "sum")
    j = fresh(k, all_names(a))
    return [("product", fn("exp", mul(*still, substitute(body, {k: sym(j)}))), (j, lo, hi))]


def _read(p: Term, e: Each, ctx: Context, taken: set[str]) -> Over:
    body, (k, lo, hi) = read_range(p, "product")
    if hi[0] == "inf" or e.x in free_symbols(lo) | free_symbols(hi):
        raise NotProved("an infinite product, or one of as many factors as the coordinates say", Reason.DOES_NOT_APPLY)
    integer_ends(ctx, lo, hi)
    no_gap(lo, hi, ctx)
    j = fresh(k, taken)
    out = Over(substitute(body, {k: sym(j)}), j, lo, hi, ((lo, hi),))
    if single(out.body, e.x) != sym(j):
        raise NotProved(f"a factor is no function of the coordinate of {e.x} with its index", Reason.DOES_NOT_APPLY)
    if not _above(lo, e.lo, ctx) or not _above(e.hi, hi, ctx):
        in_play(sym(j), e, in_range(ctx, j, lo, hi))
    return out


def _above(a: Term, b: Term, ctx: Context, op: str = ">=") -> bool:
    return prove_sign(sub(a, b), op, domain(ctx))


def _beside(one: Over, others: list[Over], ctx: Context) -> list[Over]:
    """One more product: multiplied into the one over the same range, else beside those of ranges it does not meet."""
    for place, o in enumerate(others):
        if _same(o.lo, one.lo, ctx) and _same(o.hi, one.hi, ctx):
            both = replace(o, body=mul(o.body, substitute(one.body, {one.j: sym(o.j)})))
            return [*others[:place], both, *others[place + 1 :]]
        if not _above(one.lo, o.hi, ctx, ">") and not _above(o.lo, one.hi, ctx, ">"):
            raise NotProved("two products may or may not have a coordinate in common", Reason.DOMAIN)
    return [*others, one]


def _same(a: Term, b: Term, ctx: Context) -> bool:
    try:
        return a == b or not prove_equal(a, b, ctx).almost_everywhere
    except NotProved:
        return False


def _without(a: Term, functions: list[Term], one: Over, e: Each, ctx: Context) -> Over:
    """The product without its factor at a, if there is one; that factor is put to the functions of x_a."""
    for place, (lo, hi) in enumerate(one.parts):
        if _above(a, hi, ctx, ">") or _above(lo, a, ctx, ">"):
            continue
        if _above(a, sym(one.j), in_range(ctx, one.j, lo, hi), "!="):
            continue
        if not integer_valued(a, ctx) or not _above(a, lo, ctx) or not _above(hi, a, ctx):
            raise NotProved("an index may or may not be one of the range of a product", Reason.DOMAIN)
        here = substitute(one.body, {one.j: a})
        if single(here, e.x) != a:
            raise NotProved("a factor is no function of one coordinate", Reason.DOES_NOT_APPLY)
        functions.append(here)
        cut = ((lo, add(a, MINUS_ONE)), (add(a, ONE), hi))
        return replace(one, parts=(*one.parts[:place], *cut, *one.parts[place + 1 :]), fewer=one.fewer + 1)
    return one
