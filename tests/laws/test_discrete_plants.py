"""Discrete entries with a planted mistake each: every one is refuted, in words that name it; the right ones stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from sympy import binomial, exp, factorial, gamma, log, oo

from symrep.distributions import (
    Bernoulli,
    Binomial,
    DiscreteUniform,
    GammaPoisson,
    Geometric,
    GeometricTrials,
    Logarithmic,
    NegativeBinomial,
    Poisson,
    Zeta,
)
from symrep.distributions import discrete as d
from symrep.entry import Integers
from symrep.family import FAMILIES, Family
from symrep.laws.judging import judge_law, laws
from symrep.verdict import Status

SWAPPED = "p and 1 - p are exchanged: success for failure?"
RIGHT = ["Bernoulli", "Binomial", "Poisson", "Geometric", "GeometricTrials", "NegativeBinomial"]
k, j, p, r, lam, n = d.k, d.j, d.p, d.r, d.lam, d.n


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def planted(family: Family, **fields: Any) -> Family:
    return dataclasses.replace(family, name="Planted", **fields)


def found(family: Family, law: str) -> list[Any]:
    return list(judge_law(laws((law,))[0], family, 8.0))


PLANTS: dict[str, tuple[Family, dict[str, Any], str, str]] = {
    "a geometric law that starts at 1 with the pmf of one from 0": (
        Geometric,
        {"support": Integers(1, oo)},
        "mass",
        "is the support right? Over {0, …, oo}",
    ),
    "a geometric law from 0 with the pmf of one from 1": (
        GeometricTrials,
        {"support": Integers(0, oo)},
        "mass",
        "is the support right? Over {1, …, oo}",
    ),
    "trials counted for failures": (Geometric, {"mean": 1 / p}, "mean", "off by"),
    "failures and successes exchanged": (NegativeBinomial, {"mean": r * p / (1 - p)}, "mean", SWAPPED),
    "a variance of the successes": (NegativeBinomial, {"variance": r * p / (1 - p) ** 2}, "variance", SWAPPED),
    "a binomial coefficient with r for r - 1": (
        NegativeBinomial,
        {"pmf": gamma(k + r + 1) / (gamma(r + 1) * factorial(k)) * p**r * (1 - p) ** k},
        "mass",
        "sums to",
    ),
    "a Poisson without its normaliser": (Poisson, {"pmf": lam**k / factorial(k)}, "mass", "sums to exp(lambda)"),
    "a binomial sum to n - 1": (Binomial, {"support": Integers(0, n - 1)}, "mass", "is the support right?"),
    "a binomial coefficient upside down": (
        Binomial,
        {"pmf": binomial(n, k) * p ** (n - k) * (1 - p) ** k},
        "mean",
        SWAPPED,
    ),
    "a variance without 1 - p": (Binomial, {"variance": n * p}, "variance", "variance"),
    "an entropy in bits": (
        Bernoulli,
        {"entropy": -(p * log(p) + (1 - p) * log(1 - p)) / log(2)},
        "entropy",
        "bits",
    ),
    "a uniform law without the + 1": (DiscreteUniform, {"pmf": 1 / (d.high - d.low)}, "mass", "sums to"),
    "a rate for a scale": (GammaPoisson, {"mean": d.alpha * d.b}, "mean", "rate"),
    "a logarithmic pmf with its sign lost": (Logarithmic, {"pmf": p**j / (j * log(1 - p))}, "nonnegative", "negative"),
    "a zeta law from 2": (Zeta, {"support": Integers(2, oo)}, "mass", "is the support right"),
    "a divergence turned round": (
        Poisson,
        {
            "kl": (
                dataclasses.replace(Poisson.kl[0], other="Planted", value=d.lam_2 * log(d.lam_2 / lam) - d.lam_2 + lam),
            )
        },
        "divergence",
        "",
    ),
    "a cdf off by one": (Geometric, {"cdf": 1 - (1 - p) ** k}, "cdf", ""),
    "a score without its constant": (Poisson, {"score": {lam: k / lam}}, "score", ""),
    "exp(-k) for exp(-lambda)": (Poisson, {"pmf": lam**k * exp(-k) / factorial(k)}, "mass", ""),
}


@pytest.mark.parametrize("name", PLANTS)
def test_planted(name: str) -> None:
    family, changed, law, words = PLANTS[name]
    bad = [f for f in found(planted(family, **changed), law) if f.status is Status.REFUTED]
    assert bad, [(f.what, f.status, f.message) for f in found(planted(family, **changed), law)]
    assert any(words in f.message for f in bad), [f.message for f in bad]


@pytest.mark.parametrize("law", ["mass", "mean", "variance", "entropy"])
@pytest.mark.parametrize("name", RIGHT)
def test_right(name: str, law: str) -> None:
    for f in found(FAMILIES[name], law):
        assert f.status is Status.PROVED, (f.what, f.message)
