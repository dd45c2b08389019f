"""Scores and the Fisher information with slips."""

from sympy import Integral, exp, log, oo

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    Var,
    cauchy_schwarz,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    ge,
    integrable,
    linearity,
    positive,
    real,
    score_function,
)
from symrep.distributions import Normal, Uniform

x, z, m, mu, t, theta = real("x z m mu t theta")
w, c = positive("w c")

law = conditional_law("q", parameters=theta, positive=True, smooth=2)
q = density(law)(z)
T = function("T", smooth=0)
score = D(log(q), theta)
curvature = D(log(q), theta, theta)
mean, information = E(T(z), (z, law)), E(score**2, (z, law))

mass = dominated(1, (z, law), by=theta)
moments = (integrable(T(z), (z, law)), integrable(T(z) ** 2, (z, law)))
products = (integrable(score, (z, law)), integrable(T(z) * score, (z, law)))
finite_information = integrable(score**2, (z, law))


@derivation(given=(mass,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def mass_that_grows():
    r"""The derivative of the constant $1$ is $0$."""
    yield D(Integral(q, (z, -oo, oo)), theta)
    yield 1, evaluate


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def mass_that_nobody_said_may_be_differentiated():
    r"""That $\partial_\theta q_\theta$ is dominated near $\theta$ is not declared."""
    yield Integral(D(q, theta), (z, -oo, oo))
    yield D(Integral(q, (z, -oo, oo)), theta), differentiate_under_integral(theta)


@derivation(
    given=(mass, finite_information, integrable(curvature, (z, law))),
    expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2),
)
def square_of_the_score_with_the_wrong_sign():
    r"""$\partial^2\log q = \frac{\partial^2q}{q} - s^2$, so that $s^2 = \frac{\partial^2q}{q} - \partial^2\log q$."""
    yield information
    yield E(D(q, theta, theta) / q + curvature, (z, law)), chain_rule


@derivation(given=products, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def score_without_its_square():
    r"""$\mathbb{E}[s^2]$ is the information, $\mathbb{E}[s]$ is zero."""
    yield information
    yield E(D(q, theta) / q, (z, law)), chain_rule


@derivation(given=(mass, moments[0], *products), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def covariance_without_the_score():
    r"""The number $m$ is multiplied by the score."""
    yield E((T(z) - m) * score, (z, law))
    yield E(T(z) * score, (z, law)) - m, linearity


@derivation(
    given=(mass, dominated(T(z), (z, law), by=theta), *moments, *products),
    expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2),
)
def slope_of_the_mean_with_a_minus_sign():
    r"""$\mathbb{E}[T s] = \partial_\theta\mathbb{E}[T]$."""
    yield E(T(z) * score, (z, law))
    yield -D(mean, theta), score_function(theta)


@derivation(given=moments, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def second_moment_without_the_two():
    r"""The product in the square counts twice."""
    yield E((T(z) - m) ** 2, (z, law))
    yield E(T(z) ** 2, (z, law)) - m * mean + m**2, linearity


@derivation(given=moments, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def variance_without_the_squared_mean():
    r"""$\mathrm{Var}(T) = \mathbb{E}[T^2] - \mathbb{E}[T]^2$."""
    yield Var(T(z), (z, law))
    yield E(T(z) ** 2, (z, law)) - mean, definition


@derivation(
    given=(*moments, *products),
    expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2),
)
def cramer_rao_the_other_way():
    r"""The variance is at least the bound."""
    yield E((T(z) - m) * score, (z, law)) ** 2
    yield ge(E((T(z) - m) ** 2, (z, law)) * information), cauchy_schwarz(T(z) - m, score)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def cramer_rao_for_a_moving_end():
    r"""The end of $\mathcal{U}(0, c)$ moves with $c$: the largest observation has a smaller variance than the bound
    would allow."""
    U = Uniform(0, c)
    yield D(E(w, (w, U)), c) ** 2
    yield E(w * D(log(density(U)(w)), c), (w, U)) ** 2, score_function(c)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def information_without_the_constant():
    r"""$\partial_t\log q = (x - \mu)^2e^{-2t} - 1$."""
    law = Normal(mu, exp(t))
    yield E(D(log(density(law)(x)), t) ** 2, (x, law))
    yield E(((x - mu) ** 2 * exp(-2 * t)) ** 2, (x, law)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def information_with_a_slope_that_is_not_squared():
    r"""The information of $\sigma$ is multiplied by $(\frac{d\sigma}{dt})^2 = e^{2t}$."""
    yield 2
    yield 2 / exp(t) ** 2 * D(exp(t), t), chain_rule
