"""Sums from m to n, and coefficients n over m: they are meant where n ≥ m, and are easier by what n is beyond m."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp

from symrep.checking.ordered import bound_in
from symrep.symbols import DomainSymbol

__all__ = ["Counted", "counted"]

_MOST: Final = 3


@final
@dataclass(frozen=True)
class Counted:
    """Two sides with n = N + m for a new N ≥ 0, what is given then, and that n ≥ m."""

    lhs: Any
    rhs: Any
    given: tuple[Any, ...]
    relation: Any
    #: of a sum, which is empty elsewhere
    summed: bool


def counted(lhs: Any, rhs: Any, given: tuple[Any, ...]) -> Iterator[Counted]:
    """The ways to write a claim about sums or binomial coefficients by what one of its whole numbers is beyond another.

    What holds for every N ≥ 0 of n = N + m holds where n ≥ m.
    """
    taken = {s.name for s in lhs.free_symbols | rhs.free_symbols if hasattr(s, "name")}
    name = next(f"N_{n}" for n in range(len(taken) + 1) if f"N_{n}" not in taken)
    beyond = DomainSymbol(name, "nonnegative integer")
    for (high, low), summed in _pairs(lhs, rhs)[:_MOST]:
        whole = low if low.is_integer else DomainSymbol(low.name, "integer")
        table = {high: beyond + whole, low: whole}
        sides = [_from_zero(e.xreplace(table)) for e in (lhs, rhs)]
        relation = sp.GreaterThan(high, low, evaluate=False)
        then = tuple(g for g in (r.xreplace(table) for r in given) if g is not sp.true)
        yield Counted(sides[0], sides[1], then, relation, summed)


def _pairs(*sides: Any) -> list[tuple[tuple[Any, Any], bool]]:
    """The n and m of Σ from m to n, Σ from 0 to n − m, and n over m; what a sum runs to is a whole number."""
    free = {s for e in sides for s in e.free_symbols} - bound_in(*sides)
    found: dict[tuple[Any, Any], bool] = {}
    for e in sides:
        for s in sorted(e.atoms(sp.Sum), key=sp.default_sort_key):
            for _, low, high in (x for x in s.limits if len(x) == 3):
                found[_difference(high - low)] = True
    for e in sides:
        for b in sorted(e.atoms(sp.binomial, sp.factorial), key=sp.default_sort_key):
            for d in (b.args[0], b.args[-1], b.args[0] - b.args[-1]):
                found.setdefault(_difference(d), False)
    named = [((n, m), summed) for (n, m), summed in found.items() if n in free and m in free and hasattr(m, "name")]
    return [(p, summed) for p, summed in named if p[0].is_integer and (summed or p[1].is_nonnegative)]


def _difference(d: Any) -> tuple[Any, Any]:
    """The n and m of n − m."""
    up = [t for t in sp.Add.make_args(d) if t.is_Symbol]
    down = [-t for t in sp.Add.make_args(d) if (-t).is_Symbol]
    return (up[0], down[0]) if len(up) == len(down) == 1 and len(sp.Add.make_args(d)) == 2 else (None, None)


def _from_zero(expr: Any) -> Any:
    """With single sums that begin at a symbol begun at 0."""

    def shifted(s: Any) -> Any:
        if len(s.limits) != 1 or len(s.limits[0]) != 3:
            return s
        k, low, high = s.limits[0]
        if not low.free_symbols or not low.is_finite:
            return s
        return sp.Sum(s.function.xreplace({k: k + low}), (k, 0, high - low))

    return expr.replace(lambda e: isinstance(e, sp.Sum), shifted)
