"""Expectations in closed form, Monte Carlo estimates, independent products."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Abs, Heaviside, Integral, Max, Rational, Sum, cos, erf, exp, log, oo, pi, sqrt

from rules.judging import applied, kernel, outcome, step
from rules.words import CAUCHY, EXP, LAPLACE, LOGISTIC, N01, N, a, f, g, lam, mu, s, sigma, t, theta, x, y, z
from symrep import (
    KL,
    BadInput,
    D,
    E,
    Independent,
    NotApplicable,
    Status,
    Var,
    evaluate,
    independence,
    indexed,
    indicator,
    monte_carlo,
    positive_integer,
    pushforward,
    sample_mean,
    unit,
)
from symrep.distribution import FAMILIES
from symrep.distributions import Beta, Cauchy, Exponential, Gumbel, Laplace, Normal, Uniform
from symrep.judge import Limits
from symrep.judge.conditions import conditions
from symrep.rules.base import NO_CLOSED_FORM
from symrep.translate import context_of
from symrep.verdict import Reason

REFUTED, UNDECIDED, SUPPORTED, PROVED = Status.REFUTED, Status.UNDECIDED, Status.SUPPORTED, Status.PROVED
n, j, d = positive_integer("n j d")
MEANS, SCALES = indexed("means"), indexed("scales", "positive")
LEFT = Independent(Normal(MEANS[j], SCALES[j]), (j, 1, d))
RIGHT = Independent(N01, (j, 1, d))


# --- must fail ----------------------------------------------------------------------------------------------------


def test_nothing_to_evaluate() -> None:
    both = Integral(x * y, (x, 0, 1), (y, 0, 1))
    for line in (x**2, D(f(x), x), both):
        with pytest.raises(NotApplicable, match="over one variable"):
            applied(line, evaluate)


def test_under_an_image_law() -> None:
    """An expectation under an image is one under the law it comes from."""
    image = pushforward(N01, x, x**2)
    assert outcome(E(z, (z, image)), sp.S.One, evaluate)[0] is Status.PROVED
    assert outcome(E(z**2, (z, image)), sp.S.One, evaluate)[0] is Status.REFUTED


@pytest.mark.parametrize("line", [E(log(1 + exp(z)), (z, N)), E(f(z), (z, N)), E(sp.sin(z**3), (z, N01))])
def test_no_closed_form_says_so(line: Any) -> None:
    with pytest.raises(NotApplicable) as e:
        applied(line, evaluate)
    assert e.value.code == NO_CLOSED_FORM


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (E(z**2, (z, N)), mu**2 + sigma),
        (Var(z**2, (z, N)), 4 * mu**2 * sigma**2 + sigma**4),
        (E(Abs(z), (z, N01)), sp.Integer(0)),
        (KL(Exponential(lam), Exponential(a)), log(lam / a) + lam / a - 1),
        (E(log(1 + exp(z)), (z, N)), mu + Rational(1, 2)),
        (Integral(sqrt(1 - x) * log(1 - x), (x, 0, 1)), sp.Integer(0)),  # what SymPy says
    ],
    ids="moment variance abs divergence no-closed-form sympy-is-wrong".split(),
)
def test_wrong_values_are_refuted(before: Any, line: Any) -> None:
    assert outcome(before, line, evaluate)[0] is REFUTED


def test_what_does_not_exist_has_no_value() -> None:
    for before in (E(z, (z, CAUCHY)), Integral(1 / x, (x, -1, 1)), Integral(x, (x, -oo, oo))):
        assert outcome(before, sp.Integer(0), evaluate)[0] in (REFUTED, UNDECIDED), before


@pytest.mark.parametrize("line", [x**2, E(f(z), (z, N)), sp.Integer(0)])
def test_no_sample_mean_and_no_products(line: Any) -> None:
    with pytest.raises(NotApplicable, match="sample mean"):
        applied(line, monte_carlo)
    with pytest.raises(NotApplicable, match="two products"):
        applied(line, independence)
    with pytest.raises(NotApplicable, match="two products"):
        applied(KL(N, N01), independence)


def test_estimates_that_are_biased() -> None:
    mean = E(sample_mean(z**2, (z, N), n))
    assert outcome(mean, E(z, (z, N)) ** 2, monte_carlo)[0] is REFUTED
    assert outcome(E(sample_mean(z, (z, CAUCHY), n)), E(z, (z, CAUCHY)), monte_carlo)[0] in (REFUTED, UNDECIDED)


def test_products_in_disorder() -> None:
    line = KL(LEFT, RIGHT)
    swapped = Sum(KL(N01, Normal(MEANS[j], SCALES[j])), (j, 1, d))
    short = Sum(KL(Normal(MEANS[j], SCALES[j]), N01), (j, 2, d))
    assert kernel(line, swapped, independence) != "proved"
    assert kernel(line, short, independence) != "proved"


# --- right --------------------------------------------------------------------------------------------------------

#: moments for which no antiderivative is found; numbers support what the entries say of them
BY_NUMBERS = {"Gumbel", "LogNormal", "Logistic", "Weibull"}
#: of the others every law is judged by ``symrep laws``; here the rule is, on what it has to find at once
AT_ONCE = ("Beta", "ChiSquared", "Exponential", "Gamma", "HalfNormal", "Laplace", "Normal", "Rayleigh", "Uniform")


def test_moments_of_the_families_are_their_entries() -> None:
    said = {}
    for name in AT_ONCE:
        fam = FAMILIES[name]
        law = fam(*fam.parameters)
        for what, before, value in (("mean", E(z, (z, law)), fam.mean), ("variance", Var(z, (z, law)), fam.variance)):
            if value is not None:
                said[name, what] = kernel(before, value, evaluate, fam.given(what))
    assert len(said) == 2 * len(AT_ONCE)
    assert {k: v for k, v in said.items() if v != "proved"} == {}


@pytest.mark.parametrize("name", sorted(BY_NUMBERS - {"Logistic"}))
def test_moments_that_numbers_support(name: str) -> None:
    fam = FAMILIES[name]
    law = fam(*fam.parameters)
    v = step(E(z, (z, law)), fam.mean, evaluate)
    assert v.status in (SUPPORTED, PROVED), v.message
    assert step(E(z, (z, law)), fam.mean + Rational(1, 50), evaluate).status is REFUTED


def test_closed_forms() -> None:
    zero = Normal(0, sigma)
    table = {
        "one": (E(1, (z, N)), sp.Integer(1)),
        "fourth": (E(z**4, (z, N)), mu**4 + 6 * mu**2 * sigma**2 + 3 * sigma**4),
        "characteristic": (E(cos(z), (z, N)), exp(-(sigma**2) / 2) * cos(mu)),
        "generating": (E(exp(t * z), (z, N)), exp(mu * t + sigma**2 * t**2 / 2)),
        "abs": (E(Abs(z), (z, zero)), sigma * sqrt(2 / pi)),
        "relu": (E(Max(0, z), (z, zero)), sigma / sqrt(2 * pi)),
        "probability": (E(Heaviside(z), (z, N)), (1 + erf(mu / (sqrt(2) * sigma))) / 2),
        "laplace": (E(z**4, (z, Laplace(0, s))), 24 * s**4),
        "beta": (E(z * (1 - z), (z, Beta(a, lam))), a * lam / ((a + lam) * (a + lam + 1))),
        "gauss": (Integral(exp(-(x**2)), (x, -oo, oo)), sqrt(pi)),
        "kl-exponential": (KL(Exponential(lam), Exponential(a)), log(lam / a) + a / lam - 1),
        "kl-laplace": (KL(Laplace(0, s), Laplace(0, a)), log(a / s) + s / a - 1),
        "kl-uniform": (KL(Uniform(0, 1), Exponential(1)), Rational(1, 2)),
        "kl-normal": (
            KL(N, N01),
            -log(sigma) + (sigma**2 + mu**2) / 2 - Rational(1, 2),
        ),
        "variance": (Var(2 * z, (z, N)), 4 * sigma**2),
    }
    said = {k: kernel(before, value, evaluate) for k, (before, value) in table.items()}
    assert {k: v for k, v in said.items() if v != "proved"} == {}


def test_estimates_that_are_not_biased() -> None:
    said = {}
    for law in (N, EXP, LAPLACE, CAUCHY, LOGISTIC, Uniform(0, theta), Gumbel(mu, s)):
        said[str(law)] = kernel(E(sample_mean(g(z), (z, law), n)), E(g(z), (z, law)), monte_carlo)
    assert {k: v for k, v in said.items() if v != "proved"} == {}


def test_divergences_of_products() -> None:
    assert kernel(KL(LEFT, RIGHT), Sum(KL(Normal(MEANS[j], SCALES[j]), N01), (j, 1, d)), independence) == "proved"
    left, right = (Independent(Exponential(r), (j, 1, d)) for r in (SCALES[j], sp.Integer(1)))
    line = Sum(KL(Exponential(SCALES[j]), Exponential(1)), (j, 1, d))
    assert kernel(KL(left, right), line, independence) == "proved"


def test_an_inner_mean_that_does_not_exist() -> None:
    line = E(E(y, (y, Cauchy(x, sigma))), (x, N))
    parts = conditions(line, context_of([line], ()), Limits())
    assert parts[-1].verdict.status is Status.REFUTED
    assert parts[-1].verdict.reason is Reason.NOT_INTEGRABLE


def test_independence_of_laws_whose_scale_sympy_does_not_see_to_be_positive() -> None:
    """√(1 − ρ²) is positive for 0 < ρ < 1; ρ − 1 is not, and nothing is proved of a law that is none."""
    rho = unit("rho")
    for scale, proved in ((sqrt(1 - rho**2), True), (rho - 1, False)):
        p, q = Normal(MEANS[j], scale), Normal(0, scale)
        line = KL(Independent(p, (j, 1, d)), Independent(q, (j, 1, d)))
        try:
            got = kernel(line, Sum(KL(p, q), (j, 1, d)), independence)
        except (NotApplicable, BadInput):
            got = "refused"
        assert (got == "proved") is proved


def test_a_family_in_a_value_keeps_its_kind() -> None:
    weights, i = indexed("alpha", "positive"), positive_integer("i")
    below = E(indicator(log(weights[i]) + z < log(weights[1])), (z, Gumbel(0, 1)))
    found = evaluate().apply(below, None, ()).result
    assert found.atoms(sp.IndexedBase) == {weights}
    assert sp.simplify(found - exp(-weights[i] / weights[1])) == 0
