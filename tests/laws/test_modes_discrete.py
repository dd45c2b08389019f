"""Modes on the integers by ratios of neighbours, and modes beyond the ends. What must not pass comes first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from sympy import Piecewise, Rational, S, ceiling, floor

import symrep.distributions as d
from symrep.family import FAMILIES, Family
from symrep.laws import judge_family
from symrep.verdict import Status

GOOD = {Status.PROVED, Status.SUPPORTED}


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def judged(base: Family, **fields: Any) -> list[tuple[Status, str]]:
    FAMILIES.pop("Planted", None)
    family = dataclasses.replace(base, name="Planted", **fields)
    return [(f.status, f.message) for f in judge_family(family, ["mode"], 8.0)]


lam = next(iter(d.Poisson.parameters))
(p,) = d.Bernoulli.parameters
n, q = d.Binomial.parameters
alpha, beta = d.Gamma.parameters

WRONG = {
    "no floor": (d.Poisson, {"mode": lam}, "is a floor missing?"),
    "one too high": (d.Poisson, {"mode": floor(lam) + 1}, ""),
    "one too low, and so below 0 at times": (d.Poisson, {"mode": floor(lam) - 1}, "outside of the support"),
    "the upper whole number": (d.Poisson, {"mode": ceiling(lam)}, ""),
    "(n p), not ((n + 1) p)": (d.Binomial, {"mode": floor(n * q)}, ""),
    "beyond n": (d.Binomial, {"mode": floor((n + 2) * q)}, "outside of the support"),
    "1 for 0": (d.Geometric, {"mode": S.One}, ""),
    "the cases exchanged": (d.Bernoulli, {"mode": Piecewise((S.One, p < Rational(1, 2)), (S.Zero, True))}, ""),
    # below the support a density falls beyond any point, and there is nothing it has to rise on
    "a Gamma law's without its condition": (d.Gamma, {"conditions": {}}, "is a condition on the parameters missing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_no_mode(name: str) -> None:
    base, fields, says = WRONG[name]
    refuted = [m for s, m in judged(base, **fields) if s is Status.REFUTED]
    assert refuted
    assert any(says in m for m in refuted)


RIGHT = {
    "Poisson": (d.Poisson, {}),
    "Poisson, the lower of two": (d.Poisson, {"mode": ceiling(lam) - 1, "conditions": {"mode": lam > 0}}),
    "Binomial": (d.Binomial, {"mode": floor((n + 1) * q)}),
    "Bernoulli": (d.Bernoulli, {}),
    "Geometric": (d.Geometric, {}),
    "Gamma": (d.Gamma, {}),
}


@pytest.mark.parametrize("name", RIGHT)
def test_mode(name: str) -> None:
    base, fields = RIGHT[name]
    found = judged(base, **fields)
    assert found
    assert {s for s, _ in found} == {Status.PROVED}


def test_a_case_that_is_not_read_is_not_left_out() -> None:
    """A mode in pieces one of which has no simple condition: the whole is asked for, and wrong pieces are seen."""
    from sympy import And, Or

    odd = Or(p < Rational(1, 4), And(p > Rational(1, 3), p < Rational(1, 2)))
    found = judged(d.Bernoulli, mode=Piecewise((S.One, odd), (S.Zero, p < Rational(1, 2)), (S.One, True)))
    assert not all(s in GOOD for s, _ in found)
