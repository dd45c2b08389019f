"""Limits with slips: two for each derivation of the gallery."""

from sympy import Integer, Integral, Limit, Rational, exp, log, oo

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    density,
    derivation,
    evaluate,
    positive,
    positive_integer,
    real,
    unit,
)
from symrep.distributions import Normal

x, c, mu1, mu2 = real("x c mu_1 mu_2")
a, tau, nu, w, alpha, s = positive("a tau nu w alpha s")
p = unit("p")
n = positive_integer("n")
SECOND = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
THIRD = Expected(Status.REFUTED, Reason.UNEQUAL, line=3)
P, Q = Normal(mu1, s), Normal(mu2, s)


@derivation(expected=SECOND)
def cold_samples_at_one_half():
    r"""One half is the sample on the threshold."""
    yield Limit(1 / (1 + exp(-a / tau)), tau, 0)
    yield Rational(1, 2), evaluate


@derivation(expected=THIRD)
def cold_samples_on_the_wrong_side():
    r"""Where the logit is negative the sample becomes 0."""
    yield Limit(1 / (1 + exp(-a / tau)), tau, 0) + Limit(1 / (1 + exp(a / tau)), tau, 0)
    yield 1 + Limit(1 / (1 + exp(a / tau)), tau, 0), evaluate
    yield 2, evaluate


@derivation(expected=SECOND)
def hot_samples_that_know_the_logit():
    r"""That is the sample at the temperature 1."""
    yield Limit(1 / (1 + exp(-c / tau)), tau, oo)
    yield 1 / (1 + exp(-c)), evaluate


@derivation(expected=SECOND)
def hot_samples_at_one():
    r"""$e^0$ is 1, not 0."""
    yield Limit(1 / (1 + exp(-c / tau)), tau, oo)
    yield Integer(1), evaluate


@derivation(expected=SECOND)
def a_slope_that_stays():
    r"""Without the factor $e^{-a/\tau}$ it would grow; with it, it is gone."""
    yield Limit(exp(-a / tau) / (tau * (1 + exp(-a / tau)) ** 2), tau, 0)
    yield Rational(1, 4), evaluate


@derivation(expected=SECOND)
def a_slope_as_large_as_the_logit():
    r"""$1/\tau$ grows more slowly than $e^{-a/\tau}$ falls."""
    yield Limit(exp(-a / tau) / (tau * (1 + exp(-a / tau)) ** 2), tau, 0)
    yield 1 / a, evaluate


@derivation(expected=THIRD)
def student_to_a_normal_law_of_half_the_variance():
    r"""The exponent is $-\frac{\nu + 1}{2}$: the factor $\frac12$ is lost."""
    yield Limit((1 + x**2 / nu) ** (-(nu + 1) / 2), nu, oo)
    yield Limit(exp(-(nu + 1) / 2 * log(1 + x**2 / nu)), nu, oo), algebra
    yield exp(-(x**2)), evaluate


@derivation(expected=SECOND)
def student_with_another_exponent():
    r"""$\nu + 1$ in place of its half."""
    yield Limit((1 + x**2 / nu) ** (-(nu + 1) / 2), nu, oo)
    yield Limit(exp(-(nu + 1) * log(1 + x**2 / nu)), nu, oo), algebra


@derivation(expected=THIRD)
def trials_of_the_wrong_sign():
    r"""The chance that there is no event falls with $p$."""
    yield Limit((1 - p / n) ** n, n, oo)
    yield Limit(exp(n * log(1 - p / n)), n, oo), algebra
    yield exp(p), evaluate


@derivation(expected=SECOND)
def trials_one_after_the_other():
    r"""$1 - p/n$ goes to 1, and its $n$-th power does not."""
    yield Limit((1 - p / n) ** n, n, oo)
    yield Integer(1), evaluate


@derivation(expected=SECOND)
def box_cox_to_the_reciprocal():
    r"""$1/w$ is the slope of the logarithm."""
    yield Limit((w**c - 1) / c, c, 0, "+-")
    yield 1 / w, evaluate


@derivation(expected=SECOND)
def box_cox_with_its_argument():
    r"""$w\log w$ is the limit of $(w^{\lambda + 1} - w)/\lambda$."""
    yield Limit((w**c - 1) / c, c, 0, "+-")
    yield w * log(w), evaluate


@derivation(expected=SECOND)
def renyi_of_the_wrong_order():
    r"""$1 - \alpha$ belongs to the other law."""
    yield Limit(alpha * (mu1 - mu2) ** 2 / (2 * s**2), alpha, 1, "+-")
    yield Limit((1 - alpha) * (mu1 - mu2) ** 2 / (2 * s**2), alpha, 1, "+-"), evaluate


@derivation(expected=THIRD)
def renyi_without_the_half():
    r"""The square of the distance over $2s^2$."""
    powers = Integral(density(P)(x) ** alpha * density(Q)(x) ** (1 - alpha), (x, -oo, oo))
    yield Limit(log(powers) / (alpha - 1), alpha, 1, "+-")
    yield Limit(alpha * (mu1 - mu2) ** 2 / (2 * s**2), alpha, 1, "+-"), evaluate
    yield (mu1 - mu2) ** 2 / s**2, evaluate
