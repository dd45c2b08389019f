r"""Flows in continuous time: the instantaneous change of variables, and the transport equation of pathwise gradients.

Along $\dot z = f(z, t)$ a density $p$ obeys the continuity equation $\partial_t p = -\nabla\cdot(p f)$."""

from sympy import Matrix, exp, eye, log, pi, sqrt

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    change_of_variables,
    conditional_law,
    density,
    derivation,
    det,
    function,
    integration_by_parts,
    inverse,
    lemma,
    positive,
    pushforward,
    real,
    score_function,
    unit,
)
from symrep.distributions import Exponential, Normal

x, y, z, t, mu, e = real("x y z t mu epsilon")
sigma, lam = positive("sigma lambda")
rho = unit("rho")
J11, J12, J21, J22 = real("J_11 J_12 J_21 J_22")
f, p = function("f", smooth=1, arity=2), function("p", smooth=1, arity=2)
f1, f2, P = (function(n, smooth=1, arity=3) for n in ("f_1", "f_2", "p"))
g, path = function("g", smooth=1, growth=2), function("z", smooth=1)

CHEN = "Chen, Rubanova, Bettencourt & Duvenaud, Neural Ordinary Differential Equations, NeurIPS 2018, arXiv:1806.07366"
JACOBI = "Wikipedia, Jacobi's formula"
PATHS = "Jankowiak & Obermeyer, Pathwise Derivatives Beyond the Reparameterization Trick, ICML 2018, arXiv:1806.01851"


# --- the instantaneous change of variables ------------------------------------------------------------------------

# the flow map T and its inverse S: a point starts at epsilon and is at z = T(epsilon, t) at the time t
S, T = inverse(function("S", smooth=2, increasing=True, arity=2), "T")
start = conditional_law("rho", smooth=1, positive=True)
trajectory = T(e, t)
stretch = S(z, t).diff(z)
velocity = -S(z, t).diff(t) / stretch
flowed = density(start)(S(z, t)) * stretch

# at the place of the trajectory
on_the_way, stretch_there, flowed_there = (v.subs(z, trajectory) for v in (velocity, stretch, flowed))


@derivation(source=CHEN)
def velocity_of_a_flow():
    r"""On the line: let $T(\cdot, t)$ carry a point from $\epsilon$ to its place at the time $t$, a bijection at every
    time, with the inverse $S(\cdot, t)$. The place moves with the velocity $f(z, t) = -\partial_t S/\partial_z S$,
    $z = T(\epsilon, t)$: that is $\dot z = f(z, t)$."""
    yield D(trajectory, t)
    yield on_the_way, chain_rule


@derivation(source=CHEN)
def density_of_a_flow():
    r"""A point that starts with the density $\rho$ has the density $p(z, t) = \rho(S(z, t))\,\partial_z S$ at the time
    $t$."""
    yield density(pushforward(start, e, trajectory))(z)
    yield flowed, change_of_variables(inverse=S(z, t))


@derivation(source=CHEN)
def continuity_equation():
    r"""This density and this velocity obey $\partial_t p = -\partial_z(p f)$: the transport equation of every path on
    the line, whatever the law of the noise."""
    yield D(flowed, t)
    yield -D(flowed * velocity, z), chain_rule


@derivation(source=CHEN)
def instantaneous_change_of_variables_of_a_flow():
    r"""So along the trajectory $\frac{d}{dt}\log p(z(t), t) = -\partial_z f$: of $p(z(t), t) =
    \rho(\epsilon)\,\partial_z S$ only the last factor changes."""
    mixed, bend, divergence = (v.subs(z, trajectory) for v in (stretch.diff(t), stretch.diff(z), velocity.diff(z)))
    yield D(log(flowed_there), t)
    yield D(log(density(start)(e) * stretch_there), t), algebra
    yield (mixed + bend * D(trajectory, t)) / stretch_there, chain_rule
    yield (mixed + bend * on_the_way) / stretch_there, lemma(velocity_of_a_flow)
    yield -divergence, algebra


@derivation(source=CHEN, given=(p(path(t), t) > 0,))
def along_a_trajectory():
    r"""On a path $z(t)$ the log density changes by $\frac{\partial_t p + \dot z\,\partial_x p}{p}$, for the density
    itself changes and so does the place."""
    yield D(log(p(path(t), t)), t)
    yield (p(x, t).diff(t) + path(t).diff(t) * p(x, t).diff(x)).subs(x, path(t)) / p(path(t), t), chain_rule


@derivation(source=CHEN, given=(p(x, t) > 0,))
def instantaneous_change_of_variables():
    r"""The same from the continuity equation, which need not come from a flow: where $\partial_t p = -\partial_x(p f)$
    is put in for $\partial_t p$ and $f$ for $\dot z$ in $\frac{\partial_t p + \dot z\,\partial_x p}{p}$, just derived,
    $-\partial_x f$ is left."""
    q, drift = p(x, t), f(x, t)
    yield -D(q * drift, x) / q + drift * D(log(q), x)
    yield -(q * drift.diff(x) + q.diff(x) * drift) / q + drift * q.diff(x) / q, chain_rule
    yield -drift.diff(x), algebra


