"""Fubini's theorem: integrals over several variables, all at once or inside one another."""

from __future__ import annotations

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, No, Term, free, mul
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable
from symrep.audit.normal import need_same

__all__ = ["fubini"]

Bindings = tuple[tuple[str, Term, Term], ...]


def fubini(i: Data, ctx: Ctx) -> None:
    """Both sides are ∫ t over one box, in some order, and ∫ |t| < ∞."""
    first, here = _flat(i.term("lhs"), frozenset(), frozenset())
    second, there = _flat(i.term("rhs"), frozenset(), frozenset())
    box = {x: (lo, hi) for x, lo, hi in here}
    if len(here) < 2 or len(box) != len(here):
        raise No("this theorem is about several different variables")
    if len(there) != len(here) or {x: (lo, hi) for x, lo, hi in there} != box:
        raise No("the two sides are over different boxes")
    need_same(first, second, ctx.inside(box), "the integrands differ")
    integrable(first, here, ctx)


def _flat(t: Term, spoken: frozenset[str], bound: frozenset[str]) -> tuple[Term, Bindings]:
    """Integrand and ranges of a product with one integral in it, taken out of the integrals around each other.

    ``spoken``: the names that what stands further out uses; ``bound``: the variables that are bound there.
    """
    beside, integrals = _product(t)
    if len(integrals) != 1:
        return t, ()
    (node,) = integrals
    law = node[0] == "expect"
    ranges: Bindings = tuple(node[2][1]) if law else tuple(node[2:])
    names = {x for x, _, _ in ranges}
    around = spoken.union(*map(free, beside))
    ends = frozenset().union(*(free(e) for _, lo, hi in ranges for e in (lo, hi)))
    if names & (around | bound | ends) or len(names) != len(ranges):
        raise No("a variable of an inner integral is also something outside")
    density = node[2][2] if law else ONE
    said = around | ends | (free(density) - names)
    inside, more = _flat(node[1], said, bound | names)
    return mul(*beside, density, inside), (*ranges, *more)


def _product(t: Term) -> tuple[list[Term], list[Term]]:
    """What is no integral, and what is one, among the factors of a term."""
    if t[0] != "mul":
        return ([], [t]) if t[0] in ("expect", "integral") else ([t], [])
    pairs = [_product(s) for s in t[1:]]
    return [s for rest, _ in pairs for s in rest], [s for _, found in pairs for s in found]
