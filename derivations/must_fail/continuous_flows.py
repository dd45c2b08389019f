"""Flows in continuous time with slips: two for each derivation of the gallery."""

from sympy import Matrix, exp, eye, log, pi, sqrt

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
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
SECOND, THIRD = (Expected(Status.REFUTED, Reason.UNEQUAL, line=n) for n in (2, 3))


@derivation(given=(p(path(t), t) > 0,), expected=SECOND)
def trajectory_that_forgets_to_move():
    r"""The place changes, too."""
    yield D(log(p(path(t), t)), t)
    yield p(x, t).diff(t).subs(x, path(t)) / p(path(t), t), chain_rule


@derivation(given=(p(path(t), t) > 0,), expected=SECOND)
def trajectory_without_the_logarithm():
    r"""The logarithm's derivative divides by the density."""
    yield D(log(p(path(t), t)), t)
    yield (p(x, t).diff(t) + path(t).diff(t) * p(x, t).diff(x)).subs(x, path(t)), chain_rule


@derivation(given=(p(x, t) > 0,), expected=SECOND)
def instantaneous_change_without_the_sign():
    r"""Where the flow spreads, the density falls."""
    q, drift = p(x, t), f(x, t)
    yield -D(q * drift, x) / q + drift * D(log(q), x)
    yield drift.diff(x), chain_rule


@derivation(given=(p(x, t) > 0,), expected=SECOND)
def instantaneous_change_with_the_drift_for_its_derivative():
    r"""It is the derivative of the drift that counts."""
    q, drift = p(x, t), f(x, t)
    yield -D(q * drift, x) / q + drift * D(log(q), x)
    yield -drift, chain_rule


def _along():
    at = (x, y, t)
    q = P(*at)
    return (-D(q * f1(*at), x) - D(q * f2(*at), y)) / q + f1(*at) * D(log(q), x) + f2(*at) * D(log(q), y)


@derivation(given=(P(x, y, t) > 0,), expected=SECOND)
def trace_without_the_sign():
    r"""$-\operatorname{tr}\frac{\partial f}{\partial z}$."""
    yield _along()
    yield f1(x, y, t).diff(x) + f2(x, y, t).diff(y), chain_rule


@derivation(given=(P(x, y, t) > 0,), expected=SECOND)
def trace_over_the_other_diagonal():
    r"""The trace sums $\partial_i f_i$."""
    yield _along()
    yield -(f1(x, y, t).diff(y) + f2(x, y, t).diff(x)), chain_rule


@derivation(expected=SECOND)
def small_step_with_the_determinant_for_the_trace():
    r"""To first order $\det(I + tJ)$ is $1 + t\operatorname{tr}J$."""
    J = Matrix([[J11, J12], [J21, J22]])
    yield D(det(eye(2) + t * J), t)
    yield det(J) + 2 * t * det(J), chain_rule


@derivation(expected=SECOND)
def small_step_without_the_second_order():
    r"""At $t \neq 0$ the trace is not all."""
    J = Matrix([[J11, J12], [J21, J22]])
    yield D(det(eye(2) + t * J), t)
    yield J.trace(), chain_rule


def entries(n):
    return Matrix(n, n, lambda i, j: function(f"m_{i + 1}{j + 1}", smooth=1)(t))


@derivation(given=(det(entries(2)) > 0,), expected=SECOND)
def jacobi_without_the_inverse():
    r"""$\operatorname{tr}(\dot M M^{-1})$, not $\operatorname{tr}\dot M$."""
    M = entries(2)
    yield D(log(det(M)), t)
    yield M.diff(t).trace(), chain_rule


@derivation(given=(det(entries(2)) > 0,), expected=SECOND)
def jacobi_with_the_matrix_for_its_adjugate():
    r"""$M^{-1} = \operatorname{adj}M/\det M$."""
    M = entries(2)
    yield D(log(det(M)), t)
    yield (M.diff(t) * M).trace() / det(M), chain_rule


@derivation(given=(det(entries(3)) > 0,), expected=SECOND)
def jacobi_in_space_without_the_determinant():
    r"""The logarithm's derivative divides by the determinant."""
    M = entries(3)
    yield D(log(det(M)), t)
    yield (M.diff(t) * M.adjugate()).trace(), chain_rule


@derivation(given=(det(entries(3)) > 0,), expected=SECOND)
def jacobi_in_space_with_the_transposed_adjugate():
    r"""The adjugate is the *transposed* matrix of cofactors."""
    M = entries(3)
    yield D(log(det(M)), t)
    yield (M.diff(t) * M.adjugate().T).trace() / det(M), chain_rule


@derivation(expected=SECOND)
def transport_without_the_sign():
    r"""$\partial_\sigma q = -\partial_z(q\,v)$."""
    q = density(Normal(mu, sigma))(z)
    yield D(q, sigma)
    yield D(q * (z - mu) / sigma, z), chain_rule


@derivation(expected=SECOND)
def transport_with_the_velocity_outside():
    r"""The velocity depends on the place and is differentiated with the density."""
    q = density(Normal(mu, sigma))(z)
    yield D(q, sigma)
    yield -(z - mu) / sigma * D(q, z), chain_rule


def _rate():
    return lam * exp(-lam * z)


@derivation(expected=SECOND)
def velocity_with_the_sign_of_the_distribution_function():
    r"""$v = -\partial_\lambda F/q$."""
    yield D(_rate(), lam)
    yield -D(_rate() * (D(1 - exp(-lam * z), lam) / _rate()), z), chain_rule


