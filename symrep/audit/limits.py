"""Limits as terms: the theorem that says what one is, and where it is not enough that something holds nearly always."""

from __future__ import annotations

from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, ZERO, No, Term, free, sub, walk
from symrep.audit.ends import limit
from symrep.audit.instance import Data
from symrep.audit.integrability import ordered
from symrep.audit.normal import need_same
from symrep.audit.signs import holds

__all__ = ["limit_value", "neighbours_fit", "under_a_limit"]


def limit_value(i: Data, ctx: Ctx) -> None:
    """lim_{x→a} t = rhs: t tends to rhs from every side the left side names, for all values of the parameters.

    ``above`` is an end b > a such that t is looked at on (a, b), ``below`` one with b < a; at an infinity the only
    side there is.
    """
    node = i.term("lhs")
    if node[0] != "limit":
        raise No(f"this theorem is not about {node[0]}")
    _, body, (x, point, side) = node
    if x in free(point):
        raise No("the point of a limit depends on its variable")
    if point[0] == "inf":
        ways = ["below" if point[1] > 0 else "above"]
    else:
        ways = [way for way, s in (("above", 1), ("below", -1)) if side[1] in (0, s)]
    outer = ctx.without(x)
    for way in ways:
        other = i.term(way)
        if x in free(other) or other[0] == "inf":
            raise No("a limit is looked at from a number that does not depend on its variable")
        lo, hi = (point, other) if way == "above" else (other, point)
        if not ordered(lo, hi, outer):
            raise No("a limit is looked at from what may be the wrong side")
        found = limit(body, x, (lo, hi), 0 if way == "above" else 1, outer, strict=True)
        if found[0] == "inf":
            raise No("the limit is infinite")
        need_same(found, i.term("rhs"), ctx, "the limit is another one")


def under_a_limit(t: Term, old: Term) -> bool:
    """Does ``old`` occur in t where a limit binds a name of it? A null set may accumulate at the point. Nor is one left
    out under an expectation over coordinates, of which there may be fewer than are spoken of."""

    def around(s: Term) -> bool:
        return s[0] == "expect_each" or (s[0] == "limit" and s[2][0] in free(old))

    return any(around(s) and any(c == old for c in walk(s[1])) for s in walk(t))


_UNBOUNDED: Final = {
    1: {"real", "nonzero", "positive", "nonnegative", "integer", "positive integer", "nonnegative integer"},
    -1: {"real", "nonzero", "negative", "integer"},
}
_ENDS: Final[dict[str, tuple[Term | None, Term | None]]] = {
    "positive": (ZERO, None),
    "nonnegative": (ZERO, None),
    "negative": (None, ZERO),
    "unit": (ZERO, ONE),
}


def neighbours_fit(kind: str, point: Term, side: Term, ctx: Ctx) -> bool:
    """Do the values a variable takes on its way to the point lie in its kind, from some place on?"""
    if point[0] == "inf":
        return kind in _UNBOUNDED[1 if point[1] > 0 else -1]
    if kind in ("real", "nonzero"):
        return True
    if kind not in _ENDS:
        return False
    low, high = _ENDS[kind]
    from_above, from_below = side[1] != -1, side[1] != 1
    above_low = low is None or holds(sub(point, low), ">" if from_below else ">=", ctx)
    return above_low and (high is None or holds(sub(point, high), "<" if from_above else "<=", ctx))
