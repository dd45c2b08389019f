"""Lines about families with free indices, at the first few indices: x_i at x_1, sums to n with three terms.

A line that is said of every i and n and is false of these is false. Nothing is confirmed by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sympy as sp

from symrep.notation import Notation
from symrep.symbols import DomainSymbol, kind_of

__all__ = ["at_numbers", "summing_to_one"]

_MOST: Final = 3
_MARK: Final = "at_"
_SIZE: Final = sp.Integer(3)


def at_numbers(lhs: Any, rhs: Any, given: tuple[Any, ...]) -> tuple[Any, Any, tuple[Any, ...]] | None:
    """Both sides and what is given, with numbers for indices and sizes, and plain symbols for the members of families;
    None where there are no such, or more is in the sides."""
    both = (lhs, rhs)
    if any(s.has(Notation, sp.Integral, sp.Limit) for s in both) or not any(s.has(sp.Indexed) for s in both):
        return None
    free = lhs.free_symbols | rhs.free_symbols
    members = set().union(*(s.atoms(sp.Indexed) for s in both))
    indices = sorted({i for x in members for i in x.indices if i in free and i.is_Symbol}, key=sp.default_sort_key)
    ends = {e for s in both for x in s.atoms(sp.Sum, sp.Product) for _, *limits in x.limits for e in limits[1:]}
    sizes = sorted({e for e in ends if e in free and e.is_Symbol and e.is_integer}, key=sp.default_sort_key)
    if len(indices) > _MOST or len(sizes) > _MOST or set(indices) & set(sizes):
        return None
    table = {i: sp.Integer(k) for k, i in enumerate(indices, 1)} | dict.fromkeys(sizes, _SIZE)
    out = []
    for side in both:
        side = side.subs(table, simultaneous=True)
        side = side.replace(lambda e: isinstance(e, (sp.Sum, sp.Product)), lambda e: e.doit())
        if side.has(sp.Sum, sp.Product):
            return None
        out.append(side)
    named = {}
    for x in set().union(*(s.atoms(sp.Indexed) for s in out)):
        if not all(i.is_Integer for i in x.indices):
            return None
        name = _MARK + "_".join([str(x.base.label), *(str(i).replace("-", "m") for i in x.indices)])
        named[x] = DomainSymbol(name, kind_of(x.base))
    kept = []
    for g in given:
        g = g.subs(table, simultaneous=True).xreplace(named)
        if g is sp.false or g.has(sp.Indexed):
            return None
        if g is not sp.true:
            kept.append(g)
    left, right = (s.xreplace(named) for s in out)
    return left, right, tuple(kept)


def summing_to_one(lhs: Any, rhs: Any) -> Iterator[tuple[Any, Any, str]]:
    """The same sides for members of a family that sum to 1, one family after the other, and its name: weights and
    labels do, and seldom is it said again."""
    by: dict[str, list[Any]] = {}
    for s in sorted(lhs.free_symbols | rhs.free_symbols, key=str):
        if getattr(s, "name", "").startswith(_MARK):
            by.setdefault(s.name.removeprefix(_MARK).rpartition("_")[0], []).append(s)
    for base, members in by.items():
        if len(members) == int(_SIZE):
            table = {members[-1]: 1 - sp.Add(*members[:-1])}
            yield lhs.xreplace(table), rhs.xreplace(table), base
