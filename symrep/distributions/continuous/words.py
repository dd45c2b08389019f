"""What the entries of continuous families are written in: symbols, laws of noise, Φ and its inverse, sources."""

from __future__ import annotations

from typing import Any, Final

from sympy import Piecewise, S, erf, erfinv, exp, pi, sqrt

from symrep.entry import Pathwise
from symrep.family import LEVEL
from symrep.symbols import as_expr, positive, real, unit

x, eps, eps_1, eps_2, eps_3, t = real("x eps eps_1 eps_2 eps_3 t")
e, e_1, e_2, g, g_1, g_2, v, v_1, v_2 = positive("e e_1 e_2 g g_1 g_2 v v_1 v_2")
u: Final = LEVEL
u_1, u_2, u_3 = unit("u_1 u_2 u_3")

UNIFORM01: Final = ("Uniform", (S.Zero, S.One))
STANDARD_NORMAL: Final = ("Normal", (S.Zero, S.One))
UNIT_EXPONENTIAL: Final = ("Exponential", (S.One,))

#: where entries were checked: pages of SciPy's documentation, and files of Distributions.jl (src/univariate/continuous)
SCIPY: Final = "SciPy documentation, tutorial/stats/continuous_"
JULIA: Final = "Distributions.jl, src/univariate/continuous/"
PROOFS: Final = "The Book of Statistical Proofs, statproofbook.github.io/P/"
STAN: Final = "Stan Functions Reference, "


def bell(z: Any) -> Any:
    """The standard normal density."""
    return exp(-(z**2) / 2) / sqrt(2 * pi)


def Phi(z: Any) -> Any:
    """The standard normal distribution function."""
    return (1 + erf(z / sqrt(2))) / 2


def Phi_inverse(p: Any) -> Any:
    """The standard normal quantile."""
    return sqrt(2) * erfinv(2 * p - 1)


def split(at: Any, below: Any, above: Any) -> Any:
    """``below`` where ``at < 0``, ``above`` elsewhere."""
    return Piecewise((below, at < 0), (above, True))


def located(family: str, *values: Any, loc: Any, scale: Any) -> Pathwise:
    """Loc + scale·t for t of a fixed member of the family."""
    return Pathwise(t, (family, tuple(map(as_expr, values))), loc + scale * t, kind="location-scale")
