"""Changes of variables with slips: the Gaussian vector in the plane, its length, and the method of Box and Muller."""

from sympy import Integral, Rational, cos, exp, log, oo, pi, sin, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    chain_rule,
    change_of_variables,
    definition,
    density,
    derivation,
    det,
    evaluate,
    jacobian,
    joint,
    marginalise,
    nonzero,
    positive,
    pushforward,
    real,
    unit,
)
from symrep.distributions import ChiSquared, Exponential, Normal, Rayleigh

x1, x2, y1, y2, c = real("x1 x2 y1 y2 c")
sigma, lam, w, v = positive("sigma lambda w v")
a, d = nonzero("a d")
u1, u2 = unit("u_1 u_2")
radius = sqrt(-2 * log(u1))
first, second = radius * cos(2 * pi * u2), radius * sin(2 * pi * u2)
N, S, W = Normal(0, 1), ChiSquared(1), Exponential(Rational(1, 2))
SECOND, THIRD = (Expected(Status.REFUTED, Reason.UNEQUAL, line=n) for n in (2, 3))


@derivation(expected=THIRD)
def triangular_map_without_the_root():
    r"""$\frac{1}{2\pi\sqrt{\det\Sigma}}$, and $\det\Sigma = (\det L)^2$."""
    Y = pushforward(joint(N, N), (x1, x2), (a * x1, c * x1 + d * x2))
    back = (y1 / a, (y2 - c * y1 / a) / d)
    yield density(Y)(y1, y2)
    yield density(joint(N, N))(y1 / a, (y2 - c * y1 / a) / d) / abs(a * d), change_of_variables(inverse=back)
    form = (c**2 + d**2) * y1**2 - 2 * a * c * y1 * y2 + a**2 * y2**2
    yield 1 / (2 * pi * a**2 * d**2) * exp(-form / (2 * a**2 * d**2)), definition(joint(N, N))


@derivation(expected=THIRD)
def triangular_map_with_the_covariance_for_its_adjugate():
    r"""The adjugate exchanges the variances and turns the covariance's sign."""
    Y = pushforward(joint(N, N), (x1, x2), (a * x1, c * x1 + d * x2))
    back = (y1 / a, (y2 - c * y1 / a) / d)
    yield density(Y)(y1, y2)
    yield density(joint(N, N))(y1 / a, (y2 - c * y1 / a) / d) / abs(a * d), change_of_variables(inverse=back)
    form = a**2 * y1**2 + 2 * a * c * y1 * y2 + (c**2 + d**2) * y2**2
    yield 1 / (2 * pi * abs(a * d)) * exp(-form / (2 * a**2 * d**2)), definition(joint(N, N))


@derivation(expected=SECOND)
def box_muller_without_the_two():
    r"""The angle turns $2\pi$ times as fast as $u_2$."""
    yield det(jacobian((first, second), (u1, u2)))
    yield -pi / u1, chain_rule


@derivation(expected=SECOND)
def box_muller_with_the_other_orientation():
    r"""The determinant is negative: with $u_1$ the radius falls."""
    yield det(jacobian((first, second), (u1, u2)))
    yield 2 * pi / u1, chain_rule


@derivation(expected=SECOND)
def box_muller_density_without_the_determinant():
    r"""The density of the images at $(x_1, x_2)$ is not that of the uniform numbers."""
    yield density(N)(first) * density(N)(second)
    yield 1, definition(N)


@derivation(expected=SECOND)
def box_muller_density_with_twice_the_exponent():
    r"""$x_1^2 + x_2^2 = -2\log u_1$, and half of it is in the exponent."""
    yield density(N)(first) * density(N)(second) * abs(det(jacobian((first, second), (u1, u2))))
    yield u1**2 / (2 * pi) * 2 * pi / u1, definition(N)


@derivation(expected=SECOND)
def squared_length_over_the_half_line():
    r"""The first square is at most the sum."""
    yield density(pushforward(joint(S, S), (w, v), w + v))(lam)
    yield Integral(density(S)(w) * density(S)(lam + w), (w, 0, oo)), marginalise(v)


@derivation(expected=THIRD)
def squared_length_with_the_rate_one():
    r"""Two degrees of freedom are the rate $\frac12$."""
    yield density(pushforward(joint(S, S), (w, v), w + v))(lam)
    yield Integral(density(S)(w) * density(S)(lam - w), (w, 0, lam)), marginalise(v)
    yield density(Exponential(1))(lam), evaluate


@derivation(expected=SECOND)
def length_without_the_jacobian():
    r"""The inverse $w^2/\sigma^2$ has the slope $2w/\sigma^2$."""
    yield density(pushforward(W, v, sigma * sqrt(v)))(w)
    yield density(W)(w**2 / sigma**2), change_of_variables(inverse=w**2 / sigma**2)


@derivation(expected=THIRD)
def length_with_the_variance_for_the_scale():
    r"""The law's parameter is $\sigma$, not $\sigma^2$."""
    yield density(pushforward(W, v, sigma * sqrt(v)))(w)
    yield density(W)(w**2 / sigma**2) * 2 * w / sigma**2, change_of_variables(inverse=w**2 / sigma**2)
    yield density(Rayleigh(sigma**2))(w), definition(W)
