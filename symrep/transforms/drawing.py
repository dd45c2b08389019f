"""Draws of laws by numpy: the commonest by its generators, others by SciPy, their quantile or their map of noise."""

from __future__ import annotations

from typing import Any

from symrep.errors import BadInput
from symrep.family import FAMILIES, LEVEL, Family
from symrep.symbols import as_expr
from symrep.transforms.numeric import lambdified

__all__ = ["computed", "draws", "open_unit"]

_DEEP = 3


def open_unit(rng: Any, n: int) -> Any:
    """Uniform on (0, 1) without its ends: the middles of 2⁵² cells."""
    return (rng.integers(0, 1 << 52, n) + 0.5) / (1 << 52)


def computed(expr: Any, variables: tuple[Any, ...], arrays: list[Any]) -> Any:
    """A map of arrays.

    Raises:
        BadInput: numpy cannot compute it.
    """
    import numpy as np

    try:
        with np.errstate(all="ignore"):
            out = lambdified(as_expr(expr), tuple(variables))(*arrays)
        return np.broadcast_to(np.asarray(out, dtype=float), arrays[0].shape)
    except (NameError, TypeError, ValueError, AttributeError, KeyError, NotImplementedError) as e:
        raise BadInput("draws", "a map that numpy computes", f"{expr}: {type(e).__name__}"[:80]) from e


def draws(law: Family, values: list[Any], rng: Any, n: int, depth: int = 0) -> Any:
    """Draws of the member of a family with these parameters, which are numbers.

    Raises:
        BadInput: symbols among the parameters, or a law that cannot be drawn here.
    """
    if any(not v.is_number for v in values):
        raise BadInput("draws", "numbers as parameters", ", ".join(map(str, values)))
    at = [float(v) for v in values]
    if law.name == "Uniform":
        return at[0] + (at[1] - at[0]) * open_unit(rng, n)
    if law.name == "Normal":
        return at[0] + at[1] * rng.standard_normal(n)
    if law.name == "Exponential":
        return rng.standard_exponential(n) / at[0]
    table = dict(zip(law.parameters, values, strict=True))
    if law.scipy is not None:
        try:
            from scipy import stats

            arguments = {k: float(v.subs(table)) for k, v in law.scipy.arguments.items()}
            return getattr(stats, law.scipy.name)(**arguments).rvs(n, random_state=rng)
        except (ImportError, AttributeError, TypeError, ValueError):
            pass
    if law.quantile is not None and not law.discrete:
        return computed(as_expr(law.quantile).subs(table, simultaneous=True), (LEVEL,), [open_unit(rng, n)])
    for way in (p for p in law.pathwise if depth < _DEEP and all(name != law.name for name, _ in p.bases)):
        known = [
            draws(FAMILIES[name], [as_expr(v).subs(table, simultaneous=True) for v in given], rng, n, depth + 1)
            for name, given in way.bases
        ]
        return computed(as_expr(way.path).subs(table, simultaneous=True), way.noises, known)
    raise BadInput("draws", "a law that can be drawn: one with a quantile or a map of noise", law.name)
