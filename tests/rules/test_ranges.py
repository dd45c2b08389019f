"""Sums split, written over another index, and folded into expectations."""

from __future__ import annotations

import pytest
from sympy import Integral, Rational, Sum, exp, factorial, oo

from rules.judging import applied, kernel, outcome, step
from symrep import (
    BadInput,
    E,
    NotApplicable,
    Status,
    definition,
    function,
    integer,
    nonnegative_integer,
    positive,
    positive_integer,
    split_at,
    substitution,
)
from symrep.distributions import Binomial, Poisson

k, j = nonnegative_integer("k j")
i = integer("i")
n, m = positive_integer("n m")
lam, x = positive("lam x")
f = function("f", smooth=0, growth=2)
mass = lam**k * exp(-lam) / factorial(k)
X = Poisson(lam)
PROVED, UNDECIDED = Status.PROVED, Status.UNDECIDED


# --- must fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line", "rule"),
    [
        (Sum(f(k) * mass, (k, 0, oo)), Sum(f(k) * mass, (k, 1, oo)), split_at(0)),
        (Sum(k, (k, 0, n)), Sum(k, (k, 0, 0)) + Sum(k, (k, 2, n)), split_at(0)),
        (Sum(k * mass, (k, 1, oo)), Sum((j + 1) * mass.subs(k, j + 1), (j, 1, oo)), substitution(k, j + 1, j)),
        (Sum(f(k), (k, 1, n)), Sum(f(j), (j, 0, n - 1)), substitution(k, j + 1, j)),
        (Sum(f(k), (k, 1, n)), Sum(f(j + 1), (j, 0, n)), substitution(k, j + 1, j)),
        (Sum(f(k), (k, 0, n)), Sum(f(n + 1 - j), (j, 0, n)), substitution(k, n + 1 - j, j)),
        (Sum(f(k + 1) * mass, (k, 0, oo)), E(f(k), (k, X)), definition),
        (Sum(2 * f(k) * mass, (k, 0, oo)), E(f(k), (k, X)), definition),
        (Sum(f(k) * mass, (k, 1, oo)), E(f(k), (k, X)), definition),
        (Sum(f(k) * mass, (k, 0, n)), E(f(k), (k, X)), definition),
    ],
    ids="term-lost gap start argument end reflection shift factor range finite".split(),
)
def test_false_ranges(before: object, line: object, rule: object) -> None:
    assert outcome(before, line, rule)[0] is not PROVED
    assert kernel(before, line, rule) != "proved"


@pytest.mark.parametrize(
    ("before", "line", "rule"),
    [
        # nobody knows that the place is an integer, or in the range
        (Sum(f(k) * mass, (k, 0, oo)), Sum(f(k) * mass, (k, 0, x)) + Sum(f(k) * mass, (k, x + 1, oo)), split_at(x)),
        (Sum(f(k), (k, 0, n)), Sum(f(k), (k, 0, m)) + Sum(f(k), (k, m + 1, n)), split_at(m)),
        (Sum(f(k), (k, 0, n)), Sum(f(j + x), (j, -x, n - x)), substitution(k, j + x, j)),
        (Sum(f(k), (k, 0, n)), Sum(f(j + Rational(1, 2)), (j, 0, n)), substitution(k, j + Rational(1, 2), j)),
    ],
    ids="not-an-integer perhaps-outside shift-not-an-integer half".split(),
)
def test_places_and_shifts_are_integers_of_the_range(before: object, line: object, rule: object) -> None:
    assert kernel(before, line, rule).startswith("rewrite: outside-domain")


def test_what_is_no_shift_is_refused() -> None:
    line = Sum(f(k), (k, 0, n))
    for value in (2 * j, j**2, k + 1):
        with pytest.raises(BadInput, match=r"shift|new index"):
            applied(line, substitution(k, value, j), line)
    with pytest.raises(BadInput, match="new index"):
        applied(line, substitution(k, j + 1), line)
    with pytest.raises(BadInput, match="free of k"):
        applied(line, split_at(k), line)
    with pytest.raises(NotApplicable, match="sum"):
        applied(x**2, split_at(1), x**2)


def test_an_infinite_sum_is_not_reversed() -> None:
    line = Sum(f(k) * mass, (k, 0, oo))
    assert step(line, line, substitution(k, 1 - j, j)).status is UNDECIDED


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line", "rule"),
    [
        (Sum(k * f(k) * mass, (k, 0, oo)), Sum(k * f(k) * mass, (k, 1, oo)), split_at(0)),
        (Sum(f(k), (k, 0, n)), f(0) + Sum(f(k), (k, 1, n)), split_at(0)),
        (Sum(f(i), (i, 1, n + m)), Sum(f(i), (i, 1, n)) + Sum(f(i), (i, n + 1, n + m)), split_at(n)),
        (Sum(f(k), (k, 1, n)), Sum(f(j + 1), (j, 0, n - 1)), substitution(k, j + 1, j)),
        (Sum(f(k), (k, 0, n)), Sum(f(n - j), (j, 0, n)), substitution(k, n - j, j)),
        (Sum(k * f(k) * mass, (k, 1, oo)), E(lam * f(k + 1), (k, X)), substitution(k, j + 1, j)),
        (Sum(f(k) * mass, (k, 0, oo)), E(f(k), (k, X)), definition),
        (Sum(3 * f(k) * mass, (k, 0, oo)) + lam, 3 * E(f(k), (k, X)) + lam, definition),
    ],
    ids="zero-term first-term middle shift reversed poisson folded multiple".split(),
)
def test_ranges(before: object, line: object, rule: object) -> None:
    assert outcome(before, line, rule)[0] is PROVED


def test_a_binomial_sum_is_folded() -> None:
    b = Binomial(n, Rational(1, 3))
    line = E(f(k), (k, b))
    spelled = applied(line, definition, Sum(f(k), (k, 0, n))).result
    assert outcome(spelled, line, definition)[0] is PROVED


def test_integrals_are_split_as_before_beside_a_sum() -> None:
    line = Sum(f(k), (k, 0, n)) + Integral(exp(-x), (x, 0, oo))
    parts = Sum(f(k), (k, 0, n)) + Integral(exp(-x), (x, 0, 1)) + Integral(exp(-x), (x, 1, oo))
    assert outcome(line, parts, split_at(1))[0] is PROVED
