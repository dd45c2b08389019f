"""Lines that stand in another relation to the line before than equality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import sympy as sp

from symrep.errors import BadInput
from symrep.symbols import as_expr

__all__ = ["Relation", "approx", "ge", "gt", "le", "lt"]


@final
@dataclass(frozen=True)
class Relation:
    """A line that stands in another relation to the line before than equality."""

    op: str
    expr: Any
    tolerance: Any = None


def le(expr: Any) -> Relation:
    """… ≤ expr."""
    return Relation("<=", as_expr(expr))


def ge(expr: Any) -> Relation:
    """… ≥ expr."""
    return Relation(">=", as_expr(expr))


def lt(expr: Any) -> Relation:
    """… < expr."""
    return Relation("<", as_expr(expr))


def gt(expr: Any) -> Relation:
    """… > expr."""
    return Relation(">", as_expr(expr))


_ONE_PERCENT = sp.Rational(1, 100)


def approx(expr: Any, relative: Any = _ONE_PERCENT) -> Relation:
    """… ≈ expr, within the stated relative error; never more than SUPPORTED.

    Raises:
        BadInput: an error that is no number between 0 and 1.
    """
    tolerance = as_expr(relative)
    if not tolerance.is_number or not tolerance.is_positive or not (1 - tolerance).is_positive:
        raise BadInput("approx", "a relative error between 0 and 1", str(relative), "approx(expr, Rational(1, 100))")
    return Relation("~", as_expr(expr), tolerance)
