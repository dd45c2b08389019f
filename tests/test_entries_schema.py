"""The form of an entry: what it refuses, and how members are named. Refusals first."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import exp, gamma, oo

from symrep import BadInput, NotApplicable, nonnegative_integer, positive, real, unit
from symrep.entry import Domain, Integers, Pathwise, positive_integers, positive_line, real_line, unit_interval
from symrep.family import FAMILIES, Family
from symrep.law import Interval, PositiveReals

x, m = real("x m")
al, be = positive("alpha beta")
k = nonnegative_integer("k")
p = unit("p")


def entry(**changed: Any) -> dict[str, Any]:
    return {
        "name": "SchemaTest",
        "variable": x,
        "support": PositiveReals,
        "parameters": {al: positive_line(role="shape"), be: positive_line(role="rate")},
        "density": be**al * x ** (al - 1) * exp(-be * x) / gamma(al),
    } | changed


@pytest.fixture(autouse=True)
def _registry() -> Any:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "two words"}, "letters, digits"),
        ({"support": (0, oo)}, "Interval"),
        ({"density": None}, "density= on an interval"),
        ({"pmf": exp(-x)}, "density= on an interval"),
        ({"support": Integers(0, oo)}, "pmf= on Integers"),
        ({"parameters": {x: positive_line()}}, "no parameter"),
        ({"parameters": {al: (0, 1)}}, "symbol: domain"),
        ({"mean": "alpha/beta"}, "mean"),
        ({"mean": al / positive("gamma_1")}, "parameters only"),
        ({"mean": al / real("beta")}, "its domain differs"),
        ({"mean": x}, "parameters only"),
        ({"quantile": x * al}, "parameters only"),
        ({"support": Interval(m, oo)}, "parameters only"),
        ({"conditions": {"skew": al > 1}}, "a formula out of"),
        ({"score": {m: x}}, "one of its parameters"),
        ({"pathwise": (Pathwise(x, ("Normal", (0, 1)), m * x),)}, "parameters only"),
    ],
    ids=str,
)
def test_entries_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as caught:
        Family(**entry(**changed))
    assert says in str(caught.value)
    assert "SchemaTest" not in FAMILIES


def test_domains_and_maps_refused() -> None:
    for make in (
        lambda: Domain("real", (0.0, 1.0), "width"),
        lambda: real_line((1.0, 1.0)),
        lambda: Pathwise((x, m), ("Normal", (0, 1)), x + m),
        lambda: Pathwise(x, ("Normal", (0, 1)), x, kind="implicit"),
    ):
        with pytest.raises(BadInput):
            make()


def test_a_scale_is_no_rate() -> None:
    family = Family(**entry())
    with pytest.raises(BadInput, match=r"beta, a rate; got a scale; write instead: SchemaTest\(…, rate=1/scale\)"):
        family(2, scale=3)
    with pytest.raises(BadInput, match="parameters alpha \\(shape\\), beta \\(rate\\)"):
        family(2, width=3)
    with pytest.raises(BadInput, match="beta twice"):
        family(2, 3, rate=3)
    assert family(2, rate=3) == family(2, 3) == family(shape=2, beta=3)


@pytest.mark.parametrize("value", [0, -1, sp.nan, float("nan"), oo, sp.I, -be])
def test_a_parameter_outside_its_domain_is_named(value: Any) -> None:
    family = Family(**entry())
    with pytest.raises(BadInput, match=r"SchemaTest\(beta=…\): beta in its domain \(positive: beta > 0, a rate\)"):
        family(2, value)


@pytest.mark.parametrize(("n", "q"), [(0, 0.5), (2, 1), (2, 0), (2.5, 0.5), (2, float("nan"))])
def test_discrete_members(n: Any, q: Any) -> None:
    number = sp.Symbol("n", integer=True, positive=True)
    family = Family(
        name="SchemaTest",
        variable=k,
        support=Integers(0, number),
        parameters={number: positive_integers(role="count"), p: unit_interval(role="probability")},
        pmf=sp.binomial(number, k) * p**k * (1 - p) ** (number - k),
    )
    assert family.discrete and family(3, p).weight_at(sp.Integer(3)) == p**3
    with pytest.raises(NotApplicable, match="has a pmf"):
        family(3, p).support()
    with pytest.raises(BadInput, match="in its domain"):
        family(n, q)


def test_kinds_of_maps_are_seen() -> None:
    normal, uniform = ("Normal", (0, 1)), ("Uniform", (0, 1))
    u = unit("u")
    assert Pathwise(x, normal, m + al * x).kind_or_seen() == "location-scale"
    assert Pathwise(u, uniform, -sp.log(1 - u) / al).kind_or_seen() == "inverse CDF"
    assert Pathwise(u, uniform, m + al * u).kind_or_seen() == "location-scale"
    assert Pathwise(x, normal, exp(m + al * x)).kind_or_seen() == "composition"
    both = Pathwise((x, m), (normal, ("Gamma", (al, 1))), x / m)
    assert both.kind_or_seen() == "composition" and not both.fixed
