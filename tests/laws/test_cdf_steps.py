"""The limit of a cdf over the integers by its steps, its start and the mass. What must not pass comes first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
import sympy as sp

from symrep.distributions import Poisson
from symrep.entry import Integers, positive_integers
from symrep.family import FAMILIES, Family, collecting
from symrep.laws import judge_family
from symrep.symbols import positive_integer
from symrep.verdict import Status


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def goes_to_one(family: Family) -> Status:
    (status,) = [f.status for f in judge_family(family, ["cdf"], 10.0) if f.what == "the cdf goes to 1"]
    return status


@pytest.mark.parametrize(
    "fields",
    [
        {"cdf": Poisson.cdf / 2},
        {"cdf": 2 * Poisson.cdf, "pmf": 2 * Poisson.pmf},  # the steps are right and the mass is 2
        {"cdf": 1 - Poisson.cdf},
    ],
    ids=["half", "mass two", "wrong tail"],
)
def test_a_cdf_that_goes_elsewhere(fields: dict[str, Any]) -> None:
    assert goes_to_one(dataclasses.replace(Poisson, name="Planted", **fields)) not in (Status.PROVED, Status.SUPPORTED)


def _first_digits(**changed: Any) -> Status:
    """The law of first digits in base n + 1, whose sum has no name that is found: the mass by the steps of the cdf."""
    k, n = positive_integer("k"), positive_integer("n")
    fields = {
        "support": Integers(1, n),
        "pmf": sp.log(1 + 1 / k) / sp.log(n + 1),
        "cdf": sp.log(1 + k) / sp.log(n + 1),
        **changed,
    }
    with collecting():
        family = Family(name="Digits", variable=k, parameters={n: positive_integers(typical=(5, 12))}, **fields)
    (status,) = [f.status for f in judge_family(family, ["mass"], 10.0)]
    return status


def test_the_mass_up_to_an_end() -> None:
    k, n = positive_integer("k"), positive_integer("n")
    assert _first_digits(support=Integers(1, n + 1)) is Status.REFUTED
    assert _first_digits(pmf=sp.log(1 + 1 / k) / sp.log(n), cdf=sp.log(1 + k) / sp.log(n)) is Status.REFUTED
    assert _first_digits(support=Integers(2, n)) is Status.REFUTED
    assert _first_digits() is Status.SUPPORTED


def test_the_limit_follows() -> None:
    assert goes_to_one(Poisson) in (Status.PROVED, Status.SUPPORTED)
