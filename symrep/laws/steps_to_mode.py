"""The mode of a discrete law by ratios of neighbours: p(k + 1) >= p(k) for k below the mode, <= p(k) from it on.

A mode ⌊a⌋ + c is above k just when k + 1 − c <= a, for k is an integer; so ⌈a⌉ + c when k − c < a. The ratio is a
proposal: that it is the ratio, and that it is at least or at most one, the kernel has to prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, final

import sympy as sp

from symrep.family import Family
from symrep.laws.cdf import spots
from symrep.laws.claims import equation, fresh, point, relation, where_in
from symrep.laws.law import Question
from symrep.laws.numbers import values
from symrep.symbols import as_expr
from symrep.verdict import Status, Verdict

__all__ = ["Side", "cases", "reached", "sides"]


@final
@dataclass(frozen=True)
class Side:
    """One side of a mode: ``words``, and the claims that are sufficient for it, the one about the ratio first."""

    words: str
    claims: tuple[Question, ...]

    def proved(self, seconds: float) -> Verdict | None:
        """The kernel's word on the ratio, if it has proved all of the claims."""
        share = seconds / len(self.claims)
        for claim in reversed(self.claims):
            verdict = claim.decide(share)
            if verdict.status is not Status.PROVED:
                return None
        return verdict


def sides(family: Family) -> Iterator[Side]:
    """The two sides of the stated mode, in each of its cases; nothing where a side is empty."""
    mode, weight, x = as_expr(family.mode), as_expr(family.pmf), family.variable
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    k = fresh("k", point(family).kind, family)
    here, there = weight.subs(x, k), weight.subs(x, k + 1)
    upper, lower = sp.fraction(sp.together(sp.gammasimp(sp.combsimp(there / here))))
    if any(v < 0 for v in values(lower.subs(k, x), spots(family, 2), 1.0)):
        upper, lower = -upper, -lower
    given = family.given("mode")
    for case, m, known in cases(mode):
        for words, side, gap in _halves(k, m, low, high):
            told = [
                r for r in (*given, *known, *where_in(family, k), *where_in(family, k + 1), *side) if r is not sp.true
            ]
            if any(r is sp.false for r in told):
                continue
            more = (upper - lower) if gap > 0 else (lower - upper)
            yield Side(
                f"{words} the mode{case}",
                (
                    relation("", sp.Ge(sp.expand(more), 0, evaluate=False), told),
                    relation("", sp.Gt(lower, 0, evaluate=False), told),
                    relation("", sp.Ge(here, 0, evaluate=False), told),
                    equation("", there, here * upper / lower, told),
                ),
            )


def cases(mode: Any) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """The formulas of a mode in pieces, and where each holds."""
    if not isinstance(mode, sp.Piecewise):
        yield "", mode, ()
        return
    before: list[Any] = []
    for value, where in mode.args:
        known = (*(() if where == sp.true else (where,)), *(sp.Not(r) for r in before))
        if all(r.is_Relational for r in known):
            yield f", where {' and '.join(map(str, known))}", value, known
        before.append(where)


def _halves(k: Any, m: Any, low: Any, high: Any) -> Iterator[tuple[str, tuple[Any, ...], int]]:
    """In words, the relations for k in that half, and 1 where the pmf is to rise there, −1 where it is to fall."""
    below, beyond = _around(k, m)
    if m != low:
        yield "does not fall up to", below, 1
    if m != high:
        yield "does not rise beyond", beyond, -1


def _taken_apart(m: Any) -> tuple[Any, Any, Any] | None:
    """``floor`` or ``ceiling``, its argument and what is added to it."""
    for kind in (sp.floor, sp.ceiling):
        found = [a for a in sp.Add.make_args(m) if isinstance(a, kind)]
        if len(found) == 1 and not (m - found[0]).has(kind):
            return kind, found[0].args[0], m - found[0]
    return None


def _around(k: Any, m: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """``k + 1 <= m`` and ``k >= m``, without the floor or ceiling."""
    parts = _taken_apart(m)
    if parts is None:
        return (k + 1 <= m,), (k >= m,)
    kind, a, c = parts
    return ((k + 1 - c <= a,), (k + 1 - c > a,)) if kind is sp.floor else ((k - c < a,), (k - c >= a,))


def reached(m: Any, end: Any, way: int) -> Any:
    """``m >= end`` (way 1) or ``m <= end`` (way −1), without the floor or ceiling if the end is an integer."""
    if end.is_infinite or m == end:
        return sp.true
    parts = _taken_apart(m)
    if parts is None or not (end - parts[2]).is_integer:
        return m >= end if way > 0 else m <= end
    kind, a, c = parts
    n = end - c
    if kind is sp.floor:
        return a >= n if way > 0 else a < n + 1
    return a > n - 1 if way > 0 else a <= n
