"""Members of families with a dimension: what is refused and why, and numbers beside SciPy's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from symrep.distributions import (
    LKJ,
    Categorical,
    Dirichlet,
    InverseWishart,
    LowRankNormal,
    MatrixNormal,
    Multinomial,
    MultivariateNormal,
    MultivariateNormalCholesky,
    MultivariateT,
    VonMisesFisher,
    Wishart,
)
from symrep.errors import BadInput

NAN = float("nan")
ONE = [[1, 0], [0, 1]]
S = [[2.0, 0.5], [0.5, 1.0]]

WRONG: list[tuple[Any, tuple[Any, ...], dict[str, Any], str]] = [
    (MultivariateNormal, ([0, 0], [[1, 2], [2, 1]]), {}, "Sigma in its domain (a symmetric positive definite matrix"),
    (MultivariateNormal, ([0, 0], [[1, 0], [1, 1]]), {}, "Sigma in its domain (a symmetric positive definite matrix"),
    (MultivariateNormal, ([0, NAN], ONE), {}, "(mu=…): finite numbers"),
    (MultivariateNormal, ([0, 0], [[1, NAN], [NAN, 1]]), {}, "(Sigma=…): finite numbers"),
    (MultivariateNormal, ([0, 0, 0], ONE), {}, "(Sigma=…): shape d × d with d = 3; got 2 × 2"),
    (MultivariateNormal, ([0, 0], [[1, 0, 0], [0, 1, 0]]), {}, "(Sigma=…): shape d × d"),
    (MultivariateNormal, ([0, 0],), {}, "none for Sigma"),
    (MultivariateNormal, ([0, 0], ONE, 1), {}, "3 values"),
    (MultivariateNormal, ([0, 0], ONE), {"location": [0, 0]}, "each parameter once"),
    (MultivariateNormal, ([0, 0],), {"scale": ONE}, "Sigma (covariance); got scale"),
    (MultivariateNormal, ("ab", ONE), {}, "(mu=…): numbers"),
    (MultivariateNormal, (0, 1), {}, "(mu=…): a vector of numbers"),
    (MultivariateNormalCholesky, ([0, 0], [[1, 1], [0, 1]]), {}, "L in its domain (a lower triangular matrix"),
    (MultivariateNormalCholesky, ([0, 0], [[1, 0], [0, -1]]), {}, "L in its domain (a lower triangular matrix"),
    (MultivariateT, (-1, [0, 0], ONE), {}, "nu in its domain"),
    (Dirichlet, ([1, -1],), {}, "alpha in its domain (a vector of positive numbers"),
    (Dirichlet, ([1, 0],), {}, "alpha in its domain"),
    (Categorical, ([0.2, 0.2],), {}, "p in its domain (positive numbers that add up to 1"),
    (Multinomial, (2.5, [0.5, 0.5]), {}, "N in its domain (1, 2, 3, …"),
    (Wishart, (1, ONE), {}, "nu > d - 1 = 1"),
    (InverseWishart, (1, ONE), {}, "nu > d - 1 = 1"),
    (VonMisesFisher, ([1, 1], 2), {}, "mu in its domain (a vector of length 1"),
    (LKJ, (2,), {}, "the dimension d, by name"),
    (LKJ, (2,), {"d": 0}, "a dimension 1, 2, 3"),
    (MatrixNormal, ([[0, 0, 0], [1, 1, 1]], ONE, ONE), {}, "(V=…): shape m × m with m = 3"),
    (LowRankNormal, ([0, 0], [[1], [2]], [1, 0]), {}, "s in its domain (a vector of positive numbers"),
]


@pytest.mark.parametrize(("family", "values", "named", "words"), WRONG)
def test_what_is_refused(family: Any, values: tuple[Any, ...], named: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput) as e:
        family(*values, **named)
    assert words in str(e.value)


POINTS = [
    (MultivariateNormal([1, 2], S), [0.3, 0.4], stats.multivariate_normal([1, 2], S).logpdf),
    (MultivariateNormal(location=[1, 2], covariance=S), [0.3, 0.4], stats.multivariate_normal([1, 2], S).logpdf),
    (Wishart(4.5, S), [[3.0, 1.0], [1.0, 2.0]], stats.wishart(4.5, S).logpdf),
    (Dirichlet([1, 2, 3]), [0.2, 0.3, 0.5], stats.dirichlet([1, 2, 3]).logpdf),
    (Multinomial(4, [0.2, 0.3, 0.5]), [1, 1, 2], stats.multinomial(4, [0.2, 0.3, 0.5]).logpmf),
    (MultivariateT(3, [0, 1], S), [1, 1], stats.multivariate_t([0, 1], S, 3).logpdf),
    (MultivariateT(1, [0, 1], S), [1, 1], stats.multivariate_t([0, 1], S, 1).logpdf),
    (InverseWishart(3, S), [[3.0, 1.0], [1.0, 2.0]], stats.invwishart(3, S).logpdf),
    (VonMisesFisher([1, 0, 0], 2), [0, 1, 0], stats.vonmises_fisher([1, 0, 0], 2).logpdf),
]


@pytest.mark.parametrize(("law", "x", "theirs"), POINTS)
def test_log_density(law: Any, x: Any, theirs: Any) -> None:
    assert law.log_density(x) == pytest.approx(float(theirs(x)), abs=1e-10)


OUTSIDE = [
    (Wishart(4.5, S), [[1, 2], [2, 1]]),
    (Dirichlet([1, 2, 3]), [0.2, 0.3, 0.6]),
    (Dirichlet([1, 2]), [1.2, -0.2]),
    (Multinomial(4, [0.2, 0.3, 0.5]), [1, 1, 1]),
    (Multinomial(4, [0.2, 0.3, 0.5]), [1.5, 0.5, 2]),
    (Categorical([0.2, 0.8]), [1, 1]),
    (VonMisesFisher([1, 0, 0], 2), [1, 1, 0]),
]


@pytest.mark.parametrize(("law", "x"), OUTSIDE)
def test_outside_the_support(law: Any, x: Any) -> None:
    assert law.log_density(x) == -np.inf


def test_points_of_another_shape() -> None:
    with pytest.raises(BadInput, match="a vector of 2 numbers"):
        MultivariateNormal([0, 0], ONE).log_density([1])
    with pytest.raises(BadInput, match="finite numbers"):
        MultivariateNormal([0, 0], ONE).log_density([NAN, 0])


def test_moments_entropy_and_draws() -> None:
    law = MultivariateNormal([1, 2], S)
    assert law.dimensions == {"d": 2}
    assert law.mean() == pytest.approx([1, 2]) and law.covariance() == pytest.approx(np.array(S))
    assert law.variance() == pytest.approx([2, 1])
    assert law.entropy() == pytest.approx(stats.multivariate_normal([1, 2], S).entropy())
    draws = law.sample(20_000, seed=3)
    assert draws.shape == (20_000, 2) and (draws == law.sample(20_000, seed=3)).all()
    assert np.abs(draws.mean(axis=0) - [1, 2]).max() < 0.07  # five standard errors
    scatter = Wishart(4.5, S)
    assert scatter.mean() == pytest.approx(stats.wishart(4.5, S).mean())
    assert scatter.variance() == pytest.approx(stats.wishart(4.5, S).var())
    assert scatter.sample(3, seed=1).shape == (3, 2, 2)
    assert LKJ(2, d=3).dimensions == {"d": 3}


def test_moments_that_do_not_exist() -> None:
    with pytest.raises(BadInput, match="nu > 1, where the mean exists"):
        MultivariateT(1, [0, 0], ONE).mean()
    assert MultivariateT(1.5, [0, 1], ONE).mean() == pytest.approx([0, 1])
    with pytest.raises(BadInput, match="nu > 2, where the covariance exists"):
        MultivariateT(1.5, [0, 1], ONE).covariance()
    with pytest.raises(BadInput, match="where the mean exists"):
        InverseWishart(3, ONE).mean()
    assert InverseWishart(4, ONE).mean() == pytest.approx(np.eye(2))


def test_what_is_not_stated() -> None:
    with pytest.raises(BadInput, match="a family with a map of noise"):
        VonMisesFisher([1, 0, 0], 2).sample(3, seed=0)
    with pytest.raises(BadInput, match="states its mode"):
        Dirichlet([1, 2]).mode()
