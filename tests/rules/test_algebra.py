"""Algebra, definitions, linearity."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Abs, Eq, exp, log, pi, sqrt

from rules.judging import applied, kernel, outcome, result
from rules.words import EXP, N01, N, eps, f, lam, mu, sigma, w, x, y, z
from symrep import (
    KL,
    D,
    E,
    Independent,
    NotApplicable,
    Status,
    Var,
    algebra,
    definition,
    density,
    indexed,
    linearity,
    positive_integer,
    pushforward,
)
from symrep.distributions import Normal

REFUTED, PROVED = Status.REFUTED, Status.PROVED
j, d = positive_integer("j d")
MEANS, SCALES = indexed("means"), indexed("scales", "positive")


# --- must fail ----------------------------------------------------------------------------------------------------


def test_algebra_changes_nothing_by_itself() -> None:
    for line in (x**2, density(N)(x), E(f(z), (z, N))):
        a = applied(line, algebra)
        assert (a.result, a.rewrites) == (line, ())


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (sqrt(x**2), x),
        (log(x**2), 2 * log(Abs(x)) + 1),
        ((x + y) ** 2, x**2 + y**2),
        (exp(x + y), exp(x) + exp(y)),
        (E(z**2, (z, N)), E(z, (z, N)) ** 2),
        (E(1 / (1 + z**2), (z, N)), 1 / (1 + E(z**2, (z, N)))),
        (density(N)(x), exp(-((x - mu) ** 2) / (2 * sigma)) / sqrt(2 * pi * sigma**2)),
        (D(E(z**2, (z, N)), mu), E(D(z**2, mu), (z, N))),
    ],
    ids="root log square exp jensen reciprocal variance swap".split(),
)
def test_false_algebra_is_refuted(before: sp.Expr, line: sp.Expr) -> None:
    assert outcome(before, line, algebra)[0] is REFUTED


@pytest.mark.parametrize("line", [x**2, E(f(z), (z, N)), density(pushforward(N, x, x**2))(y), D(f(x), x)])
def test_a_definition_needs_something_to_unfold(line: sp.Expr) -> None:
    with pytest.raises(NotApplicable, match="to unfold"):
        applied(line, definition)


def test_a_definition_of_something_else_does_not_apply() -> None:
    for of in (Normal(0, 2), EXP, EXP.family):
        with pytest.raises(NotApplicable):
            applied(density(N)(x), definition(of))
    assert result(density(N)(x) + density(EXP)(w), definition(EXP)).has(density(N)(x))


def test_products_are_not_unfolded_by_a_definition() -> None:
    line = KL(Independent(Normal(MEANS[j], SCALES[j]), (j, 1, d)), Independent(N01, (j, 1, d)))
    with pytest.raises(NotApplicable):
        applied(line, definition)


@pytest.mark.parametrize("line", [x**2, density(N)(x), Var(z, (z, N)), D(f(x), x)])
def test_linearity_needs_an_expectation(line: sp.Expr) -> None:
    with pytest.raises(NotApplicable, match="an expectation"):
        applied(line, linearity)


def test_linearity_needs_a_sum_or_a_multiple() -> None:
    with pytest.raises(NotApplicable, match="sum or of a multiple"):
        applied(E(f(z), (z, N)), linearity, mu)
    assert outcome(E(z, (z, N)), mu, linearity)[0] is not PROVED


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (E(z * (1 + z), (z, N)), E(z, (z, N)) * E(1 + z, (z, N))),
        (E(mu * z, (z, N)), mu**2 * E(z, (z, N))),
        (E(2 + z, (z, N)), E(z, (z, N))),
        (E(exp(z), (z, N)), exp(E(z, (z, N)))),
    ],
    ids="product constant dropped inside".split(),
)
def test_false_linearity_is_refuted(before: sp.Expr, line: sp.Expr) -> None:
    assert outcome(before, line, linearity)[0] is REFUTED


# --- right --------------------------------------------------------------------------------------------------------


def test_right_lines_are_proved() -> None:
    normal = exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sigma * sqrt(2 * pi))
    table = {
        "root": (sqrt(x**2), Abs(x), algebra),
        "square": ((x + y) ** 2, x**2 + 2 * x * y + y**2, algebra),
        "log": (log(w * lam), log(w) + log(lam), algebra),
        "inside": (E((z + 1) ** 2, (z, N)), E(z**2 + 2 * z + 1, (z, N)), algebra),
        "softplus": (log(1 + exp(x)), x + log(1 + exp(-x)), algebra),
        "density": (density(N)(x), normal, definition(N)),
        "family": (density(N)(x), normal, definition(N.family)),
        "supported": (density(EXP)(w), lam * exp(-lam * w), definition),
        "variance": (Var(z, (z, N)), E(z**2, (z, N)) - E(z, (z, N)) ** 2, definition),
        "divergence": (KL(N, N01), E(log(density(N)(z)) - log(density(N01)(z)), (z, N)), definition),
        "linear": (E(2 * z + mu * z**2 + 1, (z, N)), 2 * E(z, (z, N)) + mu * E(z**2, (z, N)) + 1, linearity),
        "functions": (E(3 * f(z) - z, (z, N)), 3 * E(f(z), (z, N)) - E(z, (z, N)), linearity),
    }
    said = {n: kernel(*case) for n, case in table.items()}
    assert {n: v for n, v in said.items() if v != "proved"} == {}


def test_read_from_right_to_left() -> None:
    assert outcome(2 * E(z, (z, N)) + 1, E(2 * z + 1, (z, N)), linearity)[0] is PROVED
    assert outcome(exp(-(x**2) / 2) / sqrt(2 * pi), density(N01)(x), definition)[0] is PROVED
    assert outcome(exp(-(x**2) / 4) / sqrt(2 * pi), density(N01)(x), definition)[0] is REFUTED


def test_a_relation_given_is_used_and_not_more() -> None:
    assert outcome(Abs(x - y), x - y, algebra, (x > y,))[0] is PROVED
    assert outcome(Abs(x - y), x - y, algebra, (x < y,))[0] is REFUTED
    assert outcome(Abs(x - y), x - y, algebra)[0] is REFUTED
    assert Eq(eps, eps) == sp.true  # a given equality between one symbol and itself says nothing
