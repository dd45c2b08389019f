"""The limit of a cdf over the integers by its steps, its start and the mass. What must not pass comes first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from symrep.distributions import Poisson
from symrep.family import FAMILIES, Family
from symrep.laws import judge_family
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


def test_the_limit_follows() -> None:
    assert goes_to_one(Poisson) in (Status.PROVED, Status.SUPPORTED)
