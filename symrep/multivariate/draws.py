"""Numbers for a family at drawn dimensions: parameters, points of its space, and samples of its maps of noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import sympy as sp

from symrep.errors import NotApplicable
from symrep.multivariate.at import NUMBERS, at, size
from symrep.multivariate.entry import NUMBER, MatrixPathwise, MultivariateFamily, Noise, Space
from symrep.symbols import as_expr

__all__ = ["argument", "parameters", "point", "sample", "sizes"]

Array = np.ndarray[Any, Any]
Values = dict[Any, Any]

_FROM_TWO: Final = ("simplex", "sphere", "correlation", "one-hot", "counts")


def sizes(family: MultivariateFamily, rng: np.random.Generator, count: int, most: int = 5) -> Iterator[dict[Any, int]]:
    """Drawn dimensions, the least one always among them."""
    low = 2 if any(s.kind in _FROM_TWO for s in (family.space, *family.parameters.values())) else 1
    yield dict.fromkeys(family.dimensions, low)
    for _ in range(count - 1):
        yield {s: int(rng.integers(low, most + 1)) for s in family.dimensions}


def parameters(family: MultivariateFamily, dims: Mapping[Any, int], rng: np.random.Generator) -> Values:
    values: Values = dict(dims)
    for s, space in family.parameters.items():
        values[s] = drawn(s, space, values, rng)
    return values


def drawn(s: Any, space: Space, values: Values, rng: np.random.Generator) -> Any:
    """A value for a symbol of a space, off the special ones: no equal entries, nothing diagonal."""
    if space.kind in ("positive", "above"):
        bound = float(at(as_expr(space.bound), values, NUMBERS)) if space.kind == "above" else 0.0
        low, high = space.typical
        return bound + low * (high / low) ** float(rng.random())
    if space.kind == "positive integer":
        return int(rng.integers(int(space.typical[0]), int(space.typical[1]) + 1))
    rows, columns = (size(k, values) for k in s.shape)
    return _matrix(space.kind, rows, columns, rng)


def _matrix(kind: str, rows: int, columns: int, rng: np.random.Generator) -> Array:
    z = rng.normal(size=(rows, columns))
    if kind in ("real vector", "real matrix"):
        return z
    if kind == "positive vector":
        return np.exp(0.6 * z) + 0.2
    if kind == "simplex":
        e = np.exp(0.8 * z) + 0.05
        return e / e.sum()
    if kind == "sphere":
        return z / np.sqrt((z**2).sum())
    if kind == "lower triangular":
        return np.tril(z, -1) + np.diag(np.exp(0.5 * np.diag(z)) + 0.2)
    if kind in ("positive definite", "correlation"):
        m = z @ z.T / rows + 0.4 * np.eye(rows)
        d = np.sqrt(np.diag(m))
        return m if kind == "positive definite" else m / np.outer(d, d)
    raise NotApplicable("multivariate", "a space symrep draws from", kind)


def point(family: MultivariateFamily, values: Values, rng: np.random.Generator) -> Any:
    """A point of the space the variable ranges over."""
    rows, columns = (size(k, values) for k in family.variable.shape)
    kind = family.space.kind
    if kind in ("one-hot", "counts"):
        n = 1 if kind == "one-hot" else int(values[family.space.bound])
        return rng.multinomial(n, np.ones(rows) / rows).astype(float).reshape(rows, 1)
    return _matrix(kind, rows, columns, rng)


def argument(e: Any, values: Values) -> Any:
    """An argument for a library: vectors flat, dimensions and counts whole."""
    v = at(as_expr(e) if not hasattr(e, "shape") else e, values, NUMBERS)
    if isinstance(v, np.ndarray):
        return v[:, 0] if v.shape[1] == 1 and e.shape[1] == 1 else v
    return int(v) if isinstance(e, sp.Symbol) and isinstance(values.get(e), int) else float(v)


def sample(path: MatrixPathwise, values: Values, rng: np.random.Generator, count: int) -> Any:
    """Draws through a map of noise, along the first axis."""
    noise = {n.symbol: _noise(n, values, rng, count) for n in path.noises}
    return at(path.path, {**values, **noise}, NUMBERS)


def _noise(noise: Noise, values: Values, rng: np.random.Generator, count: int) -> Any:
    if noise.kind == "chi-squared":
        return rng.chisquare(float(at(as_expr(noise.parameter), values, NUMBERS)), size=count)
    rows, columns = (size(k, values) for k in noise.symbol.shape)
    if noise.kind == "normal":
        return rng.normal(size=(count, rows, columns))
    if noise.kind == "gamma":
        shape = noise.parameter
        a = values[shape] if isinstance(shape, sp.MatrixSymbol) else float(shape) * np.ones((rows, columns))
        return rng.gamma(a, size=(count, rows, columns))
    if noise.kind == "bartlett":
        degrees = [float(at(noise.parameter, {**values, NUMBER: i + 1}, NUMBERS)) for i in range(rows)]
        out = np.tril(rng.normal(size=(count, rows, rows)), -1)
        out[:, range(rows), range(rows)] = np.sqrt(rng.chisquare(degrees, size=(count, rows)))
        return out
    raise NotApplicable("multivariate", "a noise symrep draws", noise.kind)
