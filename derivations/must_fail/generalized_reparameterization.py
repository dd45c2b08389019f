"""Generalized reparameterization with slips: two for each derivation of the gallery."""

from sympy import Integral, Rational, digamma, exp, gamma, log, oo, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    integrable,
    positive,
    real,
    reparameterise,
    score_function,
)
from symrep.distributions import Exponential, Gamma, Normal

z, e, theta, mu = real("z epsilon theta mu")
alpha, sigma, w, d = positive("alpha sigma epsilon d")
f = function("f", smooth=1, growth=2)
q, T = function("q", smooth=1, arity=2), function("T", smooth=2, arity=2)
SECOND, THIRD = (Expected(Status.REFUTED, Reason.UNEQUAL, line=n) for n in (2, 3))
GIVEN = (q(T(e, theta), theta) > 0, T(e, theta).diff(e) > 0)
AT = T(e, theta)


def _parts():
    slope = AT.diff(e)
    return slope, q(z, theta).diff(z).subs(z, AT), q(z, theta).diff(theta).subs(z, AT)


@derivation(given=GIVEN, expected=SECOND)
def correction_without_the_jacobian():
    r"""The Jacobian depends on $\theta$, too."""
    slope, by_z, by_theta = _parts()
    yield D(log(q(AT, theta) * slope), theta)
    yield (by_z * AT.diff(theta) + by_theta) / q(AT, theta), chain_rule


@derivation(given=GIVEN, expected=SECOND)
def correction_without_the_path():
    r"""The point at which $q$ is taken moves with $\theta$."""
    slope, _, by_theta = _parts()
    yield D(log(q(AT, theta) * slope), theta)
    yield by_theta / q(AT, theta) + slope.diff(theta) / slope, chain_rule


BASE = Normal(mu / sigma, 1)


@derivation(expected=THIRD)
def half_standardised_without_the_correction():
    r"""The noise's law still depends on $\sigma$."""
    yield D(E(f(z), (z, Normal(mu, sigma))), sigma)
    yield D(E(f(sigma * e), (e, BASE)), sigma), reparameterise(e, sigma * e, base=BASE)
    yield E(f(z).diff(z).subs(z, sigma * e) * e, (e, BASE)), score_function(sigma)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def half_standardised_with_the_mean_of_the_sample():
    r"""$z/\sigma$ has the mean $\mu/\sigma$."""
    yield D(E(f(z), (z, Normal(mu, sigma))), sigma)
    yield D(E(f(sigma * e), (e, Normal(mu, 1))), sigma), reparameterise(e, sigma * e, base=Normal(mu, 1))


GAMMA = Gamma(alpha, alpha)


@derivation(expected=THIRD)
def gamma_with_the_pathwise_part_alone():
    r"""What remains of $\alpha$ in the noise cannot be left out."""
    yield D(E(f(z), (z, Gamma(alpha, 1))), alpha)
    yield D(E(f(alpha * w), (w, GAMMA)), alpha), reparameterise(w, alpha * w, base=GAMMA)
    yield E(f(z).diff(z).subs(z, alpha * w) * w, (w, GAMMA)), score_function(alpha)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_PUSHFORWARD, line=2))
def gamma_divided_by_its_mean_with_the_old_rate():
    r"""Divided by $\alpha$, the variable has the rate $\alpha$."""
    base = Gamma(alpha, 1)
    yield D(E(f(z), (z, Gamma(alpha, 1))), alpha)
    yield D(E(f(alpha * w), (w, base)), alpha), reparameterise(w, alpha * w, base=base)


@derivation(expected=SECOND)
def accepted_noise_with_the_law_of_the_proposal():
    r"""What is accepted has another law than what is proposed."""
    s, r, target = Exponential(1), Exponential(1 / alpha), Gamma(alpha, 1)
    yield density(s)(w) * density(target)(alpha * w) / density(r)(alpha * w)
    yield density(s)(w), algebra


@derivation(expected=SECOND)
def accepted_noise_with_the_law_of_the_sample():
    r"""The noise is the sample divided by $\alpha$."""
    s, r, target = Exponential(1), Exponential(1 / alpha), Gamma(alpha, 1)
    yield density(s)(w) * density(target)(alpha * w) / density(r)(alpha * w)
    yield density(target)(w), algebra


def _ratio():
    r, target = Exponential(1 / alpha), Gamma(alpha, 1)
    return log(density(target)(alpha * w) / density(r)(alpha * w))


@derivation(expected=SECOND)
def rejection_correction_without_the_path():
    r"""$\log q(z; \alpha)$ is differentiated along the path $z = \alpha\epsilon$, not at a fixed $z$."""
    yield D(_ratio(), alpha)
    yield log(alpha * w) - digamma(alpha), chain_rule


@derivation(expected=SECOND)
def rejection_correction_without_the_proposal():
    r"""The proposal's density at the sample depends on $\alpha$, too."""
    yield D(_ratio(), alpha)
    yield log(alpha * w) + (alpha - 1) / alpha - w - digamma(alpha), chain_rule


noise = conditional_law("q", parameters=theta, positive=True, smooth=1)
loss = function("f", smooth=1)
along_the_path = loss(z).diff(z).subs(z, AT) * D(AT, theta)
PARTS = (
    dominated(loss(AT), (e, noise), by=theta),
    integrable(along_the_path, (e, noise)),
    integrable(loss(AT) * D(density(noise)(e), theta), (e, -oo, oo)),
)


@derivation(given=PARTS, expected=THIRD)
def gradient_by_the_path_alone():
    r"""The law of the noise moves, too."""
    yield D(Integral(loss(AT) * density(noise)(e), (e, -oo, oo)), theta)
    yield Integral(D(loss(AT) * density(noise)(e), theta), (e, -oo, oo)), differentiate_under_integral(theta)
    yield Integral(along_the_path * density(noise)(e), (e, -oo, oo)), chain_rule


@derivation(given=PARTS, expected=THIRD)
def gradient_by_the_score_alone():
    r"""The sample moves, too."""
    yield D(Integral(loss(AT) * density(noise)(e), (e, -oo, oo)), theta)
    yield Integral(D(loss(AT) * density(noise)(e), theta), (e, -oo, oo)), differentiate_under_integral(theta)
    yield Integral(loss(AT) * D(density(noise)(e), theta), (e, -oo, oo)), chain_rule


ROOT = 1 + e / (3 * sqrt(d))


@derivation(given=(ROOT > 0,), expected=SECOND)
def marsaglia_without_the_three():
    r"""The cube's slope is $3d \cdot \frac{1}{3\sqrt d} = \sqrt d$ times the square."""
    target = density(Gamma(d + Rational(1, 3), 1))(d * ROOT**3)
    yield target * D(d * ROOT**3, e)
    yield target * sqrt(d) / 3 * ROOT**2, chain_rule


@derivation(given=(ROOT > 0,), expected=SECOND)
def marsaglia_without_the_slope():
    r"""The slope takes $v^{d - 2/3}$ to $v^d$."""
    target = density(Gamma(d + Rational(1, 3), 1))(d * ROOT**3)
    power = exp(3 * d * log(ROOT) - d * ROOT**3)
    yield target * sqrt(d)
    yield d ** (d - Rational(1, 6)) / gamma(d + Rational(1, 3)) * power, definition
