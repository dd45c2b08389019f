"""Families as data, members, images, products: refusals first."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Integer, exp, oo

from symrep import (
    BadInput,
    Independent,
    NotApplicable,
    complex_number,
    continuous_law,
    joint,
    positive,
    positive_integer,
    pushforward,
    real,
    unit,
)
from symrep.distribution import FAMILIES, Family, Reals, real_line
from symrep.distributions import Beta, Exponential, Gamma, Normal, Pareto, Uniform

x, y, a, b, mu = real("x y a b mu")
s, lam = positive("s lam")
X = Normal(mu, s)


# --- must fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "values", "named"),
    [
        (Normal, (), {}),
        (Normal, (0,), {}),
        (Normal, (0, 1, 2), {}),
        (Normal, (0, 1), {"sigma": 2}),
        (Normal, (0,), {"mu": 1, "sigma": 2}),
        (Normal, (0,), {"scale": 1}),
        (Normal, (0, 0), {}),
        (Normal, (0, -1), {}),
        (Normal, (0, -s), {}),
        (Normal, (sp.I, 1), {}),
        (Normal, (complex_number("c"), 1), {}),
        (Normal, (sp.nan, 1), {}),
        (Normal, (oo, 1), {}),
        (Normal, (0, oo), {}),
        (Normal, ("0", 1), {}),
        (Normal, ((0,), 1), {}),
        (Normal, (sp.true, 1), {}),
        (Uniform, (1, 0), {}),
        (Uniform, (a, a), {}),
        (Exponential, (-1,), {}),
        (Gamma, (1, 0), {}),
    ],
    ids=str,
)
def test_members_that_are_none(family: Any, values: Any, named: Any) -> None:
    with pytest.raises(BadInput):
        family(*values, **named)


def test_entries_that_are_none() -> None:
    entry: dict[str, Any] = {"variable": x, "support": Reals, "parameters": {mu: real_line()}}
    with pytest.raises(BadInput, match="parameters only"):
        Family(name="Foreign", density=exp(-((x - a) ** 2)), **entry)
    with pytest.raises(BadInput, match="already taken"):
        Family(name="Normal", density=exp(-((x - mu) ** 2)) / sp.sqrt(sp.pi), **entry)
    assert "Foreign" not in FAMILIES
    assert FAMILIES["Normal"] is Normal


@pytest.mark.parametrize(
    ("law", "variables", "images"),
    [
        (X, (x, y), (x + y,)),
        (X, positive("w"), x),
        (X, unit("u"), x),
        (Uniform(-1, 1), positive("w"), x),
        (X, mu, mu**2),
        (X, 2, x),
        (joint(X, X), (x, x), (x, x)),
        (pushforward(X, x, x), (x, y), y),
        (pushforward(X, x, x), positive("w"), y),
        (pushforward(X, x, x**2), y, x * y),
        ("X", x, x),
        (X, x, "x"),
    ],
    ids=lambda v: str(v)[:20],
)
def test_images_that_are_none(law: Any, variables: Any, images: Any) -> None:
    with pytest.raises(BadInput):
        pushforward(law, variables, images)


def test_laws_that_are_none() -> None:
    for laws in ((), (X,), (X, 3), (X, pushforward(X, x, x))):
        with pytest.raises(BadInput):
            joint(*laws)
    for name in ("", "a b", "2"):
        with pytest.raises(BadInput):
            continuous_law(name)
    for f in (lambda p: p.support(), lambda p: p.density_at(y)):
        with pytest.raises(NotApplicable):
            f(pushforward(X, x, x**3))


def test_a_constraint_that_fails_later_is_an_obligation_that_fails() -> None:
    law = Uniform(a, b)
    assert [(v, op) for v, op, _ in law.obligations()] == [(b - a, ">")]
    ((value, op, _),) = law.subs({a: 2, b: 1}).obligations()
    assert (value.is_negative, op) == (True, ">")
    assert all(v.is_positive for v, _, _ in Uniform(0, s).obligations())


# --- right --------------------------------------------------------------------------------------------------------


def test_members() -> None:
    assert Normal(0, 1) == Normal(mu=0, sigma=1) == Normal(0, sigma=1)
    assert Normal(mu, s).free_symbols == {mu, s}
    assert Normal(0, 1) != Normal(0, 2)
    assert hash(Normal(0, 1)) == hash(Normal(0, 1))
    assert X.subs(mu, 3) == Normal(3, s)
    assert Normal(s, mu**2 + 1).values == (s, mu**2 + 1)
    assert [op for _, op, _ in Beta(a, b).obligations()] == [">", ">"]
    assert X.support()[0] == Reals
    assert Pareto(2, 3).support()[0].low == 2


def test_parameters_are_put_in_all_at_once() -> None:
    sigma = list(Normal.parameters)[1]
    law = Normal(sigma, 2)  # the family's own symbol as a value
    assert law.density_at(x).subs({x: 1, sigma: 1}) == Normal(1, 2).density_at(Integer(1))
    own = Normal.variable
    assert Normal(own, 1).density_at(y) == Normal(a, 1).density_at(y).subs(a, own)


@pytest.mark.parametrize("name", sorted(n for n, f in FAMILIES.items() if not f.discrete))
def test_entries(name: str) -> None:
    family = FAMILIES[name]
    law = family(*family.parameters)
    typical = {p: sp.Rational(str(sum(d.typical) / 2)) for p, d in family.parameters.items()}
    at = family(*typical.values())
    low, high = at.support()[0].low, at.support()[0].high
    inside = (low + high) / 2 if (high - low).is_finite else low + 1 if low.is_finite else Integer(1)
    inside = high - 1 if high.is_finite and not low.is_finite else inside
    assert at.density_at(inside).evalf() > 0
    for noise, base, path in law.pathwise():
        assert not base.free_symbols
        assert path.has(noise)
        assert path.free_symbols <= {noise, *family.parameters}
    if family.cdf is not None:
        slope = sp.diff(family.cdf, family.variable).subs(typical).subs(family.variable, inside).evalf()
        assert abs(slope - at.density_at(inside).evalf()) < 1e-12


def test_products_and_joints() -> None:
    n, j = positive_integer("n j")
    p = Independent(Normal(0, 1), (j, 1, n))
    assert p.limits == sp.Tuple(j, 1, n)
    both = joint(X, Exponential(lam))
    assert both.arity() == 2
    assert both.density_at(x, y) == X.density_at(x) * Exponential(lam).density_at(y)
