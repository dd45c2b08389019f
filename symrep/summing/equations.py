"""A claim seen as an equation for the one sum in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.normal import linear_parts, simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.theorems.instance import replace as put_in
from symrep.term import ONE, ZERO, Term, div, neg, sub, sym, walk

__all__ = ["HEADS", "has_sum", "linear_in", "only_sum", "solved"]

HEADS: Final = ("sum", "product")


def has_sum(t: Term) -> bool:
    return any(s[0] in HEADS for s in walk(t))


def _outermost(t: Term) -> Iterator[Term]:
    """Sums and products under no other binder."""
    if t[0] in HEADS:
        yield t
        return
    if t[0] in ("add", "mul", "pow"):
        for c in t[1:]:
            yield from _outermost(c)
    elif t[0] == "fn":
        for c in t[2:]:
            yield from _outermost(c)


def linear_in(node: Term, t: Term, ctx: Context) -> tuple[Term, Term] | None:
    """(a, b) with t = a·node + b."""
    unknown = sym("_sum")
    whole = put_in(t, node, unknown)[0]
    around = replace(ctx, symbols={**ctx.symbols, "_sum": "positive"})
    factors = {piece: c for c, piece in linear_parts(whole, ["_sum"], domain(around))}
    if not set(factors) <= {ONE, unknown} or unknown not in factors:
        return None
    return factors[unknown], factors.get(ONE, ZERO)


def only_sum(*ts: Term) -> Term | None:
    """The one sum or product over one index in the terms, if there is just one."""
    nodes = list(dict.fromkeys(s for t in ts for s in _outermost(t)))
    return nodes[0] if len(nodes) == 1 and len(nodes[0]) == 3 else None


def solved(node: Term, lhs: Term, rhs: Term, ctx: Context) -> Term | None:
    """What the claim says the node is."""
    if lhs == node:
        return rhs
    if rhs == node:
        return lhs
    found = linear_in(node, sub(lhs, rhs), ctx)
    return None if found is None else simplify(div(neg(found[1]), found[0]), domain(ctx))
