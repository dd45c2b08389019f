"""Before a claim is called wrong: what its names and its values may be meant as."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.notation import Density
from symrep.symbols import DomainSymbol, indexed

__all__ = ["at_an_end", "members", "positive_families", "rounded", "statistics", "with_families"]

#: a number with so many decimals or more may have been rounded; of an irrational one, fewer say so
_DECIMALS = 3
_OF_IRRATIONAL = 2


def at_an_end(*sides: Any) -> bool:
    """Does the value of a density at an end of its support stand in them? It is a matter of convention."""
    for e in (e for side in sides for e in sp.preorder_traversal(side)):
        if isinstance(e, Density) and e.law.arity() == 1 and not e.law.discrete():
            (i,) = e.law.support()
            if e.points[0] in (i.low, i.high):
                return True
    return False


def rounded(lhs: Any, rhs: Any) -> tuple[Any, Any, Any] | None:
    """(value, low, high) where one side is a decimal number and the other a constant: the open range that is rounded
    (half a unit to either side), or cut off (a unit away from 0), to what is written."""
    for written, value in ((rhs, lhs), (lhs, rhs)):
        if not isinstance(written, sp.Rational) or value.free_symbols:
            continue
        least = _DECIMALS if isinstance(value, sp.Rational) else _OF_IRRATIONAL
        places = next((k for k in range(least, 16) if (written * 10**k).is_Integer), None)
        if places is not None and not (written * 10 ** (least - 1)).is_Integer:
            half = sp.Rational(1, 2 * 10**places)
            return (
                (value, written - half, written + 2 * half)
                if written > 0
                else (value, written - 2 * half, written + half)
            )
    return None


def positive_families(*sides: Any) -> dict[Any, Any]:
    """Families x_i in logarithms and roots under a sum or a product, as families of positive numbers."""
    out: dict[Any, Any] = {}
    for e in (e for side in sides for e in sp.preorder_traversal(side)):
        inside = e.args[0] if isinstance(e, sp.log) else None
        for x in inside.atoms(sp.Indexed) if inside is not None else ():
            if not x.is_positive and x.base.label.name not in out:
                out[x.base.label.name] = indexed(x.base.label.name, "positive")
    return out


def members(*sides: Any) -> dict[Any, Any]:
    """The a_1, a_2 of families of which no other members are spoken of, as numbers by names of their own."""
    found = [x for side in sides for x in side.atoms(sp.Indexed)]
    running = {x.base.label.name for x in found if not all(i.is_Integer for i in x.indices)}
    taken = {getattr(s, "name", "") for side in sides for s in side.free_symbols}
    out: dict[Any, Any] = {}
    for x in found:
        name = "_".join((x.base.label.name, *map(str, x.indices)))
        if x.base.label.name not in running and name not in taken and name.isidentifier():
            out[x] = DomainSymbol(name, "positive" if x.is_positive else "real")
    return out


def with_families(side: Any, families: dict[Any, Any]) -> Any:
    """The side with other families of the same names."""

    def one(x: Any) -> bool:
        return isinstance(x, sp.Indexed) and x.base.label.name in families

    return side.replace(one, lambda x: families[x.base.label.name][x.indices])


def statistics(*sides: Any) -> list[str]:
    """Names such as x̄ beside x_i: the mean of the family, whether or not the document says so in a formula."""
    families = {x.base.label.name for side in sides for x in side.atoms(sp.Indexed)}
    names = {getattr(s, "name", "") for side in sides for s in side.free_symbols}
    return sorted(n for n in names if n.endswith("bar") and n.removesuffix("bar") in families)
