"""Several variables, one after the other: Fubini, products of independent functions, hierarchical models."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational, S, exp

from rules.judging import applied, kernel, outcome, step
from rules.words import N01, a, f, g, lam, mu, s, sigma, x, y, z
from symrep import (
    KL,
    E,
    NotApplicable,
    Status,
    Var,
    evaluate,
    fubini,
    independence,
    integer,
    nonnegative_integer,
    positive,
    unit,
)
from symrep.distributions import Bernoulli, Beta, Cauchy, Gamma, Normal, Poisson, Rademacher

REFUTED, UNDECIDED, PROVED = Status.REFUTED, Status.UNDECIDED, Status.PROVED
i, j = integer("i j")
k = nonnegative_integer("k")
w, b = positive("w b")
u = unit("u")
PAIR = ((x, N01), (y, Normal(mu, sigma)))


# --- must fail ----------------------------------------------------------------------------------------------------


def test_nothing_to_take_apart() -> None:
    for line in (x**2, E(x**2, (x, N01))):
        with pytest.raises(NotApplicable, match="several variables"):
            applied(line, fubini)


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (E(x * y**2, *PAIR), E(E(x * y**2, (x, N01)), (y, Normal(mu, s)))),  # another law
        (E(x * y**2, *PAIR), E(E(x * y, (x, N01)), (y, Normal(mu, sigma)))),  # another integrand
        (
            E(E(x**2 * y, (x, N01)), (y, Normal(mu, sigma))),
            E(E(x**2 * y, (y, N01)), (x, Normal(mu, sigma))),
        ),  # laws exchanged
    ],
)
def test_another_value(before: Any, line: Any) -> None:
    """Numbers do not take one integral inside another; what is wrong is not proved."""
    assert outcome(before, line, fubini)[0] in (REFUTED, UNDECIDED)


def test_without_a_mean_the_order_matters() -> None:
    """E|x y| is infinite under a Cauchy law, whatever the other one is."""
    before = E(x * y, (x, N01), (y, Cauchy(0, 1)))
    assert outcome(before, E(E(x * y, (x, N01)), (y, Cauchy(0, 1))), fubini)[0] is not PROVED
    assert outcome(before, S.Zero, evaluate)[0] is not PROVED


def test_factors_that_share_a_variable() -> None:
    line = E(f(x), (x, N01)) * E(g(y), (y, Normal(mu, sigma)))
    assert outcome(E(f(x) * g(x + y), *PAIR), line, independence)[0] is REFUTED
    assert outcome(E(f(x) + g(y), *PAIR), line, independence)[0] is REFUTED


def test_one_variance_is_forgotten() -> None:
    assert outcome(Var(x + y, *PAIR), sigma**2, evaluate)[0] is REFUTED
    assert outcome(Var(x * y, *PAIR), sigma**2, evaluate)[0] is REFUTED


def test_a_rate_that_is_drawn() -> None:
    """Overdispersion: Var k is not E k."""
    drawn = E(E(k**2, (k, Poisson(w))), (w, Gamma(a, b)))
    assert outcome(drawn, E(w**2, (w, Gamma(a, b))), evaluate)[0] is REFUTED
    assert outcome(drawn, a / b + a**2 / b**2, evaluate)[0] is REFUTED


# --- what holds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (E(x * y**2 + a, *PAIR), E(E(x * y**2 + a, (y, Normal(mu, sigma))), (x, N01))),
        (E(x * y**2 + a, *PAIR), E(E(x * y**2 + a, (x, N01)), (y, Normal(mu, sigma)))),
        (E(E(exp(x + y), (x, N01)), (y, Normal(mu, sigma))), E(exp(x + y), *PAIR)),
        (E(E(f(x + y), (x, N01)), (y, Normal(mu, sigma))), E(E(f(x + y), (y, Normal(mu, sigma))), (x, N01))),
    ],
)
def test_in_any_order(before: Any, line: Any) -> None:
    assert kernel(before, line, fubini) == "proved"


def test_without_a_hint_the_order_is_that_of_the_variables() -> None:
    assert applied(E(x * y, *PAIR), fubini).result == E(E(x * y, (y, Normal(mu, sigma))), (x, N01))


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (E((x + y) ** 2, *PAIR), 1 + mu**2 + sigma**2),
        (Var(x * y, *PAIR), mu**2 + sigma**2),
        (E(i * j + i**2, (i, Rademacher()), (j, Rademacher())), S.One),
        (E(E(k * (k - 1), (k, Poisson(w))), (w, Gamma(a, b))), a * (a + 1) / b**2),
        (E(E(k, (k, Bernoulli(u))), (u, Beta(1, 1))), Rational(1, 2)),
        (E(E(z**2, (z, Normal(k, sigma))), (k, Poisson(lam))), sigma**2 + lam + lam**2),
    ],
)
def test_values_over_several_variables(before: Any, line: Any) -> None:
    v = step(before, line, evaluate)
    assert v.status is PROVED, v.parts


def test_products_of_independent_functions() -> None:
    line = 2 * E(f(x), (x, N01)) * E(g(y), (y, Normal(mu, sigma)))
    v = step(E(2 * f(x) * g(y), *PAIR), line, independence)
    assert v.status is PROVED, v.parts


def test_a_divergence_inside_an_expectation() -> None:
    v = step(E(KL(Normal(y, sigma), Normal(0, sigma)), (y, N01)), 1 / (2 * sigma**2), evaluate)
    assert v.status is PROVED, v.parts
