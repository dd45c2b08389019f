"""Lemmas used outside their domain, or resting on nothing."""

from sympy import Abs, Integer, atan, log, pi, sqrt

from symrep import E, Expected, Reason, Status, algebra, derivation, evaluate, lemma, nonzero, positive, real
from symrep.distributions import Normal

eps, z = real("eps z")
tau = nonzero("tau")
sigma, a = positive("sigma a")
N01 = Normal(0, 1)


@derivation
def mean_modulus():
    r"""$E|\sigma\varepsilon| = \sigma\sqrt{2/\pi}$ for $\sigma > 0$."""
    yield E(sigma * Abs(eps), (eps, N01))
    yield sigma * sqrt(2 / pi), evaluate


@derivation
def two_angles():
    r"""$\arctan\sigma + \arctan(1/\sigma) = \pi/2$ for $\sigma > 0$."""
    yield atan(sigma) + atan(1 / sigma)
    yield pi / 2, algebra


@derivation
def inverse_of_log():
    r"""$\log a^2 = 2\log a$ for $a > 0$."""
    yield log(a**2)
    yield 2 * log(a), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=2))
def lemma_for_a_real_scale():
    r"""The lemma wants $\sigma > 0$; here $\tau$ may be negative, and then the right value is $-\pi/2$."""
    yield atan(tau) + atan(1 / tau)
    yield pi / 2, lemma(two_angles, {sigma: tau})


@derivation(expected=Expected(Status.REFUTED, Reason.DOMAIN, line=2))
def lemma_at_a_negative_number():
    r"""The lemma wants $a > 0$; the logarithm of a negative $\tau$ is not real, that of $\tau^2$ is."""
    yield log(tau**2)
    yield 2 * log(tau), lemma(inverse_of_log, {a: tau})


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def lemma_is_right_the_line_is_not():
    r"""The lemma gives $a\sqrt{2/\pi}$; the line doubles it."""
    yield E(a * Abs(eps), (eps, N01))
    yield 2 * a * sqrt(2 / pi), lemma(mean_modulus, {sigma: a})


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def false_lemma():
    r"""A wrong statement, used below."""
    yield E(z**2, (z, Normal(0, a)))
    yield a, evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def built_on_a_false_lemma():
    r"""What rests on a refuted lemma is refuted."""
    yield E(z**2, (z, Normal(0, a))) / a
    yield Integer(1), lemma(false_lemma)
