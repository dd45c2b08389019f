r"""Functions of single coordinates, and products Π_{k=lo}^{hi} b_k(x_k) over a range of them.

Such a product is that of its parts over lo, …, a − 1, at a and over a + 1, …, hi, for an integer a of the range. So a
monomial is cut at the indices its other factors have, and what is left are ranges in which no other factor has a
coordinate; two products whose ranges are the same are cut together, all others have to lie apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import final

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, No, Term, add, binding, fn, free, fresh, mul, rebuild, sub, substitute, sym, walk
from symrep.audit.normal import same_everywhere
from symrep.audit.regular import proved, whole
from symrep.audit.summing import among, range_of

__all__ = ["Piece", "alone", "factors", "places", "powers_of_e", "spread_out"]


@final
@dataclass(frozen=True)
class Piece:
    """Products over the same range, which is cut into ranges between the ``out`` indices that are taken out."""

    products: tuple[Term, ...]
    lo: Term
    hi: Term
    ranges: tuple[tuple[Term, Term], ...]
    out: int = 0


def places(t: Term, x: str) -> list[tuple[Term, bool]]:
    """The indices of x in t, each with whether something inside t binds a name in it."""
    out: dict[tuple[Term, bool], None] = {}

    def go(s: Term, names: frozenset[str]) -> None:
        if x not in free(s):
            return
        if s[0] == "index" and s[1] == x:
            if len(s) != 3 or x in free(s[2]):
                raise No("a coordinate with an index of its own kind")
            out[s[2], bool(free(s[2]) & names)] = None
            return
        if s[0] in ("jacobian", "expect_each", "diff") and (s[0] != "diff" or s[2] == x):
            raise No(f"coordinates under {s[0]}")
        deeper = names | {b[0] for b in binding(s)}

        def part(c: Term) -> Term:
            go(c, deeper)
            return c

        rebuild(s, part, part)

    go(t, frozenset())
    return list(out)


def alone(t: Term, x: str) -> Term | None:
    """The one index of which t is a function."""
    found = places(t, x)
    return found[0][0] if len(found) == 1 and not found[0][1] else None


def powers_of_e(t: Term, x: str) -> Term | None:
    """The same number as t = exp(c (a + b)) or exp(c Σ_k a_k), c free of x, written as a product."""
    if t[0] != "fn" or t[1] != "exp":
        return None
    parts = t[2][1:] if t[2][0] == "mul" else (t[2],)
    c, inner = mul(*(p for p in parts if x not in free(p))), [p for p in parts if x in free(p)]
    if len(inner) != 1 or inner[0][0] not in ("add", "sum") or len(inner[0]) < 3:
        return None
    (a,) = inner
    if a[0] == "add":
        return mul(*(fn("exp", mul(c, b)) for b in a[1:]))
    k, lo, hi = a[2]
    j = fresh({n for s in walk(t) for n in free(s) | {b[0] for b in binding(s)}}, k)
    return ("product", fn("exp", mul(c, substitute(a[1], {k: sym(j)}))), (j, lo, hi))


def factors(products: Sequence[Term], a: Term, x: str) -> list[Term]:
    """The factors of the products at the index a, functions of x_a."""
    out = [substitute(p[1], {p[2][0]: a}) for p in products]
    if any(alone(f, x) != a for f in out):
        raise No("a factor of a product is no function of its own coordinate")
    return out


def spread_out(products: Sequence[Term], x: str, groups: Mapping[Term, list[Term]], ctx: Ctx) -> list[Piece]:
    """What is left of the products between the indices of the groups; the factors at those are put to the groups."""
    pieces: list[Piece] = []
    for p in products:
        _, (_, lo, hi) = range_of(p, ctx, "product")
        if len(p) != 3 or hi[0] == "inf" or x in free(lo) | free(hi):
            raise No("an infinite product, or a range that the coordinates say")
        pieces = _joined(pieces, Piece((p,), lo, hi, ((lo, hi),)), ctx)
    for a, functions in groups.items():
        pieces = [_cut(p, a, x, functions, ctx) for p in pieces]
    return pieces


def _joined(pieces: list[Piece], new: Piece, ctx: Ctx) -> list[Piece]:
    out, own = list[Piece](), new.products
    for p in pieces:
        if same_everywhere(p.lo, new.lo, ctx) and same_everywhere(p.hi, new.hi, ctx):
            own = (*p.products, *own)
        elif proved(sub(new.lo, p.hi), ">", ctx) or proved(sub(p.lo, new.hi), ">", ctx):
            out.append(p)
        else:
            raise No("two products may have coordinates in common")
    return [*out, replace(new, products=own)]


def _cut(p: Piece, a: Term, x: str, functions: list[Term], ctx: Ctx) -> Piece:
    for n, (lo, hi) in enumerate(p.ranges):
        if _outside(a, lo, hi, ctx):
            continue
        if not whole(a, ctx) or not proved(sub(a, lo), ">=", ctx) or not proved(sub(hi, a), ">=", ctx):
            raise No("an index may or may not be one of a product")
        functions += factors(p.products, a, x)
        halves = (lo, sub(a, ONE)), (add(a, ONE), hi)
        return replace(p, ranges=p.ranges[:n] + halves + p.ranges[n + 1 :], out=p.out + 1)
    return p


def _outside(a: Term, lo: Term, hi: Term, ctx: Ctx) -> bool:
    """Is a none of the integers from lo to hi?"""
    if proved(sub(a, hi), ">", ctx) or proved(sub(lo, a), ">", ctx):
        return True
    j = fresh(ctx.known() | free(a) | free(lo) | free(hi) | {n for r in (*ctx.given, *ctx.facts) for n in free(r)}, "j")
    return bool(proved(sub(sym(j), a), "!=", among((j, lo, hi), ctx)))
