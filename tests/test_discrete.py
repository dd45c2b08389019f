"""Discrete laws in notation: what is refused, and the terms they are. The rules are tried in the gallery."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Sum, exp, factorial, oo

from symrep import (
    KL,
    E,
    density,
    function,
    integer,
    joint,
    nonnegative_integer,
    pmf,
    positive,
    positive_integer,
    pushforward,
    real,
    sample_mean,
    unit,
)
from symrep.distributions import (
    Bernoulli,
    Binomial,
    DiscreteLaplace,
    DiscreteUniform,
    GeometricTrials,
    Hypergeometric,
    Normal,
    Poisson,
    Rademacher,
)
from symrep.errors import BadInput, NotApplicable
from symrep.family import FAMILIES
from symrep.term import contains
from symrep.translate import to_term

k, j = nonnegative_integer("k j")
i = integer("i")
m, n = positive_integer("m n")
x = real("x")
lam = positive("lambda")
p = unit("p")
f = function("f", smooth=0, growth=2)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: E(x, (x, Poisson(lam))), 'nonnegative_integer("x")'),
        (lambda: E(m, (m, Poisson(lam))), "may be any of 0"),
        (lambda: E(k, (k, DiscreteLaplace(lam))), 'integer("k")'),
        (lambda: E(k, (k, DiscreteUniform(-1, 3))), 'integer("k")'),
        (lambda: E(n, (n, Binomial(n, p))), "not a parameter"),
        (lambda: density(Poisson(lam)), "pmf(Poisson(lambda))(k)"),
        (lambda: pmf(Normal(0, 1)), "a discrete law"),
        (lambda: pmf(pushforward(Poisson(lam), k, 2 * k)), "a discrete law"),
        (lambda: pmf(Poisson(lam))(x), "integer coordinates"),
        (lambda: KL(Poisson(lam), Normal(0, 1)), "two densities or two pmfs"),
        (lambda: Poisson(0), "in its domain"),
        (lambda: Binomial(sp.Rational(1, 2), p), "in its domain"),
        (lambda: Bernoulli(sp.nan), "in its domain"),
        (lambda: Bernoulli(1), "in its domain"),
        (lambda: Hypergeometric(3, 4, 1), "Hypergeometric"),
    ],
)
def test_refused(make: Any, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        make()
    assert says in str(caught.value)


def test_a_law_with_a_pmf_has_no_density() -> None:
    for ask in (lambda: Poisson(lam).support(), lambda: Poisson(lam).density_at(k)):
        with pytest.raises(NotApplicable, match="has a pmf"):
            ask()


def test_an_expectation_is_a_sum() -> None:
    plain = Sum(f(k) * (lam**k * exp(-lam) / factorial(k)), (k, 0, oo))
    one, other = to_term(E(f(k), (k, Poisson(lam)))), to_term(plain)
    assert one[0] == other[0] == "sum" and one[2] == other[2]
    both = to_term(E(k * x, (k, Poisson(lam)), (x, Normal(0, 1))))
    assert both[0] == "sum" and contains(both, ("expect",))
    assert contains(to_term(E(k + j, (k, Poisson(lam)), (j, Bernoulli(p)))), ("sum",))
    assert joint(Poisson(lam), Bernoulli(p)).discrete() and not joint(Poisson(lam), Normal(0, 1)).discrete()


def test_over_all_integers_in_two_halves() -> None:
    term = to_term(E(i**2, (i, DiscreteLaplace(lam))))
    assert term[0] == "add" and [t[2][1:] for t in term[1:]] == [
        (("num", 0, 1), ("inf", 1)),
        (("num", 1, 1), ("inf", 1)),
    ]


def test_the_mean_of_a_sample_sums_over_the_other_draws() -> None:
    term = to_term(E(sample_mean(f(k), (k, Poisson(lam)), n)))
    assert term[0] == "mul" and term[1][0] == "pow" and term[1][1][0] == "sum"


def test_a_pmf_vanishes_outside_its_support() -> None:
    at = pmf(GeometricTrials(p))(i).formula()
    assert at.subs(i, 0) == 0 and sp.simplify(at.subs(i, 2) - p * (1 - p)) == 0
    assert pmf(Rademacher())(i).formula().subs(i, 1) == sp.Rational(1, 2)
    assert str(pmf(Poisson(lam))(k)) == "pmf(Poisson(lambda))(k)"


def test_every_discrete_entry_says_so() -> None:
    names = [name for name, family in FAMILIES.items() if family.discrete and family.source]
    assert len(names) >= 15
    for name in names:
        assert FAMILIES[name].pathwise == (), "no unbiased pathwise gradient exists"
