"""Lines that are equal because both have the same value: ``evaluate`` takes the line before and the line stated."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Limit, exp, log, oo

from rules.judging import outcome
from symrep import E, Reason, Status, Var, algebra, evaluate, positive, positive_integer, real, unit
from symrep.distributions import Exponential, Normal

x, z, mu, m, eps = real("x z mu m epsilon")
sigma, s, lam, w = positive("sigma s lambda w")
p, n = unit("p"), positive_integer("n")
Ex, N01, X = Exponential(lam), Normal(0, 1), Normal(mu, sigma)

WRONG = [
    (E((1 / lam - w) ** 2, (w, Ex)), Var(2 * w, (w, Ex))),
    (E((1 / lam - w) ** 2, (w, Ex)), E(w**2, (w, Ex))),
    (E(exp(sigma * eps), (eps, N01)) ** 2, E(exp(sigma**2), (eps, N01)) * exp(sigma**2)),
    (E(x**2, (x, N01)), E(w, (w, Exponential(2)))),
    (Var(E(x + z, (z, Normal(m, s))), (x, X)), Var(x + z, (x, X), (z, Normal(m, s)))),
]
RIGHT = [
    (E((1 / lam - w) ** 2, (w, Ex)), Var(w, (w, Ex))),
    (E(exp(sigma * eps), (eps, N01)) ** 2, E(exp(sigma**2), (eps, N01))),
    (E(x**2, (x, N01)), E(w, (w, Exponential(1)))),
    (E(w**2, (w, Ex)) / 2, E(w, (w, Ex)) ** 2),
]


@pytest.mark.parametrize(("before", "line"), WRONG)
def test_wrong_ones(before: Any, line: Any) -> None:
    assert outcome(before, line, evaluate)[0] is Status.REFUTED


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_right_ones(before: Any, line: Any) -> None:
    assert outcome(before, line, evaluate) == (Status.PROVED, Reason.HOLDS)


def test_algebra_alone_takes_no_value() -> None:
    assert outcome(E(x**2, (x, N01)), E(w, (w, Exponential(1))), algebra)[0] is not Status.PROVED


def test_limits_on_both_sides() -> None:
    before = Limit((1 - p / n) ** n, n, oo)
    assert outcome(before, Limit(exp(n * log(1 - p / n)), n, oo), algebra)[0] is Status.PROVED
    assert outcome(before, Limit(exp(-n * log(1 - p / n)), n, oo), algebra)[0] is Status.REFUTED
