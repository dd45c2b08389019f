"""What every law has: a support, a density on it, and a term to be judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp
from sympy import Basic

from symrep.errors import BadInput
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.term import ZERO, Term

__all__ = [
    "Integers",
    "Interval",
    "Law",
    "PositiveReals",
    "Reals",
    "ToTerm",
    "UnitInterval",
    "check_bound",
    "fresh_index",
    "fresh_variable",
    "index_kind",
    "support_condition",
    "weight_term",
]

ToTerm = Callable[[Any], Term]


@final
@dataclass(frozen=True)
class Interval:
    """An open interval (low, high); the ends may depend on parameters. Densities do not see end points."""

    low: Any
    high: Any


@final
@dataclass(frozen=True)
class Integers:
    """The integers low, low + 1, …, high, both included; either end may be infinite or depend on parameters."""

    low: Any
    high: Any


Reals: Final = Interval(-sp.oo, sp.oo)
PositiveReals: Final = Interval(sp.S.Zero, sp.oo)
UnitInterval: Final = Interval(sp.S.Zero, sp.S.One)


class Law(Basic):
    """Anything with a density on a box or a pmf on integers, or an image of such a thing."""

    def arity(self) -> int:
        return 1

    def support(self) -> tuple[Interval, ...]:
        raise NotImplementedError

    def density_at(self, *points: Any) -> Any:
        """The density's formula on the support, as a SymPy expression."""
        raise NotImplementedError

    def ranges(self) -> tuple[Interval | Integers, ...]:
        """What each coordinate ranges over."""
        return self.support()

    def discrete(self) -> bool:
        """Do all coordinates range over integers?"""
        return False

    def weight_at(self, *points: Any) -> Any:
        """The density, or the pmf, on the support."""
        return self.density_at(*points)

    def expect_term(self, body: Any, variables: tuple[Any, ...], go: ToTerm) -> Term:
        """E[body] when the variables have this law."""
        return ("expect", go(body), self.law_term(tuple(v.name for v in variables), go))

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
    for v, interval in zip(variables, law.ranges(), strict=True):
        if not isinstance(v, sp.Symbol):
            raise BadInput(what, "a symbol as the variable", str(v))
        kind = kind_of(v)
        low, high = interval.low, interval.high
        if v in law.free_symbols:
            raise BadInput(what, f"a variable that is not a parameter of {law}", str(v))
        if isinstance(interval, Integers):
            index = index_kind(low)
            if kind not in ("integer", index) and not (kind == "nonnegative integer" and index == "positive integer"):
                needed = f"an integer variable that may be any of {low}, …, {high}"
                raise BadInput(what, needed, f"{v}, declared {kind}", f'{index.replace(" ", "_")}("{v}")')
            continue
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


def support_condition(support: tuple[Interval | Integers, ...], points: tuple[Any, ...]) -> Any:
    """The relation "the point lies in the support", as far as SymPy does not already know it. Intervals are open."""
    conds = []
    for p, i in zip(points, support, strict=True):
        closed = isinstance(i, Integers)
        if i.low is not sp.S.NegativeInfinity:
            conds.append(p >= i.low if closed else p > i.low)
        if i.high is not sp.S.Infinity:
            conds.append(p <= i.high if closed else p < i.high)
    return sp.And(*conds)


def weight_term(law: Law, points: tuple[Any, ...], go: ToTerm) -> Term:
    """The density or pmf at a point as a term, 0 outside the support."""
    on = go(law.weight_at(*points))
    conds = []
    for p, i in zip(points, law.ranges(), strict=True):
        above, below = (">=", "<=") if isinstance(i, Integers) else (">", "<")
        if i.low is not sp.S.NegativeInfinity:
            conds.append(("rel", above, go(p), go(i.low)))
        if i.high is not sp.S.Infinity:
            conds.append(("rel", below, go(p), go(i.high)))
    if not conds:
        return on
    where = conds[0] if len(conds) == 1 else ("and", *conds)
    return ("piecewise", (where, on), (("true",), ZERO))


def index_kind(low: Any) -> str:
    """The narrowest kind of an index that starts at ``low``."""
    if not as_expr(low).is_Integer:
        return "integer"
    return "positive integer" if low > 0 else "nonnegative integer" if low == 0 else "integer"


def fresh_index(base: str, low: Any, taken: set[Any]) -> DomainSymbol:
    """An index that starts at ``low`` and whose name is not among ``taken``."""
    return DomainSymbol(fresh_variable(base, taken).name, index_kind(low))


def fresh_variable(base: str, taken: set[Any]) -> DomainSymbol:
    """A real variable whose name is not among ``taken``."""
    used = {str(s) for s in taken}
    name, n = base, 1
    while name in used:
        name, n = f"{base}_{n}", n + 1
    return DomainSymbol(name, "real")
