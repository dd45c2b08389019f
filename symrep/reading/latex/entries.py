"""Determinants and inverses of matrices of expressions, without multiplying them out; components by their letters.

SymPy expands whatever it takes the determinant of; with what names stand for put in, entries have hundreds of signs and
that does not end. What is too large is not read.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

import sympy as sp

from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.words import GREEK

__all__ = ["determinant", "inverted", "matrix_power", "small", "upper_index"]

_LOWEST: Final = 2
_HIGHEST: Final = 8
_RANDOM: Final = frozenset("B M W X Y Z".split())
#: nodes of all entries together; of a matrix whose determinant is left to SymPy
_MOST: Final = 4_000
_MOST_EXPANDED: Final = 400


def small(m: Meaning, t: Tree, a: Any) -> Any:
    """The matrix, unless there are more signs in its entries than are worth multiplying."""
    most = _MOST if a.shape[0] <= 3 else _MOST_EXPANDED
    nodes = (e for entry in a for e in sp.preorder_traversal(entry))
    if next(islice(nodes, most, None), None) is not None:
        m.sc.fail(t, "a matrix of shorter entries", "very long ones", "size")
    return a


def determinant(a: Any) -> Any:
    """By its first row, for up to three of them."""
    n = a.shape[0]
    if n > 3 or n != a.shape[1]:
        return a.det()
    if n == 1:
        return a[0, 0]
    return sp.Add(*((-1) ** j * a[0, j] * determinant(a.minor_submatrix(0, j)) for j in range(n)))


def inverted(a: Any) -> Any:
    """The transposed cofactors over the determinant."""
    n = a.shape[0]
    if n == 1:
        return sp.ImmutableMatrix([[1 / a[0, 0]]])
    cofactors = [[(-1) ** (i + j) * determinant(a.minor_submatrix(i, j)) for i in range(n)] for j in range(n)]
    return sp.ImmutableMatrix(cofactors) / determinant(a)


def matrix_power(m: Meaning, t: Tree, a: Any, exponent: Any) -> Any:
    """A small whole power, negative ones of small square matrices."""
    if not isinstance(exponent, sp.Integer) or not -_LOWEST <= exponent <= _HIGHEST:
        m.sc.fail(t, "a small power of a matrix", str(exponent)[:40])
    if exponent >= 0:
        return a**exponent
    if a.shape[0] != a.shape[1] or a.shape[0] > 3:
        m.sc.fail(t, "a square matrix of size up to 3", f"{a.shape[0]} by {a.shape[1]}")
    if any(n.head == "T" for n in walk(t.parts[0])):  # X (X^T X)^{-1} X^T = I of a square X alone
        m.sc.fail(t, "the inverse of a matrix that is square", "one with a transpose in it, of what may not be")
    return inverted(small(m, t, a)) ** -exponent


def upper_index(m: Meaning, t: Tree) -> None:
    r"""Refuse ``g^{\mu\nu}``, ``a^\mu`` in a text about tensors, ``H^A`` where A is a set: no powers.

    Raises:
        Unread: a name with such letters above.
    """
    base, above = t.parts
    told, letters = m.sc.environment.told, above.parts if above.head == "*" else (above,)
    if base.head not in ("name", "indexed"):
        return
    if "tensors" in told and all(name_of(x) in GREEK for x in letters):
        m.sc.fail(t, "a power", "Greek letters above a name, which may be indices of a tensor", "ambiguous")
    if name_of(above) == "T" and name_of(base).partition("_")[0] in _RANDOM:
        m.sc.fail(t, "a power", "T above a capital letter: a power, a transpose, a time?", "ambiguous")
    if f"set {name_of(above)}" in told and not m.sc.environment.is_symbol(name_of(above)):
        m.sc.fail(t, "a power", f"{name_of(above)} above a name, which is a set elsewhere", "ambiguous")
