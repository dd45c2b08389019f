"""Discrete laws misread: paths they do not have, scores that are not theirs, counts off by one."""

from sympy import Rational, Sum, exp, factorial, log, oo

from symrep import (
    KL,
    D,
    E,
    Expected,
    Reason,
    Status,
    Var,
    algebra,
    chain_rule,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    indexed,
    linearity,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    reparameterise,
    score_function,
    unit,
)
from symrep.distributions import Bernoulli, Binomial, Geometric, NegativeBinomial, Normal, Poisson, Zeta

k = nonnegative_integer("k")
n, j = positive_integer("n j")
p = unit("p")
lam, r = positive("lambda r")
eps = real("epsilon")
f = function("f", smooth=0, growth=2)


@derivation(expected=Expected(Status.REFUTED, Reason.DOES_NOT_APPLY, line=2))
def a_poisson_has_no_path():
    r"""No unbiased pathwise gradient exists: a path onto integers is constant between its jumps."""
    yield E(f(k), (k, Poisson(lam)))
    yield E(f(lam * eps), (eps, Normal(0, 1))), reparameterise(eps, lam * eps)


@derivation(expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def derivative_under_a_sum_whose_law_moves():
    r"""The weights of the sum depend on $\lambda$."""
    yield D(E(f(k), (k, Poisson(lam))), lam)
    yield E(D(f(k), lam), (k, Poisson(lam))), differentiate_under_integral(lam)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_score_without_its_constant():
    r"""The score is $k/\lambda - 1$."""
    yield D(E(f(k), (k, Poisson(lam))), lam)
    yield E(f(k) * k / lam, (k, Poisson(lam))), score_function(lam)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def trials_for_failures():
    r"""Counted from 0 the mean is $(1 - p)/p$."""
    yield E(k, (k, Geometric(p)))
    yield 1 / p, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def successes_for_failures():
    r"""$k$ counts failures: $p$ and $1 - p$ are exchanged."""
    yield E(k, (k, NegativeBinomial(r, p)))
    yield r * p / (1 - p), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def standard_deviation_for_variance():
    r"""The variance is $np(1-p)$, not its square root."""
    yield Var(k, (k, Binomial(n, p)))
    yield (n * p * (1 - p)) ** Rational(1, 2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1))
def a_mean_that_is_infinite():
    r"""$\sum_k 2^k 2^{-k-1}$ diverges."""
    yield E(2**k, (k, Geometric(Rational(1, 2))))
    yield E(2**k, (k, Geometric(Rational(1, 2)))), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1))
def a_zeta_law_without_a_mean():
    r"""For $s = 2$ the terms of the mean are $1/j$."""
    yield E(j, (j, Zeta(2)))
    yield E(j, (j, Zeta(2))), algebra


@derivation(expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=1))
def a_summand_without_a_value():
    r"""$1/k$ has no value at $k = 0$."""
    yield E(1 / k, (k, Binomial(n, p)))
    yield E(1 / k, (k, Binomial(n, p))), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def a_constant_lost():
    r"""The constant 2 keeps its place."""
    yield E(3 * k + 2, (k, Geometric(p)))
    yield 3 * E(k, (k, Geometric(p))), linearity


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=1))
def a_divergence_that_is_infinite():
    r"""A Poisson law reaches beyond $\{0, 1\}$."""
    yield KL(Poisson(lam), Bernoulli(p))
    yield KL(Poisson(lam), Bernoulli(p)), algebra


# --- the score: sums over the support -----------------------------------------------------------------------------

i = positive_integer("i")
theta = real("theta")
a_, b_, f_ = map(indexed, ("a", "b", "f"))
total = Sum(exp(a_[j] + theta * b_[j]), (j, 1, n))
mean_of_b = Sum(b_[j] * exp(a_[j] + theta * b_[j]), (j, 1, n)) / total
mean_of_f = Sum(f_[i] * exp(a_[i] + theta * b_[i]), (i, 1, n)) / total


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_score_without_the_one():
    r"""$\partial_\lambda\log p_k = k/\lambda - 1$: without the $1$ its mean is not zero."""
    yield E(k / lam, (k, Poisson(lam)))
    yield 0, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def poisson_weights_with_the_next_one():
    r"""The derivative of $\lambda^k$ brings $k/\lambda$."""
    weight = lam**k * exp(-lam) / factorial(k)
    yield Sum(D(weight, lam), (k, 0, oo))
    yield Sum((k * lam - 1) * weight, (k, 0, oo)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def categorical_score_without_the_normaliser():
    r"""The normaliser depends on $\theta$, too."""
    yield D(a_[i] + theta * b_[i] - log(total), theta)
    yield b_[i], chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def categorical_score_with_the_sum_for_the_mean():
    r"""$\sum_j b_j$ is not weighted."""
    yield D(a_[i] + theta * b_[i] - log(total), theta)
    yield b_[i] - Sum(b_[j], (j, 1, n)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def categorical_gradient_without_the_normaliser():
    r"""A covariance, not the mean of the product."""
    yield D(mean_of_f, theta)
    yield Sum(f_[i] * b_[i] * exp(a_[i] + theta * b_[i]), (i, 1, n)) / total, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def categorical_gradient_with_the_sign():
    r"""The product of the means is taken away."""
    yield D(mean_of_f, theta)
    yield Sum(f_[i] * b_[i] * exp(a_[i] + theta * b_[i]), (i, 1, n)) / total + mean_of_f * mean_of_b, chain_rule
