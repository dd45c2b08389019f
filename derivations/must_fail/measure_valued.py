"""Measure-valued gradients with slips, two for each derivation of the gallery."""

from sympy import Integral, Sum, exp, factorial, oo, pi, sqrt

from symrep import (
    D,
    E,
    Expected,
    Family,
    Reals,
    Reason,
    Status,
    algebra,
    change_of_measure,
    definition,
    derivation,
    function,
    leibniz,
    linearity,
    nonnegative_integer,
    positive,
    real,
    reparameterise,
    score_function,
    split_at,
    substitution,
)
from symrep.distributions import Exponential, Gamma, Normal, Poisson, Uniform, Weibull

z, eps, mu = real("z epsilon mu")
x, g, w = positive("x g w")
sigma, lam, alpha, beta, theta, k = positive("sigma lambda alpha beta theta k")
i, j = nonnegative_integer("i j")
f = function("f", smooth=1, growth=2)

p = Normal(mu, sigma)
q = Normal(0, 1)
path = mu + sigma * eps
noise = exp(-(eps**2) / 2) / sqrt(2 * pi)

Squared = Family(
    name="SquaredNormalWeight",
    variable=eps,
    support=Reals,
    parameters={},
    density=eps**2 * exp(-(eps**2) / 2) / sqrt(2 * pi),
)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def normal_mean_both_halves_added():
    r"""Turned round, the left half changes its sign."""
    yield Integral(f(path) * eps * noise, (eps, -oo, oo))
    yield Integral(f(path) * eps * noise, (eps, -oo, 0)) + Integral(f(path) * eps * noise, (eps, 0, oo)), split_at(0)
    yield (
        Integral(f(mu - sigma * w) * w * exp(-(w**2) / 2) / sqrt(2 * pi), (w, 0, oo))
        + Integral(f(path) * eps * noise, (eps, 0, oo)),
        substitution(eps, -w, w),
    )


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def normal_mean_split_with_a_gap():
    r"""The two ranges do not fill the line."""
    yield Integral(eps**2 * noise, (eps, -oo, oo))
    yield Integral(eps**2 * noise, (eps, -oo, 0)) + Integral(eps**2 * noise, (eps, 1, oo)), split_at(0)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def normal_scale_without_its_factor():
    r"""The constant is $1/\sigma$."""
    yield D(E(f(z), (z, p)), sigma)
    yield E(f(z) * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, p)), score_function(sigma)
    yield E(f(path) * (eps**2 - 1) / sigma, (eps, q)), reparameterise(eps, path)
    yield E(f(path) * eps**2, (eps, q)) - E(f(path), (eps, q)), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def normal_scale_parts_exchanged():
    r"""The positive part is the double-sided Maxwell law."""
    M = Squared()
    yield E(z**2 * eps**2, (eps, q)) - E(z**2 * eps**4, (eps, q))
    yield E(z**2 * eps**2, (eps, M)) - E(z**2, (eps, M)), change_of_measure(M)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def exponential_rate_parts_exchanged():
    r"""Larger rates make smaller variables: the Erlang law is the negative part."""
    X = Exponential(lam)
    yield D(E(f(x), (x, X)), lam)
    yield E(f(x) * (1 / lam - x), (x, X)), score_function(lam)
    yield E(f(x), (x, X)) / lam - E(f(x) * x, (x, X)), linearity
    yield (E(f(x), (x, Gamma(2, lam))) - E(f(x), (x, X))) / lam, change_of_measure(Gamma(2, lam))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def exponential_rate_with_the_score_of_the_scale():
    r"""The score by the rate is $1/\lambda - x$."""
    X = Exponential(lam)
    yield D(E(f(x), (x, X)), lam)
    yield E(f(x) * (x - 1 / lam), (x, X)), score_function(lam)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def gamma_rate_with_the_wrong_shape():
    r"""The negative part has the shape $\alpha + 1$, not $\alpha + 2$."""
    X = Gamma(alpha, beta)
    yield D(E(f(x), (x, X)), beta)
    yield E(f(x) * (alpha / beta - x), (x, X)), score_function(beta)
    yield alpha / beta * E(f(x), (x, X)) - E(f(x) * x, (x, X)), linearity
    yield (
        alpha / beta * (E(f(x), (x, X)) - E(f(x), (x, Gamma(alpha + 2, beta)))),
        change_of_measure(Gamma(alpha + 2, beta)),
    )


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def gamma_rate_without_the_shape():
    r"""The constant is $\alpha/\beta$."""
    X = Gamma(alpha, beta)
    yield D(E(f(x), (x, X)), beta)
    yield E(f(x) * (alpha / beta - x), (x, X)), score_function(beta)
    yield E(f(x), (x, X)) / beta - E(f(x) * x, (x, X)), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def weibull_without_the_derivative_of_the_power():
    r"""$x = g^{1/\alpha}$ brings the factor $g^{1/\alpha - 1}/\alpha$."""
    yield Integral(exp(-beta * x**alpha), (x, 0, oo))
    yield Integral(exp(-beta * g), (g, 0, oo)), substitution(x, g ** (1 / alpha), g)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def weibull_score_of_the_scale_with_the_wrong_power():
    r"""The score by the scale $\lambda$ is $k/\lambda\,((x/\lambda)^k - 1)$."""
    W = Weibull(k, lam)
    yield D(E(f(x), (x, W)), lam)
    yield E(f(x) * k / lam * ((x / lam) ** (k - 1) - 1), (x, W)), score_function(lam)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def uniform_end_by_the_score_alone():
    r"""Without the point mass at $\theta$ only the negative part is left."""
    U = Uniform(0, theta)
    yield D(E(f(x), (x, U)), theta)
    yield -E(f(x), (x, U)) / theta, score_function(theta)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def uniform_end_with_the_other_end():
    r"""The end that moves is $\theta$, not $0$."""
    U = Uniform(0, theta)
    yield D(E(x, (x, U)), theta)
    yield 0 - E(x, (x, U)) / theta, leibniz(theta)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def uniform_end_without_the_factor():
    r"""The factor $c_\theta = 1/\theta$ stands before both parts."""
    U = Uniform(0, theta)
    yield D(E(f(x), (x, U)), theta)
    yield f(theta) / theta - E(f(x), (x, U)) / theta, leibniz(theta)
    yield f(theta) - E(f(x), (x, U)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def measure_on_another_interval():
    r"""A law on the half line says nothing of negative values."""
    yield E(f(eps), (eps, q))
    yield E(f(eps) * exp(eps - eps**2 / 2) / sqrt(2 * pi), (eps, Exponential(1))), change_of_measure(Exponential(1))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def weights_turned_round():
    r"""The weights are $p/q$, not $q/p$."""
    yield E(x, (x, Exponential(1)))
    yield E(x * 2 * exp(-x), (x, Exponential(2))), change_of_measure(Exponential(2))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def integral_folded_back_without_a_constant():
    r"""$\int_0^\infty g e^{-\beta g}\,dg$ is $\beta^{-2}$ times a Gamma expectation."""
    yield Integral(g * g * exp(-beta * g), (g, 0, oo))
    yield E(g, (g, Gamma(2, beta))), definition


P = Poisson(theta)
fallen = f(i) * i * theta ** (i - 1) * exp(-theta) / factorial(i)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_shifted_without_its_argument():
    r"""With the index the argument of $f$ moves, too: the two parts would cancel."""
    yield Sum(fallen, (i, 1, oo)) - E(f(i), (i, P))
    yield Sum(f(j) * theta**j * exp(-theta) / factorial(j), (j, 0, oo)) - E(f(i), (i, P)), substitution(i, j + 1, j)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_shifted_from_one_on():
    r"""The sum over $j = i - 1$ starts at $0$."""
    yield Sum(fallen, (i, 1, oo))
    yield Sum(f(j + 1) * theta**j * exp(-theta) / factorial(j), (j, 1, oo)), substitution(i, j + 1, j)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_split_with_a_term_lost():
    r"""The term at $0$ vanishes for $i f(i)$ only, not for $f(i)$."""
    yield Sum(f(i) * theta**i * exp(-theta) / factorial(i), (i, 0, oo))
    yield Sum(f(i) * theta**i * exp(-theta) / factorial(i), (i, 1, oo)), split_at(0)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_folded_at_the_wrong_argument():
    r"""The positive part is the law of $i + 1$."""
    yield Sum(f(j + 1) * theta**j * exp(-theta) / factorial(j), (j, 0, oo)) - E(f(i), (i, P))
    yield 2 * E(f(i), (i, P)) - E(f(i + 1), (i, P)), definition
