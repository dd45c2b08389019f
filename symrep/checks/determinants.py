"""Values of determinants given by their entries, at a literal size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flint import acb, acb_mat

from symrep.checks import arith
from symrep.checks.derive import derive
from symrep.checks.faults import Unevaluable
from symrep.term import Term, add, map_children, num, substitute, sym

__all__ = ["determinant", "jacobian"]

#: larger matrices say nothing that a small one does not
LARGEST: Final = 6


def determinant(t: Term, number: Callable[[Term], acb]) -> acb:
    """The determinant as a ball; ``number`` gives the value of a term.

    Raises:
        Unevaluable: the size is no integer from 1 to 6, or an entry has no value.
    """
    _, entry, (i, _, size), (j, *_) = t
    n = arith.integer_of(number(size))
    if n is None or not 1 <= n <= LARGEST:
        raise Unevaluable("the size of a matrix is no small integer")
    span = range(1, n + 1)
    return acb_mat([[number(substitute(entry, {i: num(r), j: num(c)})) for c in span] for r in span]).det()


def jacobian(t: Term, number: Callable[[Term], acb]) -> acb:
    """The determinant of the derivatives, taken by one coordinate after the other.

    Raises:
        Unevaluable: the number of coordinates is no integer from 1 to 6, or something has no value.
    """
    _, component, (i, _, size), z = t
    n = arith.integer_of(number(size))
    if n is None or not 1 <= n <= LARGEST:
        raise Unevaluable("the number of coordinates is no small integer")
    span = range(1, n + 1)
    maps = [_spelled(substitute(component, {i: num(r)}), z, number) for r in span]
    back = {f"{z}#{c}": ("index", z, num(c)) for c in span}
    return acb_mat([[number(substitute(derive(f, f"{z}#{c}"), back)) for c in span] for f in maps]).det()


def _spelled(t: Term, z: str, number: Callable[[Term], acb]) -> Term:
    """Sums written out, each coordinate a symbol of its own."""

    def whole(s: Term) -> int:
        k = arith.integer_of(number(s))
        if k is None:
            raise Unevaluable("an index that is no integer")
        return k

    def go(s: Term) -> Term:
        if s[0] == "sum":
            (k, lo, hi) = s[2]
            first, last = whole(lo), whole(hi)
            if not first - 1 <= last <= first + 40:
                raise Unevaluable("a sum of too many terms")
            return add(*(go(substitute(s[1], {k: num(v)})) for v in range(first, last + 1)))
        if s[0] == "index" and s[1] == z:
            return sym(f"{z}#{whole(s[2])}")
        return map_children(s, go, go)

    return go(t)
