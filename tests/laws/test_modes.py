"""One peak: a slope that vanishes at the mode and falls all over the support. What must not pass comes first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from sympy import exp, oo

from symrep import Interval, PositiveReals, positive, positive_line
from symrep.distributions import GEV
from symrep.family import FAMILIES, Family
from symrep.laws import judge_family
from symrep.verdict import Status


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def found(family: Family) -> list[Status]:
    return [f.status for f in judge_family(family, ["mode"], 10.0)]


def test_a_zero_of_the_slope_outside_of_the_support_is_no_mode() -> None:
    x, a, b = positive("x a b")
    slope_at = b  # the slope is (x + a - b)(b - x): it vanishes at b - a < 0, too, and falls all over the support
    log_p = (2 * b - a) * x**2 / 2 - x**3 / 3 + b * (a - b) * x
    entry: dict[str, Any] = {
        "variable": x,
        "support": PositiveReals,
        "parameters": {a: positive_line(), b: positive_line()},
    }
    wrong = Family("TwoZeros", density=exp(log_p), mode=b - a, conditions={"mode": a > 2 * b}, **entry)
    assert found(wrong)[0] is Status.REFUTED  # it lies below the support
    assert found(wrong)[-1] not in (Status.PROVED, Status.SUPPORTED)
    FAMILIES.pop("TwoZeros")
    right = Family("TwoZeros", density=exp(log_p), mode=slope_at, conditions={"mode": a > 2 * b}, **entry)
    assert set(found(right)) <= {Status.PROVED, Status.SUPPORTED}


def changed(**fields: Any) -> Family:
    FAMILIES.pop("Planted", None)
    return dataclasses.replace(GEV, name="Planted", **fields)


def test_one_peak_above_an_end_that_moves() -> None:
    mu = next(iter(GEV.parameters))
    assert not {Status.PROVED, Status.SUPPORTED} >= set(found(changed(mode=mu)))
    assert found(GEV)[-2:] == [Status.SUPPORTED] * 2


def test_a_dip_is_no_peak() -> None:
    x, a = positive("x a")
    y = x - a  # x > a; two peaks, at y = 1 and y = 3, and a dip at y = 2
    family = Family(
        "TwoPeaks",
        variable=x,
        support=Interval(a, oo),
        parameters={a: positive_line()},
        density=exp(-((y - 1) ** 2) * (y - 3) ** 2),
        mode=a + 2,
    )
    assert not {Status.PROVED, Status.SUPPORTED} & set(found(family))
