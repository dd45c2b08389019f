"""The chain rule and integration by parts."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Integral, cos, exp, log, oo, pi, sin, sqrt

from rules.judging import applied, kernel, outcome, result, step
from rules.words import EXP, GAMMA, N01, PATH, N, a, eps, f, g, lam, mu, rough, sigma, w, x, z
from symrep import (
    BadInput,
    D,
    E,
    NotApplicable,
    Reason,
    Status,
    chain_rule,
    density,
    function,
    integration_by_parts,
    pushforward,
)
from symrep.distributions import Cauchy, Exponential, HalfNormal, Normal

REFUTED, PROVED = Status.REFUTED, Status.PROVED


# --- the chain rule, must fail ------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [x**2, f(PATH), E(f(PATH), (eps, N01)), D(E(f(PATH), (eps, N01)), mu)])
def test_nothing_to_carry_out(line: sp.Expr) -> None:
    for hint in (line, line + 1, None):
        with pytest.raises(NotApplicable, match="can be carried out"):
            applied(line, chain_rule, hint)


def test_the_chain_rule_is_no_algebra() -> None:
    v = step((x + 1) ** 2, x**2 + 2 * x + 1, chain_rule)
    assert v.status is not PROVED


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (D(sin(mu * sigma), mu), cos(mu * sigma)),
        (D(exp(-(x**2) / 2), x), x * exp(-(x**2) / 2)),
        (D(x * exp(x), x), exp(x)),
        (E(D(f(PATH), sigma), (eps, N01)), E(f(PATH).diff(mu), (eps, N01))),
        (D(f(g(x)), x), f(x).diff(x)),
    ],
    ids="inner sign product parameter composition".split(),
)
def test_false_derivatives_are_not_proved(before: sp.Expr, line: sp.Expr) -> None:
    assert outcome(before, line, chain_rule)[0] in (REFUTED, Status.UNDECIDED)


def test_a_function_nobody_declared_differentiable() -> None:
    v = step(D(rough(mu * x), mu), rough(mu * x).diff(mu), chain_rule)
    assert v.status is Status.UNDECIDED


# --- the chain rule, right ----------------------------------------------------------------------------------------


def test_derivatives_are_carried_out() -> None:
    smooth = function("f", smooth=2, growth=2)
    table = {
        "chain": (D(sin(mu * sigma), mu), sigma * cos(mu * sigma)),
        "product": (D(x * exp(x), x), (1 + x) * exp(x)),
        "twice": (D(sin(2 * x), x, x), -4 * sin(2 * x)),
        "inside": (E(D(PATH**2, mu), (eps, N01)), E(2 * PATH, (eps, N01))),
        "function": (E(D(f(PATH), sigma), (eps, N01)), E(eps * f(PATH).diff(mu), (eps, N01))),
        "second": (D(smooth(x * w), x, x), w**2 * smooth(x * w).diff(x, 2) / w**2),
    }
    said = {n: kernel(before, line, chain_rule) for n, (before, line) in table.items()}
    assert {n: v for n, v in said.items() if v != "proved"} == {}
    assert result(D(E(f(PATH), (eps, N01)), mu) + D(x**2, x), chain_rule) == D(E(f(PATH), (eps, N01)), mu) + 2 * x


# --- integration by parts, must fail ------------------------------------------------------------------------------


def test_integration_by_parts_needs_an_integral() -> None:
    for line in (x**2, D(E(f(PATH), (eps, N01)), mu).body.body, Integral(x, (x, 0, 1), (z, 0, 1))):
        with pytest.raises(NotApplicable, match="expectation or integral over one variable"):
            applied(line, integration_by_parts(u=f(z)))
    with pytest.raises(BadInput, match="depends on z"):
        applied(E(f(z), (z, N)), integration_by_parts(u=mu))
    with pytest.raises(NotApplicable):
        applied(E(f(z) * exp(sin(z)), (z, N)), integration_by_parts(u=f(z)))
    with pytest.raises(NotApplicable, match="known"):
        applied(E(f(z), (z, pushforward(N01, x, x**3))), integration_by_parts(u=f(z)))


def test_functions_without_declared_growth_have_no_boundary_term() -> None:
    assert kernel(E((z - mu) * rough(z), (z, N)), E(rough(z), (z, N)), integration_by_parts(u=rough(z))) != "proved"
    with pytest.raises(NotApplicable):
        applied(E(2 * z / (1 + z**2) * f(z), (z, Cauchy(0, 1))), integration_by_parts(u=f(z)))


@pytest.mark.parametrize(
    ("before", "line", "u"),
    [
        (E((z - mu) * f(z), (z, N)), sigma * E(f(z).diff(z), (z, N)), f(z)),
        (E(f(z), (z, Exponential(1))), E(f(z).diff(z), (z, Exponential(1))), f(z)),
        (E(z * f(z), (z, HalfNormal(1))), E(f(z).diff(z), (z, HalfNormal(1))), f(z)),
        (Integral(cos(x) * exp(-x), (x, 0, oo)), -Integral(sin(x) * exp(-x), (x, 0, oo)), cos(x)),
        (Integral(x * exp(x), (x, 0, 1)), exp(1) + Integral(exp(x), (x, 0, 1)), x),
    ],
    ids="stein-scale exponential-boundary half-normal-boundary boundary sign".split(),
)
def test_lost_terms_are_refuted(before: sp.Expr, line: sp.Expr, u: sp.Expr) -> None:
    assert outcome(before, line, integration_by_parts(u=u))[0] is REFUTED


# --- integration by parts, right ----------------------------------------------------------------------------------


def test_integrals_by_parts() -> None:
    df = f(z).diff(z)
    table = {
        "stein": (E((z - mu) * f(z) / sigma**2, (z, N)), E(df, (z, N)), f(z)),
        "stein-concrete": (E(sin(z) * (z - mu) / sigma**2, (z, N)), E(cos(z), (z, N)), sin(z)),
        "exponential": (E(f(z), (z, Exponential(1))), f(sp.Integer(0)) + E(df, (z, Exponential(1))), f(z)),
        "rate": (E(f(z), (z, EXP)), f(sp.Integer(0)) + E(df / lam, (z, EXP)), f(z)),
        "half-normal": (
            E(z * f(z), (z, HalfNormal(1))),
            sqrt(2 / pi) * f(sp.Integer(0)) + E(df, (z, HalfNormal(1))),
            f(z),
        ),
        "gamma": (E((lam * z - a) * f(z), (z, GAMMA)), E(z * df, (z, GAMMA)), f(z)),
        "half-line": (Integral(x * exp(-x), (x, 0, oo)), Integral(exp(-x), (x, 0, oo)), x),
        "interval": (Integral(x * exp(x), (x, 0, 1)), exp(1) + Integral(-exp(x), (x, 0, 1)), x),
        "log": (Integral(log(x), (x, 1, 2)), 2 * log(2) + Integral(-1, (x, 1, 2)), log(x)),
    }
    said = {n: kernel(before, line, integration_by_parts(u=u)) for n, (before, line, u) in table.items()}
    assert {n: v for n, v in said.items() if v != "proved"} == {}


def test_stein_with_the_variance_in_front() -> None:
    before = E((z - mu) * f(z), (z, N))
    assert outcome(before, sigma**2 * E(f(z).diff(z), (z, N)), integration_by_parts(u=f(z)))[0] is PROVED


def test_by_parts_with_a_derivative_that_is_written_and_not_carried_out() -> None:
    h = function("h", smooth=2, growth=2)
    law = N
    before, right = E((z - mu) * D(h(z), z), (z, law)), E(sigma**2 * D(h(z), z, z), (z, law))
    assert kernel(before, E(sigma * D(h(z), z, z), (z, law)), integration_by_parts(D(h(z), z))) != "proved"
    assert kernel(before, right, integration_by_parts(D(h(z), z))) == "proved"


def test_second_derivatives_inside_an_expectation() -> None:
    """−E ∂²log p/∂σ², as the chain rule leaves it: with ∂²p/∂σ² under the integral sign."""
    law = Normal(mu, sigma)
    before = -E(D(log(density(law)(x)), sigma, sigma), (x, law))
    curved = 1 / sigma**2 - 3 * (x - mu) ** 2 / sigma**4
    assert outcome(before, E(curved, (x, law)), chain_rule) == (Status.REFUTED, Reason.UNEQUAL)
    assert outcome(before, -E(curved / 3, (x, law)), chain_rule) == (Status.REFUTED, Reason.UNEQUAL)
    assert outcome(before, -E(curved, (x, law)), chain_rule)[0] is Status.PROVED
