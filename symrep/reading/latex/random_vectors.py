r"""Moments of random vectors of which no law is told: E[X], E[X X^T], Cov(X, Y), entry by entry.

Where the environment has a ``size`` and the document speaks of random vectors, X, Y … are columns of so many random
numbers. An expectation of a matrix is that of each entry, which is linear and no more, as in ``unnamed``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.unnamed import mean_of
from symrep.reading.latex.vectors import RANDOM, component
from symrep.symbols import DomainSymbol

__all__ = ["vector_covariance", "vector_expectation"]


def vector_expectation(m: Meaning, t: Tree, body: Tree) -> Any:
    """E of a number, a column or a matrix made of random vectors; None where there are none."""
    return _means(m, t, (body,), lambda read, mean: mean(read[0]))


def vector_covariance(m: Meaning, t: Tree, bodies: tuple[Tree, ...]) -> Any:
    """Cov(a, b) = E[a b^T] − E[a] E[b]^T of columns."""

    def use(read: list[Any], mean: Callable[[Any], Any]) -> Any:
        a, b = read
        if not all(isinstance(x, sp.MatrixBase) and x.shape[1] == 1 for x in read):
            m.sc.fail(t, "a covariance of columns", "something else")
        return mean(a * b.T) - mean(a) * mean(b).T

    return _means(m, t, bodies, use)


def _means(m: Meaning, t: Tree, bodies: tuple[Tree, ...], use: Any) -> Any:
    names = _names(m, bodies)
    size = m.sc.environment.size
    if not names or not size:
        return None
    table = {n: sp.ImmutableMatrix([DomainSymbol(component(n, i), "real") for i in range(1, size + 1)]) for n in names}
    random = frozenset(s for column in table.values() for s in column)
    with m.sc.binding(table):
        read = [m.value(b) for b in bodies]
    m.sc.guess(t, f"the moments of the random vectors {', '.join(names)}", "linear, entry by entry", "expectation")

    def mean(value: Any) -> Any:
        if isinstance(value, sp.MatrixBase):
            return sp.ImmutableMatrix(value.applyfunc(lambda e: mean_of(m, t, e, random, {})))
        return mean_of(m, t, value, random, {})

    with m.sc.errors_of(t):
        return use(read, mean)


def _names(m: Meaning, bodies: tuple[Tree, ...]) -> list[str]:
    """The random vectors in bodies, by bare capital letters; empty where one of them may be something else."""
    environment = m.sc.environment
    if "vectors" not in environment.told:
        return []
    met: list[str] = []
    for n in (n for b in bodies for n in walk(b) if n.head in ("name", "vec")):
        name = name_of(n)
        if name.partition("_")[0] not in RANDOM or name in met:
            continue
        if not isinstance(m.sc.bound.get(name), (sp.MatrixBase, type(None))):
            return []
        if n.parts or "_" in name or environment.is_symbol(name) or environment.is_function(name):
            return []
        if name in environment.random or name in environment.matrices:
            return []
        met.append(name)
    return met
