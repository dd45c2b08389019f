r"""Denoising under any prior with slips: two for each derivation of the gallery."""

from sympy import exp, log

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    integrable,
    linearity,
    positive,
    real,
)
from symrep.distributions import Normal

x, y, t = real("x y t")
alpha, sigma = positive("alpha sigma")
prior = conditional_law("p_0", smooth=0)
kernel = density(conditional_law("k", given=x, positive=True, smooth=1))(y)
normal = density(Normal(alpha * x, sigma))(y)
A, B = function("A", smooth=1), function("B", smooth=1)
moving = density(Normal(A(t) * x, exp(B(t))))(y)
velocity = A(t).diff(t) * x + B(t).diff(t) * (y - A(t) * x)


def wrong(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


def mean(body):
    r"""The expectation under the prior."""
    return E(body, (x, prior))


marginal, observed = mean(kernel), mean(normal)
dominated_kernel, dominated_normal = dominated(kernel, (x, prior), by=y), dominated(normal, (x, prior), by=y)
first_moment = integrable(x * normal, (x, prior))


@derivation(expected=wrong(3), given=(dominated_kernel,))
def score_without_the_kernel():
    r"""The slope of the kernel is its score times the kernel."""
    yield D(marginal, y)
    yield mean(D(kernel, y)), differentiate_under_integral(y)
    yield mean(D(log(kernel), y)), chain_rule


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2), given=(integrable(kernel, (x, prior)),))
def not_dominated():
    r"""That the integral converges is not enough."""
    yield D(marginal, y)
    yield mean(D(kernel, y)), differentiate_under_integral(y)


@derivation(expected=wrong(2), given=(dominated_kernel, marginal > 0))
def the_marginal_lost():
    r"""The slope of a logarithm is divided by what stands under it."""
    yield D(log(marginal), y)
    yield D(marginal, y), chain_rule


@derivation(expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=2), given=(dominated_kernel,))
def a_logarithm_of_nothing():
    r"""Where the marginal density vanishes it has no score."""
    yield D(log(marginal), y)
    yield D(marginal, y) / marginal, chain_rule


@derivation(expected=wrong(3), given=(dominated_normal, first_moment))
def slope_of_the_other_sign():
    r"""The normal density rises below its mean."""
    yield y * observed + sigma**2 * D(observed, y)
    yield y * observed + sigma**2 * mean(D(normal, y)), differentiate_under_integral(y)
    yield y * observed + sigma**2 * mean((y - alpha * x) / sigma**2 * normal), chain_rule


@derivation(expected=wrong(4), given=(dominated_normal, first_moment))
def scale_of_the_mean_lost():
    r"""The observation's mean is $\alpha x$."""
    yield y * observed + sigma**2 * D(observed, y)
    yield y * observed + sigma**2 * mean(D(normal, y)), differentiate_under_integral(y)
    yield y * observed + sigma**2 * mean((alpha * x - y) / sigma**2 * normal), chain_rule
    yield mean(x * normal), linearity


@derivation(expected=wrong(2), given=(dominated_normal, first_moment, observed > 0))
def score_not_divided():
    r"""The score is $p'/p$."""
    yield (y + sigma**2 * D(log(observed), y)) / alpha
    yield (y + sigma**2 * D(observed, y)) / alpha, chain_rule


@derivation(expected=wrong(3), given=(dominated_normal, first_moment, observed > 0))
def the_observation_not_multiplied():
    r"""On the common denominator $y$ is multiplied by the marginal density."""
    yield (y + sigma**2 * D(log(observed), y)) / alpha
    yield (y + sigma**2 * D(observed, y) / observed) / alpha, chain_rule
    yield (y + sigma**2 * D(observed, y)) / (alpha * observed), algebra


flow = (dominated(moving, (x, prior), by=t), dominated(velocity * moving, (x, prior), by=y))


@derivation(expected=wrong(3), given=flow)
def density_that_flows_uphill():
    r"""The continuity equation has a minus sign."""
    yield D(mean(moving), t)
    yield mean(D(moving, t)), differentiate_under_integral(t)
    yield mean(D(velocity * moving, y)), chain_rule


@derivation(expected=wrong(3), given=flow)
def velocity_outside_the_derivative():
    r"""The velocity depends on $y$, and is differentiated, too."""
    yield D(mean(moving), t)
    yield mean(D(moving, t)), differentiate_under_integral(t)
    yield mean(-velocity * D(moving, y)), chain_rule
