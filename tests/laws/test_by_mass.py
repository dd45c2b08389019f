"""The mass by the cdf and the mean of the score by the mass: what must not be proved comes first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from sympy import log, oo

from symrep import UnitInterval, positive, positive_line, unit
from symrep.distributions import Bernoulli, Gumbel, Kumaraswamy, Logistic, NegativeBinomial, Pareto, Poisson, Uniform
from symrep.distributions import discrete as d
from symrep.family import FAMILIES, Family
from symrep.law import Interval
from symrep.laws.by_mass import mass_by_cdf, score_by_mass
from symrep.laws.score import continuous_parameters, score_of
from symrep.verdict import Status


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def changed(family: Family, **fields: Any) -> Family:
    FAMILIES.pop("Planted", None)
    return dataclasses.replace(family, name="Planted", **fields)


ToppLeone_x, ToppLeone_a = unit("x"), positive("a")


def topp_leone(factor: Any) -> Family:
    """Topp and Leone's law on (0, 1) where ``factor`` is 2; its cdf is (x(2 - x))^a, not stated here."""
    x, a = ToppLeone_x, ToppLeone_a
    FAMILIES.pop("ToppLeone", None)
    density = factor * a * (1 - x) * (x * (2 - x)) ** (a - 1)
    return Family("ToppLeone", variable=x, support=UnitInterval, parameters={a: positive_line()}, density=density)


def test_a_wrong_density_or_cdf_proves_no_mass() -> None:
    x = Logistic.variable
    assert mass_by_cdf(changed(Logistic, density=2 * Logistic.density), 5) is None
    assert mass_by_cdf(changed(Logistic, cdf=1 - Logistic.cdf), 5) is None
    assert mass_by_cdf(changed(Logistic, cdf=Logistic.cdf / 2), 5) is None
    assert mass_by_cdf(changed(Logistic, support=Interval(0, oo)), 5) is None
    assert mass_by_cdf(changed(Logistic, density=2 * Logistic.density, cdf=2 * Logistic.cdf), 5) is None
    assert mass_by_cdf(changed(Logistic, cdf=log(x)), 5) is None


def test_a_wrong_score_or_a_moving_support_proves_no_mean() -> None:
    s = next(iter(Logistic.parameters))
    assert score_by_mass(Logistic, s, score_of(Logistic, s) + 1, 5) is None
    assert score_by_mass(Logistic, s, 2 * score_of(Logistic, s) + 1, 5) is None
    assert score_by_mass(changed(Logistic, density=Logistic.density * s**2), s, score_of(Logistic, s), 5) is None
    for family in (Uniform, Pareto):
        moving = next(p for p in family.parameters if family.support.low.has(p))
        assert score_by_mass(family, moving, score_of(family, moving), 5) is None
    assert score_by_mass(Poisson, d.lam, d.k / d.lam, 5) is None
    assert score_by_mass(NegativeBinomial, d.r, score_of(NegativeBinomial, d.r) - log(d.p), 5) is None


def test_a_mass_that_is_not_one_proves_no_mean_without_a_cdf() -> None:
    x, a = ToppLeone_x, ToppLeone_a
    right = topp_leone(2)
    assert score_by_mass(right, a, score_of(right, a) + 1, 5) is None
    wrong = topp_leone(2 + a)  # its mass moves with a
    assert score_by_mass(wrong, a, score_of(right, a), 5) is None
    assert score_by_mass(topp_leone(a * x), a, score_of(right, a), 5) is None


def test_without_a_cdf_the_integral_is_looked_for() -> None:
    for family in (topp_leone(2), changed(Kumaraswamy, cdf=None, quantile=None), changed(Logistic, cdf=None)):
        for s in continuous_parameters(family):
            mean = score_by_mass(family, s, score_of(family, s), 8)
            assert mean is not None and mean.status is Status.PROVED, (family, s)


@pytest.mark.parametrize("family", [Logistic, Gumbel, Kumaraswamy], ids=lambda f: f.name)
def test_proved_by_the_cdf(family: Family) -> None:
    verdict = mass_by_cdf(family, 8)
    assert verdict is not None and verdict.status is Status.PROVED and verdict.certificate is not None
    for s in continuous_parameters(family):
        mean = score_by_mass(family, s, score_of(family, s), 8)
        assert mean is not None and mean.status is Status.PROVED, s


@pytest.mark.parametrize("family", [Bernoulli, Poisson, NegativeBinomial], ids=lambda f: f.name)
def test_scores_of_discrete_laws_have_mean_zero(family: Family) -> None:
    for s in continuous_parameters(family):
        mean = score_by_mass(family, s, score_of(family, s), 8)
        assert mean is not None and mean.status is Status.PROVED, s
