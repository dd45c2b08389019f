r"""Products over any number of independent draws: sums by their generating functions, likelihoods, importance weights.

$\mathbb{E}\prod_k b_k(x_k) = \prod_k \mathbb{E}\,b_k(x_k)$ if every $b_k(x_k)$ has a mean, and $e^{t\sum_k x_k}$ is
such a product. That two laws with the same generating function near 0 are the same is taken from the books: what is
shown is that the generating functions agree, for every $n$ and every $t$ for which they are finite."""

from sympy import Integral, Product, Rational, Sum, exp, oo

from symrep import (
    E,
    Independent,
    algebra,
    conditional_law,
    definition,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    indicator,
    integrable,
    lemma,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    unit,
)
from symrep.distributions import Binomial, ChiSquared, Exponential, Gamma, Normal, Poisson, Uniform

PROOFS = "The Book of Statistical Proofs"
HERE = "worked out here"

i, k, n = positive_integer("i k n")
m, t, y = real("m t y")
a, lam, g = positive("alpha lambda g")
p = unit("p")
q = nonnegative_integer("q")

draw, place = map(indexed, ("x", "mu"))
wait, scale, shape, rate = (indexed(name, "positive") for name in ("w", "sigma", "alpha", "lambda"))
share = indexed("u", "unit")
law = conditional_law("p", smooth=0, positive=True)
other = conditional_law("q", smooth=0, positive=True)
sample = (draw, Independent(law, (i, 1, n)))


# --- sums ---------------------------------------------------------------------------------------------------------


@derivation(source=f"{PROOFS}, proof P155, for one law", given=(integrable(exp(t * y), (y, law)),))
def generating_function_of_a_sum():
    r"""The generating function of a sum of $n$ independent draws is the $n$th power of that of one, wherever that is
    finite."""
    yield E(exp(t * Sum(draw[k], (k, 1, n))), sample)
    yield E(Product(exp(t * draw[k]), (k, 1, n)), sample), algebra
    yield E(exp(t * y), (y, law)) ** n, independence


@derivation(source=f"{PROOFS}, proof P155, for one law", given=(integrable(exp(t * y), (y, law)),
                                                                integrable(y * exp(t * y), (y, law))))  # fmt: skip
def mean_of_the_tilted_sum():
    r"""A sum beside a product: one factor at a time is taken out, $\mathbb{E}[\sum_j x_j\,e^{t\sum_k x_k}] = n\,
    \mathbb{E}[x e^{tx}]\,\mathbb{E}[e^{tx}]^{n-1}$, the derivative of the power."""
    yield E(Sum(draw[i], (i, 1, n)) * exp(t * Sum(draw[k], (k, 1, n))), sample)
    yield n * E(y * exp(t * y), (y, law)) * E(exp(t * y), (y, law)) ** (n - 1), independence


@derivation(source="ThmDex, P3574, with the generating function for the characteristic one", given=(t < lam,))
def erlang_as_a_sum_of_exponentials():
    r"""The sum of $n$ independent exponential waiting times of rate $\lambda$ has the generating function of
    $\mathrm{Gamma}(n, \lambda)$, the Erlang law, at every $t < \lambda$."""
    yield E(exp(t * Sum(wait[k], (k, 1, n))), (wait, Independent(Exponential(lam), (i, 1, n))))
    yield (lam / (lam - t)) ** n, evaluate
    yield E(exp(t * g), (g, Gamma(n, lam))), evaluate


@derivation(source=HERE, given=(t < lam,))
def generating_function_of_a_gamma_law():
    r"""That of one $\mathrm{Gamma}(\alpha, \lambda)$ variable."""
    yield E(exp(t * g), (g, Gamma(a, lam)))
    yield (lam / (lam - t)) ** a, evaluate


@derivation(source=HERE, given=(t < lam,))
def sum_of_n_gammas():
    r"""Shapes add up: $n$ independent $\mathrm{Gamma}(\alpha_k, \lambda)$ variables have a sum with the generating
    function of $\mathrm{Gamma}(\sum_k \alpha_k, \lambda)$."""
    yield E(exp(t * Sum(wait[k], (k, 1, n))), (wait, Independent(Gamma(shape[i], lam), (i, 1, n))))
    yield Product((lam / (lam - t)) ** shape[k], (k, 1, n)), evaluate
    yield (lam / (lam - t)) ** Sum(shape[k], (k, 1, n)), algebra
    yield (
        E(exp(t * g), (g, Gamma(Sum(shape[k], (k, 1, n)), lam))),
        lemma(generating_function_of_a_gamma_law, {a: Sum(shape[k], (k, 1, n))}),
    )


@derivation(source=HERE, given=(t < Rational(1, 2),))
def chi_squared_as_a_sum_of_squares():
    r"""The sum of the squares of $n$ independent standard normal variables has the generating function of
    $\chi^2_n$, $(1 - 2t)^{-n/2}$ at every $t < \frac12$."""
    yield E(exp(t * Sum(draw[k] ** 2, (k, 1, n))), (draw, Independent(Normal(0, 1), (i, 1, n))))
    yield (1 - 2 * t) ** (-Rational(1, 2) * n), evaluate
    yield E(exp(t * g), (g, ChiSquared(n))), evaluate


