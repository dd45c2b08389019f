r"""Steps of derivations that somebody new wrote, who knew only the rules' names: differences, integral transforms of
laws with a symbolic shape, thinning, moments that exist under a hypothesis. Wrong ones first."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Abs, Integral, Sum, binomial, exp, factorial, log, oo, pi, sqrt

from rules.judging import kernel, outcome, result
from symrep import (
    KL,
    D,
    E,
    NotApplicable,
    Reason,
    Status,
    algebra,
    change_of_variables,
    conditional_law,
    definition,
    density,
    differentiate_under_integral,
    evaluate,
    function,
    integrable,
    integration_by_parts,
    joint,
    marginalise,
    nonnegative_integer,
    pmf,
    positive,
    positive_integer,
    pushforward,
    real,
    unit,
)
from symrep.distributions import Exponential, Normal, Poisson, Weibull

x, t, z = real("x t z")
b, c, g, h, r, s, w, kappa, lam = positive("b c g h r s w kappa lambda")
u, p = unit("u p")
k, n, j = nonnegative_integer("k n j")
m = positive_integer("m")

X = Exponential(1 / b)
W = Weibull(kappa, c)
F = 1 - exp(-((w / c) ** kappa))
QUANTILE = c * (-log(1 - u)) ** (1 / kappa)
apart = density(pushforward(joint(X, X), (g, h), g - h))
mixed = Integral(exp(-(x**2) / (2 * w)) / sqrt(2 * pi * w) * exp(-w / (2 * b**2)) / (2 * b**2), (w, 0, oo))
weight = density(Normal(0, 1))(z) / density(Normal(0, s))(z)
kept = Sum(pmf(Poisson(lam))(n) * binomial(n, k) * p**k * (1 - p) ** (n - k), (n, k, oo))
thinned = exp(-lam * p) * (lam * p) ** k / factorial(k)
SMALL = 2 * s**2 > 1
P, Q = (conditional_law(name, positive=True) for name in ("p", "q"))
odds = density(P)(z) / density(Q)(z)
FINITE = integrable(log(odds), (z, P))
rough = function("f", smooth=0, growth=2)
smooth = function("s", smooth=1, growth=2)
N1 = Normal(x, s)
loss = E(smooth(z - x), (z, Normal(0, 1)))
slope = E(D(smooth(z - x), x), (z, Normal(0, 1)))

WRONG: dict[str, tuple[Any, Any, Any, tuple[Any, ...], Reason]] = {
    "the range of a sum, copied for a difference": (
        apart(r), Integral(density(X)(r + h) * density(X)(h), (h, r, oo)), marginalise(g), (), Reason.UNEQUAL,
    ),
    "a difference below zero, as if it were above": (
        apart(t), Integral(exp(-(t + h) / b) / b * exp(-h / b) / b, (h, 0, oo)), marginalise(g), (), Reason.UNEQUAL,
    ),
    "the quantile of the other tail": (
        density(pushforward(W, w, F))(u), 1, change_of_variables(inverse=c * (-log(u)) ** (1 / kappa)), (),
        Reason.INVERSE_WRONG,
    ),
    "a Jacobian lost": (
        density(pushforward(W, w, F))(u), density(W)(QUANTILE) * QUANTILE, change_of_variables(inverse=QUANTILE), (),
        Reason.UNEQUAL,
    ),
    "thinned at the rate of all": (kept, exp(-lam) * (lam * p) ** k / factorial(k), evaluate, (), Reason.UNEQUAL),
    "the modulus lost": (mixed, exp(-x / b) / (2 * b), evaluate, (), Reason.UNEQUAL),
    "a quotient of any two densities upside down": (
        KL(P, Q), E(log(1 / odds), (z, P)), definition, (FINITE,), Reason.UNEQUAL,
    ),
    "half a divergence of any two densities": (
        E(log(odds), (z, P)), E(log(odds), (z, P)) / 2, algebra, (FINITE,), Reason.UNEQUAL,
    ),
    "the sign after parts, beside means that stay": (
        E((z - x) * smooth(z), (z, N1)) + E((z - x) ** 2, (z, N1)),
        -(s**2) * E(smooth(z).diff(z), (z, N1)) + E((z - x) ** 2, (z, N1)),
        integration_by_parts(smooth(z)), (), Reason.UNEQUAL,
    ),
    "the sign of a loss lost": (D(-loss, x), slope, differentiate_under_integral(x), (), Reason.UNEQUAL),
    "a factor that moves, taken for a constant": (
        D(-x * loss, x), -x * slope, differentiate_under_integral(x), (), Reason.UNEQUAL,
    ),
    "half the power": (E(weight, (z, Normal(0, 1))), s / sqrt(2 * s**2 - 1), evaluate, (SMALL,), Reason.UNEQUAL),
}  # fmt: skip

RIGHT: dict[str, tuple[Any, Any, Any, tuple[Any, ...]]] = {
    "a difference above zero": (
        apart(r), Integral(density(X)(r + h) * density(X)(h), (h, 0, oo)), marginalise(g), (),
    ),
    "the integral transform of a law with a symbolic shape": (
        density(pushforward(W, w, F))(u), 1, change_of_variables(inverse=QUANTILE), (),
    ),
    "its other tail": (density(pushforward(W, w, 1 - F))(u), 1, change_of_variables(), ()),
    "thinning": (kept, thinned, evaluate, ()),
    "a scale mixture of normal laws, 0 included": (mixed, exp(-Abs(x) / b) / (2 * b), evaluate, ()),
    "parts of one mean, the others left alone": (
        E((z - x) * smooth(z), (z, N1)) + E((z - x) ** 2, (z, N1)),
        s**2 * E(smooth(z).diff(z), (z, N1)) + E((z - x) ** 2, (z, N1)), integration_by_parts(smooth(z)), (),
    ),
    "a quotient of any two densities": (KL(P, Q), -E(log(1 / odds), (z, P)), definition, (FINITE,)),
    "the gradient of a loss": (D(-loss, x), -slope, differentiate_under_integral(x), ()),
    "and of a multiple": (D(loss / s, x), slope / s, differentiate_under_integral(x), ()),
    "weights that have a mean by hypothesis": (
        E(weight, (z, Normal(0, 1))), s**2 / sqrt(2 * s**2 - 1), evaluate, (SMALL,),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong(name: str) -> None:
    before, line, reason, given, code = WRONG[name]
    assert outcome(before, line, reason, given) == (Status.REFUTED, code)


@pytest.mark.parametrize("name", RIGHT)
def test_right(name: str) -> None:
    before, line, reason, given = RIGHT[name]
    assert outcome(before, line, reason, given)[0] is Status.PROVED


def test_no_mean_is_proved_without_the_hypothesis() -> None:
    value = s**2 / sqrt(2 * s**2 - 1)
    assert kernel(E(weight, (z, Normal(0, 1))), value, evaluate) != "proved"


INDICES: dict[str, tuple[Any, str]] = {
    "positive, from where it may be 0": (Sum(1 / (m * (m + 1)), (m, k, oo)), "may start below 1"),
    "not negative, from below 0": (Sum(lam**n / factorial(n), (n, k - 1, oo)), "may start below 0"),
    "an index of the other sign": (Sum(lam**n / factorial(n), (n, -k, oo)), "may start below 0"),
}


@pytest.mark.parametrize("name", INDICES)
def test_an_index_is_not_narrowed_by_its_declaration(name: str) -> None:
    total, words = INDICES[name]
    assert words in kernel(total, 2 * total, algebra)


def test_a_sum_with_a_function_nobody_spelled_out_is_refused_in_words() -> None:
    total = Sum(k * rough(k) * exp(-lam) * lam**k / factorial(k), (k, 0, oo))
    with pytest.raises(NotApplicable, match="a sum with a closed form"):
        result(total, evaluate)


def test_a_range_keeps_the_narrower_end() -> None:
    assert result(apart(r), marginalise(g)).limits[0][1:] == (0, oo)
    assert result(apart(t), marginalise(g)).limits[0][1:] == (0, oo), (
        "where nobody knows, the integrand says where it is 0"
    )
