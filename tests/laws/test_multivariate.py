"""Laws of vectors and matrices: planted mistakes are named first, then the catalogue stands, where it says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import sympy as sp

import symrep.distributions.multivariate as entries
from symrep.checks.faults import Unevaluable
from symrep.distributions import relaxed
from symrep.errors import BadInput
from symrep.laws.judging import judge_law, laws
from symrep.laws.matrix_numbers import ALPHA, _stage
from symrep.multivariate.at import NUMBERS, SYMBOLS, at
from symrep.multivariate.draws import parameters, sample
from symrep.multivariate.entry import MULTIVARIATE, NUMBER, MultivariateFamily, Noise
from symrep.multivariate.words import log_gamma_of
from symrep.verdict import Status

d, n, m = entries.d, entries.n, entries.m


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(MULTIVARIATE)
    yield
    MULTIVARIATE.clear()
    MULTIVARIATE.update(before)


def changed(family: MultivariateFamily, **fields: Any) -> MultivariateFamily:
    MULTIVARIATE.pop(family.name)
    return dataclasses.replace(family, **fields)


def found(family: MultivariateFamily, *names: str, seconds: float = 8.0) -> list[Any]:
    return [f for law in laws(names) for f in judge_law(law, family, seconds)]


def path_of(family: MultivariateFamily, **fields: Any) -> Any:
    return (dataclasses.replace(family.pathwise[0], **fields),)


MVN, W, IW, DIR, CON = (
    entries.MultivariateNormal,
    entries.Wishart,
    entries.InverseWishart,
    entries.Dirichlet,
    relaxed.Concrete,
)
Sigma, V, X, x, nu = entries.Sigma, entries.V, entries.X, entries.x, entries.nu
log_det = entries._log_det
alpha, tau = relaxed.alpha, relaxed.tau
TOTAL = entries.sum_over(entries.i, d, entries.alpha[entries.i, 0])
MAPS = ["MultivariateNormal", "Elliptical", "Wishart", "InverseWishart", "Dirichlet", "MatrixNormal"]

#: (a planted mistake, laws that have to see it, words in which it is named)
PLANTS: dict[str, tuple[Any, tuple[str, ...], str]] = {
    "a determinant without its square root": (
        lambda: changed(MVN, log_density=MVN.log_density - log_det(Sigma) / 2),
        ("map of noise",),
        "by 1/2 log det Sigma: a lost log det, or Sigma where its square root is meant",
    ),
    "a lost log det": (
        lambda: changed(MVN, log_density=MVN.log_density + log_det(Sigma) / 2),
        ("mass on a line",),
        "large by 1/2 log det Sigma",
    ),
    "a lost log det, by SciPy": (
        lambda: changed(MVN, log_density=MVN.log_density + log_det(Sigma) / 2),
        ("density against SciPy",),
        "large by 1/2 log det Sigma",
    ),
    "2 pi to the power 1, whatever d is": (
        lambda: changed(MVN, log_density=MVN.log_density + (d - 1) * sp.log(2 * sp.pi) / 2),
        ("map of noise",),
        "log(2 pi)",
    ),
    "the path is Sigma eps": (
        lambda: changed(MVN, pathwise=path_of(MVN, path=entries.mu + Sigma * entries.eps)),
        ("map of noise",),
        "the log density or its map is wrong",
    ),
    "an entropy without d": (
        lambda: changed(MVN, entropy=(1 + sp.log(2 * sp.pi)) / 2 + log_det(Sigma) / 2),
        ("samples of the map",),
        "entropy",
    ),
    "Bartlett with nu - i degrees": (
        lambda: changed(W, pathwise=path_of(W, noises=(Noise(entries.A, "bartlett", nu - NUMBER),))),
        ("map of noise",),
        "log density or its map",
    ),
    "Bartlett with nu degrees in every row": (
        lambda: changed(W, pathwise=path_of(W, noises=(Noise(entries.A, "bartlett", nu),))),
        ("map of noise",),
        "log density or its map",
    ),
    "the exponent of the inverse Wishart without its Jacobian": (
        lambda: changed(IW, log_density=IW.log_density + (d + 1) * log_det(X)),
        ("map of noise", "mass on a line"),
        "log density",
    ),
    "the mean of an inverse Wishart over nu": (
        lambda: changed(IW, mean=entries.Psi / nu),
        ("moments on a line",),
        "the mean",
    ),
    "a Wishart that forgets the dimension in its gamma function": (
        lambda: changed(W, log_density=W.log_density + log_gamma_of(nu / 2, d) - d * sp.loggamma(nu / 2)),
        ("map of noise",),
        "log density",
    ),
    "a Dirichlet without its normaliser": (
        lambda: changed(DIR, log_density=DIR.log_density - sp.loggamma(TOTAL)),
        ("map of noise",),
        "log density",
    ),
    "the power n - 1 in the Concrete": (
        lambda: changed(
            CON,
            log_density=CON.log_density
            + sp.log(relaxed.sum_over(relaxed.i, relaxed.d, alpha[relaxed.i, 0] * relaxed.x[relaxed.i, 0] ** (-tau))),
        ),
        ("map of noise",),
        "log density",
    ),
    "the determinants of a matrix normal exchanged": (
        lambda: changed(
            entries.MatrixNormal,
            log_density=entries.MatrixNormal.log_density + (m - n) * (log_det(entries.R) - log_det(entries.K)) / 2,
        ),
        ("density against SciPy",),
        "SciPy's log density is another",
    ),
    "Sigma as the covariance of a t": (
        lambda: changed(entries.MultivariateT, covariance=entries.Sigma),
        ("moments on a line",),
        "the covariance",
    ),
}


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_mistake_is_named(name: str) -> None:
    make, names, words = PLANTS[name]
    if any("SciPy" in law for law in names):
        pytest.importorskip("scipy")
    bad = [f for f in found(make(), *names) if f.status is Status.REFUTED]
    assert bad, "nothing refuted"
    assert any(words in f.message for f in bad), [f.message for f in bad]


def test_formulas_with_foreign_symbols_are_refused() -> None:
    with pytest.raises(BadInput, match="name already taken"):
        dataclasses.replace(MVN, log_density=MVN.log_density + 1)
    with pytest.raises(BadInput, match="also \\['eta'\\]"):
        changed(MVN, log_density=MVN.log_density + entries.eta)
    with pytest.raises(BadInput, match="normal, spherical"):
        Noise(entries.eps, "cauchy")


def test_what_has_no_value_is_refused() -> None:
    for e in (entries.mu, entries.nu, sp.besselj(1, entries.nu)):
        with pytest.raises(BadInput):
            at(e, {}, NUMBERS)
    with pytest.raises(BadInput):
        at(sp.erf(entries.nu), {entries.nu: 1.0}, NUMBERS)
    with pytest.raises(BadInput):
        at(sp.Identity(d), {}, SYMBOLS)


@pytest.mark.parametrize(
    "name", ["MultivariateNormal", "Elliptical", "Wishart", "InverseWishart", "Dirichlet", "MatrixNormal"]
)
def test_maps_are_proved_at_small_dimensions(name: str) -> None:
    said = found(MULTIVARIATE[name], "map of noise")
    assert said and all(f.status is Status.PROVED for f in said), [(f.what, f.message) for f in said]
    assert all("at " in f.what for f in said)  # never for all dimensions


def test_a_map_that_is_no_bijection_has_no_log_det() -> None:
    for family in (entries.LowRankNormal, entries.MultivariateT):
        assert "LOTUS" in family.pathwise[0].not_injective
        assert found(family, "map of noise") == []


def test_scipy_agrees() -> None:
    pytest.importorskip("scipy")
    for name, family in sorted(MULTIVARIATE.items()):
        for f in found(family, "density against SciPy", "numbers of SciPy"):
            assert f.status is Status.SUPPORTED, (name, f.what, f.message)


def test_lines_of_the_normal_laws_are_proved() -> None:
    for name in ("MultivariateNormal", "MultivariateNormalCholesky", "MatrixNormal", "Wishart"):
        for f in found(MULTIVARIATE[name], "mass on a line", "moments on a line", "divergence on a line"):
            assert f.status is Status.PROVED, (name, f.what, f.message)


def test_a_sample_rarely_cries_wolf_and_sees_what_it_promises() -> None:
    """On null data the first stage fires as often as it says; an effect of the size it states is seen."""
    family, rng = entries.MultivariateNormal, np.random.default_rng(3)
    values = parameters(family, {d: 2}, rng)
    alpha, fired = 0.05, 0
    for _ in range(200):
        xs = sample(family.pathwise[0], values, rng, 4000)
        with suppress(Unevaluable):  # tails that look heavy by chance: no statement
            fired += _stage(family, values, xs, "mean", alpha)[0]
    assert fired <= 24  # P[Binomial(200, 0.05) > 24] < 1e-4; α is divided among the coordinates
    xs = sample(family.pathwise[0], values, rng, 100_000)
    sd = float(np.sqrt(values[Sigma][0, 0]))
    off = {**values, entries.mu: values[entries.mu] + np.array([[0.04 * sd], [0.0]])}
    assert _stage(family, off, xs, "mean", ALPHA[1])[0]


def test_a_law_of_matrices_says_nothing_of_numbers_and_the_other_way_round() -> None:
    from symrep.distributions import Normal

    assert [f for law in laws(("map of noise", "mass on a line")) for f in judge_law(law, Normal)] == []
    (law,) = laws(("mass",))
    assert list(judge_law(law, entries.Wishart)) == []


def test_correlations_of_a_wishart_matrix_with_other_degrees_of_freedom_are_refuted() -> None:
    noise = Noise(entries.A, "bartlett", 2 * entries.eta + entries.d + 1 - entries.NUMBER)
    (way,) = entries.LKJ.pathwise
    wrong = changed(entries.LKJ, pathwise=(dataclasses.replace(way, noises=(noise,)),))
    statuses = {f.what: f.status for f in found(wrong, "samples of the map")}
    assert statuses == {"mean of the samples": Status.SUPPORTED, "variance of the samples": Status.REFUTED}
    assert {f.status for f in found(entries.LKJ, "samples of the map")} == {Status.SUPPORTED}
