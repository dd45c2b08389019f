"""Draws against distribution functions: planted wrong samplers, and both error rates as they are stated."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from laws.apart import apart
from sympy import Abs, Eq, cos, exp, log, pi, sqrt

from symrep import BadInput
from symrep.distribution import Family, Pathwise, Reals, real_line
from symrep.distributions import ChiSquared, Exponential, Laplace, LogNormal, Normal, Pareto, Uniform, Weibull
from symrep.family import FAMILIES
from symrep.laws.judging import judge_law, laws
from symrep.laws.samples import ALPHA, DETECTED, LEVELS, SIZE, SUITE_ALPHA, TESTS, alarm, epsilon
from symrep.symbols import positive, real, unit
from symrep.verdict import Reason, Status

u, v = unit("u"), unit("v")
e = positive("e")
z = real("z")
PHI = NormalDist()
UNIFORM = ("Uniform", (0, 1))


@pytest.fixture(autouse=True)
def _apart() -> Iterator[None]:
    with apart():
        yield


def found(family: Family) -> list[Any]:
    (law,) = laws(["samples"])
    return list(judge_law(law, family, 20.0))


def with_path(family: Family, *ways: Pathwise) -> Family:
    return replace(family, pathwise=ways)


def parameters(family: Family) -> tuple[Any, ...]:
    return tuple(family.parameters)


# --- must fail ----------------------------------------------------------------------------------------------------

lam, mu, sigma = *parameters(Exponential), *parameters(Normal)

with apart():  # under names that are taken
    PLANTED = {
        "scale for rate": with_path(Exponential, Pathwise(e, ("Exponential", (1,)), lam * e)),
        "sign of the logarithm": with_path(Exponential, Pathwise(u, UNIFORM, log(1 - u) / lam)),
        "variance for standard deviation": with_path(Normal, Pathwise(z, ("Normal", (0, 1)), mu + sigma**2 * z)),
        "a radius without its 2": with_path(
            Normal, Pathwise((u, v), (UNIFORM, UNIFORM), mu + sigma * sqrt(-log(u)) * cos(2 * pi * v))
        ),
        "one half only": with_path(Normal, Pathwise(z, ("Normal", (0, 1)), mu + sigma * Abs(z))),
        "another base": with_path(Normal, Pathwise(z, ("Uniform", (-2, 2)), mu + sigma * z)),
        "a wrong distribution function": replace(
            Normal, cdf=(1 + (Normal.variable - mu) / sqrt(1 + (Normal.variable - mu) ** 2)) / 2
        ),
        "an exponential forgotten": with_path(LogNormal, Pathwise(z, ("Normal", (0, 1)), mu + sigma * z)),
    }  # fmt: skip


@pytest.mark.parametrize("words", PLANTED)
def test_planted(words: str) -> None:
    (f,) = found(PLANTED[words])[:1]
    assert f.status is Status.REFUTED and f.verdict.reason is Reason.NOT_PUSHFORWARD
    data = f.verdict.evidence[0].data
    assert data["alpha"] == ALPHA and data["rigorous"] is False and data["distance"] > epsilon(SIZE, ALPHA)
    assert "the share up to" in f.message and f.verdict.witness is not None


def test_draws_that_are_none() -> None:
    with pytest.raises(BadInput, match="1 of 3 that are not"):
        alarm([0.0, 1.0, math.nan], PHI.cdf)


def test_noise_that_cannot_be_drawn(monkeypatch: Any) -> None:
    bare = replace(Laplace, name="Bare", pathwise=(), quantile=None, scipy=None)
    monkeypatch.setitem(FAMILIES, "Bare", bare)
    (f,) = found(with_path(Normal, Pathwise(z, ("Bare", (0, 1)), mu + sigma * z)))
    assert f.status is Status.UNDECIDED and "can be drawn" in f.message


# --- the rates ----------------------------------------------------------------------------------------------------


def shift_of_distance(d: float) -> float:
    """N(s, 1) and N(0, 1) are 2Φ(s/2) − 1 apart."""
    return 2 * PHI.inv_cdf((1 + d) / 2)


@pytest.mark.parametrize("alpha", [0.05, 0.3])
def test_false_alarms(alpha: float) -> None:
    n, tries = 2000, 400
    sizes = [alarm(np.random.default_rng(k).standard_normal(n), PHI.cdf).size for k in range(tries)]
    assert all(s > 0 for s in sizes)
    assert sum(s > epsilon(n, alpha) for s in sizes) <= alpha * tries + 4 * math.sqrt(alpha * tries)
    assert any(s > epsilon(n, 1.9) for s in sizes)  # with next to no threshold it does fire


@pytest.mark.parametrize("n", [2000, 20_000])
def test_misses(n: int) -> None:
    """At the distance that is stated to be found with probability 1 − β, and at ten times the false-alarm rate."""
    beta, alpha, tries = 0.01, 1e-6, 200
    seen = epsilon(n, alpha) + math.sqrt(math.log(1 / beta) / (2 * n)) + 1 / (LEVELS + 1)
    s = shift_of_distance(seen)
    sizes = [alarm(np.random.default_rng(k).standard_normal(n) + s, PHI.cdf).size for k in range(tries)]
    missed = sum(not size > epsilon(n, alpha) for size in sizes)
    assert missed <= beta * tries + 4 * math.sqrt(beta * tries)


def test_what_is_detected() -> None:
    assert DETECTED < 0.03 and pytest.approx(SUITE_ALPHA) == ALPHA * TESTS and SUITE_ALPHA <= 1e-9
    draws = np.random.default_rng(3).standard_normal(SIZE)
    assert alarm(draws + shift_of_distance(DETECTED), PHI.cdf).size > epsilon(SIZE, ALPHA)
    assert alarm(draws, PHI.cdf).size < epsilon(SIZE, ALPHA)


def test_the_catalogue_is_within_the_budget() -> None:
    assert sum(2 * max(1, len(f.pathwise)) for f in FAMILIES.values()) <= TESTS


def test_half_of_the_levels() -> None:
    """A distribution function that gives up leaves wider gaps: more has to be wrong to be seen, or nothing is said."""
    draws = np.random.default_rng(3).standard_normal(SIZE)
    for most, said in ((99, True), (40, True), (12, True), (4, False)):
        asked: list[float] = []

        def cdf(x: float, most: int = most, asked: list[float] = asked) -> float:
            asked.append(x)
            return PHI.cdf(x) if len(asked) <= most else math.nan

        found = alarm(draws, cdf)
        assert math.isnan(found.size) is not said
        assert most == 99 or found.detects > DETECTED


def test_rounded_draws_are_no_evidence() -> None:
    """Tiny draws that underflow to 0, and large ones that are rounded to the end of the support."""
    tiny = np.random.default_rng(1).uniform(size=4000) ** 2000

    def cdf(x: float) -> float:
        return x ** (1 / 2000) if x > 0 else 0.0

    assert not alarm(tiny, cdf, ends=(0.0, 1.0)).size > epsilon(4000, 1e-9)
    top = 1 / (1 + np.exp(-30 * np.random.default_rng(1).standard_normal(4000)))
    assert (
        not alarm(top, lambda x: PHI.cdf(math.log(x / (1 - x)) / 30) if 0 < x < 1 else x, ends=(0.0, 1.0)).size > 0.05
    )


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", [Normal, Exponential, Weibull, Pareto, Uniform, LogNormal], ids=lambda f: f.name)
def test_supported(family: Family) -> None:
    answers = found(family)
    assert len(answers) == len(family.pathwise)
    assert Status.REFUTED not in {f.status for f in answers}
    best = max(answers, key=lambda f: f.status)
    assert best.status is Status.SUPPORTED and best.verdict.evidence[0].data["detects"] <= DETECTED + 1e-3


def test_two_noises() -> None:
    way = Pathwise((u, v), (UNIFORM, UNIFORM), mu + sigma * sqrt(-2 * log(u)) * cos(2 * pi * v), kind="composition")
    assert [f.status for f in found(with_path(Normal, way))] == [Status.SUPPORTED]
    m, s = parameters(Laplace)
    a, b = positive("e1"), positive("e2")
    apart = Pathwise((a, b), (("Exponential", (1,)), ("Exponential", (1,))), m + s * (a - b), kind="composition")
    assert [f.status for f in found(with_path(Laplace, apart))] == [Status.SUPPORTED]


def test_maps_stated_for_one_value_of_a_parameter() -> None:
    (nu,) = ChiSquared.parameters
    a, b = real("e_1 e_2")
    normals = (("Normal", (0, 1)), ("Normal", (0, 1)))
    two = Pathwise((a, b), normals, a**2 + b**2, kind="composition", given=(Eq(nu, 2),))
    slip = Pathwise((a, b), normals, a**2 + b**2, kind="composition", given=(Eq(nu, 1),))
    assert [f.status for f in found(with_path(ChiSquared, two, slip))] == [Status.SUPPORTED, Status.REFUTED]


def test_without_a_distribution_function() -> None:
    bare = Family("Bare", real("x"), Reals, {mu: real_line()}, density=exp(-((real("x") - mu) ** 2)) / sqrt(pi),
                  pathwise=(Pathwise(z, ("Normal", (0, 1)), mu + z / sqrt(2)),))  # fmt: skip
    assert [f.status for f in found(bare)] == [Status.SUPPORTED]
    wrong = replace(bare, name="Bare2", pathwise=(Pathwise(z, ("Normal", (0, 1)), mu + z),))
    assert [f.status for f in found(wrong)] == [Status.REFUTED]


def test_deterministic() -> None:
    first, second = (found(Exponential)[0].verdict.to_json() for _ in range(2))
    assert first == second
