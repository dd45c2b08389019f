"""The list of Kingma & Welling (2013), section 2.4: every name is there, with the kind of map it is listed under."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np
import pytest
import scipy.special as special
import scipy.stats as stats
import sympy as sp

import symrep.distributions
from symrep.family import FAMILIES, Family

INVERSE = "Exponential Cauchy Logistic Rayleigh Pareto Weibull Reciprocal Gompertz Gumbel Erlang".split()
SCALED = "Laplace Elliptical StudentT Logistic Uniform Triangular Normal".split()
COMPOSED = "LogNormal Gamma Dirichlet Beta ChiSquared F".split()
VECTORS = ("Elliptical", "Dirichlet")
LINE = sorted({*INVERSE, *SCALED, *COMPOSED} - {*VECTORS})


def kinds(family: Family) -> set[str]:
    return {way.kind_or_seen() for way in family.ways} | ({"implicit"} if family.cdf is not None else set())


def reaches(family: Family) -> dict[str, set[str]]:
    """Kind of map -> the parameters some map of that kind reparameterises: those not left in the law of the noise."""
    out: dict[str, set[str]] = {}
    for way in family.ways:
        left = {s for _, values in way.bases for v in values for s in sp.sympify(v).free_symbols}
        moved = {str(s) for s in family.parameters if s not in left and sp.sympify(way.path).has(s)}
        out.setdefault(way.kind_or_seen(), set()).update(moved)
    return out


def test_twenty_two_names() -> None:
    assert len(INVERSE) + len(SCALED) + len(COMPOSED) == 23
    assert len({*INVERSE, *SCALED, *COMPOSED}) == 22
    assert set(LINE) <= set(symrep.distributions.__all__)


def test_vectors_are_there() -> None:
    if importlib.util.find_spec("symrep.distributions.multivariate") is None:
        pytest.skip("Elliptical and Dirichlet are multivariate")
    assert all(hasattr(symrep.distributions, name) for name in VECTORS)


@pytest.mark.parametrize("name", [n for n in INVERSE if n != "Erlang"])
def test_inverse_distribution_functions(name: str) -> None:
    family = FAMILIES[name]
    assert "inverse CDF" in kinds(family)
    assert reaches(family)["inverse CDF"] == {str(s) for s in family.parameters}


@pytest.mark.parametrize("name", [n for n in SCALED if n not in VECTORS])
def test_location_scale(name: str) -> None:
    assert "location-scale" in kinds(FAMILIES[name])


@pytest.mark.parametrize("name", [n for n in COMPOSED if n not in VECTORS])
def test_compositions(name: str) -> None:
    assert "composition" in kinds(FAMILIES[name])


# --- the four traps -----------------------------------------------------------------------------------------------


def test_trap_the_uniform_noise_is_a_number() -> None:
    """U(0, I) has to read U(0, 1): one uniform number for each coordinate."""
    for name in INVERSE:
        for way in FAMILIES[name].ways:
            if way.kind_or_seen() == "inverse CDF":
                assert [(n, tuple(map(int, v))) for n, v in way.bases] == [("Uniform", (0, 1))]


def test_trap_erlang_has_no_elementary_inverse() -> None:
    """A composition; for k = 2 the inverse takes the branch −1 of Lambert's W, for larger k nothing of the kind."""
    erlang = FAMILIES["Erlang"]
    assert erlang.quantile is None
    assert kinds(erlang) >= {"composition", "implicit"}
    assert "inverse CDF" not in kinds(erlang)
    u, rate = np.array([0.03, 0.4, 0.97]), 1.7
    lower = -(1 + special.lambertw((u - 1) / np.e, -1).real) / rate
    assert np.allclose(stats.erlang(2, scale=1 / rate).ppf(u), lower, rtol=1e-12)
    principal = -(1 + special.lambertw((u - 1) / np.e, 0).real) / rate  # the branch 0 leads out of the support
    assert np.all(principal < 0)


def test_trap_gamma_is_a_sum_of_exponentials_for_integer_shapes_only() -> None:
    gamma = FAMILIES["Gamma"]
    shape, rate = gamma.parameters
    for way in gamma.ways:
        if way.kind_or_seen() == "composition":
            assert any(g.has(shape) for g in way.given)
    assert reaches(gamma).get("location-scale") == {str(rate)}
    assert "implicit" in kinds(gamma)


def test_trap_location_scale_does_not_reach_every_parameter() -> None:
    assert reaches(FAMILIES["StudentT"])["location-scale"] == {"mu", "sigma"}
    assert all("nu" not in moved for moved in reaches(FAMILIES["StudentT"]).values())
    triangular = FAMILIES["Triangular"]
    (way,) = (w for w in triangular.ways if w.kind_or_seen() == "location-scale")
    low, mode, high = triangular.parameters
    ((_, values),) = way.bases
    assert sp.simplify(values[1] - (mode - low) / (high - low)) == 0  # the relative mode stays in the noise
    assert reaches(triangular)["inverse CDF"] == {"l", "m", "h"}


def test_wrong_kinds_are_seen() -> None:
    """What the list says, taken literally, fails here."""
    x: Any = FAMILIES["Erlang"]
    assert kinds(x) != {"inverse CDF"}
    assert reaches(FAMILIES["Gamma"])["location-scale"] != {"alpha", "beta"}
    assert "location-scale" not in kinds(FAMILIES["LogNormal"])