@derivation(source=f"{PROOFS}, proof P155, with P71")
def sum_of_n_normals():
    r"""Means and variances add up: $n$ independent $\mathcal{N}(\mu_k, \sigma_k^2)$ have a sum with the generating
    function of $\mathcal{N}(\sum_k \mu_k, \sum_k \sigma_k^2)$."""
    yield E(exp(t * Sum(draw[k], (k, 1, n))), (draw, Independent(Normal(place[i], scale[i]), (i, 1, n))))
    yield Product(exp(t * place[k] + t**2 * scale[k] ** 2 / 2), (k, 1, n)), evaluate
    yield exp(t * Sum(place[k], (k, 1, n)) + t**2 * Sum(scale[k] ** 2, (k, 1, n)) / 2), algebra


@derivation(source=HERE)
def binomial_as_a_number_of_successes():
    r"""Of $n$ independent trials, each a success where a uniform number is below $p$, the number of successes has the
    generating function of $\mathrm{Binomial}(n, p)$. What takes ten seconds are the numbers beside the proof: integrals
    over up to five trials, with a jump in each."""
    yield E(exp(t * Sum(indicator(share[k] < p), (k, 1, n))), (share, Independent(Uniform(0, 1), (i, 1, n))))
    yield E(exp(t * indicator(y < p)), (y, Uniform(0, 1))) ** n, independence
    yield (1 - p + p * exp(t)) ** n, evaluate
    yield E(exp(t * q), (q, Binomial(n, p))), evaluate


@derivation(source=HERE)
def generating_function_of_a_poisson_law():
    r"""That of one $\mathrm{Poisson}(\lambda)$ variable."""
    yield E(exp(t * q), (q, Poisson(lam)))
    yield exp(lam * (exp(t) - 1)), evaluate


@derivation(source=HERE)
def sum_of_n_poissons():
    r"""Rates add up: the product of the generating functions of $n$ Poisson laws, that of the sum of independent
    variables, is the generating function of $\mathrm{Poisson}(\sum_k \lambda_k)$."""
    yield Product(E(exp(t * q), (q, Poisson(rate[k]))), (k, 1, n))
    yield Product(exp(rate[k] * (exp(t) - 1)), (k, 1, n)), evaluate
    yield exp(Sum(rate[k], (k, 1, n)) * (exp(t) - 1)), algebra
    yield (
        E(exp(t * q), (q, Poisson(Sum(rate[k], (k, 1, n))))),
        lemma(generating_function_of_a_poisson_law, {lam: Sum(rate[k], (k, 1, n))}),
    )


# --- likelihoods and weights --------------------------------------------------------------------------------------

ratio = Product(density(other)(draw[k]) / density(law)(draw[k]), (k, 1, n))


@derivation(source=HERE)
def likelihood_ratio_has_mean_one():
    r"""The ratio of the likelihoods of $n$ independent observations under two densities has, under the one below, mean
    one, for every $n$."""
    yield E(ratio, sample)
    yield E(density(other)(y) / density(law)(y), (y, law)) ** n, independence
    yield Integral(density(other)(y), (y, -oo, oo)) ** n, definition
    yield 1, evaluate


@derivation(source=HERE, given=(integrable(density(other)(y) ** 2 / density(law)(y) ** 2, (y, law)),))
def second_moment_of_the_weight():
    r"""Its second moment is the $n$th power of that of one factor. That is at least one, so the variance of an
    importance weight grows exponentially with the number of coordinates unless the two laws are the same."""
    yield E(ratio**2, sample)
    yield E(density(other)(y) ** 2 / density(law)(y) ** 2, (y, law)) ** n, independence


@derivation(source=HERE)
def second_moment_for_shifted_normals():
    r"""For normal laws that are $m$ apart it is $e^{nm^2}$."""
    weight = density(Normal(m, 1))(draw[k]) / density(Normal(0, 1))(draw[k])
    yield E(Product(weight, (k, 1, n)) ** 2, (draw, Independent(Normal(0, 1), (i, 1, n))))
    yield E((density(Normal(m, 1))(y) / density(Normal(0, 1))(y)) ** 2, (y, Normal(0, 1))) ** n, independence
    yield exp(m**2) ** n, evaluate
    yield exp(n * m**2), algebra


@derivation(source=HERE)
def weight_of_different_factors():
    r"""The factors need not be alike: with proposals $\mathcal{N}(0, 1)$ and targets $\mathcal{N}(\mu_k, 1)$, one for
    each coordinate, the product of the weights $e^{\mu_k x_k - \mu_k^2/2}$ has mean one, for every $n$."""
    yield E(exp(Sum(place[k] * draw[k] - place[k] ** 2 / 2, (k, 1, n))), (draw, Independent(Normal(0, 1), (i, 1, n))))
    yield Product(E(exp(place[k] * y - place[k] ** 2 / 2), (y, Normal(0, 1))), (k, 1, n)), independence
    yield Product(1, (k, 1, n)), evaluate
    yield 1, algebra
