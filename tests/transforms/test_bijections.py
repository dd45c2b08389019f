"""Bijections: what is refused, what is derived, and the laws of every entry, proved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy import Abs, S, exp, log, oo

from symrep import BadInput, ConditionFails, positive, real
from symrep.law import Interval, PositiveReals, Reals, UnitInterval
from symrep.testing import LawsFail, assert_laws
from symrep.transforms import (
    TRANSFORMS,
    AbsoluteValue,
    Affine,
    BoxCox,
    Entry,
    Exp,
    LeakyReLU,
    Log,
    Logit,
    NotInjective,
    Power,
    Reciprocal,
    Sigmoid,
    Softplus,
    Square,
    Tanh,
    compose,
)
from symrep.transforms.claims import check_range, statements
from symrep.verdict import Status

from .verdicts import laws_of

mu, x, y = real("mu x y")
sigma, t = positive("sigma t")


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    known = dict(TRANSFORMS)
    yield
    TRANSFORMS.clear()
    TRANSFORMS.update(known)


# --- must fail ----------------------------------------------------------------------------------------------------


def test_refused() -> None:
    for ask in (
        lambda: AbsoluteValue.log_abs_det(x),
        lambda: AbsoluteValue.inverse,
        lambda: compose(Exp, AbsoluteValue),
    ):
        with pytest.raises(ConditionFails, match=r"abs is two-to-one.*LOTUS"):
            ask()
    assert AbsoluteValue(-x) == Abs(x)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Affine(1), "none for b"),
        (lambda: Affine(1, 2, 3), "3 values"),
        (lambda: Affine(1, 2, b=3), "b twice"),
        (lambda: Affine(1, slope=2), "slope"),
        (lambda: Affine(1, 0), "b in its domain"),
        (lambda: Affine(oo, 1), "a in its domain"),
        (lambda: Affine(sp.nan, 1), "a in its domain"),
        (lambda: Affine("1", 1), "a SymPy expression"),
        (lambda: LeakyReLU(-1), "tau in its domain"),
        (lambda: compose(), "at least one transform"),
        (lambda: compose(x), "a transform of symrep.transforms"),
        (lambda: compose(Affine(0, 1), Log), "values down to -oo"),
        (lambda: compose(Exp, Logit), "values up to oo"),
        (lambda: compose(Exp, Affine(0, mu)), "the sign of mu"),
        (lambda: Affine(0, mu)(np.array([1.0])), "the symbols mu"),
        (lambda: Entry("E1", x, x + y, y, y, S.Zero, Reals, Reals), "forward in x only"),
        (lambda: Entry("E2", x, x, y, x, S.Zero, Reals, Reals), "inverse in y only"),
        (lambda: Entry("Exp", x, x, y, y, S.Zero, Reals, Reals), "already taken"),
        (lambda: list(statements(Entry("E3", t, t, y, y, S.Zero, Reals, Reals))), "range over"),
        (lambda: check_range("", t, UnitInterval) or check_range("", t, Interval(-S.One, oo)), "range over"),
    ],
)
def test_bad_input(make: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        make()


def test_what_a_composition_rests_on() -> None:
    """A map may lead out of the domain of the next for some values of the parameters: then it is refuted."""
    assert laws_of(compose(Exp, Affine(mu, sigma), Log))["parameters"] is Status.REFUTED
    assert "parameters" not in laws_of(compose(Exp, Affine(sigma, t), Log))
    assert laws_of(Affine(0, mu**2))["parameters"] is Status.REFUTED  # mu may be 0
    assert laws_of(LeakyReLU(mu))["parameters"] is Status.REFUTED
    assert laws_of(LeakyReLU(sigma**2))["parameters"] is Status.PROVED


def test_assert_laws() -> None:
    with pytest.raises(LawsFail, match=r"Slip breaks 2 of 6 claims\n.*log det"):
        assert_laws(Entry("Slip", x, exp(x), t, log(t), -x, Reals, PositiveReals), undecided=False)
    with pytest.raises(BadInput, match="a family or a transform"):
        assert_laws(exp)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="laws out of"):
        assert_laws(Exp, "charm")
    assert len(assert_laws(Exp >> Reciprocal, at_least=Status.PROVED, undecided=False)) == 6
    assert [f.law for f in assert_laws(Exp, "log det", "image")] == ["log det", "image"]


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TRANSFORMS))
def test_laws(name: str) -> None:
    found = laws_of(TRANSFORMS[name])
    assert set(found.values()) == {Status.PROVED}
    assert len(found) - ("domain" in found) == (1 if isinstance(TRANSFORMS[name], NotInjective) else 6)


def test_derived() -> None:
    chain = Affine(mu, sigma) >> Exp
    assert chain.log_det == mu + sigma * x + log(sigma)
    assert chain.inverse(t) == (log(t) - mu) / sigma
    assert sp.expand(chain.inverse.log_abs_det(t) + chain.log_abs_det(chain.inverse(t))) == 0
    assert chain.inverse.inverse.forward == chain.forward
    assert (chain.domain, chain.image, chain.increasing) == (Reals, PositiveReals, True)
    assert compose(Exp, Reciprocal).increasing is False
    assert compose(Exp.inverse_map).forward == log(Exp.image_variable)


def test_images_are_computed_anew() -> None:
    assert Affine(1, -2).on(UnitInterval).image == Interval(-S.One, S.One)
    assert Exp().on(Interval(S.Zero, oo)).image == Interval(S.One, oo)
    assert Reciprocal().on(Interval(S.One, oo)).image == Interval(S.Zero, S.One)
    assert compose(Sigmoid, Affine(mu, -sigma)).image == Interval(mu - sigma, mu)
    assert BoxCox(2).image == Interval(-S.Half, oo)
    assert BoxCox(-2).image == Interval(-oo, S.Half)


@pytest.mark.parametrize(
    "chain",
    [
        Affine(mu, sigma) >> Exp,
        Affine(mu, -sigma) >> Exp >> Reciprocal,
        Softplus() >> Square >> Affine(1, 2) >> Log,
        LeakyReLU(sigma) >> Tanh,
        Affine(mu, sigma) >> Sigmoid,
        Exp() >> Power(-sigma),
    ],
    ids=str,
)
def test_laws_of_compositions(chain: Any) -> None:
    assert set(laws_of(chain).values()) == {Status.PROVED}
    assert set(laws_of(chain.inverse).values()) == {Status.PROVED}


def test_names_that_clash() -> None:
    """A parameter may be called what the entry's own variable is called."""
    shifted = Affine(x, 2)
    assert shifted(5) == x + 10 and shifted.variable != x
    assert shifted.subs({x: mu})(y) == mu + 2 * y
    assert Affine(mu, sigma).subs({mu: x})(3) == x + 3 * sigma
    assert (Affine(x, 1) >> Affine(y, 2))(1) == y + 2 * (x + 1)