@derivation(expected=SECOND)
def velocity_without_the_density():
    r"""$v$ divides by the density."""
    yield D(_rate(), lam)
    yield -D(_rate() * -D(1 - exp(-lam * z), lam), z), chain_rule


@derivation(expected=THIRD)
def gradient_with_the_sign_of_the_velocity():
    r"""A larger rate moves every sample to the left."""
    X = Exponential(lam)
    yield D(E(g(z), (z, X)), lam)
    yield E(g(z) * (1 / lam - z), (z, X)), score_function(lam)
    yield E(g(z).diff(z) * z / lam, (z, X)), integration_by_parts(u=g(z))


@derivation(expected=THIRD)
def gradient_with_the_square_of_the_rate():
    r"""The velocity is $-z/\lambda$."""
    X = Exponential(lam)
    yield D(E(g(z), (z, X)), lam)
    yield E(g(z) * (1 / lam - z), (z, X)), score_function(lam)
    yield E(-g(z).diff(z) * z / lam**2, (z, X)), integration_by_parts(u=g(z))


q_xy = exp(-(x**2 - 2 * rho * x * y + y**2) / (2 * (1 - rho**2))) / (2 * pi * sqrt(1 - rho**2))


@derivation(expected=SECOND)
def transport_in_the_plane_without_the_half():
    r"""$\frac12\,\partial_\rho\Sigma\,\Sigma^{-1}z$."""
    vx, vy = Matrix([[0, 1], [1, 0]]) * Matrix([[1, rho], [rho, 1]]).inv() * Matrix([x, y])
    yield D(q_xy, rho)
    yield -D(q_xy * vx, x) - D(q_xy * vy, y), chain_rule


@derivation(expected=SECOND)
def transport_in_the_plane_with_the_covariance_for_its_inverse():
    r"""$\Sigma^{-1}$, not $\Sigma$."""
    vx, vy = Matrix([[0, 1], [1, 0]]) * Matrix([[1, rho], [rho, 1]]) * Matrix([x, y]) / 2
    yield D(q_xy, rho)
    yield -D(q_xy * vx, x) - D(q_xy * vy, y), chain_rule


q_0 = density(Normal(0, 1))(x) * density(Normal(0, 1))(y)


@derivation(expected=SECOND)
def rotation_with_the_sign():
    r"""$(y, x)$ is no rotation: it flows in along one diagonal and out along the other."""
    yield D(q_0 * y, x) + D(q_0 * x, y)
    yield 0 * x, chain_rule


@derivation(expected=SECOND)
def rotation_with_a_source():
    r"""$(x, y)$ flows outwards."""
    yield D(q_0 * x, x) + D(q_0 * y, y)
    yield 0 * x, chain_rule


# --- a flow ---------------------------------------------------------------------------------------------------------

S, T = inverse(function("S", smooth=2, increasing=True, arity=2), "T")
start = conditional_law("rho", smooth=1, positive=True)
trajectory = T(e, t)
stretch = S(z, t).diff(z)
velocity = -S(z, t).diff(t) / stretch
flowed = density(start)(S(z, t)) * stretch


@derivation(expected=SECOND)
def velocity_of_a_flow_with_the_sign():
    r"""$S(z, t) = \epsilon$ stays, so $\partial_z S\,\dot z = -\partial_t S$."""
    yield D(trajectory, t)
    yield -velocity.subs(z, trajectory), chain_rule


@derivation(expected=SECOND)
def velocity_of_a_flow_without_the_stretch():
    r"""$\partial_z S$ divides it."""
    yield D(trajectory, t)
    yield -S(z, t).diff(t).subs(z, trajectory), chain_rule


@derivation(expected=SECOND)
def density_of_a_flow_without_the_stretch():
    r"""A density brings the slope of the inverse."""
    yield density(pushforward(start, e, trajectory))(z)
    yield density(start)(S(z, t)), change_of_variables(inverse=S(z, t))


@derivation(expected=SECOND)
def density_of_a_flow_with_the_stretch_upside_down():
    r"""It is the inverse's slope, not the map's."""
    yield density(pushforward(start, e, trajectory))(z)
    yield density(start)(S(z, t)) / stretch, change_of_variables(inverse=S(z, t))


@derivation(expected=SECOND)
def continuity_with_the_sign():
    r"""What flows out is lost."""
    yield D(flowed, t)
    yield D(flowed * velocity, z), chain_rule


@derivation(expected=SECOND)
def continuity_with_the_velocity_outside():
    r"""The velocity is differentiated, too."""
    yield D(flowed, t)
    yield -velocity * D(flowed, z), chain_rule


@derivation(expected=THIRD)
def change_along_a_flow_with_the_sign():
    r"""Where the flow spreads, the density falls."""
    yield D(log(flowed.subs(z, trajectory)), t)
    yield D(log(density(start)(e) * stretch.subs(z, trajectory)), t), algebra
    yield velocity.diff(z).subs(z, trajectory), chain_rule


@derivation(expected=THIRD)
def change_along_a_flow_that_forgets_to_move():
    r"""The place at which the stretch is taken moves, too."""
    yield D(log(flowed.subs(z, trajectory)), t)
    yield D(log(density(start)(e) * stretch.subs(z, trajectory)), t), algebra
    yield (stretch.diff(t) / stretch).subs(z, trajectory), chain_rule
