"""Bounds of information theory with slips."""

from sympy import E as e
from sympy import Rational, exp, log, pi, sqrt

from symrep import (
    KL,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    change_of_measure,
    conditional_law,
    definition,
    density,
    derivation,
    evaluate,
    function,
    ge,
    gibbs,
    integrable,
    jensen,
    le,
    linearity,
    positive,
    real,
    tangent_line,
)
from symrep.distributions import Normal

y, z, mu = real("y z mu")
sigma, d = positive("sigma D")
p, q = (conditional_law(name, positive=True) for name in ("p", "q"))
zero_somewhere = conditional_law("r")
p_z, q_z = density(p)(z), density(q)(z)
T = function("T", smooth=0)
log_ratio = log(p_z) - log(q_z)

finite = integrable(log_ratio, (z, p))
test_function = (integrable(T(z), (z, p)), integrable(exp(T(z)), (z, q)))
N = Normal(mu, sigma)
spread = E((z - mu) ** 2, (z, p))
channel = Normal(0, sqrt(sigma**2 - d))


@derivation(given=test_function, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def another_law_without_the_weight():
    r"""$\mathbb{E}_q[e^T] = \mathbb{E}_p[e^T q/p]$: the weight is lost."""
    yield log(E(exp(T(z)), (z, q)))
    yield log(E(exp(T(z)), (z, p))), change_of_measure(p)


@derivation(given=test_function, expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=2))
def a_law_that_may_vanish():
    r"""A weight $q/r$ needs $r > 0$ where $q$ is, which nobody declared."""
    yield E(exp(T(z)), (z, q))
    yield E(exp(T(z)) * q_z / density(zero_somewhere)(z), (z, zero_somewhere)), change_of_measure(zero_somewhere)


@derivation(given=(finite, *test_function), expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def donsker_varadhan_the_other_way():
    r"""The logarithm is concave: the bound lies below the divergence."""
    yield E(T(z), (z, p)) - log(E(exp(T(z)) * q_z / p_z, (z, p)))
    yield ge(E(T(z), (z, p)) - E(log(exp(T(z)) * q_z / p_z), (z, p))), jensen(log)


@derivation(given=(finite,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def attained_without_the_logarithm():
    r"""$\mathbb{E}_q[p/q] = 1$, of which the logarithm is $0$."""
    yield E(log_ratio, (z, p)) - log(E(p_z / q_z, (z, q)))
    yield E(log_ratio, (z, p)) - 1, evaluate


@derivation(given=(finite,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def attained_with_a_minus_sign():
    r"""$\mathrm{KL}(p \,\|\, q)$ is the mean of $\log p - \log q$."""
    yield E(log_ratio, (z, p)) - log(1)
    yield -KL(p, q), definition


@derivation(given=(finite, *test_function), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def conjugate_without_its_minus_one():
    r"""The conjugate of $u\log u$ is $e^{t - 1}$, not $e^t$."""
    yield E(T(z), (z, p)) - E(exp(T(z)) * q_z / (e * p_z), (z, p))
    yield E(T(z), (z, p)) - E(exp(T(z)), (z, q)), change_of_measure(q)


@derivation(given=(finite, *test_function), expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def variational_bound_the_other_way():
    r"""The logarithm lies below its tangent; with the minus sign in front, above."""
    yield E(T(z), (z, p)) - E(log(exp(T(z)) * q_z / p_z), (z, p))
    yield le(E(T(z), (z, p)) - E(exp(T(z)) * q_z / (e * p_z), (z, p))), tangent_line(log, at=e)


@derivation(
    given=(finite, integrable(p_z / q_z, (z, p))), expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2)
)
def second_moment_without_its_square():
    r"""$\mathbb{E}_p[p/q] = \mathbb{E}_q[(p/q)^2]$; $\mathbb{E}_q[p/q]$ is $1$."""
    yield log(E(p_z / q_z, (z, p)))
    yield log(E(p_z / q_z, (z, q))), change_of_measure(q)


@derivation(given=(finite,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_with_the_ratio_upside_down():
    r"""$\mathrm{KL}(p \,\|\, q)$ is the mean of $\log\frac pq$."""
    yield E(log_ratio, (z, p))
    yield E(log(q_z / p_z), (z, p)), algebra


@derivation(
    given=(integrable((z - mu) ** 2, (z, p)),),
    expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2),
)
def cross_entropy_without_the_half():
    r"""$-\log$ of the normal density is $\frac12\log(2\pi\sigma^2) + \frac{(z - \mu)^2}{2\sigma^2}$."""
    yield -E(log(density(N)(z)), (z, p))
    yield log(2 * pi * sigma**2) / 2 + spread / sigma**2, linearity


@derivation(
    given=(integrable(log(p_z), (z, p)), integrable((z - mu) ** 2, (z, p))),
    expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2),
)
def normal_law_with_the_smallest_entropy():
    r"""The divergence is subtracted: the entropy lies below that of the normal law."""
    yield -KL(p, N) - E(log(density(N)(z)), (z, p))
    yield ge(-E(log(density(N)(z)), (z, p))), gibbs


@derivation(given=(d < sigma**2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def rate_without_the_half():
    r"""The divergence of two normal laws has $\frac{D + y^2}{2\sigma^2}$ in it."""
    yield E(KL(Normal(y, sqrt(d)), Normal(0, sigma)), (y, channel))
    yield E(log(sigma / sqrt(d)) + (d + y**2) / sigma**2 - Rational(1, 2), (y, channel)), evaluate


@derivation(given=(d < sigma**2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def rate_with_the_source_for_the_output():
    r"""The output of the channel has the variance $\sigma^2 - D$, not $\sigma^2$."""
    yield E(log(sigma / sqrt(d)) + (d + y**2) / (2 * sigma**2) - Rational(1, 2), (y, Normal(0, sigma)))
    yield log(sigma**2 / d) / 2, evaluate


@derivation(given=(d < sigma**2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def distortion_as_the_standard_deviation():
    r"""$D$ is the variance of the channel."""
    yield E(E((z - y) ** 2, (z, Normal(y, sqrt(d)))), (y, channel))
    yield E(sqrt(d), (y, channel)), evaluate


@derivation(given=(d < sigma**2,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def distortion_about_zero():
    r"""The distance is that from $y$, not from $0$."""
    yield E(E(z**2, (z, Normal(y, sqrt(d)))), (y, channel))
    yield E(d, (y, channel)), evaluate
