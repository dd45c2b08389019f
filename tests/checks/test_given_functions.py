"""Relations about undetermined functions: a point counts only where they hold for the functions tried."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Abs, Eq, Integral, Ne, Sum, exp, log, sqrt

from symrep import clock, function, indexed, positive, positive_integer, real
from symrep.checks.balls import Comparison, compare_sides
from symrep.claim import Claim
from symrep.translate import context_of, to_term
from symrep.verdict import Reason, Status

x, y, t = real("x y t")
f, g = function("f", smooth=1), function("g", smooth=1)


def compared(left: Any, right: Any, *given: Any) -> Comparison:
    ctx = context_of((left, right), given)
    claim = Claim("equal", {"lhs": to_term(left), "rhs": to_term(right)}, ctx)
    return compare_sides(claim, clock.now() + 5)


TRUE_UNDER = [
    ("a modulus", Abs(f(x)), f(x), (f(x) > 0,)),
    ("a root", sqrt(f(x) ** 2), -f(x), (f(x) < 0,)),
    ("two functions in order", Abs(f(x) - g(x)), f(x) - g(x), (f(x) > g(x),)),
    ("a derivative", Abs(f(x).diff(x)), f(x).diff(x), (f(x).diff(x) > 0,)),
    ("a symbol and a function", Abs(f(x) - y), y - f(x), (f(x) < y,)),
    ("a sign with a plain relation beside it", Abs(x * f(x)), x * f(x), (f(x) > 0, x > 1)),
]


@pytest.mark.parametrize(("what", "left", "right", "given"), TRUE_UNDER, ids=[r[0] for r in TRUE_UNDER])
def test_true_under_the_relation_is_not_refuted_and_false_without_it_is(
    what: str, left: Any, right: Any, given: tuple[Any, ...]
) -> None:
    assert compared(left, right, *given).refutation is None
    assert compared(left, right).refutation is not None


FALSE = [
    ("the logarithm's derivative", log(f(x)).diff(x), f(x).diff(x), (f(x) > 0,)),
    ("a factor", 1 / f(x), 2 / f(x), (f(x) > 0,)),
    ("a quotient", f(x) / g(x), g(x) / f(x), (Ne(f(x), 0), Ne(g(x), 0))),
    ("an exponent", exp(log(f(x))), f(x) ** 2, (f(x) > 0,)),
]


@pytest.mark.parametrize(("what", "left", "right", "given"), FALSE, ids=[r[0] for r in FALSE])
def test_false_under_the_relation_is_refuted_at_a_point_where_it_holds(
    what: str, left: Any, right: Any, given: tuple[Any, ...]
) -> None:
    verdict = compared(left, right, *given).refutation
    assert verdict is not None
    assert (verdict.status, verdict.reason) == (Status.REFUTED, Reason.UNEQUAL)
    assert verdict.witness is not None
    assert verdict.witness.functions


def test_a_relation_about_indexed_numbers_is_not_left_out() -> None:
    # r² = Σ z_i², so that r is the length of z: r − r²/r = 0, and most points say nothing
    i, n = positive_integer("i n")
    z, r = indexed("z"), positive("r")
    length = Sum(z[i] ** 2, (i, 1, n))
    assert compared(length / r, r, Eq(r**2, length)).refutation is None
    assert compared(length / r, r, r**2 > length).refutation is not None
    assert compared(length / r, r).refutation is not None


UNSURE = [
    ("of a bound symbol: it may be meant for all of its values", Integral(f(x), (x, 0, 1)), 0 * x, (f(x) > 0,)),
    ("of a symbol that does not occur: likewise", Abs(f(x)), -f(x), (f(t) > 0,)),
    ("an equality, which no chosen function meets", f(x), f(x) + 1, (Eq(f(x), 3),)),
    ("that no function meets", f(x), f(x) + 1, (f(x) > f(x) + y, y > 0)),
]


@pytest.mark.parametrize(("what", "left", "right", "given"), UNSURE, ids=[r[0] for r in UNSURE])
def test_nothing_is_concluded_under_a_relation(what: str, left: Any, right: Any, given: tuple[Any, ...]) -> None:
    found = compared(sp.sympify(left), sp.sympify(right), *given)
    assert (found.refutation, found.agreement) == (None, None)
