"""Values of determinants given by their entries, at a literal size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flint import acb, acb_mat

from symrep.checks import arith
from symrep.checks.faults import Unevaluable
from symrep.term import Term, num, substitute

__all__ = ["determinant"]

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
