"""Moments and tails with slips: two for each derivation of the gallery."""

from sympy import Abs, Integral, exp, log, oo

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    ge,
    integrable,
    linearity,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    split_at,
    unit,
)
from symrep.distributions import Binomial, Gamma, Normal, Poisson

x, z, t, m, mu = real("x z t m mu")
sigma, lam, a, s, c, w = positive("sigma lambda alpha s c w")
k, n, p_ = nonnegative_integer("k"), positive_integer("n"), unit("p")
X = conditional_law("p", positive=True, smooth=0)
p = density(X)(x)
SECOND, THIRD = (Expected(Status.REFUTED, Reason.UNEQUAL, line=n) for n in (2, 3))
TOO_MUCH = Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2)


def over(f, low, high):
    return Integral(f * p, (x, low, high))


@derivation(given=(dominated(exp(t * x), (x, X), by=t),), expected=THIRD)
def derivative_by_the_wrong_factor():
    r"""$\partial_t e^{tx} = x\,e^{tx}$."""
    yield D(E(exp(t * x), (x, X)), t)
    yield E(D(exp(t * x), t), (x, X)), differentiate_under_integral(t)
    yield E(t * exp(t * x), (x, X)), chain_rule


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def derivative_of_one_that_need_not_exist():
    r"""A law may have no generating function at all."""
    yield D(E(exp(t * x), (x, X)), t)
    yield E(D(exp(t * x), t), (x, X)), differentiate_under_integral(t)


@derivation(expected=SECOND)
def normal_generating_function_without_the_half():
    r"""$\frac12\sigma^2t^2$."""
    yield log(E(exp(t * z), (z, Normal(mu, sigma))))
    yield mu * t + sigma**2 * t**2, evaluate


@derivation(expected=SECOND)
def normal_generating_function_with_the_sign():
    r"""A minus belongs to the characteristic function."""
    yield log(E(exp(t * z), (z, Normal(mu, sigma))))
    yield mu * t - sigma**2 * t**2 / 2, evaluate


@derivation(expected=SECOND)
def poisson_generating_function_without_the_one():
    r"""At $t = 0$ it has to be $1$."""
    yield E(exp(t * k), (k, Poisson(lam)))
    yield exp(lam * exp(t)), evaluate


@derivation(expected=SECOND)
def poisson_cumulants_with_the_square():
    r"""All of them are $\lambda$."""
    yield D(log(exp(lam * (exp(t) - 1))), t)
    yield lam**2 * exp(t), chain_rule


@derivation(expected=SECOND)
def binomial_generating_function_with_the_chances_exchanged():
    r"""$e^t$ goes with a success."""
    yield E(exp(t * k), (k, Binomial(n, p_)))
    yield (p_ + (1 - p_) * exp(t)) ** n, evaluate


@derivation(expected=SECOND)
def binomial_generating_function_of_one_trial():
    r"""There are $n$ trials."""
    yield E(exp(t * k), (k, Binomial(n, p_)))
    yield 1 - p_ + p_ * exp(t), evaluate


@derivation(expected=SECOND)
def laplace_transform_with_the_power_one():
    r"""The shape is the power."""
    yield E(exp(-s * w), (w, Gamma(a, lam)))
    yield lam / (lam + s), evaluate


@derivation(expected=SECOND)
def laplace_transform_by_the_scale():
    r"""$\lambda$ is a rate."""
    yield E(exp(-s * w), (w, Gamma(a, lam)))
    yield (1 / (1 + lam * s)) ** a, evaluate


@derivation(given=(integrable(Abs(x), (x, X)),), expected=SECOND)
def markov_with_the_tails_alone():
    r"""The middle is part of the mean."""
    yield over(Abs(x), -oo, oo) / c
    yield (over(Abs(x), -oo, -c) + over(Abs(x), c, oo)) / c, split_at(-c)


@derivation(given=(integrable(Abs(x), (x, X)),), expected=SECOND)
def markov_with_the_excess_forgotten():
    r"""Beyond $c$ it is $x$, not $c$, that is averaged."""
    yield over(x, c, oo)
    yield c * over(1, c, oo), linearity


@derivation(given=(integrable(x, (x, X)), integrable(x**2, (x, X))), expected=SECOND)
def chebyshev_with_the_distance_for_its_square():
    r"""Squares are compared with $c^2$."""
    yield over((x - m) ** 2, m + c, oo)
    yield over((x - m) ** 2 - c**2, m + c, oo) + c * over(1, m + c, oo), linearity


@derivation(given=(integrable(x, (x, X)), integrable(x**2, (x, X))), expected=SECOND)
def chebyshev_with_the_tails_alone():
    r"""The middle is part of the second moment."""
    square = (x - m) ** 2
    yield over(square, m - c, oo)
    yield over(square, m + c, oo), split_at(m + c)


@derivation(given=(integrable(exp(s * x), (x, X)),), expected=SECOND)
def chernoff_with_the_sign():
    r"""$e^{-sm}e^{sx} = e^{s(x - m)}$."""
    yield exp(-s * m) * over(exp(s * x), -oo, oo)
    yield over(exp(s * (x + m)), -oo, oo), linearity


@derivation(given=(integrable(exp(s * x), (x, X)),), expected=SECOND)
def chernoff_with_the_one_forgotten():
    r"""What is taken off is added as a probability."""
    yield over(exp(s * (x - m)), m, oo)
    yield over(exp(s * (x - m)) - 1, m, oo), linearity


@derivation(expected=SECOND)
def normal_tilt_without_the_half():
    r"""$e^{-c^2}\,\mathbb{E}[e^{cx}] = e^{-c^2/2}$."""
    yield E(exp(c * (x - c)), (x, Normal(0, 1)))
    yield exp(-(c**2)), evaluate


@derivation(expected=TOO_MUCH)
def normal_bound_that_is_too_small():
    r"""$P(X \ge c)$ is not below $e^{-c^2}/2$ for every $c > 0$."""
    yield exp(-(c**2)) / 2
    yield ge(Integral(density(Normal(0, 1))(x), (x, c, oo))), algebra