def test_numbers() -> None:
    points = np.array([-40.0, -3.0, 0.25, 5.0, 800.0])
    assert np.allclose(Softplus()(points), np.logaddexp(0, points), rtol=1e-15)
    assert np.isfinite(Sigmoid().log_abs_det(points)).all()
    chain = Affine(1, 2) >> Softplus
    ahead, step = points[:4], 1e-6
    slope = (chain(ahead + step) - chain(ahead - step)) / (2 * step)
    assert np.allclose(chain.log_abs_det(ahead[1:]), np.log(slope)[1:], atol=1e-7)
    assert np.allclose(chain.inverse(chain(ahead[1:])), ahead[1:], atol=1e-12)
    tiny = np.array([1e-18])
    assert TRANSFORMS["Expm1"]()(tiny) == tiny == TRANSFORMS["Log1p"]()(tiny)  # type: ignore[operator]


def test_logarithm_of_the_inverse_is_minus_that_of_the_map() -> None:
    for entry in TRANSFORMS.values():
        if isinstance(entry, Entry):
            t = entry(*(sp.Rational(7, 10) for _ in entry.parameters))
            low = float(t.domain.low) if t.domain.low.is_finite else -2.0
            high = float(t.domain.high) if t.domain.high.is_finite else low + 4.0
            points = np.linspace(low, high, 7)[1:-1]
            assert np.allclose(t.inverse.log_abs_det(t(points)), -t.log_abs_det(points), atol=1e-12)
            assert np.allclose(t.inverse(t(points)), points, atol=1e-12)


def test_extreme_values() -> None:
    assert exp(log(t)) == t
    assert Log()(np.array([1e-300]))[0] == pytest.approx(-690.7755278982137)
