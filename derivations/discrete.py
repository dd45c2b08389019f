r"""Discrete laws: expectations are sums, gradients come from the score function, relaxations are biased."""

from sympy import Sum, exp, factorial, log, oo

from symrep import (
    KL,
    D,
    E,
    Var,
    definition,
    derivation,
    evaluate,
    function,
    lemma,
    linearity,
    monte_carlo,
    nonnegative_integer,
    pmf,
    positive,
    positive_integer,
    sample_mean,
    score_function,
    unit,
)
from symrep.distributions import Bernoulli, Binomial, Geometric, NegativeBinomial, Poisson

k = nonnegative_integer("k")
n = positive_integer("n")
p, q = unit("p q")
lam, nu, r = positive("lambda nu r")
f = function("f", smooth=0, growth=2)

SURVEY = "Mohamed, Rosca, Figurnov & Mnih, Monte Carlo Gradient Estimation in Machine Learning, arXiv:1906.10652"
BERNOULLI = "The Book of Statistical Proofs, proof P419"
HERE = "worked out here"


@derivation(source="The Book of Statistical Proofs, proof P151")
def poisson_mean():
    r"""A Poisson law has the mean $\lambda$."""
    yield E(k, (k, Poisson(lam)))
    yield Sum(k * lam**k * exp(-lam) / factorial(k), (k, 0, oo)), definition
    yield lam, evaluate


@derivation(source="The Book of Statistical Proofs, proof P302")
def binomial_variance():
    r"""A binomial law has the variance $np(1 - p)$, whatever $n$ is."""
    yield Var(k, (k, Binomial(n, p)))
    yield n * p * (1 - p), evaluate


@derivation(source=HERE)
def affine_image_of_a_geometric():
    r"""Means are linear, and a law has mass one."""
    yield E(3 * k + 2, (k, Geometric(p)))
    yield 3 * E(k, (k, Geometric(p))) + 2, linearity
    yield 3 * (1 - p) / p + 2, evaluate


@derivation(source=SURVEY)
def poisson_score():
    r"""The score function differentiates the expectation of any $f$ of bounded growth, smooth or not."""
    yield D(E(f(k), (k, Poisson(lam))), lam)
    yield E(f(k) * (k / lam - 1), (k, Poisson(lam))), score_function(lam)


@derivation(source=SURVEY)
def poisson_estimate_is_unbiased():
    r"""Its average over $n$ independent draws is an unbiased estimate of the gradient."""
    yield E(sample_mean(f(k) * (k / lam - 1), (k, Poisson(lam)), n))
    yield E(f(k) * (k / lam - 1), (k, Poisson(lam))), monte_carlo
    yield D(E(f(k), (k, Poisson(lam))), lam), lemma(poisson_score)


@derivation(source=SURVEY)
def bernoulli_gradient():
    r"""The gradient of a Bernoulli expectation is the difference of the two values of $f$."""
    yield D(E(f(k), (k, Bernoulli(p))), p)
    yield E(f(k) * (k - p) / (p * (1 - p)), (k, Bernoulli(p))), score_function(p)
    yield f(1) - f(0), evaluate


@derivation(source=SURVEY)
def negative_binomial_score():
    r"""In $p$ the score of a negative binomial law is $r/p - k/(1 - p)$."""
    yield D(E(f(k), (k, NegativeBinomial(r, p))), p)
    yield E(f(k) * (r / p - k / (1 - p)), (k, NegativeBinomial(r, p))), score_function(p)


@derivation(source=HERE)
def poisson_divergence():
    r"""The divergence of two Poisson laws."""
    yield KL(Poisson(lam), Poisson(nu))
    yield E(log(pmf(Poisson(lam))(k)) - log(pmf(Poisson(nu))(k)), (k, Poisson(lam))), definition
    yield lam * log(lam / nu) - lam + nu, evaluate


@derivation(source=BERNOULLI)
def bernoulli_divergence():
    r"""The divergence of two Bernoulli laws."""
    yield KL(Bernoulli(p), Bernoulli(q))
    yield p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)), evaluate
