"""Expectations inside one another, with slips."""

from sympy import Abs, Integral, Max, Rational, exp, oo

from symrep import E, Expected, Reason, Status, density, derivation, evaluate, positive, real, unit
from symrep.distributions import Exponential, Gamma, Normal, Uniform

x, z, m = real("x z m")
sigma, s, a, b, g, h, w, alpha, beta = positive("sigma s a b g h w alpha beta")
u, v = unit("u v")
U = Uniform(0, 1)


def wrong(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


@derivation(expected=wrong(2))
def second_moment_without_the_inner_variance():
    r"""$\mathbb{E}[(x - m)^2 \mid z] = (z - m)^2 + \sigma^2$."""
    yield E(E((x - m) ** 2, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E((z - m) ** 2, (z, Normal(m, s))), evaluate


@derivation(expected=wrong(3))
def second_moment_with_added_deviations():
    r"""Variances add up, not standard deviations."""
    yield E(E((x - m) ** 2, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E((z - m) ** 2 + sigma**2, (z, Normal(m, s))), evaluate
    yield (s + sigma) ** 2, evaluate


@derivation(expected=wrong(2))
def mean_with_the_rate_as_scale():
    r"""The mean is one over the rate."""
    yield E(E(w, (w, Exponential(g))), (g, Gamma(alpha + 1, beta)))
    yield E(g, (g, Gamma(alpha + 1, beta))), evaluate


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_INTEGRABLE, line=1))
def mean_with_a_rate_that_may_be_too_small():
    r"""For $\alpha \le 1$ the rates near 0 make the mean infinite."""
    yield E(E(w, (w, Exponential(g))), (g, Gamma(alpha, beta)))
    yield beta / (alpha - 1), evaluate


@derivation(expected=wrong(2))
def race_of_the_other():
    r"""The chance of the faster clock grows with its own rate."""
    yield Integral(density(Exponential(a))(g) * Integral(density(Exponential(b))(h), (h, g, oo)), (g, 0, oo))
    yield b / (a + b), evaluate


@derivation(expected=wrong(2))
def race_with_the_wrong_range():
    r"""$\mathbb{P}(H > g)$ is an integral from $g$ on."""
    yield Integral(density(Exponential(a))(g) * Integral(density(Exponential(b))(h), (h, 0, g)), (g, 0, oo))
    yield Integral(density(Exponential(a))(g) * exp(-b * g), (g, 0, oo)), evaluate


@derivation(expected=wrong(2))
def mean_difference_as_if_in_order():
    r"""Of the two the first may be the larger one: $\frac12 - v$ is no distance."""
    yield E(E(Abs(u - v), (u, U)), (v, U))
    yield E(Abs(Rational(1, 2) - v), (v, U)), evaluate


@derivation(expected=wrong(2))
def mean_of_the_larger_as_of_the_smaller():
    r"""The smaller one has the mean $\frac13$."""
    yield E(E(Max(u, v), (u, U)), (v, U))
    yield Rational(1, 3), evaluate


@derivation(expected=wrong(2))
def hierarchical_mean_at_the_outer_mean():
    r"""Given $z$ the mean of $x$ is $z$, not $m$ twice."""
    yield E(E(x, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E(2 * z, (z, Normal(m, s))), evaluate


@derivation(expected=wrong(2))
def hierarchical_mean_with_the_deviation():
    r"""The spread of $z$ does not move its mean."""
    yield E(z, (z, Normal(m, s)))
    yield m + s, evaluate


@derivation(expected=wrong(2))
def mean_difference_without_the_half():
    r"""$\int_0^1|u - v|\,du = \frac12(v^2 + (1 - v)^2)$."""
    yield E(E(Abs(u - v), (u, U)), (v, U))
    yield E(v**2 + (1 - v) ** 2, (v, U)), evaluate


@derivation(expected=wrong(2))
def mean_of_the_larger_without_the_one():
    r"""$\int_0^1\max(u, v)\,du = \frac12(1 + v^2)$."""
    yield E(E(Max(u, v), (u, U)), (v, U))
    yield E(v**2 / 2, (v, U)), evaluate
