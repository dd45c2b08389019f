"""Sums inside one another: in whatever order they are written, and with whatever names for what is bound."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

from symrep.audit.data import Term, free, fresh, has, mul, rebuild, rename_bound

__all__ = ["nest", "orders", "spelled_alike"]

DEEPEST = 3


@lru_cache(maxsize=4096)
def spelled_alike(t: Term, depth: int = 0) -> Term:
    """The term with the names its sums, products, integrals and vectors bind told by how deep they stand."""
    if t[0] in ("integral", "sum", "product", "vector"):
        for n, (x, *_) in enumerate(t[2:]):
            t = rename_bound(t, x, f"bound~{depth}~{n}")
        depth += 1
    return rebuild(t, lambda s: spelled_alike(s, depth), lambda s: spelled_alike(s, depth))


def nest(t: Term) -> Term:
    """Σ_i a Σ_j b as Σ_i Σ_j a b, where the inner range does not depend on i; finite sums only."""
    if t[0] != "sum" or "inf" in (t[2][1][0], t[2][2][0]):
        return t
    body, where = nest(t[1]), t[2]
    factors = body[1:] if body[0] == "mul" else (body,)
    at = [n for n, f in enumerate(factors) if f[0] == "sum" and _apart(nest(f), where)]
    if len(at) != 1 or not has(t[1], "vector"):
        return ("sum", body, where)
    inner, rest = nest(factors[at[0]]), (*factors[: at[0]], *factors[at[0] + 1 :])
    inner = _out_of_the_way(inner, mul(*rest, ("sum", ("num", 1, 1), where)))
    return ("sum", _times(rest, inner), where)


def _apart(s: Term, where: Term) -> bool:
    ends = (s[2][1][0], s[2][2][0])
    return "inf" not in ends and where[0] not in free(s[2][1]) | free(s[2][2])


def _out_of_the_way(s: Term, other: Term) -> Term:
    if s[0] != "sum":
        return s
    taken = free(other) | free(s) | {b[0] for b in _ranges(s)} | {other[-1][2][0] if other[0] == "mul" else other[2][0]}
    if s[2][0] in free(other) | {other[-1][2][0] if other[0] == "mul" else other[2][0]}:
        s = rename_bound(s, s[2][0], fresh(taken, s[2][0]))
    return ("sum", _out_of_the_way(s[1], other), s[2])


def _times(rest: tuple[Term, ...], s: Term) -> Term:
    if s[0] == "sum":
        return ("sum", _times(rest, s[1]), s[2])
    return mul(*rest, *(s[1:] if s[0] == "mul" else (s,)))


def _ranges(t: Term) -> list[Term]:
    return [t[2], *_ranges(t[1])] if t[0] == "sum" else []


def orders(t: Term) -> Iterator[Term]:
    """A nest of finite sums over a box, summed in every order; nothing for a single sum."""
    ranges = _ranges(t)
    names = [b[0] for b in ranges]
    if not 1 < len(ranges) <= DEEPEST or len(set(names)) < len(names):
        return
    if any(e[0] == "inf" or free(e) & set(names) for b in ranges for e in b[1:]):
        return
    body = t
    for _ in ranges:
        body = body[1]
    for order in permutations(ranges):
        out = body
        for where in reversed(order):
            out = ("sum", out, where)
        yield out
