"""Integration by parts with the boundary term forgotten or a sign lost."""

from sympy import Integral, exp, oo

from symrep import E, Expected, Reason, Status, derivation, function, integration_by_parts, positive, real
from symrep.distributions import Exponential, HalfNormal, Normal

mu, x, z = real("mu x z")
sigma, lam = positive("sigma lam")
f = function("f", smooth=1, growth=2)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_on_a_half_line():
    r"""On $z > 0$ the boundary term $\sigma\sqrt{2/\pi}\,f(0)$ stays."""
    X = HalfNormal(sigma)
    yield E(z * f(z), (z, X))
    yield sigma**2 * E(f(z).diff(z), (z, X)), integration_by_parts(u=f(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def exponential_without_boundary():
    r"""$E[f'] = \lambda E[f] - \lambda f(0)$ under an exponential law; the value at 0 is missing."""
    X = Exponential(lam)
    yield E(f(z), (z, X))
    yield E(f(z).diff(z), (z, X)) / lam, integration_by_parts(u=f(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_without_the_variance():
    r"""$E[(z-\mu) f] = \sigma^2 E[f']$; the factor $\sigma^2$ is missing."""
    X = Normal(mu, sigma)
    yield E((z - mu) * f(z), (z, X))
    yield E(f(z).diff(z), (z, X)), integration_by_parts(u=f(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def stein_with_a_minus():
    r"""The sign of the remaining integral and that of $v = -\sigma^2 p$ cancel; one was forgotten."""
    X = Normal(mu, sigma)
    yield E((z - mu) * f(z), (z, X))
    yield -(sigma**2) * E(f(z).diff(z), (z, X)), integration_by_parts(u=f(z))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def lower_end_forgotten():
    r"""$[uv]$ at the lower end of a proper integral is left out."""
    yield Integral((x + 1) * exp(-x), (x, 0, oo))
    yield Integral(exp(-x), (x, 0, oo)), integration_by_parts(u=x + 1, v=-exp(-x))
