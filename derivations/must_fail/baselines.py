"""Baselines and control variates with slips."""

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    Var,
    algebra,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    ge,
    linearity,
    positive,
    real,
)
from symrep.distributions import Normal

z, mu, b, c = real("z mu b c")
sigma = positive("sigma")
f = function("f", smooth=1, growth=2)
p = Normal(mu, sigma)
score = (z - mu) / sigma**2


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def baseline_with_a_mean():
    r"""The score has mean 0, not 1."""
    yield E((f(z) - b) * score, (z, p))
    yield E(f(z) * score, (z, p)) - b, linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def baseline_outside_the_score():
    r"""The baseline is multiplied by the score."""
    yield E((f(z) - b) * score, (z, p))
    yield E(f(z) * score - b, (z, p)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def best_baseline_is_not_the_mean():
    r"""$\mathbb{E}[f s^2]/\mathbb{E}[s^2]$ is not $\mathbb{E}[f]$."""
    yield E(z**2 * score**2, (z, p)) / E(score**2, (z, p))
    yield mu**2 + sigma**2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def best_baseline_with_one_score():
    r"""The derivative of $(f - b)^2 s^2$ is $-2(f - b)s^2$."""
    yield D(E((f(z) - b) ** 2 * score**2, (z, p)), b)
    yield E(-2 * (f(z) - b) * score, (z, p)), differentiate_under_integral(b)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def variance_without_the_squared_mean():
    r"""$\mathrm{Var} = \mathbb{E}[g^2] - \mathbb{E}[g]^2$, and $\mathbb{E}[g] = 2\mu$."""
    yield Var((z**2 - b) * score, (z, p))
    yield (b - mu**2 - 3 * sigma**2) ** 2 / sigma**2 + 12 * mu**2 + 6 * sigma**2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def variance_below_its_minimum():
    r"""At $b = \mu^2 + 3\sigma^2$ the bound is attained, so a larger one fails."""
    yield (b - mu**2 - 3 * sigma**2) ** 2 / sigma**2 + 8 * mu**2 + 6 * sigma**2
    yield ge(9 * mu**2 + 6 * sigma**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def control_variate_with_the_sign():
    r"""The best coefficient is $+2\mu$."""
    yield Var(z**2 - c * (z - mu), (z, p))
    yield sigma**2 * (c + 2 * mu) ** 2 + 2 * sigma**4, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def control_variate_without_what_is_left():
    r"""No linear control variate removes $2\sigma^4$."""
    yield Var(z**2 - c * (z - mu), (z, p))
    yield sigma**2 * (c - 2 * mu) ** 2, evaluate
