"""Derivatives moved under an integral without the right to."""

from sympy import Abs, Heaviside, Integer, Integral, exp, oo, sign, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    chain_rule,
    density,
    derivation,
    differentiate_under_integral,
    evaluate,
    function,
    integration_by_parts,
    leibniz,
    positive,
    real,
    reparameterise,
)
from symrep.distributions import Cauchy, Laplace, Normal

mu, m, m0, t, x, z, eps = real("mu m m_0 t x z eps")
sigma, s, v, theta = positive("sigma s v theta")

N01 = Normal(0, 1)
X = Normal(mu, sigma)
path = mu + sigma * eps


@derivation(expected=Expected(Status.REFUTED, Reason.JUMP, line=3))
def swap_with_a_step():
    r"""The step of $1\{z > 0\}$ moves with $\mu$: its derivative vanishes almost everywhere, the expectation's
    does not."""
    yield D(E(Heaviside(z), (z, X)), mu)
    yield D(E(Heaviside(path), (eps, N01)), mu), reparameterise(eps, path)
    yield E(D(Heaviside(path), mu), (eps, N01)), differentiate_under_integral(mu)
    yield E(0, (eps, N01)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def step_with_the_wrong_height():
    r"""The jump contributes $\varphi(\mu/\sigma)/\sigma$; the factor $1/\sigma$ from $d(-\mu/\sigma)/d\mu$ is
    missing."""
    yield D(E(Heaviside(path), (eps, N01)), mu)
    yield density(N01)(mu / sigma), leibniz(mu)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_MOVES, line=2))
def moving_end_of_the_uniform():
    r"""$\int_0^\theta x/\theta\,dx = \theta/2$ has derivative $\frac12$; without the moving end the answer is
    $-\frac12$."""
    yield D(Integral(x / theta, (x, 0, theta)), theta)
    yield Integral(D(x / theta, theta), (x, 0, theta)), differentiate_under_integral(theta)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leibniz_without_the_boundary():
    r"""Leibniz' rule with the term of the moving end left out."""
    yield D(Integral(x / theta, (x, 0, theta)), theta)
    yield Integral(-x / theta**2, (x, 0, theta)), leibniz(theta)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_DOMINATED, line=2))
def no_domination():
    r"""$\int_0^\infty t^3 e^{-t^2 x}\,dx = t$ for every real $t$, but at $t = 0$ the derivative inside vanishes."""
    yield D(Integral(t**3 * exp(-(t**2) * x), (x, 0, oo)), t)
    yield Integral(D(t**3 * exp(-(t**2) * x), t), (x, 0, oo)), differentiate_under_integral(t)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=3))
def smoothness_not_declared():
    r"""Nobody said that $f$ is differentiable."""
    f = function("f", growth=2)
    yield D(E(f(z), (z, X)), mu)
    yield D(E(f(path), (eps, N01)), mu), reparameterise(eps, path)
    yield E(D(f(path), mu), (eps, N01)), differentiate_under_integral(mu)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def growth_not_declared():
    r"""Nobody said that $f$ and $f'$ grow slowly enough for their expectations to exist."""
    f = function("f", smooth=1)
    yield E(f(path), (eps, N01))
    yield E(f(z), (z, X)), reparameterise(z, z)


@derivation(expected=Expected(Status.REFUTED, Reason.JUMP, line=2))
def second_derivative_of_the_modulus():
    r"""The first derivative may be taken inside; the second meets the jump of the sign, which moves with $\mu$."""
    yield D(E(sign(path), (eps, N01)), mu)
    yield E(D(sign(path), mu), (eps, N01)), differentiate_under_integral(mu)
    yield E(0, (eps, N01)), chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.JUMP, line=2))
def laplace_information_by_the_second_derivative():
    r"""The Fisher information of a Laplace location is $1/s^2$; $-E[\partial_m^2\log p] = 0$ misses the jump
    of the score."""
    yield -D(E(sign(z - m) / s, (z, Laplace(m0, s))), m)
    yield -E(D(sign(z - m) / s, m), (z, Laplace(m0, s))), differentiate_under_integral(m)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def price_without_one_half():
    r"""$\partial_v E[f(\mu + \sqrt v\,\varepsilon)] = \frac12 E[f'']$; the one half is missing."""
    f = function("f", smooth=2, growth=2)
    g = mu + sqrt(v) * eps
    yield D(E(f(g), (eps, N01)), v)
    yield E(D(f(g), v), (eps, N01)), differentiate_under_integral(v)
    yield E(f(g).diff(mu) * eps / (2 * sqrt(v)), (eps, N01)), chain_rule
    yield E(f(g).diff(mu, 2), (eps, N01)), integration_by_parts(u=f(g).diff(mu))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def price_for_the_modulus():
    r"""At $\mu = 0$ the classical $f''$ of $|x|$ is 0 almost everywhere, yet $\partial_v E|\sqrt v\varepsilon|
    = 1/\sqrt{2\pi v}$."""
    yield D(E(Abs(sqrt(v) * eps), (eps, N01)), v)
    yield Integer(0), leibniz(v)


@derivation(expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1))
def gradient_of_a_mean_that_is_not_there():
    r"""$E[x]$ under a Cauchy law does not exist, so it has no derivative by the location."""
    yield D(E(m + s * eps, (eps, Cauchy(0, 1))), m)
    yield E(D(m + s * eps, m), (eps, Cauchy(0, 1))), differentiate_under_integral(m)
    yield Integer(1), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def gradient_of_the_square_forgets_the_two():
    r"""$\frac{d}{d\sigma}(\sigma\varepsilon)^2 = 2\sigma\varepsilon^2$; the two is missing."""
    yield D(E((sigma * eps) ** 2, (eps, N01)), sigma)
    yield E(D((sigma * eps) ** 2, sigma), (eps, N01)), differentiate_under_integral(sigma)
    yield E(sigma * eps**2, (eps, N01)), chain_rule
