"""Closed forms of what claims speak of: divergences, expectations, variances, entropies, integrals.

A search (:class:`symrep.rules.evaluate`), whose outcome is a proposal: corrections and diagnoses work on it, and what
is offered is judged against the side as the author wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sympy as sp

from symrep.errors import SymrepError
from symrep.notation import Binder, Divergence
from symrep.rules import evaluate

__all__ = ["OPEN", "closed"]

#: what has a value that is not written out
OPEN: Final = (Binder, Divergence, sp.Integral, sp.Sum)
_FAILS: Final = (
    SymrepError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
_KEPT: Final = 32
_known: dict[Any, Any] = {}


def closed(side: Any, other: Any, given: Sequence[Any]) -> Any:
    """The closed form of a side if one is found and the other side has one; otherwise the side itself."""
    if not side.has(*OPEN) or other.has(*OPEN):
        return side
    key = (side, tuple(given))
    if (value := _known.get(key)) is not None:
        return value
    try:
        value = evaluate().apply(side, sp.S.Zero, tuple(given)).result
    except _FAILS:
        value = side
    if not isinstance(value, sp.Expr) or value.has(*OPEN):
        value = side
    _known[key] = value
    if len(_known) > _KEPT:
        _known.clear()
    return value
