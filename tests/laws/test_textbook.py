"""Textbook laws that are not in the catalogue, each with slips found in print, or usual: all are named. Wrong first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sympy import EulerGamma, Rational, S, atan, cos, erfc, exp, factorial, gamma, log, pi, sin, sqrt

from symrep import (
    Interval,
    KullbackLeibler,
    PositiveReals,
    Reals,
    UnitInterval,
    positive,
    positive_line,
    real,
    real_line,
    unit,
)
from symrep.entry import Integers, unit_interval
from symrep.family import FAMILIES, Family, collecting
from symrep.laws import density, judge_family
from symrep.laws.numbers import points
from symrep.symbols import positive_integer
from symrep.verdict import Status

x, mu = real("x mu")
al, be, s, s2, nu = positive("alpha beta s s_2 nu")
u, p, rho = unit("u p rho")
k = positive_integer("k")


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(density, "_WORDS", 1.0)  # what is named here is seen at once
    before = dict(FAMILIES)
    with collecting():
        yield
    FAMILIES.clear()
    FAMILIES.update(before)


#: name -> a right entry
RIGHT: Mapping[str, dict[str, Any]] = {
    "ToppLeone": {
        "variable": x,
        "support": UnitInterval,
        "parameters": {nu: positive_line(role="shape")},
        "density": 2 * nu * x ** (nu - 1) * (1 - x) * (2 - x) ** (nu - 1),
        "cdf": x**nu * (2 - x) ** nu,
        "quantile": 1 - sqrt(1 - u ** (1 / nu)),
        "mean": 1 - 4**nu * gamma(nu + 1) ** 2 / gamma(2 * nu + 2),
    },
    "InverseRayleigh": {
        "variable": x,
        "support": PositiveReals,
        "parameters": {s: positive_line(role="scale")},
        "density": 2 * s**2 / x**3 * exp(-(s**2) / x**2),
        "cdf": exp(-(s**2) / x**2),
        "mean": s * sqrt(pi),
        "mode": s * sqrt(Rational(2, 3)),
        "entropy": log(s / 2) + 1 + 3 * EulerGamma / 2,
        "score": {s: 2 / s - 2 * s / x**2},
        "kl": (KullbackLeibler("InverseRayleigh", (s2,), 2 * log(s / s2) + s2**2 / s**2 - 1),),
    },
    "LogCauchy": {
        "variable": x,
        "support": PositiveReals,
        "parameters": {mu: real_line(), s: positive_line()},
        "density": s / (pi * x * ((log(x) - mu) ** 2 + s**2)),
        "cdf": Rational(1, 2) + atan((log(x) - mu) / s) / pi,
    },
    "Slash": {
        "variable": x,
        "support": Reals,
        "parameters": {s: positive_line(role="scale")},
        "density": s * (1 - exp(-(x**2) / (2 * s**2))) / (sqrt(2 * pi) * x**2),
    },
    "Cardioid": {
        "variable": x,
        "support": Interval(-pi, pi),
        "parameters": {mu: real_line(), rho: unit_interval(typical=(0.1, 0.45))},
        "constraints": (rho < Rational(1, 2),),
        "density": (1 + 2 * rho * cos(x - mu)) / (2 * pi),
        "cdf": Rational(1, 2) + x / (2 * pi) + rho * (sin(x - mu) - sin(mu)) / pi,
    },
    "LinearFailureRate": {
        "variable": x,
        "support": PositiveReals,
        "parameters": {al: positive_line(), be: positive_line()},
        "density": (al + be * x) * exp(-al * x - be * x**2 / 2),
        "cdf": 1 - exp(-al * x - be * x**2 / 2),
        "mean": sqrt(pi / (2 * be)) * exp(al**2 / (2 * be)) * erfc(al / sqrt(2 * be)),
    },
    "Borel": {
        "variable": k,
        "support": Integers(1, S.Infinity),
        "parameters": {p: unit_interval(typical=(0.1, 0.8))},
        "pmf": exp(-p * k) * (p * k) ** (k - 1) / factorial(k),
        "mean": 1 / (1 - p),
        "variance": p / (1 - p) ** 3,
    },
}

#: (entry, what is changed, the law that refutes it, words that name it)
PLANTS: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    # the exponent 2 - 2x, as a much copied page has it
    ("ToppLeone", {"density": nu ** (2 - 2 * x) * (2 * x - x**2) ** (nu - 1)}, "mass", "does not integrate to 1"),
    ("ToppLeone", {"quantile": 1 - sqrt(1 - u**nu)}, "quantile", "nu"),
    ("InverseRayleigh", {"entropy": log(s / 2) + 1 - 3 * EulerGamma / 2}, "entropy", "EulerGamma"),
    ("InverseRayleigh", {"score": {s: 2 / s - s / x**2}}, "score", "2"),
    (
        "InverseRayleigh",
        {"kl": (KullbackLeibler("InverseRayleigh", (s2,), 2 * log(s2 / s) + s**2 / s2**2 - 1),)},
        "divergence",
        "the other way",
    ),
    ("LogCauchy", {"density": s / (pi * ((log(x) - mu) ** 2 + s**2))}, "mass", "Jacobian"),
    ("LogCauchy", {"cdf": Rational(1, 2) - atan((log(x) - mu) / s) / pi}, "cdf", "wrong tail"),
    ("Cardioid", {"constraints": (), "parameters": {mu: real_line(), rho: unit_interval()}}, "nonnegative", "negative"),
    (
        "Cardioid",
        {"cdf": Rational(1, 2) + x / (2 * pi) + rho * (sin(x - mu) - sin(mu)) / (2 * pi)},
        "cdf",
        "rho stands where 2*rho should",
    ),
    (
        "LinearFailureRate",
        {"density": (al + 2 * be * x) * exp(-al * x - be * x**2 / 2)},
        "mass",
        "does not integrate to 1",
    ),
    ("LogCauchy", {"mean": exp(mu)}, "mean", "the law has no mean"),
    ("Slash", {"mean": S.Zero}, "mean", "the law has no mean"),
    ("Slash", {"variance": s**2}, "variance", "the law has no variance"),
    ("Slash", {"density": (1 - exp(-(x**2) / (2 * s**2))) / (sqrt(2 * pi) * x**2)}, "mass", "wrong by 1/s"),
    ("Borel", {"mean": 1 / p}, "mean", "p and 1 - p are exchanged"),
    ("Borel", {"pmf": exp(-p * k) * (p * k) ** k / factorial(k)}, "mass", "p/(1 - p)"),
)


@pytest.mark.parametrize(("name", "changed", "law", "says"), PLANTS, ids=[f"{n}-{w}" for n, _, w, _ in PLANTS])
def test_planted(name: str, changed: dict[str, Any], law: str, says: str) -> None:
    found = list(judge_family(Family(name=name, **{**RIGHT[name], **changed}), [law], 6.0))
    refuted = [f for f in found if f.status is Status.REFUTED]
    assert refuted, [(f.what, f.status.name, f.message) for f in found]
    assert any(says in f.message for f in refuted), [f.message for f in refuted]


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_right(name: str) -> None:
    laws = ("nonnegative", "mass", "cdf", "mean", "variance", "entropy", "mode", "score", "divergence")
    found = list(judge_family(Family(name=name, **RIGHT[name]), laws, 8.0))
    assert not [(f.law, f.what, f.message) for f in found if f.status is Status.REFUTED]
    assert {f.law for f in found if f.status in (Status.PROVED, Status.SUPPORTED)} & {"mass", "cdf"}


def test_the_one_change_that_makes_a_density_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(density, "_WORDS", 60.0)
    wrong = {"density": (al + 2 * be * x) * exp(-al * x - be * x**2 / 2)}
    family = Family(name="LinearFailureRate", **{**RIGHT["LinearFailureRate"], **wrong})
    assert "2 stands where 1 should" in density._edited(family, points(family, 4))