@derivation(source=CHEN, given=(P(x, y, t) > 0,))
def instantaneous_change_of_variables_in_the_plane():
    r"""The same in the plane, from the continuity equation $\partial_t p = -\nabla\cdot(p f)$: the derivative becomes a
    trace, $\frac{d}{dt}\log p(z(t), t) =
    -\operatorname{tr}\frac{\partial f}{\partial z}$."""
    at = (x, y, t)
    q = P(*at)
    yield (-D(q * f1(*at), x) - D(q * f2(*at), y)) / q + f1(*at) * D(log(q), x) + f2(*at) * D(log(q), y)
    yield -(f1(*at).diff(x) + f2(*at).diff(y)), chain_rule


@derivation(source=CHEN)
def trace_of_a_small_step():
    r"""The source's proof takes a small step $z \mapsto z + t f(z)$: it changes the log density by $-\log\det(I + tJ)$,
    $J = \frac{\partial f}{\partial z}$, and $\det(I + tJ)$ grows by $\operatorname{tr}J$ at $t = 0$. In the
    plane."""
    J = Matrix([[J11, J12], [J21, J22]])
    yield D(det(eye(2) + t * J), t)
    yield J.trace() + 2 * t * det(J), chain_rule


def entries(n):
    return Matrix(n, n, lambda i, j: function(f"m_{i + 1}{j + 1}", smooth=1)(t))


@derivation(source=JACOBI, given=(det(entries(2)) > 0,))
def jacobi():
    r"""Without the first order: the flow map's Jacobian $M(t)$ obeys $\dot M = JM$, and $\frac{d}{dt}\log\det M =
    \operatorname{tr}(\dot M M^{-1}) = \operatorname{tr}J$. In the plane, $M^{-1} =
    \operatorname{adj}M/\det M$."""
    M = entries(2)
    yield D(log(det(M)), t)
    yield (M.diff(t) * M.adjugate()).trace() / det(M), chain_rule


@derivation(source=JACOBI, given=(det(entries(3)) > 0,))
def jacobi_in_space():
    r"""The same in three dimensions."""
    M = entries(3)
    yield D(log(det(M)), t)
    yield (M.diff(t) * M.adjugate()).trace() / det(M), chain_rule


# --- the transport equation ---------------------------------------------------------------------------------------


@derivation(source=PATHS)
def transport_of_a_normal_law():
    r"""The path $\mu + \sigma\epsilon$ moves with the velocity $v = \frac{z - \mu}{\sigma}$ when $\sigma$ grows, and
    $\partial_\sigma q = -\partial_z(q\,v)$."""
    q = density(Normal(mu, sigma))(z)
    yield D(q, sigma)
    yield -D(q * (z - mu) / sigma, z), chain_rule


@derivation(source=PATHS)
def velocity_from_the_distribution_function():
    r"""On the line the velocity is $v = -\partial_\lambda F/q$. For the exponential law, $F = 1 - e^{-\lambda z}$, that
    is $-z/\lambda$, and indeed $\partial_\lambda q = -\partial_z(q\,v)$."""
    q = lam * exp(-lam * z)
    yield D(q, lam)
    yield -D(q * (-D(1 - exp(-lam * z), lam) / q), z), chain_rule
    yield -D(q * (-z / lam), z), algebra


@derivation(source=PATHS)
def gradient_by_transport():
    r"""From the transport equation by parts, for every test function $g$: $\partial_\lambda \mathbb{E}[g(z)] =
    \mathbb{E}[g'(z)\,v]$ with $v = -z/\lambda$, the gradient along the path $z = -\log(1 - u)/\lambda$."""
    X = Exponential(lam)
    yield D(E(g(z), (z, X)), lam)
    yield E(g(z) * (1 / lam - z), (z, X)), score_function(lam)
    yield E(-g(z).diff(z) * z / lam, (z, X)), integration_by_parts(u=g(z))


@derivation(source=PATHS)
def transport_in_the_plane():
    r"""For a correlation $\rho$ of two standard normal variables the velocity $v = \frac12\,\partial_\rho\Sigma\,
    \Sigma^{-1}z$ solves $\partial_\rho q + \nabla\cdot(q\,v) = 0$."""
    q = exp(-(x**2 - 2 * rho * x * y + y**2) / (2 * (1 - rho**2))) / (2 * pi * sqrt(1 - rho**2))
    vx, vy = Matrix([[0, 1], [1, 0]]) * Matrix([[1, rho], [rho, 1]]).inv() * Matrix([x, y]) / 2
    yield D(q, rho)
    yield -D(q * vx, x) - D(q * vy, y), chain_rule


@derivation(source=PATHS)
def transport_is_not_unique():
    r"""To a velocity may be added any $w$ with $\nabla\cdot(q\,w) = 0$, here a rotation around the mean of a standard
    normal law in the plane: the gradient estimates differ in variance, not in mean."""
    q = density(Normal(0, 1))(x) * density(Normal(0, 1))(y)
    yield D(-q * y, x) + D(q * x, y)
    yield 0 * x, chain_rule
