"""A family at one small dimension with symbols: parameters, variable and noise written out entry by entry.

A positive definite parameter is L Lᵀ with a lower triangular L of positive diagonal, which reaches all of them; a point
of the simplex has d − 1 free coordinates, a direction on the circle is (1, 0), which loses nothing to a law that turns
with it. Dimensions are numbers here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, final

import sympy as sp

from symrep.errors import NotApplicable
from symrep.multivariate.at import SYMBOLS, at, size
from symrep.multivariate.entry import NUMBER, MultivariateFamily, Noise, Space
from symrep.multivariate.words import CholeskyFactor
from symrep.symbols import DomainSymbol, as_expr

__all__ = ["Explicit", "coordinates_of", "explicit", "least", "log_noise", "noise_entries", "plain"]

#: spaces that begin at dimension two
_FROM_TWO: Final = ("simplex", "sphere", "correlation", "one-hot", "counts")


@final
@dataclass
class Explicit:
    """What every symbol is at these dimensions, and the relations its entries are under."""

    values: dict[Any, Any]
    given: list[Any] = field(default_factory=list)

    def of(self, expression: Any, more: Mapping[Any, Any] = {}) -> Any:
        return at(expression, {**self.values, **more}, SYMBOLS)


def least(family: MultivariateFamily) -> int:
    spaces = (family.space, *family.parameters.values())
    return 2 if any(s.kind in _FROM_TWO for s in spaces) else 1


def plain(e: Any) -> Any:
    """Log-gamma as the logarithm of gamma, which every part of symrep reads best."""
    return e.replace(sp.loggamma, lambda x: sp.log(sp.gamma(x)))


def explicit(family: MultivariateFamily, sizes: Mapping[Any, int], suffix: str = "") -> Explicit:
    """The parameters of a family written out.

    Raises:
        NotApplicable: a space without coordinates at this dimension.
    """
    out = Explicit(dict(sizes))
    for s, space in family.parameters.items():
        fill(out, s, space, suffix)
    return out


def fill(out: Explicit, s: Any, space: Space, suffix: str = "") -> None:
    """Give a symbol its entries."""
    name = s.name + suffix
    if not isinstance(s, sp.MatrixSymbol):
        kind = "positive integer" if space.kind == "positive integer" else "positive"
        out.values[s] = DomainSymbol(name, kind)
        if space.kind == "above":
            bound = out.of(as_expr(space.bound))
            if not bound.is_nonpositive:
                out.given.append(out.values[s] > bound)
        return
    rows, columns = (size(k, out.values) for k in s.shape)
    if space.kind in ("positive definite", "lower triangular"):
        root = _lower(name if space.kind == "lower triangular" else f"L_{name}", rows)
        out.values[s] = root if space.kind == "lower triangular" else root * root.T
        if space.kind == "positive definite":
            out.values[CholeskyFactor(s)] = root
    elif space.kind == "simplex":
        out.values[s] = _simplex(out, name, rows)
    elif space.kind == "sphere":
        if rows != 2:
            raise NotApplicable("multivariate", "the circle, d = 2", f"the sphere at d = {rows}")
        out.values[s] = sp.ImmutableMatrix([1, 0])
    elif space.kind in ("real vector", "real matrix", "positive vector"):
        kind = "positive" if space.kind == "positive vector" else "real"
        out.values[s] = sp.ImmutableMatrix(
            [[DomainSymbol(_entry(name, i, j, columns), kind) for j in range(columns)] for i in range(rows)]
        )
    else:
        raise NotApplicable("multivariate", f"a space with coordinates at dimension {rows}", space.kind)


def _entry(name: str, i: int, j: int, columns: int) -> str:
    return f"{name}_{i + 1}" if columns == 1 else f"{name}_{i + 1}{j + 1}"


def _lower(name: str, n: int) -> Any:
    def entry(i: int, j: int) -> Any:
        return DomainSymbol(f"{name}_{i + 1}{j + 1}", "positive" if i == j else "real") if j <= i else sp.S.Zero

    return sp.ImmutableMatrix([[entry(i, j) for j in range(n)] for i in range(n)])


def _simplex(out: Explicit, name: str, n: int) -> Any:
    free = [DomainSymbol(f"{name}_{i + 1}", "unit") for i in range(n - 1)]
    if n > 2:
        out.given.append(sp.Add(*free) < 1)
    return sp.ImmutableMatrix([[*free, 1 - sp.Add(*free)]]).T


# --- noise --------------------------------------------------------------------------------------------------------


def noise_entries(noise: Noise, ex: Explicit) -> list[Any]:
    """Give a noise its entries; the free ones are returned in a fixed order."""
    s = noise.symbol
    if not isinstance(s, sp.MatrixSymbol):
        ex.values[s] = DomainSymbol(s.name, "positive")
        return [ex.values[s]]
    rows, columns = (size(k, ex.values) for k in s.shape)
    if noise.kind == "bartlett":
        ex.values[s] = _lower(s.name, rows)
        return [ex.values[s][i, j] for i in range(rows) for j in range(i + 1)]
    kind = "positive" if noise.kind == "gamma" else "real"
    ex.values[s] = sp.ImmutableMatrix(
        [[DomainSymbol(_entry(s.name, i, j, columns), kind) for j in range(columns)] for i in range(rows)]
    )
    return list(ex.values[s])


def log_noise(noise: Noise, ex: Explicit) -> Any:
    """The logarithm of the density of a noise at its entries."""
    value = ex.values[noise.symbol]
    if noise.kind == "chi-squared":
        k = ex.of(as_expr(noise.parameter)) / 2
        return (k - 1) * sp.log(value) - value / 2 - k * sp.log(2) - sp.log(sp.gamma(k))
    if noise.kind == "spherical":
        return noise.parameter(sp.Add(*(z**2 for z in value)))
    if noise.kind == "gamma":
        out = sp.S.Zero
        for i, g in enumerate(value):
            parameter = noise.parameter
            a = ex.values[parameter][i, 0] if isinstance(parameter, sp.MatrixSymbol) else as_expr(parameter)
            out += (a - 1) * sp.log(g) - g - sp.log(sp.gamma(a))
        return out
    if noise.kind == "bartlett":
        out = sp.S.Zero
        for i in range(value.shape[0]):
            k = ex.of(noise.parameter, {NUMBER: i + 1})
            # the density of a where a² is chi-squared with k degrees of freedom
            out += (k - 1) * sp.log(value[i, i]) - value[i, i] ** 2 / 2 - (k / 2 - 1) * sp.log(2)
            out -= sp.log(sp.gamma(k / 2))
            out += sp.Add(*(_log_normal(value[i, j]) for j in range(i)))
        return out
    return sp.Add(*map(_log_normal, value))


def _log_normal(z: Any) -> Any:
    return -(z**2) / 2 - sp.log(2 * sp.pi) / 2


def coordinates_of(space: Space, value: Any) -> list[Any]:
    """The entries that Lebesgue measure on the space is of."""
    rows, columns = value.shape
    if space.kind == "positive definite":
        return [value[i, j] for i in range(rows) for j in range(i + 1)]
    if space.kind == "correlation":
        return [value[i, j] for i in range(rows) for j in range(i)]
    if space.kind == "simplex":
        return list(value)[:-1]
    return [value[i, j] for i in range(rows) for j in range(columns)]
