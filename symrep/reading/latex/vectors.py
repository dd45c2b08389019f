r"""Vectors and matrices by name, in a space of so many dimensions: bold letters, transposes, norms, gradients.

Nobody says how many dimensions ℝ^d has. Where the environment has a ``size``, a bold small letter is a column of so
many numbers and a bold capital a square matrix; a line that is to hold in every dimension is then a line about numbers.
One that fails in two dimensions is false; one that holds in two and three is supported by that, and no more.
"""

from __future__ import annotations

import re
from typing import Any, Final

import sympy as sp

from symrep.notation import D
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol

__all__ = [
    "COMPONENT",
    "DIMENSIONS",
    "RANDOM",
    "by_vector",
    "component",
    "random_vector",
    "shown",
    "speaks_of_vectors",
    "vector",
]

#: between a letter and the number of its component: x_t has the components xcomp1_t, xcomp2_t
COMPONENT: Final = "comp"
#: letters of dimensions: what holds them is not compared with a dimension put in
DIMENSIONS: Final = frozenset("d D k K n N m M p".split())
#: what random vectors are called
RANDOM: Final = frozenset("X Y Z U V W".split())
_NAMED: Final = re.compile(rf"([A-Za-z]+){COMPONENT}(\d+)((?:_\w+)?)")
_SYMMETRIC: Final = frozenset(("Sigma", "Lambda", "K"))
_IDENTITY: Final = frozenset(("I", "I_d", "I_n", "I_k", "I_p", "I_m", "I_D"))


def speaks_of_vectors(tree: Tree | None, covariances: bool = False) -> bool:
    """Is there a bold letter, something transposed, inverted or in a determinant, in a formula; a covariance?"""
    return tree is not None and any(
        t.head == "vec" or (t.head in ("T", "tr", "det", "inv") and _letter(t)) or (covariances and t.head == "Cov")
        for t in walk(tree)
    )


def _letter(t: Tree) -> bool:
    return any(x.head in ("name", "vec") for x in walk(t))


def component(name: str, *index: int) -> str:
    """The name of a component: ``xcomp1_t``."""
    stem, _, below = name.partition("_")
    return f"{stem}{COMPONENT}{''.join(map(str, index))}{'_' if below else ''}{below}"


def shown(text: str) -> str:
    """Components in words for people: ``x_t[1]``."""
    return _NAMED.sub(r"\1\3[\2]", text)


def vector(m: Meaning, t: Tree, name: str) -> Any:
    """The column or matrix a name stands for; None where the environment has no size."""
    size = m.sc.environment.size
    if not size or not name.replace("_", "").isalnum():
        return None
    stem = name.partition("_")[0]
    if stem in ("0", "1") and t.head == "vec":
        return sp.ImmutableMatrix([int(stem)] * size)
    if name in _IDENTITY:
        return sp.ImmutableMatrix(sp.eye(size))
    if t.parts and any(name_of(p) in m.sc.bound for p in t.parts):
        return None  # one for each value of an index
    m.sc.spell(name, t)
    small = stem[:1].islower() and stem.lower() == stem and name not in m.sc.environment.square
    if random_vector(m, name) or small:
        m.sc.guess(t, f"a vector {name}", "set in bold, or transposed", "matrix")
        return sp.ImmutableMatrix([DomainSymbol(component(name, i), "real") for i in range(1, size + 1)])
    m.sc.guess(t, f"a square matrix {name}", "a name for matrices", "matrix")

    def entry(i: int, j: int) -> Any:
        if (stem in _SYMMETRIC or m.sc.environment.symmetric) and not _cross(name) and i > j:
            i, j = j, i
        return DomainSymbol(component(name, i + 1, j + 1), "real")

    return sp.ImmutableMatrix(size, size, entry)


def random_vector(m: Meaning, name: str) -> bool:
    """Is it X, or μ_X, where the document speaks of random vectors?"""
    if "vectors" not in m.sc.environment.told:
        return False
    stem, _, below = name.partition("_")
    return name in RANDOM or (stem == "mu" and below in RANDOM)


def _cross(name: str) -> bool:
    """Is it Σ_XY, of two different vectors?"""
    below = name.partition("_")[2]
    return len(below) == 2 and below.isalpha() and below[0] != below[1]


def by_vector(m: Meaning, t: Tree, expr: Any, x: Any) -> Any:
    """The gradient by a column of symbols."""
    if not isinstance(expr, sp.Expr) or not all(isinstance(s, sp.Symbol) for s in x):
        m.sc.fail(t, "a number to differentiate by a vector", "another expression")
    if not expr.free_symbols & set(x):
        m.sc.fail(t, "how this depends on the vector", "an expression without it", "undefined")
    return sp.ImmutableMatrix([D(expr, s) for s in x])
