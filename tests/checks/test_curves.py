"""Points at which an equation between symbols holds: exact ones, none where there are none, and lines they refute."""

from __future__ import annotations

import random
from fractions import Fraction as F
from typing import Any

import pytest
import sympy as sp
from sympy import Eq, sqrt

from symrep import positive, real
from symrep.checks.balls import refute
from symrep.checks.curves import onto
from symrep.checks.exact import rational
from symrep.checks.points import points
from symrep.claim import Claim
from symrep.clock import now
from symrep.translate import context_of, to_term

a, b, c = positive("a b c")
x, y = real("x y")


def at(e: Any) -> Any:
    return to_term(sp.sympify(e))


CURVES = [a**2 + b**2 - 1, a**2 + b**2 - c**2, a * b - 1, a**3 + b - 2, 2 * a**2 + 3 * b - 7]


@pytest.mark.parametrize("gap", CURVES, ids=str)
def test_the_equation_holds_exactly(gap: Any) -> None:
    context = context_of([gap], (Eq(gap, 0),))
    found = list(points([at(gap)], context, limit=20))
    assert len(found) >= 5
    assert all(rational(at(gap), p) == 0 for p in found)
    assert all(v > 0 for p in found for v in p.values())


@pytest.mark.parametrize("gap", [a**2 - 2, a**2 + b**2 - 3], ids=str)
def test_where_there_is_no_rational_point_there_is_none(gap: Any) -> None:
    """a² + b² = 3 has none, nor has a² = 2."""
    assert list(points([at(gap)], context_of([gap], (Eq(gap, 0),)), limit=5)) == []


def test_a_domain_is_kept() -> None:
    rng = random.Random(0)
    assert onto(at(a**2 + b**2 - 1), {"a": F(2), "b": F(1)}, ["a", "b"], lambda p: p["a"] > 2, rng) is None
    found = onto(at(x + y - 1), {"x": F(2), "y": F(5)}, ["x", "y"], lambda p: True, rng)
    assert found == {"x": F(-4), "y": F(5)}


@pytest.mark.parametrize(
    ("lhs", "rhs", "given", "false"),
    [
        (a**2 + b**2, a**2 - b**2, a**2 + b**2 - 1, True),
        (sqrt(1 - a**2), a, a**2 + b**2 - 1, True),
        (a + b, c, a**2 + b**2 - c**2, True),
        (a + b, a - b, a * b - 1, True),
        (sqrt(1 - a**2), b, a**2 + b**2 - 1, False),
        (1 / a, b, a * b - 1, False),
    ],
)
def test_lines_on_a_curve(lhs: Any, rhs: Any, given: Any, false: bool) -> None:
    claim = Claim("equal", {"lhs": at(lhs), "rhs": at(rhs)}, context_of([lhs, rhs], (Eq(given, 0),)))
    assert (refute(claim, now() + 10) is not None) == false
