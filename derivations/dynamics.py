r"""Dynamics that sample: which law they leave as it is, which volumes they keep, and how their kernels compose.

The density $p$ of $dx = f\,dt + \sqrt2\,dw$ obeys the Fokker–Planck equation $\partial_t p = -\nabla\cdot(fp) +
\Delta p$: a law is invariant where the right side is zero. $U$ is any potential with two continuous derivatives."""

from sympy import Integral, exp, oo, sqrt

from symrep import D, algebra, chain_rule, density, derivation, det, evaluate, function, jacobian, positive, real, unit
from symrep.distributions import Normal

x, y, z, v, q0, p0 = real("x y z v q_0 p_0")
gamma, h, s, t = positive("gamma h s t")
a, b = unit("a b")
U, force = function("U", smooth=2), function("F", smooth=1)
W = function("U", smooth=2, arity=2)

LANGEVIN = "Wikipedia, Metropolis-adjusted Langevin algorithm and Fokker–Planck equation"
SACHS = "Sachs, Leimkuhler & Danos, Entropy 19 (2017) 647; here for mass and temperature one"
NEAL = "Neal, MCMC Using Hamiltonian Dynamics, in: Handbook of Markov Chain Monte Carlo, chapter 5"
CHAPMAN = "Encyclopedia of Mathematics, Kolmogorov–Chapman equation"


# --- Langevin -----------------------------------------------------------------------------------------------------


@derivation(source=LANGEVIN)
def langevin_equation_keeps_its_law():
    r"""$dx = -U'(x)\,dt + \sqrt2\,dw$ leaves every multiple of $e^{-U}$ as it is: the drift's flow out of a place and
    the noise's into it cancel."""
    p, drift = exp(-U(x)), -U(x).diff(x)
    yield -D(drift * p, x) + D(p, x, x)
    yield -D(drift * p, x) + D(drift * p, x), chain_rule
    yield 0, algebra


@derivation(source=LANGEVIN)
def langevin_equation_in_the_plane_keeps_its_law():
    r"""The same in the plane: $dx = -\nabla U\,dt + \sqrt2\,dw$."""
    p = exp(-W(x, y))
    yield D(D(W(x, y), x) * p, x) + D(D(W(x, y), y) * p, y) + D(p, x, x) + D(p, y, y)
    yield 0, chain_rule


@derivation(source=SACHS)
def langevin_equation_with_a_velocity_keeps_its_law():
    r"""With friction, $dx = v\,dt$ and $dv = (-U'(x) - \gamma v)\,dt + \sqrt{2\gamma}\,dw$ leave $e^{-U(x) - v^2/2}$
    as it is."""
    p = exp(-U(x) - v**2 / 2)
    yield -D(v * p, x) - D((-U(x).diff(x) - gamma * v) * p, v) + gamma * D(p, v, v)
    yield 0, chain_rule


# --- Hamiltonian --------------------------------------------------------------------------------------------------


@derivation(source=NEAL)
def half_a_kick_keeps_volumes():
    r"""A shear: the momentum changes by an amount that depends on the place alone, with any force $F$."""
    yield det(jacobian((q0, p0 + h / 2 * force(q0)), (q0, p0)))
    yield 1, chain_rule


@derivation(source=NEAL)
def leapfrog_keeps_volumes():
    r"""One step of the leapfrog method, half a kick, a drift, half a kick at the new place, has the Jacobian
    determinant $1$, whatever the force and the step size are: no factor for the volume stands in the acceptance
    probability."""
    half = p0 + h / 2 * force(q0)
    place = q0 + h * half
    yield det(jacobian((place, half + h / 2 * force(place)), (q0, p0)))
    yield 1, chain_rule


# --- Chapman and Kolmogorov ---------------------------------------------------------------------------------------


@derivation(source=CHAPMAN)
def heat_kernels_compose():
    r"""Brownian motion for a time $s$ and then for a time $t$ is Brownian motion for $s + t$."""
    yield Integral(density(Normal(x, sqrt(s)))(y) * density(Normal(y, sqrt(t)))(z), (y, -oo, oo))
    yield density(Normal(x, sqrt(s + t)))(z), evaluate


def kernel(start, left):
    return Normal(start * left, sqrt(1 - left**2))


@derivation(source=CHAPMAN)
def ornstein_uhlenbeck_kernels_compose():
    r"""The Chapman–Kolmogorov equation of $dx = -x\,dt + \sqrt2\,dw$, whose kernel for the time $t$ is
    $\mathcal{N}(x e^{-t}, 1 - e^{-2t})$: with $a = e^{-s}$ and $b = e^{-t}$, $ab = e^{-(s + t)}$."""
    yield Integral(density(kernel(x, a))(y) * density(kernel(y, b))(z), (y, -oo, oo))
    yield density(kernel(x, a * b))(z), evaluate
