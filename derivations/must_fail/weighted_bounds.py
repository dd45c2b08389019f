"""Slips in the gradients of variational bounds: scores that are dropped where they matter, weights, swaps."""

from sympy import exp, log

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    chain_rule,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    integrable,
    linearity,
    positive,
    real,
    reparameterise,
    score_function,
)
from symrep.distributions import Normal

z, mu, eps, phi, eps1, eps2 = real("z mu epsilon phi epsilon_1 epsilon_2")
sigma, c = positive("sigma c")

q = Normal(mu, sigma)
base = Normal(0, 1)
path = mu + sigma * eps
joint = function("ell", smooth=1, growth=2)


@derivation(expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def derivative_before_the_path():
    r"""The law depends on $\mu$: the derivative acts on the integrand alone only after the path is put in."""
    yield D(E(joint(z) - log(density(q)(z)), (z, q)), mu)
    yield E(D(joint(z) - log(density(q)(z)), mu), (z, q)), differentiate_under_integral(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def entropy_does_not_depend_on_the_scale():
    r"""Along the path $\log q$ still depends on $\sigma$: it is $-\epsilon^2/2 - \log\sigma$ and a constant."""
    yield E(D(joint(path) - log(density(q)(path)), sigma), (eps, base))
    yield E(joint(path).diff(sigma), (eps, base)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def score_of_another_law_dropped():
    r"""$\epsilon^2/\sigma$ is part of the path derivative, not a score: its mean is $1/\sigma$."""
    yield E(joint(path).diff(sigma) + eps**2 / sigma, (eps, base))
    yield E(joint(path).diff(sigma), (eps, base)), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def scale_of_the_path_lost():
    r"""The path moves by $\epsilon$ when $\sigma$ does."""
    yield D(E(joint(path), (eps, base)), sigma)
    yield E(D(joint(path), sigma), (eps, base)), differentiate_under_integral(sigma)
    yield E(joint(path).diff(mu), (eps, base)), chain_rule


noise = conditional_law("rho", smooth=0)
weight = function("ell", smooth=1, arity=2)
first, second = exp(weight(eps1, phi)), exp(weight(eps2, phi))
slope1, slope2 = weight(eps1, phi).diff(phi), weight(eps2, phi).diff(phi)
mean_weight = log((first + second) / 2)
draws = (eps1, noise), (eps2, noise)
declared = (dominated(mean_weight, *draws, by=phi),)


@derivation(given=(integrable(mean_weight, *draws),), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def nobody_said_that_the_gradient_is_dominated():
    """A finite bound need not have a derivative that may pass under the integral sign."""
    yield D(E(mean_weight, *draws), phi)
    yield E(D(mean_weight, phi), *draws), differentiate_under_integral(phi)


@derivation(given=declared, expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def weights_are_not_normalised():
    """The derivative of a logarithm divides by the sum of the weights."""
    yield E(D(mean_weight, phi), *draws)
    yield E(first * slope1 + second * slope2, *draws), chain_rule


@derivation(given=declared, expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def weights_of_the_other_sample():
    """Each gradient is weighed by the weight of its own sample."""
    yield E(D(mean_weight, phi), *draws)
    yield E((second * slope1 + first * slope2) / (first + second), *draws), chain_rule


w = function("ell", smooth=1)
share, share_on_path = exp(w(z)) / (exp(w(z)) + c), exp(w(path)) / (exp(w(path)) + c)
score = (z - mu) / sigma**2
slope = w(path).diff(mu)
fixed = (dominated(share, (z, q), by=mu), dominated(share_on_path, (eps, base), by=mu))
finite = (integrable(share_on_path * slope, (eps, base)), integrable(share_on_path**2 * slope, (eps, base)))


@derivation(given=(*fixed, *finite), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def path_derivative_alone_is_biased():
    r"""With two samples or more the score stands beside a weight, and its mean is not zero: the path derivative of the
    importance-weighted bound alone is biased."""
    yield E(share_on_path * slope, (eps, base)) - E(share * score, (z, q))
    yield E(share_on_path * slope, (eps, base)), linearity


@derivation(given=(*fixed, *finite), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def weight_squared_without_the_score():
    """The weight is squared because the score was put in as a path derivative."""
    yield E(share_on_path * slope, (eps, base))
    yield E(share_on_path**2 * slope, (eps, base)), linearity


@derivation(given=fixed, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=5))
def other_weights_lost():
    """The derivative of w/(w + c) has c in its numerator."""
    yield E(share * score, (z, q))
    yield D(E(share, (z, q)), mu), score_function(mu)
    yield D(E(share_on_path, (eps, base)), mu), reparameterise(eps, path)
    yield E(D(share_on_path, mu), (eps, base)), differentiate_under_integral(mu)
    yield E(exp(w(path)) / (exp(w(path)) + c) ** 2 * slope, (eps, base)), chain_rule


@derivation(
    given=(fixed[1], integrable(share * score, (z, q))),
    expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2),
)
def score_in_a_weight_without_domination():
    """That the weighted score has a mean is less than that its gradient is dominated."""
    yield E(share * score, (z, q))
    yield D(E(share, (z, q)), mu), score_function(mu)
