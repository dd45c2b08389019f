r"""Measure-valued gradients: a derivative of an expectation as a multiple of a difference of two expectations,
$\partial_\theta \mathbb{E}_{p_\theta}[f] = c_\theta\,(\mathbb{E}_{p^+}[f] - \mathbb{E}_{p^-}[f])$.

These are the rows of the source's table but the first: for a Bernoulli law ($c_\theta = 1$ and the two outcomes) it is
``bernoulli_gradient`` in ``discrete.py``."""

from sympy import Integral, Sum, exp, factorial, oo, pi, sqrt

from symrep import (
    D,
    E,
    Family,
    PositiveReals,
    Reals,
    algebra,
    change_of_measure,
    definition,
    derivation,
    function,
    leibniz,
    linearity,
    nonnegative_integer,
    positive,
    positive_line,
    real,
    reparameterise,
    score_function,
    split_at,
    substitution,
)
from symrep.distributions import Exponential, Gamma, Normal, Poisson, Rayleigh, Uniform

z, eps, mu = real("z epsilon mu")
x, g, w = positive("x g w")
sigma, lam, alpha, beta, theta = positive("sigma lambda alpha beta theta")
j, k = nonnegative_integer("j k")
f = function("f", smooth=1, growth=2)
rough = function("f", smooth=0, growth=2)

TRIPLES = (
    "Mohamed, Rosca, Figurnov & Mnih, Monte Carlo Gradient Estimation in Machine Learning, JMLR 21 (2020), "
    "arXiv:1906.10652, table 1"
)

p = Normal(mu, sigma)
q = Normal(0, 1)
path = mu + sigma * eps

DoubleSidedMaxwell = Family(
    name="DoubleSidedMaxwell",
    variable=eps,
    support=Reals,
    parameters={},
    density=eps**2 * exp(-(eps**2) / 2) / sqrt(2 * pi),
    latex=r"\mathcal{M}",
    source=TRIPLES,
)
WeibullByRate = Family(
    name="WeibullByRate",
    variable=x,
    support=PositiveReals,
    parameters={alpha: positive_line(), beta: positive_line()},
    density=alpha * beta * x ** (alpha - 1) * exp(-beta * x**alpha),
    latex=r"\mathcal{W}",
    source=TRIPLES,
)


@derivation(source=TRIPLES)
def normal_mean():
    r"""For the mean of a normal law the two parts lie to the right and to the left of it, both at a distance with a
    Rayleigh law (in the source: $\mathcal{W}(2, \tfrac12)$)."""
    noise = exp(-(eps**2) / 2) / sqrt(2 * pi)
    right = Integral(f(path) * eps / sigma * noise, (eps, 0, oo))
    yield D(E(f(z), (z, p)), mu)
    yield E(f(z) * (z - mu) / sigma**2, (z, p)), score_function(mu)
    yield E(f(path) * eps / sigma, (eps, q)), reparameterise(eps, path)
    yield Integral(f(path) * eps / sigma * noise, (eps, -oo, oo)), definition
    yield Integral(f(path) * eps / sigma * noise, (eps, -oo, 0)) + right, split_at(0)
    yield (
        right - Integral(f(mu - sigma * w) * w / sigma * exp(-(w**2) / 2) / sqrt(2 * pi), (w, 0, oo)),
        substitution(eps, -w, w),
    )
    yield (
        (E(f(mu + sigma * w), (w, Rayleigh(1))) - E(f(mu - sigma * w), (w, Rayleigh(1)))) / (sigma * sqrt(2 * pi)),
        definition,
    )


@derivation(source=TRIPLES)
def normal_scale():
    r"""For the scale of a normal law the positive part is a double-sided Maxwell law, the negative part the law
    itself."""
    M = DoubleSidedMaxwell()
    yield D(E(f(z), (z, p)), sigma)
    yield E(f(z) * ((z - mu) ** 2 / sigma**3 - 1 / sigma), (z, p)), score_function(sigma)
    yield E(f(path) * (eps**2 - 1) / sigma, (eps, q)), reparameterise(eps, path)
    yield (E(f(path) * eps**2, (eps, q)) - E(f(path), (eps, q))) / sigma, linearity
    yield (E(f(path), (eps, M)) - E(f(path), (eps, q))) / sigma, change_of_measure(M)
    yield (E(f(path), (eps, M)) - E(f(z), (z, p))) / sigma, reparameterise(eps, path)


