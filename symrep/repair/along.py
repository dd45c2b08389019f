"""What a line would be worth with something else in one place: many candidates at once, no tree built for any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import sympy as sp

from symrep.distribution import Pushforward
from symrep.notation import Expectation
from symrep.repair.grids import JUMPS, KINKS
from symrep.repair.values import Array, Sheet

__all__ = ["Opaque", "Symbolic", "along"]

_SUMMED: Final = (Expectation, sp.Integral, sp.Sum)


class Symbolic(Exception):
    """Values of arguments do not tell: a candidate has to be tried as a tree."""


class Opaque(Exception):
    """Something on the way has values made up from its text: nothing in it can be tried."""


def along(sheet: Sheet, e: Any, path: tuple[int, ...], rows: Callable[[Sheet], Array]) -> Array:
    """The values of ``e``, a row for each of those that ``rows`` gives the node at ``path``.

    ``rows`` is asked at the sheet that the place belongs to: within an integral, one where the variable has values.

    Raises:
        Symbolic, Opaque: the way from the place to the root is no function of values.
    """
    if not path:
        return rows(sheet)
    i, rest = path[0], path[1:]
    if isinstance(e, _SUMMED):
        if i != 0 or _cut_elsewhere(e, rest):
            raise Symbolic
        body = e.args[0]
        over = sheet.over(e, body, lambda inner: along(inner, body, rest, rows))
        if over is None:
            raise Opaque
        return over
    if isinstance(e, sp.Piecewise):
        if rest[:1] != (0,):
            raise Symbolic
        args = _put(sheet, [v for v, _ in e.args], i, along(sheet, e.args[i].expr, rest[1:], rows))
        return np.asarray(sheet.pieces(e, args))
    if not sheet.applicable(e):
        raise Symbolic
    new = along(sheet, e.args[i], rest, rows)
    with np.errstate(all="ignore"):
        out = np.asarray(sheet.applied(e, _put(sheet, e.args, i, new)))
    sheet.effort[0] += out.size
    # an exponent that is the same in all rows may have lost them
    return np.broadcast_to(out, np.broadcast_shapes(out.shape, new.shape))


def _put(sheet: Sheet, args: Any, i: int, new: Array) -> list[Array]:
    return [new if j == i else sheet.value(a) for j, a in enumerate(args)]


def _cut_elsewhere(e: Any, path: tuple[int, ...]) -> bool:
    """Would another node there move the points at which the integrand has to be cut?"""
    if isinstance(e, Expectation) and isinstance(e.law, Pushforward):
        return True
    node = e.args[0]
    for i in path:
        if isinstance(node, (*KINKS, *JUMPS)):
            return not (isinstance(e, sp.Sum) or (isinstance(e, Expectation) and e.law.discrete()))
        node = node.args[i]
    return False
