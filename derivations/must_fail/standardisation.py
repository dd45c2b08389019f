"""Slips on the way from N(μ, σ²) to N(0, 1)."""

from sympy import Abs, exp, pi, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    change_of_variables,
    definition,
    density,
    derivation,
    positive,
    pushforward,
    real,
    substitution,
)
from symrep.distributions import Normal

mu, x, y = real("mu x y")
sigma = positive("sigma")

X = Normal(mu, sigma)
Y = pushforward(X, x, (x - mu) / sigma)
FLIPPED = pushforward(X, x, (mu - x) / sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def sigma_left_standing():
    r"""The factor $1/\sigma^2$ is left in the exponent although $g(y) - \mu = \sigma y$ cancels it."""
    yield density(Y)(y)
    yield density(X)(mu + sigma * y) * sigma, change_of_variables(inverse=mu + sigma * y)
    yield exp(-(y**2) / (2 * sigma**2)) / sqrt(2 * pi), definition(X)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def jacobian_dropped():
    r"""The density is transported like a function: the factor $|g'(y)| = \sigma$ is missing."""
    yield density(Y)(y)
    yield density(X)(mu + sigma * y), change_of_variables(inverse=mu + sigma * y)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def jacobian_inverted():
    r"""The factor is $|h'(x)| = 1/\sigma$ instead of $|g'(y)| = \sigma$."""
    yield density(Y)(y)
    yield density(X)(mu + sigma * y) / sigma, change_of_variables(inverse=mu + sigma * y)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def jacobian_keeps_its_sign():
    r"""The map decreases and the factor is $g'(y) = -\sigma$ without the modulus: a negative density."""
    yield density(FLIPPED)(y)
    yield density(X)(mu - sigma * y) * (-sigma), change_of_variables(inverse=mu - sigma * y)


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def wrong_inverse():
    r"""The inverse of $(x-\mu)/\sigma$ is $\mu + \sigma y$, not $\sigma (y + \mu)$."""
    yield density(Y)(y)
    yield density(X)(sigma * (y + mu)) * sigma, change_of_variables(inverse=sigma * (y + mu))


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def inverse_of_the_other_direction():
    r"""The map itself is given for its inverse."""
    yield density(Y)(y)
    yield density(X)((y - mu) / sigma) / sigma, change_of_variables(inverse=(y - mu) / sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def normalisation_forgets_sigma():
    r"""$1/\sqrt{2\pi}$ is written for $1/\sqrt{2\pi\sigma^2}$ in the density of $X$."""
    yield density(Y)(y)
    yield density(X)(mu + sigma * y) * sigma, change_of_variables(inverse=mu + sigma * y)
    yield sigma * exp(-(y**2) / 2) / sqrt(2 * pi), definition(X)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def named_with_the_wrong_scale():
    r"""All is well until the last line, which names the density of $N(0, \sigma^2)$."""
    yield density(Y)(y)
    yield density(X)(mu + sigma * y) * sigma, change_of_variables(inverse=mu + sigma * y)
    yield exp(-(y**2) / 2) / sqrt(2 * pi), definition(X)
    yield density(Normal(0, sigma))(y), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.DOES_NOT_APPLY, line=2))
def plain_substitution_into_a_density():
    r"""A density is not a function of a point alone: putting $x = \mu + \sigma y$ into it loses the Jacobian
    factor."""
    yield density(X)(x)
    yield density(X)(mu + sigma * y), substitution(x, mu + sigma * y, y)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def scale_may_be_negative():
    r"""With a real scale $t \ne 0$ the factor is $|t|$; $t$ alone is right only for $t > 0$."""
    t = real("t")
    yield density(Normal(mu, sqrt(1 + t**2)))(x)
    yield exp(-((x - mu) ** 2) / (2 * (1 + t**2))) / (sqrt(2 * pi) * (1 + Abs(t))), definition