@derivation(source=TRIPLES)
def exponential_rate():
    r"""For the rate of an exponential law the negative part is an Erlang law: the sum of two such variables."""
    X = Exponential(lam)
    yield D(E(f(x), (x, X)), lam)
    yield E(f(x) * (1 / lam - x), (x, X)), score_function(lam)
    yield E(f(x), (x, X)) / lam - E(f(x) * x, (x, X)), linearity
    yield (E(f(x), (x, X)) - E(f(x), (x, Gamma(2, lam)))) / lam, change_of_measure(Gamma(2, lam))


@derivation(source=TRIPLES)
def gamma_rate():
    r"""For the rate of a Gamma law the negative part has the shape $\alpha + 1$."""
    X = Gamma(alpha, beta)
    yield D(E(f(x), (x, X)), beta)
    yield E(f(x) * (alpha / beta - x), (x, X)), score_function(beta)
    yield alpha / beta * E(f(x), (x, X)) - E(f(x) * x, (x, X)), linearity
    yield (
        alpha / beta * (E(f(x), (x, X)) - E(f(x), (x, Gamma(alpha + 1, beta)))),
        change_of_measure(Gamma(alpha + 1, beta)),
    )


@derivation(source=TRIPLES)
def weibull_rate():
    r"""For a Weibull law with density $\alpha\beta x^{\alpha-1}e^{-\beta x^\alpha}$ the negative part is the law of
    $g^{1/\alpha}$ with $g \sim \mathrm{Gamma}(2, \beta)$."""
    W = WeibullByRate(alpha, beta)
    first = E(f(x), (x, W)) / beta
    yield D(E(f(x), (x, W)), beta)
    yield E(f(x) * (1 / beta - x**alpha), (x, W)), score_function(beta)
    yield first - E(f(x) * x**alpha, (x, W)), linearity
    yield (
        first - Integral(f(x) * alpha * beta * x ** (2 * alpha - 1) * exp(-beta * x**alpha), (x, 0, oo)),
        definition,
    )
    yield (
        first - Integral(f(g ** (1 / alpha)) * beta * g * exp(-beta * g), (g, 0, oo)),
        substitution(x, g ** (1 / alpha), g),
    )
    yield (E(f(x), (x, W)) - E(f(g ** (1 / alpha)), (g, Gamma(2, beta)))) / beta, definition


@derivation(source=TRIPLES.replace("table 1", "section 6.3.1"))
def uniform_end():
    r"""For the end of a uniform law the positive part is the point $\theta$ itself: the boundary term."""
    U = Uniform(0, theta)
    yield D(E(f(x), (x, U)), theta)
    yield f(theta) / theta - E(f(x), (x, U)) / theta, leibniz(theta)
    yield (f(theta) - E(f(x), (x, U))) / theta, algebra


@derivation(source=TRIPLES)
def poisson_rate():
    r"""For the rate of a Poisson law the positive part is the law of $k + 1$, the negative part the law itself, and
    $c_\theta = 1$: a sum cannot be differentiated along a path, but it can be shifted. No derivative of $f$ is used."""
    X = Poisson(theta)
    negative = E(rough(k), (k, X))
    yield D(E(rough(k), (k, X)), theta)
    yield E(rough(k) * (k / theta - 1), (k, X)), score_function(theta)
    yield E(rough(k) * k, (k, X)) / theta - negative, linearity
    yield Sum(rough(k) * k * theta ** (k - 1) * exp(-theta) / factorial(k), (k, 0, oo)) - negative, definition
    yield Sum(rough(k) * k * theta ** (k - 1) * exp(-theta) / factorial(k), (k, 1, oo)) - negative, split_at(0)
    yield (
        Sum(rough(j + 1) * theta**j * exp(-theta) / factorial(j), (j, 0, oo)) - negative,
        substitution(k, j + 1, j),
    )
    yield E(rough(k + 1), (k, X)) - negative, definition
