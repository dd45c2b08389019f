r"""Gumbel-max is exact, its relaxations are not: the densities of Concrete laws, and how biased they are."""

from sympy import Rational, exp, log

from symrep import (
    D,
    E,
    algebra,
    approx,
    change_of_variables,
    definition,
    density,
    derivation,
    evaluate,
    nonnegative_integer,
    positive,
    pushforward,
    real,
    score_function,
    unit,
)
from symrep.distributions import Bernoulli, BinaryConcrete, Gumbel, Logistic

y, p = unit("y p")
x, g = real("x g")
a, b, lam = positive("alpha beta lambda")
k = nonnegative_integer("k")

CONCRETE = "Maddison, Mnih & Teh, The Concrete Distribution, arXiv:1611.00712"
HERE = "worked out here"
X = Logistic(0, 1)
Y = pushforward(X, x, 1 / (1 + exp(-(log(a) + x) / lam)))


@derivation(source=CONCRETE)
def gumbel_max():
    r"""With Gumbel noise $g_1$, $g_2$ the first of $\log\alpha + g_1$ and $\log\beta + g_2$ is the larger one with
    probability $\alpha/(\alpha + \beta)$: given $g_1 = g$ the second stays below it with probability
    $e^{-(\beta/\alpha)e^{-g}}$."""
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1)))
    yield a / (a + b), evaluate


@derivation(source=CONCRETE)
def binary_concrete_density():
    r"""Logistic noise through a sigmoid of temperature $\lambda$ has the binary Concrete density."""
    back = lam * (log(y) - log(1 - y)) - log(a)
    yield density(Y)(y)
    yield density(X)(back) * lam / (y * (1 - y)), change_of_variables(inverse=back)
    yield lam * a * (y * (1 - y)) ** (-lam - 1) / (a * y ** (-lam) + (1 - y) ** (-lam)) ** 2, definition(X)
    yield density(BinaryConcrete(a, lam))(y), definition


@derivation(source=HERE)
def the_discrete_moment():
    r"""A Bernoulli variable is its own square."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield Rational(3, 10), evaluate


@derivation(source=HERE)
def the_relaxed_moment():
    r"""At temperature 1 and odds $3/7$ the relaxed square has another mean: $0.206$, not $0.300$."""
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1)))
    yield Rational(15, 8) - Rational(63, 32) * log(Rational(7, 3)), evaluate
    yield approx(Rational(206, 1000), Rational(1, 200)), algebra


@derivation(source=HERE)
def the_discrete_gradient():
    r"""The gradient that the relaxation is to estimate: of $\mathbb{E}[k^2]$ in $p$ it is 1."""
    yield D(E(k**2, (k, Bernoulli(p))), p)
    yield E(k**2 * (k - p) / (p * (1 - p)), (k, Bernoulli(p))), score_function(p)
    yield 1, evaluate
