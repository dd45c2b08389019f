"""What parameters are declared to be: a scale scales, a rate is one over a scale, a location shifts, sigma**2 is the
variance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import sympy as sp

from symrep.family import Family
from symrep.laws.cdf import spots
from symrep.laws.claims import equation, fresh, point, total, where_in
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import same
from symrep.laws.numbers import values
from symrep.symbols import DomainSymbol, as_expr
from symrep.verdict import Verdict

__all__: list[str] = []

#: role -> how it changes when x is stretched by c
_STRETCH: Final[Mapping[str, int]] = {"scale": 1, "standard deviation": 1, "rate": -1, "variance": 2, "precision": -2}
_SHIFT: Final = ("location", "bound")


@family_law("roles", "parameters are what they are declared to be", rank=15)
def roles(family: Family) -> Iterator[Question]:
    declared = {s: d.role for s, d in family.parameters.items()}
    if not family.discrete:
        if any(r in _STRETCH for r in declared.values()):
            yield _stretched(family, declared)
        if "location" in declared.values():
            yield _shifted(family, declared)
    yield from _moments(family, declared)


def _changed(family: Family, declared: Mapping[Any, str], c: Any, z: Any) -> Any:
    """The density of the stretched law at the stretched point, times c: the density at z if the roles are right."""
    centre = next((s for s, r in declared.items() if r == "location"), sp.S.Zero)
    table: dict[Any, Any] = {family.variable: centre + c * (z - centre)}
    for s, r in declared.items():
        if r in _STRETCH:
            table[s] = s * c ** _STRETCH[r]
        elif r in _SHIFT and s != centre:
            table[s] = centre + c * (s - centre)
    return c * as_expr(family.density).subs(table, simultaneous=True)


def _stretched(family: Family, declared: Mapping[Any, str]) -> Question:
    c, z = fresh("c", "positive", family), point(family)
    plain = as_expr(family.density).subs(family.variable, z)
    names = ", ".join(f"{s} a {r}" for s, r in declared.items() if r in _STRETCH)

    def hint(_: Verdict) -> str:
        at = [{**p, c.name: Fraction(7 + 3 * n, 5)} for n, p in enumerate(spots(family, 5))]
        right = values(family.density, at)
        for s, r in declared.items():
            if r in _STRETCH:
                for other in _STRETCH:
                    changed = _changed(family, {**declared, s: other}, c, family.variable)
                    if _STRETCH[other] != _STRETCH[r] and same(values(changed, at), right):
                        return f"{s} is declared a {r}, but the density is the one for a {other}"
        return f"the density does not stretch with {names}"

    given = (*family.given(), *where_in(family, z))
    return equation(f"stretching x stretches {names}", _changed(family, declared, c, z), plain, given, hint=hint)


def _shifted(family: Family, declared: Mapping[Any, str]) -> Question:
    c, z = fresh("c", "real", family), point(family)
    z_ = DomainSymbol(z.name, "real")
    table: dict[Any, Any] = {s: s + c for s, r in declared.items() if r in _SHIFT} | {family.variable: z_ + c}
    shifted = as_expr(family.density).subs(table, simultaneous=True)
    plain = as_expr(family.density).subs(family.variable, z_)
    names = ", ".join(str(s) for s, r in declared.items() if r == "location")

    def hint(_: Verdict) -> str:
        return f"{names} is declared a location, but the density is no function of {family.variable} - {names}"

    given = (*family.given(), *where_in(family, z_))
    return equation(f"shifting x shifts {names}", shifted, plain, given, hint=hint)


def _moments(family: Family, declared: Mapping[Any, str]) -> Iterator[Question]:
    x, p = family.variable, family.weight
    for s, r in declared.items():
        if r == "mean":
            yield equation(f"{s} is the mean", total(family, x * p), s, family.given("mean"))
        if r not in ("standard deviation", "variance", "precision"):
            continue
        right = {"standard deviation": s**2, "variance": s, "precision": 1 / s}[r]
        centre = family.mean if family.mean is not None else total(family, x * p)
        spread = total(family, (x - centre) ** 2 * p)

        def hint(_: Verdict, s: Any = s, r: str = r, spread: Any = spread) -> str:
            at = spots(family, 5)
            found = values(spread, at, 4.0)
            for role, square in (("standard deviation", s**2), ("variance", s), ("precision", 1 / s)):
                if role != r and same(values(square, at), found):
                    return f"{s} is declared a {r}, but the density is the one for a {role}"
            return f"{s} is declared a {r}, but is none: declare it a scale?"

        given = (*family.given("mean"), *family.given("variance"))
        yield equation(f"{s} is the {r}", spread, right, given, hint=hint)
