r"""Bounds of information theory: the divergence from below and from above, the largest entropy, the Gaussian channel.

$p$ and $q$ are any positive densities on the line, $T$ any continuous function; which of their expectations are finite
is declared, and printed. Logarithms are natural."""

from sympy import E as e
from sympy import Eq, Rational, exp, log, pi, sqrt

from symrep import (
    KL,
    E,
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
    hypothesis,
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
p_z, q_z = density(p)(z), density(q)(z)
T = function("T", smooth=0)
log_ratio = log(p_z) - log(q_z)

finite = integrable(log_ratio, (z, p))
test_function = (integrable(T(z), (z, p)), integrable(exp(T(z)), (z, q)))

DONSKER_VARADHAN = (
    "the Donsker–Varadhan representation, as in Belghazi et al., Mutual Information Neural Estimation (2018)"
)
F_GAN = "Nowozin, Cseke & Tomioka, f-GAN: Training Generative Neural Samplers using Variational Divergence Minimization"
RATE = "Wikipedia, Rate–distortion theory (memoryless Gaussian source with squared-error distortion)"


@derivation(source=DONSKER_VARADHAN, given=(finite, *test_function))
def donsker_varadhan():
    r"""For every $T$ for which both means are finite, $\mathbb{E}_p[T] - \log\mathbb{E}_q[e^T] \le \mathrm{KL}(p \,\|\,
    q)$: a network $T$ is trained to push the left side up."""
    yield E(T(z), (z, p)) - log(E(exp(T(z)), (z, q)))
    yield E(T(z), (z, p)) - log(E(exp(T(z)) * q_z / p_z, (z, p))), change_of_measure(p)
    yield le(E(T(z), (z, p)) - E(log(exp(T(z)) * q_z / p_z), (z, p))), jensen(log)
    yield E(log_ratio, (z, p)), linearity
    yield KL(p, q), definition


@derivation(source=DONSKER_VARADHAN, given=(finite,))
def donsker_varadhan_is_attained():
    r"""With equality at $T = \log\frac pq$, for which $\mathbb{E}_q[e^T] = \int p = 1$."""
    yield E(log_ratio, (z, p)) - log(E(exp(log_ratio), (z, q)))
    yield E(log_ratio, (z, p)) - log(E(p_z / q_z, (z, q))), algebra
    yield E(log_ratio, (z, p)) - log(1), evaluate
    yield KL(p, q), definition


@derivation(source=F_GAN, given=(finite, *test_function))
def variational_bound_of_an_f_divergence():
    r"""$D_f(p \,\|\, q) \ge \mathbb{E}_p[T] - \mathbb{E}_q[f^*(T)]$ for $f(u) = u\log u$, of which $D_f$ is the
    divergence and $f^*(t) = e^{t - 1}$ the convex conjugate. The logarithm lies below its tangent at $e$: $\log r \le
    r/e$."""
    yield KL(p, q)
    yield E(log_ratio, (z, p)), definition
    yield E(T(z), (z, p)) - E(T(z) - log_ratio, (z, p)), linearity
    yield E(T(z), (z, p)) - E(log(exp(T(z)) * q_z / p_z), (z, p)), algebra
    yield ge(E(T(z), (z, p)) - E(exp(T(z)) * q_z / (e * p_z), (z, p))), tangent_line(log, at=e)
    yield E(T(z), (z, p)) - E(exp(T(z) - 1), (z, q)), change_of_measure(q)


@derivation(source="worked out here by Jensen's inequality", given=(finite, integrable(p_z / q_z, (z, p))))
def divergence_below_the_second_moment_of_the_weights():
    r"""$\mathrm{KL}(p \,\|\, q) \le \log\mathbb{E}_p[p/q] = \log(1 + \chi^2(p \,\|\, q))$: where importance weights
    $p/q$ have a small second moment under $q$, the laws are close."""
    yield KL(p, q)
    yield E(log(p_z / q_z), (z, p)), definition
    yield le(log(E(p_z / q_z, (z, p)))), jensen(log)
    yield log(E((p_z / q_z) ** 2, (z, q))), change_of_measure(q)


N = Normal(mu, sigma)
spread = E((z - mu) ** 2, (z, p))


@derivation(
    source="The Book of Statistical Proofs, proof P250",
    given=(integrable(log(p_z), (z, p)), integrable(z, (z, p)), integrable(z**2, (z, p)), Eq(spread, sigma**2)),
)
def normal_law_has_the_largest_entropy():
    r"""Of all laws with $\mathbb{E}[(z - \mu)^2] = \sigma^2$ the normal one has the largest entropy,
    $\frac12\log(2\pi e\sigma^2)$."""
    yield -E(log(p_z), (z, p))
    yield -E(log(p_z) - log(density(N)(z)), (z, p)) - E(log(density(N)(z)), (z, p)), linearity
    yield -KL(p, N) - E(log(density(N)(z)), (z, p)), definition
    yield le(-E(log(density(N)(z)), (z, p))), gibbs
    yield log(2 * pi * sigma**2) / 2 + spread / (2 * sigma**2), linearity
    yield log(2 * pi * sigma**2) / 2 + Rational(1, 2), hypothesis(Eq(spread, sigma**2))
    yield log(2 * pi * e * sigma**2) / 2, algebra


@derivation(source=RATE, given=(d < sigma**2,))
def rate_of_the_gaussian_test_channel():
    r"""The channel that attains the rate–distortion function of the source $\mathcal{N}(0, \sigma^2)$: with $y \sim
    \mathcal{N}(0, \sigma^2 - D)$ and $x \mid y \sim \mathcal{N}(y, D)$, $D < \sigma^2$, the mutual information
    $\mathbb{E}_y[\mathrm{KL}(p(x \mid y) \,\|\, p(x))]$ is $\frac12\log\frac{\sigma^2}{D}$."""
    channel = Normal(0, sqrt(sigma**2 - d))
    yield E(KL(Normal(y, sqrt(d)), Normal(0, sigma)), (y, channel))
    yield E(log(sigma / sqrt(d)) + (d + y**2) / (2 * sigma**2) - Rational(1, 2), (y, channel)), evaluate
    yield log(sigma**2 / d) / 2, evaluate


@derivation(source=RATE, given=(d < sigma**2,))
def distortion_of_the_gaussian_test_channel():
    r"""Its distortion is $\mathbb{E}[(x - y)^2] = D$."""
    yield E(E((z - y) ** 2, (z, Normal(y, sqrt(d)))), (y, Normal(0, sqrt(sigma**2 - d))))
    yield E(d, (y, Normal(0, sqrt(sigma**2 - d)))), evaluate
    yield d, evaluate
