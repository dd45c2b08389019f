"""Strict edges of a domain, beside which a claim may fail alone; breakpoints, where a derivative has no value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symrep.checks.points import points, real_value
from symrep.claim import Context
from symrep.term import PI, Term, add, fn, num, sym

X: Term = sym("x")


@pytest.mark.parametrize("bound", [num(3142, 1000), add(PI, num(1, 1000))])
def test_points_lie_beside_strict_edges(bound: Term) -> None:
    ctx = Context({"x": "real"}, {}, (("rel", ">", X, num(0)), ("rel", "<", X, bound)))
    found = [p["x"] for p in points((fn("acos", fn("cos", X)), X), ctx)]
    edge = Fraction(31425927, 10**7)  # above either bound
    assert any(edge - Fraction(1, 900) < v < edge for v in found)


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (fn("max", X, sym("y")), {"x": Fraction(3, 4), "y": Fraction(3, 4)}),
        (("piecewise", (("rel", "==", X, num(1)), X), (("true",), num(1))), {"x": Fraction(1)}),  # it is 1, not x
    ],
)
def test_a_derivative_has_no_value_by_formula_at_a_breakpoint(body: Term, at: dict[str, Fraction]) -> None:
    value = real_value(("diff", body, "x"), at)
    assert value is None or not value.is_finite()
    beside = real_value(("diff", body, "x"), {**at, "x": at["x"] + Fraction(1, 8)})
    assert beside is not None and beside.is_finite()
