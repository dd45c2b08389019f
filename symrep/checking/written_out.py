"""Ways from one side to the other that are written out: pathwise maps of laws, expectations as integrals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sympy as sp

from symrep import rules
from symrep.errors import SymrepError
from symrep.notation import Divergence as Kullback
from symrep.notation import Expectation, Variance

__all__ = ["paths", "spelled"]

_FAILS: Final = (
    SymrepError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def paths(lhs: Any, rhs: Any) -> Iterator[Any]:
    """Reparameterisations: the law of one side by the pathwise maps its family states."""
    for a, b in ((lhs, rhs), (rhs, lhs)):
        for e in sorted(a.atoms(Expectation), key=sp.default_sort_key)[:2]:
            if len(e.variables) != 1:
                continue
            for noise, base, path in _pathwise(e.law):
                for other in sorted(b.atoms(Expectation), key=sp.default_sort_key)[:2]:
                    if other.law == base and len(other.variables) == 1:
                        yield rules.reparameterise(other.variables[0], path.subs(noise, other.variables[0]))


def _pathwise(law: Any) -> list[Any]:
    try:
        return list(law.pathwise())
    except _FAILS:
        return []


def spelled(expr: Any) -> Any:
    """Expectations, variances and divergences as integrals."""

    def spell(e: Any) -> Any:
        if isinstance(e, Kullback) and hasattr(e, "expectation"):
            return spell(e.expectation())
        if isinstance(e, Variance):
            second, first = e.moments()
            return spell(second) - spell(first) ** 2
        if isinstance(e, Expectation) and len(e.variables) == 1:
            (x,), support = e.variables, e.law.support()[0]
            body = spelled(e.body) * e.law.density_at(x)
            return sp.Integral(body, (x, support.low, support.high))
        return e

    try:
        return expr.replace(lambda e: isinstance(e, (Kullback, Variance, Expectation)), spell)
    except _FAILS:
        return expr
