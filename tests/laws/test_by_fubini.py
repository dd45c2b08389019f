"""The mean of an implicit gradient by Fubini's theorem; ends that move; maps at one value of a parameter."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
import sympy as sp

import symrep.distributions as d
from symrep import Pathwise
from symrep.family import FAMILIES, Family
from symrep.laws import judge_family
from symrep.laws.claims import held
from symrep.laws.score import boundary
from symrep.symbols import positive, real
from symrep.verdict import Status

GOOD = {Status.PROVED, Status.SUPPORTED}
alpha, beta = d.Gamma.parameters


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def judged(base: Family, law: str, **fields: Any) -> list[Any]:
    FAMILIES.pop("Planted", None)
    return list(judge_family(dataclasses.replace(base, name="Planted", **fields), [law], 8.0))


@pytest.mark.parametrize(
    "wrong",
    [{"mean": alpha / beta + 1 / alpha}, {"cdf": d.Gamma.cdf**2}],
    ids=["a wrong mean", "a cdf of another law"],
)
def test_nothing_follows_from_what_is_wrong(wrong: dict[str, Any]) -> None:
    found = judged(d.Gamma, "implicit gradient", **wrong)
    assert found[0].what.startswith(f"E[-dF/d{alpha}")
    assert found[0].status not in GOOD


def test_a_cdf_whose_derivative_has_no_name() -> None:
    found = judged(d.Gamma, "implicit gradient")
    assert [f.status for f in found] == [Status.SUPPORTED, Status.PROVED]
    assert "Fubini" in found[0].message


def test_a_density_that_is_infinite_at_an_end_that_moves_has_no_boundary_term() -> None:
    assert boundary(d.Arcsine, next(iter(d.Arcsine.parameters))) is None


def test_boundary_terms_and_where_they_are_such() -> None:
    mu, sigma, xi = d.GeneralizedParetoBounded.parameters
    assert boundary(d.GeneralizedParetoBounded, mu) == (
        -1 / sigma,
        (-1 - 1 / xi > 0,),
    )  # 0**(−1 − 1/ξ) at the other end
    assert boundary(d.GEV, mu) is None or boundary(d.GEV, mu) == (0, ())
    assert boundary(d.Pareto, next(iter(d.Pareto.parameters))) is not None


def test_a_score_whose_boundary_term_is_left_out_is_refuted() -> None:
    x_m, a = d.Pareto.parameters
    found = judged(d.Pareto, "score mean", score={x_m: 0 * a})
    assert found[0].status is Status.REFUTED


def test_given_equations_are_put_in() -> None:
    a, b, c = positive("a b c")
    table, rest = held((sp.Eq(a, b), sp.Eq(b, 2), c > a))
    assert table == {a: 2, b: 2}
    assert rest == (c > 2,)
    x = real("x")
    assert held((sp.Eq(x, x + 1), a > 0))[0] == {}


eps_1, eps_2 = real("e_1 e_2")
(k,) = d.ChiSquared.parameters
N01 = ("Normal", (0, 1))


@pytest.mark.parametrize(
    ("path", "degrees", "status"),
    [
        (eps_1**2 + eps_2**2, 3, Status.REFUTED),
        (eps_1**2 + 2 * eps_2**2, 2, Status.REFUTED),
        (eps_1**2 + eps_2**2, 2, Status.PROVED),
    ],
)
def test_sums_of_squares(path: Any, degrees: int, status: Status) -> None:
    way = Pathwise((eps_1, eps_2), (N01, N01), path, "composition", (sp.Eq(k, degrees),))
    assert [f.status for f in judged(d.ChiSquared, "pathwise", pathwise=(way,))] == [status]
