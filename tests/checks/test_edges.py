"""Points beside the strict edges of a domain: a claim may fail there alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symrep.checks.points import points
from symrep.claim import Context
from symrep.term import PI, Term, add, fn, num, sym

X: Term = sym("x")


@pytest.mark.parametrize("bound", [num(3142, 1000), add(PI, num(1, 1000))])
def test_points_lie_beside_strict_edges(bound: Term) -> None:
    ctx = Context({"x": "real"}, {}, (("rel", ">", X, num(0)), ("rel", "<", X, bound)))
    found = [p["x"] for p in points((fn("acos", fn("cos", X)), X), ctx)]
    edge = Fraction(31425927, 10**7)  # above either bound
    assert any(edge - Fraction(1, 900) < v < edge for v in found)
