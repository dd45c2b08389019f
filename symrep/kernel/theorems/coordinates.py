"""Independent coordinates x_lo, …, x_hi: what an ``expect_each`` is taken over, and functions of single ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import BINDING, check_binders
from symrep.kernel.theorems.summation import integer_ends, no_gap
from symrep.term import ONE, Term, free_symbols, map_children, sub, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["Each", "all_names", "in_play", "moved", "names_bound", "read_each", "same_index", "single", "with_variable"]


@final
@dataclass(frozen=True)
class Each:
    """``E body`` over the coordinates x_i, lo ≤ i ≤ hi, each with its law."""

    body: Term
    x: str
    i: str
    lo: Term
    hi: Term
    law: Term

    def node(self, body: Term = ONE) -> Term:
        return ("expect_each", body, self.x, ("iprod", self.i, self.lo, self.hi, self.law))

    def at(self, a: Term, y: str) -> Term:
        """The law of the coordinate with the index a, in the variable y."""
        (old, low, high), *_ = self.law[1]
        put = {self.i: a}
        density = substitute(self.law[2], {**put, old: sym(y)})
        return ("law", ((y, substitute(low, put), substitute(high, put)),), density)


def read_each(t: Term, ctx: Context) -> Each:
    """The node taken apart, its range known to be one of integers that is not turned round.

    Raises:
        NotProved: it is something else.
    """
    if t[0] != "expect_each":
        raise NotProved(f"needs an expectation over a family, not {t[0]}", Reason.DOES_NOT_APPLY)
    check_binders((t,), ctx)
    _, body, x, (_, i, lo, hi, law) = t
    integer_ends(ctx, lo, hi)
    no_gap(lo, hi, ctx)
    return Each(body, x, i, lo, hi, law)


# --- functions of single coordinates --------------------------------------------------------------------------------


def _indices(t: Term, x: str) -> list[Term]:
    """The indices with which x occurs, in order; those of nodes inside that bind them are refused."""
    out: dict[Term, None] = {}

    def go(s: Term, bound: frozenset[str]) -> None:
        if x not in free_symbols(s):
            return
        if s[0] == "index" and s[1] == x:
            if len(s) != 3 or free_symbols(s[2]) & (bound | {x}):
                raise NotProved(f"an index of {x} is bound here", Reason.DOES_NOT_APPLY)
            out[s[2]] = None
            return
        if s[0] in ("jacobian", "expect_each") or (s[0] == "diff" and s[2] == x):
            raise NotProved(f"{x} stands under {s[0]}", Reason.DOES_NOT_APPLY)
        own = bound | names_bound(s)

        def inner(c: Term) -> Term:
            go(c, own)
            return c

        map_children(s, inner, inner)

    go(t, frozenset())
    return list(out)


def names_bound(s: Term) -> frozenset[str]:
    """The names a node binds, those of the laws in it included."""
    if s[0] not in BINDING:
        return frozenset()
    if s[0] in ("integral", "limit", "sum", "product", "det", "vector"):
        return frozenset(b[0] for b in s[2:])
    if s[0] == "law":
        return frozenset(b[0] for b in s[1])
    if s[0] == "iprod":
        return frozenset((s[1],))
    law = s[1] if s[0] == "push" else s[2]
    return frozenset(b[0] for b in law[1])


def single(t: Term, x: str) -> Term | None:
    """The index of the one coordinate t is a function of; None if there are several, or they are bound inside."""
    try:
        found = _indices(t, x)
    except NotProved:
        return None
    return found[0] if len(found) == 1 else None


def with_variable(t: Term, x: str, a: Term, y: str) -> Term:
    """T with the symbol y for x_a."""

    def go(s: Term) -> Term:
        if s == ("index", x, a):
            return sym(y)
        return map_children(s, go, go)

    out = go(t)
    if x in free_symbols(out):
        raise NotProved(f"a function of more than one coordinate of {x}", Reason.DOES_NOT_APPLY)
    return out


def in_play(a: Term, e: Each, ctx: Context) -> None:
    """The index is one of a coordinate."""
    if not integer_valued(a, ctx) or not all(prove_sign(d, ">=", domain(ctx)) for d in (sub(a, e.lo), sub(e.hi, a))):
        raise NotProved(f"an index of {e.x} may lie outside the range of the coordinates", Reason.DOMAIN)


def same_index(a: Term, b: Term, ctx: Context) -> bool | None:
    """Are two indices equal (True), different (False), or is neither known?"""
    if a == b:
        return True
    if prove_sign(sub(a, b), "!=", domain(ctx)):
        return False
    try:
        return True if not prove_equal(a, b, ctx).almost_everywhere else None
    except NotProved:
        return None


def moved(f: Term, x: str, a: Term, b: Term) -> Term:
    """F with the index b for the equal index a of x."""
    if a == b:
        return f

    def go(s: Term) -> Term:
        return ("index", x, b) if s == ("index", x, a) else map_children(s, go, go)

    return go(f)


def all_names(*terms: Term) -> set[str]:
    """The names that occur in terms, free or bound."""
    return {n for t in terms for s in walk(t) for n in free_symbols(s) | names_bound(s)}
