"""Expectations inside one another: hierarchical models, races, differences of independent variables."""

from sympy import Abs, Integral, Max, Rational, exp, oo

from symrep import E, density, derivation, evaluate, positive, real, unit
from symrep.distributions import Exponential, Gamma, Normal, Uniform

x, z, m = real("x z m")
sigma, s, a, b, g, h, w, alpha, beta = positive("sigma s a b g h w alpha beta")
u, v = unit("u v")
HERE = "worked out here"


@derivation(source=HERE)
def mean_of_a_hierarchical_model():
    r"""$\mathbb{E}[\mathbb{E}[x \mid z]] = \mathbb{E}[z]$ for $x \mid z \sim N(z, \sigma^2)$."""
    yield E(E(x, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E(z, (z, Normal(m, s))), evaluate
    yield m, evaluate


@derivation(source=HERE)
def second_moment_of_a_hierarchical_model():
    r"""The variances add up: $\operatorname{Var}x = \mathbb{E}\operatorname{Var}[x \mid z] + \operatorname{Var}z$."""
    yield E(E((x - m) ** 2, (x, Normal(z, sigma))), (z, Normal(m, s)))
    yield E((z - m) ** 2 + sigma**2, (z, Normal(m, s))), evaluate
    yield s**2 + sigma**2, evaluate


@derivation(source=HERE, given=(alpha > 1,))
def mean_with_a_random_rate():
    r"""An exponential waiting time whose rate is a $\mathrm{Gamma}(\alpha, \beta)$ variable, $\alpha > 1$, has the mean
    $\beta/(\alpha - 1)$, of a Lomax law."""
    yield E(E(w, (w, Exponential(g))), (g, Gamma(alpha, beta)))
    yield E(1 / g, (g, Gamma(alpha, beta))), evaluate
    yield beta / (alpha - 1), evaluate


@derivation(source=HERE)
def race():
    r"""The first of two independent exponential clocks is the one of rate $a$ with probability $a/(a + b)$."""
    first, second = Exponential(a), Exponential(b)
    yield Integral(density(first)(g) * Integral(density(second)(h), (h, g, oo)), (g, 0, oo))
    yield Integral(density(first)(g) * exp(-b * g), (g, 0, oo)), evaluate
    yield a / (a + b), evaluate


@derivation(source=HERE)
def mean_difference():
    r"""Two independent uniform numbers are $\frac13$ apart on average."""
    U = Uniform(0, 1)
    yield E(E(Abs(u - v), (u, U)), (v, U))
    yield E((v**2 + (1 - v) ** 2) / 2, (v, U)), evaluate
    yield Rational(1, 3), evaluate


@derivation(source=HERE)
def mean_of_the_larger():
    r"""The larger of two independent uniform numbers is $\frac23$ on average."""
    U = Uniform(0, 1)
    yield E(E(Max(u, v), (u, U)), (v, U))
    yield E((1 + v**2) / 2, (v, U)), evaluate
    yield Rational(2, 3), evaluate
