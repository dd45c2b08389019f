"""What every law has: a support, a density on it, and a term to be judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp
from sympy import Basic

from symrep.errors import BadInput
from symrep.symbols import DomainSymbol, kind_of
from symrep.term import Term

__all__ = [
    "Interval",
    "Law",
    "PositiveReals",
    "Reals",
    "ToTerm",
    "UnitInterval",
    "check_bound",
    "fresh_variable",
]

ToTerm = Callable[[Any], Term]


@final
@dataclass(frozen=True)
class Interval:
    """An open interval (low, high); the ends may depend on parameters. Densities do not see end points."""

    low: Any
    high: Any


Reals: Final = Interval(-sp.oo, sp.oo)
PositiveReals: Final = Interval(sp.S.Zero, sp.oo)
UnitInterval: Final = Interval(sp.S.Zero, sp.S.One)


class Law(Basic):
    """Anything with a density on a box, or an image of such a thing."""

    def arity(self) -> int:
        return 1

    def support(self) -> tuple[Interval, ...]:
        raise NotImplementedError

    def density_at(self, *points: Any) -> Any:
        """The density's formula on the support, as a SymPy expression."""
        raise NotImplementedError

    def law_term(self, names: tuple[str, ...], go: ToTerm) -> Term:
        """As a term with the given variable names."""
        clash = {s.name for s in self.free_symbols} & set(names)
        if clash:
            raise BadInput(
                "law", "a variable that is no parameter of the law", ", ".join(sorted(clash)), "another name"
            )
        density = go(self.density_at(*(sp.Dummy(n, real=True) for n in names)))
        box = tuple((n, go(i.low), go(i.high)) for n, i in zip(names, self.support(), strict=True))
        return ("law", box, density)


def check_bound(variables: tuple[Any, ...], law: Law, what: str) -> None:
    """A variable bound by a law must be free to range over its whole support."""
    if len(set(variables)) != len(variables):
        raise BadInput(what, "different variables", ", ".join(map(str, variables)))
    for v, interval in zip(variables, law.support(), strict=True):
        if not isinstance(v, sp.Symbol):
            raise BadInput(what, "a symbol as the variable", str(v))
        kind = kind_of(v)
        low, high = interval.low, interval.high
        fits = (
            kind == "real"
            or (kind in ("positive", "nonnegative") and low.is_nonnegative)
            or (kind == "unit" and low.is_nonnegative and (high - 1).is_nonpositive)
            or (kind == "negative" and high.is_nonpositive)
        )
        if not fits:
            raise BadInput(
                what,
                f"a variable that may range over the support ({low}, {high})",
                f"{v}, declared {kind}",
                f'real("{v}")',
            )
        if v in law.free_symbols:
            raise BadInput(what, f"a variable that is not a parameter of {law}", str(v))


def fresh_variable(base: str, taken: set[Any]) -> DomainSymbol:
    """A real variable whose name is not among ``taken``."""
    used = {str(s) for s in taken}
    name, n = base, 1
    while name in used:
        name, n = f"{base}_{n}", n + 1
    return DomainSymbol(name, "real")
