"""A member of a family of laws of vectors or matrices: its parameters as numbers, checked; its numbers, and draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, final

import numpy as np
import sympy as sp

from symrep.errors import BadInput
from symrep.multivariate.at import NUMBERS, at, size
from symrep.multivariate.draws import sample
from symrep.symbols import as_expr

if TYPE_CHECKING:
    from symrep.multivariate.entry import MultivariateFamily, Space

__all__ = ["MultivariateLaw", "member"]

Array = np.ndarray[Any, Any]

#: how far a sum, a length or a symmetry may be off, relative to its size
_TOLERANCE: Final = 1e-9
_WORDS: Final[Mapping[str, str]] = {
    "real vector": "a vector of finite real numbers",
    "positive vector": "a vector of positive numbers",
    "simplex": "positive numbers that add up to 1",
    "sphere": "a vector of length 1",
    "counts": "a vector of counts 0, 1, 2, … with the sum stated",
    "one-hot": "one 1 and zeros",
    "real matrix": "a matrix of finite real numbers",
    "positive definite": "a symmetric positive definite matrix",
    "lower triangular": "a lower triangular matrix, positive on the diagonal",
    "correlation": "a symmetric positive definite matrix with ones on the diagonal",
    "positive": "a positive number",
    "positive integer": "1, 2, 3, …",
}


@final
@dataclass(frozen=True, eq=False)
class MultivariateLaw:
    """A law with numbers for parameters and dimensions. Vectors go in and come out flat, shape (d,)."""

    family: MultivariateFamily
    values: Mapping[Any, Any]

    @property
    def dimensions(self) -> dict[str, int]:
        return {s.name: self.values[s] for s in self.family.dimensions}

    def log_density(self, x: Any) -> float:
        """The log density (nats), or log probability, at a point; −∞ outside the space it ranges over.

        Raises:
            BadInput: x has another shape, or is not made of numbers.
        """
        family, where = self.family, f"{self.family.name}.log_density"
        shape = tuple(size(k, self.values) for k in family.variable.shape)
        point = _array(where, x, shape)
        total = self.values.get(family.space.bound)
        if not _in_space(family.space.kind, point) or (total is not None and point.sum() != total):
            return -np.inf
        return float(at(as_expr(family.log_density), {**self.values, family.variable: point}, NUMBERS))

    def mean(self) -> Array:
        return self._formula("mean")

    def mode(self) -> Array:
        return self._formula("mode")

    def entropy(self) -> float:
        """In nats."""
        return float(self._formula("entropy"))

    def covariance(self) -> Array:
        """Of a vector, (d, d)."""
        return self._formula("covariance")

    def variance(self) -> Array:
        """Entry by entry, in the shape of the variable."""
        if self.family.variance is None and self.family.covariance is not None:
            return np.diag(self.covariance()).copy()
        from symrep.multivariate.entry import COLUMN, ROW

        e = self._stated("variance")
        rows, columns = (size(k, self.values) for k in self.family.variable.shape)
        spots = [[at(e, {**self.values, ROW: i, COLUMN: j}, NUMBERS) for j in range(columns)] for i in range(rows)]
        return np.array(spots, dtype=float)

    def sample(self, count: int, seed: int) -> Array:
        """``count`` draws through the first map of noise, along the first axis.

        Raises:
            BadInput: no map of noise is stated.
        """
        if not self.family.pathwise:
            raise BadInput(f"{self.family.name}.sample", "a family with a map of noise", "none is stated")
        drawn: Array = sample(self.family.pathwise[0], dict(self.values), np.random.default_rng(seed), count)
        return drawn[..., 0] if drawn.shape[-1] == 1 else drawn

    def _stated(self, name: str) -> Any:
        e = getattr(self.family, name)
        if e is None:
            raise BadInput(f"{self.family.name}.{name}", f"a family that states its {name}", "none")
        condition = self.family.conditions.get(name)
        for c in condition if isinstance(condition, tuple) else () if condition is None else (condition,):
            given = {s: v for s, v in self.values.items() if isinstance(v, (int, float))}
            if c.subs(given) is sp.false:
                raise BadInput(f"{self.family.name}.{name}", f"{c}, where the {name} exists", _shown(given))
        return e

    def _formula(self, name: str) -> Any:
        e = self._stated(name)
        v = at(e if hasattr(e, "shape") else as_expr(e), self.values, NUMBERS)
        return v[:, 0] if isinstance(v, np.ndarray) and v.shape[-1] == 1 else v

    def __repr__(self) -> str:
        inside = (f"{s.name}={np.asarray(self.values[s]).squeeze().tolist()}" for s in self.family.parameters)
        return f"{self.family.name}({', '.join(inside)})"


def member(family: MultivariateFamily, values: tuple[Any, ...], named: Mapping[str, Any]) -> MultivariateLaw:
    """The law with these parameters, by position or by name; dimensions that no parameter shows, by name.

    Raises:
        BadInput: a parameter missing, unknown, of the wrong shape, or outside its domain.
    """
    order, words = list(family.parameters), ", ".join(f"{s.name} ({x.role})" for s, x in family.parameters.items())
    if len(values) > len(order):
        raise BadInput(family.name, f"parameters {words}", f"{len(values)} values")
    got: dict[Any, Any] = dict(zip(order, values, strict=False))
    dims: dict[Any, int] = {}
    for name, value in named.items():
        found = [s for s in (*order, *family.dimensions) if name in (s.name, _role(family, s))]
        if len(found) != 1:
            raise BadInput(family.name, f"parameters {words}", name)
        if found[0] in got:
            raise BadInput(family.name, "each parameter once", f"{found[0]} twice")
        if found[0] in family.dimensions:
            dims[found[0]] = _whole(f"{family.name}({name}=…)", value)
        else:
            got[found[0]] = value
    missing = [s.name for s in order if s not in got]
    if missing:
        raise BadInput(family.name, f"parameters {words}", f"none for {', '.join(missing)}")
    arrays = {s: _read(f"{family.name}({s.name}=…)", got[s], s) for s in order}
    for s, a in arrays.items():
        if isinstance(s, sp.MatrixSymbol):
            _sized(family, s, a, dims)
    if unknown := [s.name for s in family.dimensions if s not in dims]:
        raise BadInput(family.name, f"the dimension {unknown[0]}, by name", "no parameter shows it")
    out: dict[Any, Any] = dict(dims)
    for s, a in arrays.items():
        out[s] = _checked(f"{family.name}({s.name}=…)", s, family.parameters[s], a, out)
    return MultivariateLaw(family, out)


def _role(family: MultivariateFamily, s: Any) -> str:
    return family.parameters[s].role.replace(" ", "_") if s in family.parameters else ""


def _whole(where: str, value: Any) -> int:
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < 1:
        raise BadInput(where, "a dimension 1, 2, 3, …", repr(value)[:60])
    return int(value)


def _numbers(where: str, value: Any) -> Array:
    try:
        a = np.array(value, dtype=float)
    except (TypeError, ValueError) as e:
        raise BadInput(where, "numbers, in lists or arrays of one shape", repr(value)[:60]) from e
    if not np.isfinite(a).all():
        raise BadInput(where, "finite numbers", repr(value)[:60])
    return a


def _array(where: str, value: Any, shape: tuple[int, ...]) -> Array:
    a = _numbers(where, value)
    a = a[:, None] if a.ndim == 1 and shape[1] == 1 else a
    if a.shape != shape:
        needed = f"a vector of {shape[0]} numbers" if shape[1] == 1 else f"a matrix of {shape[0]} × {shape[1]} numbers"
        raise BadInput(where, needed, f"shape {'×'.join(map(str, a.shape)) or 'of one number'}")
    return a


def _read(where: str, value: Any, s: Any) -> Any:
    a = _numbers(where, value)
    if not isinstance(s, sp.MatrixSymbol):
        if a.ndim:
            raise BadInput(where, "one number", f"shape {'×'.join(map(str, a.shape))}")
        return float(a)
    a = a[:, None] if a.ndim == 1 and s.shape[1] == 1 else a
    if a.ndim != 2 or not a.size:
        what = "a vector" if s.shape[1] == 1 else "a matrix"
        raise BadInput(where, f"{what} of numbers", f"shape {'×'.join(map(str, a.shape)) or 'of one number'}")
    return a


def _sized(family: MultivariateFamily, s: Any, a: Array, dims: dict[Any, int]) -> None:
    """The dimensions that the shape of a parameter shows, one number each."""
    for axis, k in enumerate(s.shape):
        if k in family.dimensions and dims.setdefault(k, a.shape[axis]) == a.shape[axis]:
            continue
        wanted = size(k, dims)
        if a.shape[axis] != wanted:
            shape = " × ".join(map(str, s.shape))
            where, needed = f"{family.name}({s.name}=…)", f"shape {shape} with {k} = {wanted}"
            raise BadInput(where, needed, " × ".join(map(str, a.shape)))


def _checked(where: str, s: Any, space: Space, a: Any, values: Mapping[Any, Any]) -> Any:
    if space.kind == "above":
        least = as_expr(space.bound if space.least is None else space.least)
        bound = float(at(least, values, NUMBERS))
        if not a > bound:
            shown = f"{s.name} > {least}" + ("" if least.is_number else f" = {bound:g}")
            raise BadInput(where, f"{s.name} in its domain ({shown}{_said(space)})", f"{a:g}")
        return a
    if not _in_space(space.kind, a):
        got = f"{a:g}" if isinstance(a, float) else str(a.squeeze().tolist())
        raise BadInput(where, f"{s.name} in its domain ({_WORDS[space.kind]}{_said(space)})", got[:80])
    return int(a) if space.kind == "positive integer" else a


def _said(space: Space) -> str:
    return f"; {space.role}" if space.role else ""


def _shown(given: Mapping[Any, Any]) -> str:
    return ", ".join(f"{s} = {v:g}" for s, v in given.items())


def _symmetric(a: Array) -> bool:
    return bool(np.abs(a - a.T).max() <= _TOLERANCE * np.abs(a).max())


def _definite(a: Array) -> bool:
    if a.shape[0] != a.shape[1] or not _symmetric(a):
        return False
    try:
        np.linalg.cholesky(a)
    except np.linalg.LinAlgError:
        return False
    return True


_SPACES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "real vector": lambda a: True,
    "real matrix": lambda a: True,
    "positive vector": lambda a: bool((a > 0).all()),
    "simplex": lambda a: bool((a > 0).all()) and abs(a.sum() - 1) <= _TOLERANCE,
    "sphere": lambda a: abs(np.sqrt((a**2).sum()) - 1) <= _TOLERANCE,
    "counts": lambda a: bool((a >= 0).all() and (a == np.floor(a)).all()),
    "one-hot": lambda a: bool(np.isin(a, (0, 1)).all()) and a.sum() == 1,
    "positive definite": _definite,
    "correlation": lambda a: _definite(a) and bool(np.abs(np.diag(a) - 1).max() <= _TOLERANCE),
    "lower triangular": lambda a: a.shape[0] == a.shape[1] and not np.triu(a, 1).any() and bool((np.diag(a) > 0).all()),
    "positive": lambda a: a > 0,
    "positive integer": lambda a: a >= 1 and a == int(a),
}


def _in_space(kind: str, a: Any) -> bool:
    return bool(_SPACES[kind](a))
