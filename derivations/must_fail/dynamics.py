"""Dynamics that sample, with slips."""

from sympy import Integral, exp, oo, sqrt

from symrep import (
    D,
    Expected,
    Reason,
    Status,
    chain_rule,
    density,
    derivation,
    det,
    evaluate,
    function,
    jacobian,
    positive,
    real,
    unit,
)
from symrep.distributions import Normal

x, y, z, v, q0, p0 = real("x y z v q_0 p_0")
gamma, h, s, t = positive("gamma h s t")
a, b = unit("a b")
U, force = function("U", smooth=2), function("F", smooth=1)
W = function("U", smooth=2, arity=2)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def langevin_with_half_the_noise():
    r"""With $dw$ in place of $\sqrt2\,dw$ the second derivative has the factor $\frac12$: what is kept is $e^{-2U}$."""
    p = exp(-U(x))
    yield -D(-U(x).diff(x) * p, x) + D(p, x, x) / 2
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def langevin_uphill():
    r"""The drift is $-U'$."""
    p = exp(-U(x))
    yield -D(U(x).diff(x) * p, x) + D(p, x, x)
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def langevin_with_noise_that_depends_on_the_place():
    r"""Noise $\sqrt{2e^x}\,dw$ and drift $-e^xU'$: the term $e^x$ in the drift is missing."""
    p = exp(-U(x))
    yield -D(-exp(x) * U(x).diff(x) * p, x) + D(exp(x) * p, x, x)
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def langevin_in_the_plane_with_one_noise():
    r"""Both coordinates need their noise."""
    p = exp(-W(x, y))
    yield D(D(W(x, y), x) * p, x) + D(D(W(x, y), y) * p, y) + D(p, x, x)
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def langevin_in_the_plane_with_the_slopes_exchanged():
    r"""Each coordinate goes down its own slope."""
    p = exp(-W(x, y))
    yield D(D(W(x, y), y) * p, x) + D(D(W(x, y), x) * p, y) + D(p, x, x) + D(p, y, y)
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def friction_without_its_noise():
    r"""Friction $\gamma$ needs noise $\sqrt{2\gamma}\,dw$; here it is $\sqrt\gamma\,dw$."""
    p = exp(-U(x) - v**2 / 2)
    yield -D(v * p, x) - D((-U(x).diff(x) - gamma * v) * p, v) + gamma / 2 * D(p, v, v)
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def velocity_uphill():
    r"""The force is $-U'$."""
    p = exp(-U(x) - v**2 / 2)
    yield -D(v * p, x) - D((U(x).diff(x) - gamma * v) * p, v) + gamma * D(p, v, v)
    yield 0, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kick_with_friction():
    r"""A momentum that is damped shrinks volumes."""
    yield det(jacobian((q0, exp(-h) * p0 + h / 2 * force(q0)), (q0, p0)))
    yield 1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def kick_with_the_wrong_sign():
    r"""A shear keeps the orientation, too."""
    yield det(jacobian((q0, p0 + h / 2 * force(q0)), (q0, p0)))
    yield -1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def euler_for_leapfrog():
    r"""Euler's method, both from the old values, does not keep volumes."""
    yield det(jacobian((q0 + h * p0, p0 + h * force(q0)), (q0, p0)))
    yield 1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def leapfrog_with_a_force_on_the_momentum():
    r"""A kick that depends on the momentum is no shear."""
    half = p0 + h / 2 * force(p0)
    place = q0 + h * half
    yield det(jacobian((place, half + h / 2 * force(place)), (q0, p0)))
    yield 1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def heat_kernels_whose_deviations_add():
    r"""The variances add up."""
    yield Integral(density(Normal(x, sqrt(s)))(y) * density(Normal(y, sqrt(t)))(z), (y, -oo, oo))
    yield density(Normal(x, sqrt(s) + sqrt(t)))(z), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def heat_kernels_with_the_later_time_alone():
    r"""The first step spreads the law, too."""
    yield Integral(density(Normal(x, sqrt(s)))(y) * density(Normal(y, sqrt(t)))(z), (y, -oo, oo))
    yield density(Normal(x, sqrt(t)))(z), evaluate


def kernel(start, left):
    return Normal(start * left, sqrt(1 - left**2))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def ornstein_uhlenbeck_forgets_too_little():
    r"""Both steps shrink the mean."""
    yield Integral(density(kernel(x, a))(y) * density(kernel(y, b))(z), (y, -oo, oo))
    yield density(Normal(x * b, sqrt(1 - a**2 * b**2)))(z), evaluate


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def ornstein_uhlenbeck_with_the_variances_added():
    r"""The first step's variance shrinks in the second: $b^2(1 - a^2) + 1 - b^2$."""
    yield Integral(density(kernel(x, a))(y) * density(kernel(y, b))(z), (y, -oo, oo))
    yield density(Normal(x * a * b, sqrt(2 - a**2 - b**2)))(z), evaluate
