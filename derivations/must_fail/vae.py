r"""The reconstruction term with slips."""

from sympy import Product, Sum, exp, log, pi, sqrt

from symrep import (
    KL,
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    chain_rule,
    definition,
    density,
    derivation,
    evaluate,
    function,
    independence,
    indexed,
    integer,
    positive,
    positive_integer,
    real,
    reparameterise,
)
from symrep.distributions import Normal

x, z, mu, eps = real("x z mu epsilon")
s, sigma = positive("s sigma")
m, pixel = indexed("m"), indexed("x")
i, j, n, d = integer("i"), integer("j"), positive_integer("n"), positive_integer("d")
mu_, sigma_ = indexed("mu"), indexed("sigma", "positive")
prior = Normal(0, 1)
a = function("a", smooth=1, growth=1)
path = mu + sigma * eps
errors = Sum((pixel[i] - m[i]) ** 2, (i, 1, n))
spelled = Product(exp(-((pixel[i] - m[i]) ** 2) / (2 * s**2)) / sqrt(2 * pi * s**2), (i, 1, n))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def likelihood_with_one_constant_for_all_pixels():
    r"""Each of the $n$ densities has its constant."""
    yield log(Product(density(Normal(m[i], s))(pixel[i]), (i, 1, n)))
    yield log(spelled), definition
    yield -log(2 * pi * s**2) / 2 - errors / (2 * s**2), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def likelihood_without_the_half():
    r"""The exponent is half of the squared error over the variance."""
    yield log(Product(density(Normal(m[i], s))(pixel[i]), (i, 1, n)))
    yield -n * log(2 * pi * s**2) / 2 - errors / s**2, definition


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_with_the_sign_of_the_variance():
    r"""$-\frac12(1 + \log\sigma^2 - \mu^2 - \sigma^2)$."""
    yield KL(Normal(mu, sigma), prior)
    yield -(1 + log(sigma**2) - mu**2 + sigma**2) / 2, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_without_the_half():
    r"""The whole bracket is halved."""
    yield KL(Normal(mu, sigma), prior)
    yield -(1 + log(sigma**2) - mu**2 - sigma**2), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_of_one_coordinate_times_the_dimension():
    r"""Each coordinate has its own mean and deviation."""
    yield KL(Independent(Normal(mu_[j], sigma_[j]), (j, 1, d)), Independent(prior, (j, 1, d)))
    yield d * KL(Normal(mu_[1], sigma_[1]), prior), independence


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kl_of_all_coordinates_but_the_last():
    r"""The sum runs over all $d$ coordinates."""
    yield KL(Independent(Normal(mu_[j], sigma_[j]), (j, 1, d)), Independent(prior, (j, 1, d)))
    yield Sum(KL(Normal(mu_[j], sigma_[j]), prior), (j, 1, d - 1)), independence


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def reconstruction_with_a_minus_sign():
    r"""$-\partial_\mu\frac{(x - a)^2}{2s^2} = \frac{x - a}{s^2}\,\partial_\mu a$."""
    yield E(D(-((x - a(path)) ** 2) / (2 * s**2), mu), (eps, prior))
    yield E(-(x - a(path)) / s**2 * a(path).diff(mu), (eps, prior)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def reconstruction_at_the_mean():
    r"""The decoder sees the sample, not its mean."""
    yield E(a(z), (z, Normal(mu, sigma)))
    yield E(a(mu), (eps, prior)), reparameterise(eps, path)
