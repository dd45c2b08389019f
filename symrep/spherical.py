r"""Laws whose density depends on the distance from 0 alone, $g(x_1^2 + \dots + x_n^2)$: their images under
$\mu + Lx$ are the elliptical laws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

import sympy as sp
from sympy import Basic

from symrep.errors import BadInput
from symrep.law import Interval, Law, Reals, fresh_variable
from symrep.symbols import DomainSymbol, as_expr

__all__ = ["Spherical", "spherical_law"]


@final
class Spherical(Law):
    """The law on ℝⁿ with the density g(|x|²); args (g, n)."""

    def _sympystr(self, printer: Any) -> str:
        return f"spherical({printer.doprint(self.args[0].expr)}, {self.args[1]})"

    def arity(self) -> int:
        return int(self.args[1])

    def support(self) -> tuple[Interval, ...]:
        return (Reals,) * self.arity()

    def coordinates(self) -> tuple[Any, ...]:
        """The letters it is printed with."""
        n = self.arity()
        return tuple(DomainSymbol(f"x_{k + 1}" if n > 1 else "x", "real") for k in range(n))

    def density_at(self, *points: Any) -> Any:
        return self.args[0](sp.Add(*(as_expr(x) ** 2 for x in points)))


def spherical_law(generator: Callable[[Any], Any], dimension: int) -> Spherical:
    r"""The law on $\mathbb{R}^n$ with the density $g(x_1^2 + \dots + x_n^2)$.

    That g is nowhere negative and the mass one is asked wherever a theorem needs it; the density of an image needs
    neither.

    Args:
        generator: g, an undetermined function or one that makes an expression.
        dimension: n.

    Raises:
        BadInput: a dimension that is no positive integer.
    """
    if isinstance(dimension, bool) or not isinstance(dimension, int) or not 1 <= dimension <= 6:
        raise BadInput("spherical_law", "a dimension from 1 to 6", repr(dimension))
    plain = as_expr(generator(DomainSymbol("r", "nonnegative")))
    r = DomainSymbol(fresh_variable("r", plain.free_symbols - {DomainSymbol("r", "nonnegative")}).name, "nonnegative")
    made: Any = Basic.__new__(Spherical, sp.Lambda(r, as_expr(generator(r))), sp.Integer(dimension))
    return made
