"""Derivatives and integrals interchanged: under the integral sign, with moving limits, by the score function."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Abs, And, Heaviside, Integral, Max, Rational, exp, log, polygamma, sign, tanh

from rules.judging import applied, kernel, result, step
from rules.words import (
    EXP,
    GAMMA,
    LAPLACE,
    LOGISTIC,
    N01,
    PATH,
    N,
    a,
    eps,
    f,
    g,
    lam,
    m,
    mu,
    rough,
    s,
    sigma,
    theta,
    x,
    z,
)
from symrep import (
    BadInput,
    D,
    E,
    NotApplicable,
    Reason,
    Status,
    density,
    differentiate_under_integral,
    indicator,
    leibniz,
    pushforward,
    score_function,
)
from symrep.distributions import (
    Beta,
    Cauchy,
    Gumbel,
    HalfNormal,
    LogNormal,
    Pareto,
    Rayleigh,
    StudentT,
    Uniform,
    Weibull,
)

REFUTED, UNDECIDED, PROVED = Status.REFUTED, Status.UNDECIDED, Status.PROVED
ALL = [differentiate_under_integral, leibniz, score_function]
U0, PAR = Uniform(0, theta), Pareto(theta, 3)


# --- must fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ALL)
def test_lines_without_the_derivative_of_an_expectation(rule: Any) -> None:
    for line in (
        x**2,
        E(f(z), (z, N)),
        D(f(mu), mu),
        D(E(f(z), (z, N)), sigma),
        E(D(f(PATH), sigma), (eps, N01)),
        D(E(f(z), (z, N)) ** 2, mu),
    ):
        with pytest.raises(NotApplicable):
            applied(line, rule(mu))
    for wrong in (mu**2, sp.Integer(1)):
        with pytest.raises(BadInput, match="a symbol"):
            applied(D(E(f(z), (z, N)), mu), rule(wrong))


def test_images_have_no_density_to_differentiate() -> None:
    line = D(E(f(z), (z, pushforward(N, x, x**3))), mu)
    for rule in (leibniz, score_function):
        with pytest.raises(NotApplicable, match="the law it comes from"):
            applied(line, rule(mu))
    with pytest.raises(NotApplicable):
        applied(D(Integral(f(x * mu), (x, 0, 1)), mu), score_function(mu))


CASES: dict[str, tuple[Any, Any, Any, Status, Reason]] = {
    "law-moves": (
        D(E(f(z), (z, N)), mu),
        E(D(f(z), mu), (z, N)),
        differentiate_under_integral(mu),
        REFUTED,
        Reason.LAW_MOVES,
    ),
    "jump": (
        D(E(Heaviside(PATH), (eps, N01)), mu),
        sp.Integer(0),
        differentiate_under_integral(mu),
        REFUTED,
        Reason.JUMP,
    ),
    "undeclared": (
        D(E(rough(PATH), (eps, N01)), mu),
        E(D(rough(PATH), mu), (eps, N01)),
        differentiate_under_integral(mu),
        UNDECIDED,
        Reason.NOT_DECLARED,
    ),
    "support-moves": (
        D(E(x, (x, U0)), theta),
        E(-x / theta, (x, U0)),
        score_function(theta),
        REFUTED,
        Reason.SUPPORT_MOVES,
    ),
    "pareto": (
        D(E(z, (z, PAR)), theta),
        E(3 * z / theta, (z, PAR)),
        score_function(theta),
        REFUTED,
        Reason.SUPPORT_MOVES,
    ),
    "score-scale": (
        D(E(g(z), (z, N)), mu),
        E(g(z) * (z - mu) / sigma, (z, N)),
        score_function(mu),
        REFUTED,
        Reason.UNEQUAL,
    ),
    "no-boundary": (
        D(E(x**2, (x, U0)), theta),
        E(-(x**2) / theta, (x, U0)),
        leibniz(theta),
        REFUTED,
        Reason.UNEQUAL,
    ),
    "jump-sign": (
        D(E(Heaviside(PATH), (eps, N01)), mu),
        -density(N01)(mu / sigma) / sigma,
        leibniz(mu),
        REFUTED,
        Reason.UNEQUAL,
    ),
    "one-of-two": (
        D(E(indicator(And(PATH > -1, PATH < 1)), (eps, N01)), mu),
        density(N01)((-1 - mu) / sigma) / sigma,
        leibniz(mu),
        REFUTED,
        Reason.UNEQUAL,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_wrong_interchanges(name: str) -> None:
    before, line, rule, status, reason = CASES[name]
    v = step(before, line, rule)
    assert (v.status, v.reason) == (status, reason), v.message


def test_the_missing_term_is_supplied() -> None:
    for rule in (differentiate_under_integral(mu), score_function(mu)):
        assert rule.supply(None) == leibniz(mu)


# --- right --------------------------------------------------------------------------------------------------------


def table_of(cases: dict[str, tuple[Any, ...]]) -> dict[str, str]:
    said = {n: kernel(*case) for n, case in cases.items()}
    return {n: v for n, v in said.items() if v != "proved"}


def test_scores_of_families() -> None:
    scores = [
        (N, mu, (z - mu) / sigma**2),
        (N, sigma, (z - mu) ** 2 / sigma**3 - 1 / sigma),
        (EXP, lam, 1 / lam - z),
        (GAMMA, lam, a / lam - z),
        (GAMMA, a, log(lam) + log(z) - polygamma(0, a)),
        (LAPLACE, s, Abs(z - m) / s**2 - 1 / s),
        (LAPLACE, m, sign(z - m) / s),
        (Rayleigh(sigma), sigma, z**2 / sigma**3 - 2 / sigma),
        (LOGISTIC, m, tanh((z - m) / (2 * s)) / s),
        (Cauchy(m, 1), m, 2 * (z - m) / (1 + (z - m) ** 2)),
        (LogNormal(mu, sigma), mu, (log(z) - mu) / sigma**2),
        (HalfNormal(sigma), sigma, z**2 / sigma**3 - 1 / sigma),
        (Weibull(2, lam), lam, 2 * z**2 / lam**3 - 2 / lam),
        (Gumbel(m, s), m, (1 - exp(-(z - m) / s)) / s),
        (Pareto(2, a), a, 1 / a + log(2) - log(z)),
        (Beta(a, 1), a, 1 / a + log(z)),
        (StudentT(4, mu, 1), mu, 5 * (z - mu) / (4 + (z - mu) ** 2)),
    ]
    assert (
        table_of(
            {
                f"{law}, {p}": (D(E(g(z), (z, law)), p), E(g(z) * score, (z, law)), score_function(p))
                for law, p, score in scores
            }
        )
        == {}
    )


def test_a_body_that_contains_the_parameter_keeps_its_own_derivative() -> None:
    assert (
        result(D(E(mu * z, (z, N)), mu), score_function(mu)).body.expand()
        == (mu * z * (z - mu) / sigma**2 + z).expand()
    )


def test_jumps_kinks_and_moving_ends() -> None:
    phi = density(N01)
    cases = {
        "step": (D(E(Heaviside(PATH), (eps, N01)), mu), phi(mu / sigma) / sigma, leibniz(mu)),
        "step-sigma": (D(E(Heaviside(PATH), (eps, N01)), sigma), -mu * phi(mu / sigma) / sigma**2, leibniz(sigma)),
        "two": (
            D(E(indicator(And(PATH > -1, PATH < 1)), (eps, N01)), mu),
            (phi((-1 - mu) / sigma) - phi((1 - mu) / sigma)) / sigma,
            leibniz(mu),
        ),
        "jump-and-slope": (
            D(E(PATH**2 * Heaviside(PATH - 1), (eps, N01)), mu),
            E(2 * PATH * Heaviside(PATH - 1), (eps, N01)) + phi((1 - mu) / sigma) / sigma,
            leibniz(mu),
        ),
        "abs": (D(E(Abs(PATH), (eps, N01)), mu), E(sign(PATH), (eps, N01)), leibniz(mu)),
        "relu": (D(E(Max(0, PATH), (eps, N01)), mu), E(Heaviside(PATH), (eps, N01)), leibniz(mu)),
        "uniform": (D(E(x**2, (x, U0)), theta), E(-(x**2) / theta, (x, U0)) + theta, leibniz(theta)),
        "pareto": (D(E(1 / x, (x, PAR)), theta), E(3 / (x * theta), (x, PAR)) - 3 / theta**2, leibniz(theta)),
        "tail": (D(E(Heaviside(x - theta), (x, EXP)), theta), -lam * exp(-lam * theta), leibniz(theta)),
        "ends": (D(Integral(f(x), (x, -theta, theta)), theta), f(theta) + f(-theta), leibniz(theta)),
    }
    assert table_of(cases) == {}


def test_under_the_integral_sign_and_back() -> None:
    rule = differentiate_under_integral(mu)
    out, inside = D(E(f(PATH), (eps, N01)), mu), E(D(f(PATH), mu), (eps, N01))
    relu = E(D(Max(0, PATH), mu), (eps, N01))
    cases = {
        "in": (out, inside, rule),
        "out": (inside, out, rule),
        "kink": (D(E(Max(0, PATH), (eps, N01)), mu), relu, rule),
        "integral": (
            D(Integral(exp(-mu * x), (x, 0, 1)), mu),
            Integral(D(exp(-mu * x), mu), (x, 0, 1)),
            rule,
        ),
    }
    assert table_of(cases) == {}


def test_second_derivatives_of_a_normal_mean_make_price_s_theorem() -> None:
    before = D(E(z**2, (z, N)), sigma)
    line = E(z**2 * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, N))
    assert kernel(before, line, score_function(sigma)) == "proved"
    wrong = step(D(E(z**2, (z, N)), sigma) / (2 * sigma), sp.Integer(2), score_function(sigma))
    assert wrong.status is REFUTED  # half the second derivative, not all of it
    assert Rational(1, 2) * 2 == 1
