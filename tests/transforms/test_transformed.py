"""Laws pushed through chains of transforms, in derivations and as families."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from rules.judging import kernel, outcome
from sympy import S, exp, log, oo, sqrt

from symrep import (
    BadInput,
    ConditionFails,
    E,
    Interval,
    NotApplicable,
    change_of_variables,
    continuous_law,
    density,
    evaluate,
    function,
    joint,
    positive,
    positive_line,
    pushforward,
    real,
    real_line,
)
from symrep.distribution import FAMILIES
from symrep.distributions import (
    Exponential,
    Gumbel,
    Laplace,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Uniform,
    Weibull,
)
from symrep.family import LEVEL
from symrep.law import PositiveReals
from symrep.laws.bijections import findings
from symrep.symbols import unit
from symrep.transforms import (
    TRANSFORMS,
    AbsoluteValue,
    Affine,
    Exp,
    Log,
    Power,
    Reciprocal,
    Sigmoid,
    SinhArcsinh,
    Softsign,
    Square,
    cdf_of,
    transformed,
)
from symrep.verdict import Status

mu, a, b, x, y = real("mu a b x y")
sigma, s, w, lam, k = positive("sigma s w lam k")
u = unit("u")
LOG_NORMAL = transformed(Normal(0, 1), Affine(mu, sigma), Exp)


@pytest.fixture(autouse=True)
def _registries() -> Iterator[None]:
    maps, families = dict(TRANSFORMS), dict(FAMILIES)
    yield
    for table, known in ((TRANSFORMS, maps), (FAMILIES, families)):
        table.clear()  # type: ignore[attr-defined]
        table.update(known)  # type: ignore[attr-defined]


# --- must fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "target"),
    [
        (LOG_NORMAL, LogNormal(mu, sigma**2)),
        (LOG_NORMAL, LogNormal(-mu, sigma)),
        (LOG_NORMAL, Normal(mu, sigma)),
        (transformed(Exponential(1), Affine(0, lam)), Exponential(lam)),
        (transformed(Exponential(lam), Reciprocal), Exponential(1 / lam)),
        (transformed(Uniform(0, 1), Log, Affine(0, 1 / lam)), Exponential(lam)),
    ],
    ids=str,
)
def test_not_that_law(law: Any, target: Any) -> None:
    assert outcome(density(law)(y), density(target)(y), change_of_variables)[0] is Status.REFUTED


@pytest.mark.parametrize(
    "change",
    [{"log_abs_det": -x}, {"inverse": log(w) / 2}, {"image": Interval(S.One, oo)}, {"direction": S.NegativeOne}],
)
def test_a_wrong_entry_proves_nothing(change: dict[str, Any]) -> None:
    """The density is that of the image whatever the entry says; only what the kernel checks is used."""
    basis = {"image_variable": w, "inverse": log(w)}
    wrong = replace(TRANSFORMS["Exp"], name="WrongExp", **(basis | change))  # type: ignore[arg-type]
    law = transformed(Normal(0, 1), wrong)
    right = exp(-(log(y) ** 2) / 2) / (y * sqrt(2 * sp.pi))
    value = sp.Piecewise((law.density_at(y), y > law.map.image.low), (0, True))
    if "direction" not in change:
        assert outcome(density(law)(y), value, change_of_variables)[0] is Status.REFUTED
        assert kernel(density(law)(y), value, change_of_variables) != "proved"
    inverse = change_of_variables(inverse=log(y))
    assert kernel(density(law)(y), sp.Piecewise((right, y > 0), (0, True)), inverse) == "proved"


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: transformed(Normal(0, 1), AbsoluteValue), ConditionFails, "two-to-one"),
        (lambda: transformed(Normal(0, 1), Log), BadInput, "values down to -oo"),
        (lambda: transformed(Normal(0, 1), Square), BadInput, "values down to -oo"),
        (lambda: transformed(Normal(0, 1)), BadInput, "at least one transform"),
        (lambda: transformed(joint(Normal(0, 1), Normal(0, 1)), Exp), BadInput, "one variable"),
        (lambda: transformed(Exponential(1), Affine(0, a)), BadInput, "the sign of a"),
        (lambda: transformed(Normal(0, 1), Affine(x, 1)), BadInput, "no parameter"),
        (lambda: transformed(Normal(0, 1), Exp, variable=w), BadInput, "range over the support"),
        (lambda: E(w, (w, transformed(Normal(0, 1), Affine(0, 1)))), BadInput, "range over all values"),
        (lambda: transformed(continuous_law("X"), Exp).cdf_at(y), NotApplicable, "whose cdf is stated"),
        (lambda: transformed(Normal(0, 1), Affine(0, a)).cdf_at(y), BadInput, "whether the map increases"),
        (lambda: transformed(continuous_law("X"), Exp).family("N1", {}), BadInput, "a member of a family"),
        (lambda: LOG_NORMAL.family("N2", {mu: real_line()}), BadInput, "sigma"),
    ],
)
def test_refused(make: Any, error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        make()


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "target"),
    [
        (LOG_NORMAL, LogNormal(mu, sigma)),
        (transformed(Uniform(0, 1), Affine(1, -1), Log, Affine(0, -1 / lam)), Exponential(lam)),
        (transformed(Exponential(1), Power(1 / k), Affine(0, s)), Weibull(k, s)),
        (transformed(Exponential(1), Affine(0, 1 / lam), Exp, Affine(0, s)), Pareto(s, lam)),
        (transformed(Exponential(1), Log, Affine(mu, -s)), Gumbel(mu, s)),
        (transformed(transformed(Normal(a, s), Affine(0, 2)), Affine(b, 1)), Normal(2 * a + b, 2 * s)),
    ],
    ids=str,
)
def test_is_that_law(law: Any, target: Any) -> None:
    assert outcome(density(law)(y), density(target)(y), change_of_variables)[0] is Status.PROVED
    at = Interval(*(sp.simplify(e) for e in (law.support()[0].low, law.support()[0].high)))
    assert at == target.support()[0]


@pytest.mark.parametrize(
    "law",
    [
        transformed(Normal(0, 1), SinhArcsinh(a, k)),
        transformed(Normal(mu, sigma), Sigmoid),
        transformed(Normal(mu, sigma), Softsign),
        transformed(Normal(mu, sigma), Exp, Reciprocal),
    ],
    ids=str,
)
def test_density_is_that_of_the_image(law: Any) -> None:
    before = density(law)(y)
    line = sp.Piecewise((law.density_at(y), sp.And(y > law.support()[0].low, y < law.support()[0].high)), (0, True))
    assert outcome(before, line, change_of_variables)[0] is Status.PROVED


def test_expectations() -> None:
    value = exp(mu + sigma**2 / 2)
    assert outcome(E(w, (w, LOG_NORMAL)), value, evaluate)[0] is Status.PROVED
    f = function("f", smooth=1, growth=1)
    under = E(f(exp(mu + sigma * x)), (x, Normal(0, 1)))
    from symrep import algebra

    assert outcome(E(f(w), (w, LOG_NORMAL)), under, algebra)[0] is Status.PROVED
    assert outcome(E(f(w), (w, LOG_NORMAL)), E(f(mu + sigma * x), (x, Normal(0, 1))), algebra)[0] is not Status.PROVED


def test_any_law() -> None:
    law = transformed(continuous_law("X"), Affine(mu, sigma))
    line = density(continuous_law("X"))((y - mu) / sigma) / sigma
    assert outcome(density(law)(y), line, change_of_variables)[0] is Status.PROVED


def test_images_go_on() -> None:
    law = pushforward(transformed(Normal(0, 1), Affine(0, sigma)), y, exp(y))
    assert law == pushforward(Normal(0, 1), x, exp(sigma * x))
    assert outcome(density(law)(y), density(LogNormal(0, sigma))(y), change_of_variables)[0] is Status.PROVED


def test_cdf_and_quantile() -> None:
    assert LOG_NORMAL.cdf_at(w) == (1 + sp.erf(sqrt(2) * (log(w) - mu) / sigma / 2)) / 2
    falling = transformed(Exponential(lam), Reciprocal)
    assert sp.simplify(falling.cdf_at(w) - exp(-lam / w)) == 0
    at = {mu: S(1) / 3, sigma: S(3) / 2}
    density_ = sp.lambdify(w, LOG_NORMAL.density_at(w).subs(at), "mpmath")
    below = sp.lambdify(w, LOG_NORMAL.cdf_at(w).subs(at), "mpmath")
    assert abs(mpmath.quad(density_, [0, 0.5, 1, 2]) - below(2)) < 1e-12


def test_substitution_of_parameters() -> None:
    law = LOG_NORMAL.subs({mu: x, sigma: 2})
    assert sp.simplify(law.map(1) - exp(x + 2)) == 0 and law.base == Normal(0, 1)
    assert law.density_at(w) == transformed(Normal(0, 1), Affine(a, 2), Exp).density_at(w).subs(a, x)
    assert str(law) == "transformed(Normal(0, 1), Affine(x, 2), Exp)"
    swapped = LOG_NORMAL.xreplace({mu: a, sigma: s})
    assert swapped == transformed(Normal(0, 1), Affine(a, s), Exp)
    assert swapped.free_symbols == {a, s} and hash(swapped) != hash(LOG_NORMAL)
    assert transformed(Normal(mu, 1), Exp).subs(mu, a).base == Normal(a, 1)


def test_as_a_family() -> None:
    family = LOG_NORMAL.family("PushedLogNormal", {mu: real_line(), sigma: positive_line()})
    assert family.support == PositiveReals
    assert sp.simplify(family(a, s).density_at(w) / LogNormal(a, s).density_at(w)) == 1
    assert family.pathwise[0].path == exp(mu + sigma * x)
    y0 = transformed(Normal(0, 1), Affine(mu, sigma), Exp, variable=y)
    assert next(noise for noise, _, _ in y0.paths()) == y
    assert outcome(density(y0)(w), density(family(mu, sigma))(w), change_of_variables)[0] is Status.PROVED


def test_entropy_of_an_image() -> None:
    """H(T(X)) = H(X) + E log|det J|, against the entry of the log-normal law."""
    stated = LogNormal(mu, sigma).fill(LogNormal(mu, sigma).family.entropy)
    assert outcome(LOG_NORMAL.entropy(), stated, evaluate)[0] is Status.PROVED
    assert outcome(LOG_NORMAL.entropy(), stated - mu, evaluate)[0] is Status.REFUTED
    with pytest.raises(NotApplicable, match="whose entropy is stated"):
        transformed(continuous_law("X"), Exp).entropy()


def test_draws() -> None:
    draws = transformed(Normal(0, 1), Affine(1, 2), Exp).sample(20_000, seed=4)
    assert abs(np.log(draws).mean() - 1) < 0.1 and abs(np.log(draws).std() - 2) < 0.1
    assert (draws == transformed(Normal(0, 1), Affine(1, 2), Exp).sample(20_000, seed=4)).all()
    with pytest.raises(BadInput, match="numbers"):
        LOG_NORMAL.sample(3)
    with pytest.raises(BadInput, match="a member of a family"):
        transformed(continuous_law("X"), Exp).sample(3)


def test_distribution_functions_as_transforms() -> None:
    for law in (Exponential(lam), Weibull(k, s), Laplace(mu, s)):
        assert {f.status for f in findings(cdf_of(law))} == {Status.PROVED}
    back = transformed(Uniform(0, 1), cdf_of(Exponential(lam)).inverse)
    assert outcome(density(back)(y), density(Exponential(lam))(y), change_of_variables)[0] is Status.PROVED
    even = transformed(Weibull(k, s), cdf_of(Weibull(k, s)))
    assert outcome(density(even)(u), density(Uniform(0, 1))(u), change_of_variables)[0] is Status.PROVED
    (rate,) = Exponential.parameters
    slip = replace(Exponential, name="Slip", quantile=-log(1 - LEVEL) * rate)
    refuted = {f.law for f in findings(cdf_of(slip(lam))) if f.status is Status.REFUTED}
    assert "inverse after forward" in refuted
    for law, error in ((Poisson(lam), BadInput), (StudentT(k, mu, s), NotApplicable)):
        with pytest.raises(error):
            cdf_of(law)
