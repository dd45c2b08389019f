r"""Discrete laws: expectations are sums, gradients come from the score function, relaxations are biased."""

from sympy import Sum, exp, factorial, log, oo

from symrep import (
    KL,
    D,
    E,
    Var,
    chain_rule,
    definition,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    indexed,
    lemma,
    linearity,
    monte_carlo,
    nonnegative_integer,
    pmf,
    positive,
    positive_integer,
    real,
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


# --- the score: sums over the support -----------------------------------------------------------------------------

i, j = positive_integer("i j")
theta = real("theta")
a_, b_, f_ = map(indexed, ("a", "b", "f"))


@derivation(source=SURVEY)
def score_of_a_poisson_law_has_mean_zero():
    r"""The weights $p_k = e^{-\lambda}\lambda^k/k!$ add up to one for every $\lambda$, and the weight times the score
    $k/\lambda - 1$ is their derivative: term by term over the support."""
    weight = lam**k * exp(-lam) / factorial(k)
    yield E(k / lam - 1, (k, Poisson(lam)))
    yield Sum((k / lam - 1) * weight, (k, 0, oo)), definition
    yield Sum(D(weight, lam), (k, 0, oo)), chain_rule
    yield D(Sum(weight, (k, 0, oo)), lam), differentiate_under_integral(lam)
    yield D(1, lam), evaluate
    yield 0, chain_rule


weight_ = exp(a_[i] + theta * b_[i])
total = Sum(exp(a_[j] + theta * b_[j]), (j, 1, n))
mean_of_b = Sum(b_[j] * exp(a_[j] + theta * b_[j]), (j, 1, n)) / total


@derivation(source=SURVEY)
def score_of_a_categorical_law():
    r"""Over a support of $n$ outcomes with the probabilities $\pi_i = e^{a_i + \theta b_i}/\sum_j e^{a_j + \theta
    b_j}$, a softmax of logits that depend on $\theta$, the score is $b_i - \sum_j \pi_j b_j$."""
    yield D(a_[i] + theta * b_[i] - log(total), theta)
    yield b_[i] - mean_of_b, chain_rule


@derivation(source=SURVEY)
def gradient_of_a_categorical_mean():
    r"""The gradient of $\mathbb{E}[f] = \sum_i \pi_i f_i$ is $\sum_i \pi_i f_i b_i - \mathbb{E}[f]\sum_j \pi_j b_j$,
    the mean of $f$ times the score: the covariance of $f$ and $b$."""
    yield D(Sum(f_[i] * weight_, (i, 1, n)) / total, theta)
    yield (
        Sum(f_[i] * b_[i] * weight_, (i, 1, n)) / total - Sum(f_[i] * weight_, (i, 1, n)) / total * mean_of_b,
        chain_rule,
    )
