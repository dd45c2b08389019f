r"""Gumbel-max and binary Concrete laws with slips, two for each derivation of the gallery."""

from sympy import Rational, exp, log

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
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
WRONG = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
X = Logistic(0, 1)
Y = pushforward(X, x, 1 / (1 + exp(-(log(a) + x) / lam)))


@derivation(expected=WRONG)
def gumbel_max_with_the_ratio_turned_round():
    r"""The larger $\alpha$, the likelier the first."""
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1)))
    yield b / (a + b), evaluate


@derivation(expected=WRONG)
def gumbel_max_by_a_softmax_of_the_weights():
    r"""The logarithms of $\alpha$ and $\beta$ are perturbed, not $\alpha$ and $\beta$."""
    yield E(exp(-b / a * exp(-g)), (g, Gumbel(0, 1)))
    yield exp(a) / (exp(a) + exp(b)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def concrete_density_with_the_temperature_inverted():
    r"""Solved for the noise the logit is multiplied by $\lambda$."""
    back = (log(y) - log(1 - y)) / lam - log(a)
    yield density(Y)(y)
    yield density(X)(back) / (lam * y * (1 - y)), change_of_variables(inverse=back)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def concrete_density_without_the_square():
    r"""The denominator is squared: for $n$ classes it has the power $n$."""
    back = lam * (log(y) - log(1 - y)) - log(a)
    yield density(Y)(y)
    yield density(X)(back) * lam / (y * (1 - y)), change_of_variables(inverse=back)
    yield lam * a * (y * (1 - y)) ** (-lam - 1) / (a * y ** (-lam) + (1 - y) ** (-lam)), definition(X)


@derivation(expected=WRONG)
def discrete_moment_squared():
    r"""$k^2 = k$, not $p^2$ on average."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield Rational(9, 100), evaluate


@derivation(expected=WRONG)
def discrete_moment_as_the_variance():
    r"""The variance is $p(1 - p)$."""
    yield E(k**2, (k, Bernoulli(Rational(3, 10))))
    yield Rational(21, 100), evaluate


@derivation(expected=WRONG)
def relaxed_moment_as_the_discrete_one():
    r"""The relaxation is biased."""
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1)))
    yield Rational(3, 10), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def relaxed_moment_is_not_even_near():
    r"""$0.207$ is not within a twentieth of $0.3$."""
    yield E(y**2, (y, BinaryConcrete(Rational(3, 7), 1)))
    yield Rational(15, 8) - Rational(63, 32) * log(Rational(7, 3)), evaluate
    yield approx(Rational(3, 10), Rational(1, 20)), algebra


@derivation(expected=WRONG)
def discrete_gradient_with_the_score_of_one_outcome():
    r"""The score is $k/p - (1 - k)/(1 - p)$."""
    yield D(E(k**2, (k, Bernoulli(p))), p)
    yield E(k**2 * (k - p) / p, (k, Bernoulli(p))), score_function(p)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def discrete_gradient_of_the_square():
    r"""The derivative of $p$ is $1$, not $2p$."""
    yield D(E(k**2, (k, Bernoulli(p))), p)
    yield E(k**2 * (k - p) / (p * (1 - p)), (k, Bernoulli(p))), score_function(p)
    yield 2 * p, evaluate
